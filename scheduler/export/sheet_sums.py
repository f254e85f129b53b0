"""Each fellow's working days: what they are spent on, adding up to the calendar's, and at which site."""

from __future__ import annotations

from itertools import groupby

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from scheduler.domain.layer import Person
from scheduler.export.day_sums import NO_SITE, DaySums
from scheduler.export.print_page import set_up
from scheduler.export.sheets import note
from scheduler.export.styles import BAD, DARK, GOOD, SOFT, Styles, merged
from scheduler.export.view import View

TOP, LEFT = 6, 1
NUMBER = "0.##;-0.##;"              # nothing where nothing is
HEAD_HEIGHT = 150


def working_days_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """One row a fellow, one column a thing that days are spent on; the sum is live, beside the calendar's count."""
    if view.days is None:
        return
    sheet, sums = book.add_worksheet("Working days"), DaySums(view, view.days)
    last = LEFT + len(sums.lines)
    sheet.write(0, 0, "Working days", styles.title)
    sheet.write(1, 0, note(view), styles.quiet)
    sheet.write(2, 0, "What each fellow's working days are spent on, in days: a half-day is 0.5. A day split between "
                      "two services credits both, half each. The sum equals the working days of the calendar.",
                styles.quiet)
    _heads(sheet, styles, sums)
    for row, person in enumerate(view.people, start=TOP):
        sheet.write_string(row, 0, person.name, styles.cell(bold=True))
        for column, line in enumerate(sums.lines, start=LEFT):
            sheet.write_number(row, column, line.days.get(person.id, 0), styles.cell(align="center", number=NUMBER))
        _sum(sheet, styles, sums, person, row)
    bottom = _sites(sheet, styles, view, sums, TOP + len(view.people) + 2)
    sheet.set_column(0, 0, max(14, min(26, 2 + max((len(p.name) for p in view.people), default=0))))
    sheet.set_column(LEFT, last + 1, 6.5)
    sheet.freeze_panes(TOP, 1)
    set_up(sheet, view, "Working days")
    sheet.repeat_rows(TOP - 2, TOP - 1)
    sheet.print_area(TOP - 2, 0, bottom, max(last + 1, LEFT + len(sums.sites) - 1))
    sheet.fit_to_pages(1, 0)


def _heads(sheet: Worksheet, styles: Styles, sums: DaySums) -> None:
    sheet.merge_range(TOP - 2, 0, TOP - 1, 0, "Fellow", styles.head)
    column = LEFT
    for head, run in groupby(sums.lines, key=lambda line: line.head):
        lines = list(run)
        merged(sheet, TOP - 2, column, len(lines), head, styles(
            bold=True, bg=DARK, ink="#FFFFFF", border=1, centre=True, shrink=True))
        for n, line in enumerate(lines):
            sheet.write(TOP - 1, column + n, line.what, styles(bold=True, bg=SOFT, border=1, rotation=90, centre=True,
                                                               wrap=True, size=9))
        column += len(lines)
    for n, word in enumerate(("Sum", "Working days of the calendar")):
        sheet.merge_range(TOP - 2, column + n, TOP - 1, column + n, word, styles(
            bold=True, bg=DARK, ink="#FFFFFF", border=1, rotation=90, centre=True, wrap=True, size=9))
    sheet.set_row(TOP - 1, HEAD_HEIGHT)


def _sum(sheet: Worksheet, styles: Styles, sums: DaySums, person: Person, row: int) -> None:
    """The sum of the row, live, and what the calendar says."""
    last = LEFT + len(sums.lines)
    exact = sums.total(person) == sums.of_calendar(person)
    style = styles.cell(bold=True, align="center", bg=GOOD if exact else BAD, number="0.##")
    formula = f"=SUM({xl_rowcol_to_cell(row, LEFT)}:{xl_rowcol_to_cell(row, last - 1)})"
    sheet.write_formula(row, last, formula, style, sums.total(person))
    sheet.write_number(row, last + 1, sums.of_calendar(person), style)


def _sites(sheet: Worksheet, styles: Styles, view: View, sums: DaySums, top: int) -> int:
    """Working days by site; returns the last row."""
    sheet.write(top, 0, "Working days by site", styles(bold=True))
    sheet.write(top + 1, 0, "Fellow", styles.head)
    sheet.set_row(top + 1, HEAD_HEIGHT)
    for column, site in enumerate(sums.sites, start=LEFT):
        sheet.write(top + 1, column, site or NO_SITE, styles(bold=True, bg=SOFT, border=1, rotation=90, centre=True,
                                                             wrap=True, size=9))
    for row, person in enumerate(view.people, start=top + 2):
        sheet.write_string(row, 0, person.name, styles.cell(bold=True))
        for column, site in enumerate(sums.sites, start=LEFT):
            sheet.write_number(row, column, sums.at_site(person, site), styles.cell(align="center", number=NUMBER))
    return top + 1 + len(view.people)
