"""The beginning of a search that has no schedule yet: an elastic model, first years in it, a price of what is missed.

A relaxation with costs nudged by chance is nearly whole; close to it every person's year is found (``years``). What
these years miss together has a price, and the same search that makes schedules cheaper then makes it vanish.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scheduler.solve.elastic import Elastic, elastic
from scheduler.solve.engine import Found, Job
from scheduler.solve.form import Form, Ints, ranges
from scheduler.solve.lp import LARGE, Prices, Relaxation
from scheduler.solve.neighbourhoods import Places
from scheduler.solve.submodel import Reply
from scheduler.solve.years import Years

#: costs are multiplied by this, and chance adds less than this to each cell, where a relaxation is to be nearly whole
NUDGE = 200
#: PDLP's iterations and relative accuracy for that; of a large model, whose years are found as well with less
TURNS, TOLERANCE, ROUGH = 50_000, 1e-4, 1e-3
#: parts in a row that made nothing less missed, after which what is missed gets twice as dear; parts in a row that
#: made nothing better at all, after which the beginning has failed
DEARER, ENOUGH = 8, 100
#: how much more (or less) of a variable the relaxation has, where it is to draw a part
WANTED = 0.05
#: the dearest that a missed unit can get
MOST_PRICE = 1 << 20


class Beginning:
    """``values`` are a schedule of the elastic model once all years are there; ``failed`` where nothing comes of it."""

    def __init__(self, form: Form, cost: Ints, places: Places, seed: int):
        self.elastic: Elastic = elastic(form, places)
        number = len(self.elastic.row)
        nowhere = np.full(number, -1, np.int64)
        self.form, self.plain, self.cost, self.seed = self.elastic.form, form, cost, seed
        self.places = Places(np.concatenate([places.person, nowhere]), np.concatenate([places.slot, nowhere]))
        self.price = 2 * max(1, int(np.max(np.abs(cost), initial=0)))
        self.values: Ints | None = None
        self.failed = self.impossible = False
        self._asked = False
        self._years: Years | None = None
        self._no_less = self._no_better = 0

    def missed(self, values: Ints) -> int:
        """How much a schedule of the elastic model misses of what links people."""
        return int(values[self.elastic.width:].sum())

    def priced(self) -> Ints:
        """The cost, with what is missed at its price."""
        return np.concatenate([self.cost, np.full(len(self.elastic.row), self.price)])

    def around(self, values: Ints) -> Ints:
        """Variables of the rows of which something is missed: those that the relaxation would have otherwise, so that
        less would be missed; all of them where there are none."""
        missed = values[self.elastic.width:] > 0
        rows, side = self.elastic.row[missed], self.elastic.side[missed]
        at = ranges(self.form.start, rows)
        vars_, toward = self.form.cols[at], np.repeat(side, self.form.start[rows + 1] - self.form.start[rows])
        own = vars_ < self.elastic.width
        vars_, toward = vars_[own], (toward * self.form.coefs[at])[own]
        assert self._years is not None
        wanted = vars_[toward * (self._years.near[vars_] - values[vars_]) > WANTED]
        return wanted if len(wanted) else vars_

    def next(self, prices: Prices | None, left: float | None, share: float
             ) -> tuple[Job, Callable[[Found], None]] | None:
        """The next question and who takes what comes back; None while there is nothing to ask.

        ``share`` of the seconds ``left`` is what the relaxation may take; ``prices`` are there in case it fails.
        """
        if not self._asked:
            self._asked = True
            noise = np.random.default_rng(self.seed).integers(0, NUDGE, self.plain.width)
            nudged = self.cost * NUDGE + np.where(self.places.helper[:self.plain.width], 0, noise)
            seconds = None if left is None else left * share
            accuracy = ROUGH if len(self.plain.cols) > LARGE else TOLERANCE
            return Relaxation(self.plain, nudged, TURNS, seconds, accuracy), lambda found: self._take(found, prices)
        asked = None if self._years is None or self.failed else self._years.next(left)
        if asked is None:
            return None
        question, *about = asked
        return question, lambda found: self._take_year(found, *about)

    def watch(self, less: bool, better: bool) -> None:
        """After a part: what is missed gets dearer while it does not get less."""
        self._no_less = 0 if less else self._no_less + 1
        self._no_better = 0 if better else self._no_better + 1
        self.failed = self._no_better >= ENOUGH
        if self._no_less >= DEARER and self.price < MOST_PRICE:
            self.price, self._no_less = 2 * self.price, 0

    def _take(self, found: Found, prices: Prices | None) -> None:
        assert found is None or isinstance(found, Prices)
        close = found or prices
        near = self.plain.low.astype(np.float64) if close is None else close.near
        self._years = Years(self.elastic, self.cost, self.places.helper, near, self.seed)

    def _take_year(self, found: Found, *about) -> None:
        assert isinstance(found, Reply) and self._years is not None
        self._years.take(found, *about)
        self.impossible = self._years.impossible
        self.failed = self._years.failed
        if self._years.done:
            self.values = self.elastic.filled(self._years.values)
