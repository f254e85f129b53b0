"""All the facts of one year, as read from the coordinator's file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import cached_property
from typing import Literal

from scheduler.domain.calendar import Year
from scheduler.domain.conference import Milestone, Series
from scheduler.domain.days import (
    CALL,
    CONFERENCES,
    HALF_DAYS,
    TOPICS,
    Days,
    WorkingWeek,
    half_days,
    nights,
    session_days,
)
from scheduler.domain.duty_hours import Limits
from scheduler.domain.layer import Inside, Layer, Person
from scheduler.domain.recurrence import Dropped, Session
from scheduler.domain.rule import Rule
from scheduler.domain.words import slug


@dataclass(frozen=True)
class Rotation:
    """Where a period is spent. ``base`` marks the rotation that takes whatever the requirements leave.

    ``by`` says how it is taken: by the ``week`` (any rotation period), or by the ``day`` or ``half-day`` inside other
    rotations (a clinic, a short rotation). ``sites`` are visited in turn, week by week. ``template`` says which
    half-days of its week belong to another service or site, as (weekday, half, service, site). ``hours`` are its hours
    of duty by weekday, where they are not the working week's. ``works_holidays``: it goes on on holidays. Time that is
    not ``clinical`` is counted apart. ``also`` are other words that somebody's grid has for it.
    """

    name: str
    site: str = ""
    short: str = ""
    colour: str = ""
    base: bool = False
    tags: frozenset[str] = frozenset()
    contact: str = ""
    about: str = ""
    source: str = ""
    id: str = ""
    by: Literal["week", "day", "half-day"] = "week"
    sites: tuple[str, ...] = ()
    template: tuple[tuple[int, int, str, str], ...] = ()
    hours: tuple[tuple[int, time, time], ...] = ()
    works_holidays: bool = False
    clinical: bool = True
    also: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What calendars know it by for ever: its id, so that a name may be corrected; without one, its name."""
        return self.id or slug(self.name)

    @property
    def is_leave(self) -> bool:
        return False


@dataclass(frozen=True)
class Leave:
    """A kind of leave, counted apart from every other. ``absence``: it counts towards the cap on absence from training.

    ``private`` leave (parental, sick) appears as "Away" in every file that others can read. Leave ``by_day`` may also
    be taken by the day, inside a rotation.
    """

    name: str
    short: str = ""
    colour: str = ""
    tags: frozenset[str] = frozenset()
    absence: bool = True
    private: bool = False
    inside: Inside | None = None
    source: str = ""
    site: str = ""
    contact: str = ""
    about: str = ""
    base: bool = False
    id: str = ""
    by_day: bool = False
    also: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What calendars know it by for ever: its id, so that a name may be corrected; without one, its name."""
        return self.id or slug(self.name)

    @property
    def is_leave(self) -> bool:
        return True


@dataclass(frozen=True)
class CallRole:
    """Who carries the pager: one role, held on certain nights (or days and nights) from ``start`` to ``end``.

    Where ``end`` is not after ``start``, it is on the next day. ``home`` call counts only the ``hours`` assumed to be
    worked in a night; in-house call counts its whole length. ``free_after`` halves of the next day are off duty.
    """

    name: str
    short: str = ""
    kind: Literal["home", "in-house"] = "home"
    start: time = time(17)
    end: time = time(7)
    hours: float = 0.0
    free_after: int = 0
    backup: bool = False
    site: str = ""
    contact: str = ""
    about: str = ""
    colour: str = ""
    source: str = ""
    tags: frozenset[str] = frozenset()
    id: str = ""
    by: str = "night"
    also: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What calendars know it by for ever: its id; without one, its name."""
        return self.id or slug(self.name)


