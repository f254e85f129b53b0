"""The academic year and its periods. The only module that knows dates; everyone else counts slots.

A year of weeks has 52 periods. 52 weeks are 364 days, so one or two days are always left over and the first of July is
rarely a Monday: the spare days join the first or the last period, and no figure ever counts a stub as a week.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")


def say_date(day: date, *, year: bool = False) -> str:
    """``21 December`` (or ``21 December 2026``): dates as people write them, never as 12/21 or 21/12."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


@dataclass(frozen=True)
class Period:
    """The smallest unit in which a rotation can change; both dates are included.

    ``weeks`` is what the period is worth in weeks (1 for every week, however many spare days joined it); it is None
    for calendar months, which are counted as periods only. ``block`` names the longer run it belongs to.
    """

    index: int
    start: date
    end: date
    label: str
    weeks: int | None = 1
    block: str = ""

    @property
    def days(self) -> int:
        """Calendar days, both ends included."""
        return (self.end - self.start).days + 1

    @property
    def weekdays(self) -> int:
        """Days from Monday to Friday, holidays included."""
        return sum((self.start + timedelta(n)).weekday() < 5 for n in range(self.days))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True)
class Year:
    """An academic year: its periods in order, and its holidays by date."""

    start: date
    end: date
    periods: tuple[Period, ...]
    unit: str = "week"
    holidays: Mapping[date, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def slot_of(self, day: date) -> int | None:
        """The index of the period that holds ``day``, or None outside the year."""
        return next((p.index for p in self.periods if day in p), None)

    def slots_between(self, first: date, last: date) -> tuple[int, ...]:
        """Every period that touches the dates ``first`` to ``last``, both included."""
        return tuple(p.index for p in self.periods if p.start <= last and p.end >= first)

    def holiday_slots(self) -> dict[int, tuple[str, ...]]:
        """Period index → the names of the holidays in it."""
        found: dict[int, tuple[str, ...]] = {}
        for day, name in sorted(self.holidays.items()):
            slot = self.slot_of(day)
            if slot is not None and name not in found.get(slot, ()):
                found[slot] = (*found.get(slot, ()), name)
        return found

    def weeks(self, slot: int) -> int:
        """What a period is worth in weeks; a calendar month is worth 1 (its own unit)."""
        return self.periods[slot].weeks or 1

    def when(self, slots: Iterable[int]) -> str:
        """Slots as a person says them: ``the week of 21 December``, ``the 3 weeks from 6 July``, joined by commas."""
        return _join([self._span(run) for run in runs_of(sorted(set(slots)))])

    def _span(self, run: Sequence[int]) -> str:
        if run[-1] >= len(self.periods) or run[0] < 0:
            return f"the {self.unit}s after the year"
        first = self.periods[run[0]]
        noun = self.unit
        if noun == "month":
            if len(run) == 1:
                return first.label
            return f"{first.label} to {self.periods[run[-1]].label}"
        if noun == "week":
            if len(run) == 1:
                return f"the week of {say_date(first.start)}"
            return f"the {len(run)} weeks from {say_date(first.start)}"
        if len(run) == 1:
            return f"{first.label} (from {say_date(first.start)})"
        return f"{first.label} to {self.periods[run[-1]].label} (from {say_date(first.start)})"

    def many(self, number: int) -> str:
        """``1 week``, ``2 weeks``; ``3 blocks``."""
        return f"{number} {self.unit}" + ("" if number == 1 else "s")


def _join(parts: list[str]) -> str:
    if len(parts) > 6:
        parts = [*parts[:5], f"{len(parts) - 5} more times"]
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else "no time"


def runs_of(slots: Iterable[int]) -> list[list[int]]:
    """Sorted slots cut into runs of neighbours: ``[1, 2, 5]`` → ``[[1, 2], [5]]``."""
    runs: list[list[int]] = []
    for slot in slots:
        if runs and slot == runs[-1][-1] + 1:
            runs[-1].append(slot)
        else:
            runs.append([slot])
    return runs


def year_of_weeks(start: date, end: date, *, length: int = 1, week_starts: int = 0,
                  block_weeks: int = 0, holidays: Mapping[date, str] | None = None) -> Year:
    """A year of periods of ``length`` weeks (1, 2 or 4 …), each starting on weekday ``week_starts`` (0 = Monday).

    365 or 366 days hold ``days // (7 · length)`` periods: 52 weeks, 26 fortnights, 13 blocks. The days left over join
    the first or the last period, whichever leaves the shorter of the two as long as can be. ``block_weeks`` groups
    periods into named blocks (0: no blocks). Raises ValueError when the dates hold no period at all.
    """
    unit = 7 * length
    days = (end - start).days + 1
    number = days // unit
    if number < 1:
        raise ValueError(f"{days} days hold no period of {unit} days")
    lead = (week_starts - start.weekday()) % 7 or 7     # days before the second week can start
    body = days - (number - 2) * unit                   # what the first and the last share
    choices = [lead + 7 * n for n in range(2 * length + 1) if lead + 7 * n < body]
    choice = max(choices, key=lambda first: (min(first, body - first), first)) if number > 1 else days
    starts = [start] + [start + timedelta(choice + unit * n) for n in range(number - 1)]
    ends = [s - timedelta(1) for s in starts[1:]] + [end]
    name = {1: "Week", 2: "Fortnight"}.get(length, "Block")
    per_block = max(1, block_weeks // length)
    periods = tuple(
        Period(n, s, e, f"{name} {n + 1}", length, f"Block {n // per_block + 1}" if per_block > 1 else "")
        for n, (s, e) in enumerate(zip(starts, ends, strict=True)))
    odd = [p for p in (periods[0], periods[-1]) if p.days != unit]
    notes = tuple(
        f"{p.label} has {p.days} days ({WEEKDAYS[p.start.weekday()]} {say_date(p.start, year=True)} to "
        f"{WEEKDAYS[p.end.weekday()]} {say_date(p.end, year=True)}) and counts as {length} "
        f"week{'s' if length > 1 else ''}." for p in odd)
    return Year(start, end, periods, name.lower(), dict(holidays or {}), notes)


def year_of_months(start: date, end: date, *, holidays: Mapping[date, str] | None = None) -> Year:
    """Calendar months; a month cut short by the year's own dates keeps the days it has."""
    periods: list[Period] = []
    first = start
    while first <= end:
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        last = min(end, following - timedelta(1))
        periods.append(Period(len(periods), first, last, MONTHS[first.month - 1], None))
        first = last + timedelta(1)
    return Year(start, end, tuple(periods), "month", dict(holidays or {}))


def year_of_dates(starts: Sequence[date], end: date, *, labels: Sequence[str] = (), noun: str = "block",
                  holidays: Mapping[date, str] | None = None) -> Year:
    """Periods that start on the listed dates (sorted, all before ``end``); each counts its days in whole weeks."""
    ends = [s - timedelta(1) for s in starts[1:]] + [end]
    periods = tuple(
        Period(n, s, e, labels[n] if n < len(labels) else f"{noun.capitalize()} {n + 1}",
               max(1, round(((e - s).days + 1) / 7)))
        for n, (s, e) in enumerate(zip(starts, ends, strict=True)))
    notes = tuple(f"{p.label} has {p.days} days and counts as {p.weeks} week{'s' if p.weeks != 1 else ''}."
                  for p in periods if p.days != 7 * (p.weeks or 1))
    return Year(starts[0], end, periods, noun, dict(holidays or {}), notes)
