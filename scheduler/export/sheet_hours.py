"""Work hours: every window that is averaged over, and every limit that is broken."""

from __future__ import annotations

import xlsxwriter

from scheduler.export.hours_words import assumed, within
from scheduler.export.sheet_table import Column, Row, table_sheet
from scheduler.export.sheets import note
from scheduler.export.styles import BAD, GOOD, NOTE, Styles
from scheduler.export.view import View


def hours_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """A row for each window of each fellow, then what was found wrong; none in a program without work-hour limits."""
    if not view.report.hours:
        return
    rows = []
    for mine in view.report.hours:
        lines = []
        for a in mine.averages:
            good = within(view.program, a)
            lines.append(Row([mine.fellow.name, a.window.what, a.window.first, a.window.last, a.days, round(a.hours, 1),
                              round(a.average, 1), f"{a.free} of {a.needed}", a.nights, "",
                              "within limits" if good else "beyond"], GOOD if good else BAD))
        lines += [Row([mine.fellow.name, f.rule, f.first, f.last, "", "", "", "", "", f.sentence,
                       "should" if f.should else "broken"], NOTE if f.should else BAD) for f in mine.findings]
        rows += [Row(row.values, row.tint, not n) for n, row in enumerate(lines)]
    table_sheet(book, styles, view, "Work hours", f"{note(view)} {assumed(view.program)}",
                [Column("Fellow", 18), Column("Rotation, or limit", 28), Column("From", 12), Column("To", 12),
                 Column("Days", 7, "right"), Column("Hours", 8, "right"), Column("Hours a week", 14, "right"),
                 Column("Days free, of needed", 20, "right"), Column("In-house nights", 16, "right"),
                 Column("What was found", 56), Column("Verdict", 14)], rows)
