"""The sheet of days, read for what is below the week: clinics, short rotations, leave by the day."""

from __future__ import annotations

from scheduler.check.day_view import DayView
from scheduler.domain.days import HALF_DAYS
from scheduler.domain.layer import Person
from scheduler.domain.schedule import Schedule
from scheduler.domain.short_names import named, shorts
from scheduler.io.grid_schedule import tell_unknown, unreadable
from scheduler.io.grid_words import Lookup, PeopleWords, Words, parts
from scheduler.io.problems import Refused
from scheduler.io.sheet_reader import SheetReader


class DaysSheet(SheetReader):
    """A row a date, some columns a fellow: the halves of the day. Only what is below the week is read from it."""

    def read(self) -> bool:
        columns, head = self._columns()
        if not columns:
            return False
        dates = [c for c in range(1, min(columns)) if sum(
            cell.day is not None for (_, column), cell in self.sheet.cells.items() if column == c) > 1]
        if not dates:
            return False
        self.words = Words.of(self.program, self.layers[HALF_DAYS], self.known)
        self.others = self._others()
        self.derived = self._derived()
        for row in (r for r in self.sheet.rows() if r > head):
            day = self.day(self.sheet.at(row, dates[0]))
            slots = self.program.half_days.on(day) if day is not None else ()
            for slot in slots:
                self.found.heads.setdefault((HALF_DAYS, slot), self.sheet.spot(row, dates[0]))
            for column, (person, half) in columns.items():
                if half < len(slots):
                    self._cell(row, column, person, slots[half])
        tell_unknown(self.words, self.unknown, self.found)
        return True

    def _columns(self) -> tuple[dict[int, tuple[Person, int]], int]:
        """Column → fellow and half, and the row of the halves' names."""
        people = PeopleWords(self.program.people)
        halves = {half.name.casefold(): n for n, half in enumerate(self.program.working_week.halves)}
        rows = self.sheet.rows()
        for row, cells in rows.items():
            found = {}
            for column, cell in cells.items():
                person = people.get(self.sheet.text(row - 1, column)) if cell.text.casefold() in halves else None
                if person is not None:
                    found[column] = (person, halves[cell.text.casefold()])
            if found:
                for column, (person, _) in found.items():
                    self.found.names.setdefault((HALF_DAYS, person.id), self.sheet.spot(row - 1, column))
                return found, row
        return {}, 0

    def _others(self) -> Lookup:
        """Words that say nothing about this layer: the rotation of the week, its services, holidays."""
        lookup, program = Lookup(), self.program
        brief = shorts(program)
        for duty in named(program):
            for word in (duty.name, brief[duty.name], *duty.also):
                lookup.add(word, duty.name)
        for word in (*program.year.holidays.values(), "holiday", "after call", "Away"):
            lookup.add(word, word)
        return lookup

    def _derived(self) -> dict[tuple[str, int], str]:
        """What each half-day says by itself, with nothing below the week: (fellow id, half-day) → what."""
        year = Schedule.joined([(self.program.layers()[0], self.base), (self.layers[HALF_DAYS], {})])
        view = DayView(self.program, year)
        return {(person.id, doing.slot.index): doing.what for person in self.program.people
                for doing in view.of(person)}

    def _cell(self, row: int, column: int, person: Person, slot: int) -> None:
        cell = self.sheet.at(row, column)
        if cell is None:
            self.found.put(HALF_DAYS, person.id, slot, (), self.sheet.spot(row, column))
            return
        if refused := unreadable(cell):
            self.tell(cell, refused)
            return
        derived = self.derived.get((person.id, slot), "")
        duties = self.words.read(cell.text)
        if duties is None and parts(cell.text, self.others.get) is None:
            self.unknown.setdefault(cell.text, []).append(cell)
        try:
            settled = self._settled(duties or (), derived, person, slot)
        except Refused as refused:
            self.tell(cell, refused)
            return
        self.found.put(HALF_DAYS, person.id, slot, settled, self.sheet.spot(row, column))

    def _settled(self, duties: tuple[str, ...], derived: str, person: Person, slot: int) -> tuple[str, ...]:
        """What belongs to this layer: not what the week says anyway, such as a whole week of leave."""
        private = {leave.name for leave in self.program.leaves if leave.private}
        if duties == (derived,) or (derived in private and any(d not in self.layers[HALF_DAYS].duties for d in duties)):
            return ()
        return self.words.settle(duties, person, slot)
