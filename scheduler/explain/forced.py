"""What a change speaks about: the cells of the published schedule that cannot stay, and what is done there now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from constraints.pinned import Pinned
from constraints.together import Together
from scheduler.domain.layer import LAYERS, Layer
from scheduler.domain.program import Program
from scheduler.domain.rule import Rule
from scheduler.domain.schedule import Schedule
from scheduler.explain.notice import Notice

#: (layer, person id, slot) → what is now done there; None: what was is ruled out, and no more is said
Forced = Mapping[tuple[str, str, int], tuple[str, ...] | None]


def forced_cells(program: Program, old: Schedule, notice: Notice) -> dict[tuple[str, str, int], tuple[str, ...] | None]:
    """The cells in which the published schedule cannot stay, by what the program now says of these cells alone.

    Below the rotations, the days of a week that is forced are forced too. What is over is forced only where something
    is pinned there.
    """
    found: dict[tuple[str, str, int], tuple[str, ...] | None] = {}
    for layer, spans in slot_dates(program):
        mine = view(old, layer.name)
        if mine is None:
            continue
        binding = [r for r in program.rules if r.priority is None and r.layer_name == layer.name]
        never = {cell for rule in binding for cell in rule.never(layer)}
        pins = _pins(layer, binding)
        for person in layer.people:
            for slot in layer.present(person):
                duties, wanted = mine.at(person, slot), pins.get((person.id, slot))
                gone = any(d not in layer.duties or (person.id, slot, d) in never for d in duties)
                below = bool(layer.parent) and (LAYERS[0], person.id, layer.parent[slot]) in found
                if wanted is not None and not wanted & set(duties):
                    found[layer.name, person.id, slot] = _pinned(layer, duties, wanted)
                elif below or (gone and not notice.is_past(spans[slot][1])):
                    found[layer.name, person.id, slot] = None
    return found


def slot_dates(program: Program) -> Iterator[tuple[Layer, list[tuple[date, date]]]]:
    """Each layer, and the first and last day of each of its slots."""
    for layer, starts in program.dates():
        ends = starts if layer.parent or layer.name != LAYERS[0] else [p.end for p in program.year.periods]
        yield layer, list(zip(starts, ends, strict=True))


def _pins(layer: Layer, rules: Sequence[Rule]) -> dict[tuple[str, int], frozenset[str]]:
    """Person and slot → the duties one of which is fixed there."""
    found = {}
    for rule in rules:
        if isinstance(rule, (Pinned, Together)):
            window = rule.during if isinstance(rule, Pinned) else rule.dates
            for person in rule.bound(layer.people) if window is not None else ():
                for slot in layer.present(person):
                    if window is not None and slot in window:
                        found[person.id, slot] = rule.what.duties
    return found


def _pinned(layer: Layer, duties: tuple[str, ...], wanted: frozenset[str]) -> tuple[str, ...] | None:
    """What is done in a cell once something is fixed there; None where the pin leaves a choice."""
    if len(wanted) != 1:
        return None
    (duty,) = wanted
    inside = next((i for i in layer.inside if i.leave == duty), None)
    if inside is None:
        return (duty,)
    return (*duties, duty) if set(duties) & inside.hosts.duties else None


def patch(program: Program, old: Schedule, forced: Forced) -> Schedule:
    """The published schedule with what is now fixed, for the people and dates of the program."""
    parts = []
    for layer in program.layers():
        mine = view(old, layer.name)
        cells: dict[str, dict[int, tuple[str, ...]]] = {}
        for person in layer.people:
            for slot in layer.present(person):
                duties = mine.at(person, slot) if mine is not None else ()
                key = layer.name, person.id, slot
                if key in forced:                       # below a forced week nothing is known
                    duties = forced[key] or (() if layer.parent else duties)
                duties = tuple(d for d in duties if d in layer.duties)
                if duties:
                    cells.setdefault(person.id, {})[slot] = duties
        parts.append((layer, cells))
    return Schedule.joined(parts)


def view(schedule: Schedule, layer: str) -> Schedule | None:
    """A layer of a schedule by name, if it has it."""
    return schedule if schedule.layer.name == layer else schedule.beside.get(layer)
