"""The best schedule that breaks the least, for those who want to see where it hurts."""

from __future__ import annotations

from datetime import UTC, datetime

from scheduler.check.duty_times import judge_year
from scheduler.domain.program import Program
from scheduler.domain.result import Result
from scheduler.domain.schedule import Schedule
from scheduler.explain.fixes import GIVES_WAY, softened
from scheduler.solve.driver import Progress
from scheduler.solve.layered import solve_layers
from scheduler.solve.settings import Settings


def least_broken(program: Program, settings: Settings, progress: Progress | None = None) -> Result | None:
    """The year that breaks as little as possible, weighed as fixes are, and then is as good as can be otherwise.

    Every rule may be broken but that nobody is in two places at once. The report judges it by the program's own rules,
    so that exports mark what is broken. None where no schedule was found in time.
    """
    layers = program.layers()
    giving = [rule for rule in program.rules if rule.priority is None and rule.name != "one duty"]
    out = solve_layers(layers, softened(layers, program.rules, giving), (GIVES_WAY, *program.priorities), settings,
                       progress=progress)
    if out.cells is None:
        return None
    schedule = Schedule.joined([(layer, out.cells[layer.name]) for layer in layers])
    return Result(program, schedule, judge_year(program, schedule), out.status, out.tiers,
                  datetime.now(UTC).replace(microsecond=0), out.seconds, run={"seed": settings.seed})
