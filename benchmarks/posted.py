"""Plain CP-SAT for programs of several layers: the product's rules as they stand, one model, CP-SAT's own settings.

The hand-written model (``benchmarks.plain``) knows one layer. For the examples with all layers, the obvious alternative
is every layer's rules in one model, nothing left out beforehand, stages in order, each held before the next.
"""

from __future__ import annotations

from ortools.sat.python import cp_model

from benchmarks.found import Found, Watch, whole
from scheduler.domain.linear import Linear
from scheduler.domain.program import Program
from scheduler.solve.posting import post


def solve_posted(program: Program, seconds: float, workers: int | None = None) -> Found:
    """Solve every stage in order with CP-SAT's own settings; ``workers`` None: as many as there are cores."""
    watch = Watch()
    posted = post(program.layers(), program.rules, program.priorities, prune=False)
    model = cp_model.CpModel()
    variables = [model.new_int_var(low, high, "")
                 for low, high in zip(posted.model.low, posted.model.high, strict=True)]

    def row(sum_: Linear, at_least: int | None, at_most: int | None) -> None:
        model.add_linear_constraint(expression(sum_), cp_model.INT_MIN if at_least is None else at_least,
                                    cp_model.INT_MAX if at_most is None else at_most)

    def expression(sum_: Linear) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.weighted_sum([variables[v] for v in sum_.vars], sum_.coefs) + sum_.const

    for definition in posted.model.definitions:
        row(*definition)
    for _, condition in posted.conditions:
        row(condition.sum, condition.at_least, condition.at_most)
    watch.built()
    sizes = len(variables), len(model.proto.constraints)
    values: list[int] | None = None

    class Each(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
        def on_solution_callback(self) -> None:
            watch.found(round(self.objective_value))

    for stage in posted.stages:
        (model.maximize if stage.large else model.minimize)(expression(stage.cost))
        model.clear_hints()
        for variable, value in zip(variables, values or [], strict=False):
            model.add_hint(variable, value)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = watch.left(seconds)
        if workers is not None:
            solver.parameters.num_workers = workers
        status = solver.solve(model, Each())
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            impossible = status == cp_model.INFEASIBLE and values is None
            word = "impossible" if impossible else "unknown" if values is None else ""
            break
        values = [int(v) for v in solver.response_proto.solution]
        value = stage.cost.value(values)
        watch.stage(stage.name, value, whole(solver.best_objective_bound, stage.large))
        row(stage.cost, value if stage.large else None, None if stage.large else value)
    else:
        word = ""
    cells = {name: board.cells_on(values) for name, board in posted.boards.items()} if values else {}
    return watch.done(word, sizes, cells, left=len(posted.stages))
