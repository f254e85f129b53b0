"""CSV and xlsx tables beside the program file, read into the same nodes as YAML, with their cells as places."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time
from pathlib import Path

from scheduler.io.nodes import Entry, Node, decode, normal
from scheduler.io.problems import Place, Problem

TABLES = (".csv", ".tsv", ".xlsx", ".xlsm")


def is_table(text: str) -> bool:
    """Whether a value names a table file."""
    return text.lower().split("!")[0].endswith(TABLES)


def read_table(path: Path, name: str, sheet: str | None, data: bytes, problems: list[Problem]) -> Node:
    """A table with one header row as a list of groups of keys; empty cells and empty rows are left out.

    A cell may hold several values separated by ``;``. Raises nothing: what cannot be read is added to ``problems``.
    """
    top = Place(name)
    try:
        rows = _workbook(data, name, sheet, problems) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv(
            path, data, name)
    except Exception as error:  # openpyxl raises many kinds for a damaged file; each means the same to a coordinator
        problems.append(Problem(top, f"This table cannot be opened ({type(error).__name__}).",
                                "Open it in Excel and save it again as .xlsx or .csv."))
        return Node(top, items=[])
    if not rows:
        problems.append(Problem(top, "This table is empty.", "The first row holds the column names."))
        return Node(top, items=[])
    header = [(normal(text), text, place) for text, place in rows[0]]
    seen: dict[str, Place] = {}
    for word, text, place in header:
        if word and word in seen:
            problems.append(Problem(place, f"The column “{text}” is there twice.", "Rename or remove one."))
        seen[word] = place
    items = []
    for row in rows[1:]:
        table = {}
        for (word, written, _), (text, place) in zip(header, row, strict=False):
            if word and text:
                parts = [t.strip() for t in text.split(";") if t.strip()]
                value = Node(place, text) if len(parts) < 2 else Node(place, items=[Node(place, t) for t in parts])
                table[word] = Entry(written, place, value)
        if table:
            items.append(Node(row[0][1], table=table))
    return Node(top, items=items)


def _csv(path: Path, data: bytes, name: str) -> list[list[tuple[str, Place]]]:
    text = decode(path, data)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    found = []
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
        if any(cell.strip() for cell in row):
            line = delimiter.join(row)
            found.append([(cell.strip(), Place(name, number, n + 1, line)) for n, cell in enumerate(row)])
    return found


def _workbook(data: bytes, name: str, sheet: str | None, problems: list[Problem]) -> list[list[tuple[str, Place]]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, read_only=False)
    try:
        if sheet is not None and sheet not in book.sheetnames:
            problems.append(Problem(Place(name), f"There is no sheet “{sheet}”.",
                                    f"The sheets are: {', '.join(book.sheetnames)}."))
            return [[]]
        page = book[sheet] if sheet is not None else book.worksheets[0]
        found = []
        for row in page.iter_rows():
            cells = [(_text(cell.value), Place(name, row[0].row, n + 1, "", f"{page.title}!{cell.coordinate}"))
                     for n, cell in enumerate(row)]
            if any(text for text, _ in cells):
                found.append(cells)
        return found
    finally:
        book.close()


def _text(value: object) -> str:
    """What a cell says, as a person would type it: 4.0 is 4, a date is year-month-day."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())
