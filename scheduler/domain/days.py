"""The days below the week: half-days of the working week, and nights of call. Only ``calendar`` knows dates too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from scheduler.domain.calendar import WEEKDAYS, Year, say_date

HALF_DAYS, CALL, CONFERENCES, TOPICS = "half-days", "call", "conferences", "topics"


@dataclass(frozen=True)
class Half:
    """One half of a working day, in local time."""

    name: str
    start: time
    end: time

    @property
    def hours(self) -> float:
        """Its length in hours."""
        return (self.end.hour * 60 + self.end.minute - self.start.hour * 60 - self.start.minute) / 60


@dataclass(frozen=True)
class WorkingWeek:
    """The weekdays that are worked (0 = Monday), and the halves of each."""

    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    halves: tuple[Half, ...] = (Half("morning", time(8), time(12)), Half("afternoon", time(13), time(17)))


@dataclass(frozen=True)
class DaySlot:
    """A slot below the week: a half-day of the working week, the night (or day and night) of a call, or a session."""

    index: int
    day: date
    period: int
    half: Half | None = None
    series: str = ""

    @property
    def start(self) -> datetime:
        """When it begins, local time; the day itself for call, whose roles have their own times."""
        return datetime.combine(self.day, self.half.start if self.half else time())

    @property
    def end(self) -> datetime:
        """When it ends, local time."""
        return datetime.combine(self.day, self.half.end if self.half else time(23, 59))


@dataclass(frozen=True)
class Days:
    """The slots of a layer below the week, in order, with the dates of each."""

    year: Year
    slots: tuple[DaySlot, ...]
    noun: str
    per_day: int = 1
    _by_day: Mapping[date, tuple[int, ...]] = field(default_factory=dict, compare=False, hash=False)

    def on(self, day: date) -> tuple[int, ...]:
        """The slots of one date; none where nothing is worked."""
        return self._by_day.get(day, ())

    @cached_property
    def by_period(self) -> tuple[tuple[int, ...], ...]:
        """The slots of each rotation period."""
        found: list[list[int]] = [[] for _ in self.year.periods]
        for slot in self.slots:
            found[slot.period].append(slot.index)
        return tuple(map(tuple, found))

    @property
    def holidays(self) -> frozenset[int]:
        """The slots that lie on a holiday."""
        return frozenset(s.index for s in self.slots if s.day in self.year.holidays)

    def spans(self) -> dict[str, tuple[int, ...]]:
        """Which day, week, month and period each slot lies in.

        Weeks begin on the weekday on which periods do; the spare days at either end of the year belong to the first
        or the last week, since nothing counts a stub as a week.

        All are numbers that count up; ``weekday`` is the half-day of the week, the same number every week.
        """
        return {
            "day": tuple(s.day.toordinal() for s in self.slots),
            "week": tuple(map(self._week, self.slots)),
            "month": tuple(s.day.year * 12 + s.day.month for s in self.slots),
            "period": tuple(s.period for s in self.slots),
            "weekday": tuple(s.day.weekday() * self.per_day + s.index % self.per_day for s in self.slots)}

    def _week(self, slot: DaySlot) -> int:
        periods = self.year.periods
        if len(periods) < 2 or any(p.weeks is None for p in periods):
            return (slot.day.toordinal() - 1) // 7              # day 1 was a Monday
        first = periods[0].weeks or 1
        last = sum(p.weeks or 1 for p in periods) - first - 1
        return max(-first, min(last, (slot.day - periods[1].start).days // 7))

    def when(self, slots: Iterable[int]) -> str:
        """``the morning of Tuesday 14 July``, ``Tuesday 14 July``; ``the nights of 3, 4 and 5 July``."""
        days: dict[date, list[int]] = {}
        for slot in sorted(set(slots)):
            if not 0 <= slot < len(self.slots):
                return "the time after the year"
            days.setdefault(self.slots[slot].day, []).append(slot)
        said = [self._said(day, mine) for day, mine in days.items()]
        if len(said) > 6:
            said = [*said[:5], f"{len(said) - 5} more"]
        return said[0] if len(said) == 1 else ", ".join(said[:-1]) + " and " + said[-1] if said else "no time"

    def _said(self, day: date, mine: list[int]) -> str:
        words = f"{WEEKDAYS[day.weekday()]} {say_date(day)}"
        half = self.slots[mine[0]].half
        if self.slots[mine[0]].series:
            return words                        # the sentence says which series it is about
        if half is None:
            return f"the {self.noun} of {words}"
        return words if len(mine) == self.per_day else f"the {half.name} of {words}"


def half_days(year: Year, week: WorkingWeek) -> Days:
    """Every half-day of every working day of the year, holidays included (what is open on them is each duty's own)."""
    found = [(day, period, half) for day, period in _dates(year) if day.weekday() in week.weekdays
             for half in week.halves]
    return _made(year, [DaySlot(n, day, period, half) for n, (day, period, half) in enumerate(found)], "half-day",
                 len(week.halves))


def nights(year: Year) -> Days:
    """One slot of call for every date of the year: the night that begins on it, or the day and the night."""
    return _made(year, [DaySlot(n, day, period) for n, (day, period) in enumerate(_dates(year))], "night", 1)


def session_days(year: Year, sessions: Sequence[tuple[date, str]]) -> Days:
    """One slot for every conference session, as (date, series) in order."""
    slots = [DaySlot(n, day, year.slot_of(day) or 0, series=name) for n, (day, name) in enumerate(sessions)]
    return _made(year, slots, "session", 1)


def _made(year: Year, slots: list[DaySlot], noun: str, per_day: int) -> Days:
    by_day: dict[date, tuple[int, ...]] = {}
    for slot in slots:
        by_day[slot.day] = (*by_day.get(slot.day, ()), slot.index)
    return Days(year, tuple(slots), noun, per_day, by_day)


def _dates(year: Year) -> Iterable[tuple[date, int]]:
    for period in year.periods:
        for n in range(period.days):
            yield period.start + timedelta(n), period.index
