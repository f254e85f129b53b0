"""Grids of the tiny program as people make them, as CSV text and as workbooks."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from scheduler.io.any_schedule import read_anything
from scheduler.io.problems import BadInput
from scheduler.io.program_file import read_program

TINY = Path(__file__).parents[2] / "examples/tiny/program.yaml"
DATES = ["6 Jul", "13 Jul", "20 Jul", "27 Jul", "3 Aug", "10 Aug", "17 Aug", "24 Aug", "31 Aug", "7 Sep", "14 Sep",
         "21 Sep"]
#: fellow → twelve weeks: H hospital, C clinic, P procedures, V vacation, A airway skills
YEAR = {"Ada": "HHCCVHHCCPPC", "Ben": "CCHHPCVHHACP", "Cleo": "PPCVHCCCPHCH"}
FULL = {"H": "Hospital", "C": "Clinic", "P": "Procedures", "V": "Vacation", "A": "Airway skills"}


def tiny(extra=()):
    """The tiny program, some of its lines replaced."""
    if not extra:
        return read_program(TINY)
    text = TINY.read_text(encoding="utf-8")
    for old, new in extra:
        assert old in text
        text = text.replace(old, new)
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "program.yaml"
        path.write_text(text, encoding="utf-8")
        return read_program(path)


def rows(heads=DATES, year=YEAR, words=FULL):
    """The grid as rows of texts."""
    return [["Fellow", *heads], *([name, *[words.get(c, c) for c in weeks]] for name, weeks in year.items())]


def as_csv(table):
    """Rows as CSV text."""
    return "\n".join(",".join(str(c) for c in row) for row in table) + "\n"


def book(table, *edits, title="Year", top=1):
    """Rows as the bytes of a workbook; each edit is called with the sheet."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = title
    for r, row in enumerate(table, start=top):
        for c, value in enumerate(row, start=1):
            sheet.cell(r, c, value)
    for edit in edits:
        edit(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def found(folder, content, program=None, name="grid.csv"):
    """The file read, whatever its name says."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_anything(path, program or tiny())


def year(read):
    """Fellow → twelve letters, as in YEAR; a dot where nothing is assigned."""
    letter = {name: c for c, name in FULL.items()}
    return {p.name: "".join("+".join(letter.get(d, d) for d in read.schedule.at(p, s)) or "."
                            for s in read.schedule.layer.slots) for p in read.schedule.people}


def refused(folder, content, program=None, name="grid.csv"):
    """The problems of a file that cannot be read, as text."""
    try:
        found(folder, content, program, name)
    except BadInput as bad:
        return str(bad)
    raise AssertionError("it was read")
