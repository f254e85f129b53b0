"""Who really was at the conferences: a table with the columns date, series, fellow and present, read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scheduler.domain.program import Program
from scheduler.io.given_file import given
from scheduler.io.problems import BadInput, Place, Problem, did_you_mean
from scheduler.io.text_file import decode

COLUMNS = ("date", "series", "fellow", "present")
PRESENT = {"yes": True, "y": True, "1": True, "x": True, "true": True, "present": True,
           "no": False, "n": False, "0": False, "": False, "false": False, "absent": False, "excused": None}


@dataclass(frozen=True)
class Record:
    """One fellow at one session; ``present`` is None for an excused absence. ``fellow`` is an id."""

    day: date
    series: str
    fellow: str
    present: bool | None


def read_attendance(path: Path | str, program: Program) -> list[Record]:
    """Read the table of a program. Raises BadInput with every mistake found, each with its line and a remedy."""
    path = Path(path)
    text = decode(path.name, _bytes(path))
    rows = csv.reader(io.StringIO(text, newline=""))
    head = [word.strip().casefold() for word in next(rows, [])]
    if missing := [name for name in COLUMNS if name not in head]:
        raise BadInput([Problem(Place(path.name, 1, 1), f"There is no column “{name}”.",
                                "Head the columns date, series, fellow, present.") for name in missing])
    found: dict[tuple[date, str, str], Record] = {}
    problems: list[Problem] = []
    for cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        place = Place(path.name, rows.line_num, 1, ",".join(cells))
        row = dict(zip(head, (cell.strip() for cell in cells), strict=False))
        record = _record(row, program, place, problems)
        if record is not None and found.setdefault((record.day, record.series, record.fellow), record) is not record:
            problems.append(Problem(place, f"{row['fellow']} is listed twice for {record.series} on {row['date']}.",
                                    "Keep one of the lines."))
    if problems:
        raise BadInput(problems)
    return list(found.values())


def _bytes(path: Path) -> bytes:
    """The bytes of a text table. Raises BadInput where there is none, or it is a workbook."""
    data = given(path, (".csv", ".txt"), f"Give a CSV of who was there, with the columns {', '.join(COLUMNS)}.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadInput([Problem(Place(path.name), "This is a workbook, not a CSV of who was there.",
                                f"Save its sheet as CSV, with the columns {', '.join(COLUMNS)}.")])
    return data


def actual(program: Program, rows: Iterable[Record]) -> dict[tuple[str, str], int]:
    """(fellow id, series) → percent of the recorded sessions that the fellow was at, excused ones left out."""
    known = {p.id for p in program.people}
    counts: dict[tuple[str, str], list[bool]] = {}
    for row in rows:
        if row.present is not None and row.fellow in known:
            counts.setdefault((row.fellow, row.series), []).append(row.present)
    return {key: 100 * sum(mine) // len(mine) for key, mine in counts.items()}


def _record(row: dict[str, str], program: Program, place: Place, problems: list[Problem]) -> Record | None:
    """The record of a line, or None; every mistake of the line is added to the problems."""
    mistakes = list(_mistakes(row, program))
    problems += [Problem(place, message, remedy) for message, remedy in mistakes]
    if mistakes:
        return None
    series = next(s.name for s in program.series if s.name.casefold() == row["series"].casefold())
    fellow = next(p.id for p in program.people if row["fellow"].casefold() in (p.id.casefold(), p.name.casefold()))
    return Record(date.fromisoformat(row["date"]), series, fellow, PRESENT[row["present"].casefold()])


def _mistakes(row: dict[str, str], program: Program) -> Iterator[tuple[str, str]]:
    """What is wrong with a line, and what to do about it."""
    if missing := [name for name in COLUMNS if name not in row]:
        yield f"This line has no {' and no '.join(missing)}.", "Give every line all four columns."
        return
    day = _date(row["date"])
    if day is None:
        yield f"“{row['date']}” is not a date.", "Write it as 2026-07-14."
    series = {s.name.casefold(): s.name for s in program.series}
    name = series.get(row["series"].casefold())
    if name is None:
        yield f"There is no series “{row['series']}”.", did_you_mean(row["series"], series.values())
    elif day is not None and not any(s.series == name and s.day == day for s in program.sessions):
        near = [s.day for s in program.sessions if s.series == name]
        close = min(near, key=lambda d: abs(d - day), default=None)
        yield (f"{name} has no session on {day.isoformat()}.",
               f"The nearest is on {close.isoformat()}." if close else "It has no session in this year.")
    if not any(row["fellow"].casefold() in (p.id.casefold(), p.name.casefold()) for p in program.people):
        yield f"There is no fellow “{row['fellow']}”.", did_you_mean(row["fellow"], [p.name for p in program.people])
    if row["present"].casefold() not in PRESENT:
        yield f"“{row['present']}” does not say who was there.", "Write yes, no or excused."


def _date(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
