"""The hidden sheet of ids."""

from __future__ import annotations

import xlsxwriter

from scheduler.export.sheet_grid import LEFT, NAME, TOP
from scheduler.export.styles import Styles
from scheduler.export.view import View

IDS, FORMAT = "_ids", 1
PERSON_ID, PERSON_NAME, STARTS, CELLS = 3, 4, 6, 8      # columns


def ids_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """Which program, fellows and periods the grid holds, so that a reader knows it from last month's file."""
    sheet, program = book.add_worksheet(IDS), view.program
    facts = (("format", FORMAT), ("digest", program.digest), ("version", view.result.version), ("grid", NAME),
             ("first row", TOP), ("first column", LEFT))
    for row, (word, value) in enumerate(facts):
        sheet.write(row, 0, word)
        sheet.write(row, 1, value)
    for n, person in enumerate(view.people):
        sheet.write_string(n, PERSON_ID, person.id)
        sheet.write_string(n, PERSON_NAME, person.name)
        for slot in view.schedule.layer.slots:
            sheet.write_string(n, CELLS + slot, " + ".join(view.schedule.at(person, slot)))
    for p in program.year.periods:
        sheet.write_string(p.index, STARTS, p.start.isoformat())
    sheet.very_hidden()
