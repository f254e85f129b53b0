"""A finished schedule of one layer: who is on what, when. Read by checkers, exports and people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.domain.calendar import runs_of
from scheduler.domain.layer import Inside, Layer, Person
from scheduler.domain.words import Selection

Cells = Mapping[str, Mapping[int, tuple[str, ...]]]


@dataclass(frozen=True)
class Schedule:
    """``cells[person id][slot]`` is what that person does then: usually one duty; leave taken inside adds a second.

    A missing slot means nothing is assigned. ``beside`` holds the other layers of the same year, by name.
    """

    layer: Layer
    cells: Cells
    beside: Mapping[str, Schedule] = field(default_factory=dict)

    @classmethod
    def joined(cls, layers: Iterable[tuple[Layer, Cells]]) -> Schedule:
        """The first layer, with all the others beside it; each of these sees the ones before it and the first."""
        first, *rest = layers
        top, seen = cls(*first), dict[str, Schedule]()
        for layer, cells in rest:
            seen[layer.name] = cls(layer, cells, {top.layer.name: top, **seen})
        return cls(top.layer, top.cells, seen)

    @property
    def people(self) -> tuple[Person, ...]:
        return self.layer.people

    def when(self, slots: Iterable[int]) -> str:
        """Slots in words."""
        return self.layer.when(slots)

    def dated(self, slots: Iterable[int]) -> str:
        """Slots in words, with their preposition: ``in the week of 6 July``, ``on the morning of Monday 6 July``."""
        return ("on " if self.layer.parent else "in ") + self.when(slots)

    def at(self, person: Person, slot: int) -> tuple[str, ...]:
        """Everything this person does in this slot."""
        return self.cells.get(person.id, {}).get(slot, ())

    def of(self, person: Person) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The person's slots in order, each with its duties, over the time they are here."""
        mine = self.cells.get(person.id, {})
        for slot in self.layer.present(person):
            yield slot, mine.get(slot, ())

    def is_on(self, person: Person, slot: int, what: Selection) -> bool:
        """Whether the person is assigned to any of these duties then (leave inside a rotation does not unassign)."""
        return any(duty in what.duties for duty in self.at(person, slot))

    def slots_on(self, person: Person, what: Selection) -> list[int]:
        """The slots in which the person is on any of these duties, in order."""
        mine = self._spent.get(person.id, {})
        found = [mine[duty] for duty in what.duties if duty in mine]
        return list(found[0]) if len(found) == 1 else sorted(set().union(*found))

    def runs(self, person: Person, what: Selection) -> list[list[int]]:
        """Neighbouring slots on these duties, as runs."""
        return runs_of(self.slots_on(person, what))

    def who(self, slot: int, what: Selection) -> list[Person]:
        """Everybody assigned to any of these duties in this slot."""
        there = self._there.get(slot, {})
        found = {row for duty in what.duties for row in there.get(duty, ())}
        return [self.people[row] for row in sorted(found)]

    # -- looked up by every rule, so put in order once: a schedule never changes

    @cached_property
    def _spent(self) -> dict[str, dict[str, list[int]]]:
        """Person's id → duty → slots in order."""
        spent: dict[str, dict[str, list[int]]] = {}
        for person, cells in self.cells.items():
            mine = spent.setdefault(person, {})
            for slot in sorted(cells):
                for duty in dict.fromkeys(cells[slot]):
                    mine.setdefault(duty, []).append(slot)
        return spent

    @cached_property
    def _there(self) -> dict[int, dict[str, list[int]]]:
        """Slot → duty → places in ``people``."""
        there: dict[int, dict[str, list[int]]] = {}
        for row, person in enumerate(self.people):
            for duty, slots in self._spent.get(person.id, {}).items():
                for slot in slots:
                    there.setdefault(slot, {}).setdefault(duty, []).append(row)
        return there

    def away_inside(self, person: Person, slot: int, what: Selection) -> list[Inside]:
        """The leave this person takes inside one of these duties in this slot."""
        duties = self.at(person, slot)
        if len(duties) < 2:
            return []
        return [i for i in self.layer.inside
                if i.leave in duties and any(d in what.duties and d in i.hosts.duties for d in duties)]

    def credit(self, person: Person, slot: int, what: Selection) -> int:
        """What this slot earns towards an amount of these duties: its worth, less leave taken inside.

        Leave taken inside a rotation earns its own weeks towards an amount of leave.
        """
        own = {i.leave: i.weeks for i in self.layer.inside}
        mine = [d for d in self.at(person, slot) if d in what.duties]
        earned = sum(own[d] for d in mine if d in own)
        if any(d not in own for d in mine):
            earned += self.layer.weight(slot) - sum(i.weeks for i in self.away_inside(person, slot, what))
        return earned

    def staff(self, person: Person, slot: int, what: Selection) -> bool:
        """Whether the person counts towards the staffing of these duties then."""
        return (self.is_on(person, slot, what)
                and all(i.keeps_staffing for i in self.away_inside(person, slot, what)))

    def changed(self, person_id: str, slot: int, duties: tuple[str, ...]) -> Schedule:
        """A copy with one cell replaced."""
        mine = {**self.cells.get(person_id, {}), slot: duties}
        return Schedule(self.layer, {**self.cells, person_id: mine}, self.beside)
