"""Tiers in order, each to its proven best before the next."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain.layer import Layer
from scheduler.domain.result import Status, Tier
from scheduler.domain.rule import Rule
from scheduler.domain.schedule import Cells, Schedule
from scheduler.solve.cpsat import CpSat
from scheduler.solve.posting import Posted, Stage, post
from scheduler.solve.settings import Settings

Progress = Callable[[str, int | None, int | None, float], None]


@dataclass(frozen=True)
class Outcome:
    """What a solve found: the layers' cells by name (None without a schedule), and the tiers with value and bound."""

    status: Status
    cells: Mapping[str, Cells] | None = None
    tiers: tuple[Tier, ...] = ()
    seconds: float = 0.0
    stopped: bool = False
    sizes: tuple[int, int] = (0, 0)


def solve(layers: Sequence[Layer], rules: Sequence[Rule], priorities: Sequence[str], settings: Settings = Settings(),
          *, given: Mapping[str, Schedule] | None = None, hint: Mapping[str, Cells] | None = None,
          progress: Progress | None = None) -> Outcome:
    """Find the best schedule for every stage in turn.

    Each stage is made as good as it can be and then held (by ≤, so its relaxation stays strong) while the next is
    solved from a hint of the best so far. A stage that stops unproven holds its best value, and later stages are
    marked ``given``. ``given`` are layers already decided, by name; ``hint`` are an earlier schedule's cells by layer. Ctrl-C keeps the best found so far.
    """
    began = time.monotonic()
    posted = post(layers, rules, priorities, given=given)
    engine = CpSat(posted.model, [(c.sum, c.at_least, c.at_most) for _, c in posted.conditions])
    if hint:
        engine.hint_some(hint_values(posted, hint))
    stages = posted.stages or [None]
    values, tiers, stopped, status = None, [], False, "optimal"
    for stage in stages:
        left = None if settings.seconds is None else settings.seconds - (time.monotonic() - began)
        if values is not None and ((left is not None and left <= 0) or stopped):
            tiers.append(_unproven(posted, stage, values))
            status = "feasible"
            continue
        if values is not None:
            engine.hint(values)
        tell = progress and (lambda best, bound, s=stage: progress(s.name if s else "", best, bound,
                                                                   time.monotonic() - began))
        answer = engine.solve(stage and stage.cost, bool(stage and stage.large), settings, left, tell or None)
        stopped = stopped or answer.stopped
        if answer.values is None:
            if values is None:
                return Outcome(answer.status, seconds=time.monotonic() - began, stopped=stopped, sizes=_sizes(posted))
            tiers.append(_unproven(posted, stage, values))
            status = "feasible"
            continue
        values = answer.values
        if answer.status != "optimal":
            status = "feasible"
        if stage is not None:
            given = any(not t.proven for t in tiers)
            tiers.append(Tier(stage.name, answer.value, answer.bound, stage.large, answer.seconds, given))
            held = answer.value
            engine.add(stage.cost, held if stage.large else None, None if stage.large else held)
    cells = {name: board.cells_on(values) for name, board in posted.boards.items()}
    return Outcome(status, cells, tuple(tiers), time.monotonic() - began, stopped, _sizes(posted))


def _unproven(posted: Posted, stage: Stage, values: list[int]) -> Tier:
    """A stage nobody had time for: its value as it happens to be, its bound from the variables' own bounds."""
    model = posted.model
    bound = model.upper(stage.cost) if stage.large else model.lower(stage.cost)
    return Tier(stage.name, stage.cost.value(values), bound, stage.large, given=True)


def _sizes(posted: Posted) -> tuple[int, int]:
    return len(posted.model.low), len(posted.model.definitions) + len(posted.conditions)


def hint_values(posted: Posted, cells: Mapping[str, Cells]) -> dict[int, int]:
    """Variable → value for every open cell, from an earlier schedule; helpers are left to the solver."""
    found = {}
    for name, board in posted.boards.items():
        for person in board.people:
            mine = cells.get(name, {}).get(person.id, {})
            for slot in board.layer.present(person):
                for duty in board.layer.duties:
                    var = board.cell(person, slot, duty)
                    if var is not None:
                        found[var] = int(duty in mine.get(slot, ()))
    return found
