"""What the readers of sheets below the rotations share: dates and names in cells, with their problems."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from scheduler.domain.calendar import say_date
from scheduler.domain.layer import Layer, Person
from scheduler.domain.program import Program
from scheduler.domain.schedule import Cells, Schedule
from scheduler.io.grid_heads import day_of
from scheduler.io.grid_schedule import Found, unreadable
from scheduler.io.grid_words import PeopleWords
from scheduler.io.problems import Refused
from scheduler.io.sheet_cells import Cell, Sheet


@dataclass
class SheetReader:
    """One sheet, against the program; what it says goes to ``found``."""

    program: Program
    sheet: Sheet
    layers: dict[str, Layer]
    base: Cells
    found: Found
    known: Schedule | None
    unknown: dict[str, list[Cell]] = field(default_factory=dict)

    def read(self) -> bool:
        """Whether this sheet is the one; if so, it has been read."""
        raise NotImplementedError

    def tell(self, cell: Cell, refused: Refused) -> None:
        """Note something wrong with a cell."""
        self.found.problem(cell.place, refused)

    def day(self, cell: Cell | None) -> date | None:
        """The date of a row; None where there is none, and a problem where it is outside the year."""
        said = day_of(cell) if cell is not None else None
        if cell is None or said is None:
            return None
        year, day = self.program.year, said.dated(self.program.year)
        if day is None or not year.start <= day <= year.end:
            self.tell(cell, Refused(f"{say_date(day, year=True) if day else cell.text} is outside the year "
                                     f"({year.start} to {year.end}).", "Take the schedule of this year."))
            return None
        return day

    def people(self, cell: Cell | None, people: PeopleWords) -> tuple[Person, ...]:
        """Everybody that a cell names."""
        if cell is None:
            return ()
        if refused := unreadable(cell):
            self.tell(cell, refused)
            return ()
        who = people.several(cell.text)
        if who is None:
            parted = re.split(r"\s*[,;/&+]\s*", cell.text)
            self.tell(cell, people.unknown(next((p for p in parted if people.get(p) is None), cell.text)))
        return who or ()
