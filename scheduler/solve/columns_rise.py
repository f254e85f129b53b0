"""The bound: prices are moved until the mix of years costs no more than what they prove.

The next prices lie between the best so far and those of the mix, which jump about (Wentges, Weighted Dantzig–Wolfe
decomposition, Operations Research Letters 1997).
"""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.solve.columns_bound import Bounded, Lagrangian
from scheduler.solve.columns_known import Known
from scheduler.solve.columns_master import Master
from scheduler.solve.columns_pricing import Column

#: the part of the time that the bound may take before the search begins
SHARE = 0.4
#: how exactly each person's year is found while there are new ones, in units of cost
GAP = 1.0
#: how much of the best prices so far is in the next ones
SMOOTH = 0.6
#: the longest that one person's year may take
YEAR_SECONDS = 15.0


def rise(known: Known, master: Master, lagrangian: Lagrangian) -> None:
    """Raise the bound until the mix costs no more (rounded up), or its share of the time is over."""
    centre, best, smooth = [0.0] * len(lagrangian.cut.links), None, SMOOTH
    worth, gap = centre, GAP
    while known.left(SHARE) > 0:
        trial = [smooth * old + (1 - smooth) * new for old, new in zip(centre, worth, strict=True)]
        prices = lagrangian.whole(trial)
        found = lagrangian.at(prices, min(YEAR_SECONDS, max(1.0, known.left(SHARE))), gap)
        if any(p.impossible for p in found.priced.values()):
            known.impossible = True
            return
        fresh = master.add(columns_of(found))
        if best is None or found.parts > best:
            best, centre = found.parts, trial
            known.better_prices(found, prices)
            smooth = SMOOTH if fresh else smooth
        mix = master.solve()
        if mix is None or (mix.traded < 1e-6 and known.bound >= mix.cost - 1e-6) or not (fresh or smooth):
            return
        worth, gap = mix.worth, GAP if fresh else 0.0
        if not fresh:
            smooth = smooth / 2 if smooth > 0.2 else 0.0


def columns_of(found: Bounded) -> list[Column]:
    """All years that pricing met."""
    return [c for p in found.priced.values() for c in (p.column, *p.others) if c is not None]


def dear(cost: Mapping[int, int]) -> float:
    """What missing one unit of a link costs the mix: more than a better year is worth, and no more than that, for the
    larger it is the further the first prices jump."""
    return 10.0 * max(map(abs, cost.values()), default=1)
