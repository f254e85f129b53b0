"""The report's days: what working days are spent on, short rotations and call with their dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from scheduler.domain.calendar import MONTHS, WEEKDAYS, runs_of, say_date
from scheduler.domain.days import HALF_DAYS, Days
from scheduler.domain.layer import Person
from scheduler.domain.program import Program, Rotation
from scheduler.domain.words import Selection, listing
from scheduler.export.day_sums import NO_SITE, DaySums
from scheduler.export.phrases import amount, plural
from scheduler.export.report_people import A_TABLE
from scheduler.export.view import View

FEW = 4                     # so many dates are told one by one


@dataclass(frozen=True)
class SumTable:
    """Working days of some of the fellows: groups of lines, their sum, the calendar's own count, and days by site."""

    people: tuple[Person, ...]
    groups: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]
    sums: tuple[str, ...]
    calendar: tuple[str, ...]
    sites: tuple[tuple[str, tuple[str, ...]], ...]


def sum_tables(view: View) -> list[SumTable]:
    """One table for every few fellows; lines that none of them has are left out."""
    assert view.days is not None
    sums, tables = DaySums(view, view.days), []
    for start in range(0, len(view.people), A_TABLE):
        people = view.people[start:start + A_TABLE]
        groups = [(head, _filled((x.what, tuple(_days(x.days.get(p.id, 0)) for p in people)) for x in lines))
                  for head, lines in groupby(sums.lines, key=lambda x: x.head)]
        sites = _filled((site or NO_SITE, tuple(_days(sums.at_site(p, site)) for p in people)) for site in sums.sites)
        tables.append(SumTable(people, tuple((head, lines) for head, lines in groups if lines),
                               tuple(amount(sums.total(p)) for p in people),
                               tuple(amount(sums.of_calendar(p)) for p in people), sites))
    return tables


def _days(number: float) -> str:
    return amount(number) if number else ""


def _filled(lines: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(line for line in lines if any(line[1]))


# -- short rotations

def own_days(view: View) -> list[dict[str, Any]]:
    """Each fellow's short rotations and days of leave with their dates, and the dates of call by role."""
    return [{"fellow": person, "short": list(_short(view, person)), "call": list(_call(view, person))}
            for person in view.people]


def _short(view: View, person: Person) -> Iterator[dict[str, Any]]:
    assert view.days is not None
    halves, days = view.days.halves, view.days.days
    for name in halves.layer.duties if halves is not None else ():
        slots = halves.slots_on(person, Selection.of(name)) if halves is not None else []
        if slots:
            yield {"what": name, "amount": counted(view.program, name, len(slots)), "dates": _dates(days, slots)}


def _call(view: View, person: Person) -> Iterator[dict[str, Any]]:
    mine = [night for night in view.nights if any(person in who for who in night.roles.values())]
    for role in view.program.calls:
        dates = [night.day for night in mine if person in night.roles.get(role.name, ())]
        if dates:
            yield {"what": role.name, "amount": plural(len(dates), "time"), "dates": [("", by_month(dates))]}


def _dates(days: Days, slots: list[int]) -> list[tuple[str, str]]:
    """A few dates one by one; many by the half-day of the week they lie on, the most frequent first."""
    by_day: dict[date, list[str]] = {}
    for slot in (days.slots[s] for s in slots):
        by_day.setdefault(slot.day, []).append(slot.half.name if slot.half else "")
    whole = {day: "" if len(mine) == days.per_day else f" {listing(mine)}" for day, mine in by_day.items()}
    if len(whole) <= FEW:
        return [("", " · ".join(f"{WEEKDAYS[day.weekday()]} {say_date(day)}{half and f',{half}'}"
                                for day, half in whole.items()))]
    groups: dict[str, list[date]] = {}
    for day, half in whole.items():
        groups.setdefault(f"{WEEKDAYS[day.weekday()]}{half}s", []).append(day)
    return [(f"{head} ({len(mine)}): ", by_month(mine))
            for head, mine in sorted(groups.items(), key=lambda group: -len(group[1]))]


def by_month(dates: Sequence[date]) -> str:
    """``2, 9, 16 July · 3–7 August``: dates in order, neighbours as one."""
    said = []
    for _, run in groupby(dates, key=lambda d: (d.year, d.month)):
        mine = list(run)
        parts = [", ".join(map(str, r)) if len(r) < 3 else f"{r[0]}–{r[-1]}" for r in runs_of(d.day for d in mine)]
        said.append(f"{', '.join(parts)} {MONTHS[mine[0].month - 1]}")
    return " · ".join(said)


def counted(program: Program, name: str, slots: int) -> str:
    """``3 days`` of what is taken by the day, ``60 half-days`` of what is not."""
    duty, halves = program.duty(name), program.half_days.per_day
    by_day = slots % halves == 0 and (duty.is_leave or (isinstance(duty, Rotation) and duty.by == "day"))
    return plural(slots // halves, "day") if by_day else plural(slots, "half-day")


def inside(view: View, person: Person, periods: Iterable[int], full: bool = False) -> list[str]:
    """What a fellow does by the day or half-day inside some rotation periods, for the list of a fellow's year.

    Abbreviations and amounts; with ``full``, the names behind them too.
    """
    halves = view.schedule.beside.get(HALF_DAYS)
    if halves is None:
        return []
    slots = [s for p in periods for s in view.program.half_days.by_period[p]]
    found = Counter(name for s in slots for name in halves.at(person, s))
    return [f"{view.short[name]} {f'{name}, ' if full else ''}{counted(view.program, name, number)}"
            for name, number in found.items()]
