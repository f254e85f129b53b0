"""Which way a stage is solved: by CP-SAT as a whole where that is quick, else by relaxation, parts and proof.

Both ways are asked in the same words, so the driver does not know which one answers.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from scheduler.domain.layer import LAYERS
from scheduler.domain.linear import Linear
from scheduler.solve.completing import completed
from scheduler.solve.contradictions import WAYS, countable
from scheduler.solve.cpsat import SMALL, Answer, CpSat, joined, not_worse
from scheduler.solve.deciding import TRIES
from scheduler.solve.engine import Engine, engine_of
from scheduler.solve.form import Form, Ints, dense
from scheduler.solve.neighbourhoods import Places, places_of
from scheduler.solve.posting import Posted
from scheduler.solve.search import Best, Search
from scheduler.solve.settings import Settings

Row = tuple[Linear, int | None, int | None]
Tell = Callable[[int | None, int | None], None]


#: parts of a cost from which the relaxation leads in small models too; under so many, CP-SAT's short turns come first
MANY_PARTS, FEW_PARTS = 20, 60
#: variables up to which one such turn comes first anyway, by contradictions; beyond, the relaxation is quicker
CORES_EVER = 30_000
#: rounds of turns that a small stage gets before several workers race for it
ROUNDS = 4
#: variables from which CP-SAT is never given the whole: building it alone would take minutes and gigabytes
WHOLE_EVER = 1_000_000


class Strategy:
    """A posted model to which stages are added one after another; see ``CpSat``, which it stands in for."""

    def __init__(self, posted: Posted, settings: Settings):
        self.posted, self.settings = posted, settings
        self._added: list[Row] = []
        # below the rotations the relaxation says little, and CP-SAT is quick with the whole
        self.rotations = all(stage.layer == LAYERS[0] for stage in posted.stages)
        self.large = len(posted.model.low) >= settings.large and self.rotations
        self._huge = self.large and len(posted.model.low) >= WHOLE_EVER
        self._whole: CpSat | None = None
        self._form: Form | None = None
        self._places: Places | None = None
        self._engine: Engine | None = None
        self._hint: Mapping[int, int] = {}

    # said to both

    def add(self, sum_: Linear, at_least: int | None, at_most: int | None) -> None:
        """One more condition."""
        self._added.append((sum_, at_least, at_most))
        if self._whole is not None:
            self._whole.add(sum_, at_least, at_most)
        if self._form is not None:
            self._form = self._form.and_rows([(sum_, at_least, at_most)])

    def hint(self, values: Sequence[int]) -> None:
        """Where to begin: a whole earlier solution."""
        self._hint = dict(enumerate(values))

    def hint_some(self, values: Mapping[int, int]) -> None:
        """Where to begin, for some variables."""
        self._hint = values

    def solve(self, cost: Linear | None, large: bool, settings: Settings, seconds: float | None = None,
              progress: Tell | None = None, never_better: int | None = None) -> Answer:
        """Make ``cost`` small (or large) and prove it; see ``CpSat.solve``. ``never_better``: a bound that is known."""
        began = time.monotonic()
        settings = replace(settings, glance=settings.glance and self.rotations,     # below them these come to nothing
                           cores=settings.cores and self.rotations and self._countable(cost))
        known = Answer("unknown", bound=never_better)
        if cost is not None and not cost.fixed:
            if never_better is None:
                known = replace(known, bound=self.posted.model.upper(cost) if large else self.posted.model.lower(cost))
            at_once = self._best_already(cost, known)
            if at_once is not None:
                return at_once
        if settings.fix_hint:
            return completed(self.form(), self._hint, cost, large, settings.seed, seconds)
        alone = replace(settings, workers=1)
        if self.large or settings.workers == 1:
            return self._solved(cost, large, settings, seconds, progress, known)
        if len(self.posted.model.low) < SMALL or not alone.takes_turns:
            return self.whole().solve(cost, large, settings, seconds, progress)
        # a small stage: several ways one after another beat a race of any two; workers race for what those leave
        found = self._solved(cost, large, alone, seconds, progress, known, ROUNDS * alone.turns_a_round)
        if found.stopped or found.status in ("optimal", "impossible"):
            return found
        return self._and_whole(found, cost, large, settings, seconds, began, progress)

    def _solved(self, cost: Linear | None, large: bool, settings: Settings, seconds: float | None,
                progress: Tell | None, known: Answer, turns: int | None = None) -> Answer:
        """By whichever way is quick; ``turns`` is how many of CP-SAT's turns are taken at most."""
        began = time.monotonic()
        if self._huge:
            cost = Linear() if cost is None else cost
        elif cost is None or cost.fixed or (not settings.takes_turns and settings.workers == 1) or not self._led(cost):
            return self.whole().solve(cost, large, settings, seconds, progress, turns)
        found = joined(known, self._glanced(cost, large, replace(settings, workers=1), seconds, progress), large)
        if found.stopped or found.status in ("optimal", "impossible"):
            return found
        told = progress and not_worse(progress, found, large)
        best = self._searched(cost, large, settings, seconds, told, found.bound)
        sign = -1 if large else 1
        values = None if best.values is None else best.values.tolist()
        found = joined(found, Answer(best.status, values, None if values is None else cost.value(values),
                                     sign * best.bound + cost.const, time.monotonic() - began, best.stopped), large)
        if not best.given_up or found.status == "optimal" or self._huge:
            return found
        return self._and_whole(found, cost, large, settings, seconds, began, progress, turns)

    def _and_whole(self, found: Answer, cost: Linear | None, large: bool, settings: Settings, seconds: float | None,
                   began: float, progress: Tell | None, turns: int | None = None) -> Answer:
        """What was found so far, and what CP-SAT on the whole makes of it in the time that is left."""
        if found.values is not None:
            self.hint(found.values)
        left = None if seconds is None else seconds - (time.monotonic() - began)
        told = progress and not_worse(progress, found, large)
        return joined(found, self.whole().solve(cost, large, settings, left, told, turns), large)

    def _glanced(self, cost: Linear, large: bool, settings: Settings, seconds: float | None, progress: Tell | None
                 ) -> Answer:
        """The first short turns of CP-SAT, where the relaxation leads: often they say all there is to say."""
        few, width = settings.glance and len(cost.vars) < FEW_PARTS, len(self.posted.model.low)
        if not settings.takes_turns or not SMALL <= width <= CORES_EVER or not (
                few or (settings.cores and not self.large)):
            return Answer("unknown")
        turns = settings.cores * len(WAYS) + 1 if few else 1
        found = self.whole().solve(cost, large, settings, seconds, progress, turns=turns)
        if found.values is not None:
            self.hint(found.values)
        return found

    def _countable(self, cost: Linear | None) -> bool:
        """Whether a search by contradictions has something to count from."""
        parts = {} if cost is None else cost.merged()
        low, high = self.posted.model.low, self.posted.model.high
        amounts = np.array([(coef, low[var], high[var]) for var, coef in parts.items()], np.int64)
        return bool(parts) and countable(*amounts.T)

    def close(self) -> None:
        """End the engine, if one was started."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _led(self, cost: Linear) -> bool:
        """Whether the relaxation is to lead: in large models, and where a cost of many parts promises a tight one."""
        return self.large or (len(self.posted.model.low) >= SMALL and len(cost.vars) >= MANY_PARTS)

    # the parts

    def whole(self) -> CpSat:
        """The whole model in CP-SAT, built when it is first asked for."""
        if self._whole is None:
            self._whole = CpSat(self.form())
        if len(self._hint) == self._whole.handed.width:
            self._whole.hint([self._hint[v] for v in range(len(self._hint))])
        elif self._hint:
            self._whole.hint_some(self._hint)
        return self._whole

    def form(self) -> Form:
        """The model as arrays, with all that was added."""
        if self._form is None:
            if self.large:
                self.posted.keep_arrays()
            self._form = self.posted.form.and_rows(self._added) if self._added else self.posted.form
        return self._form

    def places(self) -> Places:
        """Where each variable is."""
        if self._places is None:
            self._places = places_of(self.posted.boards, len(self.posted.model.low))
        return self._places

    def cells(self) -> list[int]:
        """The variables that are cells of a board; the rest are helpers, which follow from them."""
        return np.flatnonzero(~self.places().helper).tolist()

    def _start(self) -> Ints | None:
        """The hint, where it is a whole solution."""
        form = self.form()
        if len(self._hint) != form.width:
            return None
        values = np.fromiter((self._hint[v] for v in range(form.width)), np.int64, form.width)
        return None if form.broken(values) else values

    def _best_already(self, cost: Linear, known: Answer) -> Answer | None:
        """The hint itself, where nothing better is possible."""
        if len(self._hint) != len(self.posted.model.low):
            return None
        values = [self._hint[v] for v in range(len(self._hint))]
        value = cost.value(values)
        if value != known.bound or self._start() is None:
            return None
        return Answer("optimal", values, value, value)

    def _searched(self, cost: Linear, large: bool, settings: Settings, seconds: float | None,
                  progress: Tell | None, bound: int | None) -> Best:
        form, sign = self.form(), -1 if large else 1
        if self._engine is None:
            self._engine = engine_of(settings.engine if self.large else None, settings.workers)

        def tell(best: int | None, bound: int) -> None:
            if progress is not None:
                progress(None if best is None else sign * best + cost.const, sign * bound + cost.const)

        search = Search(form, sign * dense(cost, form.width), self.places(), self._engine, settings.seed,
                        None if seconds is None else time.monotonic() + seconds, self._start(), tell, not self.large,
                        0 if not self.rotations or len(cost.vars) < MANY_PARTS else TRIES if self.large else 1)
        if bound is not None:
            search.now.known_before(sign * (bound - cost.const))
        best = search.run()
        if best.stopped or search.pending:      # what still runs answers a question nobody asks any more
            self.close()
        return best
