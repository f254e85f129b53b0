"""Conferences that meet each other, a holiday or the clinic: what the file asks for, said before anybody is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import combinations

from scheduler.domain.calendar import say_date
from scheduler.domain.conference import Series
from scheduler.domain.program import Program
from scheduler.domain.recurrence import Session
from scheduler.domain.words import listing

SHOWN = 6           # dates in a sentence; the rest are counted


@dataclass(frozen=True)
class Conflict:
    """One sentence for a pair of series (or a series and what it meets), with all its dates."""

    sentence: str
    dates: tuple[date, ...]


def conflicts(program: Program) -> list[Conflict]:
    """Series that overlap for the same fellows, sessions kept on holidays, and hours that begin before a session ends.

    Nothing here is refused: a program may mean it. Sessions without a time may or may not overlap, and it says so.
    """
    return [*_pairs(program), *_holidays(program), *_early(program)]


def _sessions(program: Program) -> dict[str, dict[date, Session]]:
    found: dict[str, dict[date, Session]] = {series.name: {} for series in program.series}
    for session in program.sessions:
        found[session.series][session.day] = session
    return found


def _pairs(program: Program) -> Iterator[Conflict]:
    held = _sessions(program)
    for one, other in combinations(program.series, 2):
        if not _audience(program, one) & _audience(program, other) or _replaced(one, other):
            continue
        sure: list[date] = []
        perhaps: list[date] = []
        for day in sorted(held[one.name].keys() & held[other.name].keys()):
            overlap = _overlap(held[one.name][day], held[other.name][day])
            if overlap is not False:
                (perhaps if overlap is None else sure).append(day)
        if sure:
            yield Conflict(f"{one.name} and {other.name} overlap {_on(sure)}.", tuple(sure))
        if perhaps:
            yield Conflict(f"Possible conflict, since their times do not tell: {one.name} and {other.name} are both "
                           f"{_on(perhaps)}.", tuple(perhaps))


def _audience(program: Program, series: Series) -> frozenset[str]:
    """The fellows expected, by id; nobody where it is only for those who choose it and none is named."""
    everyone = frozenset(p.id for p in program.people)
    if series.attends is None:
        return frozenset() if series.opt_in else everyone
    return everyone & series.attends.ids


def _replaced(one: Series, other: Series) -> bool:
    return other.name in one.timetable.replaces or one.name in other.timetable.replaces


def _overlap(one: Session, other: Session) -> bool | None:
    """Whether two sessions of one date overlap; None where their times do not tell."""
    first, second = sorted((one, other), key=lambda s: s.start or time.max)
    if first.start is None or second.start is None:
        return None
    if first.start == second.start:
        return True
    return second.start < first.end if first.end is not None else None


def _holidays(program: Program) -> Iterator[Conflict]:
    for series in program.series:
        days = [s.day for s in program.sessions if s.series == series.name and s.day in program.year.holidays]
        if days:
            names = listing(list(dict.fromkeys(program.year.holidays[day] for day in days)))
            yield Conflict(f"{series.name} is held on a holiday ({names}) {_on(days)}.", tuple(days))


def _early(program: Program) -> Iterator[Conflict]:
    """Rotations whose stated hours begin before a session ends, where nobody said that they cannot attend."""
    for series in program.series:
        for rotation in program.rotations:
            if series.blocked is not None and rotation.name in series.blocked.duties:
                continue
            hours = {weekday: (start, end) for weekday, start, end in rotation.hours}
            days = [s.day for s in program.sessions if s.series == series.name and s.start and s.day.weekday() in hours
                    and s.start < hours[s.day.weekday()][0] < (s.end or s.start)]
            if days:
                yield Conflict(f"{rotation.name} begins before {series.name} ends {_on(days)}; `cannot attend` does "
                               "not name it.", tuple(days))


def _on(days: list[date]) -> str:
    """``on 3 dates: 10 August 2026, …``; the first few, and how many more."""
    said = [say_date(day, year=True) for day in days[:SHOWN]]
    if len(days) > SHOWN:
        said.append(f"{len(days) - SHOWN} more")
    return f"on {listing(said)}" if len(days) == 1 else f"on {len(days)} dates: {listing(said)}"
