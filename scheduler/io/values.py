"""What one value says: text, numbers, ranges, dates. Each converter returns it or raises Refused with a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

from scheduler.io.nodes import Node
from scheduler.io.problems import Place, Refused, did_you_mean

Convert = Callable[[Node], Any]


def text(node: Node) -> str:
    """A word or phrase."""
    if node.empty and node.items is None:
        raise Refused("Nothing is written here.", "Write something, or remove the item.", node.place)
    if not node.text or not node.text.strip():
        raise Refused(f"Text is expected here, not {node.kind}.", "Write one word or phrase, without brackets.",
                      node.place)
    return node.text.strip()


def texts(node: Node) -> tuple[str, ...]:
    """One or several words or phrases."""
    return tuple(every(node, text))


def every(node: Node, convert: Convert) -> list[Any]:
    """Each item of a list converted; each mistake in it is told, at its own place."""
    return gather(*(partial(placed, item, convert) for item in node.each()))


def placed(node: Node, convert: Convert, place: Place | None = None) -> Any:
    """Convert a node; what is wrong with it is told at its own place, or at this one."""
    try:
        return convert(node)
    except Refused as refused:
        refused.place = refused.place or place or node.place
        raise


def gather(*readings: Callable[[], Any]) -> list[Any]:
    """The result of each of several readings; what is wrong with each is told."""
    found, wrong = [], []
    for read in readings:
        try:
            found.append(read())
        except Refused as refused:
            wrong.append(refused)
    if wrong:
        wrong[0].others += tuple(wrong[1:])
        raise wrong[0]
    return found


def number(node: Node) -> int:
    """A whole number of at least 0."""
    said = text(node)
    if not re.fullmatch(r"\d{1,6}(\.0+)?", said, re.ASCII):
        raise Refused(f"“{said}” is not a whole number.", _excel(said) or "Write digits only, such as 2.", node.place)
    return int(float(said))


def positive(node: Node) -> int:
    """A whole number of at least 1."""
    if (found := number(node)) == 0:
        raise Refused("This must be at least 1.", "Write 1 or more.", node.place)
    return found


def yes(node: Node) -> bool:
    """true or false (yes and no will do)."""
    said = text(node).casefold()
    if said not in ("true", "yes", "on", "y", "false", "no", "off", "n"):
        raise Refused(f"“{text(node)}” is neither true nor false.", "Write true or false.", node.place)
    return said in ("true", "yes", "on", "y")


def span(node: Node) -> tuple[int, int | None]:
    """A range: ``7-8``, ``2``, ``up to 1``, ``at least 3``, ``0 to 2``. None means no upper limit."""
    written = text(node)
    said = written.casefold().replace("–", "-").replace("—", "-")
    if m := re.fullmatch(r"(\d{1,5})\s*(?:-|to)\s*(\d{1,5})", said, re.ASCII):
        low, high = int(m[1]), int(m[2])
        if low > high:
            raise Refused(f"The range “{written}” is upside down.", f"Write {high}-{low}.", node.place)
        return low, high
    if m := re.fullmatch(r"(?:up to|at most)\s+(\d{1,5})", said, re.ASCII):
        return 0, int(m[1])
    if m := re.fullmatch(r"at least\s+(\d{1,5})", said, re.ASCII):
        return int(m[1]), None
    if m := re.fullmatch(r"(\d{1,5})(?:\.0+)?", said, re.ASCII):
        return int(m[1]), int(m[1])
    raise Refused(f"“{written}” is not an amount.", _excel(said) or "Write 2, 1-2, up to 2 or at least 2.", node.place)


def _excel(said: str) -> str:
    if re.match(r"\d{4}-\d\d-\d\d|\d{1,2}-[a-z]{3}$", said.casefold()):
        return "Excel may have turned an amount such as 1-2 into a date: format the column as Text and type it again."
    return ""


def day(node: Node) -> date:
    """A date, year-month-day."""
    return placed(node, lambda n: parse_day(text(n)))


def parse_day(said: str) -> date:
    """A date from text; month and day may not be guessed from 7/1/2026."""
    if m := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?", said.strip(), re.ASCII):
        if not 1950 <= int(m[1]) <= 2150:
            raise Refused(f"The year of {said} cannot be right.", "Write year-month-day, such as 2026-12-21.")
        try:
            return date(int(m[1]), int(m[2]), int(m[3]))
        except ValueError:
            raise Refused(f"There is no such day as {said}.", "Check the month and the day.") from None
    raise Refused(f"“{said}” is not a date.", "Write year-month-day, such as 2026-12-21.")


def one_of(words: Iterable[str]) -> Convert:
    """One of some fixed words."""
    known = tuple(words)

    def convert(node: Node) -> str:
        said = text(node)
        if said.casefold() not in [word.casefold() for word in known]:
            raise Refused(f"“{said}” is not known here.", did_you_mean(said, known), node.place)
        return said.casefold()

    return convert


def raw(node: Node) -> Node:
    """Left for a later step that knows the names."""
    return node


def dates_between(first: date, last: date) -> list[date]:
    """Every date from first to last, both included."""
    return [first + timedelta(n) for n in range((last - first).days + 1)]
