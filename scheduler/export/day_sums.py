"""What each fellow's working days are spent on: lines that add up, half-day by half-day, to those of the calendar."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from scheduler.check.day_view import DayView, Kind
from scheduler.domain.layer import Person
from scheduler.export.palette import named
from scheduler.export.view import View

#: kinds of time in the order in which they are shown; the last three are lines of their own
HEADS: dict[Kind, str] = {
    "service": "Services", "short": "Short rotations", "non-clinical": "Non-clinical", "leave": "Leave",
    "holiday": "Holidays", "post-call": "After call", "nothing": "Nothing assigned"}
NO_SITE = "no site stated"


@dataclass(frozen=True)
class Line:
    """One thing that days are spent on. ``days`` by fellow id, in working days; fellows without any are left out."""

    head: str
    what: str
    days: dict[str, float]


class DaySums:
    """The working days of every fellow, by what they are spent on and by site."""

    def __init__(self, view: View, days: DayView):
        self.view, self.days = view, days
        self.halves = {p.id: Counter((d.kind, _what(d.kind, d.what)) for d in days.of(p)) for p in view.people}

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Services, short rotations, non-clinical time, leave; then holidays, after call, and what has no duty."""
        order = {duty.name: n for n, duty in enumerate(named(self.view.program))}
        kinds = list(HEADS)
        found = {key for mine in self.halves.values() for key in mine}
        keys = sorted(found, key=lambda k: (kinds.index(k[0]), order.get(k[1], len(order)), k[1]))
        return tuple(Line(HEADS[kind], what, {who: mine[kind, what] / self.days.days.per_day
                                              for who, mine in self.halves.items() if mine[kind, what]})
                     for kind, what in keys)

    def total(self, person: Person) -> float:
        """The sum of the person's lines."""
        return self.halves[person.id].total() / self.days.days.per_day

    def of_calendar(self, person: Person) -> int:
        """Working days between the fellow's first and last day here, counted in the calendar alone."""
        periods, week = self.view.program.year.periods, self.view.program.working_week.weekdays
        return sum((p.start + timedelta(n)).weekday() in week
                   for p in (periods[s] for s in self.view.schedule.layer.present(person)) for n in range(p.days))

    @cached_property
    def sites(self) -> tuple[str, ...]:
        """Every site where somebody is, in the program's order."""
        program = self.view.program
        known = [site for r in (*program.rotations, *program.short)
                 for site in (r.site, *r.sites, *(where for *_, where in r.template))]
        used = {site for halves in self.days.by_site.values() for there in halves.values() for site in there}
        return tuple(sorted(used, key=lambda s: (not s, known.index(s) if s in known else len(known), s)))

    def at_site(self, person: Person, site: str) -> float:
        """The person's working days at a site; ``""``: clinical and other duties for which the program states none."""
        at_work = ("service", "short", "non-clinical")
        return sum(d.site == site and d.kind in at_work for d in self.days.of(person)) / self.days.days.per_day


def _what(kind: Kind, what: str) -> str:
    return HEADS[kind] if kind in ("holiday", "post-call", "nothing") else what
