"""Prices to start from: the dual of the whole model's linear relaxation, roughly.

A first-order method finds it in seconds where the simplex method takes minutes (measured, docs/solving.md); it need not
be exact, for any prices give a bound.
"""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.domain.board import Model
from scheduler.solve.columns_split import Row, Split

#: relative and absolute tolerance
ROUGH = 1e-4
PDLP = (f"termination_criteria {{ simple_optimality_criteria {{ eps_optimal_relative: {ROUGH} "
        f"eps_optimal_absolute: {ROUGH} }} }}")


def first_prices(cut: Split, model: Model, cost: Mapping[int, int], seconds: float) -> list[float]:
    """What each link is worth in the relaxation, or nothing at all where ``seconds`` were too short."""
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("PDLP")
    solver.SetSolverSpecificParametersAsString(PDLP)
    solver.SetTimeLimit(int(seconds * 1000))
    infinity = solver.infinity()
    vars_ = [solver.NumVar(low, high, "") for low, high in zip(model.low, model.high, strict=True)]

    def row(entry: Row):
        coefs, low, high = entry
        made = solver.Constraint(-infinity if low is None else low, infinity if high is None else high)
        for var, c in coefs.items():
            made.SetCoefficient(vars_[var], c)
        return made

    for block in cut.blocks:
        for entry in block.rows:
            row(entry)
    links = [row(entry) for entry in cut.links]
    objective = solver.Objective()
    for var, c in cost.items():
        objective.SetCoefficient(vars_[var], c)
    objective.SetMinimization()
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return [0.0] * len(links)
    return [made.dual_value() for made in links]
