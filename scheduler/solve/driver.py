"""Tiers in order, each to its proven best before the next."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.domain.layer import Layer
from scheduler.domain.linear import Linear
from scheduler.domain.result import Status, Tier
from scheduler.domain.rule import Condition, Rule
from scheduler.domain.schedule import Cells, Schedule
from scheduler.solve.cpsat import Answer
from scheduler.solve.posting import Posted, Stage, post
from scheduler.solve.settings import Settings
from scheduler.solve.strategy import Strategy

#: called with the stage's name, the best value so far, the proven bound, and the seconds since the start
Progress = Callable[[str, int | None, int | None, float], None]


#: the longest that the helpers of a finished schedule may take
SETTLE_SECONDS = 10.0


@dataclass(frozen=True)
class Outcome:
    """What a solve found: the layers' cells by name (None without a schedule), and the tiers with value and bound.

    ``sizes`` are the model's variables and conditions; ``stopped`` says that Ctrl-C ended it; ``cuts`` are the rotation
    years (in part) that could not be filled below, as ``layered`` found them.
    """

    status: Status
    cells: Mapping[str, Cells] | None = None
    tiers: tuple[Tier, ...] = ()
    seconds: float = 0.0
    stopped: bool = False
    sizes: tuple[int, int] = (0, 0)
    cuts: tuple[Rule, ...] = ()


def solve(layers: Sequence[Layer], rules: Sequence[Rule], priorities: Sequence[str], settings: Settings | None = None,
          *, given: Mapping[str, Schedule] | None = None, hint: Mapping[str, Cells] | None = None,
          progress: Progress | None = None, proven: Mapping[str, int] | None = None,
          loose: Iterable[tuple[str, int]] = ()) -> Outcome:
    """Find the best schedule for every stage in turn.

    Each stage is made as good as it can be and then held (by ≤, so its relaxation stays strong) while the next is
    solved from a hint of the best so far. A stage that stops unproven holds its best value, and later stages are
    marked ``given``. The argument ``given`` holds layers already decided, by name; ``hint`` are an earlier schedule's
    cells by layer. Ctrl-C keeps the best found so far. ``proven`` asks a narrower question: stage values that nothing
    can beat, known from an earlier solve with fewer rules; the run ends after the first priority that falls short.
    ``loose`` are cells of the given rotation year that may be anything after all (``posting.post``).
    """
    settings = settings or Settings()
    began = time.monotonic()
    posted = post(layers, rules, priorities, given=given, loose=loose)
    sizes = len(posted.model.low), len(posted.model.definitions) + len(posted.conditions)
    if posted.broken_from_the_start:
        return Outcome("impossible", seconds=time.monotonic() - began, sizes=sizes)
    run = _Run(posted, settings, began, progress, proven or {})
    try:
        return run.outcome(hint, sizes)
    finally:
        run.engine.close()


def solve_with(posted: Posted, added: Condition, settings: Settings, *, near: Mapping[str, Cells],
               proven: Mapping[str, int]) -> Outcome:
    """The narrower question of ``solve`` (see ``proven``) for a year that is posted already, with one more condition.

    ``near`` is a year that breaks the condition: not where to start from, only where to look first, since an answer
    close to it comes sooner and says more. What was posted stays as it was, for the next condition.
    """
    began = time.monotonic()
    if ((added.at_least is not None and posted.model.upper(added.sum) < added.at_least)
            or (added.at_most is not None and posted.model.lower(added.sum) > added.at_most)):
        return Outcome("impossible")
    run = _Run(posted, settings, began, None, proven, (added,))
    run.near = hint_values(posted, near)
    run.engine.hint_some(run.near)
    try:
        return run.outcome(None, (0, 0))
    finally:
        run.engine.close()


class _Run:
    """One pass through the stages."""

    def __init__(self, posted: Posted, settings: Settings, began: float, progress: Progress | None,
                 proven: Mapping[str, int], added: Sequence[Condition] = ()):
        self.posted, self.settings, self.began, self.progress, self.proven = posted, settings, began, progress, proven
        self.added = added
        self.near: dict[int, int] = {}      # the known year whose values are asked for again: where to look first
        self.engine = self.strategy()
        self.values: list[int] | None = None
        self.tiers: list[Tier] = []
        self.status: Status = "optimal"
        self.stopped = False
        self.short: str | None = None       # the priority that could not reach what is proven of it

    def outcome(self, hint: Mapping[str, Cells] | None, sizes: tuple[int, int]) -> Outcome:
        """All stages in order."""
        if hint:
            self.start_from(hint)
        if not self.posted.stages and self.values is None:
            self.first()
        if not self.all_at_once():
            for stage in self.posted.stages:
                if self.short not in (None, stage.priority):
                    break
                self.stage(stage)
                if self.values is None:
                    break
        seconds = time.monotonic() - self.began
        if self.values is None:
            status = self.confirm_impossible() if self.status == "impossible" and self.settings.confirm else self.status
            return Outcome(status, seconds=time.monotonic() - self.began, stopped=self.stopped, sizes=sizes)
        cells = {name: board.cells_on(self.values) for name, board in self.posted.boards.items()}
        return Outcome(self.status, cells, tuple(self.tiers), seconds, self.stopped, sizes)

    def _left(self) -> float | None:
        if self.settings.seconds is None:
            return None
        return self.settings.seconds - (time.monotonic() - self.began)

    def start_from(self, cells: Mapping[str, Cells]) -> None:
        """Hint an earlier schedule; where it still keeps every rule, it is the best so far from the first second.

        Its helpers are made to say no worse of any stage than it is, so that every stage knows how good it already is.
        """
        self.engine.hint_some(hint_values(self.posted, cells))
        cost = Linear.sum(-stage.cost if stage.large else stage.cost for stage in self.posted.stages)
        answer = self.engine.solve(cost, False, replace(self.settings, fix_hint=True), self._left())
        if answer.values is not None:       # complete: helpers included, which a hint must be to be taken whole
            self.values = answer.values

    def first(self) -> None:
        """Nothing to optimise: any schedule that keeps every rule."""
        answer = self.engine.solve(None, False, self.settings, self._left())
        self._take(answer)

    def strategy(self) -> Strategy:
        """A new one: the model as it was posted, with the conditions of this run."""
        made = Strategy(self.posted, self.settings)
        for one in self.added:
            made.add(one.sum, one.at_least, one.at_most)
        return made

    def all_at_once(self) -> bool:
        """Where every stage's best is known: one question whether all can be reached together, instead of one each."""
        stages = self.posted.stages
        if not stages or any(stage.name not in self.proven for stage in stages):
            return False
        asked = self.strategy()
        asked.hint_some(self.near)
        for stage in stages:
            known = self.proven[stage.name]
            asked.add(stage.cost, known if stage.large else None, None if stage.large else known)
        left = self._left()
        answer = asked.solve(None, False, replace(self.settings, glance=False), None if left is None else left / 2)
        if answer.values is None:
            return False
        self._take(answer)
        for stage in stages:
            value = stage.cost.value(answer.values)
            self.tiers.append(Tier(stage.name, value, value, stage.large, answer.seconds, layer=stage.layer))
        return True

    def stage(self, stage: Stage) -> None:
        """Solve one stage from the best so far, and hold what it found."""
        left = self._left()
        if self.values is not None and (self.stopped or (left is not None and left <= 0)):
            self._leave(stage)
            return
        if self.values is not None:
            self.engine.hint(self.values)
        known = self.proven.get(stage.name)
        if known is not None and self.short is None:                # reaching it is then its own proof
            self.engine.add(stage.cost, None if stage.large else known, known if stage.large else None)
        answer = self.engine.solve(stage.cost, stage.large, self.settings, left, self._tell(stage), stage.never_better)
        self._take(answer, stage)
        if answer.values is None:
            if self.values is not None:
                self._leave(stage)
            return
        if answer.status != "optimal":
            self._settle(stage)
        value, bound = stage.cost.value(self.values or []), answer.bound or 0
        self.tiers.append(Tier(stage.name, value, bound, stage.large, answer.seconds, self._unproven(), stage.layer))
        if known not in (None, value):
            self.short = stage.priority
        self.engine.add(stage.cost, value if stage.large else None, None if stage.large else value)

    def _take(self, answer: Answer, stage: Stage | None = None) -> None:
        """What came back. A schedule that is no better for the stage does not replace the one at hand: what need not
        change does not, and below an unchanged rotation year the earlier layers still fit."""
        self.stopped = self.stopped or answer.stopped
        if answer.values is not None:
            if self.values is None or stage is None or _better(stage, answer.values, self.values):
                self.values = answer.values
            if answer.status != "optimal":
                self.status = "feasible"
        else:
            self.status = "feasible" if self.values is not None else answer.status

    def _leave(self, stage: Stage) -> None:
        """A stage nobody had time for: its value as it happens to be, its bound by the variables' own bounds."""
        assert self.values is not None
        self._settle(stage)
        model, bound = self.posted.model, stage.never_better
        if bound is None:
            bound = model.upper(stage.cost) if stage.large else model.lower(stage.cost)
        value = stage.cost.value(self.values)
        self.tiers.append(Tier(stage.name, value, bound, stage.large, given=self._unproven(), layer=stage.layer))
        self.status = "feasible" if value != bound else self.status

    def _settle(self, stage: Stage) -> None:
        """Give the helpers the values that the schedule at hand means: unproven, they may say worse than it is."""
        assert self.values is not None
        cells = {var: self.values[var] for var in self.engine.cells()}
        self.engine.hint_some(cells)
        answer = self.engine.solve(stage.cost, stage.large, replace(self.settings, fix_hint=True), SETTLE_SECONDS)
        if answer.values is not None:
            self.values = answer.values

    def _unproven(self) -> bool:
        return any(not tier.proven for tier in self.tiers)

    def _tell(self, stage: Stage) -> Callable[[int | None, int | None], None] | None:
        tell = self.progress
        if tell is None:
            return None
        return lambda best, bound: tell(stage.name, best, bound, time.monotonic() - self.began)

    def confirm_impossible(self) -> Status:
        """Ask once more without presolve before saying so (google/or-tools#5274: presolve was wrong once).

        The second opinion gets ten seconds; where it has none, the first stands.
        """
        plain = replace(self.settings, presolve=False, workers=1)
        answer = self.engine.solve(None, False, plain, 10.0)
        return "unknown" if answer.values is not None else "impossible"


def _better(stage: Stage, one: list[int], other: list[int]) -> bool:
    gain = stage.cost.value(one) - stage.cost.value(other)
    return gain > 0 if stage.large else gain < 0


def hint_values(posted: Posted, cells: Mapping[str, Cells]) -> dict[int, int]:
    """Variable → value for every open cell, from an earlier schedule; helpers are left to the solver."""
    found = {}
    for name, board in posted.boards.items():
        for person in board.people:
            mine = cells.get(name, {}).get(person.id, {})
            for slot in board.layer.present(person):
                for duty in board.layer.duties:
                    var = board.cell(person, slot, duty)
                    if var is not None:
                        found[var] = int(duty in mine.get(slot, ()))
    return found
