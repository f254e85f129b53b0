"""Opening whatever file somebody has: a workbook or a text table, known by its content, not by its name."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from scheduler.domain.words import listing
from scheduler.io.problems import BadInput, Place, Problem
from scheduler.io.sheet_cells import Cell, Sheet, Spot, number, place_of
from scheduler.io.text_file import decode

LARGEST = 40_000_000            # bytes of one sheet, unpacked: more is a sheet full of empty cells, or a trap
WIDEST = 100_000                # cells of one merge
MERGE = re.compile(rb'<mergeCell[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
REACH, DEEP = 100, 500          # how far a merge may reach beyond the last cell that says something
AGAIN = "Open it in Excel and save it again as .xlsx or .csv."


def read_sheets(name: str, data: bytes) -> list[Sheet]:
    """The sheets of a workbook, or a text table as one sheet without a name. Raises BadInput when it is neither."""
    if data.startswith(b"PK"):
        return _book(name, data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _unread(name, "This is a workbook of an old kind (.xls), or one with a password, whatever its name says.",
                      "Open it in Excel and save it as .xlsx, without a password.")
    if data[:200].lstrip().lower().startswith((b"%pdf", b"{\\rtf", b"<!doctype", b"<html", b"<?xml")):
        raise _unread(name, "This is a document or a web page, not a table.", AGAIN)
    return [_table(name, data)]


def _unread(name: str, message: str, remedy: str) -> BadInput:
    return BadInput([Problem(Place(name), message, remedy)])


# -- workbooks


def _book(name: str, data: bytes) -> list[Sheet]:
    _guard(name, data)
    try:
        book = _opened(data, values=False)
        formulas = any(cell.data_type == "f" for sheet in book.worksheets for cell in _cells(sheet))
        values = _opened(data, values=True) if formulas else book
    except BadInput:
        raise
    except Exception:               # openpyxl raises many kinds; each means the same to a coordinator
        raise _unread(name, "This workbook cannot be opened; it seems to be damaged.", AGAIN) from None
    return [_sheet(name, sheet, values[sheet.title]) for sheet in book.worksheets]


def _guard(name: str, data: bytes) -> None:
    """Refuse what is no workbook, and sheets too large to be anybody's schedule, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = {info.filename: info.file_size for info in packed.infolist()}
            small = all(size <= LARGEST for size in parts.values())
            wide = [ref for part in parts if small and part.startswith("xl/worksheets/") and part.endswith(".xml")
                    for ref in _wide(packed.read(part))]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise _unread(name, "This workbook cannot be opened; it seems to be damaged.", AGAIN) from None
    if "xl/workbook.xml" not in parts:
        raise _unread(name, "This is no workbook of Excel.", "Save it as .xlsx or .csv.")
    if wide:
        raise _unread(name, f"A merged cell of this workbook reaches over far too many cells: {listing(wide)}.",
                      "Select it in Excel, unmerge it, save, and try again.")
    if not small:
        raise _unread(name, "A sheet of this workbook is far too large for a schedule: it is full of empty cells.",
                      "Delete the empty rows below the grid and the empty columns beside it (select them all, then "
                      "Delete), save, and try again; or save the grid alone as CSV.")


def _wide(sheet: bytes) -> Iterator[str]:
    """Merges so wide that openpyxl, which makes every cell of them, would not come back."""
    for found in MERGE.finditer(sheet):
        first, top, last, bottom = (part.decode() for part in found.groups())
        if (number(last) - number(first) + 1) * (int(bottom) - int(top) + 1) > WIDEST:
            yield f"{first}{top}:{last}{bottom}"


def _opened(data: bytes, *, values: bool) -> Any:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")             # of drop-down lists and the like, which hold no values
        return load_workbook(io.BytesIO(data), data_only=values)


def _cells(sheet: Any) -> Iterator[Any]:
    """The cells that are there: asking openpyxl row by row would walk a million empty ones."""
    yield from sheet._cells.values()


def _sheet(name: str, sheet: Any, values: Any) -> Sheet:
    found: dict[tuple[int, int], Cell] = {}
    shown = values._cells
    for cell in _cells(sheet):
        value, bad = cell.value, ""
        if cell.data_type == "f":
            other = shown.get((cell.row, cell.column))
            value = other.value if other is not None else None
            bad = "formula" if value is None else "error" if other.data_type == "e" else ""
        elif cell.data_type == "e":
            bad = "error"
        made = _made(name, sheet.title, cell.row, cell.column, value, bad)
        if made is not None:
            found[cell.row, cell.column] = made
    _spread(found, sheet.merged_cells.ranges)
    return Sheet(sheet.title, name, found, sheet.sheet_state != "visible")


def _made(file: str, sheet: str, row: int, column: int, value: Any, bad: str, lines: tuple[str, ...] = ()
          ) -> Cell | None:
    text = as_typed(value)
    if not text and not bad:
        return None
    spot: Spot = (sheet, row, column)
    day = value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
    return Cell(text, place_of(file, spot, lines), spot, (row, row), (column, column), day, bad)


def _spread(found: dict[tuple[int, int], Cell], ranges: Any) -> None:
    """A merge says the same in all its cells; of merges that run far beyond everything else the end is left out."""
    last_row, last_column = (max((at[n] for at in found), default=0) for n in (0, 1))
    for merge in ranges:
        first = found.get((merge.min_row, merge.min_col))
        if first is None:
            continue
        rows = merge.min_row, min(merge.max_row, last_row + DEEP)
        columns = merge.min_col, min(merge.max_col, last_column + REACH)
        whole = Cell(first.text, first.place, first.spot, rows, columns, first.day, first.bad)
        for row in range(rows[0], rows[1] + 1):
            for column in range(columns[0], columns[1] + 1):
                found[row, column] = whole


def as_typed(value: object) -> str:
    """What a cell says, as a person would type it: 4.0 is 4, a date is year-month-day."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else " ".join(str(value).split())


# -- text tables


def _table(name: str, data: bytes) -> Sheet:
    try:
        text = decode(name, data)
    except BadInput:
        raise _unread(name, "This is neither a schedule.json nor a table.", AGAIN) from None
    lines = tuple(text.splitlines())
    found: dict[tuple[int, int], Cell] = {}
    try:
        reader = csv.reader(io.StringIO(text), delimiter=_separator(lines))
        for values in reader:
            row = reader.line_num
            for column, value in enumerate(values, start=1):
                made = _made(name, "", row, column, value, "", lines)
                if made is not None:
                    found[row, column] = made
    except csv.Error:
        raise _unread(name, "This table cannot be read.", AGAIN) from None
    return Sheet("", name, found, lines=lines)


def _separator(lines: tuple[str, ...]) -> str:
    counts: Mapping[str, int] = {mark: sum(line.count(mark) for line in lines[:200]) for mark in ",;\t|"}
    return max(counts, key=lambda mark: counts[mark]) if any(counts.values()) else ","
