"""What differs between two schedules, cell by cell and in words. Knows no solver; both may be anybody's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from scheduler.domain.calendar import runs_of
from scheduler.domain.days import CONFERENCES
from scheduler.domain.layer import LAYERS, Layer, Person
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import listing


@dataclass(frozen=True)
class Change:
    """One cell that differs: a person's slot of a layer, and what is done in it before and after (in duty order)."""

    layer: str
    person: Person
    slot: int
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """Neighbouring cells of one person that change alike."""

    layer: str
    person: Person
    slots: tuple[int, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """``Clinic instead of Hospital``, ``no longer Night call``, ``presents Lecture``."""
        if self.layer == CONFERENCES:
            return " ".join(w for w in ("no longer" * (not self.after), "presents", _presented(self)) if w)
        return _changed(self.before, self.after)


def changes(old: Schedule, new: Schedule) -> list[Change]:
    """Every cell that differs, by layer, person and slot.

    Both are rotation years of the same dates, with the layers below beside them. People of either are compared; a
    person, or a layer, that only one of the two has counts as empty in the other.
    """
    found = []
    for name in LAYERS:
        one, two = _layer(old, name), _layer(new, name)
        people = {p.id: p for year in (two, one) if year is not None for p in year.people}
        for id_, person in people.items():
            before = {} if one is None else one.cells.get(id_, {})
            after = {} if two is None else two.cells.get(id_, {})
            for slot in sorted({*before, *after}):
                was, now = before.get(slot, ()), after.get(slot, ())
                if sorted(was) != sorted(now):
                    found.append(Change(name, person, slot, tuple(was), tuple(now)))
    return found


def applied(old: Schedule, found: Iterable[Change]) -> Schedule:
    """The schedule with these changes made. KeyError for a change of a layer that it does not have."""
    years = {old.layer.name: old, **old.beside}
    cells = {name: {person: dict(mine) for person, mine in year.cells.items()} for name, year in years.items()}
    for change in found:
        mine = cells[change.layer].setdefault(change.person.id, {})
        if change.after:
            mine[change.slot] = change.after
        else:
            mine.pop(change.slot, None)
    return Schedule.joined([(year.layer, cells[name]) for name, year in years.items()])


def stretches(found: Sequence[Change]) -> list[Stretch]:
    """The same changes with neighbouring cells of a person that change alike taken together."""
    said = []
    for (name, person, before, after), group in groupby(found, key=lambda c: (c.layer, c.person, c.before, c.after)):
        said += [Stretch(name, person, tuple(run), before, after) for run in runs_of([c.slot for c in group])]
    return said


def by_period(layers: Mapping[str, Layer], found: Iterable[Change]) -> dict[int, list[Change]]:
    """The changes by the rotation period they lie in, in order; those of layers below in the period of their day."""
    weeks: dict[int, list[Change]] = {}
    for change in found:
        parent = layers[change.layer].parent
        weeks.setdefault(parent[change.slot] if parent else change.slot, []).append(change)
    return dict(sorted(weeks.items()))


def affected(found: Iterable[Change]) -> list[Person]:
    """Whose cells change, each once; a series is nobody."""
    return list({c.person.id: c.person for c in found if c.person.role != "series"}.values())


def amounts(layers: Iterable[Layer], found: Sequence[Change]) -> list[str]:
    """How many cells change in each layer: ``3 weeks``, ``2 half-days``, ``1 session (topics)``."""
    said = []
    for layer in layers:
        if number := sum(change.layer == layer.name for change in found):
            noun = layer.noun + ("" if number == 1 else "s")
            said.append(f"{number} {noun}" + (f" ({layer.name})" if layer.noun == "session" else ""))
    return said


def in_words(layers: Iterable[Layer], found: Sequence[Change]) -> list[str]:
    """A sentence for each run of neighbouring cells that change alike: ``Ada: Clinic instead of Hospital in …``."""
    by_name = {layer.name: layer for layer in layers}
    return [f"{one.person}: {when_and_what(by_name[one.layer], one)}." for one in stretches(found)]


def when_and_what(layer: Layer, one: Stretch) -> str:
    """``Clinic instead of Hospital in the week of 6 July``."""
    when = when_run(layer, one.slots)
    before = "" if when.startswith("from ") else "on " if layer.parent else "in "
    return f"{one.words} {before}{when}"


def when_run(layer: Layer, slots: Sequence[int]) -> str:
    """Neighbouring slots in words; three and more below the week by the first and the last of them."""
    if not layer.parent or len(slots) < 3:
        return layer.when(slots)
    return f"from {layer.when(slots[:1])} to {layer.when(slots[-1:])} ({len(slots)} {layer.noun}s)"


def _layer(year: Schedule, name: str) -> Schedule | None:
    return year if year.layer.name == name else year.beside.get(name)


def _presented(one: Stretch) -> str:
    if not (one.before and one.after):
        return listing(one.after or one.before)
    return _changed(one.before, one.after)


def _changed(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    if not before:
        return f"{listing(after)} (nothing before)"
    return f"{listing(after)} instead of {listing(before)}" if after else f"no longer {listing(before)}"
