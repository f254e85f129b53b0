"""What granting a refused wish would cost: each layer is posted once, and asked with one wish after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from constraints.ranked_requests import RankedRequests, WishFor
from scheduler.domain.program import Program
from scheduler.domain.result import Tier
from scheduler.domain.rule import Condition
from scheduler.domain.schedule import Schedule
from scheduler.explain.asking import Answer, above, answer, cells_of
from scheduler.solve.driver import solve_with
from scheduler.solve.posting import Posted, post
from scheduler.solve.room import rooms
from scheduler.solve.settings import Settings


class Granting:
    """One layer of a proven ``schedule``, given the layers above it as they are there; ``tiers`` are what was proven.

    ``asked`` are the wishes of this layer that may be asked about, each with the rule it stands in.
    """

    def __init__(self, program: Program, schedule: Schedule, tiers: Sequence[Tier], settings: Settings,
                 asked: Sequence[tuple[RankedRequests, WishFor]]):
        self.program, self.settings, self.asked = program, settings, asked
        name = asked[0][0].layer_name
        self.layer = next(layer for layer in program.layers() if layer.name == name)
        self.given = above(program, schedule, name)
        self.values: Mapping[str, int] = {t.name: t.value for t in tiers if t.layer == name}
        self.near = {name: cells_of(schedule, name)}

    @property
    def noun(self) -> str:
        """What is as good or worse: the year where there is nothing else, else what was decided in this layer."""
        if self.given:
            return f"choice of {self.layer.name}"
        return "year" if len(self.program.layers()) == 1 else "rotation year"

    def ask(self, wish: WishFor, seconds: float) -> Answer:
        """The best that this layer can be with the wish granted, up to the first priority that gets worse."""
        posted, granted = self._posted
        outcome = solve_with(posted, granted[wish], replace(self.settings, seconds=seconds), near=self.near,
                             proven=self.values)
        return answer(self.program, outcome, self.given, [self.layer], self.values)

    @cached_property
    def _posted(self) -> tuple[Posted, dict[WishFor, Condition]]:
        """The layer's model, and the condition that grants each wish; the helpers of all of them are in the model."""
        rules, layers = self.program.rules, self.program.layers()
        room = [] if self.given else rooms(layers, rules)
        posted = post([self.layer], [*rules, *room], self.program.priorities,
                      given={year.layer.name: year for year in self.given})
        board = posted.boards[self.layer.name]
        granted = {wish: Condition(rule.granted(board, board.layer.person(wish.person), wish), at_least=1)
                   for rule, wish in self.asked}
        return posted, granted
