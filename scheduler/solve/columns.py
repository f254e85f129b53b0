"""Column generation over people: a person's whole year is one choice; only what links people is decided together.

Dantzig and Wolfe's decomposition, for any model that splits by person (``columns_split``):

1. *Bound.* Links (staffing, the worst-off …) get prices instead of limits; then every person's best year can be found
   alone, and together they prove a bound. The master moves the prices until the bound cannot rise (``columns_rise``).
2. *Choice.* The years found on the way are columns; the best choice of one a person is a first schedule.
3. *Dive.* Cell by cell the mix is made whole (``columns_dive``); then the cells held last are let go of again.
4. *Neighbourhoods.* A few people choose anew while the others are held, the ones furthest from their best first, until
   the value meets the bound or time is up.

A person's best year is a shortest path where the rules can be walked (``walk_pricing``), else a small model of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from scheduler.domain.board import Model
from scheduler.domain.linear import Linear
from scheduler.solve.columns_bound import Lagrangian, Prices
from scheduler.solve.columns_descent import Descent
from scheduler.solve.columns_known import Known
from scheduler.solve.columns_master import Master
from scheduler.solve.columns_pricing import Column
from scheduler.solve.columns_rise import dear, rise
from scheduler.solve.columns_search import Search
from scheduler.solve.columns_split import Split, split
from scheduler.solve.cpsat import Answer
from scheduler.solve.settings import Settings

Sums = Sequence[tuple[Linear, int | None, int | None]]
Progress = Callable[[int | None, int | None], None]


class Columns:
    """A model that is solved by columns. ``cells`` are the variables whose person is known (``columns_split.owners``).

    ``sums`` are all its rows: definitions, conditions, and tiers that are held. ``pricers`` find each person's best
    year, by name (``walk_pricing.walkers``).
    """

    def __init__(self, model: Model, sums: Sums, cells: Mapping[int, str], pricers: Mapping[str, Prices] | None = None):
        self.model, self.cells, self.pricers = model, cells, pricers
        self.cut: Split = split(model, sums, cells)
        if pricers is not None and set(pricers) != {block.name for block in self.cut.blocks}:
            raise ValueError("There must be a pricer for each person, and all of a person in one layer.")

    def solve(self, cost: Linear, large: bool, settings: Settings, seconds: float | None = None,
              progress: Progress | None = None, start: Sequence[int] | None = None, grain: int = 1) -> Answer:
        """Make ``cost`` small (or large); the bound is proven whatever the value. ``start`` is a schedule to improve;
        every schedule's cost is known to be a multiple of ``grain``.

        Without ``seconds`` it goes on until the value is proven. Raises ``RuntimeError`` where what was walked does not
        fit the model: a year breaks one of its rows, or costs less than the bound. Then a rule's ``walk`` is wrong.
        """
        sign = -1 if large else 1
        each = {v: c * sign for v, c in cost.merged().items()}

        def tell(best: int | None, bound: int | None) -> None:
            if progress is not None:
                progress(*(None if x is None else cost.const + sign * x for x in (best, bound)))

        bound = sum(c * (self.model.low if c > 0 else self.model.high)[v] for v, c in each.items())
        known = Known(bound, seconds, grain, sign * cost.const, tell)
        known.impossible = self.cut.broken
        with ThreadPoolExecutor(max(1, settings.workers)) as executor:
            search = Search(self.cut, self.model, each, settings, executor)
            master = Master(self.cut, self.model, each, dear(each))
            if start is not None:
                known.take(search.found(list(start)))
                master.add(Column(b.name, tuple((v, start[v]) for v in b.vars if start[v])) for b in self.cut.blocks)
            lagrangian = Lagrangian(self.cut, self.model, each, settings, executor, self.pricers)
            if not known.impossible:
                rise(known, master, lagrangian)
            if not known.impossible:
                Descent(self.cut, each, self.cells, known, master, lagrangian, search, settings.workers).run()
            return self._answer(known, search, cost.const, sign)

    def _answer(self, known: Known, search: Search, const: int, sign: int) -> Answer:
        took = -known.left() + (known.seconds or 1e9)
        if known.impossible:
            return Answer("impossible", seconds=took)
        if known.best is None or not known.kept:
            return Answer("unknown", seconds=took)
        whole = known.best
        if self.pricers is not None:
            filled = search.completed(whole, [var for var in self.cells if whole.values[var] == 1])
            if filled is None or filled.rank > whole.rank or filled.cost < known.bound:
                raise RuntimeError("A year that was found by walking does not fit the model.")
            whole = filled
        value, bound = const + sign * whole.cost, const + sign * known.bound
        return Answer("optimal" if value == bound else "feasible", whole.values, value, bound, took)
