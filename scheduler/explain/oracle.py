"""Can these rules hold together? Asked many times over while a conflict is made small."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from scheduler.check.sums import sums
from scheduler.domain.board import Board, Model
from scheduler.domain.layer import LAYERS, Layer
from scheduler.domain.rule import Rule
from scheduler.explain.part import Part
from scheduler.solve.core import core
from scheduler.solve.driver import Outcome, solve
from scheduler.solve.layered import solve_layers
from scheduler.solve.posting import post
from scheduler.solve.relaxation import Relaxed, relax
from scheduler.solve.room import rooms
from scheduler.solve.settings import Settings

Verdict = Literal["possible", "impossible", "unknown"]
#: what the relaxation must miss before it is believed: its numbers are floating point
SURE = 1e-3
#: more people than this are not tried one by one
TRIED = 12


def _word(out: Outcome) -> Verdict:
    return "possible" if out.cells is not None else "impossible" if out.status == "impossible" else "unknown"


class OutOfTime(Exception):
    """The time for the explanation is used up."""


class Oracle:
    """Answers for sets of rules of one program; every rule given is taken as one that must hold.

    ``seconds`` limit everything asked of it together (wall time), ``each`` one question.
    """

    def __init__(self, layers: Sequence[Layer], seconds: float, each: float = 10.0,
                 tell: Callable[[str, float], None] | None = None):
        self.layers, self.each, self.tell = tuple(layers), each, tell
        self.began, self.until = time.monotonic(), time.monotonic() + seconds
        self.asked = 0
        self._relaxed: dict[frozenset[int], Relaxed | None] = {}
        self._kept: list[Sequence[Rule]] = []               # what was asked stays alive, so that no id comes again

    def left(self) -> float:
        """Seconds left; raises OutOfTime when there are none."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return min(left, self.each)

    def limit(self, seconds: float) -> None:
        """From now on, no more than this."""
        self.until = min(self.until, time.monotonic() + seconds)

    def layers_of(self, rules: Sequence[Rule]) -> list[Layer]:
        """The layers that these rules speak of, and those above them."""
        last = max((LAYERS.index(rule.layer_name) for rule in rules), default=0)
        return [layer for layer in self.layers if LAYERS.index(layer.name) <= last]

    def relaxed(self, rules: Sequence[Rule]) -> Relaxed | None:
        """What adding up says of the rotation year and the room it must leave; or of a layer below, where only rules of
        layers below are asked about."""
        at = frozenset(map(id, rules))
        if at not in self._relaxed:
            self._count()
            self._kept.append(rules)
            layers = self.layers_of(rules)
            if len(layers) > 1 and any(rule.layer_name == LAYERS[0] for rule in rules):
                rules, layers = [*rules, *rooms(layers, rules)], layers[:1]
            self._relaxed[at] = relax(post(layers, rules, (), prune=False), self.left())
        return self._relaxed[at]

    def alone(self, rules: Sequence[Rule]) -> list[Rule]:
        """The rules of a layer below that do not add up whatever the rotation year is like, or ``[]``."""
        for layer in self.layers[1:]:
            own = [rule for rule in rules if rule.layer_name == layer.name]
            if own and not self.adds_up(own):
                return own
        return []

    def adds_up(self, rules: Sequence[Rule]) -> bool:
        """False where adding up alone proves that the rules cannot hold."""
        found = self.relaxed(rules)
        return found is None or found.missed < SURE

    def verdict(self, rules: Sequence[Rule], *, exact: bool = False, confirm: bool = False) -> Verdict:
        """Solve for these rules alone: layer by layer, then as one where that does not decide; ``exact``: as one, and
        nothing but the rules themselves. ``confirm``: ask twice before “impossible”."""
        self._count()
        layers = self.layers_of(rules)
        settings = Settings(seconds=self.left(), confirm=confirm)
        if not exact:
            word = _word(solve_layers(layers, rules, (), settings, rounds=1))
            if word != "unknown" or len(layers) == 1:
                return word
            settings, rules = replace(settings, seconds=self.left()), [*rules, *rooms(layers, rules)]
        return _word(solve(layers, rules, (), settings))

    def too_much(self, rules: Sequence[Rule]) -> bool:
        """Whether adding up alone proves that the rules cannot hold."""
        return not self.adds_up(rules)

    def fails(self, rules: Sequence[Rule]) -> bool:
        """Whether the rules cannot hold together, by adding up or else by solving; False where time ran out."""
        return not self.adds_up(rules) or self.verdict(rules) == "impossible"

    def fewest(self, rules: Sequence[Rule]) -> list[Rule]:
        """A smallest part of these rules that does not add up; where there is a choice, rules in front stay.

        Each is left out in turn, from the back; where the rest still does not add up, what takes no part in its sum
        goes too.
        """
        kept, needed = self._summed(rules), 0
        while needed < len(kept):
            at = len(kept) - 1 - needed
            others = kept[:at] + kept[at + 1:]
            if self.adds_up(others):
                needed += 1
            else:
                kept = self._summed(others)             # those found needed are in every smaller sum, and stay
        return kept

    def _summed(self, rules: Sequence[Rule]) -> list[Rule]:
        """The rules that take part in a sum that cannot hold; all of them where the sum is not theirs alone."""
        found, net = self.relaxed(rules), dict[int, float]()
        for weighed in found.core if found is not None else ():
            net[id(weighed.condition)] = net.get(id(weighed.condition), 0.0) + weighed.weight
        taking = {id(w.rule) for w in found.core if abs(net[id(w.condition)]) > SURE} if found else set()
        fewer = [rule for rule in rules if id(rule) in taking]
        if fewer and self.adds_up(fewer):                   # what bounds the amounts of the layers below is not a line
            fewer = [rule for rule in rules if id(rule) in taking or rule.layer_name != LAYERS[0]]
        return list(rules) if not fewer or self.adds_up(fewer) else fewer

    def counted(self, rules: Sequence[Rule]) -> list[Rule]:
        """The rules behind a plain sum of the rotation year that cannot hold; ``[]`` where there is none."""
        top = self.layers[0]
        mine = [rule for rule in rules if rule.layer_name == top.name]
        duties = next((line.duties for line in sums(top, mine)[0] if line.problems), None)
        if duties is None:
            return []
        board = Board(Model(), top).open()
        some = [rule for rule in mine if any(claim.what.duties <= duties for claim in rule.claims(board))]
        return some if len(some) < len(mine) and not self.adds_up(some) else []

    def one_person(self, rules: Sequence[Rule]) -> frozenset[str] | None:
        """Somebody (an id) for whom alone the rules cannot hold, or None; of many people only those in the sum are
        tried."""
        found = self.relaxed(rules)
        summed = found is not None and found.missed >= SURE
        named = {w.condition.who[0].id for w in found.core if len(w.condition.who) == 1} if summed and found else set()
        everyone = dict.fromkeys(p.id for layer in self.layers_of(rules) for p in layer.people)
        tried = [person for person in everyone if person in named or not summed]
        if len(tried) > TRIED:
            return None
        return next((alone for person in tried
                     if self.fails([Part.of(rule, alone := frozenset({person}), None) for rule in rules])), None)

    def suspects(self, rules: Sequence[Rule]) -> list[Rule]:
        """Rules among which a conflict is likely to lie: the solver's own hint, or all of them."""
        self._count()
        layers = self.layers_of(rules)
        below = rooms(layers, rules) if len(layers) > 1 else []
        found = core(post(layers[:1], (*rules, *below), (), prune=False), min(3.0, self.left()))
        known = {id(rule) for rule in found or ()}
        return [rule for rule in rules if id(rule) in known] or list(rules)

    def _count(self) -> None:
        self.left()
        self.asked += 1
        if self.tell is not None:
            self.tell(f"looking for the smallest conflict, {self.asked} questions asked",
                      time.monotonic() - self.began)
