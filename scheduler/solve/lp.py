"""The linear relaxation of a stage: a bound that is proven in whole numbers, and what it rules out.

PDLP, a first-order method, comes close in a few seconds where the simplex method takes minutes; close is enough, since
*any* prices of the rows give a proven bound (weak duality). The prices are rounded to multiples of 1/SCALE and the
bound is added up in whole numbers, so no rounding error of any solver can make it claim too much.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.form import NONE, Form, Ints
from scheduler.solve.stopping import Stop

#: prices are multiples of 1/SCALE
SCALE = 1 << 24
#: seconds that one iteration takes for each coefficient, roughly; work is counted with it so that it can be repeated
WORK = 4e-9
#: coefficients from which a model is large: the usual accuracy would take minutes
LARGE = 500_000
#: coefficients from which a relaxation has the machine for itself: two at once would be too much for its memory
HUGE = 4_000_000
#: the most processors for one relaxation; more do not make it quicker
MOST_THREADS = 4


@dataclass(frozen=True)
class Prices:
    """What prices of the rows prove of ``min cost·x``: cost·x ≥ total/SCALE + Σ |reduced[j]|/SCALE · (distance of x_j
    from the bound its reduced cost prefers). ``near`` is the relaxation's own x, as close as the solver came, and
    ``work`` what it took, by the count of operations (about seconds)."""

    total: int
    reduced: Ints
    near: NDArray[np.float64]
    work: float = 0.0

    @property
    def bound(self) -> int:
        """No whole-number solution costs less."""
        return -(-self.total // SCALE)

    def within(self, form: Form, target: int) -> tuple[Ints, Ints]:
        """Bounds that every solution of at most ``target`` keeps; low > high somewhere when there is none."""
        room = target * SCALE - self.total
        if room < 0:
            return form.low, np.minimum(form.high, form.low - 1)
        far = room // np.maximum(np.abs(self.reduced), 1)
        high = np.where(self.reduced > 0, np.minimum(form.high, form.low + far), form.high)
        low = np.where(self.reduced < 0, np.maximum(form.low, form.high - far), form.low)
        return low, high


def prices_of(form: Form, cost: Ints, duals: NDArray[np.float64], near: NDArray[np.float64]) -> Prices | None:
    """What these prices prove, in whole numbers; None where the numbers are too large for that."""
    if not np.all(np.isfinite(duals)):
        return None
    prices = np.rint(duals * SCALE)
    if (np.max(np.abs(prices), initial=0.0) * max(1, np.max(np.abs(form.coefs), initial=0)) > 2.0 ** 52
            or np.max(np.abs(cost), initial=0) * SCALE > 2 ** 52):
        return None
    whole = prices.astype(np.int64)
    whole[((whole > 0) & (form.least == -NONE)) | ((whole < 0) & (form.most == NONE))] = 0
    reduced = cost * SCALE
    np.subtract.at(reduced, form.cols, form.coefs * whole[form.row_of()])
    side = np.where(whole > 0, form.least, np.where(whole < 0, form.most, 0))
    best = np.where(reduced > 0, form.low, form.high)
    return Prices(_dot(whole, side) + _dot(reduced, best), reduced, near)


def _dot(one: Ints, other: Ints) -> int:
    """Σ one·other, exactly: the numbers are split so that no sum leaves 64 bits."""
    used = np.flatnonzero(one)
    one, other = one[used], other[used]
    top, rest = one >> 26, one & ((1 << 26) - 1)
    if np.max(np.abs(other), initial=0) < 1 << 16 and len(one) < 1 << 20:
        return (int(np.sum(top * other)) << 26) + int(np.sum(rest * other))
    return sum(a * b for a, b in zip(one.tolist(), other.tolist(), strict=True))


@dataclass(frozen=True)
class Relaxation:
    """A question for an engine: the prices of ``min cost·x`` on a form.

    ``turns`` limits PDLP's iterations (repeatable), ``seconds`` its wall time; ``tolerance`` is its relative accuracy.
    ``threads`` are the processors that it may use. ``prepared``: GLOP's preparation comes first, which saves small
    models a third of the iterations; large ones it costs more than it saves, and twice the memory.
    """

    form: Form
    cost: Ints
    turns: int | None = None
    seconds: float | None = None
    tolerance: float = 1e-6
    threads: int = 1
    prepared: bool = False


def relax(asked: Relaxation, stop: Stop | None = None) -> Prices | None:
    """Solve the relaxation, in this process; None where it gave no prices. ``stop`` ends it early."""
    from ortools.math_opt import callback_pb2, model_parameters_pb2, parameters_pb2
    from ortools.math_opt.core.python import solver
    from ortools.util.python.solve_interrupter import SolveInterrupter

    parameters = parameters_pb2.SolveParametersProto(threads=asked.threads)
    if asked.seconds is not None:
        parameters.time_limit.FromTimedelta(timedelta(seconds=max(0.01, asked.seconds)))
    if asked.turns is not None:
        parameters.iteration_limit = asked.turns
    near_enough = parameters.pdlp.termination_criteria.simple_optimality_criteria
    near_enough.eps_optimal_relative, near_enough.eps_optimal_absolute = asked.tolerance, 1e-6
    parameters.pdlp.presolve_options.use_glop = asked.prepared
    interrupter = SolveInterrupter()
    if stop is not None:
        stop.calls(interrupter.interrupt)
    try:        # MathOpt's core takes the model as it is; its Model would keep every coefficient in tables of its own
        result = solver.solve(_proto(asked.form, asked.cost), parameters_pb2.SOLVER_TYPE_PDLP,
                              parameters_pb2.SolverInitializerProto(), parameters,
                              model_parameters_pb2.ModelSolveParametersProto(), None,
                              callback_pb2.CallbackRegistrationProto(), None, interrupter.pybind_interrupter)
    except (ValueError, RuntimeError):      # no prices then; the search goes on without
        return None
    for solution in result.solutions:
        if solution.HasField("primal_solution") and solution.HasField("dual_solution"):
            near = np.array(solution.primal_solution.variable_values.values, np.float64)
            duals = np.array(solution.dual_solution.dual_values.values, np.float64)
            found = prices_of(asked.form, asked.cost, duals, near)
            turns = result.solve_stats.first_order_iterations
            return found and replace(found, work=turns * len(asked.form.cols) * WORK)
    return None


def _proto(form: Form, cost: Ints):
    """The relaxation in MathOpt's own notation; arrays go into it without becoming lists first."""
    from ortools.math_opt import model_pb2

    proto = model_pb2.ModelProto()
    variables, rows, matrix = proto.variables, proto.linear_constraints, proto.linear_constraint_matrix
    variables.ids.extend(range(form.width))
    variables.lower_bounds.extend(_read(form.low.astype(np.float64)))
    variables.upper_bounds.extend(_read(form.high.astype(np.float64)))
    variables.integers.extend(_read(np.zeros(form.width, bool)))
    rows.ids.extend(range(form.height))
    rows.lower_bounds.extend(_read(np.where(form.least == -NONE, -np.inf, form.least)))
    rows.upper_bounds.extend(_read(np.where(form.most == NONE, np.inf, form.most)))
    matrix.row_ids.extend(_read(form.row_of()))
    matrix.column_ids.extend(_read(form.cols))
    matrix.coefficients.extend(_read(form.coefs.astype(np.float64)))
    used = np.flatnonzero(cost)
    proto.objective.linear_coefficients.ids.extend(_read(used))
    proto.objective.linear_coefficients.values.extend(_read(cost[used].astype(np.float64)))
    return proto


def _read(numbers: NDArray[Any]) -> memoryview:
    """Numbers one by one, without a list of them all."""
    return numbers.data
