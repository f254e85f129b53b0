"""A part of the model with the rest fixed: small arrays, solved by CP-SAT, in this process or in another.

What is fixed is taken out, not held by a condition, so a part costs what it has open. A ``Question`` can be sent to
another process or machine; its ``Reply`` speaks of the part's own variables, and ``Part.whole`` puts them back.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from scheduler.domain.result import Status
from scheduler.solve.form import NONE, Form, Ints, one_row, ranges, starts, sums
from scheduler.solve.handed import Handed, Run
from scheduler.solve.settings import QUICK
from scheduler.solve.stopping import Stop

#: CP-SAT led by the relaxation (small parts, proofs), and without one (any schedule: it would only slow it down)
LED: tuple[tuple[str, Any], ...] = (("linearization_level", 2), *QUICK.items())
BLIND: tuple[tuple[str, Any], ...] = (("linearization_level", 0), *QUICK.items())


@dataclass(frozen=True)
class Part:
    """The open variables of a form, and the form that is left of it when all others keep their values."""

    form: Form
    open: Ints
    values: Ints

    def whole(self, found: Ints) -> Ints:
        """The whole solution: this part as found, everything else as it was."""
        values = self.values.copy()
        values[self.open] = found
        return values


def rest_holds(form: Form, part: Part) -> bool:
    """Whether the rows that have nothing open hold: a part says nothing of them."""
    amounts = form.amounts(part.values)
    wrong = (amounts < form.least) | (amounts > form.most)
    wrong[form.rows_with(part.open)] = False
    return not np.any(wrong)


def part_of(form: Form, values: Ints, open_: Ints, low: Ints | None = None, high: Ints | None = None) -> Part:
    """The part of ``form`` that is left when only ``open_`` may differ from ``values``.

    ``low`` and ``high`` are tighter bounds of the whole form's variables, where some are known.
    """
    rows = form.rows_with(open_)
    at = ranges(form.start, rows)
    cols, coefs = form.cols[at], form.coefs[at]
    numbers = np.full(form.width, -1, np.int64)
    numbers[open_] = np.arange(len(open_))
    number = numbers[cols]
    is_open = number >= 0
    start = starts(form.start[rows + 1] - form.start[rows])
    fixed = sums(np.where(is_open, 0, coefs * values[cols]), start)
    inner = starts(sums(is_open.astype(np.int64), start))
    least, most = form.least[rows], form.most[rows]
    small = Form((form.low if low is None else low)[open_], (form.high if high is None else high)[open_], inner,
                 number[is_open], coefs[is_open], np.where(least == -NONE, -NONE, least - fixed),
                 np.where(most == NONE, NONE, most - fixed))
    return Part(without_idle_rows(small), open_, values)


def without_idle_rows(form: Form) -> Form:
    """Without the rows that hold whatever is decided."""
    down, up = form.reach()
    return form.only(np.flatnonzero((down < form.least) | (up > form.most)))


@dataclass(frozen=True)
class Question:
    """Make ``cost`` small on a form (None: any solution), or say that no solution costs at most ``target``.

    ``work`` limits the search in the solver's own deterministic time (about seconds), ``seconds`` in wall time.
    ``hint`` is where to look first. ``parameters`` are CP-SAT's own, on top of one worker and the seed.
    """

    form: Form
    cost: Ints | None = None
    target: int | None = None
    work: float | None = None
    seconds: float | None = None
    hint: Ints | None = None
    seed: int = 1
    parameters: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Reply:
    """``status`` ``impossible``: no solution within the target; ``bound`` is of the cost, proven by CP-SAT (of all
    solutions within the target, where there is one).

    ``work`` is what the search took, in the solver's deterministic time; ``seconds`` in wall time.
    """

    status: Status
    values: Ints | None = None
    bound: int | None = None
    work: float = 0.0
    seconds: float = 0.0


def answer(question: Question, stop: Stop | None = None) -> Reply:
    """Ask CP-SAT, in this process; ``stop`` ends the search early, with the best found so far."""
    began = time.monotonic()
    handed, cost = Handed(question.form, dict(question.parameters).get("linearization_level") == 0), question.cost
    if cost is not None:
        at = np.flatnonzero(cost)
        if question.target is not None:
            handed.add(one_row(question.form, at, cost[at], -int(NONE), question.target))
        handed.aim(at.tolist(), cost[at].tolist())
    if question.hint is not None:
        handed.hint(range(len(question.hint)), question.hint.tolist())
    run = Run()
    _apply(question, run, began)
    if stop is not None:
        stop.calls(run.stop)
        if stop.asked:
            return Reply("unknown")
    run.solve(handed)
    work, seconds = run.work, time.monotonic() - began
    if run.impossible:
        return Reply("impossible", work=work, seconds=seconds)
    if not run.found:
        return Reply("unknown", None, None if cost is None else run.bound, work, seconds)
    values = np.array(run.values, dtype=np.int64)
    if cost is None:
        return Reply("optimal", values, work=work, seconds=seconds)
    bound = run.bound
    return Reply("optimal" if int(cost @ values) == bound else "feasible", values, bound, work, seconds)


def _apply(question: Question, run: Run, began: float) -> None:
    run.set("num_workers", 1)
    run.set("random_seed", question.seed)
    if question.work is not None:
        run.set("max_deterministic_time", question.work)
    if question.seconds is not None:
        run.set("max_time_in_seconds", max(0.01, question.seconds - (time.monotonic() - began)))
    for name, value in question.parameters:
        run.set(name, value)
