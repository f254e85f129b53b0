"""Times of day, as people write them."""

from __future__ import annotations

import re
from datetime import time

from scheduler.io.nodes import Node
from scheduler.io.problems import Refused
from scheduler.io.values import text

TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.ASCII | re.IGNORECASE)


def clock(word: str) -> time:
    """``17:00``, ``5 pm``, ``6:30``; raises Refused for anything else."""
    m = TIME.fullmatch(word.strip())
    hour, minute, half = (int(m[1]), int(m[2] or 0), (m[3] or "").replace(".", "").casefold()) if m else (99, 0, "")
    if half:
        hour = hour % 12 + 12 * (half == "pm") if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59 or (m is not None and not m[2] and not half):     # "17" alone may be anything
        raise Refused(f"“{word}” is not a time of day.", "Write 17:00, or 5 pm.")
    return time(hour, minute)


def span_of_time(word: str) -> tuple[time, time]:
    """``17:00-07:00``: from, to (on the next day, where it is not later)."""
    parts = re.split(r"\s*(?:-|–|\bto\b)\s*", word.strip())
    if len(parts) != 2:
        raise Refused(f"“{word}” is not a stretch of time.", "Write 17:00-07:00.")
    return clock(parts[0]), clock(parts[1])


def hours(node: Node) -> tuple[time, time]:
    """A stretch of time within one day."""
    start, end = span_of_time(text(node))
    if end <= start:
        raise Refused(f"“{text(node)}” ends before it begins.", "Write the earlier time first: 08:00-12:00.")
    return start, end


def overnight(node: Node) -> tuple[time, time]:
    """A stretch of time that may end on the next day; both times equal: a day and a night."""
    return span_of_time(text(node))
