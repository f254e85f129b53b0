"""The hidden sheet of our own workbook: which program, fellows and periods it was written for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from scheduler.domain.calendar import say_date
from scheduler.domain.program import Program
from scheduler.domain.schedule import Cells
from scheduler.io.grid_words import Words
from scheduler.io.problems import BadInput, Place, Problem, Refused
from scheduler.io.sheet_cells import Sheet

IDS, FORMAT = "_ids", "1"
PERSON_ID, PERSON_NAME, STARTS, CELLS = 4, 5, 7, 9          # columns, counted from 1


@dataclass(frozen=True)
class Ids:
    """What the hidden sheet says. ``names`` are ids by name, ``written`` the rotation year as it was when written.

    ``call`` is who had call then: date, role and fellow id.
    """

    version: str = ""
    names: dict[str, str] = field(default_factory=dict)
    starts: tuple[str, ...] = ()
    texts: dict[str, dict[int, str]] = field(default_factory=dict)
    call: frozenset[tuple[str, str, str]] = frozenset()

    def written(self, program: Program, words: Words) -> tuple[Cells, bool]:
        """The rotation year that the workbook was written with, and whether all of it is known to this program."""
        cells: dict[str, dict[int, tuple[str, ...]]] = {}
        complete = True
        people = {p.id: p for p in program.people}
        for id_, mine in self.texts.items():
            for slot, text in mine.items():
                duties = words.read(text)
                try:
                    settled = words.settle(duties, people[id_], slot) if duties and id_ in people else None
                except Refused:
                    settled = None
                if settled is None:
                    complete = False
                else:
                    cells.setdefault(id_, {})[slot] = settled
        return cells, complete


def read_ids(sheets: Iterable[Sheet]) -> Ids | None:
    """The hidden sheet of our own workbook; None where there is none."""
    sheet = next((s for s in sheets if s.name == IDS), None)
    if sheet is None or sheet.text(1, 1) != "format":
        return None
    facts = {sheet.text(row, 1): sheet.text(row, 2) for row in range(1, 7)}
    if facts["format"] != FORMAT:
        raise BadInput([Problem(Place(sheet.file), f"This workbook has format {facts['format']}; this program reads "
                                f"format {FORMAT}.", "Use the version of the program that wrote it.")])
    names: dict[str, str] = {}
    texts: dict[str, dict[int, str]] = {}
    starts: dict[int, str] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if column == PERSON_NAME:
            names[cell.text] = sheet.text(row, PERSON_ID)
        elif column == STARTS:
            starts[row] = cell.text
        elif column >= CELLS and sheet.text(row, PERSON_ID):
            texts.setdefault(sheet.text(row, PERSON_ID), {})[column - CELLS] = cell.text
    call = frozenset((cell.text, sheet.text(row, 2), sheet.text(row, 3)) for (row, column), cell in sheet.cells.items()
                     if column == 1 and re.fullmatch(r"\d{4}-\d\d-\d\d", cell.text))
    return Ids(facts.get("version", ""), names, tuple(starts[row] for row in sorted(starts)), texts, call)


def check_dates(ids: Ids, program: Program, file: str) -> None:
    """Refuse the workbook of another year. Raises BadInput."""
    periods = program.year.periods
    if ids.starts and list(ids.starts) != [p.start.isoformat() for p in periods]:
        raise BadInput([Problem(
            Place(file), f"This workbook has other dates ({len(ids.starts)} periods from {ids.starts[0]}) than the "
            f"program ({len(periods)} from {periods[0].start}).",
            f"Take the workbook of this year and program, which begins on {say_date(periods[0].start, year=True)}.")])
