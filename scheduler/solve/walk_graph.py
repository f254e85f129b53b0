"""All of one person's years as the paths of a graph: a node is a slot and the states of the traits that are kept.

Steps that differ in nothing that is kept are one *class*; at given costs only its cheapest counts. So where some traits
are left out the graph stays small, and its shortest path is a lower bound.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.walk import NEVER, Trait, Walk

Ints = NDArray[np.int64]
#: a cost that no path has
FAR = np.int64(1) << 52


@dataclass(frozen=True)
class Step:
    """A run of a duty. ``tables``: for each trait, the state after it by the state before it; None: it stays."""

    duty: str
    length: int
    tables: tuple[tuple[int, ...] | None, ...]


class Steps:
    """What a person can do next, in every slot: ``open[step, slot]``, and ``cells[step, slot]``, the model's variables
    of a run that begins there (``width``, a variable that there is not, where a run is shorter)."""

    def __init__(self, walk: Walk, traits: Sequence[Trait], width: int):
        self.slots, self.traits, self.width = len(walk.board.layer.slots), traits, width
        self.steps: list[Step] = []
        for duty in walk.board.layer.duties:
            if any(walk.board.cell(walk.person, slot, duty) is not None for slot in walk.board.layer.slots):
                each = [trait.ways.get(duty, trait.others or (None,)) for trait in traits]
                self.steps += [Step(duty, walk.length(duty), tables) for tables in itertools.product(*each)]
        longest = max((step.length for step in self.steps), default=1)
        self.open = np.zeros((len(self.steps), self.slots), bool)
        self.cells = np.full((len(self.steps), self.slots, longest), width, np.int64)
        for n, step in enumerate(self.steps):
            var = [walk.board.cell(walk.person, slot, step.duty) for slot in range(self.slots)]
            for slot in range(self.slots - step.length + 1):
                run = [v for v in var[slot:slot + step.length] if v is not None]
                if len(run) == step.length:
                    self.open[n, slot] = True
                    self.cells[n, slot, :step.length] = run

    def costs(self, cost: Ints) -> Ints:
        """What each step costs in each slot; ``cost`` by variable, with a 0 at the end."""
        return np.where(self.open, cost[self.cells].sum(2), FAR)


class Graph:
    """Nodes by slot, arcs by the node they leave. ``kept`` are the traits that make the nodes.

    ``within`` is a graph whose kept traits these begin with: what cannot reach the end there cannot here. With more
    than ``most_arcs`` arcs it is not built: ``fits`` is False.
    """

    def __init__(self, steps: Steps, kept: Sequence[int], most_arcs: int, within: Graph | None = None):
        self.steps, self.kept, self._within = steps, tuple(kept), within
        self.fits = True
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

    # -- building: slot by slot, every node that can be reached; then only those from which the end can be

    def _grow(self, most_arcs: int) -> None:
        sizes = [self.steps.traits[k].size for k in self.kept]
        self._radix = [int(np.prod(sizes[:n], dtype=np.int64)) for n in range(len(sizes))]
        self._sizes, slots = sizes, self.steps.slots
        came: list[list[Ints]] = [[] for _ in range(slots + 1)]
        came[0].append(np.zeros(1, np.int64))
        span = int(np.prod([self.steps.traits[k].size for k in self._within.kept])) if self._within else 1
        keys, raw, arcs = [], [], 0
        for slot in range(slots + 1):
            here = np.unique(np.concatenate(came[slot])) if came[slot] else np.zeros(0, np.int64)
            if self._within:
                here = here[np.isin(here % span, self._within.keys[slot])]
            keys.append(here)
            raw.append(self._leave(slot, here) if slot < slots and len(here) else [])
            for c, _, after in raw[-1]:
                came[slot + self.steps.steps[self.members[c][0]].length].append(after)
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
            number[case] = self._marks_at.setdefault(tuple(sorted(found)), len(self._marks_at))
        return number[joint]

    def _number(self, keys: list[Ints], raw: list[list[tuple[int, Ints, Ints]]]) -> None:
        """Drop what leads nowhere, number the rest, and lay the arcs out by the node they leave."""
        slots, sizes = self.steps.slots, [len(k) for k in keys]
        first = np.concatenate([[0], np.cumsum(sizes)])
        every, lengths_of = np.concatenate(keys), np.array([self.steps.steps[m[0]].length for m in self.members])
        good = np.zeros(first[-1], bool)
        final = np.ones(sizes[slots], bool)
        for n, states in enumerate(self._states(keys[slots])):
            final &= np.isin(states, list(self.steps.traits[self.kept[n]].ends))
        good[first[slots]:] = final
        laid: list[tuple[Ints, ...]] = [() for _ in range(slots)]
        for slot in range(slots - 1, -1, -1):
            if not raw[slot]:
                laid[slot] = tuple(np.zeros(0, np.int64) for _ in range(4))
                continue
            ends = [slot + self.steps.steps[self.members[c][0]].length for c, *_ in raw[slot]]
            leaves = np.concatenate([at for _, at, _ in raw[slot]]) + first[slot]
            comes = np.concatenate([self._place(keys, first, end, after)
                                    for end, (_, _, after) in zip(ends, raw[slot], strict=True)])
            kind = np.concatenate([np.full(len(at), c) for c, at, _ in raw[slot]])
            kept = np.flatnonzero(good[comes] & (comes >= 0))
            kept = kept[np.argsort(leaves[kept], kind="stable")]
            leaves, comes, kind = leaves[kept], comes[kept], kind[kept]
            marks, lengths = np.zeros(len(kept), np.int64), lengths_of[kind]
            for length in np.unique(lengths).tolist():
                mine = np.flatnonzero(lengths == length)
                marks[mine] = self._marked(slot, length, every[leaves[mine]], every[comes[mine]])
            laid[slot] = leaves, comes, kind, marks
            good[laid[slot][0]] = True
        number = np.cumsum(good) - 1
        self.keys = [k[good[a:b]] for k, (a, b) in zip(keys, itertools.pairwise(first), strict=True)]
        self.nodes = int(good.sum())
        self.first = np.concatenate([[0], np.cumsum([int(good[a:b].sum()) for a, b in itertools.pairwise(first)])])
        self.possible = bool(good[0])
        self.layers = []
        for leaves, comes, kind, marks in laid:
            node = number[leaves]
            begin = np.flatnonzero(np.concatenate([[True], node[1:] != node[:-1]])) if len(node) else np.zeros(0, int)
            self.layers.append((node[begin], begin, number[comes], kind, marks))
        self.arcs = sum(len(layer[3]) for layer in self.layers)
        sets = list(self._marks_at)
        self._marked_vars = np.full((len(sets), max(1, *map(len, sets))), self.steps.width, np.int64)
        for n, found in enumerate(sets):
            self._marked_vars[n, :len(found)] = found
        self.mark_sets = sets

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
            at, slot = int(comes[arc]), slot + self.steps.steps[self.members[int(kind[arc])][0]].length
        return found
