"""The report's “who is where”: week by week, sites down and dates across."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from scheduler.check.day_view import DayView
from scheduler.domain.calendar import MONTHS, say_date
from scheduler.domain.words import listing
from scheduler.export.call_nights import Night
from scheduler.export.day_sums import NO_SITE, DaySums
from scheduler.export.view import View

Halves = dict[tuple[str, str], list[int]]         # (fellow, what for) → which halves of a date


@dataclass(frozen=True)
class Entry:
    """One fellow in a cell: what for, and which half where it is not the whole day."""

    who: str
    what: str
    half: str = ""


@dataclass(frozen=True)
class Week:
    """Dates (with the holiday's name) across; sites, then who is off and who is on call, down."""

    title: str
    dates: tuple[tuple[date, str], ...]
    rows: tuple[tuple[str, tuple[tuple[Entry, ...], ...]], ...]


def months(view: View) -> list[tuple[str, list[Week]]]:
    """The weeks by the month in which they begin, so that a page can fold them."""
    return [(f"{MONTHS[month - 1]} {year}", list(run))
            for (year, month), run in groupby(weeks(view), key=lambda w: (w.dates[0][0].year, w.dates[0][0].month))]


def weeks(view: View) -> list[Week]:
    """Every week of the year, from the weekday on which the program's periods begin."""
    assert view.days is not None
    periods, calls = view.program.year.periods, {night.day: night for night in view.nights}
    first = periods[1].start.weekday() if len(periods) > 1 and periods[1].weeks else 0
    dates = sorted({slot.day for slot in view.days.days.slots} | set(calls))
    found, sites, off = [], DaySums(view, view.days).sites, _off(view, view.days)
    opening: dict[date, list[date]] = {}
    for day in dates:
        opening.setdefault(day - timedelta((day.weekday() - first) % 7), []).append(day)
    for monday, mine in opening.items():
        rows = [(site or NO_SITE, tuple(_there(view, view.days, day, site) for day in mine)) for site in sites]
        rows += [("off", tuple(_said_off(view, off.get(day, {})) for day in mine)),
                 ("on call", tuple(_on_call(view, calls.get(day)) for day in mine))]
        found.append(Week(f"Week of {say_date(max(monday, mine[0]))}",
                          tuple((day, view.program.year.holidays.get(day, "")) for day in mine),
                          tuple(row for row in rows if any(row[1]))))
    return found


def _there(view: View, days: DayView, day: date, site: str) -> tuple[Entry, ...]:
    halves: Halves = {}
    for half, there in days.by_site.get(day, {}).items():
        for person, doing in there.get(site, ()):
            halves.setdefault((person.name, view.brief(doing.what)), []).append(half)
    return _entries(view, halves)


def _off(view: View, days: DayView) -> dict[date, Halves]:
    """Who is on leave, on holiday or free after call, by date."""
    found: dict[date, Halves] = {}
    for person in view.people:
        for doing in days.of(person):
            if doing.kind in ("leave", "post-call", "holiday"):
                what = "holiday" if doing.kind == "holiday" else view.brief(doing.what)
                found.setdefault(doing.slot.day, {}).setdefault((person.name, what), []).append(
                    doing.slot.index % days.days.per_day)
    return found


def _said_off(view: View, halves: Halves) -> tuple[Entry, ...]:
    if len(halves) == len(view.people) > 1 and {what for _, what in halves} == {"holiday"}:
        return (Entry("everyone", "holiday"),)
    return _entries(view, halves)


def _entries(view: View, halves: Halves) -> tuple[Entry, ...]:
    words = view.program.working_week.halves
    return tuple(Entry(who, what, "" if len(mine) == len(words) else listing([words[n].name for n in mine]))
                 for (who, what), mine in halves.items())


def _on_call(view: View, night: Night | None) -> tuple[Entry, ...]:
    return tuple(Entry(p.name, view.short[role]) for role, who in (night.roles if night else {}).items() for p in who)
