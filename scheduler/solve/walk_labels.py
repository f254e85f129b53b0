"""A good year where the graph does not remember everything: paths that carry the rest with them, the best few of them.

Label setting with a bound to the end (as in A*): a label is a node, the states of the traits that the graph left out,
and what it cost so far. Of the labels in one slot only the most promising are kept. Where none had to be dropped the
year found is proven; else the bound is the graph's own, with prices on the counters that it left out (Lagrange), and
these prices move a little towards the counters' limits each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from scheduler.domain.walk import NEVER, Trait
from scheduler.solve.walk_graph import Graph
from scheduler.solve.walk_steps import Ints

#: labels kept in one slot: more where fewer found nothing new, and most where the year must be proven
LABELS = 150, 600, 5000, 40_000
#: how often the prices of the counters are moved each time, and where the bound is all that is wanted
MOVES, MANY_MOVES = 4, 60


def bits(trait: Trait) -> int:
    """How many bits of a label's memory a trait takes; there are 62."""
    return (trait.size - 1).bit_length()


class Some(NamedTuple):
    """Labels of one slot: node, memory (states of the traits left out, packed), cost so far at the counters' prices,
    the number of the label before it, and the step between."""

    node: Ints
    memory: Ints
    paid: Ints
    parent: Ints
    step: Ints


class Walked(NamedTuple):
    """What a year costs, and its steps in order."""

    cost: int
    steps: list[int]


