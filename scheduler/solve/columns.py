"""Column generation over people: a person's whole year is one choice; only what links people is decided together.

Dantzig and Wolfe's decomposition, for any model that splits by person (``columns_split``):

1. *Bound.* Links (staffing, the worst-off …) get prices instead of limits; then every person's best year can be found
   alone, and together they prove a bound. The master moves the prices until the bound cannot rise (``columns_master``).
2. *Choice.* The years found on the way are columns; the best choice of one a person is a first schedule.
3. *Neighbourhoods.* A few people choose anew while the others are held, the ones furthest from their best first, until
   the value meets the bound or time is up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from scheduler.domain.board import Model
from scheduler.domain.linear import Linear
from scheduler.solve.columns_bound import SCALE, Bounded, Lagrangian
from scheduler.solve.columns_master import Master
from scheduler.solve.columns_pricing import Column
from scheduler.solve.columns_search import SECONDS, Found, Search
from scheduler.solve.columns_split import Split, split
from scheduler.solve.columns_start import first_prices
from scheduler.solve.cpsat import Answer
from scheduler.solve.settings import Settings

Sums = Sequence[tuple[Linear, int | None, int | None]]
Progress = Callable[[int | None, int | None], None]
#: the part of the time that the bound may take before the search begins
BOUND_SHARE = 0.5
#: how far the prices may move from the best ones at first, in units of cost
WIDTH = 1.0
#: how exactly each person's year is found at first, in units of cost; later, in proportion to what is still open
GAP = 1.0
#: the longest that one person's year may take
YEAR_SECONDS = 15.0


class Columns:
    """A model that is solved by columns. ``cells`` are the variables whose person is known (``columns_split.owners``).

    ``sums`` are all its rows: definitions, conditions, and tiers that are held.
    """

    def __init__(self, model: Model, sums: Sums, cells: Mapping[int, str]):
        self.model = model
        self.cut: Split = split(model, sums, cells)

    def solve(self, cost: Linear, large: bool, settings: Settings, seconds: float | None = None,
              progress: Progress | None = None, start: Sequence[int] | None = None) -> Answer:
        """Make ``cost`` small (or large); the bound is proven whatever the value. ``start`` is a schedule to improve.

        Without ``seconds`` it goes on until the value is proven.
        """
        sign = -1 if large else 1
        with ThreadPoolExecutor(max(1, settings.workers)) as executor:
            run = _Run(self.cut, self.model, {v: c * sign for v, c in cost.merged().items()}, settings, executor,
                       seconds, lambda best, bound: _tell(progress, cost.const, sign, best, bound))
            if start is not None:
                run.start_from(list(start))
            return run.answer(cost.const, sign)


def _tell(progress: Progress | None, const: int, sign: int, best: int | None, bound: int | None) -> None:
    if progress is not None:
        progress(*(None if x is None else const + sign * x for x in (best, bound)))


class _Run:
    """One solve, as a minimisation without constant."""

    def __init__(self, cut: Split, model: Model, cost: Mapping[int, int], settings: Settings,
                 executor: ThreadPoolExecutor, seconds: float | None, tell: Progress):
        self.began, self.seconds, self.tell = time.monotonic(), seconds, tell
        self.cut, self.model, self.cost, self.settings = cut, model, cost, settings
        self.lagrangian = Lagrangian(cut, model, cost, settings, executor)
        self.search = Search(cut, model, cost, settings, executor)
        self.master = Master(cut, model, cost)
        self.bound = sum(c * (model.low if c > 0 else model.high)[v] for v, c in cost.items())
        self.prices = [0] * len(cut.links)
        self.least: dict[str, int] = {}         # what each person's best year costs at the best prices, in parts
        self.best: Found | None = None
        self.impossible = False

    def left(self, share: float = 1.0) -> float:
        """Seconds left of this share of the time."""
        if self.seconds is None:
            return 1e9 if share == 1.0 else 600.0
        return self.seconds * share - (time.monotonic() - self.began)

    def start_from(self, values: list[int]) -> None:
        """A schedule to improve on."""
        self.take(self.search.found(values))
        self.master.add(self._columns_of(values))

    def answer(self, const: int, sign: int) -> Answer:
        """Bound, choose, improve."""
        self.raise_bound()
        if not self.impossible:
            self.descend()
        took = time.monotonic() - self.began
        if self.impossible:
            return Answer("impossible", seconds=took)
        if self.best is None or self.best.missed:
            return Answer("unknown", seconds=took)
        value, bound = const + sign * self.best.cost, const + sign * self.bound
        return Answer("optimal" if value == bound else "feasible", self.best.values, value, bound, took)

    @property
    def proven(self) -> bool:
        return self.best is not None and not self.best.missed and self.best.cost <= self.bound

    # -- the bound

    def raise_bound(self) -> None:
        """Move the prices until the mix costs no more than the bound (rounded up), or its share of the time is over."""
        worth = first_prices(self.cut, self.model, self.cost, max(1.0, self.left(BOUND_SHARE) / 3))
        prices, best, width, idle, gap = self.lagrangian.whole(worth), None, WIDTH, 0, GAP
        while True:
            found = self.lagrangian.at(prices, min(YEAR_SECONDS, max(1.0, self.left(BOUND_SHARE))), gap)
            if any(p.impossible for p in found.priced.values()):
                self.impossible = True
                return
            if best is None or found.parts > best:
                best, idle = found.parts, 0
                self._better_bound(found, prices)
            else:
                idle += 1
            fresh = self.master.add(self._columns(found))
            if idle >= 3 or not fresh:
                width, idle = width / 2, 0
            self.master.centre([p / SCALE for p in self.prices], width)
            mix = self.master.solve()
            if mix is None or self.left(BOUND_SHARE) <= 0 or width < 1e-3:
                return
            open_ = mix.cost - best / SCALE
            if (gap < 1e-3 and open_ < 1e-2) or (mix.traded < 1e-6 and -(-best // SCALE) >= mix.cost - 1e-6):
                return
            gap = min(GAP, open_ / (4 * len(self.cut.blocks)))
            prices = self.lagrangian.whole(mix.worth)

    def _better_bound(self, found: Bounded, prices: list[int]) -> None:
        self.bound, self.prices = max(self.bound, found.bound), prices
        self.least = {name: p.bound for name, p in found.priced.items()}
        self.tell(self.best.cost if self.best is not None and not self.best.missed else None, self.bound)

    @staticmethod
    def _columns(found: Bounded) -> list[Column]:
        return [c for p in found.priced.values() for c in (p.column, *p.others) if c is not None]

    # -- the schedule

    def descend(self) -> None:
        """The best choice of columns, then neighbourhoods, as long as there is time and something to gain."""
        chosen = self.search.choose(self.master.columns, max(1.0, min(self.left() / 4, 60.0)), self.best)
        if chosen is None:
            return
        self.take(chosen)
        size, groups = 4, max(1, self.settings.workers)
        while not self.proven and self.left() > 0.5 and self.best is not None:
            size = min(size, len(self.cut.blocks))
            weights, picked = self._weights(self.best), list[list[str]]()
            for _ in range(groups if size * groups <= len(self.cut.blocks) else 1):
                picked.append(self.search.group(size, weights, [name for group in picked for name in group]))
            after, proven = self.search.improve(self.best, picked, min(SECONDS, self.left()))
            self.take(after)
            if size == len(self.cut.blocks) and all(proven):
                self.impossible = bool(after.missed)
                self.bound = max(self.bound, after.cost) if not after.missed else self.bound
                return
            size = size + 1 if all(proven) else max(2, size - 1) if not any(proven) else size

    def take(self, found: Found) -> None:
        """Keep the better of two schedules."""
        if self.best is None or found.rank < self.best.rank:
            self.best = found
            if not found.missed:
                self.tell(found.cost, self.bound)
        elif found.rank == self.best.rank:
            self.best = found

    def _weights(self, best: Found) -> dict[str, float]:
        """How much each person could gain at the best prices, and something for everyone."""
        cost = {var: c * SCALE for var, c in self.cost.items()}
        for price, (coefs, *_) in zip(self.prices, self.cut.links, strict=True):
            if price:
                for var, c in coefs.items():
                    cost[var] = cost.get(var, 0) - price * c
        far = {block.name: sum(cost.get(v, 0) * best.values[v] for v in block.vars) - self.least.get(block.name, 0)
               for block in self.cut.blocks}
        for coefs, low, high in self.cut.links:
            got = sum(c * best.values[v] for v, c in coefs.items())
            if (low is not None and got < low) or (high is not None and got > high):
                for block in self.cut.blocks:
                    if any(v in coefs for v in block.vars):
                        far[block.name] += SCALE
        return {name: 0.3 + amount / SCALE for name, amount in far.items()}

    def _columns_of(self, values: Sequence[int]) -> list[Column]:
        return [Column(b.name, tuple((v, values[v]) for v in b.vars if values[v])) for b in self.cut.blocks]
