"""Credit done as of a date: what the requirements would say if the year had stopped there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from scheduler.domain.result import Result
from scheduler.domain.schedule import Schedule
from scheduler.export.view import days_of


def done_by(result: Result, as_of: date) -> tuple[float, ...]:
    """For each line of ``report.owed``, the part of ``got`` that is done; the rest is planned.

    A period is done when its last day lies before ``as_of``; a half-day, a night or a session, when its own day
    does. Each requirement counts for itself over the part of the year that is done, so weights of periods, part
    credit and leave inside a rotation are right by construction.
    """
    program = result.program
    days = {layer: frozenset(s.index for s in days_of(program, layer).slots if s.day < as_of)
            for layer in result.schedule.beside}
    past = _past(result.schedule, days, frozenset(p.index for p in program.year.periods if p.end < as_of))
    done: list[float] = []
    for verdict in result.report.rules:
        rule = verdict.rule
        layer = past if past.layer.name == rule.layer_name else past.beside[rule.layer_name]
        done += [owed.got for owed in rule.owed(layer)]
    return tuple(min(d, owed.got) for d, owed in zip(done, result.report.owed, strict=True))


def _past(schedule: Schedule, days: Mapping[str, frozenset[int]], periods: frozenset[int]) -> Schedule:
    """The same schedule with everything that is not over taken away, in every layer."""
    over = days.get(schedule.layer.name, periods)
    cells = {person: {slot: duties for slot, duties in mine.items() if slot in over}
             for person, mine in schedule.cells.items()}
    return replace(schedule, cells=cells,
                   beside={name: _past(other, days, periods) for name, other in schedule.beside.items()})
