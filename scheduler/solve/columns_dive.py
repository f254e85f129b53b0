"""From prices to a schedule: cell by cell, what the mix is surest of is held, and the years are found anew around it.

Diving: every column that misses a held cell is out, and a person's next year is priced with the held cells in it, so
that the mix always has years to choose from (Sadykov and others, Primal heuristics for branch and price, INFORMS
Journal on Computing 2019).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from scheduler.solve.columns_bound import Lagrangian
from scheduler.solve.columns_master import Master, Mix
from scheduler.solve.columns_pricing import Column

#: rounds of pricing after cells were held, at most; fewer where the mix gains less than this share of its cost
ROUNDS, GAIN = 8, 2e-4
#: from this share on a cell is as good as decided; below it, the surest few of those left are held
SURE, FEW = 0.97, 8


class Dive:
    """One dive; ``cells`` are the variables that may be held, with their person."""

    def __init__(self, master: Master, lagrangian: Lagrangian, cells: Mapping[int, str]):
        self.master, self.lagrangian, self.cells = master, lagrangian, cells
        self.held: dict[int, None] = {}             # in the order in which they were decided

    def run(self, left: Callable[[], float]) -> list[Column] | None:
        """A column for each block, chosen so; None where time ran out or somebody is left without. Links may be missed.

        ``left`` are the seconds that are left.
        """
        try:
            while left() > 0:
                mix = self._priced(left)
                if mix is None:
                    return None
                open_ = self._open(mix)
                if not open_:
                    return self._chosen(mix)
                self._hold(open_, mix)
            return None
        finally:
            self.master.let_go()

    def _priced(self, left: Callable[[], float]) -> Mix | None:
        mix = self.master.solve()
        for _ in range(ROUNDS):
            if mix is None or left() <= 0:
                return mix
            found = self.lagrangian.at(self.lagrangian.whole(mix.worth), left(), 1.0, self.held)
            fresh = [c for p in found.priced.values() if (c := p.column) is not None and self._keeps(c)]
            if not self.master.add(fresh):
                break
            before, mix = mix.cost, self.master.solve()
            if mix is not None and before - mix.cost < GAIN * abs(mix.cost):
                break
        return mix

    def _keeps(self, column: Column) -> bool:
        on = {v for v, _ in column.values}
        return all(v in on for v in self.held if self.cells[v] == column.block)

    def _open(self, mix: Mix) -> list[tuple[float, int]]:
        """The mix's cells that are not held yet, surest first; none where every one of them is whole already."""
        share: dict[int, float] = {}
        for column, amount in mix.shares.items():
            for v, _ in column.values:
                if v in self.cells and v not in self.held:
                    share[v] = share.get(v, 0.0) + amount
        if all(s > 1 - 1e-6 or s < 1e-6 for s in share.values()):
            return []
        return sorted(((s, v) for v, s in share.items() if s > 1e-6), reverse=True)

    def _hold(self, open_: Sequence[tuple[float, int]], mix: Mix) -> None:
        """The sure cells and a few more: of one person only what stands together in one year of the mix."""
        sure = [v for s, v in open_ if s >= SURE]
        fresh = sure + [v for s, v in open_ if s < SURE][:FEW]
        years = [(c.block, {v for v, _ in c.values}) for c in mix.shares]
        for var in fresh:
            mine = {v for v in fresh if v in self.held and self.cells[v] == self.cells[var]} | {var}
            if any(name == self.cells[var] and mine <= on for name, on in years):
                self.held[var] = None
        self.master.hold(self._keeps)

    def _chosen(self, mix: Mix) -> list[Column] | None:
        """Everybody's column; None where somebody has none."""
        best: dict[str, tuple[float, Column]] = {}
        for column, amount in mix.shares.items():
            if column.block not in best or amount > best[column.block][0]:
                best[column.block] = amount, column
        whole = len(best) == len(self.lagrangian.cut.blocks)
        return [column for _, column in best.values()] if whole else None
