"""One person's best year at given prices: a small model of their own, solved to a proven bound again and again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from scheduler.domain.board import Model
from scheduler.domain.linear import Linear
from scheduler.solve.columns_split import Block
from scheduler.solve.cpsat import CpSat
from scheduler.solve.form import form_of
from scheduler.solve.handed import Run
from scheduler.solve.settings import Settings

#: how many of the good years met on the way are kept
POOL = 4


@dataclass(frozen=True)
class Column:
    """One year of one person: the block's variables that are not 0, with their values, in order."""

    block: str
    values: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Priced:
    """The best year found at some prices, what it costs, and the proven least that any year costs at them.

    ``column`` is None where the time was too short, or where ``impossible`` says that the person has no year at all;
    ``others`` are further good years that were met on the way.
    """

    column: Column | None
    value: int
    bound: int
    impossible: bool = False
    others: tuple[Column, ...] = ()


class Pricer:
    """A block's own model, ready to be solved at new prices.

    Presolve costs more than it saves on models of this size (measured: a third of the time without it).
    """

    def __init__(self, block: Block, model: Model):
        self.block = block
        self._last: tuple[Mapping[int, int], Priced] | None = None
        self._at = {var: n for n, var in enumerate(block.vars)}
        self._low = [model.low[var] for var in block.vars]
        self._high = [model.high[var] for var in block.vars]
        small = Model()
        for low, high in zip(self._low, self._high, strict=True):
            small.variable(low, high)
        self._cpsat = CpSat(form_of(small, ((self._own(coefs), low, high) for coefs, low, high in block.rows)))

    def _own(self, coefs: Mapping[int, int]) -> Linear:
        return Linear([self._at[v] for v in coefs], list(coefs.values()))

    def price(self, cost: Mapping[int, int], settings: Settings, seconds: float, gap: int = 0) -> Priced:
        """The year that makes ``cost`` small, proven to within ``gap``.

        Where time runs out the bound is what was proven by then, at worst by the variables' own bounds. At the prices
        of last time the answer is that of last time.
        """
        asked = {v: c for v, c in cost.items() if c}
        last = self._last
        if last is None or last[0] != asked or last[1].column is None or last[1].value - last[1].bound > gap:
            last = self._last = asked, self._price(asked, settings, seconds, gap)
        return last[1]

    def _price(self, cost: Mapping[int, int], settings: Settings, seconds: float, gap: int) -> Priced:
        own = self._own(cost)
        least = sum(c * (self._low if c > 0 else self._high)[v] for v, c in zip(own.vars, own.coefs, strict=True))
        self._cpsat.aim(own)
        run = Run()
        replace(settings, workers=1, presolve=False, linearization=2).apply(run.parameters, seconds)
        run.parameters.absolute_gap_limit = gap
        run.parameters.solution_pool_size = POOL
        run.parameters.fill_additional_solutions_in_response = True
        if run.solve(self._cpsat.handed).impossible:
            return Priced(None, 0, 0, impossible=True)
        proven = None if own.fixed else run.bound
        bound = least if proven is None else max(least, proven)
        values = run.values
        if not values:
            return Priced(None, 0, bound)
        self._cpsat.hint(values)
        others = tuple(self._column(other.values) for other in run.response.additional_solutions)
        return Priced(self._column(values), own.value(values), bound, others=others)

    def _column(self, values: Iterable[int]) -> Column:
        return Column(self.block.name, tuple((var, v) for var, v in zip(self.block.vars, values, strict=True) if v))
