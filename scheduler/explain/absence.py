"""Absence from training: how many working days each fellow is away, and when training then ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from constraints.pinned import Pinned
from scheduler.domain.calendar import say_date
from scheduler.domain.days import HALF_DAYS
from scheduler.domain.layer import Person
from scheduler.domain.program import Assumption, Leave, Program
from scheduler.domain.schedule import Schedule

#: the customary most of a one-year fellowship: the boards publish none for it
CUSTOMARY = 20


@dataclass(frozen=True)
class Extension:
    """A fellow's absence beyond the most that counts as training: both in working days, and the new last day."""

    fellow: Person
    days: float
    most: int
    last: date
    assumed: bool

    @property
    def beyond(self) -> int:
        """Working days to make up."""
        return ceil(self.days - self.most)

    @property
    def sentence(self) -> str:
        """What happens to the fellow's training."""
        return (f"{self.fellow}’s training is extended: {self.days:g} working days of absence, {self.beyond} more than "
                f"{self.most}; the new last day of training is {say_date(self.last, year=True)}.")

    @property
    def assumption(self) -> str:
        """What the new date rests on, for the list of assumptions."""
        told = (f"the program does not state the most absence, and {self.most} working days a year are customary "
                "(most absence: … in the program file)" if self.assumed else f"{self.most} working days as stated")
        return (f"{self.sentence} Assumed: {told}; every working day beyond is made up after the year, holidays of the "
                "next year not counted.")


def days_away(program: Program, schedule: Schedule, person: Person) -> float:
    """Working days, less holidays, on leave that counts as absence from training."""
    kinds = {leave.name: leave for leave in program.leaves if leave.absence}
    total = 0.0
    for slot, duties in schedule.of(person):
        mine = [kinds[d] for d in duties if d in kinds]
        if mine:
            total += _days(program, slot, mine[0])
    below = schedule.beside.get(HALF_DAYS)
    if below is not None:
        halves = max(1, program.half_days.per_day)
        total += sum(any(d in kinds for d in duties) for _, duties in below.of(person)) / halves
    return total


def _days(program: Program, slot: int, leave: Leave) -> int:
    """The working days of a period of leave; leave inside a rotation takes its own weeks of it only."""
    days = program.half_days
    whole = len({days.slots[s].day for s in set(days.by_period[slot]) - days.holidays})
    if leave.inside is None:
        return whole
    return min(whole, leave.inside.weeks * len(program.working_week.weekdays))


def extension(program: Program, schedule: Schedule, person: Person) -> Extension | None:
    """When training ends where absence goes beyond the most allowed; None where it does not."""
    most = program.most_absence if program.most_absence is not None else CUSTOMARY
    days = days_away(program, schedule, person)
    here = list(schedule.layer.present(person))
    if days <= most or not here:
        return None
    last, left = program.year.periods[here[-1]].end, ceil(days - most)
    while left:
        last += timedelta(1)
        left -= last.weekday() in program.working_week.weekdays
    return Extension(person, days, most, last, program.most_absence is None)


def is_granted(program: Program, person: Person) -> bool:
    """Whether leave that counts as absence was approved for somebody, or pinned."""
    away = {kind.name for kind in program.leaves if kind.absence}
    return any(isinstance(r, Pinned) and r.priority is None and r.what.duties & away and person in r.who
               for r in program.rules)


def extensions(program: Program, schedule: Schedule) -> list[Extension]:
    """Whose training the leave that was approved extends."""
    found = (extension(program, schedule, person) for person in schedule.people if is_granted(program, person))
    return [one for one in found if one is not None]


def with_extensions(program: Program, found: Iterable[Extension]) -> Program:
    """The program with what the extensions rest on among its assumptions, each once."""
    known = {assumption.text for assumption in program.assumptions}
    return replace(program, assumptions=(*program.assumptions, *(
        Assumption(e.assumption, place="training") for e in found if e.assumption not in known)))
