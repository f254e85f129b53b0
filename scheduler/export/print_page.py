"""The paper a sheet is printed on: US letter, with room to spare so that A4 does as well."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from scheduler.export.phrases import as_of
from scheduler.export.styles import escaped
from scheduler.export.view import View

WIDTH, HEIGHT = 10.1 * 96, 6.6 * 72         # what margins leave in landscape: pixels across, points down
UPRIGHT_WIDTH, UPRIGHT_HEIGHT = 7.4 * 96, 9.3 * 72


def pixels(width: float) -> int:
    """A column's width in pixels, as Excel draws it."""
    return int(width * 7 + 5)


def set_up(sheet: Worksheet, view: View, title: str, *, upright: bool = False) -> None:
    """Letter paper; the title and the schedule's date and version on every page."""
    program = view.program
    name = f"{program.name}, {program.year.start.year}–{program.year.end.year}"
    sheet.set_portrait() if upright else sheet.set_landscape()
    sheet.set_paper(1)
    sheet.set_margins(left=0.4, right=0.4, top=0.85, bottom=0.65)
    sheet.set_header(f'&L&"Arial,Bold"&14 {escaped(name, 70)}&R&"Arial,Regular"&11 {escaped(title, 40)}',
                     {"margin": 0.4})
    sheet.set_footer(f'&L&"Arial,Regular"&9 {escaped(as_of(view.result))}&R&"Arial,Regular"&9 Page &P of &N',
                     {"margin": 0.3})
    sheet.hide_gridlines(2)


def scale_for(widths: Sequence[float], room: float = WIDTH) -> int:
    """The scale in percent at which pages of these widths (pixels) fit across, no more than 100.

    Programs draw columns a little wider or narrower than Excel; the few percent left free are for them.
    """
    return max(10, min(100, int(94 * room / max(widths))))
