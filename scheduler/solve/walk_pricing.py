"""One person's best year at given prices, as a shortest path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scheduler.domain.board import Board
from scheduler.domain.rule import Rule
from scheduler.domain.walk import Walk
from scheduler.solve.columns_pricing import Column, Priced
from scheduler.solve.settings import Settings
from scheduler.solve.walk_graph import Graph
from scheduler.solve.walk_labels import LABELS, MANY_MOVES, MOVES, Labels
from scheduler.solve.walk_memory import remembering
from scheduler.solve.walk_steps import FAR, Ints


class Walker:
    """Finds the year in a person's graph; the traits that it does not remember are ``dropped``."""

    def __init__(self, name: str, graph: Graph, dropped: Sequence[int]):
        self.name, self.graph = name, graph
        self.labels = Labels(graph, dropped) if dropped else None
        self._cost = np.zeros(graph.steps.width + 1, np.int64)
        self._met: dict[tuple[int, ...], Column] = {}

    def price(self, cost: Mapping[int, int], settings: Settings, seconds: float, gap: int = 0) -> Priced:
        """The year that makes ``cost`` small; proven where the graph remembers everything, else as far as labels reach:
        further where ``gap`` is 0. It takes the time that it takes: ``seconds`` and ``settings`` change nothing."""
        if not self.graph.possible:
            return Priced(None, 0, 0, impossible=True)
        own = self._cost
        own[:] = 0
        own[list(cost)] = list(cost.values())
        costs, by_marks = self.graph.steps.costs(own), self.graph.mark_costs(own)
        if self.labels is None:
            return self._shortest(costs, by_marks)
        return self._walked(self.labels, costs, by_marks, own, thorough=not gap)

    def _shortest(self, costs: Ints, by_marks: Ints) -> Priced:
        by_class, step = self.graph.class_costs(costs)
        left, through = self.graph.to_the_end(by_class, by_marks)
        if left[0] >= FAR // 2:
            return Priced(None, 0, 0, impossible=True)
        path = self.graph.path(through)
        column = self._column([(slot, int(step[kind, slot])) for slot, kind, _ in path], [m for *_, m in path])
        return Priced(column, int(left[0]), int(left[0]))

    def _walked(self, labels: Labels, costs: Ints, by_marks: Ints, own: Ints, thorough: bool) -> Priced:
        known = min(((int(own[list(vars_)].sum()), column) for vars_, column in self._met.items()),
                    key=lambda pair: pair[0], default=(int(FAR), None))
        bound, left = labels.bound(costs, by_marks, known[0], MANY_MOVES if thorough else MOVES)
        best, proven = known, False
        for most in LABELS if thorough else LABELS[:3]:
            found, proven = labels.walk(costs, by_marks, left, best[0], most)
            if found is not None:
                best = found.cost, self._column(*labels.along(found.steps))
                self._met[tuple(v for v, _ in best[1].values)] = best[1]
            if proven or (found is not None and not thorough):
                break
        if proven and best[1] is None:
            return Priced(None, 0, 0, impossible=True)
        return Priced(best[1], best[0], best[0] if proven else bound)

    def _column(self, steps: list[tuple[int, int]], marks: list[int]) -> Column:
        vars_ = [int(v) for slot, step in steps for v in self.graph.steps.cells[step, slot]
                 if v != self.graph.steps.width]
        vars_ += [v for m in marks for v in self.graph.mark_sets[m]]
        return Column(self.name, tuple((v, 1) for v in sorted(vars_)))


def walkers(rules: Sequence[Rule], board: Board, width: int) -> dict[str, Walker] | None:
    """A walker for each person of a layer; None where somebody's year cannot be walked.

    ``rules`` are all the rules that were posted on the board, in a model of ``width`` variables.
    """
    made = {}
    for person in board.people:
        walk = Walk(board, person)
        if not all(rule.walk(walk) and (rule.priority is None or rule.measured) for rule in rules) or not walk.whole:
            return None
        memory = remembering(walk, width)
        if memory is None:
            return None
        made[person.id] = Walker(person.id, *memory)
    return made
