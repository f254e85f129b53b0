"""Credit done as of a date: what the requirements would say if the year had stopped there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scheduler.domain.result import Result
from scheduler.domain.schedule import Schedule


def done_by(result: Result, as_of: date) -> tuple[float, ...]:
    """For each line of ``report.owed``, the part of ``got`` that is done; the rest is planned.

    A period is done when its last day lies before ``as_of``. Each requirement counts for itself over the part of the
    year that is done, so weights of periods, part credit and leave inside a rotation are right by construction.
    """
    past = _past(result.schedule, frozenset(p.index for p in result.program.year.periods if p.end < as_of))
    done: list[float] = []
    for verdict in result.report.rules:
        rule = verdict.rule
        layer = past if past.layer.name == rule.layer_name else past.beside[rule.layer_name]
        done += [owed.got for owed in rule.owed(layer)]
    return tuple(min(d, owed.got) for d, owed in zip(done, result.report.owed, strict=True))


def _past(schedule: Schedule, periods: frozenset[int]) -> Schedule:
    """The same schedule with everything after the given periods taken away."""
    parent = schedule.layer.parent
    cells = {person: {slot: duties for slot, duties in mine.items() if (parent[slot] if parent else slot) in periods}
             for person, mine in schedule.cells.items()}
    return replace(schedule, cells=cells,
                   beside={name: _past(other, periods) for name, other in schedule.beside.items()})
