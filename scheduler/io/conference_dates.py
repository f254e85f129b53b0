"""The dates of all conferences: patterns met by holidays, by dates without conferences, and by each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scheduler.domain.recurrence import Dropped, Session, never, outside, sessions_of
from scheduler.domain.words import listing
from scheduler.io.conference_section import SeriesLine
from scheduler.io.names import Names
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused
from scheduler.io.reading import Reading
from scheduler.io.values import dates_between, parse_day, text


def timetable(reading: Reading, lines: Sequence[SeriesLine], names: Names, closed: Node | None
              ) -> tuple[tuple[Session, ...], tuple[Dropped, ...]]:
    """Every session in order, and every one that was dropped and why. A pattern without any date is a problem."""
    year = names.year
    blackout: dict[date, str] = {}
    for item in closed.each() if closed is not None else ():
        blackout |= reading.value(item, lambda n: _closed(n), {})
    if "year" in names.unread:
        return (), ()
    for series, _, node in lines:
        pattern = series.timetable.recurrence
        if pattern is not None and (why := never(pattern, year.start, year.end)):
            reading.problem(node.place, f"{series.name} is never held: {why}", "Check its dates.")
        elif pattern is not None and (days := outside(pattern, year.start, year.end)):
            reading.problem(node.place, f"{series.name} has dates outside the year: {listing([str(d) for d in days])}.",
                            f"The year is {year.start} to {year.end}; check the year of the dates.")
    sessions, dropped = sessions_of([series.timetable for series, *_ in lines], year.start, year.end,
                                    dict(year.holidays), blackout)
    return tuple(sessions), tuple(dropped)


def _closed(node: Node) -> dict[date, str]:
    """``2026-12-21 to 2027-01-03`` or ``{dates: 2026-10-12 to 2026-10-16, because: annual meeting}``."""
    because = "no conferences then"
    if node.table is not None:
        entries = {word: entry.value for word, entry in node.table.items()}
        if not entries.keys() <= {"dates", "because"} or "dates" not in entries:
            raise Refused("A time without conferences has dates, and perhaps a reason.",
                          "Write {dates: 2026-12-21 to 2027-01-03, because: winter break}.")
        because = text(entries["because"]) if "because" in entries else because
        node = entries["dates"]
    first, _, last = text(node).partition(" to ")
    begin, end = parse_day(first), parse_day(last or first)
    if end < begin:
        raise Refused(f"{end} is before {begin}.", "Write the earlier date first.")
    return dict.fromkeys(dates_between(begin, end), because)
