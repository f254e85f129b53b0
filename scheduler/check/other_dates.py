"""A schedule of a program whose dates have changed since, put on the dates that the program has now."""

from __future__ import annotations

from scheduler.domain.days import CALL, HALF_DAYS, Days
from scheduler.domain.layer import LAYERS
from scheduler.domain.program import Program
from scheduler.domain.schedule import Schedule


def on_dates_of(new: Program, old: Program, schedule: Schedule) -> tuple[Schedule, int]:
    """The schedule, of ``old``, with each cell in the slot of ``new`` that has its dates; and how many cells have none.

    People and duties stay the old program's own.
    """
    lost, moved = 0, []
    for layer in old.layers():
        now = {key: slot for slot, key in enumerate(_dates(new, layer.name))}
        there = {slot: now.get(key) for slot, key in enumerate(_dates(old, layer.name))}
        mine = schedule if layer.name == schedule.layer.name else schedule.beside[layer.name]
        cells: dict[str, dict[int, tuple[str, ...]]] = {}
        for person, row in mine.cells.items():
            for slot, duties in row.items():
                if (target := there[slot]) is None:
                    lost += 1
                else:
                    cells.setdefault(person, {})[target] = duties
        moved.append((layer, cells))
    return Schedule.joined(moved), lost


def _dates(program: Program, layer: str) -> list[object]:
    """What each slot of a layer is, in dates."""
    if layer == LAYERS[0]:
        return [(p.start, p.end) for p in program.year.periods]
    days: Days = {HALF_DAYS: program.half_days, CALL: program.nights}.get(layer) or program.session_days
    return [(s.day, s.half and s.half.name, s.series) for s in days.slots]
