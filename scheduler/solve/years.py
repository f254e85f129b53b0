"""A first schedule of a large model: every person's year by itself, close to a relaxation that is nearly whole.

The years are found one after another. Each keeps everything that concerns its person alone, and leans against what the
years before it have done to the rows between people: where too many are there already, being there costs more. What is
missed in the end is slack of the elastic model, and the search makes it vanish.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.result import Status
from scheduler.solve.elastic import NOBODY, Elastic
from scheduler.solve.form import Ints, ranges
from scheduler.solve.submodel import LED, Part, Question, Reply, part_of

#: weights in a year's cost: its distance from the relaxation, a unit too many in a row between people, its own cost
DISTANCE, LEAN, COST = 20, 10, 3
#: weights are multiplied by this before they are rounded
GRAIN = 10
#: work for one year, and for what is nobody's; a last try gets four times as much
YEAR_WORK = 0.5
#: a first try opens the cells that the relaxation uses more of than this, and so many others, those that cost least
USED, OTHERS = 1e-3, 400
NARROW, WHOLE, AGAIN = 1, 2, 3
#: a year is so small a model that preparing it takes a third of the time; later tries have it all the same
FIRST = (*LED, ("cp_model_presolve", False))


class Years:
    """One question after another; ``values`` are complete when ``done``, or ``failed`` says that they never will be."""

    def __init__(self, elastic: Elastic, cost: Ints, helper: NDArray[np.bool_], near: NDArray[np.float64], seed: int):
        self.elastic, self.helper, self.seed = elastic, helper, seed
        self.cost = cost[:elastic.width]
        own = elastic.own
        self.near = np.clip(near[:elastic.width], own.low, own.high)
        self.values = own.low.copy()
        self.impossible = self.failed = False
        self._people = deque((n, NARROW) for n in range(int(elastic.owner.max(initial=NOBODY)) + 1))
        self._running = 0
        self._shared = deque([WHOLE] if np.any(elastic.owner == NOBODY) else [])
        order = np.argsort(elastic.owner, kind="stable")
        self._vars = np.split(order, np.searchsorted(elastic.owner[order], range(len(self._people) + 1)))[1:]
        is_link = np.zeros(elastic.form.height, bool)
        is_link[elastic.links] = True
        form = elastic.form
        rows = form.row_of()
        at = np.flatnonzero(is_link[rows] & (form.cols < elastic.width))
        at = at[np.argsort(form.cols[at], kind="stable")]
        self._rows, self._coefs = rows[at], form.coefs[at]
        self._start = np.concatenate([np.zeros(1, np.int64),
                                      np.cumsum(np.bincount(form.cols[at], minlength=elastic.width))])
        self._ahead = np.zeros(form.height)     # how much more of each row is there than the relaxation had so far

    @property
    def done(self) -> bool:
        """Whether every year is there."""
        return not self._people and not self._running and not self._shared and not self.failed

    def next(self, seconds: float | None) -> tuple[Question, Part, int, int] | None:
        """The next question, the part it is about, its person (−1: what is nobody's), and its try; None: wait.

        The tries: few cells of the person's year, all of them, and any year at all.
        """
        if self._people:
            person, tried = self._people.popleft()
            vars_ = self._vars[person]
            if tried == NARROW:
                vars_ = vars_[self._narrow(vars_, self._lean(vars_))]
            part = part_of(self.elastic.own, self.values, vars_)
            cost = None if tried == AGAIN else self._lean(vars_)
        elif self._shared and not self._running:
            person, tried = NOBODY, self._shared.popleft()
            form = self.elastic.form
            full = self.elastic.filled(self.values)
            part = part_of(form, full, np.concatenate([np.flatnonzero(self.elastic.owner == NOBODY),
                                                       self.elastic.slack]))
            cost = np.concatenate([self.cost, np.full(len(self.elastic.slack), 1 + int(np.abs(self.cost).max()))])
            cost = cost[part.open]
        else:
            return None
        self._running += 1
        return (Question(part.form, cost, None, YEAR_WORK * (4 if tried == AGAIN else 1), seconds, seed=self.seed,
                         parameters=FIRST if tried == NARROW else LED), part, person, tried)

    def take(self, reply: Reply, part: Part, person: int, tried: int) -> None:
        """What came back."""
        self._running -= 1
        status: Status = reply.status
        if reply.values is None or (tried == NARROW and self._breaks(person, part.whole(reply.values))):
            surely = status == "impossible" and tried != NARROW
            self.impossible = self.impossible or (surely and person != NOBODY)
            if surely or tried == AGAIN:
                self.failed = True
            else:
                (self._people.append((person, tried + 1)) if person != NOBODY else self._shared.append(tried + 1))
            return
        self.values[part.open[part.open < self.elastic.width]] = reply.values[part.open < self.elastic.width]
        if person != NOBODY:
            at, counts = self._at(part.open)
            moved = np.repeat(self.values[part.open] - self.near[part.open], counts)
            np.add.at(self._ahead, self._rows[at], self._coefs[at] * moved)

    def _narrow(self, vars_: Ints, cost: Ints) -> NDArray[np.bool_]:
        """Which of one person's variables a first try opens: about a fifth, in a sixth of the time."""
        helper, used = self.helper[vars_], self.near[vars_] > USED
        used[np.argsort(np.where(helper, np.iinfo(np.int64).max, cost), kind="stable")[:OTHERS]] = True
        return helper | used

    def _breaks(self, person: int, values: Ints) -> bool:
        """Whether one person's year breaks a row: with few cells open, some rows have none and were not asked of."""
        own = self.elastic.own.only(self.elastic.own.rows_with(self._vars[person]))
        amounts = own.amounts(values)
        return bool(np.any((amounts < own.least) | (amounts > own.most)))

    def _lean(self, vars_: Ints) -> Ints:
        """The cost of one person's variables: close to the relaxation, against what the rows have too much of."""
        at, counts = self._at(vars_)
        against = np.zeros(len(vars_))
        np.add.at(against, np.repeat(np.arange(len(vars_)), counts), self._coefs[at] * self._ahead[self._rows[at]])
        far = np.where(self.helper[vars_], 0.0, 1.0 - 2.0 * self.near[vars_])
        return np.rint(GRAIN * (DISTANCE * far + 2 * LEAN * against + COST * self.cost[vars_])).astype(np.int64)

    def _at(self, vars_: Ints) -> tuple[Ints, Ints]:
        """Where the coefficients of these variables in rows between people are, and how many each has."""
        return ranges(self._start, vars_), self._start[vars_ + 1] - self._start[vars_]
