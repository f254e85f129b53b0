"""The report's section on conferences: calendar, who presents how often, attendance, milestones."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from scheduler.check.attendance import attendance
from scheduler.domain.calendar import MONTHS
from scheduler.domain.conference import Milestone
from scheduler.export.didactics import meetings, presented, presenter_tally, spreads, unscheduled
from scheduler.export.view import View

#: (fellow id, series) → percent of the recorded sessions that the fellow was at
Actual = Mapping[tuple[str, str], int]


def didactics(view: View, attended: Actual | None = None) -> dict[str, Any] | None:
    """What the section needs; None in a program without conferences and milestones."""
    if not view.program.series and not view.program.milestones:
        return None
    months = [(f"{MONTHS[month - 1]} {year}", list(group)) for (year, month), group in groupby(
        meetings(view), key=lambda m: (m.session.day.year, m.session.day.month))]
    lines = attendance(view.program, view.schedule)
    rows = [(person, [(a, (attended or {}).get((a.person.id, a.series.name))) for a in lines
                      if a.person.id == person.id]) for person in view.people]
    return {"months": months, "presented": presented(view), "tally": presenter_tally(view), "spreads": spreads(view),
            "attendance": [(person, mine) for person, mine in rows if mine], "actual": attended is not None,
            "unscheduled": list(unscheduled(view)), "dropped": view.program.dropped,
            "milestones": [(m, _mentors(view, m)) for m in sorted(view.program.milestones, key=lambda m: m.day)]}


def _mentors(view: View, milestone: Milestone) -> list[str]:
    """``Fellow A with Dr. B``, for the fellows whose milestone it is."""
    mine = [p for p in view.people if milestone.who is None or p in milestone.who]
    return [f"{p.name} with {milestone.mentors[p.id]}" if p.id in milestone.mentors else p.name for p in mine]
