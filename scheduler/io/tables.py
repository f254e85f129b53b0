"""CSV and xlsx tables beside the program file, read into the same nodes as YAML, with their cells as places."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from scheduler.io.nodes import Entry, Node, normal
from scheduler.io.problems import BadInput, Place, Problem
from scheduler.io.text_file import decode

TEXT, BOOKS = (".csv", ".tsv"), (".xlsx", ".xlsm")
OTHERS = (".xls", ".xlsb", ".ods", ".numbers", ".txt", ".docx", ".pdf")     # named by mistake: not read
Cell = tuple[str, Place]


def is_table(text: str) -> bool:
    """Whether a value names a table file, of a kind that can be read or not."""
    return text.lower().split("!")[0].endswith((*TEXT, *BOOKS, *OTHERS))


def read_table(path: Path, name: str, sheet: str | None, data: bytes, problems: list[Problem]) -> Node | None:
    """A table with one header row as a list of groups of keys; empty cells and empty rows are left out.

    A cell may hold several values separated by ``;``. Raises nothing: what cannot be read is added to ``problems``.
    """
    top, ending = Place(name), path.suffix.lower()
    if ending in OTHERS:
        problems.append(Problem(top, f"Files of the kind {ending} are not read.", "Save it as .xlsx or .csv."))
        return None
    try:
        rows = list(_workbook(data, name, sheet) if ending in BOOKS else _csv(data, name, ending))
    except BadInput as bad:
        problems += bad.problems
        return None
    except Exception:               # pandas and openpyxl raise many kinds; each means the same to a coordinator
        problems.append(Problem(top, "This table cannot be opened; it seems to be damaged.",
                                "Open it in Excel and save it again as .xlsx or .csv."))
        return None
    filled = [row for row in rows if any(text for text, _ in row)]
    if not filled:
        problems.append(Problem(top, "This table is empty.", "The first row holds the names of the columns."))
        return None
    first = [(text, place) for text, place in filled[0] if text]
    if len(first) == 1 and any(sum(bool(text) for text, _ in row) > 1 for row in filled[1:2]):
        problems.append(Problem(first[0][1], f"“{first[0][0]}” looks like a title; the first row must hold the names "
                                "of the columns.", "Delete the rows above the names of the columns."))
        return None
    header = _header(filled[0], problems)
    columns = (tuple(word for word, _, _ in header if word), filled[0][0][1])
    return Node(top, items=[_row(row, header, columns, problems) for row in filled[1:]])


def _header(row: list[Cell], problems: list[Problem]) -> list[tuple[str, str, Place]]:
    header = [(normal(text), text, place) for text, place in row]
    seen: set[str] = set()
    for word, text, place in header:
        if word and word in seen:
            problems.append(Problem(place, f"The column “{text}” is there twice.", "Rename or remove one."))
        seen.add(word)
    return header


def _row(row: list[Cell], header: list[tuple[str, str, Place]], columns: tuple[tuple[str, ...], Place],
         problems: list[Problem]) -> Node:
    table: dict[str, Entry] = {}
    for (word, written, head), (text, place) in zip(header, row, strict=True):
        if text == ERROR:
            problems.append(Problem(place, "This cell holds an error of Excel.",
                                    "Mend the formula, or type the value."))
        elif text and not word:
            problems.append(Problem(place, f"“{text}” stands in a column without a name.",
                                    "Name the column in the first row; text with a comma needs quotes in a CSV file."))
        elif text:
            parts = [t.strip() for t in text.split(";") if t.strip()]
            value = Node(place, text) if len(parts) < 2 else Node(place, items=[Node(place, t) for t in parts])
            table.setdefault(word, Entry(written, head, value))
    first = next(place for text, place in row if text)
    return Node(first, table=table, columns=columns)


ERROR = "#error"


def _csv(data: bytes, name: str, ending: str) -> Iterator[list[Cell]]:
    import pandas

    text = decode(name, data)
    lines = text.splitlines()
    separator = "\t" if ending == ".tsv" else max(",;\t", key=(lines or [""])[0].count)
    width = max((line.count(separator) for line in lines), default=0) + 1
    if not text.strip():
        return
    try:
        frame = pandas.read_csv(io.StringIO(text), header=None, names=range(width), dtype=str, keep_default_na=False,
                                sep=separator, skip_blank_lines=False, index_col=False).fillna("")
    except pandas.errors.ParserError as error:
        row = re.search(r"EOF inside string starting at row (\d+)", str(error))
        line = int(row[1]) + 1 if row else 0
        place = Place(name, line, 1, lines[line - 1]) if 0 < line <= len(lines) else Place(name)
        raise BadInput([Problem(place, "A quotation mark opens here and is never closed." if row else
                                "This table cannot be read.", "Mend the cell, or save the table again as CSV.")
                        ]) from None
    line = 1
    for row in frame.itertuples(index=False):
        excerpt = lines[line - 1] if line <= len(lines) else ""
        yield [(" ".join(cell.split()), Place(name, line, n + 1, excerpt)) for n, cell in enumerate(row)]
        line += 1 + sum(cell.count("\n") for cell in row)               # a cell may hold several lines


def _workbook(data: bytes, name: str, sheet: str | None) -> Iterator[list[Cell]]:
    import pandas
    from openpyxl.utils import get_column_letter

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")             # of drop-down lists and the like, which hold no values
        with pandas.ExcelFile(io.BytesIO(data), engine="openpyxl") as book:
            sheets = [str(title) for title in book.sheet_names]
            if sheet is not None and sheet not in sheets:
                raise BadInput([Problem(Place(name), f"There is no sheet “{sheet}”.",
                                        f"The sheets are: {', '.join(sheets)}.")])
            title = sheet or sheets[0]
            frame = pandas.read_excel(book, sheet_name=title, header=None, dtype=object, na_filter=False)
    for number, row in enumerate(frame.itertuples(index=False), start=1):
        yield [(_text(value), Place(name, number, n + 1, "", f"{title}!{get_column_letter(n + 1)}{number}"))
               for n, value in enumerate(row)]


def _text(value: object) -> str:
    """What a cell says, as a person would type it: 4.0 is 4, a date is year-month-day."""
    if isinstance(value, float) and value != value:
        return ERROR                                # pandas makes errors of Excel not-a-number; empty cells are ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else " ".join(str(value).split())
