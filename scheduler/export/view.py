"""What exports are made from: a result in public words, with the colours, order and counts that every file shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from scheduler.check.day_view import DayView, Doing
from scheduler.domain.days import CALL, CONFERENCES, TOPICS, Days
from scheduler.domain.layer import Person
from scheduler.domain.program import CallRole, Leave, Program, Rotation
from scheduler.domain.result import Result
from scheduler.domain.schedule import Schedule
from scheduler.domain.verdict import Report, Wish
from scheduler.export.call_nights import Night, nights
from scheduler.export.coverage import Coverage, away, coverage
from scheduler.export.palette import FEAST, NOBODY, colours, ink, named, shorts
from scheduler.export.public import public


@dataclass(frozen=True)
class Run:
    """Neighbouring periods in which a fellow does the same. No duties: nothing assigned, or not ``here`` at all."""

    slots: tuple[int, ...]
    duties: tuple[str, ...]
    here: bool = True


@dataclass(frozen=True)
class View:
    """A result as others may see it. ``people`` are grouped by level and background.

    ``days`` is the same year day by day; None in a program that has nothing below the week.
    """

    result: Result
    people: tuple[Person, ...]
    colour: dict[str, str]
    short: dict[str, str]
    coverage: tuple[Coverage, ...]
    away: Coverage | None
    days: DayView | None = None

    @classmethod
    def of(cls, result: Result) -> View:
        """Everything in it is public; nothing else of the result is kept."""
        seen = public(result)
        days = DayView(seen.program, seen.schedule) if has_days(seen.program) else None
        return cls(seen, ordered(seen), colours(seen.program), shorts(seen.program), coverage(result, seen),
                   away(seen), days)

    @property
    def program(self) -> Program:
        return self.result.program

    @property
    def schedule(self) -> Schedule:
        return self.result.schedule

    @property
    def report(self) -> Report:
        return self.result.report

    @cached_property
    def nights(self) -> tuple[Night, ...]:
        """Every date on which somebody has call, or on which something is wrong with it."""
        return tuple(nights(self.result, self.people))

    def used(self) -> list[Rotation | Leave]:
        """The duties somebody is on, in the program's order."""
        names = {d for mine in self.schedule.cells.values() for duties in mine.values() for d in duties}
        return [duty for duty in self.program.duties if duty.name in names]

    def below(self) -> list[Rotation | CallRole]:
        """What the layers below the week hold: short rotations, services that templates name, and call roles."""
        duties = {d.name for d in self.program.duties}
        return [x for x in named(self.program) if x.name not in duties and not isinstance(x, Leave)]

    def when(self, layer: str, slots: Iterable[int]) -> str:
        """Slots of any layer in words."""
        beside = self.schedule.beside.get(layer)
        return (beside or self.schedule).when(slots)

    def periods(self, layer: str, slots: Iterable[int]) -> list[int]:
        """The rotation periods that slots of any layer lie in."""
        beside = self.schedule.beside.get(layer)
        return list(dict.fromkeys(beside.layer.parent[s] for s in slots)) if beside is not None else list(slots)

    def span(self, layer: str, slots: Iterable[int]) -> tuple[date, date] | None:
        """First and last day of slots of any layer; None where they reach over all of it."""
        slots = list(slots)
        beside, year = self.schedule.beside.get(layer), self.program.year
        whole = (beside or self.schedule).layer.slots
        if not slots or len(slots) >= len(whole):
            return None
        if beside is None:
            return year.periods[slots[0]].start, year.periods[slots[-1]].end
        days = days_of(self.program, layer).slots
        if (days[slots[-1]].day - days[slots[0]].day).days * 2 > (year.end - year.start).days:
            return None                             # “any time that is open”
        return days[slots[0]].day, days[slots[-1]].day

    def wishes(self) -> list[tuple[Wish, str]]:
        """Every request with the layer its slots belong to."""
        layer: dict[tuple[str, str, str, int], str] = {}
        for verdict in self.report.rules:
            beside = self.schedule.beside.get(verdict.rule.layer_name)
            if beside is not None:
                layer |= {_request(w): verdict.rule.layer_name for w in verdict.rule.wishes(beside)}
        return [(w, layer.get(_request(w), self.schedule.layer.name)) for w in self.report.wishes]

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

    def paint_doing(self, doing: Doing) -> tuple[str, str]:
        """Fill and ink of a half-day."""
        known = next((w for w in (doing.what, doing.what.split(" + ")[0], doing.rotation) if w in self.colour), "")
        fill = {"holiday": FEAST, "post-call": NOBODY, "nothing": NOBODY}.get(doing.kind) or self.colour.get(
            known, NOBODY)
        return fill, ink(fill)

    def brief(self, what: str) -> str:
        """The abbreviation of one duty, or of several joined by “+”."""
        return self.short.get(what) or "+".join(self.short.get(part, part) for part in what.split(" + "))

    def label(self, duties: tuple[str, ...], room: float) -> str:
        """The full names where they fit into ``room`` letters, else the abbreviations."""
        full = " + ".join(duties)
        return full if len(full) <= room else "+".join(self.short[d] for d in duties)


def days_of(program: Program, layer: str) -> Days:
    """The slots of a layer below the rotations."""
    if layer in (CONFERENCES, TOPICS):
        return program.session_days
    return program.nights if layer == CALL else program.half_days


def has_days(program: Program) -> bool:
    """Whether the program says anything that is smaller than a rotation's period."""
    return bool(program.short or program.calls or any(leave.by_day for leave in program.leaves)
                or any(r.template or r.sites for r in program.rotations))


def _request(wish: Wish) -> tuple[str, str, str, int]:
    return wish.fellow.id, wish.kind, wish.text, wish.rank


def ordered(result: Result) -> tuple[Person, ...]:
    """Fellows grouped by level and background, in the file's order inside a group."""
    groups: dict[tuple[str, str], list[Person]] = {}
    for person in result.schedule.people:
        groups.setdefault((person.level, person.background), []).append(person)
    return tuple(person for group in groups.values() for person in group)
