"""Who is on each rotation in each period."""

from __future__ import annotations

import xlsxwriter

from scheduler.export.print_page import UPRIGHT_HEIGHT, UPRIGHT_WIDTH, pixels, scale_for, set_up
from scheduler.export.sheet_table import LINE, lines_in
from scheduler.export.sheets import note
from scheduler.export.styles import NOTE, Styles, midnight
from scheduler.export.view import View

TOP, LEFT = 4, 3
NUMBER, DATE = 8, 11.5              # widths of the first columns


def rosters_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """One row a period, one column a duty; a fellow's name where the two meet. Holidays are shaded."""
    sheet, periods = book.add_worksheet("Rosters"), view.program.year.periods
    used, holidays = view.used(), view.program.year.holiday_slots()
    table = [[", ".join(x.name for x in view.schedule.people if d.name in view.schedule.at(x, p.index)) for d in used]
             for p in periods]
    widths = [usual_width([d.name, *(row[n] for row in table)]) for n, d in enumerate(used)]
    sheet.write(0, 0, "Who is where", styles.title)
    sheet.write(1, 0, note(view), styles.quiet)
    for column, head in enumerate((view.program.year.unit.capitalize(), "from", "to")):
        sheet.write(TOP - 1, column, head, styles.head)
    for n, (duty, width) in enumerate(zip(used, widths, strict=True), start=LEFT):
        fill, ink = view.paint((duty.name,))
        sheet.write(TOP - 1, n, duty.name, styles(bold=True, bg=fill, ink=ink, wrap=True, border=1, centre=True))
        sheet.set_column(n, n, width)
    heights = [3 + LINE * max([1, *(lines_in(d.name, w * 0.85) for d, w in zip(used, widths, strict=True))])]
    for p, names in zip(periods, table, strict=True):
        row, tint = TOP + p.index, {"bg": NOTE} if p.index in holidays else {}
        sheet.write(row, 0, p.index + 1, styles.cell(align="center", **tint))
        sheet.write_datetime(row, 1, midnight(p.start), styles.cell(date="d mmm yyyy", align="left", **tint))
        sheet.write_datetime(row, 2, midnight(p.end), styles.cell(date="d mmm yyyy", align="left", **tint))
        for n, there in enumerate(names):
            sheet.write_string(row, LEFT + n, there, styles.cell())
        # narrower than it is: a name that only just fits by this count may not fit in another font
        heights.append(2 + LINE * max([1, *(lines_in(n, w * 0.85) for n, w in zip(names, widths, strict=False))]))
    for row, height in enumerate(heights, start=TOP - 1):
        sheet.set_row(row, height)
    sheet.set_column(0, 0, NUMBER)
    sheet.set_column(1, 2, DATE)
    sheet.freeze_panes(TOP, LEFT)
    set_up(sheet, view, "Who is where", upright=True)
    sheet.repeat_rows(TOP - 1)
    sheet.repeat_columns(0, LEFT - 1)
    sheet.print_area(TOP - 1, 0, TOP - 1 + len(periods), LEFT - 1 + max(1, len(used)))
    scale, breaks = _pages(widths, sum(heights))
    sheet.set_v_pagebreaks(breaks)
    sheet.set_print_scale(scale)


def usual_width(texts: list[str], most: float = 24) -> float:
    """Wide enough for nearly every cell below the head; the few that hold the whole cohort wrap."""
    lengths = sorted(len(t) for t in texts[1:] if t)
    usual = lengths[int(len(lengths) * 0.9)] if lengths else 0
    return max(11, min(most, usual + 1.5))


def _pages(widths: list[float], height: float) -> tuple[int, list[int]]:
    """Scale in percent, and the columns that open a page: the whole year on each page if it stays readable."""
    scale = max(60, min(100, int(96 * UPRIGHT_HEIGHT / height)))
    fixed = pixels(NUMBER) + 2 * pixels(DATE)
    room = 94 * UPRIGHT_WIDTH / scale
    breaks, used, widest = [], fixed, fixed
    for column, width in enumerate(map(pixels, widths), start=LEFT):
        if used > fixed and used + width > room:
            breaks.append(column)
            used = fixed
        used += width
        widest = max(widest, used)
    return min(scale, scale_for([widest], UPRIGHT_WIDTH)), breaks
