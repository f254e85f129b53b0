"""The whole year, layer by layer: the rotations with room for everything below them, then half-days, then call.

What a lower layer proves impossible goes back to the rotations as a cut that names the few fellows and weeks at fault.
Each layer is solved to its proven best given the layers above it, and its tiers say so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.domain.layer import Layer
from scheduler.domain.rule import Rule
from scheduler.domain.schedule import Cells, Schedule
from scheduler.solve.alone import fails_alone
from scheduler.solve.driver import Outcome, Progress, solve
from scheduler.solve.quickxplain import quickxplain
from scheduler.solve.room import Cut, rooms, signature
from scheduler.solve.settings import Settings

#: how many rotation years may fail below before the search gives up, undecided
ROUNDS = 20
#: how long a smaller set of fellows and weeks is tried; what is not proven by then is not left out
CHECK_SECONDS = 5.0
#: a solve is never given less
LEAST = 0.1
Item = tuple[str, int]


@dataclass(frozen=True)
class _Failed:
    """A layer that could not be filled under a rotation year."""

    layers: tuple[Layer, ...]


def solve_layers(layers: Sequence[Layer], rules: Sequence[Rule], priorities: Sequence[str],
                 settings: Settings | None = None, *, hint: Mapping[str, Cells] | None = None,
                 progress: Progress | None = None, rounds: int = ROUNDS) -> Outcome:
    """Solve the layers in order; see ``driver.solve``. ``Outcome.cuts`` are the failures that went back, as rules.

    ``rounds`` is how many rotation years may be tried: where each fails below, the outcome is ``unknown``. The second
    is one as good by another seed; then more is said of the room, and then what failed is ruled out.
    """
    settings, began = settings or Settings(), time.monotonic()
    top, below = layers[0], tuple(layers[1:])
    room, cuts, closer = rooms(layers, rules), tuple[Cut, ...](), False
    for number in range(rounds):
        rest = replace(_rest(settings, began), seed=settings.seed + number)
        year = solve([top], (*rules, *room, *cuts), priorities, rest, hint=hint, progress=progress)
        if year.cells is None or not below:
            return replace(year, cuts=cuts, seconds=time.monotonic() - began)
        done = _fill(Schedule(top, year.cells[top.name]), below, rules, priorities, _rest(settings, began), hint,
                     progress, year)
        if isinstance(done, Outcome):
            return replace(done, cuts=cuts, seconds=time.monotonic() - began)
        left = _rest(settings, began)
        if number == rounds - 1 or (left.seconds is not None and left.seconds <= LEAST):
            break
        if hint:                                            # from it came the year that does not fit
            hint = {name: cells for name, cells in hint.items() if name != top.name}
        if number == 0:                                     # most years fit: so will the next, mostly
            continue
        if not closer:
            room, closer = rooms(layers, rules, closer=True), True
            continue
        cut = _cut(Schedule(top, year.cells[top.name]), done.layers, rules, left)
        if cut is None:
            break
        cuts = (*cuts, cut)
    return Outcome("unknown", cuts=cuts, seconds=time.monotonic() - began)


def _rest(settings: Settings, began: float) -> Settings:
    """The same settings with the time that is left."""
    if settings.seconds is None:
        return settings
    return replace(settings, seconds=max(LEAST, settings.seconds - (time.monotonic() - began)))


def _fill(top: Schedule, below: Sequence[Layer], rules: Sequence[Rule], priorities: Sequence[str], settings: Settings,
          hint: Mapping[str, Cells] | None, progress: Progress | None, year: Outcome) -> Outcome | _Failed:
    """The layers below one rotation year, each given those above it."""
    given, done, began = {top.layer.name: top}, year, time.monotonic()
    for number, layer in enumerate(below):
        left = _rest(settings, began)
        out = solve([layer], rules, priorities, left, given=given, hint=hint, progress=progress)
        if out.status == "impossible" and number:           # not in this order; perhaps together
            given, done = {top.layer.name: top}, year
            out = solve(below[:number + 1], rules, priorities, left, given=given, hint=hint, progress=progress)
        if out.status == "impossible":
            return _Failed(tuple(below[:number + 1]))
        if out.cells is None:
            return replace(out, sizes=_plus(done.sizes, out.sizes), stopped=done.stopped or out.stopped)
        done = _joined(done, out)
        for lower in below[:number + 1]:
            if lower.name in out.cells:
                given[lower.name] = Schedule(lower, out.cells[lower.name], dict(given))
    return done


def _joined(above: Outcome, out: Outcome) -> Outcome:
    """What was found so far and the next layer, whose claims are given the layers above it."""
    unproven = not all(tier.proven for tier in above.tiers)
    return replace(
        above, status="optimal" if above.status == out.status == "optimal" else "feasible",
        cells={**(above.cells or {}), **(out.cells or {})}, stopped=above.stopped or out.stopped,
        tiers=above.tiers + tuple(replace(tier, given=tier.given or unproven) for tier in out.tiers),
        sizes=_plus(above.sizes, out.sizes))


def _plus(one: tuple[int, int], two: tuple[int, int]) -> tuple[int, int]:
    return one[0] + two[0], one[1] + two[1]


def _cut(top: Schedule, failed: Sequence[Layer], rules: Sequence[Rule], settings: Settings) -> Cut | None:
    """The few fellows and weeks that leave no room: with every other cell of the rotation year loose, still impossible.

    The layers that failed are solved together here, so that no choice made in an upper one of them is held against the
    rotations. None where a week at fault is empty (without the rule that forbids it): no cut could say so.
    """
    items = [(person.id, slot) for person in top.people for slot in top.layer.present(person)]
    lower = [rule for rule in rules if rule.layer_name in {layer.name for layer in failed}]
    must = [rule for rule in lower if rule.priority is None]
    began = time.monotonic()

    def impossible(held: Iterable[Item]) -> bool:
        left = _rest(settings, began).seconds
        if left is not None and left <= LEAST:
            return False                                    # no time to leave anything out
        quick = replace(settings, seconds=min(CHECK_SECONDS, left or CHECK_SECONDS), confirm=False)
        kept = set(held)
        loose = [item for item in items if item not in kept]
        out = solve(failed, must, (), quick, given={top.layer.name: top}, loose=loose)
        return out.status == "impossible"

    alone = fails_alone(top, failed, must, replace(settings, seconds=CHECK_SECONDS, confirm=False))
    if alone is None:
        held = smallest(items, impossible)
    else:
        held = smallest([item for item in items if item[0] == alone[0].id], alone[1])
    alike: dict[tuple[object, ...], set[str]] = {}
    for duty in top.layer.duties:
        alike.setdefault(signature(duty, lower), set()).add(duty)
    people = {person.id: person for person in top.people}
    cells = []
    if not all(top.at(people[person], slot) for person, slot in held):
        return None
    for person, slot in held:
        for duty in top.at(people[person], slot):
            cells.append((person, slot, frozenset(alike[signature(duty, lower)])))
    return Cut(cells=tuple(cells))


def smallest(items: Sequence[Item], fails: Callable[[Iterable[Item]], bool]) -> list[Item]:
    """A smallest part of ``items`` that still ``fails``: none of it can be left out.

    First whole fellows are left out, then weeks.
    """
    kept = list(items)
    for person in dict.fromkeys(person for person, _ in items):
        without = [item for item in kept if item[0] != person]
        if without and fails(without):
            kept = without
    return quickxplain(kept, fails)
