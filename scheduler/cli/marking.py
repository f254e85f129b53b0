"""What `scheduler check` says about cells: where a violation stands, what was not judged, the marked copy."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.cli.common import plural, stop
from scheduler.domain.days import CALL, HALF_DAYS
from scheduler.domain.words import listing

if TYPE_CHECKING:
    from scheduler.domain.program import Program
    from scheduler.domain.rule import Rule, Violation
    from scheduler.domain.verdict import Report
    from scheduler.export.marked import Places
    from scheduler.io.any_schedule import AnySchedule

SHOWN = 3                       # cells named behind a sentence


def judged(facts: Program, found: AnySchedule) -> Report:
    """The checker's verdict on what the file holds: without half-days or call nothing is said about work hours."""
    from scheduler.year import check_year

    report = check_year(facts, found.schedule)
    return replace(report, hours=()) if {HALF_DAYS, CALL} & set(found.absent) else report


def unjudged(facts: Program, found: AnySchedule) -> Iterator[str]:
    """What the file says nothing of."""
    if not found.absent:
        return
    number = sum(rule.layer_name in found.absent for rule in facts.rules)
    hours = facts.limits is not None and bool({HALF_DAYS, CALL} & set(found.absent))
    yield (f"Not judged, because this file has no {listing(found.absent, 'or')}: {plural(number, 'rule')}"
           + (", and the work hours." if hours else "."))


def where(found: AnySchedule, rule: Rule, violation: Violation) -> str:
    """The cells of a violation, behind its sentence: `` [Schedule!H8, I8]``; nothing for a schedule.json."""
    from scheduler.io.sheet_cells import said

    spots = _places(found).of(found.schedule, rule.layer_name, violation)
    if not spots:
        return ""
    more = f" and {len(spots) - SHOWN} more" if len(spots) > SHOWN else ""
    sheet = f"{spots[0][0]}!" if spots[0][0] else ""
    return f" [{sheet}{', '.join(said(spot) for spot in spots[:SHOWN])}{more}]"


def _places(found: AnySchedule) -> Places:
    from scheduler.export.marked import Places
    return Places(found.spots, found.heads, found.names)


def ready(copy: Path, schedule: Path, replace: bool, as_json: bool) -> None:
    """Refuse a name that cannot take the copy, before any work is done."""
    from scheduler.io.any_schedule import sheet_of

    if copy.suffix.lower() != ".xlsx":
        stop(f"{copy}: the marked copy is a workbook. Give it a name that ends in .xlsx.", as_json)
    if copy.resolve() == sheet_of(schedule)[0].resolve():
        stop(f"{copy} is the schedule itself, which is never written over. Give the copy another name.", as_json)
    if copy.exists() and not replace:
        stop(f"{copy} is there already. Use --replace to write over it, or give another name.", as_json)


def write(copy: Path, schedule: Path, facts: Program, found: AnySchedule, report: Report) -> None:
    """Write the marked copy: of the workbook itself, or, for a schedule.json or CSV, of our own workbook of it."""
    from scheduler.domain.result import Result
    from scheduler.export.files import write_atomically
    from scheduler.export.marked import marked, marks
    from scheduler.export.workbook import write_workbook
    from scheduler.io.any_schedule import read_anything, sheet_of

    result = Result(facts, found.schedule, report, "feasible", (), datetime.now(UTC).replace(microsecond=0))
    path, places = sheet_of(schedule)[0], _places(found)
    source = path.read_bytes()
    if not source.startswith(b"PK"):
        with tempfile.TemporaryDirectory() as folder:
            ours = write_workbook(result, Path(folder) / "schedule.xlsx")
            source, places = ours.read_bytes(), _places(read_anything(ours, facts, found.schedule))
    wrong = marks(result, places)
    number = sum(mark.bad for mark in wrong)
    said = f"{path.name}, checked against {facts.name}: " + (
        f"{plural(number, 'sentence')} about what must hold." if number else "everything that must hold does.")
    write_atomically(copy, marked(source, wrong, " ".join([said, *unjudged(facts, found)])))
