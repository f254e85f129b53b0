"""The conferences to print: a sheet for the wall for every month, and sign-in sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from scheduler.domain.calendar import MONTHS, WEEKDAYS, say_date
from scheduler.domain.result import Result
from scheduler.export.didactics import Meeting, meetings
from scheduler.export.files import write_atomically
from scheduler.export.pages import page
from scheduler.export.phrases import as_of
from scheduler.export.sign_in import sheets
from scheduler.export.view import View


@dataclass(frozen=True)
class Day:
    """One square of the month: ``inside`` is False for the days of the neighbouring months."""

    day: date
    inside: bool
    holiday: str
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True)
class Month:
    """One printed sheet: ``themes`` are (series, theme) of the month."""

    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day, ...], ...]
    themes: tuple[tuple[str, str], ...]


def write_didactics(result: Result, folder: Path) -> list[Path]:
    """Write ``didactics.html`` and ``sign-in.html``; nothing for a program without sessions. Raises OSError."""
    if not result.program.sessions:
        return []
    view = View.of(result)
    facts = {"program": view.program, "stamp": as_of(result), "say": say_date}
    return [write_atomically(folder / "didactics.html", page("didactics.html", months=list(months(view)), **facts)),
            write_atomically(folder / "sign-in.html", page("sign-in.html", sheets=list(sheets(view)), **facts))]


def months(view: View) -> Iterator[Month]:
    """The months in which there are sessions, Monday to Friday, and the weekend days that are used in the year."""
    found = meetings(view)
    columns = sorted({0, 1, 2, 3, 4} | {m.session.day.weekday() for m in found})
    for (year, month), group in groupby(found, key=lambda m: (m.session.day.year, m.session.day.month)):
        mine = list(group)
        themes = {s.name: s.theme(mine[0].session.day) for s in view.program.series}
        yield Month(f"{MONTHS[month - 1]} {year}", tuple(WEEKDAYS[n] for n in columns),
                    tuple(_weeks(view, year, month, columns, mine)),
                    tuple((name, theme) for name, theme in themes.items() if theme))


def _weeks(view: View, year: int, month: int, columns: list[int], mine: list[Meeting]) -> Iterator[tuple[Day, ...]]:
    first = date(year, month, 1)
    monday = first - timedelta(first.weekday())
    while monday < first or (monday.year, monday.month) == (year, month):
        days = [monday + timedelta(n) for n in columns]
        if any(day.month == month for day in days):
            yield tuple(Day(day, day.month == month, view.program.year.holidays.get(day, ""),
                            tuple(m for m in mine if m.session.day == day)) for day in days)
        monday += timedelta(7)
