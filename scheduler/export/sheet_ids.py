"""The hidden sheet of ids."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from scheduler.domain.days import CALL
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
    _call(sheet, view, max(len(facts), len(view.people), len(program.year.periods)) + 1)
    sheet.very_hidden()


def _call(sheet: Worksheet, view: View, row: int) -> None:
    """Below the rest, who has call as date, role and fellow: two sheets show it, and a reader must know which of them
    somebody has changed."""
    calls = view.schedule.beside.get(CALL)
    for person in view.people if calls is not None else ():
        for slot, roles in calls.of(person) if calls is not None else ():
            for role in roles:
                for column, text in enumerate((view.program.nights.slots[slot].day.isoformat(), role, person.id)):
                    sheet.write_string(row, column, text)
                row += 1
