"""A form in CP-SAT's own notation, and one run of CP-SAT.

OR-Tools' modelling layer is left out on purpose: it makes an object of every variable and every sum, and it imports
pandas, which takes longer than the proof of a small program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.form import NONE, Form, sums

#: what CP-SAT takes for "no bound on this side"
LEAST, MOST = -(2 ** 63), 2 ** 63 - 1


class Handed:
    """The variables and rows of a form, handed over once; rows are added, the aim and the hint may change.

    ``clauses``: “any of these” and “not all of these” are said as such; handed over and taken in they cost half of a
    sum. Unprepared, CP-SAT leaves them out of its light relaxation, so this is for searches without one.
    """

    def __init__(self, form: Form, clauses: bool = False):
        from ortools.sat.python import cp_model_helper

        self.proto: Any = cp_model_helper.CpModelProto()
        self.width, self._clauses = form.width, clauses
        self._is_bool = (form.low == 0) & (form.high == 1)
        add = self.proto.variables.add
        for domain in zip(form.low.tolist(), form.high.tolist(), strict=True):
            add().domain.extend(domain)
        self.add(form)

    def add(self, form: Form, choices: bool = True) -> None:
        """The rows of a form over the same variables; choices of one are said as such, unless told otherwise."""
        row_of, flags = form.row_of(), self._is_bool[form.cols]
        plain = sums(((form.coefs != 1) | ~flags).astype(np.int64), form.start) == 0
        choice = plain & (form.most == 1) & (form.least <= 1) & (np.diff(form.start) > 0) & choices
        some, not_all = (kind & ~choice & (choices and self._clauses) for kind in _clauses(form, flags))
        literals = np.where(some[row_of] == (form.coefs > 0), form.cols, -form.cols - 1).tolist()
        least, most = np.where(form.least == -NONE, LEAST, form.least), np.where(form.most == NONE, MOST, form.most)
        add = self.proto.constraints.add
        ends, cols, coefs = form.start.tolist(), form.cols.tolist(), form.coefs.tolist()
        for first, end, low, high, is_choice, is_clause in zip(ends[:-1], ends[1:], least.tolist(), most.tolist(),
                                                               choice.tolist(), (some | not_all).tolist(), strict=True):
            row = add()
            if is_choice:
                (row.exactly_one if low == 1 else row.at_most_one).literals.extend(cols[first:end])
            elif is_clause:
                row.bool_or.literals.extend(literals[first:end])
            else:
                row = row.linear
                row.vars.extend(cols[first:end])
                row.coeffs.extend(coefs[first:end])
                row.domain.extend((low, high))

    def switched(self, form: Form, groups: Sequence[int]) -> list[int]:
        """The rows of a form, each binding only while its group's switch is on; returns the switches, all assumed."""
        switches = list(range(self.width, self.width + max(groups, default=-1) + 1))
        for _ in switches:
            self.proto.variables.add().domain.extend((0, 1))
        first = len(self.proto.constraints)
        self.add(form, choices=False)           # a choice cannot be switched
        for number, group in enumerate(groups):
            self.proto.constraints[first + number].enforcement_literal.append(switches[group])
        self.proto.assumptions.extend(switches)
        return switches

    def aim(self, vars_: Sequence[int], coefs: Sequence[int], const: int = 0, large: bool = False) -> None:
        """Make this sum small (or large)."""
        self.proto.clear_objective()
        cost = self.proto.objective
        cost.vars.extend(vars_)
        cost.coeffs.extend([-c for c in coefs] if large else coefs)
        cost.offset = float(-const if large else const)
        if large:
            cost.scaling_factor = -1.0

    def aimless(self) -> None:
        """Any solution will do."""
        self.proto.clear_objective()

    def hint(self, vars_: Sequence[int], values: Sequence[int]) -> None:
        """Where to look first."""
        self.proto.clear_solution_hint()
        self.proto.solution_hint.vars.extend(vars_)
        self.proto.solution_hint.values.extend(values)


def _clauses(form: Form, flags: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which rows say “some of these” (of a cell with −1: its opposite), and which “not all of these”."""
    lengths = np.diff(form.start)
    unit = (sums(((np.abs(form.coefs) != 1) | ~flags).astype(np.int64), form.start) == 0) & (lengths > 0)
    minus = sums((form.coefs < 0).astype(np.int64), form.start)
    plus = lengths - minus
    some = unit & (form.most >= plus) & (form.least == 1 - minus)
    return some, unit & (form.least <= -minus) & (form.most == plus - 1)


class Run:
    """One run of CP-SAT: ``parameters`` first, then ``solve``; ``stop`` from any other thread."""

    def __init__(self) -> None:
        from ortools.sat.python import cp_model_helper

        self._helper = cp_model_helper
        self._wrapper: Any = cp_model_helper.SolveWrapper()
        self.parameters: Any = cp_model_helper.SatParameters()
        self.parameters.catch_sigint_signal = False         # it would leave the process without Python's own handler
        self.response: Any = None
        self._proto: Any = None

    def set(self, name: str, value: Any) -> None:
        """One of CP-SAT's parameters; a choice among several is given by its name."""
        setattr(self.parameters, name, getattr(self._helper.SatParameters, value) if isinstance(value, str) else value)

    def solve(self, handed: Handed, tell: Callable[[int | None, int | None], None] | None = None) -> Run:
        """Solve it; ``tell`` is called with each better value, and with each better bound. Returns this run."""
        wrapper, helper = self._wrapper, self._helper
        wrapper.set_parameters(self.parameters)
        callback = None
        if tell is not None:
            said = tell

            class OnSolution(helper.SolutionCallback):      # type: ignore[name-defined, misc]
                def OnSolutionCallback(self) -> None:
                    said(round(self.ObjectiveValue()), None)

            callback = OnSolution()
            wrapper.add_solution_callback(callback)
            wrapper.add_best_bound_callback(lambda bound: said(None, round(bound)))
        self._proto = handed.proto
        self.response = wrapper.solve(handed.proto)
        if callback is not None:
            wrapper.clear_solution_callback(callback)
        return self

    def stop(self) -> None:
        """End the search with what it has."""
        self._wrapper.stop_search()

    @property
    def refused(self) -> str:
        """Why CP-SAT would not take the model (one of its numbers is too large, say); empty where it took it."""
        if self.response.status != self._helper.CpSolverStatus.MODEL_INVALID:
            return ""
        return self._helper.CpSatHelper.validate_model(self._proto) or "no reason given"

    @property
    def impossible(self) -> bool:
        """Whether it is proven that there is no solution."""
        return self.response.status == self._helper.CpSolverStatus.INFEASIBLE

    @property
    def found(self) -> bool:
        """Whether there is a solution."""
        status = self._helper.CpSolverStatus
        return self.response.status in (status.OPTIMAL, status.FEASIBLE)

    @property
    def values(self) -> list[int]:
        """The best solution found; empty when there is none."""
        return list(self.response.solution)

    @property
    def bound(self) -> int | None:
        """What is proven of the aim; None where nothing is.

        Ended before it began, CP-SAT says 0 of anything, and 0 of the best value too (measured, 9.15): without a
        solution, a bound that is the value is none.
        """
        bound = self.response.best_objective_bound
        return None if not self.found and bound == self.response.objective_value else round(bound)

    @property
    def work(self) -> float:
        """The deterministic work that it took, about seconds."""
        return self.response.deterministic_time

    def blamed(self) -> Iterable[int]:
        """Of an impossible model: assumed switches that cannot all be on."""
        return self._helper.ResponseHelper.sufficient_assumptions_for_infeasibility(self.response)
