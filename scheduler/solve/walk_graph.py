"""All of one person's years as the paths of a graph: a node is a slot and the states of the traits that are kept.

Steps that differ in nothing that is kept are one *class*; at given costs only its cheapest counts. So where some traits
are left out the graph stays small, and its shortest path is a lower bound.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.walk import NEVER
from scheduler.solve.walk_steps import FAR, Ints, Steps


class Graph:
    """Nodes by slot, arcs by the node they leave. ``kept`` are the traits that make the nodes.

    ``within`` is a graph whose kept traits these begin with: what cannot reach the end there cannot here. With more
    than ``most_arcs`` arcs it is not built: ``fits`` is False.
    """

    def __init__(self, steps: Steps, kept: Sequence[int], most_arcs: int, within: Graph | None = None):
        self.steps, self.kept, self._within = steps, tuple(kept), within
        self._classes()
        self._marks_at: dict[tuple[int, ...], int] = {(): 0}
        self._grow(most_arcs)

    def _classes(self) -> None:
        """Steps with the same effect on what is kept."""
        alike: dict[tuple, list[int]] = {}
        for n, step in enumerate(self.steps.steps):
            alike.setdefault((step.length, *(step.tables[k] for k in self.kept)), []).append(n)
        self.members = list(alike.values())
        self.class_of = np.zeros(len(self.steps.steps), np.int64)
        for c, each in enumerate(self.members):
            self.class_of[each] = c
        self.open = np.array([self.steps.open[each].any(0) for each in self.members])
        self.lengths = np.array([self.steps.steps[each[0]].length for each in self.members])

    # -- building: slot by slot, every node that can be reached; then only those from which the end can be

    def _grow(self, most_arcs: int) -> None:
        sizes = [self.steps.traits[k].size for k in self.kept]
        self._radix = [math.prod(sizes[:n]) for n in range(len(sizes))]
        self._sizes, slots = sizes, self.steps.slots
        self.fits = math.prod(sizes) < int(FAR)
        if not self.fits:
            return
        came: list[list[Ints]] = [[] for _ in range(slots + 1)]
        came[0].append(np.zeros(1, np.int64))
        span = math.prod(self.steps.traits[k].size for k in self._within.kept) if self._within else 1
        keys, raw, arcs = [], [], 0
        for slot in range(slots + 1):
            here = np.unique(np.concatenate(came[slot])) if came[slot] else np.zeros(0, np.int64)
            if self._within:
                here = here[np.isin(here % span, self._within.keys[slot])]
            keys.append(here)
            raw.append(self._leave(slot, here) if slot < slots and len(here) else [])
            for c, _, after in raw[-1]:
                came[slot + int(self.lengths[c])].append(after)
                arcs += len(after)
            if arcs > most_arcs:
                self.fits = False
                return
        self._number(keys, raw)

    def _states(self, keys: Ints) -> list[Ints]:
        return [keys // radix % size for radix, size in zip(self._radix, self._sizes, strict=True)]

    def _leave(self, slot: int, keys: Ints) -> list[tuple[int, Ints, Ints]]:
        """Every arc that leaves these nodes: its class, the nodes, the keys after it."""
        states, made = self._states(keys), []
        for c, each in enumerate(self.members):
            if not self.open[c, slot]:
                continue
            step, ok, after = self.steps.steps[each[0]], np.ones(len(keys), bool), keys.copy()
            for n, k in enumerate(self.kept):
                table = step.tables[k]
                if table is not None:
                    new = np.array(table)[states[n]]
                    ok &= new != NEVER
                    after += (new - states[n]) * self._radix[n]
            at = np.flatnonzero(ok)
            if len(at):
                made.append((c, at, after[at]))
        return made

    def _all_marked(self, slot: int, kind: Ints, keys: Ints, after: Ints) -> Ints:
        marks, lengths = np.zeros(len(kind), np.int64), self.lengths[kind]
        for length in np.unique(lengths).tolist():
            mine = np.flatnonzero(lengths == length)
            marks[mine] = self._marked(slot, length, keys[mine], after[mine])
        return marks

    def _marked(self, slot: int, length: int, keys: Ints, after: Ints) -> Ints:
        """For each arc from key to key, the number of the set of variables that it marks."""
        follow = [n for n, k in enumerate(self.kept) if self.steps.traits[k].marks is not None]
        joint, base = np.zeros(len(keys), np.int64), 1
        for n in follow:
            size, radix = self._sizes[n], self._radix[n]
            joint += (keys // radix % size * size + after // radix % size) * base
            base *= size ** 2
        number = np.zeros(base, np.int64)
        number[joint] = 1
        for case in np.flatnonzero(number).tolist():
            found: list[int] = []
            left = case
            for n in follow:
                left, pair = divmod(left, self._sizes[n] ** 2)
                before, then = divmod(pair, self._sizes[n])
                marks = self.steps.traits[self.kept[n]].marks
                for more in range(length):
                    found += marks(slot + more, before if more == 0 else then, then)        # type: ignore[misc]
            number[case] = self._marks_at.setdefault(tuple(sorted(set(found))), len(self._marks_at))
        return number[joint]

    def _number(self, keys: list[Ints], raw: list[list[tuple[int, Ints, Ints]]]) -> None:
        """Drop what leads nowhere, number the rest, and lay the arcs out by the node they leave."""
        first = np.concatenate([[0], np.cumsum([len(k) for k in keys])])
        good, laid = self._useful(keys, raw, first)
        self.possible, self.nodes = bool(good[0]), int(good.sum())
        self.keys = [k[good[a:b]] for k, (a, b) in zip(keys, itertools.pairwise(first), strict=True)]
        every, number = np.concatenate(keys), np.cumsum(good) - 1
        #: for each slot: nodes that have arcs, where the arcs of each begin; and of each arc the node it comes to, its
        #: class and its marks
        self.layers = []
        for slot, (leaves, comes, kind) in enumerate(laid):
            fresh = np.ones(len(leaves), bool)
            fresh[1:] = leaves[1:] != leaves[:-1]
            begin = np.flatnonzero(fresh)
            marks = self._all_marked(slot, kind, every[leaves], every[comes])
            self.layers.append((number[leaves[begin]], begin, number[comes], kind, marks))
        self.arcs = sum(len(layer[3]) for layer in self.layers)
        self.mark_sets = list(self._marks_at)
        longest = max(1, *map(len, self.mark_sets))
        self._marked_vars = np.full((len(self.mark_sets), longest), self.steps.width, np.int64)
        for n, found in enumerate(self.mark_sets):
            self._marked_vars[n, :len(found)] = found

    def _useful(self, keys: list[Ints], raw: list[list[tuple[int, Ints, Ints]]], first: Ints
                ) -> tuple[NDArray[np.bool_], list[tuple[Ints, Ints, Ints]]]:
        """From which nodes the end can be reached; and for each slot the arcs to these: from, to, class."""
        good = np.zeros(first[-1], bool)
        good[first[-2]:] = True
        for n, states in enumerate(self._states(keys[-1])):
            good[first[-2]:] &= np.isin(states, list(self.steps.traits[self.kept[n]].ends))
        nothing, laid = np.zeros(0, np.int64), list[tuple[Ints, Ints, Ints]]()
        for slot in range(self.steps.slots - 1, -1, -1):
            leaves = np.concatenate([nothing, *(at for _, at, _ in raw[slot])]) + first[slot]
            comes = np.concatenate([nothing, *(self._place(keys, first, slot + int(self.lengths[c]), after)
                                               for c, _, after in raw[slot])])
            kind = np.concatenate([nothing, *(np.full(len(at), c) for c, at, _ in raw[slot])])
            kept = np.flatnonzero(good[comes] & (comes >= 0))
            kept = kept[np.argsort(leaves[kept], kind="stable")]
            laid.append((leaves[kept], comes[kept], kind[kept]))
            good[leaves[kept]] = True
        return good, laid[::-1]

    @staticmethod
    def _place(keys: list[Ints], first: Ints, slot: int, wanted: Ints) -> Ints:
        """The nodes of these keys in a slot; -1 where there is none."""
        at = np.searchsorted(keys[slot], wanted)
        there = at < len(keys[slot])
        there[there] = keys[slot][at[there]] == wanted[there]
        return np.where(there, first[slot] + at, -1)

    # -- shortest paths

    def class_costs(self, costs: Ints) -> tuple[Ints, Ints]:
        """For each class and slot, the least cost and the step that has it; ``costs`` by step and slot."""
        best = np.stack([costs[each].argmin(0) for each in self.members])
        step = np.stack([np.array(each)[at] for each, at in zip(self.members, best, strict=True)])
        return np.take_along_axis(costs, step, 0), step

    def mark_costs(self, cost: Ints) -> Ints:
        """What each set of marks costs."""
        return cost[self._marked_vars].sum(1)

    def to_the_end(self, by_class: Ints, by_marks: Ints) -> tuple[Ints, list[Ints]]:
        """For each node the least cost from there to the end; for each slot what each arc and all after it cost."""
        left, through = np.zeros(self.nodes, np.int64), []
        for slot in range(self.steps.slots - 1, -1, -1):
            node, begin, comes, kind, marks = self.layers[slot]
            total = by_class[kind, slot] + by_marks[marks] + left[comes]
            if len(node):
                left[node] = np.minimum.reduceat(total, begin)
            through.append(total)
        return left, through[::-1]

    def path(self, through: list[Ints]) -> list[tuple[int, int, int]]:
        """The cheapest path: (slot, class, marks) of each arc."""
        at, slot, found = 0, 0, []
        while slot < self.steps.slots:
            node, begin, comes, kind, marks = self.layers[slot]
            n = int(np.searchsorted(node, at))
            low, high = begin[n], begin[n + 1] if n + 1 < len(begin) else len(kind)
            arc = low + int(np.argmin(through[slot][low:high]))
            found.append((slot, int(kind[arc]), int(marks[arc])))
            at, slot = int(comes[arc]), slot + int(self.lengths[kind[arc]])
        return found
