"""A companion sheet: a title, what it shows, a table with frozen and repeated heads, printed one page wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from scheduler.export.print_page import set_up
from scheduler.export.styles import Styles, midnight
from scheduler.export.view import View

FIRST = 4           # the row below the heads
LINE = 13.5         # points a line of text takes


@dataclass(frozen=True)
class Row:
    """Values, the tint of the last one, and whether a new group begins."""

    values: Sequence[Any]
    tint: str = ""
    begins: bool = False


@dataclass(frozen=True)
class Column:
    """A heading, a width in letters, and how its cells are set."""

    head: str
    width: float
    align: str = "left"


def table_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View, name: str, note: str,
                columns: Sequence[Column], rows: Sequence[Row], title: str = "") -> None:
    """Write the sheet. A group's rows are parted from the group before by a heavier line."""
    sheet = book.add_worksheet(name)
    sheet.write(0, 0, title or name, styles.title)
    sheet.write(1, 0, note, styles.quiet)
    for n, column in enumerate(columns):
        sheet.write(FIRST - 1, n, column.head, styles.head)
        sheet.set_column(n, n, column.width)
    sheet.set_row(FIRST - 1, 18)
    for n, row in enumerate(rows, start=FIRST):
        lines = max(lines_in(value, column.width) for value, column in zip(row.values, columns, strict=True))
        sheet.set_row(n, LINE * lines + 2)          # programs other than Excel do not grow rows by themselves
        for at, (value, column) in enumerate(zip(row.values, columns, strict=True)):
            wanted: dict[str, Any] = {"align": column.align}
            if column.align == "right":
                wanted["indent"] = 1            # numbers keep clear of the words beside them
            if row.begins:
                wanted |= {"top": 2, "top_color": "#34495E"}
            if row.tint and at == len(columns) - 1:
                wanted["bg"] = row.tint
            if isinstance(value, date):
                sheet.write_datetime(n, at, midnight(value), styles.cell(date="d mmm yyyy", **wanted))
            elif isinstance(value, str):
                sheet.write_string(n, at, value, styles.cell(bold=row.begins and not at, **wanted))
            else:
                sheet.write(n, at, value, styles.cell(**wanted))
    if rows:
        sheet.autofilter(FIRST - 1, 0, FIRST - 1 + len(rows), len(columns) - 1)
    sheet.freeze_panes(FIRST, 1)
    set_up(sheet, view, title or name)
    sheet.print_area(FIRST - 1, 0, FIRST - 1 + max(1, len(rows)), len(columns) - 1)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST - 1)


def lines_in(value: Any, width: float) -> int:
    """How many lines a text takes in a column of this width, words kept whole."""
    total = 0
    for paragraph in str(value).split("\n"):
        used, lines = 0.0, 1
        for word in paragraph.split():
            need = len(word) + (1 if used else 0)
            if used and used + need > width * 1.2:
                lines, used, need = lines + 1, 0, len(word)
            used += need
            lines, used = lines + int(used // (width * 1.4)), used % (width * 1.4)
        total += lines
    return total
