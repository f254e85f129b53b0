"""The year as a workbook, laid out as coordinators lay it out."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter

from scheduler.domain.result import Result
from scheduler.export.files import write_atomically
from scheduler.export.sheet_call import call_sheet
from scheduler.export.sheet_days import days_sheet
from scheduler.export.sheet_didactics import attendance_sheet, didactics_sheet, presenters_sheet
from scheduler.export.sheet_grid import grid_sheet
from scheduler.export.sheet_hours import hours_sheet
from scheduler.export.sheet_ids import ids_sheet
from scheduler.export.sheet_rosters import rosters_sheet
from scheduler.export.sheet_sums import working_days_sheet
from scheduler.export.sheet_where import where_sheet
from scheduler.export.sheets import assumptions_sheet, leave_sheet, requirements_sheet, rules_sheet, tiers_sheet
from scheduler.export.styles import FONT, Styles
from scheduler.export.view import View

#: those for the layers below the week write nothing in a program that has none
SHEETS = (grid_sheet, days_sheet, where_sheet, call_sheet, didactics_sheet, presenters_sheet, attendance_sheet,
          requirements_sheet, working_days_sheet, hours_sheet, rosters_sheet, leave_sheet, rules_sheet, tiers_sheet,
          assumptions_sheet, ids_sheet)

#: Arial is on every machine (or a font of the same widths is), so columns and pages come out as measured; and a name
#: that begins with = or http stays a name
OPTIONS = {"in_memory": True, "default_date_format": "d mmm yyyy", "strings_to_formulas": False,
           "strings_to_urls": False,
           "default_format_properties": {"font_name": FONT, "font_size": 10, "font_scheme": False}}


def write_workbook(result: Result, path: Path) -> Path:
    """Write the workbook; the same result gives the same bytes. Raises OSError when the disk refuses.

    Tallies and coverage are numbers, not formulas: equal neighbours are merged, and a merged cell holds its value only
    once, so a spreadsheet's own COUNTIF would count too little. `scheduler check` counts again after hand edits.
    Private leave appears as Away: workbooks travel.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    view = View.of(result)
    program = view.program
    book.set_properties({"title": f"{program.name} {program.year.start.year}–{program.year.end.year}",
                         "company": program.institution, "created": result.made.replace(tzinfo=None)})
    styles = Styles(book)
    for sheet in SHEETS:
        sheet(book, styles, view)
    book.close()
    return write_atomically(path, buffer.getvalue())