@dataclass(frozen=True)
class Assumption:
    """A value the program's own documents do not give. Every report lists it; ``source`` says what they do say."""

    text: str
    source: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Program:
    """One program, one year. ``rules`` holds every rule, those the file implies (requirements, staffing) included.

    ``priorities`` are the tiers in order. ``digest`` identifies the files it was read from; ``place`` names them.
    ``short`` are the rotations taken by the day or half-day inside others, ``calls`` the roles of call; ``limits`` the
    work-hour limits (None: no work-hour check). ``sessions`` are the dates of all conference ``series`` in order,
    ``dropped`` those that holidays and other series took; ``presenters`` everybody who can present, fellows first.
    ``most_absence`` are the working days of absence after which training is extended (None: the file does not say).
    """

    name: str
    institution: str = ""
    timezone: str = "UTC"
    year: Year
    people: tuple[Person, ...]
    rotations: tuple[Rotation, ...]
    leaves: tuple[Leave, ...] = ()
    rules: tuple[Rule, ...] = ()
    priorities: tuple[str, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    here: Mapping[str, frozenset[int]] = field(default_factory=dict)
    block_of: tuple[int, ...] = ()
    digest: str = ""
    place: str = ""
    id: str = ""
    working_week: WorkingWeek = WorkingWeek()
    short: tuple[Rotation, ...] = ()
    calls: tuple[CallRole, ...] = ()
    limits: Limits | None = None
    series: tuple[Series, ...] = ()
    sessions: tuple[Session, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    presenters: tuple[Person, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    most_absence: int | None = None

    @property
    def key(self) -> str:
        """What calendars know the program by for ever: its id; without one, its institution and name."""
        return self.id or slug(f"{self.institution} {self.name}")

    @property
    def duties(self) -> tuple[Rotation | Leave, ...]:
        """Rotations, then leave, in the file's order."""
        return (*self.rotations, *self.leaves)

    def duty(self, name: str) -> Rotation | Leave:
        """The rotation or leave of this name, short rotations included; KeyError when there is none."""
        for duty in (*self.duties, *self.short):
            if duty.name == name:
                return duty
        raise KeyError(name)

    def layer(self) -> Layer:
        """The shape of the rotation year: fellows × periods × duties."""
        periods = self.year.periods
        return Layer(
            "rotations", self.people, range(len(periods)), tuple(d.name for d in self.duties), noun=self.year.unit,
            worth=tuple(p.weeks or 1 for p in periods), blocks=self.block_of,
            leave=frozenset(leave.name for leave in self.leaves),
            inside=tuple(leave.inside for leave in self.leaves if leave.inside), here=self.here, when=self.year.when)

    def call(self, name: str) -> CallRole:
        """The call role of this name; KeyError when there is none."""
        return {role.name: role for role in self.calls}[name]

    @cached_property
    def half_days(self) -> Days:
        """The half-days of the working week, all year."""
        return half_days(self.year, self.working_week)

    @cached_property
    def nights(self) -> Days:
        """The dates of the year, as slots of call."""
        return nights(self.year)

    @cached_property
    def session_days(self) -> Days:
        """The sessions of all conferences, as slots."""
        return session_days(self.year, [(s.day, s.series) for s in self.sessions])

    def series_named(self, name: str) -> Series:
        """The conference series of this name; KeyError when there is none."""
        return {series.name: series for series in self.series}[name]

    def layers(self) -> list[Layer]:
        """The rotation year, and the layers below it that this program has, in the order in which they are decided."""
        return list(self._layers)

    @cached_property
    def _layers(self) -> tuple[Layer, ...]:
        by_day = [leave.name for leave in self.leaves if leave.by_day]
        found = [self.layer()]
        if self.short or by_day:
            found.append(self._below(HALF_DAYS, self.half_days, [*(r.name for r in self.short), *by_day], by_day))
        if self.calls:
            found.append(self._below(CALL, self.nights, [role.name for role in self.calls], []))
        roles = [role.name for series in self.series for role in series.roles]
        if roles:
            found.append(replace(self._below(CONFERENCES, self.session_days, roles, []), people=self.presenters))
        if any(series.topics for series in self.series):
            found.append(self._topics())
        return tuple(found)

    def _topics(self) -> Layer:
        """Series × sessions × topics: each series is here for its own sessions."""
        taught = [series for series in self.series if series.topics]
        here = {series.key: frozenset(n for n, s in enumerate(self.sessions) if s.series == series.name)
                for series in taught}
        shape = self._below(TOPICS, self.session_days, [t.name for series in taught for t in series.topics], [])
        return replace(shape, people=tuple(Person(s.key, s.name, role="series") for s in taught), here=here)

    def dates(self) -> list[tuple[Layer, list[date]]]:
        """Each layer, and the first day of each of its slots."""
        starts = {HALF_DAYS: self.half_days.slots, CALL: self.nights.slots, CONFERENCES: self.session_days.slots,
                  TOPICS: self.session_days.slots}
        return [(layer, [s.day for s in starts[layer.name]] if layer.name in starts
                 else [p.start for p in self.year.periods]) for layer in self.layers()]

    def _below(self, name: str, days: Days, duties: list[str], leave: list[str]) -> Layer:
        here = {person: frozenset(s.index for s in days.slots if s.period in mine)
                for person, mine in self.here.items()}
        return Layer(name, self.people, range(len(days.slots)), tuple(duties), noun=days.noun, leave=frozenset(leave),
                     here=here, parent=tuple(s.period for s in days.slots), spans=days.spans(),
                     when=days.when)

    def block(self, slot: int) -> str:
        """The name of the block a period lies in, ``""`` where the program has none."""
        return self.year.periods[slot].block or (f"Block {self.block_of[slot] + 1}" if self.block_of else "")

    def must_hold(self) -> Iterator[Rule]:
        """Rules without a priority."""
        return (rule for rule in self.rules if rule.priority is None)

    def in_tier(self, priority: str) -> Iterator[Rule]:
        """Rules that may be broken at this priority, and measures."""
        return (rule for rule in self.rules if rule.priority == priority)
