"""Lengths and amounts in weeks, or in the program's own periods."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scheduler.domain.calendar import Year
from scheduler.domain.words import Many
from scheduler.io.names import Names
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused, Unread
from scheduler.io.values import number, span

#: keys that say how long; the program's own unit is one of them
UNITS = ("weeks", "periods", "blocks", "months", "fortnights")


def check_unit(unit: str, year: Year) -> None:
    """Raises Refused when the periods of the year cannot be counted in this unit."""
    own = f"{year.unit}s"
    if unit in ("periods", own) or (unit == "weeks" and year.unit != "month"):
        return
    if year.unit == "month":
        raise Refused("The periods of this program are calendar months, which are no whole number of weeks.",
                      f"Write `months:` instead of `{unit}:`.")
    raise Refused(f"The periods of this program are {own}.", f"Write `{own}:`" + (
        "" if own == "weeks" else " or `weeks:`") + f" instead of `{unit}:`.")


def length(names: Names, unit: str) -> Callable[[Node], Many]:
    """Reads a number of periods, given in ``unit``; weeks must divide into the program's periods."""

    def convert(node: Node) -> Many:
        amount = number(node)
        if "year" in names.unread:
            raise Unread
        check_unit(unit, names.year)
        worth = names.year.periods[0].weeks or 1
        if unit == "weeks" and worth > 1:
            if amount % worth:
                raise Refused(f"{amount} week{'s' * (amount != 1)} cannot be made of periods of {worth} weeks.",
                              f"Give a multiple of {worth}, or write `periods:` instead of `weeks:`.")
            amount //= worth
        return Many(amount, names.year.unit)

    return convert


def amount(names: Names, unit: str, duties: frozenset[str]) -> Callable[[Node], tuple[int, int | None]]:
    """Reads a range of an amount owed of these duties."""
    inside = [leave.inside for leave in names.leaves if leave.inside]
    own_weeks = bool(duties) and duties <= {i.leave for i in inside}    # leave inside rotations is counted in weeks
    part_weeks = own_weeks or any(i.hosts.duties & duties for i in inside) or any(
        duty in duties for p in names.people for duty in p.credit)      # less than a whole period can be earned

    def convert(node: Node) -> tuple[int, int | None]:
        low, high = span(node)
        if "year" in names.unread:
            raise Unread
        if not (own_weeks and unit == "weeks"):
            check_unit(unit, names.year)
        worths = {p.weeks or 1 for p in names.year.periods}
        worth = next(iter(worths))
        if unit == "weeks" and len(worths) == 1 and not part_weeks and not _possible(low, high, worth):
            raise Refused(f"{node.text} week{'s' * (node.text != '1')} cannot be made of periods of {worth} weeks.",
                          f"Give a multiple of {worth}, or a range that holds one.")
        return low, high

    return convert


def _possible(low: int, high: int | None, worth: int) -> bool:
    """Whether a multiple of ``worth`` lies in the range, and not only the nought of an amount that is more."""
    return high is None or high == 0 or (high // worth * worth >= low and high >= worth)


def given(units: Iterable[str], written: Iterable[str]) -> list[str]:
    """The units among the keys that were written."""
    words = set(written)
    return [unit for unit in units if unit in words]
