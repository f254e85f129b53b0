"""Leave that may be taken by the day: dates that fill whole working weeks are weeks, all others are single days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from constraints.forbidden import Forbidden
from constraints.pinned import Pinned
from scheduler.domain.days import HALF_DAYS
from scheduler.domain.layer import LAYERS
from scheduler.domain.rule import Rule
from scheduler.domain.words import Group, Selection, Window
from scheduler.io.names import Names
from scheduler.io.problems import Refused
from scheduler.io.requests_section import Placed


def half_days_between(names: Names, first: date, last: date) -> frozenset[int]:
    """The half-days of the working week from one date to another, both included."""
    return frozenset(slot.index for slot in names.at(HALF_DAYS).days.slots if first <= slot.day <= last)


def split(names: Names, wanted: Iterable[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Half-days off as whole rotation periods, and as the half-days of all others.

    Holidays are off anyway: they neither count nor keep a week from being whole. Raises Refused where nothing is left.
    """
    days, wanted = names.at(HALF_DAYS).days, frozenset(wanted)
    whole: set[int] = set()
    single: set[int] = set()
    for period, slots in enumerate(days.by_period):
        working = frozenset(slots) - days.holidays
        if working and working <= wanted:
            whole.add(period)
        else:
            single |= working & wanted
    if not whole and not single:
        raise Refused("These dates hold no working day that could be taken off.",
                      "Choose days of the working week that are no holidays.")
    return frozenset(whole), frozenset(single)


def pinned(names: Names, wanted: Iterable[int], **line: Any) -> list[Rule]:
    """Leave that is fixed on these half-days."""
    whole, single = split(names, wanted)
    days = names.at(HALF_DAYS).days
    found: list[Rule] = []
    if whole:
        found.append(Pinned(during=Window(names.year.when(whole).removeprefix("the "), whole), **line))
    if single:
        found.append(Pinned(during=Window(days.when(single), single), layer_name=HALF_DAYS, **line))
    return found


def forbidden(names: Names, during: Window, **line: Any) -> list[Rule]:
    """Leave that is ruled out on these half-days: neither they nor a week that holds one of them."""
    days = names.at(HALF_DAYS).days
    split(names, during.slots)
    weeks = frozenset(days.slots[slot].period for slot in during.slots - days.holidays)
    return [Forbidden(during=Window(names.year.when(weeks).removeprefix("the "), weeks), **line),
            Forbidden(during=during, layer_name=HALF_DAYS, **line)]


def only_where_given(names: Names, least: Mapping[str, int], rules: Iterable[Rule], placed: Iterable[Placed]
                     ) -> list[Rule]:
    """Leave of which nothing is owed is given only where it is approved, pinned or asked for, never by chance.

    ``least`` are the fewest days owed, by kind of leave taken by the day; 0 for a kind of which the file says nothing.
    """
    rules, placed = list(rules), list(placed)
    found: list[Rule] = []
    for kind in (name for name, low in least.items() if not low):
        for layer in LAYERS[:2] if names.is_by_day(Selection.of(kind)) else LAYERS[:1]:
            view = names.at(layer)
            every = frozenset(range(len(names.year.periods if layer == LAYERS[0] else view.days.slots)))
            given: dict[frozenset[int], set[str]] = {}
            for person in names.people:
                pinned_ = [r.during.slots for r in rules if isinstance(r, Pinned) and r.layer_name == layer
                           and kind in r.what and person in r.who]
                asked = [p.wish.slots for p in placed if p.wish.person == person.id and kind in p.wish.what
                         and layer == LAYERS[0]]
                given.setdefault(frozenset().union(*pinned_, *asked), set()).add(person.id)
            for slots, ids in given.items():
                whom = None if len(given) == 1 else Group(
                    " or ".join(sorted(p.name for p in names.people if p.id in ids)), frozenset(ids))
                found.append(Forbidden(what=Selection.of(kind), who=whom, layer_name=layer, during=Window(
                    "other times than it was approved or asked for", every - slots)))
    return found
