"""The translation to CP-SAT, and one solve of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from scheduler.domain.linear import Linear
from scheduler.domain.result import Status
from scheduler.solve.form import Form, of_rows
from scheduler.solve.handed import Handed, Run
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

    def __init__(self, form: Form):
        self._form = form
        self.handed, self._hinted = Handed(form), False

    def add(self, sum_: Linear, at_least: int | None, at_most: int | None) -> None:
        """One more condition."""
        self.handed.add(of_rows(self._form.low, self._form.high, [(sum_, at_least, at_most)]))

    def hint(self, values: Sequence[int]) -> None:
        """Where to look first: a whole earlier solution."""
        self._hinted = True
        self.handed.hint(range(len(values)), values)

    def hint_some(self, values: Mapping[int, int]) -> None:
        """Where to look first, for some variables."""
        self._hinted = False
        self.handed.hint(list(values), list(values.values()))

    def aim(self, cost: Linear | None, large: bool = False) -> None:
        """Make this sum small (or large); None: any solution will do."""
        if cost is None or cost.fixed:
            self.handed.aimless()
        else:
            terms = cost.merged()
            self.handed.aim(list(terms), list(terms.values()), cost.const, large)

    def solve(self, cost: Linear | None, large: bool, settings: Settings, seconds: float | None = None,
              progress: Callable[[int | None, int | None], None] | None = None, turns: int | None = None) -> Answer:
        """Make ``cost`` small (or large) and prove it; Ctrl-C keeps the best found. ``seconds`` limits wall time.

        ``turns`` is how many turns are taken at most, where several ways take turns.
        """
        self.aim(cost, large)
        if not settings.takes_turns or self.handed.width < SMALL:
            return self._once(cost, settings, seconds, progress, {})
        best, began = Answer("unknown"), time.monotonic()
        for parameters in islice(settings.turns(self._hinted, self.handed.width), turns):
            left = None if seconds is None else seconds - (time.monotonic() - began)
            if left is not None and left <= 0:
                break
            if best.values is not None:
                self.hint(best.values)
            told = progress and not_worse(progress, best, large)
            best = joined(best, self._once(cost, settings, left, told, parameters), large)
            if best.stopped or best.status in ("optimal", "impossible"):
                break
        return best

    def _once(self, cost: Linear | None, settings: Settings, seconds: float | None,
              progress: Callable[[int | None, int | None], None] | None, parameters: Mapping[str, Any]) -> Answer:
        run = Run()
        settings.apply(run.parameters, seconds)
        for name, value in parameters.items():
            run.set(name, value)
        watch = _Watch(run, progress)
        began = time.monotonic()
        threading.Thread(target=watch.run, args=(self.handed,), daemon=True).start()
        stopped = False
        while not watch.over.is_set():
            try:
                watch.over.wait(0.2)            # not join: interrupted, it may say that a running thread is over
            except KeyboardInterrupt:
                stopped = True
                run.stop()
        if watch.error is not None:
            raise watch.error
        return _answer(run, cost, time.monotonic() - began, stopped)


def _answer(run: Run, cost: Linear | None, seconds: float, stopped: bool) -> Answer:
    if run.refused:
        raise ValueError(f"the solver refused the model: {run.refused}")
    if run.impossible:
        return Answer("impossible", seconds=seconds, stopped=stopped)
    if not run.found:
        bound = None if cost is None or cost.fixed else run.bound
        return Answer("unknown", bound=bound, seconds=seconds, stopped=stopped)
    values = run.values
    if cost is None or cost.fixed:
        value = 0 if cost is None else cost.const
        return Answer("optimal", values, value, value, seconds, stopped)
    value, bound = cost.value(values), run.bound
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


def not_worse(progress: Callable[[int | None, int | None], None], best: Answer, large: bool
               ) -> Callable[[int | None, int | None], None]:
    """Progress that never falls back behind what was known before."""
    def better(pair: tuple[int | None, int | None], up: bool) -> int | None:
        known = [v for v in pair if v is not None]
        return (max if up else min)(known) if known else None

    return lambda value, bound: progress(better((value, best.value), large), better((bound, best.bound), not large))


class _Watch:
    """Runs the solver beside the main thread, so that Ctrl-C and progress both work."""

    def __init__(self, run: Run, progress: Callable[[int | None, int | None], None] | None):
        self._run, self._progress = run, progress
        self.error: Exception | None = None
        self.over = threading.Event()
        self.best: int | None = None
        self.bound: int | None = None

    def say(self, best: int | None, bound: int | None) -> None:
        self.best = best if best is not None else self.best
        self.bound = bound if bound is not None else self.bound
        if self._progress is not None:
            self._progress(self.best, self.bound)

    def run(self, handed: Handed) -> None:
        try:
            self._run.solve(handed, self.say if self._progress else None)
        except Exception as error:  # handed to the main thread, which raises it
            self.error = error
        finally:
            self.over.set()
