"""Sign-in sheets: one page for each series and month, a line a fellow, a column a session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from scheduler.check.attendance import Attended, attendance
from scheduler.domain.calendar import MONTHS
from scheduler.export.didactics import Meeting, meetings
from scheduler.export.view import View


@dataclass(frozen=True)
class SignIn:
    """One page. ``rows`` are a fellow's name and, for each session, ``""`` (to be signed) or why it is not."""

    series: str
    month: str
    meetings: tuple[Meeting, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def sheets(view: View) -> Iterator[SignIn]:
    """Series by series in the program's order, month by month; only series that some fellow may come to.

    Where nobody is expected by name, as at talks that are in the calendars of the presenters alone (``each``, ``opt
    in``), everybody may come and sign.
    """
    open_to_all = tuple(replace(s, opt_in=False) if s.attends is None else s for s in view.program.series)
    lines, found = attendance(replace(view.program, series=open_to_all), view.schedule), meetings(view)
    for series in view.program.series:
        mine = [line for line in lines if line.series.name == series.name]
        if not mine:
            continue
        held = [m for m in found if m.series.name == series.name]
        for (year, month), group in groupby(held, key=lambda m: (m.session.day.year, m.session.day.month)):
            shown = tuple(group)
            rows = tuple((line.person.name, tuple(_cell(line, m) for m in shown)) for line in mine)
            yield SignIn(series.name, f"{MONTHS[month - 1]} {year}", shown, rows)


def _cell(line: Attended, meeting: Meeting) -> str:
    """``""`` where a signature is expected or possible; else ``away``, ``cannot attend`` or ``not here``."""
    day = meeting.session.day
    if day in line.excused_on:
        return "away"
    if day in line.missed:
        return "cannot attend"
    return "" if day in line.expected_on else "not here"
