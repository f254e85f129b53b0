"""A grid of fellows by periods, as anybody may have made it: found on its sheet, and read cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from scheduler.domain.layer import LAYERS, Person
from scheduler.domain.program import Program
from scheduler.domain.words import listing
from scheduler.io.grid_heads import Columns, heads
from scheduler.io.grid_words import PeopleWords, Words
from scheduler.io.problems import Place, Problem, Refused
from scheduler.io.sheet_cells import Cell, Sheet, Spot, place_of, said

#: the layer, the person's id and the slot of a cell
At = tuple[str, str, int]
HEADS = 8                       # how many rows above the first fellow may hold the heads


@dataclass
class Found:
    """What was read, layer by layer, with where it stands; ``problems`` is everything that is wrong with it.

    ``spots`` are the cells of people, ``heads`` those of slots, ``names`` those of people themselves.
    """

    cells: dict[str, dict[str, dict[int, tuple[str, ...]]]] = field(default_factory=dict)
    spots: dict[At, Spot] = field(default_factory=dict)
    heads: dict[tuple[str, int], Spot] = field(default_factory=dict)
    names: dict[tuple[str, str], Spot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, place: Place, refused: Refused) -> None:
        """Note something wrong."""
        self.problems.append(Problem(refused.place or place, refused.message, refused.remedy))

    def told(self) -> list[Problem]:
        """The problems, the same said of many cells of a sheet as one, where it first stands, with its cells."""
        alike: dict[tuple[str, str, str, str], list[Problem]] = {}
        for problem in dict.fromkeys(self.problems):
            place = problem.place
            sheet = place.cell.rpartition("!")[0] if place.cell else ""
            alike.setdefault((place.file, sheet, problem.message, problem.remedy), []).append(problem)
        return [_together(problems) for problems in alike.values()]

    def put(self, layer: str, person: str, slot: int, duties: tuple[str, ...], spot: Spot) -> None:
        """One more cell; duties of the same cell are joined, in the order in which they come."""
        mine = self.cells.setdefault(layer, {}).setdefault(person, {})
        self.spots.setdefault((layer, person, slot), spot)
        if duties:
            mine[slot] = tuple(dict.fromkeys((*mine.get(slot, ()), *duties)))


def _together(problems: list[Problem]) -> Problem:
    """Equal problems of several cells as one."""
    places = [problem.place for problem in problems]
    if len(places) == 1:
        return problems[0]
    cells = [place.cell.rpartition("!")[2] or f"line {place.line}, column {place.column}" for place in places]
    return replace(problems[0], message=f"{problems[0].message.removesuffix('.')} ({listing(cells, most=12)}).")


@dataclass(frozen=True)
class Grid:
    """Where a grid is on its sheet: the column of names, and the row of each fellow (a fellow may have two rows)."""

    sheet: Sheet
    column: int
    rows: tuple[tuple[int, Person], ...]

    @property
    def fellows(self) -> int:
        return len({person.id for _, person in self.rows})

    @property
    def above(self) -> list[int]:
        """The rows that may hold the heads: the nearest first."""
        first = self.rows[0][0]
        return sorted((r for r in self.sheet.rows() if r < first), reverse=True)[:HEADS]


def grids(sheet: Sheet, people: PeopleWords) -> list[Grid]:
    """The columns of a sheet that name fellows, the best first."""
    columns: dict[int, list[tuple[int, Person]]] = {}
    named: dict[str, Person | None] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if column != cell.columns[0] or row != cell.rows[0]:
            continue
        if cell.text not in named:
            named[cell.text] = people.get(cell.text)
        if (person := named[cell.text]) is not None:
            columns.setdefault(column, []).append((row, person))
    made = [Grid(sheet, column, tuple(rows)) for column, rows in columns.items()]
    return sorted(made, key=lambda g: (-g.fellows, g.column))


def read_grid(program: Program, grid: Grid, people: PeopleWords, words: Words, found: Found) -> None:
    """Read a grid into ``found``. Raises Refused, with its place, where the heads do not fit the program."""
    row, columns = heads(program, grid.sheet, grid.above, grid.column)
    layer = LAYERS[0]
    for column, slots in columns.items():
        for slot in slots:
            found.heads.setdefault((layer, slot), grid.sheet.spot(row, column))
    _fellows(program, grid, people, found, list(_strangers(grid, words, columns, row)))
    reader = _Reader(program, grid, words, found, columns)
    for line, person in grid.rows:
        if (layer, person.id) not in found.names:
            found.names[layer, person.id] = grid.sheet.spot(line, grid.column)
            reader.row(line, person)
    reader.finish()


def _fellows(program: Program, grid: Grid, people: PeopleWords, found: Found, strangers: list[tuple[int, str]]
             ) -> None:
    """Fellows with two rows or none, and rows of people who are not in the program."""
    seen: dict[str, int] = {}
    for row, person in grid.rows:
        if person.id in seen:
            found.problem(grid.sheet.place(row, grid.column), Refused(
                f"{person} has two rows ({said(grid.sheet.spot(seen[person.id], grid.column))} is the other).",
                "Keep one of them."))
        seen.setdefault(person.id, row)
    for row, name in strangers:
        found.problem(grid.sheet.place(row, grid.column), people.unknown(name))
    missing = [p for p in program.people if p.id not in seen]
    for person in missing:
        found.problem(grid.sheet.top, Refused(
            f"{person} has no row in this grid.", "Correct the names, or add the row; its cells may be empty."))


def _strangers(grid: Grid, words: Words, columns: Columns, head: int) -> Iterator[tuple[int, str]]:
    """Rows that look like a fellow's and are nobody's: between the fellows, or anywhere below with known duties."""
    known, last = {row for row, _ in grid.rows}, grid.rows[-1][0]
    for row, cells in grid.sheet.rows().items():
        name = cells.get(grid.column)
        if row in known or row <= head or name is None:
            continue
        mine = [c for at, c in cells.items() if at in columns and c.spot != name.spot]
        duties = sum(bool(words.read(c.text)) for c in mine)
        if duties and (row < last or duties * 2 > len(mine)):
            yield row, name.text


@dataclass
class _Reader:
    """The cells of a grid. Unknown words are gathered: each is told once, with all its cells."""

    program: Program
    grid: Grid
    words: Words
    found: Found
    columns: Columns
    unknown: dict[str, list[Cell]] = field(default_factory=dict)
    told: set[Spot] = field(default_factory=set)
    unsaid: dict[tuple[str, str], list[Spot]] = field(default_factory=dict)

    def row(self, row: int, person: Person) -> None:
        """A fellow's year."""
        here = set(self.words.layer.present(person))
        for column, slots in self.columns.items():
            cell, spot = self.grid.sheet.at(row, column), self.grid.sheet.spot(row, column)
            duties = () if cell is None else self._duties(cell)
            for slot in slots:
                if duties and slot not in here:
                    self._tell(spot, Refused(f"{person} is not here in {self.program.year.when([slot])}.",
                                             "Empty the cell, or correct the fellow's dates in the program."))
                else:
                    self._put(person, slot, duties, spot)

    def _put(self, person: Person, slot: int, duties: tuple[str, ...], spot: Spot) -> None:
        layer = self.words.layer.name
        try:
            duties = self.words.settle(duties, person, slot)
        except Refused as refused:
            self.unsaid.setdefault((refused.message, refused.remedy), []).append(spot)
            return
        other = self.found.spots.get((layer, person.id, slot))
        before = self.found.cells.get(layer, {}).get(person.id, {}).get(slot, ())
        if other is not None and other != spot and sorted(before) != sorted(duties):
            self._tell(spot, Refused(
                f"{person} has two different cells in {self.program.year.when([slot])}: {said(other)} says "
                f"{listing(before) if before else 'nothing'}, {said(spot)} "
                f"{listing(duties) if duties else 'nothing'}.",
                f"The periods of this program are {self.program.year.unit}s: give each of them one duty."))
            return
        self.found.put(layer, person.id, slot, duties, spot)

    def _duties(self, cell: Cell) -> tuple[str, ...]:
        if self._cannot(cell):
            return ()
        duties = self.words.read(cell.text)
        if duties is None:
            mine = self.unknown.setdefault(cell.text, [])
            if cell.spot not in {c.spot for c in mine}:
                mine.append(cell)
            return ()
        return duties

    def _cannot(self, cell: Cell) -> bool:
        """Cells that hold nothing that could be read, and merges over several fellows."""
        if refused := unreadable(cell):
            self._tell(cell.spot, refused)
        several = [p.name for r, p in self.grid.rows if cell.rows[0] <= r <= cell.rows[1]]
        if len(set(several)) > 1:
            self._tell(cell.spot, Refused(f"One merged cell stands for {listing(sorted(set(several)))}.",
                                          "Unmerge it and fill in each fellow's own cell."))
        return refused is not None or len(set(several)) > 1

    def _tell(self, spot: Spot, refused: Refused) -> None:
        """Once for each cell."""
        if spot not in self.told:
            self.told.add(spot)
            self.found.problem(place_of(self.grid.sheet.file, spot, self.grid.sheet.lines), refused)

    def finish(self) -> None:
        """Tell every unknown word, and private leave of which nobody knows the kind, with their cells."""
        tell_unknown(self.words, self.unknown, self.found)
        for (message, remedy), spots in self.unsaid.items():
            where = listing([said(spot) for spot in dict.fromkeys(spots)])
            self._tell(spots[0], Refused(f"{message} It stands in {where}.", remedy))


def unreadable(cell: Cell) -> Refused | None:
    """What is wrong with a cell whose value is not there."""
    if cell.bad == "error":
        return Refused("This cell holds an error of Excel.", "Mend the formula, or type the value.")
    if cell.bad == "formula":
        return Refused("This cell holds a formula without a value.",
                       "Open the file in Excel and save it, so that it is calculated; or type the value.")
    return None


def tell_unknown(words: Words, unknown: Mapping[str, Iterable[Cell]], found: Found) -> None:
    """One problem for each unknown word, where it first stands, with all its cells."""
    for word, where in unknown.items():
        cells = list(where)
        found.problem(cells[0].place, words.unknown(word, listing([said(c.spot) for c in cells], most=12)))
