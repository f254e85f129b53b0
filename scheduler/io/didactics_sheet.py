"""The sheet of conferences: who presents in each session, and its topic."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from scheduler.domain.calendar import say_date
from scheduler.domain.conference import Series
from scheduler.domain.days import CONFERENCES, TOPICS
from scheduler.domain.layer import Person
from scheduler.io.grid_words import NOTHING, Lookup, PeopleWords, parts
from scheduler.io.problems import Refused
from scheduler.io.sheet_reader import SheetReader


class DidacticsSheet(SheetReader):
    """A row a session: date, series, topic, presenters."""

    def read(self) -> bool:
        for row, cells in self.sheet.titled({"date", "series", "presenters"}):
            columns = {cell.text.casefold(): column for column, cell in cells.items()}
            for line in (r for r in self.sheet.rows() if r > row):
                self._row(line, columns)
            return True
        return False

    def _row(self, row: int, columns: dict[str, int]) -> None:
        at, sheet = columns["date"], self.sheet
        name = sheet.text(row, columns["series"])
        if not name or sheet.text(row, columns.get("time", 0)) in ("no session", "not scheduled"):
            return
        cell = sheet.at(row, at) or sheet.at(row, columns["series"])
        day = self.day(sheet.at(row, at))
        if day is None or cell is None:
            return
        series = next((s for s in self.program.series if s.name.casefold() == name.casefold()), None)
        slot = next((s for s in self.program.session_days.on(day)
                     if series is not None and self.program.session_days.slots[s].series == series.name), None)
        if series is None or slot is None:
            self.tell(cell, Refused(f"There is no session of {name} on {say_date(day, year=True)}.",
                                     "Correct the date or the series; sessions are those of the program."))
            return
        for layer in (CONFERENCES, TOPICS):
            self.found.heads[layer, slot] = sheet.spot(row, at)
        self._presenters(series, slot, row, columns["presenters"])
        if "topic" in columns:
            self._topics(series, slot, row, columns["topic"])

    def _presenters(self, series: Series, slot: int, row: int, column: int) -> None:
        if not series.roles:
            return
        who = self.people(self.sheet.at(row, column), PeopleWords(self.program.presenters))
        for person, role in zip(who, _roles(series, who), strict=True):
            self.found.put(CONFERENCES, person.id, slot, (role,), self.sheet.spot(row, column))

    def _topics(self, series: Series, slot: int, row: int, column: int) -> None:
        cell = self.sheet.at(row, column)
        if cell is None or not series.topics or cell.text in NOTHING:
            return
        lookup = Lookup()
        for topic in series.topics:
            lookup.add(topic.name, topic.name)
        topics = parts(cell.text, lookup.get)
        if topics is None:
            self.tell(cell, Refused(f"“{cell.text}” is no topic of {series.name}.",
                                     "Known here: " + ", ".join(lookup.shown) + "."))
            return
        self.found.put(TOPICS, series.key, slot, topics, self.sheet.spot(row, column))


def _roles(series: Series, who: Sequence[Person]) -> tuple[str, ...]:
    """The role of each presenter: the sheet has names only. The first sharing-out that every role allows, else any."""
    names = [role.name for role in series.roles]
    if len(names) == 1 or not who or len(who) > 6:
        return tuple(names[0] for _ in who)
    choices = list(product(series.roles, repeat=len(who)))
    for strict in (True, False):
        for choice in choices:
            fits = all(person in role.pool for person, role in zip(who, choice, strict=True))
            counts = [sum(r is role for r in choice) for role in series.roles]
            if fits and (not strict or all(low <= n and (high is None or n <= high) for n, (low, high) in zip(
                    counts, (role.people for role in series.roles), strict=True))):
                return tuple(role.name for role in choice)
    return tuple(names[0] for _ in who)
