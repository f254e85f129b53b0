"""Trades between fellows: which exist for a fellow's slots, and what the schedule is after one. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

from scheduler.check.differences import Change
from scheduler.domain.layer import LAYERS, Layer, Person
from scheduler.domain.schedule import Cells, Schedule
from scheduler.domain.words import listing

Kind = Literal["same", "other", "three"]
#: what becomes of what lies below the traded weeks: it goes with the week to the other fellow, each fellow takes the
#: own to the same weekdays of the other week, or it stays
How = Literal["along", "own", "stay"]
Cell = tuple[str, int]                      # person id, slot
New = dict[Cell, tuple[str, ...]]


@dataclass(frozen=True)
class Trade:
    """People who trade slots of one layer, the one who asks first.

    ``same``: two exchange all that they do in ``slots``. ``other``: they do so in ``slots`` and in ``back``, so that
    each gets back what was given. ``three``: each does what the one before does, and the first what the last does.
    """

    kind: Kind
    layer: str
    people: tuple[Person, ...]
    slots: tuple[int, ...]
    back: tuple[int, ...] = ()

    @property
    def givers(self) -> dict[str, str]:
        """Who does whose: person id → the id of the one whose cells they get."""
        ids = [p.id for p in self.people]
        return {ids[n]: ids[n - 1] for n in range(len(ids))}

    def new(self, schedule: Schedule) -> New:
        """The cells that change in the traded layer, with what they hold after."""
        slots = (*self.slots, *self.back)
        return _differing(schedule, {(to, slot): (of, slot) for to, of in self.givers.items() for slot in slots})


def trades(schedule: Schedule, person: Person, slots: Sequence[int], partner: Person | None = None) -> list[Trade]:
    """Every trade of this person's slots in this layer, the simplest first.

    Two people in the same slots; three in the same slots, each getting something else; two in other slots of the same
    length, where one of them gets back exactly what was given.
    """
    found = [*_same(schedule, person, tuple(slots)), *_three(schedule, person, tuple(slots)),
             *_other(schedule, person, tuple(slots))]
    return [t for t in found if partner is None or partner in t.people]


def _partners(schedule: Schedule, person: Person, slots: Sequence[int]) -> list[Person]:
    """Everybody else who is here then."""
    layer = schedule.layer
    return [p for p in schedule.people if p.id != person.id and set(slots) <= set(layer.present(p))]


def _row(schedule: Schedule, person: Person, slots: Sequence[int]) -> list[tuple[str, ...]]:
    return [schedule.at(person, slot) for slot in slots]


def _same(schedule: Schedule, person: Person, slots: tuple[int, ...]) -> Iterator[Trade]:
    mine = _row(schedule, person, slots)
    for other in _partners(schedule, person, slots):
        if _row(schedule, other, slots) != mine:
            yield Trade("same", schedule.layer.name, (person, other), slots)


def _three(schedule: Schedule, person: Person, slots: tuple[int, ...]) -> Iterator[Trade]:
    rows = {p.id: _row(schedule, p, slots) for p in schedule.people}
    for two, three in permutations(_partners(schedule, person, slots), 2):
        a, b, c = (rows[p.id] for p in (person, two, three))
        if a != b and b != c and c != a:
            yield Trade("three", schedule.layer.name, (person, two, three), slots)


def _other(schedule: Schedule, person: Person, slots: tuple[int, ...]) -> Iterator[Trade]:
    """Nearest first. Below the rotations, empty cells are nothing to give back."""
    layer = schedule.layer
    mine, here = _row(schedule, person, slots), set(layer.present(person))
    reach = range(-max(slots, default=0), len(layer.slots) - min(slots, default=0))
    for shift in sorted(reach, key=lambda k: (abs(k), k)):
        back = tuple(slot + shift for slot in slots)
        if set(back) & set(slots) or not set(back) <= here:
            continue
        later = _row(schedule, person, back)
        for other in _partners(schedule, person, (*slots, *back)):
            theirs, given = _row(schedule, other, slots), _row(schedule, other, back)
            returned = given == mine or (later == theirs and not layer.parent)
            if returned and theirs != mine and given != later:
                yield Trade("other", layer.name, (person, other), slots, back)


# -- what becomes of the layers below

def below(trade: Trade, lower: Schedule) -> dict[How, New]:
    """The ways in which a layer below can follow a trade of rotation periods, with the cells that each changes.

    Ways that come to the same are told once; what has no place in the other week cannot be taken there.
    """
    ways: dict[How, New] = {}
    if trade.layer == LAYERS[0] and set(trade.givers) <= {p.id for p in lower.people}:
        slots = [s for s in lower.layer.slots if lower.layer.parent[s] in {*trade.slots, *trade.back}]
        ways["along"] = _differing(lower, {(to, s): (of, s) for to, of in trade.givers.items() for s in slots})
        if trade.kind == "other":
            pairs = _alike(lower.layer, trade)
            if pairs and all(s in pairs or not lower.at(p, s) for p in trade.people for s in slots):
                ways["own"] = _differing(lower, {(p.id, s): (p.id, other) for p in trade.people
                                                 for s, other in pairs.items()})
    ways["stay"] = {}
    told: dict[How, New] = {}
    for way, new in ways.items():
        if new not in told.values():
            told[way if new else "stay"] = new
    return told


def _alike(layer: Layer, trade: Trade) -> dict[int, int]:
    """Each slot of the traded weeks → the slot of the same weekday (and half) in the other week.

    None at all where a weekday has several slots, as sessions of several conferences: those are not alike.
    """
    week = layer.spans["weekday"]
    pairs: dict[int, int] = {}
    for one, two in zip(trade.slots, trade.back, strict=True):
        first, second = ({week[s]: s for s in layer.slots if layer.parent[s] == p} for p in (one, two))
        if len(first) + len(second) < sum(layer.parent[s] in (one, two) for s in layer.slots):
            return {}
        for day in first.keys() & second.keys():
            pairs[first[day]], pairs[second[day]] = second[day], first[day]
    return pairs


def _differing(schedule: Schedule, sources: dict[Cell, Cell]) -> New:
    """The cells that hold something else once they are filled from these sources."""
    empty: dict[int, tuple[str, ...]] = {}
    new = {to: tuple(schedule.cells.get(of[0], empty).get(of[1], ())) for to, of in sources.items()}
    return {to: duties for to, duties in new.items()
            if sorted(duties) != sorted(schedule.cells.get(to[0], empty).get(to[1], ()))}


def changed(schedule: Schedule, new: dict[str, New]) -> Schedule:
    """The year with these cells replaced, by layer; an empty cell is left out."""
    years = [schedule, *schedule.beside.values()]
    return Schedule.joined([(y.layer, _cells(y.cells, new.get(y.layer.name, {}))) for y in years])


def _cells(cells: Cells, new: New) -> Cells:
    found = dict(cells)
    for (person, slot), duties in new.items():
        mine = dict(found.get(person, {}))
        mine.pop(slot, None)
        if duties:
            mine[slot] = duties
        found[person] = mine
    return found


# -- in words

def in_words(trade: Trade, schedule: Schedule) -> str:
    """``Ben does Hospital and Ada does Clinic in the week of 6 July``; what nobody has is left out."""
    said = [_then(trade, schedule, slots) for slots in (trade.slots, trade.back) if slots]
    return "; ".join(said) + "."


def _then(trade: Trade, schedule: Schedule, slots: tuple[int, ...]) -> str:
    """The one who takes over from the one who asks comes first, in the other week the one who asks."""
    by_id = {p.id: p for p in trade.people}
    order = [*trade.people[1:], trade.people[0]] if slots == trade.slots else list(trade.people)
    parts = []
    for person in order:
        does = list(dict.fromkeys(d for s in slots for d in schedule.at(by_id[trade.givers[person.id]], s)))
        had = {d for s in slots for d in schedule.at(person, s)}
        if does:
            parts.append(f"{person} does {listing(does)}")
        elif had and not schedule.layer.parent:
            parts.append(f"{person} is free")
    return f"{listing(parts)} {schedule.dated(slots)}"


def moves(schedule: Schedule, new: dict[str, New]) -> list[Change]:
    """The cells below the traded layer that change, as differences."""
    found = []
    for name, cells in new.items():
        layer = schedule if name == schedule.layer.name else schedule.beside[name]
        for (person, slot), duties in sorted(cells.items()):
            found.append(Change(name, layer.layer.person(person), slot, layer.cells.get(person, {}).get(slot, ()),
                                duties))
    return found

