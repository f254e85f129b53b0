"""Cells changed by hand as lines of ``pins:``, for a table beside the program file."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from scheduler.check.differences import Change
from scheduler.domain.calendar import runs_of
from scheduler.domain.days import CALL, CONFERENCES, HALF_DAYS, Days
from scheduler.domain.layer import LAYERS
from scheduler.domain.program import Program

COLUMNS = ("fellow", "rotation", "during", "because")
BECAUSE = "changed by hand"
HALVES = ("morning", "afternoon")


@dataclass(frozen=True)
class Pin:
    """One line: who is on what, and when, as the program file spells dates."""

    fellow: str
    rotation: str
    during: str
    because: str = BECAUSE

    def yaml(self) -> str:
        """The same as a line of a list in the program file."""
        said = ((word, getattr(self, word)) for word in COLUMNS)
        return "- {" + ", ".join(f"{word}: {_quoted(value)}" for word, value in said) + "}"


def pins(program: Program, changed: Sequence[Change]) -> tuple[list[Pin], list[Change]]:
    """A pin for every run of cells that were filled in by hand; and the changes that no pin can hold.

    Those are topics, and presenters on a date with several sessions: a pin knows the date only.
    """
    found: list[Pin] = []
    left: list[Change] = []
    for (layer, person, after), group in groupby(changed, key=lambda c: (c.layer, c.person, c.after)):
        mine = list(group)
        if not after:
            continue
        if layer == CONFERENCES:
            left += [c for c in mine if not _alone(program, c.slot)]
            mine = [c for c in mine if _alone(program, c.slot)]
        elif layer not in (LAYERS[0], HALF_DAYS, CALL):
            left += mine
            mine = []
        found += [Pin(person.name, duty, during) for duty in after
                  for during in _during(program, layer, duty, [c.slot for c in mine])]
    return found, left


def as_csv(lines: Sequence[Pin]) -> str:
    """The table, one head row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(pin, word) for word in COLUMNS] for pin in lines)
    return out.getvalue()


def _alone(program: Program, slot: int) -> bool:
    days = program.session_days
    return len(days.on(days.slots[slot].day)) == 1


def _during(program: Program, layer: str, duty: str, slots: list[int]) -> Iterator[str]:
    """The dates of neighbouring slots, one text for each run."""
    if layer == LAYERS[0]:
        by_day = any(leave.name == duty and leave.by_day for leave in program.leaves)
        periods = program.year.periods
        for run in runs_of(slots):
            first, last = periods[run[0]], periods[run[-1]]
            yield _range(first.start, last.end) if by_day or len(run) > 1 else first.start.isoformat()
    elif layer == HALF_DAYS:
        yield from _halves(program.half_days, slots)
    else:
        days = (program.nights if layer == CALL else program.session_days).slots
        for run in (runs_of(slots) if layer == CALL else [[s] for s in slots]):
            yield _range(days[run[0]].day, days[run[-1]].day)


def _halves(days: Days, slots: list[int]) -> Iterator[str]:
    for day, group in groupby(slots, key=lambda s: days.slots[s].day):
        mine = list(group)
        if len(mine) == days.per_day:
            yield day.isoformat()
        else:
            yield from (f"{day.isoformat()} {HALVES[s % days.per_day]}" for s in mine)


def _range(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"


def _quoted(text: str) -> str:
    plain = re.fullmatch(r"\w[\w .'()-]*", text) and text.casefold() not in ("yes", "no", "true", "false", "null")
    return text if plain else json.dumps(text, ensure_ascii=False)
