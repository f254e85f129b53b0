"""The same linear model in HiGHS, through OR-Tools: every rule as the product posts it, nothing left out beforehand.

``Condition`` and ``Model.definitions`` are rows between two bounds, so the product's own posting (without pruning) is a
mixed-integer program as it stands. Stages are solved in order, each held by ≤ (or ≥) before the next. HiGHS runs with
its own settings. MathOpt, not pywraplp, since the latter gives back nothing when the time is up.
"""

from __future__ import annotations

import math
import re
import threading
from datetime import timedelta

from ortools.math_opt.python import mathopt

from benchmarks.found import Found, Watch, whole
from scheduler.domain.linear import Linear
from scheduler.domain.program import Program
from scheduler.domain.schedule import Cells
from scheduler.solve.posting import Posted, Stage, post

#: a line of HiGHS's log, from its share of the tree on: BestBound BestSol Gap | Cuts InLp Confl. | LpIters Time
LINE = re.compile(r"%\s+\S+\s+(-?[\d.]+(?:e[+-]?\d+)?)\s+\S+\s+\d+\s+\d+\s+\d+\s+\S+\s+[\d.]+s\s*$")


class Highs:
    """One posted program as a mixed-integer program."""

    def __init__(self, posted: Posted):
        self.model = mathopt.Model()
        self.vars = [self.model.add_variable(lb=low, ub=high, is_integer=True)
                     for low, high in zip(posted.model.low, posted.model.high, strict=True)]
        for row in posted.model.definitions:
            self.row(*row)
        for _, c in posted.conditions:
            self.row(c.sum, c.at_least, c.at_most)

    def row(self, sum_: Linear, at_least: int | None, at_most: int | None) -> None:
        """One row, its constant on the other side."""
        row = self.model.add_linear_constraint(lb=-math.inf if at_least is None else at_least - sum_.const,
                                               ub=math.inf if at_most is None else at_most - sum_.const)
        for variable, coefficient in sum_.merged().items():
            row.set_coefficient(self.vars[variable], coefficient)

    def solve(self, stage: Stage, watch: Watch, seconds: float) -> mathopt.SolveResult:
        """Solve one stage; the log tells ``watch`` when schedules came."""
        cost = mathopt.LinearSum(c * self.vars[v] for v, c in stage.cost.merged().items()) + stage.cost.const
        self.model.set_objective(cost, is_maximize=stage.large)
        lock = threading.Lock()

        def said(lines: list[str]) -> None:
            with lock:
                for m in filter(None, map(LINE.search, lines)):
                    watch.found(round(float(m[1])))

        return mathopt.solve(self.model, mathopt.SolverType.HIGHS, msg_cb=said,
                             params=mathopt.SolveParameters(time_limit=timedelta(seconds=seconds)))


def solve_highs(program: Program, seconds: float) -> Found:
    """Solve every stage in order with HiGHS, all layers in one model, within ``seconds`` of wall time."""
    watch = Watch()
    posted = post(program.layers(), program.rules, program.priorities, prune=False)
    highs = Highs(posted)
    watch.built()
    sizes = len(posted.model.low), len(posted.model.definitions) + len(posted.conditions)
    values: list[int] | None = None
    for stage in posted.stages:
        result = highs.solve(stage, watch, watch.left(seconds))
        if not result.has_primal_feasible_solution():
            impossible = result.termination.reason == mathopt.TerminationReason.INFEASIBLE
            return watch.done("impossible" if impossible and values is None else "unknown" if values is None else "",
                              sizes, _cells(posted, values), left=len(posted.stages))
        numbers = result.variable_values(highs.vars)
        values = [round(n) for n in numbers]
        value, bound = stage.cost.value(values), whole(result.dual_bound(), stage.large)
        if result.termination.reason == mathopt.TerminationReason.OPTIMAL:
            bound = value
        watch.stage(stage.name, value, bound)
        highs.row(stage.cost, value if stage.large else None, None if stage.large else value)
    return watch.done("", sizes, _cells(posted, values))


def _cells(posted: Posted, values: list[int] | None) -> dict[str, Cells]:
    return {name: board.cells_on(values) for name, board in posted.boards.items()} if values else {}
