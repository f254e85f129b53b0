"""Turning nodes into values: one small converter a kind, one problem a mistake, and never the first mistake only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from scheduler.io.nodes import Node
from scheduler.io.problems import Place, Problem, Refused, did_you_mean

Convert = Callable[[Node], Any]


@dataclass(frozen=True)
class Key:
    """A key that a group may have: how to read it, whether it must be there, and what it is without."""

    convert: Convert
    required: bool = False
    default: Any = None


@dataclass
class Reading:
    """One reading of a program: collects problems, so that all of them are reported at once."""

    problems: list[Problem] = field(default_factory=list)

    def problem(self, place: Place, message: str, remedy: str = "") -> None:
        """Note something wrong."""
        self.problems.append(Problem(place, message, remedy))

    def value(self, node: Node, convert: Convert, default: Any = None) -> Any:
        """Convert a node, or note why not and give the default."""
        try:
            return convert(node)
        except Refused as refused:
            self.problem(node.place, refused.message, refused.remedy)
            return default

    def group(self, node: Node, keys: Mapping[str, Key], what: str) -> dict[str, Any] | None:
        """Read a group of keys. Unknown and missing keys are problems; None when the node is no group or lacks one."""
        if node.table is None:
            self.problem(node.place, f"{what} must be a group of keys, not {node.kind}.",
                         "Write: " + ", ".join(f"{k}: …" for k in list(keys)[:3]))
            return None
        found: dict[str, Any] = {}
        for word, entry in node.table.items():
            if word not in keys:
                self.problem(entry.place, f"{what} has no key “{entry.written}”.", did_you_mean(word, keys))
            elif entry.value.text is None and entry.value.items is None and entry.value.table is None:
                self.problem(entry.place, f"“{entry.written}” has no value.", "Give one, or remove the key.")
            else:
                found[word] = self.value(entry.value, keys[word].convert, _MISSING)
        missing = [k for k, key in keys.items() if key.required and k not in node.table]
        for word in missing:
            self.problem(node.place, f"{what} needs “{word}”.", f"Add {word}: …")
        if missing or any(keys[k].required and v is _MISSING for k, v in found.items()):
            return None
        for word, key in keys.items():
            if found.get(word, _MISSING) is _MISSING:
                found[word] = key.default
        return found


_MISSING = object()
TRUE, FALSE = ("true", "yes", "on", "y"), ("false", "no", "off", "n")


def text(node: Node) -> str:
    """A word or phrase."""
    if node.text is None or not node.text.strip():
        raise Refused(f"Text is expected here, not {node.kind}.")
    return node.text.strip()


def texts(node: Node) -> tuple[str, ...]:
    """One or several words or phrases."""
    return tuple(text(n) for n in node.each())


def number(node: Node) -> int:
    """A whole number of at least 0."""
    said = text(node)
    if not re.fullmatch(r"\d{1,6}(\.0+)?", said):
        raise Refused(f"“{said}” is not a whole number.", "Write digits only, such as 2.")
    return int(float(said))


def yes(node: Node) -> bool:
    """true or false (yes and no will do)."""
    said = text(node).casefold()
    if said not in (*TRUE, *FALSE):
        raise Refused(f"“{said}” is neither true nor false.", "Write true or false.")
    return said in TRUE


def span(node: Node) -> tuple[int, int | None]:
    """A range: ``7-8``, ``2``, ``up to 1``, ``at least 3``, ``0 to 2``. None means no upper limit."""
    said = text(node).casefold().replace("–", "-")
    if m := re.fullmatch(r"(\d{1,5})\s*(?:-|to)\s*(\d{1,5})", said):
        low, high = int(m[1]), int(m[2])
        if low > high:
            raise Refused(f"The range “{said}” is upside down.", f"Write {high}-{low}.")
        return low, high
    if m := re.fullmatch(r"(?:up to|at most)\s+(\d{1,5})", said):
        return 0, int(m[1])
    if m := re.fullmatch(r"at least\s+(\d{1,5})", said):
        return int(m[1]), None
    if m := re.fullmatch(r"(\d{1,5})(?:\.0+)?", said):
        return int(m[1]), int(m[1])
    raise Refused(f"“{said}” is not an amount.", "Write 2, 1-2, up to 2 or at least 2.")


def day(node: Node) -> date:
    """A date, year-month-day."""
    return parse_day(text(node))


def parse_day(said: str) -> date:
    """A date from text; month and day may not be guessed from 7/1/2026."""
    if m := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?", said.strip()):
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
        if said.casefold() not in known:
            raise Refused(f"“{said}” is not known here.", did_you_mean(said, known))
        return said.casefold()

    return convert


def dates_between(first: date, last: date) -> list[date]:
    """Every date from first to last, both included."""
    return [first + timedelta(n) for n in range((last - first).days + 1)]
