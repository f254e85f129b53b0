"""The tiny example with a kind of leave of which nothing is owed, solved once; and small repairs of it."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from scheduler.domain.schedule import Schedule
from scheduler.explain.notice import Notice
from scheduler.io.added_lines import Added
from scheduler.io.program_file import read_program
from scheduler.repairing import Repair, repair_year
from scheduler.year import plan_year
from tests.examples.solved import edited, text

VACATION = "  - {name: Vacation, weeks: 1}"
SICK = VACATION + "\n  - {name: Sick leave, private: true}"
TINY = edited(text("tiny"), (VACATION, SICK))


@cache
def place() -> Path:
    """The program as a file."""
    path = Path(tempfile.mkdtemp(prefix="repair-")) / "program.yaml"
    path.write_text(TINY, encoding="utf-8")
    return path


@cache
def published() -> Schedule:
    """Its year, as published."""
    return plan_year(read_program(place()), reasons=0.0).schedule


def repaired(*words: tuple[str, ...], today: str = "2026-08-05", frozen: int = 2, old: Schedule | None = None,
             **options) -> Repair:
    """The tiny year after these changes."""
    program = read_program(place(), Added(words))
    return repair_year(program, old or published(), Notice(date.fromisoformat(today), frozen, **options), reasons=0.0)


def said(repair: Repair) -> list[tuple[str, int, tuple[str, ...], tuple[str, ...], int]]:
    """The chosen changes: who, which week, from what to what, and the weight."""
    return [(c.person.name, c.slot, c.before, c.after, weight) for c, weight in repair.chosen]
