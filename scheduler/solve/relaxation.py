"""The linear relaxation: most impossible programs are impossible by adding up, and the relaxation finds the sum.

Every condition may be missed at a price of one a unit. Where missing nothing is impossible, the prices of the dual say
which conditions to add up, and how often each: a proof in numbers (Farkas' lemma).
"""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule
from scheduler.solve.posting import Posted

#: what counts as nothing, in the solver's floating-point numbers
TINY = 1e-6


@dataclass(frozen=True)
class Weighed:
    """A condition in a sum that cannot hold: ``weight`` > 0 adds up its least, < 0 its most."""

    rule: Rule
    condition: Condition
    weight: float

    @property
    def bound(self) -> int:
        """The least or the most that the sum speaks of, as an amount of what is still open."""
        bound = self.condition.at_least if self.weight > 0 else self.condition.at_most
        assert bound is not None
        return bound - self.condition.sum.const


@dataclass(frozen=True)
class Relaxed:
    """What the relaxation says: ``missed`` is the least that must be missed in all (0: it proves nothing).

    ``core`` are the conditions whose sum cannot hold. ``others`` is True where helpers' definitions or other bounds
    than "nobody is there less than not at all" take part, so that the core's own numbers do not add up to the proof.
    """

    missed: float
    core: tuple[Weighed, ...] = ()
    others: bool = False


def relax(posted: Posted, seconds: float = 20.0) -> Relaxed | None:
    """Solve the relaxation of a posted model; None where time ran out. ``seconds`` is wall time."""
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.SetTimeLimit(int(seconds * 1000))
    model = posted.model
    vars_ = [solver.NumVar(low, high, "") for low, high in zip(model.low, model.high, strict=True)]

    def row(sum_: Linear, low: float, high: float):
        made = solver.RowConstraint(low - sum_.const, high - sum_.const, "")
        for var, coef in sum_.merged().items():
            made.SetCoefficient(vars_[var], coef)
        return made

    infinity = solver.infinity()
    helpers = [row(s, -infinity if low is None else low, infinity if high is None else high)
               for s, low, high in model.definitions]
    objective, rows = solver.Objective(), []
    for rule, condition in posted.conditions:
        for bound, sign in ((condition.at_least, 1), (condition.at_most, -1)):
            if bound is None:
                continue
            made = row(condition.sum, bound, infinity) if sign > 0 else row(condition.sum, -infinity, bound)
            slack = solver.NumVar(0, infinity, "")
            made.SetCoefficient(slack, sign)
            objective.SetCoefficient(slack, 1)
            rows.append((rule, condition, made))
    objective.SetMinimization()
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    missed = objective.Value()
    if missed < TINY * 10:
        return Relaxed(0.0)
    core = tuple(Weighed(rule, c, made.dual_value()) for rule, c, made in rows if abs(made.dual_value()) > TINY)
    others = any(abs(made.dual_value()) > TINY for made in helpers)
    bounds = sum(w.weight * w.bound for w in core)
    return Relaxed(missed, core, others or abs(bounds - missed) > 1e-4)
