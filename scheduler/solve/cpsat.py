"""The translation to CP-SAT, and one solve of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from scheduler.domain.board import Model
from scheduler.domain.linear import Linear
from scheduler.domain.result import Status
from scheduler.solve.settings import Settings

#: variables below which one way of searching is as good as another
SMALL = 1500


@dataclass(frozen=True)
class Answer:
    """What one solve found. ``value`` and ``bound`` are of the stage's sum, in its own direction."""

    status: Status
    values: list[int] | None = None
    value: int | None = None
    bound: int | None = None
    seconds: float = 0.0
    stopped: bool = False


class CpSat:
    """A model handed over to CP-SAT once; stages are added to it one after another."""

    def __init__(self, model: Model, conditions: Iterable[tuple[Linear, int | None, int | None]]):
        from ortools.sat.python import cp_model

        self._cp = cp_model
        self.INT_MIN, self.INT_MAX, self.INFEASIBLE = cp_model.INT_MIN, cp_model.INT_MAX, cp_model.INFEASIBLE
        self.model = cp_model.CpModel()
        self.is_bool = [bounds == (0, 1) for bounds in zip(model.low, model.high, strict=True)]
        self.vars = [self.model.new_bool_var("") if is_bool else self.model.new_int_var(low, high, "")
                     for is_bool, low, high in zip(self.is_bool, model.low, model.high, strict=True)]
        for sum_, at_least, at_most in (*model.definitions, *conditions):
            self.add(sum_, at_least, at_most)

    def solver(self):
        """A solver of its own for this model."""
        return self._cp.CpSolver()

    def expression(self, sum_: Linear):
        """The solver's own form of a sum."""
        return self._cp.LinearExpr.weighted_sum([self.vars[v] for v in sum_.vars], sum_.coefs) + sum_.const

    def add(self, sum_: Linear, at_least: int | None, at_most: int | None) -> None:
        """One more condition."""
        if sum_.fixed:
            if (at_least is not None and sum_.const < at_least) or (at_most is not None and sum_.const > at_most):
                self.model.add_bool_or([])
            return
        low = self._cp.INT_MIN if at_least is None else at_least
        high = self._cp.INT_MAX if at_most is None else at_most
        if high == 1 and low in (0, 1, self._cp.INT_MIN) and self._plain(sum_):
            literals = [self.vars[v] for v in sum_.vars]
            (self.model.add_exactly_one if low == 1 else self.model.add_at_most_one)(literals)
        else:
            self.model.add_linear_constraint(self.expression(sum_), low, high)

    def _plain(self, sum_: Linear) -> bool:
        """Whether a sum only counts 0/1 variables."""
        return not sum_.const and all(c == 1 for c in sum_.coefs) and all(self.is_bool[v] for v in sum_.vars)

    def hint(self, values: Sequence[int]) -> None:
        """Where to look first: a whole earlier solution."""
        self.model.clear_hints()
        for var, value in zip(self.vars, values, strict=True):
            self.model.add_hint(var, value)

    def hint_some(self, values: Mapping[int, int]) -> None:
        """Where to look first, for some variables."""
        self.model.clear_hints()
        for var, value in values.items():
            self.model.add_hint(self.vars[var], value)

    def solve(self, cost: Linear | None, large: bool, settings: Settings, seconds: float | None = None,
              progress: Callable[[int | None, int | None], None] | None = None, turns: int | None = None) -> Answer:
        """Make ``cost`` small (or large) and prove it; Ctrl-C keeps the best found. ``seconds`` limits wall time.

        ``turns`` is how many turns are taken at most, where several ways take turns.
        """
        if cost is None or cost.fixed:
            self.model.clear_objective()
        elif large:
            self.model.maximize(self.expression(cost))
        else:
            self.model.minimize(self.expression(cost))
        if not settings.takes_turns or len(self.vars) < SMALL:
            return self._once(cost, settings, seconds, progress, {})
        best, began = Answer("unknown"), time.monotonic()
        for parameters in islice(settings.turns(), turns):
            left = None if seconds is None else seconds - (time.monotonic() - began)
            if left is not None and left <= 0:
                break
            if best.values is not None:
                self.hint(best.values)
            told = progress and _not_worse(progress, best, large)
            best = joined(best, self._once(cost, settings, left, told, parameters), large)
            if best.stopped or best.status in ("optimal", "impossible"):
                break
        return best

    def _once(self, cost: Linear | None, settings: Settings, seconds: float | None,
              progress: Callable[[int | None, int | None], None] | None, parameters: Mapping[str, float]) -> Answer:
        solver = self.solver()
        settings.apply(solver.parameters, seconds)
        for name, value in parameters.items():
            setattr(solver.parameters, name, value)
        watch = _Watch(self._cp, solver, progress)
        began = time.monotonic()
        thread = threading.Thread(target=watch.run, args=(self.model,), daemon=True)
        thread.start()
        stopped = False
        while thread.is_alive():
            try:
                thread.join(0.2)
            except KeyboardInterrupt:
                stopped = True
                watch.stop()
        if watch.error is not None:
            raise watch.error
        return self._answer(solver, watch.status, cost, time.monotonic() - began, stopped)

    def _answer(self, solver, status, cost: Linear | None, seconds: float, stopped: bool) -> Answer:
        cp = self._cp
        if status == cp.MODEL_INVALID:
            raise ValueError(f"the solver refused the model: {self.model.validate()}")
        if status == cp.INFEASIBLE:
            return Answer("impossible", seconds=seconds, stopped=stopped)
        if status not in (cp.OPTIMAL, cp.FEASIBLE):
            bound = None if cost is None or cost.fixed else round(solver.best_objective_bound)
            return Answer("unknown", bound=bound, seconds=seconds, stopped=stopped)
        values = [int(v) for v in solver.response_proto.solution]
        if cost is None or cost.fixed:
            value = 0 if cost is None else cost.const
            return Answer("optimal", values, value, value, seconds, stopped)
        value, bound = cost.value(values), round(solver.best_objective_bound)
        # after a stop some versions say OPTIMAL without a proof (google/or-tools#4430): believe the bound only
        return Answer("optimal" if value == bound else "feasible", values, value, bound, seconds, stopped)


