"""What costs is decided by the relaxation; everything else is then any schedule that keeps the rules.

Where a cost counts what each person is granted, nearly all of that is whole in a relaxation whose costs were nudged by
chance. With it decided, nothing pulls any more at the many cells that cost nothing, and CP-SAT without a relaxation of
its own finds a schedule at once, where the whole question takes it minutes (docs/solving.md has the measurements).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from scheduler.solve.contradictions import AT_ONCE, BACKWARDS, BY_CORES
from scheduler.solve.engine import Found, Job
from scheduler.solve.form import Form, Ints
from scheduler.solve.lp import Prices, Relaxation
from scheduler.solve.settings import QUICK
from scheduler.solve.submodel import Part, Question, Reply, part_of, rest_holds

#: costs are multiplied by this, and chance adds less than ``CHANCE`` to each: less than one unit of cost
NUDGE, CHANCE = 100, 20
#: PDLP's iterations and relative accuracy: what is decided must stand out from the noise of the method
TURNS, TOLERANCE = 50_000, 1e-5
#: a value this close to a whole number is decided
WHOLE = 0.02
#: two ways to ask for the rest, by contradictions: luck decides which of them finds anything
REST: tuple[dict[str, Any], ...] = (AT_ONCE, {**BY_CORES, **BACKWARDS, **QUICK, "cp_model_presolve": True})
#: attempts, each nudged otherwise; work for the first, and for each so many open variables of it; each gets half more
TRIES, WORK, CELLS = 4, 0.4, 10_000
#: open variables beyond which a whole schedule is too much for one question
EVER = 200_000


class Deciding:
    """``next`` is asked for questions; every question comes with what takes the answer and returns a whole schedule."""

    def __init__(self, form: Form, cost: Ints, seed: int, tries: int = TRIES, prepared: bool = False):
        self.form, self.cost, self.seed, self.prepared = form, cost, seed, prepared
        self._left = self._tries = tries
        self._line: deque[tuple[Part, Part, int, int]] = deque()
        self.running = 0

    @property
    def over(self) -> bool:
        """Whether nothing more comes of it."""
        return not (self._left or self._line or self.running)

    @property
    def fresh(self) -> bool:
        """Whether nothing was tried yet, or a question is ready that the relaxation was already solved for."""
        return self._left == self._tries or bool(self._line)

    def next(self, prices: Prices, bound: int, seconds: float | None
             ) -> tuple[Job, Callable[[Found], Ints | None]] | None:
        """The next question; None while there is nothing to ask. ``bound`` is proven of the whole."""
        if self._line:
            self.running += 1
            return self._whole(*self._line.popleft(), seconds)
        if not self._left or self.running:
            return None
        self._left -= 1
        low, high = prices.within(self.form, bound)
        part = part_of(self.form, low, np.flatnonzero(low < high), low, high)
        if len(part.open) > EVER or not rest_holds(self.form, part):
            self._left = 0
            return None
        tried = self._tries - self._left
        cost = self.cost[part.open]
        chance = np.random.default_rng(self.seed + tried).integers(0, CHANCE, len(part.open))
        nudged: Ints = cost * NUDGE + np.where(cost > 0, chance, np.where(cost < 0, -chance, 0))
        self.running += 1
        return (Relaxation(part.form, nudged, TURNS, seconds, TOLERANCE, prepared=self.prepared),
                lambda found: self._take_near(found, part, tried))

    def _take_near(self, found: Found, part: Part, tried: int) -> None:
        """Hold what the relaxation decided, and put the question for the rest in line."""
        self.running -= 1
        if not isinstance(found, Prices):
            self._left = 0
            return
        whole = np.rint(found.near).astype(np.int64)
        decided = (self.cost[part.open] != 0) & (np.abs(found.near - whole) < WHOLE)
        low, high = part.form.low.copy(), part.form.high.copy()
        low[decided] = high[decided] = np.clip(whole, low, high)[decided]
        rest = part_of(part.form, low, np.flatnonzero(low < high), low, high)
        if rest_holds(part.form, rest):
            self._line.append((part, rest, tried, 0))

    def _whole(self, part: Part, rest: Part, tried: int, asked: int, seconds: float | None
               ) -> tuple[Question, Callable[[Found], Ints | None]]:
        cost = self.cost[part.open][rest.open]
        work = WORK * max(1.0, len(rest.open) / CELLS) * 1.5 ** (tried - 1)

        def take(found: Found) -> Ints | None:
            assert isinstance(found, Reply)
            self.running -= 1
            if found.status == "unknown" and asked + 1 < len(REST):
                self._line.append((part, rest, tried, asked + 1))
            return None if found.values is None else part.whole(rest.whole(found.values))

        return Question(rest.form, cost, None, work, seconds, seed=self.seed + tried,
                        parameters=tuple(REST[asked].items())), take
