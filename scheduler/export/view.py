"""What exports are made from: a result in public words, with the colours, order and counts that every file shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from scheduler.domain.layer import Person
from scheduler.domain.program import Leave, Program, Rotation
from scheduler.domain.result import Result
from scheduler.domain.schedule import Schedule
from scheduler.domain.verdict import Report
from scheduler.export.coverage import Coverage, away, coverage
from scheduler.export.palette import NOBODY, colours, ink, shorts
from scheduler.export.public import public


@dataclass(frozen=True)
class Run:
    """Neighbouring periods in which a fellow does the same. No duties: nothing assigned, or not ``here`` at all."""

    slots: tuple[int, ...]
    duties: tuple[str, ...]
    here: bool = True


@dataclass(frozen=True)
class View:
    """A result as others may see it. ``people`` are grouped by level and background."""

    result: Result
    people: tuple[Person, ...]
    colour: dict[str, str]
    short: dict[str, str]
    coverage: tuple[Coverage, ...]
    away: Coverage | None

    @classmethod
    def of(cls, result: Result) -> View:
        """Everything in it is public; nothing else of the result is kept."""
        seen = public(result)
        return cls(seen, ordered(seen), colours(seen.program), shorts(seen.program), coverage(result, seen), away(seen))

    @property
    def program(self) -> Program:
        return self.result.program

    @property
    def schedule(self) -> Schedule:
        return self.result.schedule

    @property
    def report(self) -> Report:
        return self.result.report

    def used(self) -> list[Rotation | Leave]:
        """The duties somebody is on, in the program's order."""
        names = {d for mine in self.schedule.cells.values() for duties in mine.values() for d in duties}
        return [duty for duty in self.program.duties if duty.name in names]

    def runs(self, person: Person) -> Iterator[Run]:
        """The whole year of one fellow, without gaps."""
        here = set(self.schedule.layer.present(person))
        cells = ((self.schedule.at(person, s), s in here, s) for s in self.schedule.layer.slots)
        for (duties, present), run in groupby(cells, key=lambda cell: cell[:2]):
            yield Run(tuple(slot for _, _, slot in run), duties, present or bool(duties))

    def paint(self, duties: tuple[str, ...]) -> tuple[str, str]:
        """Fill and ink of a cell: those of the first duty."""
        fill = self.colour[duties[0]] if duties else NOBODY
        return fill, ink(fill)

    def label(self, duties: tuple[str, ...], room: float) -> str:
        """The full names where they fit into ``room`` letters, else the abbreviations."""
        full = " + ".join(duties)
        return full if len(full) <= room else "+".join(self.short[d] for d in duties)


def ordered(result: Result) -> tuple[Person, ...]:
    """Fellows grouped by level and background, in the file's order inside a group."""
    groups: dict[tuple[str, str], list[Person]] = {}
    for person in result.schedule.people:
        groups.setdefault((person.level, person.background), []).append(person)
    return tuple(person for group in groups.values() for person in group)
