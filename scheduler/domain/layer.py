"""A layer's shape: who can be put on which duty in which slot. Rotations, half-days, call, conferences are layers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.domain.words import Selection

#: the layers of a year, in the order in which they are decided
LAYERS = ("rotations", "half-days", "call", "conferences", "topics")


@dataclass(frozen=True)
class Person:
    """Someone who can be scheduled. ``id`` is stable for ever; the rest may be corrected.

    ``credit`` holds what was done before this year, by rotation, in weeks; ``tally`` last year's burdens, by name.
    ``slots`` are the periods the person is here for (all of them unless the fellow is off cycle).
    """

    id: str
    name: str
    background: str = ""
    level: str = ""
    tags: frozenset[str] = frozenset()
    role: str = "fellow"
    credit: Mapping[str, int] = field(default_factory=dict, hash=False)
    tally: Mapping[str, int] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Inside:
    """Leave taken inside a rotation: the assignment stays, credit and staffing shrink as stated.

    ``weeks`` of credit are lost in each period that holds this leave; ``keeps_staffing`` says whether the person still
    counts towards the rotation's staffing while away.
    """

    leave: str
    hosts: Selection
    weeks: int = 1
    keeps_staffing: bool = False


def _numbered(slots: Iterable[int]) -> str:
    return "slot " + ", ".join(str(s + 1) for s in slots)


@dataclass(frozen=True)
class Layer:
    """People × slots × duties.

    ``worth[slot]`` is what one slot adds to an amount owed (a week: 1; a block of four weeks: 4); ``blocks[slot]`` the
    block it lies in; ``starts`` the slots on which a block begins. ``leave`` names the duties that are leave;
    ``inside`` the kinds of leave that are taken inside a rotation. ``when`` turns slots into words with dates.
    ``here`` gives the slots of people who are not here all year. ``exclusive``: a cell never holds two duties, leave
    inside a rotation apart. ``parent[slot]`` is the rotation period that a slot of a finer layer lies in, and
    ``spans[name][slot]`` its day, week, month, period and weekday, as numbers.
    """

    name: str
    people: tuple[Person, ...]
    slots: range
    duties: tuple[str, ...]
    noun: str = "week"
    worth: tuple[int, ...] = ()
    blocks: tuple[int, ...] = ()
    leave: frozenset[str] = frozenset()
    inside: tuple[Inside, ...] = ()
    here: Mapping[str, frozenset[int]] = field(default_factory=dict, hash=False)
    exclusive: bool = True
    parent: tuple[int, ...] = ()
    spans: Mapping[str, tuple[int, ...]] = field(default_factory=dict, hash=False)
    when: Callable[[Iterable[int]], str] = field(default=_numbered, compare=False)

    def present(self, person: Person) -> Iterable[int]:
        """The slots in which this person is part of the program, in order."""
        mine = self.here.get(person.id)
        return self.slots if mine is None else [s for s in self.slots if s in mine]

    def weight(self, slot: int) -> int:
        """What one slot adds to an amount owed."""
        return self.worth[slot] if self.worth else 1

    def cut(self, span: str) -> list[list[int]]:
        """The slots cut into days, weeks or months; for layers of periods, into periods."""
        if span not in self.spans:
            return [[s] for s in self.slots]
        found: dict[int, list[int]] = {}
        for slot in self.slots:
            found.setdefault(self.spans[span][slot], []).append(slot)
        return list(found.values())

    def block_starts(self) -> list[int]:
        """Slots on which a block begins; every slot where the layer has no blocks."""
        if not self.blocks:
            return list(self.slots)
        return [s for s in self.slots if s == 0 or self.blocks[s] != self.blocks[s - 1]]

    def can_coincide(self, what: Selection) -> bool:
        """Whether one cell can hold two of these duties at once."""
        if not self.exclusive:
            return len(what.duties) > 1
        return any(i.leave in what.duties and i.hosts.duties & what.duties for i in self.inside)

    def person(self, id_: str) -> Person:
        """The person with this id; KeyError when there is none."""
        return self._by_id[id_]

    @cached_property
    def _by_id(self) -> dict[str, Person]:
        return {person.id: person for person in reversed(self.people)}
