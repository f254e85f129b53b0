"""The bound of a split model: what all people cost together when links have prices instead of limits.

Prices are whole parts of ``SCALE`` and each person's year is proven with whole numbers, so the bound is exact: no
rounding of a linear program can make it too good.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol

from scheduler.domain.board import Model
from scheduler.solve.columns_pricing import Priced, Pricer
from scheduler.solve.columns_split import Split
from scheduler.solve.settings import Settings

#: parts of one unit of cost that prices are counted in
SCALE = 1000
#: what a year without a held cell costs more
HELD = 10_000


@dataclass(frozen=True)
class Bounded:
    """``bound``: nothing costs less (whole cost units, rounded up). ``priced``: each block's answer, by name."""

    bound: int
    parts: int
    priced: Mapping[str, Priced]


class Prices(Protocol):
    """Finds one person's best year at given prices."""

    def price(self, cost: Mapping[int, int], settings: Settings, seconds: float, gap: int = 0) -> Priced:
        """The year that makes ``cost`` small, proven to within ``gap`` where that can be."""


class Lagrangian:
    """Prices all blocks at the same prices, side by side."""

    def __init__(self, cut: Split, model: Model, cost: Mapping[int, int], settings: Settings, executor: Executor,
                 pricers: Mapping[str, Prices] | None = None):
        self.cut, self.model, self.cost, self.settings, self.executor = cut, model, cost, settings, executor
        self._shared: dict[int, list[tuple[int, int]]] = {}
        for n, (coefs, *_) in enumerate(cut.links):
            for var in set(coefs).intersection(cut.shared):
                self._shared.setdefault(var, []).append((n, coefs[var]))
        self.pricers: Mapping[str, Prices] = pricers or {block.name: Pricer(block, model) for block in cut.blocks}

    def whole(self, worth: Sequence[float]) -> list[int]:
        """Prices in parts of ``SCALE``; those on a side that has no limit are nothing.

        Where a shared variable is wide, the smallest imbalance between its own cost and the prices of its links would
        ruin the bound, so these prices are made to balance exactly where they can be.
        """
        prices = [self._sided(n, round(price * SCALE)) for n, price in enumerate(worth)]
        for var, links in self._shared.items():
            got = sum(prices[n] * c for n, c in links)
            meant = self.cost.get(var, 0) * SCALE
            if got and (got > 0) == (meant > 0):
                for n, _ in links:
                    prices[n] = self._sided(n, round(prices[n] * meant / got))
            largest, c = max(links, key=lambda link: abs(prices[link[0]]))
            short = meant - sum(prices[n] * c for n, c in links)
            if abs(c) == 1:
                prices[largest] = self._sided(largest, prices[largest] + short * c)
        return prices

    def _sided(self, link: int, price: int) -> int:
        _, low, high = self.cut.links[link]
        return 0 if (price > 0 and low is None) or (price < 0 and high is None) else price

    def at(self, prices: Sequence[int], seconds: float, gap: float = 0.0, held: Collection[int] = ()) -> Bounded:
        """The bound at these prices, each block proven to within ``gap`` cost units or as far as ``seconds`` allow.

        With ``held`` cells, what comes back are years that have them wherever there are such, and no bound.
        """
        cost = {var: c * SCALE for var, c in self.cost.items()}
        fixed = 0
        for price, (coefs, low, high) in zip(prices, self.cut.links, strict=True):
            if price:
                fixed += price * (low if price > 0 else high)       # type: ignore[operator]
                for var, c in coefs.items():
                    cost[var] = cost.get(var, 0) - price * c
        for var in self.cut.shared:
            c = cost.get(var, 0)
            fixed += c * (self.model.low if c > 0 else self.model.high)[var]
        for var in held:
            cost[var] = cost.get(var, 0) - HELD * SCALE
        own = {block.name: block.vars for block in self.cut.blocks}
        tasks = {name: self.executor.submit(pricer.price, {v: cost[v] for v in own[name] if v in cost},
                                            self.settings, seconds, round(gap * SCALE))
                 for name, pricer in self.pricers.items()}
        priced = {name: task.result() for name, task in tasks.items()}
        parts = fixed + sum(p.bound for p in priced.values())
        return Bounded(-(-parts // SCALE), parts, priced)
