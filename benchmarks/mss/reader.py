"""An instance of medical student scheduling as a program: students are fellows, a discipline in a hospital a rotation.

Everything is said with rules that any program file can use. Time without a discipline is a kind of leave, ``Free``.
What a discipline is worth is rated by the period, so with disciplines of n periods every number of the objective is
n times the published one: ``scale``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks.mss.verify import parse
from constraints import (
    Before,
    FewGaps,
    FewSiteChanges,
    Forbidden,
    OneDuty,
    RatedRotations,
    Requirement,
    RunLength,
    Staffing,
    WhoMay,
    WorstOff,
)
from scheduler.domain.calendar import year_of_dates
from scheduler.domain.layer import Person
from scheduler.domain.program import Leave, Program, Rotation
from scheduler.domain.rule import Rule
from scheduler.domain.schedule import Cells
from scheduler.domain.words import Group, Many, Selection, Window

FREE = "Free"
TIER = "points"


@dataclass(frozen=True)
class Instance:
    """The facts of one instance, by the names they have in its file; see README.md for what they mean."""

    name: str
    facts: dict

    @classmethod
    def read(cls, path: Path) -> Instance:
        """From a MiniZinc data file."""
        return cls(path.stem, parse(path))

    @property
    def scale(self) -> int:
        """What one published unit of the objective is here."""
        return self.facts["Duration"]

    @cached_property
    def students(self) -> tuple[Person, ...]:
        return tuple(Person(f"s{n:02}", f"Student {n + 1}") for n in range(self.facts["Students"]))

    @property
    def places(self) -> list[tuple[int, int, str]]:
        """(hospital, discipline, name of the rotation)."""
        return [(h, d, f"D{d + 1:02} in H{h + 1}") for h in range(self.facts["Hospitals"])
                for d in range(self.facts["Disciplines"])]

    def disciplines(self, wanted: set[int], text: str) -> Selection:
        """These disciplines in every hospital."""
        return Selection(text, frozenset(name for _, d, name in self.places if d in wanted))

    def program(self) -> Program:
        """The program: the same facts, the same objective in one tier."""
        first, horizon = date(2026, 7, 6), self.facts["Horizon"]
        starts = [first + timedelta(14 * n) for n in range(horizon)]
        rotations = tuple(Rotation(name, site=f"Hospital {h + 1}") for h, _, name in self.places)
        return Program(name=self.name, year=year_of_dates(starts, starts[-1] + timedelta(13), noun="period"),
                       people=self.students, rotations=rotations, leaves=(Leave(FREE),), priorities=(TIER,),
                       rules=(*self._places(), *self._amounts(), *self._staffing(), *self._wishes()))

    # -- the rules

    def _group(self, chosen: np.ndarray, text: str) -> Group:
        return Group(text, frozenset(p.id for p, yes in zip(self.students, chosen, strict=True) if yes))

    def _periods(self, number: int) -> Many:
        return Many(int(number), "period")

    def _places(self) -> Iterator[Rule]:
        """One place at a time; who may be where, and when."""
        facts = self.facts
        able = facts["Ability"].reshape(facts["Students"], facts["Hospitals"], facts["Disciplines"])
        every = [name for *_, name in self.places]
        yield OneDuty(what=Selection("any duty", frozenset([*every, FREE])))
        for h, d, name in self.places:
            may = (able[:, h, d] == 1) & (facts["AllowedDisc"][:, d] == 1)
            if not may.all():
                yield WhoMay(what=Selection.of(name), only=self._group(may, "those able and allowed"))
        for person, here in zip(self.students, facts["Availability"], strict=True):
            if not here.all():
                yield Forbidden(what=Selection("any discipline", frozenset(every)), who=Group(person.name, frozenset(
                    [person.id])), during=Window("away", frozenset(int(t) for t in np.flatnonzero(here == 0))))

    def _amounts(self) -> Iterator[Rule]:
        """How much of what, and in which order."""
        facts, length = self.facts, self.scale
        for d in range(facts["Disciplines"]):
            yield Requirement(what=self.disciplines({d}, f"D{d + 1:02}"), at_most=length, unit="periods")
        for g in range(facts["Groups"]):
            group = self.disciplines(set(np.flatnonzero(facts["DiscGroup"] == g + 1)), f"group {g + 1}")
            for number in np.unique(facts["StudDiscGroup"][:, g]):
                who = self._group(facts["StudDiscGroup"][:, g] == number, f"those who take {number} of it")
                yield Requirement(what=group, at_least=int(number) * length, at_most=int(number) * length, who=who,
                                  unit="periods")
        for h in range(facts["Hospitals"]):
            here = Selection(f"H{h + 1}", frozenset(name for site, _, name in self.places if site == h))
            yield Requirement(what=here, at_most=facts["MaxDiscPerHosp"] * length, unit="periods")
        if length > 1:
            for *_, name in self.places:
                yield RunLength(what=Selection.of(name), length=self._periods(length))
        for then, first in zip(*np.nonzero(facts["Precededby"]), strict=True):
            yield Before(what=self.disciplines({first}, f"D{first + 1:02}"), needed=self._periods(length),
                         then=self.disciplines({then}, f"D{then + 1:02}"))

    def _staffing(self) -> Iterator[Rule]:
        """How many at once: one rule for the periods that have the same bounds."""
        shape = self.facts["Hospitals"], self.facts["Disciplines"], self.facts["Horizon"]
        least, most = (self.facts[name].reshape(shape) for name in ("MinPosHosp", "MaxPosHosp"))
        for h, d, name in self.places:
            bounds = list(zip(least[h, d].tolist(), most[h, d].tolist(), strict=True))
            for low, high in sorted(set(bounds)):
                when = frozenset(t for t, pair in enumerate(bounds) if pair == (low, high))
                yield Staffing(what=Selection.of(name), at_least=low, at_most=high, during=Window("these", when))

    def _wishes(self) -> Iterator[Rule]:
        """Everyone's points added up, and the points of the worst-off: one tier, exchanged at the weights given."""
        facts, scale = self.facts, self.scale
        weight = facts["WeightPref"]
        worth = (weight[:, :1] * facts["PrefStudDisc"] + facts["ManPref"])[:, None, :] + (
            weight[:, 1:2] * facts["PrefStudHosp"])[:, :, None]
        rated = RatedRotations(priority=TIER, rated=tuple(
            (p.id, name, int(worth[s, h, d])) for s, p in enumerate(self.students) for h, d, name in self.places))
        sites = tuple((name, f"Hospital {h + 1}") for h, _, name in self.places)
        work = Selection("any discipline", frozenset(name for *_, name in self.places))
        rules: list[Rule] = [rated]
        for cost in sorted(set((-weight[:, 2]).tolist())):
            rules.append(FewSiteChanges(site_of=sites, who=self._group(weight[:, 2] == -cost, f"who mind at {cost}"),
                                        points=cost * scale, priority=TIER))
        for cost in sorted(set((-weight[:, 3]).tolist())):
            rules.append(FewGaps(what=work, who=self._group(weight[:, 3] == -cost, f"who mind at {cost}"),
                                 points=cost * scale, priority=TIER))
        yield from rules
        yield WorstOff(parts=tuple(rules), priority=TIER)

    # -- and back

    def grid(self, cells: Cells) -> np.ndarray:
        """A finished schedule as the 0/1 array that the verifier reads: student × period × hospital × discipline."""
        facts, at = self.facts, {name: (h, d) for h, d, name in self.places}
        grid = np.zeros([facts[n] for n in ("Students", "Horizon", "Hospitals", "Disciplines")], dtype=np.int32)
        for s, person in enumerate(self.students):
            for slot, duties in cells.get(person.id, {}).items():
                for duty in duties:
                    if duty in at:
                        grid[s, slot, *at[duty]] = 1
        return grid
