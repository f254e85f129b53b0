"""From the bound down to a schedule: choose, dive, let go of what was decided last, improve a few people at a time."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.solve.columns_bound import SCALE, Lagrangian
from scheduler.solve.columns_dive import Dive
from scheduler.solve.columns_known import Known
from scheduler.solve.columns_master import Master
from scheduler.solve.columns_search import SECONDS, Found, Search
from scheduler.solve.columns_split import Block, Split

#: the longest that the choice among the columns and one step around a dive may take, and the dive's part of the time
CHOICE, AROUND, DIVE = 20.0, 60.0, 0.75
#: how much of what a dive decided stays, step by step
STAYS = 0.9, 0.8, 0.7, 0.6, 0.5, 0.4


class Descent:
    """One way down. ``cells`` are the variables that say who is where, ``cost`` what each variable costs."""

    def __init__(self, cut: Split, cost: Mapping[int, int], cells: Mapping[int, str], known: Known, master: Master,
                 lagrangian: Lagrangian, search: Search, workers: int):
        self.cut, self.cost, self.known, self.master, self.search = cut, cost, known, master, search
        self.lagrangian, self.workers = lagrangian, workers
        linked = {var for coefs, *_ in cut.links for var in coefs}
        self.cells = {var: name for var, name in cells.items() if var in linked}

    def run(self) -> None:
        """As far down as time allows, or until nothing better is left."""
        known = self.known
        chosen = self.search.choose(self.master.columns, max(1.0, min(known.left() / 4, CHOICE)), known.best)
        if chosen is not None:
            known.take(chosen)
        if not known.proven:
            self._dive()
        if known.best is not None:
            self._neighbourhoods(known.best)

    def _dive(self) -> None:
        """What the dive decided last was decided by what was left over: it is let go of again, more each time."""
        dive = Dive(self.master, self.lagrangian, self.cells)
        columns = dive.run(lambda: self.known.left(DIVE))
        if columns is not None:
            values = {var: value for column in columns for var, value in column.values}
            found = self.search.found([values.get(var, 0) for var in range(self.search.width)])
        elif self.known.best is not None:
            found = self.known.best
        else:
            return
        held = list(dive.held)
        for stays in STAYS:
            left = min(AROUND, self.known.left() - 1.0)
            if left <= 0 or self.known.proven:
                return
            found, _ = self.search.around(found, held[:int(stays * len(held))], left)
            self.known.take(found)

    def _neighbourhoods(self, best: Found) -> None:
        known, blocks = self.known, len(self.cut.blocks)
        size, groups = 4, max(1, self.workers)
        while not known.proven and known.left() > 0.5:
            best = known.best or best
            size = min(size, blocks)
            weights, picked = self._weights(best), list[list[str]]()
            for _ in range(groups if size * groups <= blocks else 1):
                picked.append(self.search.group(size, weights, [name for group in picked for name in group]))
            after, proven = self.search.improve(best, picked, min(SECONDS, known.left()))
            known.take(after)
            if size == blocks and all(proven):
                known.impossible = bool(after.missed)
                if not after.missed:
                    known.raise_bound(after.cost)
                return
            size = size + 1 if all(proven) else max(2, size - 1) if not any(proven) else size

    def _weights(self, best: Found) -> dict[str, float]:
        """How much each person could gain at the best prices, and something for everyone."""
        cost = {var: c * SCALE for var, c in self.cost.items()}
        for price, (coefs, *_) in zip(self.known.prices, self.cut.links, strict=True):
            if price:
                for var, c in coefs.items():
                    cost[var] = cost.get(var, 0) - price * c
        far = {block.name: self._far(block, best, cost) for block in self.cut.blocks}
        for coefs, low, high in self.cut.links:
            got = sum(c * best.values[v] for v, c in coefs.items())
            if (low is not None and got < low) or (high is not None and got > high):
                for block in self.cut.blocks:
                    if any(v in coefs for v in block.vars):
                        far[block.name] += SCALE
        return {name: 0.3 + amount / SCALE for name, amount in far.items()}

    def _far(self, block: Block, best: Found, cost: Mapping[int, int]) -> int:
        return sum(cost.get(v, 0) * best.values[v] for v in block.vars) - self.known.least.get(block.name, 0)
