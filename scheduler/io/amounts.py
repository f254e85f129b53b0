"""Lengths and amounts in weeks, in the program's own periods, or in the days and nights below the week."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scheduler.domain.calendar import Year
from scheduler.domain.days import CONFERENCES, TOPICS
from scheduler.domain.layer import LAYERS
from scheduler.domain.words import Many, Selection
from scheduler.io.names import TAKEN, Names
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused, Unread
from scheduler.io.values import number, span

#: keys that say how long; the program's own unit is one of them
UNITS = ("weeks", "periods", "blocks", "months", "fortnights", "days", "half days", "nights", "sessions")
#: those of them that count what is taken by the day or half-day
BELOW = ("days", "half days")
#: what is owed in which of them
OWED = {LAYERS[0]: UNITS[:5], LAYERS[1]: BELOW, LAYERS[2]: ("nights",), CONFERENCES: ("sessions",),
        TOPICS: ("sessions",)}


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
        if names.layer != LAYERS[0]:
            return _below(amount, unit, names)
        check_unit(unit, names.year)
        worth = names.year.periods[0].weeks or 1
        if unit == "weeks" and worth > 1:
            if amount % worth:
                raise Refused(f"{amount} week{'s' * (amount != 1)} cannot be made of periods of {worth} weeks.",
                              f"Give a multiple of {worth}, or write `periods:` instead of `weeks:`.")
            amount //= worth
        return Many(amount, names.year.unit)

    return convert


def _below(amount: int, unit: str, names: Names) -> Many:
    """The same in slots of a layer below the rotations: half-days, or nights."""
    week = names.working_week
    if names.layer == LAYERS[1]:
        slots = {"half days": 1, "days": len(week.halves), "weeks": len(week.halves) * len(week.weekdays)}
        noun = "half-day"
    elif names.layer in (CONFERENCES, TOPICS):
        slots, noun = {"sessions": 1}, "session"
    else:
        slots, noun = {"nights": 1, "days": 1, "weeks": 7}, "night"
    if unit not in slots:
        raise Refused(f"What is taken by the {noun} is not counted in {unit}.",
                      "Write `sessions:`." if noun == "session" else
                      f"Write {', '.join(f'`{u}:`' for u in list(slots)[:-1])} or `weeks:`.")
    return Many(amount * slots[unit], noun)


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
        if names.layer != LAYERS[0]:
            return low, high
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


def check_owed(what: Selection, unit: str, names: Names) -> None:
    """Raises Refused where what is taken in this way cannot be owed in this unit."""
    if unit in OWED[names.layer]:
        return
    spelt = unit.replace("half ", "half-")
    by_day = {leave.name for leave in names.leaves if leave.by_day}
    if what.duties <= by_day and unit in BELOW:
        raise Refused(f"How many days of {what} are owed is said where it is described.",
                      f"Write {spelt}: on its line under leave, and remove this one.")
    remedy = {LAYERS[0]: "Write weeks:; or, if it is taken inside other rotations, add by: day or by: half-day to its "
                         "line under rotations.",
              LAYERS[1]: "Write days: or half-days:.", LAYERS[2]: "Write nights:.",
              CONFERENCES: "Write sessions:.", TOPICS: "Write sessions:."}
    raise Refused(f"{what} is taken {TAKEN[names.layer]}, so it is not owed in {spelt}.", remedy[names.layer])


def given(units: Iterable[str], written: Iterable[str]) -> list[str]:
    """The units among the keys that were written."""
    words = set(written)
    return [unit for unit in units if unit in words]
