"""What every fellow does in every half-day of the year, and on every night of call: the year as a day shows it.

A half-day belongs to leave, to a holiday, to a clinic or short rotation, to the hours after a night of call, or else
to the rotation of its week, whose template may give it to another service or site. No solver is needed for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal

from scheduler.domain.days import CALL, HALF_DAYS, DaySlot
from scheduler.domain.layer import Person
from scheduler.domain.program import CallRole, Leave, Program, Rotation
from scheduler.domain.schedule import Schedule

Kind = Literal["service", "short", "non-clinical", "leave", "holiday", "post-call", "nothing"]


@dataclass(frozen=True)
class Doing:
    """One half-day of one fellow. ``what`` is credited with it; ``rotation`` is the rotation of the week."""

    slot: DaySlot
    what: str
    kind: Kind
    site: str = ""
    rotation: str = ""


@dataclass(frozen=True)
class OnCall:
    """One night (or day and night) of call, with its own times."""

    role: CallRole
    start: datetime
    end: datetime


class DayView:
    """The days of a finished schedule: ``schedule`` is the rotation year, with the layers below it beside it."""

    def __init__(self, program: Program, schedule: Schedule):
        self.program, self.schedule = program, schedule
        self.halves = schedule.beside.get(HALF_DAYS)
        self.calls = schedule.beside.get(CALL)
        self.days = program.half_days
        self._rotation = {r.name: r for r in (*program.rotations, *program.short)}
        self._leave = {leave.name: leave for leave in program.leaves}
        self._site: dict[str, dict[int, str]] = {}
        self._doing: dict[str, tuple[Doing, ...]] = {}

    # -- half-days

    def of(self, person: Person) -> tuple[Doing, ...]:
        """Every half-day of the fellow's time here, in order."""
        if person.id not in self._doing:
            here = set(self.schedule.layer.present(person))
            after = self._after_call(person)
            self._doing[person.id] = tuple(self._at(person, slot, after) for slot in self.days.slots
                                           if slot.period in here)
        return self._doing[person.id]

    def _at(self, person: Person, slot: DaySlot, after: set[int]) -> Doing:
        week = self.schedule.at(person, slot.period)
        rotation = next((d for d in week if d in self._rotation), "")
        away = next((d for d in week if d in self._leave and (self._leave[d].inside is None or not rotation)), "")
        short = self.halves.at(person, slot.index) if self.halves is not None else ()
        holiday = self.program.year.holidays.get(slot.day)
        works = rotation and self._rotation[rotation].works_holidays
        if short:
            duty = self.program.duty(short[0])
            kind: Kind = "leave" if isinstance(duty, Leave) else "short" if duty.clinical else "non-clinical"
            return Doing(slot, " + ".join(short), kind, "" if isinstance(duty, Leave) else duty.site, rotation)
        if holiday is not None and not works:
            return Doing(slot, holiday, "holiday", "", rotation)
        if away:
            return Doing(slot, away, "leave")
        if not rotation:
            return Doing(slot, "", "nothing")
        if slot.index in after:
            return Doing(slot, "after call", "post-call", "", rotation)
        return self._session(person, slot, self._rotation[rotation])

    def _session(self, person: Person, slot: DaySlot, rotation: Rotation) -> Doing:
        """The host rotation's own half-day, or the one its template gives away."""
        half = slot.index % self.days.per_day
        kind: Kind = "service" if rotation.clinical else "non-clinical"
        for weekday, n, service, site in rotation.template:
            if (weekday, n) == (slot.day.weekday(), half):
                other = self._rotation.get(service)
                where = site or (self._sites(person, other).get(slot.period) or other.site if other else rotation.site)
                return Doing(slot, service, "non-clinical" if other and not other.clinical else kind, where,
                             rotation.name)
        site = self._sites(person, rotation).get(slot.period, rotation.site)
        return Doing(slot, rotation.name, kind, site, rotation.name)

    def _sites(self, person: Person, rotation: Rotation | None) -> dict[int, str]:
        """Period → site, for a rotation that visits several in turn: the fellow's first week is at the first."""
        if rotation is None or not rotation.sites:
            return {}
        key = f"{person.id}\0{rotation.name}"
        if key not in self._site:
            weeks = [s for s, duties in self.schedule.of(person) if rotation.name in duties]
            self._site[key] = {s: rotation.sites[n % len(rotation.sites)] for n, s in enumerate(weeks)}
        return self._site[key]

    def _after_call(self, person: Person) -> set[int]:
        """The half-days that nights of call leave free."""
        found: set[int] = set()
        for call in self.on_call(person):
            slots = self.days.on(call.end.date() if call.end.date() > call.start.date() else call.start.date()
                                 + timedelta(1))
            found |= set(slots[:call.role.free_after])
        return found

    # -- call

    def on_call(self, person: Person) -> Iterator[OnCall]:
        """Every night of call of a fellow, in order, with its times."""
        if self.calls is None:
            return
        for slot, roles in self.calls.of(person):
            day = self.program.nights.slots[slot].day
            for name in roles:
                role = self.program.call(name)
                end = day if role.end > role.start else day + timedelta(1)
                yield OnCall(role, datetime.combine(day, role.start), datetime.combine(end, role.end))

    # -- tallies

    def tally(self, person: Person) -> dict[str, float]:
        """Working days by what they are spent on, half-days as halves: they add up to the fellow's working days."""
        halves = Counter(doing.what if doing.kind != "holiday" else "Holidays" for doing in self.of(person))
        return {what: number / self.days.per_day for what, number in halves.items()}

    def by_kind(self, person: Person) -> dict[Kind, float]:
        """Working days by kind of time; they add up to the fellow's working days."""
        halves = Counter(doing.kind for doing in self.of(person))
        return {kind: number / self.days.per_day for kind, number in halves.items()}

    def at_sites(self, person: Person) -> dict[str, float]:
        """Working days by site."""
        halves = Counter(doing.site for doing in self.of(person) if doing.site)
        return {site: number / self.days.per_day for site, number in halves.items()}

    def working_days(self, person: Person) -> float:
        """The working days of the fellow's time here, holidays and leave included."""
        return len(self.of(person)) / self.days.per_day

    @cached_property
    def by_site(self) -> dict[date, dict[int, dict[str, list[tuple[Person, Doing]]]]]:
        """Who is where: date → half (0, 1) → site → the fellows there, with what they do; ``""`` has no site."""
        found: dict[date, dict[int, dict[str, list[tuple[Person, Doing]]]]] = {}
        for person in self.schedule.people:
            for doing in self.of(person):
                if doing.kind in ("service", "short", "non-clinical"):
                    half = doing.slot.index % self.days.per_day
                    found.setdefault(doing.slot.day, {}).setdefault(half, {}).setdefault(doing.site, []).append(
                        (person, doing))
        return dict(sorted(found.items()))
