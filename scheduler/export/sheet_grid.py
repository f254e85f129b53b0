"""The first sheet: one row a fellow, one column a period, tallies to the right, coverage below, legend."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from scheduler.domain.layer import Person
from scheduler.export.grid_layout import LEFT, TALLY, TOP, Layout
from scheduler.export.grid_sides import coverage_rows, legend, tallies, tally_lines
from scheduler.export.print_page import set_up
from scheduler.export.sheets import note
from scheduler.export.styles import BAD, NOTE, RED, SOFT, Styles, merged, midnight
from scheduler.export.view import Run, View

NAME = "Schedule"
COMMENT = {"author": "schedule", "x_scale": 2}


def grid_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """The year at a glance."""
    sheet, layout = book.add_worksheet(NAME), Layout(view)
    last, lines = LEFT + layout.periods - 1, tally_lines(view)
    sheet.write(0, 0, f"{view.program.name}, {view.program.institution}".rstrip(", "), styles.title)
    sheet.write(1, 0, note(view), styles.quiet)
    _head(sheet, styles, view, layout)
    under = TOP + len(view.people) + 1
    below = coverage_rows(sheet, styles, view, under)
    end = legend(sheet, styles, view, layout, below + 1)
    scale = layout.scale(len(lines))
    height = layout.row_height(end - under + 2, scale)
    for row, person in enumerate(view.people, start=TOP):
        sheet.write(row, 0, person.name, styles(bold=True, border=1, wrap=True, size=11, **_group(view, row - TOP)))
        sheet.write(row, 1, person.level or person.background,
                    styles(border=1, ink="#555555", wrap=True, size=8, **_group(view, row - TOP)))
        _row(sheet, styles, view, layout, row, person)
        sheet.set_row(row, height)
    tallies(sheet, styles, view, layout, lines)
    _columns_and_pages(sheet, layout, last, max(1, len(lines)))
    set_up(sheet, view, "Schedule")
    sheet.print_area(2, 0, end, layout.tally_left + max(1, len(lines)) - 1)
    sheet.set_print_scale(scale)


def _group(view: View, n: int) -> dict[str, int]:
    """A heavier line above the first fellow of each level and background."""
    people = view.people
    new = n > 0 and (people[n].level, people[n].background) != (people[n - 1].level, people[n - 1].background)
    return {"top": 2} if new else {}


def _columns_and_pages(sheet: Worksheet, layout: Layout, last: int, tally: int) -> None:
    for column, width in enumerate(layout.names):
        sheet.set_column(column, column, width)
    sheet.set_column(LEFT, last, layout.width)
    sheet.set_column(last + 1, last + 1, 2)
    sheet.set_column(layout.tally_left, layout.tally_left + tally - 1, TALLY)
    sheet.freeze_panes(TOP, LEFT)
    sheet.repeat_rows(2, TOP - 1)
    sheet.repeat_columns(0, LEFT - 1)
    sheet.set_v_pagebreaks([LEFT + b for b in layout.breaks] + layout.tally_pages(tally))


def _head(sheet: Worksheet, styles: Styles, view: View, layout: Layout) -> None:
    """Block, number, first and last day of each period; holidays shaded and named."""
    year = view.program.year
    holidays = year.holiday_slots()
    blocks = "Block" if any(p.block for p in year.periods) or view.program.block_of else "Month"
    for n, (word, height) in enumerate(((blocks, 22), (year.unit.capitalize(), 20), ("from", 22), ("to", 22))):
        sheet.write(2 + n, 1, word, styles(bold=True, ink="#555555", align="right"))
        sheet.set_row(2 + n, height)
    column = 0
    for name, width in layout.heads:
        for first, part in layout.parts(column, width):
            merged(sheet, 2, LEFT + first, part, name, styles(bold=True, bg=SOFT, border=1, centre=True, shrink=True))
        column += width
    for p in year.periods:
        at, tint = LEFT + p.index, NOTE if p.index in holidays else "#FFFFFF"
        sheet.write(3, at, p.index + 1, styles(bold=True, bg=tint, border=1, centre=True))
        for row, day in ((4, p.start), (5, p.end)):
            sheet.write_datetime(row, at, midnight(day), styles(bg=tint, border=1, centre=True, size=8, date="d mmm",
                                                                shrink=True))
        if p.index in holidays:
            sheet.write_comment(3, at, ", ".join(holidays[p.index]), COMMENT)


def _row(sheet: Worksheet, styles: Styles, view: View, layout: Layout, row: int, person: Person) -> None:
    """A fellow's year; cells of a broken rule have a red frame and say why."""
    wrong = _wrong(view, person)
    for run in view.runs(person):
        for first, width in layout.parts(run.slots[0], len(run.slots)):
            sentences = list(dict.fromkeys(s for slot in range(first, first + width) for s in wrong.get(slot, ())))
            style, text = _painted(styles, view, run, width * layout.width, bool(sentences))
            merged(sheet, row, LEFT + first, width, text, style)
            if sentences:
                sheet.write_comment(row, LEFT + first, "\n".join(sentences), COMMENT)


def _wrong(view: View, person: Person) -> dict[int, list[str]]:
    """Slot → sentences of the rules that must hold and are broken there by this fellow, in any layer."""
    found: dict[int, list[str]] = {}
    for rule, violation in view.report.broken:
        if person.id in {p.id for p in violation.who}:
            for slot in view.periods(rule.layer_name, violation.when):
                found.setdefault(slot, []).append(violation.sentence)
    return found


def _painted(styles: Styles, view: View, run: Run, room: float, wrong: bool) -> tuple[Format, str]:
    frame = {"border": 2, "border_color": RED} if wrong else {"border": 1}
    if not run.here:
        return styles(pattern=14, bg_color="#FFFFFF", fg_color="#BBBBBB", border=1), ""     # hatched: not here
    if not run.duties:
        return styles(bg=BAD, centre=True, shrink=True, size=9, **frame), ""
    fill, ink = view.paint(run.duties)
    return (styles(bg=fill, ink=ink, centre=True, shrink=True, size=10, bold=False, **frame),
            view.label(run.duties, room * 0.95))