class Labels:
    """The walks through a graph that also keep the traits that it left out, ``dropped``."""

    def __init__(self, graph: Graph, dropped: Sequence[int]):
        self.graph, self.dropped = graph, list(dropped)
        steps = graph.steps
        traits = [steps.traits[k] for k in self.dropped]
        self._shift = np.cumsum([0, *map(bits, traits)]).tolist()
        self._ends = [sorted(t.ends) for t in traits]
        self._most = np.array([t.most if t.amount else 0 for t in traits], np.int64)
        #: what each step adds to each counter that was left out
        self.amount = np.array([[t.amount.get(step.duty, 0) for t in traits] for step in steps.steps], np.int64)
        self.prices = np.zeros(len(traits), np.int64)
        effects: dict[tuple, int] = {}
        self._effect = np.array([effects.setdefault(tuple(step.tables[k] for k in self.dropped), len(effects))
                                 for step in steps.steps])
        self._effects(list(effects), [t.size for t in traits])
        self._length = np.array([step.length for step in steps.steps])
        self._arc_at = [self._table(layer) for layer in graph.layers]

    def _effects(self, effects: list[tuple], sizes: list[int]) -> None:
        """``_reads[n, e]`` is the n-th trait that effect e reads, ``_then[n, e, state]`` what it makes of its state; a
        last trait of one state, which stays, fills the rest."""
        self._at, self._width = np.array(self._shift), np.diff(self._shift + self._shift[-1:])
        reads = [[n for n, table in enumerate(tables) if table is not None] for tables in effects]
        most = max(1, *map(len, reads))
        self._reads = np.full((most, len(effects)), len(sizes))
        self._then = np.zeros((most, len(effects), max([1, *sizes])), np.int64)
        for e, (tables, mine) in enumerate(zip(effects, reads, strict=True)):
            for n, trait in enumerate(mine):
                self._reads[n, e] = trait
                self._then[n, e, :sizes[trait]] = tables[trait]

    def _table(self, layer) -> Ints:
        """For each node that has arcs and each class the arc, or -1."""
        node, begin, _, kind, _ = layer
        table = np.full((len(node), len(self.graph.members)), -1, np.int64)
        count = np.diff(np.append(begin, len(kind)))
        table[np.repeat(np.arange(len(node)), count), kind] = np.arange(len(kind))
        return table

    def bound(self, costs: Ints, by_marks: Ints, target: int, moves: int = MOVES) -> tuple[int, Ints]:
        """The best bound over a few prices of the counters, which are kept; and each node's cost to the end at them.

        ``target`` is what a year is known to cost: the gap to it says how far to move (Polyak's step).
        """
        prices, best, left_at_best = self.prices, None, None
        for _ in range(moves):
            by_class, chosen = self.graph.class_costs(self._priced(costs, prices))
            left, through = self.graph.to_the_end(by_class, by_marks)
            bound = int(left[0]) - int(prices @ self._most)
            if best is None or bound > best:
                best, left_at_best, self.prices = bound, left, prices
            used = sum((self.amount[chosen[kind, slot]] for slot, kind, _ in self.graph.path(through)),
                       np.zeros(len(prices), np.int64))
            over = used - self._most
            over[(over < 0) & (prices == 0)] = 0
            over[self._most == 0] = 0
            norm = int(over @ over)
            if norm == 0 or target <= bound:
                break
            prices = np.maximum(0, prices + over * min(target - bound, 20_000) // norm)
        return best, left_at_best                                                  # type: ignore[return-value]

    def _priced(self, costs: Ints, prices: Ints) -> Ints:
        return costs + (self.amount @ prices)[:, None]

    def walk(self, costs: Ints, by_marks: Ints, left: Ints, below: int, labels: int) -> tuple[Walked | None, bool]:
        """The cheapest year found that costs less than ``below``, and whether there is none that is cheaper still.

        ``left`` is each node's cost to the end at the counters' prices; at most ``labels`` are kept in one slot.
        """
        slots, priced = self.graph.steps.slots, self._priced(costs, self.prices)
        limit = below + int(self.prices @ self._most)
        nothing = np.zeros(0, np.int64)
        came: list[list[Some]] = [[Some(nothing, nothing, nothing, nothing, nothing)] for _ in range(slots + 1)]
        zero = np.zeros(1, np.int64)
        came[0].append(Some(zero, zero, zero, zero - 1, zero - 1))
        kept: list[Some] = []
        whole, number = True, 0
        for slot in range(slots + 1):
            here = Some(*(np.concatenate(each) for each in zip(*came[slot], strict=True)))
            chosen, every = self._best(here, left, labels)
            here, whole = Some(*(each[chosen] for each in here)), whole and every
            kept.append(here)
            if slot < slots and len(chosen):
                for end, some in self._next(slot, here, priced[:, slot], by_marks, left, limit):
                    came[end].append(some._replace(parent=some.parent + number))
            number += len(chosen)
        return self._cheapest(kept, below), whole

    def _best(self, here: Some, left: Ints, labels: int) -> tuple[Ints, bool]:
        """One label for each node and memory, and the most promising of them; whether that is all."""
        likely, promise = np.arange(len(here.node)), here.paid + left[here.node]
        if len(likely) > 4 * labels:
            likely = np.argpartition(promise, 4 * labels)[:4 * labels]
        order = likely[np.lexsort((here.paid[likely], here.memory[likely], here.node[likely]))]
        node, memory = here.node[order], here.memory[order]
        fresh = np.ones(len(order), bool)
        fresh[1:] = (node[1:] != node[:-1]) | (memory[1:] != memory[:-1])
        order = order[fresh]
        if len(order) > labels:
            return order[np.argpartition(promise[order], labels)[:labels]], False
        return order, len(likely) == len(here.node)

    def _next(self, slot: int, here: Some, priced: Ints, by_marks: Ints, left: Ints, limit: int
              ) -> Iterator[tuple[int, Some]]:
        """Every step from these labels that can still end below the limit, by the slot after it."""
        graph = self.graph
        node, _, comes, _, marks = graph.layers[slot]
        steps = np.flatnonzero(graph.steps.open[:, slot])
        arc = self._arc_at[slot][np.searchsorted(node, here.node)][:, graph.class_of[steps]]
        memory = self._after(here.memory)[:, self._effect[steps]]
        paid = here.paid[:, None] + priced[steps][None, :] + by_marks[marks[arc]]
        label, which = np.nonzero((arc >= 0) & (memory != NEVER) & (paid + left[comes[arc]] < limit))
        lengths = self._length[steps[which]]
        for length in np.unique(lengths).tolist():
            a, b = label[lengths == length], which[lengths == length]
            yield slot + length, Some(comes[arc[a, b]], memory[a, b], paid[a, b], a, steps[b])

    def along(self, steps: Sequence[int]) -> tuple[list[tuple[int, int]], list[int]]:
        """Slot and step of each run of a year, and the graph's marks on the way."""
        node, slot, at, marks = 0, 0, [], []
        for step in steps:
            nodes, _, comes, _, marked = self.graph.layers[slot]
            arc = self._arc_at[slot][int(np.searchsorted(nodes, node)), self.graph.class_of[step]]
            at.append((slot, step))
            marks.append(int(marked[arc]))
            node, slot = int(comes[arc]), slot + int(self._length[step])
        return at, marks

    def _after(self, memory: Ints) -> Ints:
        """For each label and effect the memory after it; NEVER where it is not allowed."""
        state = self._counted(memory)
        after, ok, every = memory[:, None], np.True_, np.arange(self._reads.shape[1])
        for reads, then in zip(self._reads, self._then, strict=True):
            now = state[:, reads]
            new = then[every, now]
            ok = ok & (new != NEVER)
            after = after + ((new - now) << self._at[reads])
        return np.where(ok, after, NEVER)

    def _counted(self, memory: Ints) -> Ints:
        """The state of each trait that was left out (a counter's is what it has counted), and a 0."""
        return (memory[:, None] >> self._at) & ((1 << self._width) - 1)

    def _cheapest(self, kept: list[Some], below: int) -> Walked | None:
        """Of the labels at the end, the one whose year really costs least, if that is less than ``below``."""
        last, states = kept[-1], self._counted(kept[-1].memory)[:, :-1]
        real = last.paid - states @ self.prices
        for n, ends in enumerate(self._ends):
            real[~np.isin(states[:, n], ends)] = below
        if not len(real) or real.min() >= below:
            return None
        at, slot, steps = int(np.argmin(real)), len(kept) - 1, []
        first = np.cumsum([0, *[len(some.node) for some in kept]])
        while slot > 0:
            steps.append(int(kept[slot].step[at]))
            number = int(kept[slot].parent[at])
            slot = int(np.searchsorted(first, number, side="right")) - 1
            at = number - int(first[slot])
        return Walked(int(real.min()), steps[::-1])
