"""Is there a schedule at the proven bound? Asked of CP-SAT with only the cells that the relaxation's prices leave.

Yes is the best, proven; no raises the bound. In between a proof gets about as much work as everything else does.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scheduler.solve.engine import Found
from scheduler.solve.incumbent import Incumbent
from scheduler.solve.lp import Prices
from scheduler.solve.submodel import LED, Part, Question, Reply, part_of, rest_holds

#: open variables up to which a proof is tried before any schedule is looked for, and up to which one is tried at all
FIRST, EVER = 10_000, 80_000
#: work for the first proof; every other gets twice as much
WORK = 2.0
#: a proof that took this much work and failed: the search has said all it can
ENOUGH = 64.0
#: a proof is asked of all that is better than the best so far, not of the bound alone, where that is no further than
#: this many units from it and leaves no more than so many times as much open; after each "no", of twice as many units
STEPS, AS_MUCH = 8, 1.25
#: the gap above which a proof at the bound is seldom worth its work
WIDE = 0.005


class Proving:
    """``next`` is asked for a question whenever there is room for one. ``briefly``: two are asked at most.

    ``since`` is the work that everything else took since the last proof; the search adds to it.
    """

    def __init__(self, now: Incumbent, seed: int, briefly: bool):
        self.now, self.seed, self.briefly = now, seed, briefly
        self.cells = int(np.count_nonzero(now.form.low < now.form.high))
        self.since = float("inf") if self.cells <= FIRST else 0.0
        self.failed = False
        self._work, self._asked, self._step = WORK, False, 0

    def next(self, prices: Prices, seconds: float | None) -> tuple[Question, Callable[[Found], None]] | None:
        """The next question and what takes its answer; None while none is due."""
        while not self.now.done and self._due():
            target, part = self._question(prices)
            if rest_holds(self.now.form, part):
                return self._ask(target, part, seconds)
            self.now.raise_bound(target + 1)        # the prices leave too little for any schedule
        return None

    def _due(self) -> bool:
        if self._asked or self.cells > EVER:
            return False
        if self.briefly:
            return self._work <= 2 * WORK
        wide = self.now.value is None or self.now.value - self.now.bound > WIDE * abs(self.now.bound) + 2
        return self.since >= self._work * (16 if wide else 1)

    def _question(self, prices: Prices) -> tuple[int, Part]:
        """The most that a schedule may cost, and the part of the model that such schedules are in."""
        target, form = self.now.bound, self.now.form
        low, high = prices.within(form, target)
        further = target + self._step
        if self.now.known is not None and self.now.known - 1 <= target + max(STEPS, self._step):
            further = self.now.known - 1
        if further > target:
            wider = prices.within(form, further)
            if np.count_nonzero(wider[0] < wider[1]) <= AS_MUCH * np.count_nonzero(low < high):
                target, (low, high) = further, wider
        return target, part_of(form, low, np.flatnonzero(low < high), low, high)

    def _ask(self, target: int, part: Part, seconds: float | None) -> tuple[Question, Callable[[Found], None]]:
        self._asked = True
        cost, fixed = self.now.cost_of(part)
        return (Question(part.form, cost, target - fixed, self._work, seconds, seed=self.seed, parameters=LED),
                lambda found: self._take(found, part, target))

    def _take(self, found: Found, part: Part, target: int) -> None:
        assert isinstance(found, Reply)
        self._asked, self.since = False, 0.0
        if found.status == "impossible":
            self.now.raise_bound(target + 1)
            self._step = 2 * self._step + 1
        elif found.values is None or not self.now.offer(part.whole(found.values)):
            self.failed = self._work >= ENOUGH
            self._work *= 2
        elif found.status == "optimal":             # the best of all that costs no more than the target
            self.now.raise_bound(int(self.now.cost @ part.whole(found.values)))
