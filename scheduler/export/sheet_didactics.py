"""The sheets of the conferences: every session, who presents how often, what each fellow can attend."""

from __future__ import annotations

from typing import Any

import xlsxwriter

from scheduler.check.attendance import attendance
from scheduler.domain.calendar import WEEKDAYS
from scheduler.export.didactics import meetings, presented, presenter_tally, spreads, unscheduled
from scheduler.export.sheet_table import Column, Row, table_sheet
from scheduler.export.sheets import note
from scheduler.export.styles import BAD, GOOD, NOTE, Styles
from scheduler.export.view import View


def didactics_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """Every session in order; below them the dates without one and why, and the series that are not scheduled."""
    if not view.program.series:
        return
    rows, month = [], 0
    for m in meetings(view):
        day = m.session.day
        values = [day, WEEKDAYS[day.weekday()][:3], m.time, m.series.name, m.theme, m.topic, m.presenters,
                  m.series.place, m.series.format, m.note]
        rows.append(Row(values, "", day.month != month))
        month = day.month
    rows += [Row([d.day, WEEKDAYS[d.day.weekday()][:3], "no session", d.series, "", "", "", "", "", d.why], NOTE, not n)
             for n, d in enumerate(view.program.dropped)]
    rows += [Row(["", "", "not scheduled", s.name, "", "", s.presenters, s.place, s.format,
                  "its dates are to be determined" if s.timetable.recurrence is None else "no date in this year"],
                 NOTE, not n) for n, s in enumerate(unscheduled(view))]
    table_sheet(book, styles, view, "Didactics", note(view),
                [Column("Date", 12), Column("Day", 6), Column("Time", 14), Column("Series", 26), Column("Theme", 30),
                 Column("Topic", 28), Column("Presenters", 28), Column("Place", 18), Column("Format", 20),
                 Column("Note", 32)], rows)


def presenters_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """How often everybody presents in each series, and the least and the most among the fellows."""
    tally = presenter_tally(view)
    if not tally:
        return
    rows = [Row([line.person.name, line.person.role, *line.numbers, sum(line.numbers)],
                begins=not n or tally[n - 1].person.role != line.person.role) for n, line in enumerate(tally)]
    rows.append(Row(["fellows, least–most", "", *spreads(view), ""], begins=True))
    columns = [Column(series.name, 14, "right") for series in presented(view)]
    table_sheet(book, styles, view, "Presenters", "Sessions presented in the year; a session that two present "
                "together counts for both.", [Column("Presenter", 24), Column("Role", 12), *columns,
                                              Column("All", 8, "right")], rows)


def attendance_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """For each fellow and series the sessions expected, excused and possible, against the least the program asks."""
    lines = attendance(view.program, view.schedule)
    if not lines:
        return
    rows = []
    for person in view.people:
        for n, a in enumerate(a for a in lines if a.person.id == person.id):
            least: Any = a.series.least if a.series.least is not None else ""
            verdict = "" if a.series.least is None else "enough" if a.enough else "too few"
            rows.append(Row([person.name, a.series.name, a.expected, a.excused, a.possible,
                             "" if a.percent is None else a.percent, least, a.presented, verdict],
                            {"enough": GOOD, "too few": BAD}.get(verdict, ""), not n))
    table_sheet(book, styles, view, "Attendance", "What the schedule makes possible, in sessions. Leave is excused and "
                "counts on neither side; impossible are rotations that cannot attend, and the day after in-house call.",
                [Column("Fellow", 20), Column("Series", 30), Column("Expected", 10, "right"),
                 Column("Excused", 10, "right"), Column("Possible", 10, "right"), Column("Percent", 9, "right"),
                 Column("At least, percent", 10, "right"), Column("Presents", 10, "right"), Column("Verdict", 10)],
                rows)
