"""One stage of a large model: a bound from the relaxation, schedules from parts searched anew, a proof when they meet.

Everything is decided by the solvers' deterministic work, never by the clock; only a time limit looks at the clock. With
one job at a time the search is repeatable. See docs/solving.md for what runs when, and why.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from scheduler.domain.result import Status
from scheduler.solve.beginning import NUDGE
from scheduler.solve.counting import Counting
from scheduler.solve.deciding import Deciding
from scheduler.solve.engine import Engine, Found, Job
from scheduler.solve.form import Form, Ints
from scheduler.solve.incumbent import Incumbent
from scheduler.solve.lp import HUGE, LARGE, MOST_THREADS, SCALE, Prices, Relaxation
from scheduler.solve.neighbourhoods import Kind, Places
from scheduler.solve.proving import STEPS, Proving
from scheduler.solve.submodel import BLIND, LED, Part, Question, Reply, part_of

#: open variables up to which the model as it is, is asked for any schedule before the elastic model is
WHOLE_FIRST = 10_000
#: work for a first try at any schedule (for each WHOLE_FIRST variables), and for one part
FIRST_WORK, PART_WORK = 2.0, 1.0
#: a part that took no more work than this was far too small
AT_ONCE = 0.05
#: work that posing a question takes for each open variable, roughly
POSING = 2e-5
#: seeds tried for a first schedule of the model as it is, each with half as much work again
FIRST_TRIES = 8
#: open variables up to which the model as it is, is given to CP-SAT at all
FIRST_EVER = 1_000_000
#: the gap up to which a nudged relaxation is close enough to today's schedule to be mixed with it
NEAR = 0.2
#: units between the best schedule and the bound up to which a closer relaxation is worth its time
SHARP = 2
#: share of the time left that the relaxation may take
RELAXATION_SHARE = 0.35


@dataclass(frozen=True)
class Best:
    """What a search ended with; ``values`` are checked against the model in whole numbers, ``bound`` is proven.

    ``given_up``: neither the clock nor Ctrl-C ended it, but it could not go on; something else may.
    """

    status: Status
    values: Ints | None
    bound: int
    stopped: bool = False
    given_up: bool = False


@dataclass
class Search:
    """``cost`` is made small on ``form``. ``values`` is a solution to start from; ``until`` a time (time.monotonic).

    ``tell`` is called with the best cost and the proven bound whenever either gets better. ``briefly``: no
    parts; only the relaxation, a decision, two questions by contradictions and a proof or two.
    """

    form: Form
    cost: Ints
    places: Places
    engine: Engine
    seed: int = 1
    until: float | None = None
    values: Ints | None = None
    tell: Callable[[int | None, int], None] = lambda best, bound: None
    briefly: bool = False
    tries: int = 0
    prices: Prices | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.now = Incumbent(self.form, self.cost, self.places, self.seed, self.values, self.tell)
        self.proving = Proving(self.now, self.seed, self.briefly)
        self.counting = Counting(self.now, self.seed, self.briefly)
        self.cells = self.proving.cells
        self.deciding = Deciding(self.form, self.cost, self.seed, self.tries, self.briefly)
        self._jobs: dict[int, Callable[[Found], None]] = {}
        self._line: deque[tuple[int, Ints, Kind, float]] = deque()
        self._number = 0
        self._asked_relaxation = self._asked_first = self._sharpened = False
        self._tries = 0

    def run(self) -> Best:
        """Search until proven, until the time is over, until Ctrl-C, or until nothing more can be said."""
        stopped = given_up = False
        try:
            while not self.now.done and not self._late():
                while len(self._jobs) < self.engine.size and not self.now.done:
                    job = self._next()
                    if job is None:
                        break
                    self.engine.submit(self._number, job)
                if not self._jobs:
                    given_up = True
                    break
                ticket, found = self.engine.next()
                self._jobs.pop(ticket)(found)
        except KeyboardInterrupt:
            stopped = True
        status: Status = ("impossible" if self.now.impossible else "optimal" if self.now.done
                          else "unknown" if self.now.known is None else "feasible")
        return Best(status, None if self.now.known is None else self.now.values, self.now.bound, stopped, given_up)

    @property
    def pending(self) -> bool:
        """Whether questions are still being worked on."""
        return bool(self._jobs)

    # what to ask next

    def _next(self) -> Job | None:
        if not self._asked_relaxation:
            return self._relaxation()
        if self.briefly and self.prices is not None and self.now.bound == self.now.plain_bound:
            return None                     # where the relaxation says nothing new, nothing that it leads would
        if self.prices is None and self._jobs and len(self.form.cols) > HUGE:
            return None
        job = (self._decision() or self._sharper() or self._asked_of(self.counting)
               or self._asked_of(self.proving))
        if job is not None or self.briefly or self.now.done:
            return job
        return self._beginning() or self._better()

    def _relaxation(self) -> Job:
        self._asked_relaxation = True
        left = self._left()
        return self._job(Relaxation(self.form, self.cost, turns=50_000,
                                    seconds=None if left is None else left * RELAXATION_SHARE,
                                    tolerance=1e-4 if len(self.form.cols) > LARGE else 1e-5,
                                    prepared=self.briefly), self._take_prices)

    def _sharper(self) -> Job | None:
        """The relaxation once more, as close as it gets: where a unit decides, that may be the proof."""
        if (self._sharpened or self.briefly or self.prices is None or self.now.known is None
                or self.now.known - self.now.bound > SHARP):
            return None
        self._sharpened = True
        left = self._left()
        return self._job(Relaxation(self.form, self.cost, turns=50_000, tolerance=1e-6,
                                    seconds=None if left is None else left * RELAXATION_SHARE), self._take_prices)

    def _decision(self) -> Job | None:
        """A whole schedule for what the relaxation decides: once, and again while there is no schedule at all."""
        if self.prices is None or self.deciding.over or not (self.now.known is None or self.deciding.fresh):
            return None
        if self.briefly and self.now.known is not None and self.now.known - self.now.bound <= STEPS:
            return None                     # a proof is nearer
        asked = self.deciding.next(self.prices, self.now.bound, self._left())
        return asked and self._job(asked[0], lambda found: self._take_decided(asked[1](found)))

    def _asked_of(self, of: Counting | Proving) -> Job | None:
        asked = None if self.prices is None else of.next(self.prices, self._left())
        return asked and self._job(*asked)

    def _beginning(self) -> Job | None:
        """On the way to a first schedule, while there is none."""
        if self.now.values is not None:
            return None
        if not self.now.begun and (self._tries or self.cells > WHOLE_FIRST):
            self.now.begin()
        if self.now.beginning is not None:
            asked = self.now.beginning.next(self.prices, self._left(), RELAXATION_SHARE)
            return asked and self._job(asked[0], lambda found: self.now.take_beginning(found, asked[1]))
        if self._asked_first or self._tries >= FIRST_TRIES or self.cells > FIRST_EVER:
            return None
        self._asked_first = True
        self._tries += 1
        work = FIRST_WORK * max(1.0, self.cells / WHOLE_FIRST) * 1.5 ** (self._tries - 1)
        return self._job(Question(self.form, seed=self.seed + self._tries - 1, parameters=BLIND,
                                  seconds=self._left(), work=work), self._take_first)

    def _better(self) -> Job | None:
        """Something better than the schedule at hand."""
        if self.now.values is None or self.proving.failed:
            return None
        while self._line:
            width, opened, kind, work = self._line.popleft()
            if width == self.now.ground.width:
                return self._anew(opened, kind, 3 * PART_WORK, work)
        return self._part()

    def _job(self, job: Job, take: Callable[[Found], None]) -> Job:
        self._number += 1
        if isinstance(job, Relaxation) and len(job.form.cols) > HUGE and not self._jobs:    # nothing runs beside it
            job = replace(job, threads=min(self.engine.size, MOST_THREADS))
        self._jobs[self._number] = take
        return job

    def _part(self) -> Job:
        """Some of the schedule opened again: is there anything better?"""
        assert self.now.values is not None and self.now.value is not None
        form, begins = self.now.ground, self.now.beginning
        movable, pull = form.low < form.high, np.zeros(form.width)
        if self.prices is not None:
            if begins is None:
                low, high = self.prices.within(form, self.now.value - 1)
                movable = movable & ((low < high) | (self.now.values != low))
            own, reduced = self.now.values[:self.form.width], self.prices.reduced / SCALE
            pull[:self.form.width] = np.abs(reduced) * np.where(reduced > 0, own - self.form.low, self.form.high - own)
        gap, size = self.now.value - self.now.bound, max(abs(self.now.value), abs(self.now.bound))
        near = self.prices is not None and gap <= NEAR * size
        kind, opened = self.now.choices.choose(movable, pull, near or begins is not None,
                                               None if begins is None else begins.around(self.now.values))
        if kind.relaxed:
            part = part_of(form, self.now.values, opened)
            return self._job(Relaxation(part.form, self._nudged(part), turns=10_000, seconds=self._left(),
                                        tolerance=1e-4), lambda found: self._take_nudged(found, part, kind))
        return self._anew(opened, kind, PART_WORK)

    def _anew(self, opened: Ints, kind: Kind, work: float, before: float = 0.0) -> Job:
        """Anything better when these may change? ``before`` is the work that choosing them took."""
        assert self.now.values is not None and self.now.value is not None
        part = part_of(self.now.ground, self.now.values, opened)
        cost, fixed = self.now.cost_of(part)
        return self._job(Question(part.form, cost, self.now.value - 1 - fixed, work, self._left(),
                                  seed=self.seed + self._number, parameters=LED),
                         lambda found: self._take_part(found, part, kind, before))

    def _nudged(self, part: Part) -> Ints:
        """The part's cost, every cell but today's made dearer by a little chance: its relaxation has one solution,
        nearly whole, close to today's schedule."""
        noise = np.random.default_rng(self.seed + self._number).integers(0, NUDGE, len(part.open))
        keeps = self.now.choices.places.helper[part.open] | (part.values[part.open] > self.now.ground.low[part.open])
        return self.now.priced(len(part.values))[part.open] * NUDGE + np.where(keeps, 0, noise)

    # what comes back

    def _take_prices(self, found: Found) -> None:
        assert found is None or isinstance(found, Prices)
        if found is not None and (self.prices is None or found.total > self.prices.total):
            self.prices = found
            self.now.raise_bound(found.bound)

    def _take_decided(self, values: Ints | None) -> None:
        if values is not None:
            self.now.offer(values)

    def _take_first(self, found: Found) -> None:
        assert isinstance(found, Reply)
        self.now.impossible = found.status == "impossible"
        self._asked_first = False           # luck decides much of it: another seed may find one at once
        self.now.offer(found.values)

    def _take_nudged(self, found: Found, part: Part, kind: Kind) -> None:
        """Open what the nudged relaxation uses, and what today's schedule does."""
        if not isinstance(found, Prices) or self.now.values is None:
            kind.learn(0.0, False)
            return
        if len(part.values) != len(self.now.values):        # the beginning has ended meanwhile
            return
        ground = self.now.ground
        used = (self.now.choices.used(part.open, found.near > 1e-3, kind) | self.now.choices.places.helper[part.open]
                | (self.now.values[part.open] > ground.low[part.open]))
        self._spend(found.work)
        self._line.append((ground.width, part.open[used], kind, found.work))

    def _take_part(self, found: Found, part: Part, kind: Kind, before_work: float) -> None:
        assert isinstance(found, Reply)
        if self.now.value is None or self.now.values is None:           # the beginning has failed meanwhile
            return
        before, missed = self.now.value, 0 if self.now.beginning is None else self.now.beginning.missed(self.now.values)
        if found.values is not None and not self.now.offer(part.whole(found.values)):
            merged = self.now.values.copy()         # another part was found meanwhile: perhaps both fit
            fits = part.open < len(merged)
            merged[part.open[fits]] = found.values[fits]
            self.now.offer(merged)
        gain = (before - self.now.value) / max(1, before - self.now.bound)
        work = found.work + POSING * len(part.open)
        self._spend(work)
        work += before_work
        solved = found.status in ("optimal", "impossible")
        kind.learn(20 * gain / work, solved, solved and found.work < AT_ONCE)
        self.now.watch(missed, gain > 0)

    def _spend(self, work: float) -> None:
        """Counting and proofs wait for as much work of parts as they take themselves."""
        self.proving.since += work
        self.counting.since += work

    def _left(self) -> float | None:
        return None if self.until is None else self.until - time.monotonic()

    def _late(self) -> bool:
        left = self._left()
        return left is not None and left <= 0
