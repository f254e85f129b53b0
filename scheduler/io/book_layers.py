"""The layers below the rotations, from the sheets of a workbook that can be edited: Days, Call, Didactics.

They are known by their heads, not by their names, so that renamed sheets and copies are read too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from scheduler.domain.calendar import say_date
from scheduler.domain.days import CALL, CONFERENCES, HALF_DAYS, TOPICS
from scheduler.domain.program import Program
from scheduler.domain.schedule import Cells, Schedule
from scheduler.io.days_sheet import DaysSheet
from scheduler.io.didactics_sheet import DidacticsSheet
from scheduler.io.grid_schedule import Found
from scheduler.io.grid_words import PeopleWords, Words, close
from scheduler.io.problems import Refused
from scheduler.io.sheet_cells import Cell, Sheet, Spot, place_of
from scheduler.io.sheet_reader import SheetReader


def read_layers(program: Program, sheets: Sequence[Sheet], base: Cells, found: Found, known: Schedule | None,
                call: frozenset[tuple[str, str, str]] = frozenset()) -> set[str]:
    """Read every layer that some sheet holds into ``found``; returns the names of these layers.

    ``base`` is the rotation year that the sheet of days was written from, ``call`` who had call then: date, role, id.
    """
    layers = {layer.name: layer for layer in program.layers()}
    there: set[str] = set()
    lists: list[CallSheet] = []
    for sheet in sheets:
        for name, reader in ((CALL, CallSheet), (HALF_DAYS, DaysSheet), (CONFERENCES, DidacticsSheet)):
            if name in there - {CALL} or (name not in layers and not (name == CONFERENCES and TOPICS in layers)):
                continue
            one = reader(program, sheet, layers, base, found, known)
            if one.read():
                there |= {name, TOPICS} & set(layers) if name == CONFERENCES else {name}
                lists += [one] if isinstance(one, CallSheet) else []
    _join(program, lists, call, found)
    return there


#: the other heads of our own sheets of dates; “WEEK” and “DAY” may be abbreviations of call roles too
OURS = frozenset({"date", "day", "when", "on call", "off", "kind", "holiday", "time", "series", "theme", "topic",
                  "presenters", "place", "format", "note"})
TIMES = re.compile(r",\s*\d\d:\d\d\s*[–-]\s*\d\d:\d\d$")


@dataclass
class CallSheet(SheetReader):
    """A row a date, a column a role, names in the cells: ``held`` is (night, role) → fellows, and where."""

    by_half: bool = False
    held: dict[tuple[int, str], tuple[frozenset[str], Spot]] = field(default_factory=dict)

    def read(self) -> bool:
        for row, cells in self.sheet.titled({"date"}):
            columns = self._roles(row, cells)
            if columns:
                at = next(c for c, cell in cells.items() if cell.text.casefold() == "date")
                halves = {half.name.casefold() for half in self.program.working_week.halves}
                self.by_half = any(c.text.casefold() in halves for c in self.sheet.rows().get(row + 1, {}).values())
                self._rows(row, at, columns)
                return True
        return False

    def _roles(self, head: int, cells: dict[int, Cell]) -> dict[int, str]:
        """The column of each role, in order: called by its name and times as on our own sheet (“Night call,
        17:00–07:00”), by its name, or by another of its words; the first of several as good."""
        lookup = Words.of(self.program, self.layers[CALL]).lookup
        found: dict[str, tuple[int, int]] = {}
        for column, cell in cells.items():
            name = TIMES.sub("", cell.text)
            role = lookup.get(name)
            if role is None or self._is_ours(head, column, cell):
                continue
            sure = 2 if close(name) != close(role) else 1 if name == cell.text else 0
            found[role] = min(found.get(role, (sure, column)), (sure, column))
        return {column: role for role, (_, column) in sorted(found.items(), key=lambda one: one[1][1])}

    def _is_ours(self, head: int, column: int, cell: Cell) -> bool:
        """Whether a column called like a role, or abbreviated so, is the sheet's own: of weeks, weekdays, a site."""
        sites = {place.casefold() for rotation in (*self.program.rotations, *self.program.short)
                 for place in (rotation.site, *rotation.sites, *(site for *_, site in rotation.template))}
        if cell.text.casefold() not in {*OURS, *sites, self.program.year.unit}:
            return False
        people = PeopleWords(self.program.people)
        texts = {c.text for (row, at), c in self.sheet.cells.items()
                 if at == column and row > head and c.spot != cell.spot}
        return 2 * sum(people.several(text) is not None for text in texts) < len(texts)

    def _rows(self, head: int, at: int, columns: dict[int, str]) -> None:
        people = PeopleWords(self.program.people)
        for row in (r for r in self.sheet.rows() if r > head):
            day = self.day(self.sheet.at(row, at))
            if day is None:
                continue
            slot = self.program.nights.on(day)[0]
            self.found.heads[CALL, slot] = self.sheet.spot(row, at)
            for column, role in columns.items():
                who = self.people(self.sheet.at(row, column), people)
                self.held[slot, role] = frozenset(p.id for p in who), self.sheet.spot(row, column)


def _join(program: Program, lists: Sequence[CallSheet], call: frozenset[tuple[str, str, str]], found: Found) -> None:
    """Call stands on two sheets, Call and Days: where they differ, the one that somebody changed counts."""
    lists = sorted(lists, key=lambda one: one.by_half)
    written: dict[tuple[int, str], set[str]] = {}
    for day, role, id_ in call:
        if nights := program.nights.on(date.fromisoformat(day)):
            written.setdefault((nights[0], role), set()).add(id_)
    order = {role.name: n for n, role in enumerate(program.calls)}
    for at in sorted({at for one in lists for at in one.held}, key=lambda at: (at[0], order[at[1]])):
        said = [one.held.get(at, (frozenset[str](), None)) for one in lists]
        changed = [one for one in said if one[0] != written.get(at, set())] if call else said[:1]
        who, spot = changed[0] if changed else said[0]
        if len({one[0] for one in changed}) > 1:
            refused = Refused(f"Two sheets were changed and say different things about {at[1]} on "
                              f"{say_date(program.nights.slots[at[0]].day)}.", "Make them say the same.")
            found.problem(place_of(lists[0].sheet.file, next(s for _, s in said if s is not None)), refused)
        for person in program.people:
            if person.id in who and spot is not None:
                found.put(CALL, person.id, at[0], (at[1],), spot)
