"""A schedule from whatever file somebody has: our schedule.json, our workbook, or a plain grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from scheduler.domain.layer import LAYERS
from scheduler.domain.program import Program
from scheduler.domain.schedule import Cells, Schedule
from scheduler.domain.words import listing
from scheduler.io.book_cells import read_sheets
from scheduler.io.book_ids import IDS, Ids, check_dates, read_ids
from scheduler.io.book_layers import read_layers
from scheduler.io.given_file import schedule_bytes
from scheduler.io.grid_heads import Gap, NoHeads
from scheduler.io.grid_schedule import At, Found, grids, read_grid
from scheduler.io.grid_words import PeopleWords, Words
from scheduler.io.problems import BadInput, Place, Problem, Refused, did_you_mean
from scheduler.io.schedule_json import read_schedule
from scheduler.io.sheet_cells import Sheet, Spot

Kind = Literal["schedule.json", "workbook", "table"]
TRIED = 3                       # how many columns of names a sheet may have before it is given up


@dataclass(frozen=True)
class AnySchedule:
    """A schedule that was read, and where its cells stand in the file.

    ``absent`` are layers that the program has and the file says nothing of: they are not in ``schedule.beside``.
    ``spots`` are the cells of people, ``heads`` those of slots, ``names`` those of people. ``written`` is the rotation
    year that our own workbook was written with, before anybody changed it; None in other files.
    """

    schedule: Schedule
    kind: Kind
    absent: tuple[str, ...] = ()
    spots: Mapping[At, Spot] = field(default_factory=dict)
    heads: Mapping[tuple[str, int], Spot] = field(default_factory=dict)
    names: Mapping[tuple[str, str], Spot] = field(default_factory=dict)
    written: Cells | None = None


def read_any_schedule(path: Path, program: Program) -> Schedule:
    """The schedule of a file, against the program it is meant for; the layers below the rotations beside it.

    A layer that a workbook or grid says nothing of is not there, so that nothing in it is judged.
    Raises BadInput with every problem, each with its place and a remedy; OSError when the file cannot be opened.
    """
    return read_anything(path, program).schedule


def read_anything(path: Path, program: Program, known: Schedule | None = None) -> AnySchedule:
    """The same, with where everything stands. ``year.xlsx!Plan B`` means the sheet “Plan B”.

    ``known`` is the schedule that the file was made from: it tells kinds of private leave apart, which files that
    others read call Away. Raises as ``read_any_schedule``.
    """
    path, sheet = sheet_of(path)
    data = schedule_bytes(path)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return AnySchedule(read_schedule(path, program)[0], "schedule.json")
    if not data.strip():
        raise BadInput([Problem(Place(path.name), "This file is empty.", "Give a schedule.json, a workbook or a CSV.")])
    return _Reading(path.name, program, read_sheets(path.name, data), known).read(sheet, data.startswith(b"PK"))


def sheet_of(path: Path) -> tuple[Path, str]:
    """A path, and the sheet named behind it."""
    name, mark, sheet = path.name.partition("!")
    return (path.with_name(name), sheet.strip()) if mark and not path.exists() else (path, "")


class _Reading:
    """One workbook or table being read."""

    def __init__(self, file: str, program: Program, sheets: Sequence[Sheet], known: Schedule | None):
        self.file, self.program, self.sheets = file, program, sheets
        self.layers = program.layers()
        self.ids = read_ids(sheets)
        self.people = PeopleWords(program.people, self.ids.names if self.ids else None)
        self.words = Words.of(program, self.layers[0], known)
        self.known = known

    def read(self, wanted: str, book: bool) -> AnySchedule:
        """The schedule. Raises BadInput with everything that is wrong."""
        if self.ids is not None:
            check_dates(self.ids, self.program, self.file)
        found = self._grid(self._candidates(wanted))
        top, *below = self.layers
        written, complete = self._written()
        base = written if written is not None else found.cells.get(LAYERS[0], {})
        others = [s for s in self.sheets if s.name != IDS and not s.hidden]
        call = self.ids.call if self.ids else frozenset()
        there = read_layers(self.program, others, base, found, self.known, call) if book else set()
        if found.problems:
            raise BadInput(found.told())
        shape = [(top, found.cells.get(top.name, {}))]
        shape += [(layer, found.cells.get(layer.name, {})) for layer in below if layer.name in there]
        return AnySchedule(Schedule.joined(shape), "workbook" if self.ids else "table",
                           tuple(layer.name for layer in below if layer.name not in there), found.spots, found.heads,
                           found.names, written if complete else None)

    def _written(self) -> tuple[Cells | None, bool]:
        return self.ids.written(self.program, self.words) if isinstance(self.ids, Ids) else (None, False)

    def _candidates(self, wanted: str) -> list[Sheet]:
        names = [s.name for s in self.sheets if s.name != IDS]
        if wanted and wanted not in names:
            raise BadInput([Problem(Place(self.file), f"There is no sheet “{wanted}”.",
                                    did_you_mean(wanted, names) or f"The sheets are: {', '.join(names)}.")])
        return [s for s in self.sheets if s.name != IDS and wanted in ("", s.name)]

    def _grid(self, sheets: list[Sheet]) -> Found:
        """What the one grid of this program's fellows says: visible sheets first, hidden ones where these have none."""
        refused: list[tuple[Refused, int, Problem]] = []
        for hidden, turned in ((False, False), (False, True), (True, False), (True, True)):
            read = [found for sheet in sheets if sheet.hidden is hidden
                    for found in self._of_sheet(sheet.turn() if turned else sheet, refused)]
            gaps = [problem for reason, _, problem in refused if isinstance(reason, Gap) and reason.small]
            if gaps and not hidden:         # with most of its columns it is the grid, and what others say is beside it
                raise BadInput(gaps)
            if read:
                return self._one(read)
        if refused:
            raise BadInput([min(refused, key=lambda one: (isinstance(one[0], NoHeads), one[1]))[2]])
        raise BadInput([self._nobody(sheets)])

    def _of_sheet(self, sheet: Sheet, refused: list[tuple[Refused, int, Problem]]) -> list[tuple[Sheet, Found]]:
        """The sheet's grid, if it has one; what is wrong with what looks like one goes to ``refused``."""
        for grid in grids(sheet, self.people)[:TRIED]:
            found = Found()
            try:
                read_grid(self.program, grid, self.people, self.words, found)
            except Refused as error:
                problem = Problem(error.place or sheet.top, error.message, error.remedy)
                refused.append((error, -grid.fellows, problem))
                continue
            return [(sheet, found)]
        return []

    def _one(self, read: list[tuple[Sheet, Found]]) -> Found:
        """Several sheets may be grids of the same fellows, if they say the same."""
        first = read[0][1]
        if any(found.cells != first.cells for _, found in read):
            names = [sheet.name for sheet, _ in read]
            raise BadInput([Problem(
                Place(self.file), f"The sheets {listing([f'“{n}”' for n in names])} are grids of the same fellows and "
                "differ.", f"Delete those that do not count, or say which one does: “{self.file}!{names[0]}”.")])
        return first

    def _nobody(self, sheets: list[Sheet]) -> Problem:
        """None of the fellows has a row anywhere."""
        shown = next((s for s in sheets if not s.hidden and s.cells), None)
        there = [] if shown is None else list(dict.fromkeys(
            cells[min(cells)].text for cells in shown.rows().values() if min(cells) <= 2 and len(cells) > 1))
        fellows = listing([p.name for p in self.program.people], most=6)
        has = f" Its rows begin with {listing(there, most=6)}." if there else ""
        return Problem(shown.top if shown else Place(self.file), f"No row is one of this program's fellows ({fellows})."
                       + has, "Take this program's schedule; each row begins with a fellow's name or id.")