def joined(one: Answer, other: Answer, large: bool) -> Answer:
    """Two answers to one question: the better value, the better bound."""
    sign = -1 if large else 1
    seconds, stopped = one.seconds + other.seconds, one.stopped or other.stopped
    bounds = [b for b in (one.bound, other.bound) if b is not None]
    bound = (min if large else max)(bounds) if bounds else None
    if one.values is None and other.values is None:
        return replace(other, bound=bound, seconds=seconds, stopped=stopped)
    keep = one if other.values is None or (
        one.values is not None and sign * (one.value or 0) < sign * (other.value or 0)) else other
    return replace(keep, bound=bound, status="optimal" if keep.value == bound else "feasible",
                   seconds=seconds, stopped=stopped)


def _not_worse(progress: Callable[[int | None, int | None], None], best: Answer, large: bool
               ) -> Callable[[int | None, int | None], None]:
    """Progress that never falls back behind an earlier turn."""
    def better(pair: tuple[int | None, int | None], up: bool) -> int | None:
        known = [v for v in pair if v is not None]
        return (max if up else min)(known) if known else None

    return lambda value, bound: progress(better((value, best.value), large), better((bound, best.bound), not large))


class _Watch:
    """Runs the solver beside the main thread, so that Ctrl-C and progress both work."""

    def __init__(self, cp, solver, progress):
        self.solver, self.progress, self.status, self.error = solver, progress, None, None
        watch = self
        self.best: int | None = None
        self.bound: int | None = None

        class OnSolution(cp.CpSolverSolutionCallback):  # type: ignore[name-defined, misc]
            def on_solution_callback(self):
                watch.say(best=round(self.objective_value))

        self.callback = OnSolution() if progress else None
        if progress:
            solver.best_bound_callback = lambda bound: watch.say(bound=round(bound))

    def say(self, best: int | None = None, bound: int | None = None) -> None:
        self.best = best if best is not None else self.best
        self.bound = bound if bound is not None else self.bound
        self.progress(self.best, self.bound)

    def run(self, model) -> None:
        try:
            self.status = self.solver.solve(model, self.callback)
        except Exception as error:  # handed to the main thread, which raises it
            self.error = error

    def stop(self) -> None:
        self.solver.stop_search()
