"""``work hours:``: the limits to check, every one of them data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scheduler.domain.duty_hours import Limits
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused
from scheduler.io.reading import Key, Reading
from scheduler.io.values import positive, text

#: the file's word → the field of Limits
WORDS = {
    "weekly hours": "weekly_hours", "averaged days": "averaged_days", "one day free in": "free_days_in",
    "longest duty": "longest", "transition": "transition", "rest after long duty": "rest_after_long",
    "rest between": "rest_between", "in house every": "in_house_every", "nights in a row": "nights_in_a_row",
}


def _limit(node: Node) -> int | None:
    """A number of at least 1, or ``off``."""
    return None if text(node).casefold() in ("off", "no", "none", "false") else positive(node)


def read_limits(reading: Reading, node: Node | None) -> Limits | None:
    """``work hours: ACGME``, or a group of limits that differ from it; None where the section is not there."""
    if node is None:
        return None
    usual = Limits()
    if node.table is None:
        return reading.value(node, lambda n: _known(n, usual))
    absent = object()
    found = reading.partly(node, {word: Key(_limit, default=absent) for word in WORDS}, "Work hours")
    changes: dict[str, Any] = {WORDS[word]: value for word, value in (found or {}).items() if value is not absent}
    return replace(usual, **changes)


def _known(node: Node, usual: Limits) -> Limits:
    if text(node).casefold() != "acgme":
        raise Refused(f"“{text(node)}” is no set of limits.", "Write work hours: ACGME, or a group of limits such as "
                      "{weekly hours: 72}.")
    return usual
