"""Who carries the pager, date by date; beside it how often each fellow does."""

from __future__ import annotations

from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from scheduler.domain.calendar import WEEKDAYS
from scheduler.export.call_tally import carried, columns, spread, tally
from scheduler.export.print_page import UPRIGHT_WIDTH, pixels, scale_for, set_up
from scheduler.export.sheets import note
from scheduler.export.styles import BAD, DARK, NOTE, SOFT, Styles, midnight
from scheduler.export.view import View

TOP, LEFT = 5, 3
DATE, NUMBER, GAP = 12, 10, 3           # widths in letters
KIND_TINTS = {"weekend": SOFT, "holiday": NOTE}


def call_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """Date, weekday, kind of day, and a column a role; the tally stands to the right, on a page of its own."""
    if not view.program.calls or view.days is None:
        return
    sheet, roles = book.add_worksheet("Call"), view.program.calls
    sheet.write(0, 0, "Call", styles.title)
    sheet.write(1, 0, note(view), styles.quiet)
    sheet.write(2, 0, "Dates are the days on which call begins; a holiday counts as a holiday only.", styles.quiet)
    name = max(12.0, min(24.0, 2 + max((len(p.name) for p in view.people), default=0)))
    heads: list[tuple[str, float]] = [("Date", DATE), ("Day", 6), ("Kind", 10)]
    heads += [(f"{r.name}, {r.start:%H:%M}–{r.end:%H:%M}", max(name, 16)) for r in roles]
    for column, (head, width) in enumerate(heads):
        sheet.write(TOP - 1, column, head, styles.head)
        sheet.set_column(column, column, width)
    sheet.set_row(TOP - 1, 30)
    rows = _list(sheet, styles, view)
    sheet.autofilter(TOP - 1, 0, TOP - 1 + max(1, rows), len(heads) - 1)
    left = len(heads) + 1
    sheet.set_column(left - 1, left - 1, GAP)
    last, tall = _tally(sheet, styles, view, left)
    sheet.freeze_panes(TOP, 1)
    set_up(sheet, view, "Call", upright=True)
    sheet.repeat_rows(TOP - 1)
    sheet.set_v_pagebreaks([left])
    sheet.print_area(TOP - 1, 0, TOP - 1 + max(1, rows, tall), last)
    pages = [sum(pixels(w) for _, w in heads) + pixels(GAP), pixels(name) + (last - left) * pixels(NUMBER)]
    sheet.set_print_scale(min(90, scale_for(pages, UPRIGHT_WIDTH)))


def _list(sheet: Worksheet, styles: Styles, view: View) -> int:
    """One row a date; returns how many."""
    weeks = {p.start for p in view.program.year.periods}
    found = view.nights
    for n, night in enumerate(found):
        row = TOP + n
        new = not n or any(found[n - 1].day < start <= night.day for start in weeks)
        wanted: dict[str, Any] = {"top": 2, "top_color": DARK} if new else {}
        tint = {"bg": KIND_TINTS[night.kind]} if night.kind in KIND_TINTS else {}
        style = styles.cell(date="d mmm yyyy", align="left", **wanted, **tint)
        sheet.write_datetime(row, 0, midnight(night.day), style)
        sheet.write_string(row, 1, WEEKDAYS[night.day.weekday()][:3], styles.cell(**wanted, **tint))
        sheet.write_string(row, 2, night.kind, styles.cell(**wanted, **tint))
        for at, role in enumerate(view.program.calls, start=LEFT):
            wrong = night.wrong.get(role.name, ())
            sheet.write(row, at, ", ".join(p.name for p in night.roles.get(role.name, ())),
                        styles.cell(**wanted, **({"bg": BAD} if wrong else tint)))
            if wrong:
                sheet.write_comment(row, at, "\n".join(dict.fromkeys(wrong)), {"author": "schedule", "x_scale": 2})
    return len(found)


def _tally(sheet: Worksheet, styles: Styles, view: View, left: int) -> tuple[int, int]:
    """Fellow × role × kind with totals, and last year where a rule carries it; returns the last column, the rows."""
    counts = tally(view)
    of = {p.id: counts[p.id] for p in view.people}
    table: list[tuple[str, dict[str, int]]] = []
    for role in view.program.calls:
        name, kinds = role.name, [kind for each, kind in columns(view) if each == role.name]
        table += [(f"{name}, {kind}s", {who: mine[name, kind] for who, mine in of.items()}) for kind in kinds]
        if len(kinds) > 1:
            table.append((f"{name}, all", {who: sum(mine[name, k] for k in kinds) for who, mine in of.items()}))
    table.append(("All call", {who: mine.total() for who, mine in of.items()}))
    for line in carried(view):
        table += [(f"{line.title}: last year", line.last),
                  (f"{line.title}: both years", {who: line.now[who] + line.last[who] for who in line.now})]
    sheet.write(TOP - 2, left, "How often: nights by role and kind of day", styles(bold=True))
    sheet.set_column(left, left, max(12, min(24, 2 + max((len(p.name) for p in view.people), default=0))))
    sheet.set_column(left + 1, left + len(table), NUMBER)
    sheet.set_row(TOP - 1, 56)
    sheet.write(TOP - 1, left, "Fellow", styles.head)
    bottom = TOP + len(view.people)
    for row, person in enumerate(view.people, start=TOP):
        sheet.write_string(row, left, person.name, styles.cell(bold=True))
    sheet.write_string(bottom, left, "all together", styles.cell(bg=SOFT))
    sheet.write_string(bottom + 1, left, "least to most", styles.cell(bg=SOFT))
    for column, (head, numbers) in enumerate(table, start=left + 1):
        sheet.write(TOP - 1, column, head, styles(bold=True, bg=DARK, ink="#FFFFFF", wrap=True, border=1, size=9))
        for row, person in enumerate(view.people, start=TOP):
            sheet.write_number(row, column, numbers.get(person.id, 0), styles.cell(align="center"))
        sheet.write_number(bottom, column, sum(numbers.values()), styles.cell(align="center", bg=SOFT))
        least = spread(view, numbers)
        sheet.write_string(bottom + 1, column, f"{least[0]}–{least[1]}" if least else "", styles.cell(
            align="center", bg=SOFT))
    return left + len(table), len(view.people) + 2
