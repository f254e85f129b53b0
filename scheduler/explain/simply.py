"""A year with nothing changed but the one thing somebody asks for: what that alone would break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.check.consequences import Consequences, consequences
from scheduler.check.duty_times import judge_year
from scheduler.domain.program import Program
from scheduler.domain.schedule import Schedule
from scheduler.domain.verdict import Report
from scheduler.explain.asking import Asked


@dataclass(frozen=True)
class Simply:
    """The year with nothing changed but this: ``cells`` are those changed, as (slot, duties)."""

    cells: tuple[tuple[int, tuple[str, ...]], ...]
    effects: Consequences


def simply(program: Program, schedule: Schedule, asked: Asked, before: Report) -> Simply | None:
    """The year with the one cell replaced and nothing else, in the way that breaks least."""
    year = year_of(schedule, asked.layer_name)
    found = []
    for cells in _ways(program, year, asked):
        new = year
        for slot, duties in cells:
            new = new.changed(asked.person.id, slot, duties)
        whole = [(y.layer, new.cells if y.layer.name == year.layer.name else y.cells)
                 for y in (schedule, *schedule.beside.values())]
        found.append(Simply(cells, consequences(before, judge_year(program, Schedule.joined(whole)))))
    return min(found, key=lambda s: (len(s.effects.broken) + len(s.effects.hours), s.effects.losses), default=None)


def _ways(program: Program, year: Schedule, asked: Asked) -> Iterator[tuple[tuple[int, tuple[str, ...]], ...]]:
    """The cells to put there: all of the slots, or where one is enough, each by itself too."""
    slots = sorted(asked.slots)
    sets = [slots] if asked.whole or not asked.wanted or len(slots) == 1 else [slots, *([s] for s in slots)]
    instead = _instead(program, year, asked)
    if not asked.wanted and instead is None and not year.layer.parent:
        return                                          # nothing takes the place of the base rotation by itself
    duties = sorted(asked.what.duties & set(year.layer.duties)) if asked.wanted else [instead]
    for duty in duties:
        for some in sets:
            yield tuple((slot, _with(year, asked, slot, duty)) for slot in some)


def _with(year: Schedule, asked: Asked, slot: int, duty: str | None) -> tuple[str, ...]:
    """What the cell then holds: leave that is taken inside a rotation is added to it, all else replaces it."""
    now = year.at(asked.person, slot)
    if not asked.wanted:
        kept = tuple(d for d in now if d not in asked.what)
        return kept or ((duty,) if duty else ())
    inside = [i for i in year.layer.inside if i.leave == duty and any(d in i.hosts for d in now)]
    assert duty is not None
    return (*now, duty) if inside and duty not in now else (duty,)


def _instead(program: Program, year: Schedule, asked: Asked) -> str | None:
    """What takes the place of a rotation: the base rotation, where that is not what is ruled out."""
    base = [r.name for r in program.rotations if r.base and r.name not in asked.what]
    return base[0] if base and not year.layer.parent else None


def year_of(schedule: Schedule, layer: str) -> Schedule:
    """One layer of a year; KeyError when the schedule does not have it."""
    return schedule if layer == schedule.layer.name else schedule.beside[layer]
