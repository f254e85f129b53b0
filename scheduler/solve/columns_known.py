"""What is known while columns are generated: the best schedule, the proven bound and the prices that prove it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from scheduler.solve.columns_bound import Bounded
from scheduler.solve.columns_search import Found

#: what a run without a limit of time may spend on each of its parts
UNLIMITED = 600.0


@dataclass
class Known:
    """Of a minimisation without constant. ``bound``: nothing costs less; every cost, with ``const``, is a multiple of
    ``grain``.

    ``least``: what each person's best year costs at the best prices so far, in parts of ``columns_bound.SCALE``.
    """

    bound: int
    seconds: float | None
    grain: int
    const: int
    tell: Callable[[int | None, int | None], None]
    best: Found | None = None
    prices: list[int] = field(default_factory=list)
    least: dict[str, int] = field(default_factory=dict)
    impossible: bool = False
    began: float = field(default_factory=time.monotonic)

    def left(self, share: float = 1.0) -> float:
        """Seconds left of this share of the time."""
        if self.seconds is None:
            return 1e9 if share == 1.0 else UNLIMITED
        return self.seconds * share - (time.monotonic() - self.began)

    @property
    def kept(self) -> bool:
        """Whether the best schedule misses no link."""
        return self.best is not None and not self.best.missed

    @property
    def proven(self) -> bool:
        """Whether nothing better is left."""
        return self.best is not None and self.kept and self.best.cost <= self.bound

    def raise_bound(self, bound: int) -> None:
        """Nothing costs less than this, rounded up to the grain."""
        self.bound = max(self.bound, -(-(bound + self.const) // self.grain) * self.grain - self.const)
        self.tell(self.best.cost if self.best is not None and self.kept else None, self.bound)

    def better_prices(self, found: Bounded, prices: list[int]) -> None:
        """Prices that prove more than those before."""
        self.prices, self.least = prices, {name: p.bound for name, p in found.priced.items()}
        self.raise_bound(found.bound)

    def take(self, found: Found) -> None:
        """Keep the better of two schedules, and of two as good the newer."""
        if self.best is None or found.rank <= self.best.rank:
            better = self.best is None or found.rank < self.best.rank
            self.best = found
            if better and self.kept:
                self.tell(found.cost, self.bound)
