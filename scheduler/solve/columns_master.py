"""The master: which mix of the years found so far keeps every link at the least cost, and what each link is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.domain.board import Model
from scheduler.solve.columns_pricing import Column
from scheduler.solve.columns_split import Row, Split

TINY = 1e-7
#: what it costs to have no year at all for somebody, while columns are held, in units of what a missed link costs
NOBODY = 300


@dataclass(frozen=True)
class Mix:
    """``worth`` of each link (its dual), the cost, how many units are ``traded``, and the share of each column.

    A mix that trades nothing costs what the relaxation of the whole model costs, over the columns so far.
    """

    worth: list[float]
    cost: float
    traded: float
    shares: dict[Column, float]


class Master:
    """A linear program over columns that grows by columns."""

    def __init__(self, cut: Split, model: Model, cost: Mapping[int, int], dear: float):
        """``dear``: what a unit costs that a link is short of, or has too much; so a mix always exists."""
        from ortools.linear_solver import pywraplp

        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._infinity = self._solver.infinity()
        self.cut, self.cost = cut, cost
        self._in: dict[int, list[tuple[int, int]]] = {}
        for n, (coefs, *_) in enumerate(cut.links):
            for var, c in coefs.items():
                self._in.setdefault(var, []).append((n, c))
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        self._links = [self._row(row) for row in cut.links]
        self._traded = [*self._traders(1, dear), *self._traders(-1, dear)]
        self._choose = {block.name: self._solver.Constraint(1, 1) for block in cut.blocks}
        self._nobody = [self._solver.NumVar(0, 0, "") for _ in cut.blocks]
        for made, row in zip(self._nobody, self._choose.values(), strict=True):
            row.SetCoefficient(made, 1)
            self._objective.SetCoefficient(made, NOBODY * dear)
        for var in cut.shared:
            made = self._solver.NumVar(model.low[var], model.high[var], "")
            self._objective.SetCoefficient(made, cost.get(var, 0))
            for n, c in self._in.get(var, ()):
                self._links[n].SetCoefficient(made, c)
        self._columns: dict[Column, Any] = {}

    def _row(self, row: Row):
        _, low, high = row
        infinity = self._infinity
        return self._solver.Constraint(-infinity if low is None else low, infinity if high is None else high)

    def _traders(self, sign: int, dear: float) -> list:
        """A variable for each link that buys (1) or sells (-1) units of it."""
        made = [self._solver.NumVar(0, self._infinity, "") for _ in self._links]
        for trader, row in zip(made, self._links, strict=True):
            row.SetCoefficient(trader, sign)
            self._objective.SetCoefficient(trader, dear)
        return made

    def uses(self, column: Column) -> dict[int, int]:
        """What a column adds to each link."""
        found: dict[int, int] = {}
        for var, value in column.values:
            for n, c in self._in.get(var, ()):
                found[n] = found.get(n, 0) + c * value
        return found

    def costs(self, column: Column) -> int:
        """What a column costs by itself."""
        return sum(self.cost.get(var, 0) * value for var, value in column.values)

    def add(self, columns: Iterable[Column]) -> int:
        """Offer more columns; how many of them are new."""
        fresh = [c for c in dict.fromkeys(columns) if c not in self._columns]
        for column in fresh:
            made = self._solver.NumVar(0, self._infinity, "")
            self._objective.SetCoefficient(made, self.costs(column))
            self._choose[column.block].SetCoefficient(made, 1)
            for n, use in self.uses(column).items():
                self._links[n].SetCoefficient(made, use)
            self._columns[column] = made
        return len(fresh)

    def hold(self, keeps: Callable[[Column], bool]) -> None:
        """Leave only these columns to choose from, for now; who has none may stay away, at a price."""
        for made in self._nobody:
            made.SetUb(1.0)
        for column, made in self._columns.items():
            made.SetUb(self._infinity if keeps(column) else 0.0)

    def let_go(self) -> None:
        """All columns again."""
        self.hold(lambda _: True)
        for made in self._nobody:
            made.SetUb(0.0)

    def solve(self) -> Mix | None:
        """The best mix; None where the linear program could not be solved."""
        if self._solver.Solve() != self._solver.OPTIMAL:
            return None
        traded = sum(v.solution_value() for v in self._traded)
        shares = {c: made.solution_value() for c, made in self._columns.items() if made.solution_value() > TINY}
        return Mix([row.dual_value() for row in self._links], self._objective.Value(), traded, shares)

    @property
    def columns(self) -> Sequence[Column]:
        """Every column offered so far."""
        return tuple(self._columns)
