"""Whether two programs, or two schedules, say the same: a hash of their content, however their files write it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from scheduler.domain.program import Program
from scheduler.domain.schedule import Schedule

#: what is told beside the facts, and changes none of them
BESIDE = frozenset({"place", "source", "because", "assumption", "assumptions", "digest"})


def same_program(program: Program) -> str:
    """A hash that is equal for programs that ask for the same, wherever their files say it; their rules in any order.

    A line that a command adds to the program and the same line in its file give the same hash.
    """
    rules = sorted(map(_plain, program.rules))
    return _hash(_plain(replace(program, rules=())) + "\n".join(rules))


def same_schedule(schedule: Schedule) -> str:
    """A hash that is equal for schedules in which everybody does the same, in every layer."""
    cells = {year.layer.name: {person: {slot: sorted(duties) for slot, duties in mine.items() if duties}
                               for person, mine in year.cells.items() if any(mine.values())}
             for year in (schedule, *schedule.beside.values())}
    return _hash(_plain(cells))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    """A value as text that does not depend on the order of what has none."""
    if is_dataclass(value) and not isinstance(value, type):
        said = [f"{f.name}={_plain(getattr(value, f.name))}" for f in fields(value) if f.name not in BESIDE]
        return f"{type(value).__name__}({', '.join(said)})"
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(sorted(map(_plain, value))) + "}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(sorted(f"{_plain(k)}: {_plain(v)}" for k, v in value.items())) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return repr(value)
