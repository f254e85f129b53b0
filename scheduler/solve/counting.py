"""The best of everything that is left, by contradictions: a bound that rises, and a schedule that meets it.

Luck decides whether an order of the search finds the few sets that matter, in a second or never; so it is asked often,
each time in another order and for twice as long, in between the search for something better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import numpy as np

from scheduler.solve.contradictions import BY_CORES, SHUFFLED, VARIABLES, WAYS, countable
from scheduler.solve.engine import Found
from scheduler.solve.incumbent import Incumbent
from scheduler.solve.lp import Prices
from scheduler.solve.submodel import Part, Question, Reply, part_of, rest_holds

#: open variables up to which it is asked before anything is known, and up to which at all
FIRST, EVER = 30_000, 80_000
#: the most work for one question
ENOUGH = 64.0


class Counting:
    """``next`` is asked for a question whenever there is room for one. ``briefly``: only the first ways are tried.

    ``since`` is the work that looking for something better took since the last question; the search adds to it.
    """

    def __init__(self, now: Incumbent, seed: int, briefly: bool):
        self.now, self.seed = now, seed
        self.since, self._running, self._number = 0.0, False, 0
        cells = int(np.count_nonzero(now.form.low < now.form.high))
        self._ways = _ways(cells <= FIRST, briefly)
        self._way = next(self._ways, None) if countable(now.cost, now.form.low, now.form.high) else None

    def next(self, prices: Prices, seconds: float | None) -> tuple[Question, Callable[[Found], None]] | None:
        """The next question and what takes its answer; None while none is due."""
        if self._way is None or self._running or self.now.done:
            return None
        waits, work, parameters = self._way
        if waits and (self.since < work or self.now.known is None):
            return None
        form, target = self.now.form, None if self.now.known is None else self.now.known - 1
        low, high = (form.low, form.high) if target is None else prices.within(form, target)
        open_ = np.flatnonzero(low < high)
        work *= max(1.0, len(open_) / VARIABLES)
        if len(open_) > EVER or work > ENOUGH:
            self.since = 0.0                        # again when less is left
            return None
        if waits and self.since < work:
            return None
        part = part_of(form, low, open_, low, high)
        if target is not None and not rest_holds(form, part):
            self.now.raise_bound(target + 1)        # the prices leave too little for anything better
            return None
        self._running, self._way, self._number = True, next(self._ways, None), self._number + 1
        cost, fixed = self.now.cost_of(part)
        return (Question(part.form, cost, None, work, seconds, seed=self.seed + self._number, parameters=parameters),
                lambda found: self._take(found, part, target, fixed))

    def _take(self, found: Found, part: Part, target: int | None, fixed: int) -> None:
        """What is proven of the part holds for whatever is no dearer than the target."""
        assert isinstance(found, Reply)
        self._running, self.since = False, 0.0
        if found.values is not None:
            self.now.offer(part.whole(found.values))
        if found.status == "impossible" and target is None:
            self.now.impossible = True
            return
        bounds = [] if found.bound is None else [found.bound + fixed]
        if target is not None and (bounds or found.status == "impossible"):
            bounds.append(target + 1)
        if bounds:
            self.now.raise_bound(min(bounds))


def _ways(first: bool, briefly: bool) -> Iterator[tuple[bool, float, tuple[tuple[str, Any], ...]]]:
    """Whether to wait for as much other work, work for ``VARIABLES`` or fewer, and CP-SAT's parameters."""
    for work, way in WAYS[1:] if first else ():
        yield False, work, tuple(way.items())
    for number in () if briefly else count():
        yield True, WAYS[-1][0] * 2 ** number, tuple({**BY_CORES, **SHUFFLED}.items())
