"""The year as a workbook, laid out as coordinators lay it out."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter

from scheduler.domain.result import Result
from scheduler.export.files import write_atomically
from scheduler.export.sheet_grid import grid_sheet
from scheduler.export.sheets import (
    assumptions_sheet,
    ids_sheet,
    leave_sheet,
    requirements_sheet,
    rosters_sheet,
    rules_sheet,
    tiers_sheet,
)
from scheduler.export.styles import Styles


def write_workbook(result: Result, path: Path) -> Path:
    """Write the workbook; the same result gives the same bytes. Raises OSError when the disk refuses.

    Tallies and coverage are numbers, not formulas: equal neighbours are merged, and a merged cell holds its value only
    once, so a spreadsheet's own COUNTIF would count too little. `scheduler check` counts again after hand edits.
    Private leave appears as Away: workbooks travel.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "d mmm yyyy"})
    program = result.program
    book.set_properties({"title": f"{program.name} {program.year.start.year}–{program.year.end.year}",
                         "company": program.institution, "created": result.made.replace(tzinfo=None)})
    styles = Styles(book)
    for sheet in (grid_sheet, requirements_sheet, rosters_sheet, leave_sheet, rules_sheet, tiers_sheet,
                  assumptions_sheet, ids_sheet):
        sheet(book, styles, result)
    book.close()
    return write_atomically(path, buffer.getvalue())
