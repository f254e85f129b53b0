"""The cells of a workbook or a text table as they stand: what each says, where it is, and how far a merge reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from scheduler.io.problems import Place

#: where a cell is: sheet, row and column, counted from 1; the first cell of a merge stands for all of it
Spot = tuple[str, int, int]


@dataclass(frozen=True)
class Cell:
    """What one cell says, as a person would type it. ``day`` is set where a spreadsheet knows it as a date.

    ``bad`` says why it cannot be read: ``error`` of Excel, or a ``formula`` that nobody has calculated. ``spot`` is the
    first cell of a merge, which reaches over ``rows`` and ``columns`` (first and last), as the sheet is turned.
    """

    text: str
    place: Place
    spot: Spot
    rows: tuple[int, int]
    columns: tuple[int, int]
    day: date | None = None
    bad: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet: every cell that says something, merges spread over all of theirs. ``turned``: rows are its columns."""

    name: str
    file: str
    cells: Mapping[tuple[int, int], Cell]
    hidden: bool = False
    turned: bool = False
    lines: tuple[str, ...] = field(default=(), repr=False)

    def at(self, row: int, column: int) -> Cell | None:
        """What a cell says; None where it is empty."""
        return self.cells.get((row, column))

    def text(self, row: int, column: int) -> str:
        """The same as text."""
        cell = self.cells.get((row, column))
        return cell.text if cell is not None else ""

    def rows(self) -> dict[int, dict[int, Cell]]:
        """Row → column → cell, both in order; rows that say nothing are left out."""
        found: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            found.setdefault(row, {})[column] = cell
        return found

    def spot(self, row: int, column: int) -> Spot:
        """Where a cell is in the file, empty or not."""
        cell = self.cells.get((row, column))
        if cell is not None:
            return cell.spot
        return (self.name, column, row) if self.turned else (self.name, row, column)

    def place(self, row: int, column: int) -> Place:
        """The same for a message."""
        return place_of(self.file, self.spot(row, column), self.lines)

    @property
    def top(self) -> Place:
        """The sheet as a whole."""
        return Place(self.file, 0, 0, "", self.name) if self.name else Place(self.file)

    def turn(self) -> Sheet:
        """Rows and columns exchanged: for grids that have people across."""
        cells = {(column, row): replace(cell, rows=cell.columns, columns=cell.rows)
                 for (row, column), cell in self.cells.items()}
        return replace(self, cells=cells, turned=not self.turned)

    def titled(self, names: set[str]) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Rows that hold all these words as heads (in any case), with their cells."""
        for row, cells in self.rows().items():
            if names <= {cell.text.casefold() for cell in cells.values()}:
                yield row, cells


def place_of(file: str, spot: Spot, lines: tuple[str, ...] = ()) -> Place:
    """A spot as the place of a message: ``year.xlsx!Schedule!H8``, or line and column of a text table."""
    sheet, row, column = spot
    if sheet:
        return Place(file, row, column, "", f"{sheet}!{letters(column)}{row}")
    return Place(file, row, column, lines[row - 1] if 0 < row <= len(lines) else "")


def letters(column: int) -> str:
    """A column as Excel calls it: 1 is A, 28 is AB."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def number(column: str) -> int:
    """The other way round: A is 1, AB is 28."""
    found = 0
    for letter in column:
        found = found * 26 + ord(letter) - 64
    return found


def said(spot: Spot) -> str:
    """A cell in words: ``H8``; in a text table ``line 4, column 3``."""
    return f"{letters(spot[2])}{spot[1]}" if spot[0] else f"line {spot[1]}, column {spot[2]}"
