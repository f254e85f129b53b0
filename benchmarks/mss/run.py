"""Solve one instance through its program: post the rules, generate columns, check, verify."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.mss.published import BEST
from benchmarks.mss.reader import Instance
from benchmarks.mss.verify import verify
from scheduler.check.judge import judge
from scheduler.domain.schedule import Schedule
from scheduler.solve.columns import Columns
from scheduler.solve.columns_split import owners
from scheduler.solve.posting import post
from scheduler.solve.settings import Settings
from scheduler.solve.walk_pricing import walkers

FOLDER = Path(__file__).parent / "instances"


@dataclass(frozen=True)
class Line:
    """One line of the table, in published units; ``gap`` in percent of the bound. Seconds include posting.

    ``verified``: the independent verifier finds no violation and the same objective, and our own checker no broken rule
    and the same value of the tier.
    """

    instance: str
    best: int | None
    ours: int | None
    bound: int | None
    gap: float | None
    seconds: float
    verified: bool

    @property
    def told(self) -> dict:
        """For JSON."""
        return asdict(self)


def run(instance: Instance, settings: Settings, seconds: float | None,
        progress: Callable[[int | None, int | None], None] | None = None) -> Line:
    """Solve an instance; without ``seconds``, until its value is proven."""
    began = time.monotonic()
    program = instance.program()
    layer, scale = program.layer(), instance.scale
    posted = post([layer], program.rules, program.priorities)
    (stage,) = posted.stages                            # one tier, of measures to make small: it costs -objective
    columns = Columns(posted.model, [*posted.model.definitions, *(
        (c.sum, c.at_least, c.at_most) for _, c in posted.conditions)], owners(posted),
        walkers(program.rules, posted.boards[layer.name], len(posted.model.low)))
    left = None if seconds is None else max(1.0, seconds - (time.monotonic() - began))

    def tell(value: int | None, bound: int | None) -> None:
        if progress is not None:
            progress(None if value is None else -value // scale, None if bound is None else -bound // scale)

    answer = columns.solve(stage.cost, stage.large, settings, left, tell, grain=scale)
    best, took = BEST.get(instance.name), time.monotonic() - began
    if answer.values is None or answer.bound is None:
        return Line(instance.name, best, None, None, None, took, False)
    cells = posted.boards[layer.name].cells_on(answer.values)
    report = judge(program.rules, program.priorities, Schedule(layer, cells))
    violations, total, worst = verify(instance.facts, instance.grid(cells))
    ours, bound = total + worst, -answer.bound // scale
    verified = not violations and report.ok and report.tiers[0].value == answer.value == -ours * scale
    return Line(instance.name, best, ours, bound, round(100 * (bound - ours) / bound, 3), round(took, 1), verified)
