"""From columns to a schedule: the best choice of one column a person, then neighbourhoods over few people at a time."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from scheduler.domain.board import Model
from scheduler.domain.linear import Linear
from scheduler.solve.columns_pricing import Column
from scheduler.solve.columns_split import Row, Split
from scheduler.solve.cpsat import CpSat
from scheduler.solve.form import form_of
from scheduler.solve.handed import Run
from scheduler.solve.settings import Settings

#: a neighbourhood that takes longer than this is too large
SECONDS = 10.0


@dataclass(frozen=True)
class Found:
    """A whole schedule: every variable's value, its cost, and by how much links are missed in all (0: none is)."""

    values: list[int]
    cost: int
    missed: int

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is better: first nothing may be missed."""
        return self.missed, self.cost


class Search:
    """Looks for schedules of a split model."""

    def __init__(self, cut: Split, model: Model, cost: Mapping[int, int], settings: Settings, executor: Executor):
        self.cut, self.model, self.cost, self.settings, self.executor = cut, model, cost, settings, executor
        self._blocks = {block.name: block for block in cut.blocks}
        #: what missing a link costs where a mistake would be noticed, and where it would not
        self._dear = 4 * max(map(abs, cost.values()), default=1)
        self._dearest = 1 + sum(abs(c) * (model.high[v] - model.low[v]) for v, c in cost.items())
        self._rng = random.Random(settings.seed)

    def found(self, values: list[int]) -> Found:
        """What a whole assignment of values comes to."""
        missed = 0
        for coefs, low, high in self.cut.links:
            got = sum(c * values[v] for v, c in coefs.items())
            missed += max(0, 0 if low is None else low - got) + max(0, 0 if high is None else got - high)
        return Found(values, sum(c * values[v] for v, c in self.cost.items()), missed)

    # -- one column a person

    def choose(self, columns: Sequence[Column], seconds: float, start: Found | None) -> Found | None:
        """The best choice of one column a block; None where there was too little time for any."""
        small, mine = Model(), {}
        for column in columns:
            mine[column] = small.variable()
        by_block: dict[str, list[Column]] = {name: [] for name in self._blocks}
        terms: dict[int, list[Linear]] = {}
        for column in columns:
            by_block[column.block].append(column)
            for var, value in column.values:
                terms.setdefault(var, []).append(mine[column] * value)
        if not all(by_block.values()):
            return None
        rows = [(Linear.sum(mine[c] for c in each), 1, 1) for each in by_block.values()]
        shared = {var: small.variable(self.model.low[var], self.model.high[var]) for var in self.cut.shared}
        sums = {var: Linear.sum(parts) for var, parts in terms.items()} | shared
        values, _ = self._solve(small, rows, self.cut.links, sums, {}, seconds, self.settings.workers,
                                self._hint(start, mine, shared), self._dear)
        if values is None:
            return None
        chosen = {var: value for column, flag in mine.items() if flag.value(values) for var, value in column.values}
        chosen |= {var: made.value(values) for var, made in shared.items()}
        return self.found([chosen.get(var, 0) for var in range(len(self.model.low))])

    def _hint(self, start: Found | None, mine: Mapping[Column, Linear], shared: Mapping[int, Linear]
              ) -> dict[int, int]:
        if start is None:
            return {}
        hint = {flag.vars[0]: int(all(start.values[var] == value for var, value in column.values))
                for column, flag in mine.items()}
        return hint | {made.vars[0]: start.values[var] for var, made in shared.items()}

    # -- a few people at a time

    def improve(self, best: Found, groups: Sequence[Sequence[str]], seconds: float) -> tuple[Found, list[bool]]:
        """Let each group of blocks choose anew, the others held; what they find is taken up one after another.

        Also says of each group whether its own best was proven.
        """
        tasks = [self.executor.submit(self._neighbourhood, best, group, seconds) for group in groups]
        proven = []
        for task in tasks:
            changed, done = task.result()
            proven.append(done)
            after = self._changed(best, changed)
            if after.rank <= best.rank:
                best = after
        return best, proven

    def around(self, best: Found, held: Collection[int], seconds: float) -> tuple[Found, bool]:
        """Everybody chooses anew, but these variables stay 1; also whether the best of that was proven."""
        changed, done = self._neighbourhood(best, list(self._blocks), seconds, held, self.settings.workers)
        after = self._changed(best, changed)
        return (after if after.rank <= best.rank else best), done

    def completed(self, best: Found, cells: Collection[int]) -> Found | None:
        """The same schedule with every helper variable, which a walked year knows only in part; None where the model's
        own rules do not allow it. ``cells`` are the variables that are 1 and say who is where."""
        changed, _ = self._neighbourhood(best, list(self._blocks), SECONDS, cells)
        return self._changed(best, changed) if changed else None

    def _changed(self, best: Found, changed: Mapping[int, int]) -> Found:
        values = list(best.values)
        for var, value in changed.items():
            values[var] = value
        return self.found(values)

    @property
    def width(self) -> int:
        """How many variables the model has."""
        return len(self.model.low)

    def _neighbourhood(self, best: Found, group: Sequence[str], seconds: float, stay: Collection[int] = (),
                       workers: int = 1) -> tuple[dict[int, int], bool]:
        free = [self._blocks[name] for name in group]
        small, stay = Model(), frozenset(stay)
        open_ = {var: small.variable(1 if var in stay else self.model.low[var], self.model.high[var])
                 for var in (*(v for block in free for v in block.vars), *self.cut.shared)}
        rows = [(self._sum(coefs, open_), low, high) for block in free for coefs, low, high in block.rows]
        held = {var: value for var, value in enumerate(best.values) if var not in open_}
        links = [row for row in self.cut.links if any(var in open_ for var in row[0])]
        values, proven = self._solve(small, rows, links, open_, held, seconds, workers,
                                     {made.vars[0]: best.values[var] for var, made in open_.items()},
                                     self._dear if held or stay else self._dearest)
        return ({var: made.value(values) for var, made in open_.items()} if values is not None else {}), proven

    @staticmethod
    def _sum(coefs: Mapping[int, int], open_: Mapping[int, Linear]) -> Linear:
        return Linear.sum(open_[var] * c for var, c in coefs.items())

    def _solve(self, small: Model, rows: Iterable[tuple[Linear, int | None, int | None]], links: Iterable[Row],
               open_: Mapping[int, Linear], held: Mapping[int, int], seconds: float, workers: int,
               hint: Mapping[int, int], dear: int) -> tuple[list[int] | None, bool]:
        """The best values of a small model, and whether they are proven; links may be missed, ``dear`` a unit.

        A price that is never worth paying would be safe and slow; what missed too much is not taken up anyway.
        """
        rows, missed = list(rows), []
        for coefs, low, high in links:
            sum_ = Linear.sum(open_[v] * c if v in open_ else Linear(const=c * held.get(v, 0))
                              for v, c in coefs.items())
            for bound, sign in ((low, 1), (high, -1)):
                short = 0 if bound is None else bound * sign - small.lower(sum_ * sign)
                if bound is not None and short > 0:
                    slack = small.variable(0, short)
                    missed.append(slack)
                    rows.append((sum_ * sign + slack, bound * sign, None))
        cost = Linear.sum(open_[var] * c for var, c in self.cost.items() if var in open_)
        engine = CpSat(form_of(small, rows))
        engine.hint_some({**hint})
        engine.aim(cost + Linear.sum(missed) * dear)
        run = Run()
        replace(self.settings, workers=workers, linearization=2).apply(run.parameters, seconds)
        values = run.solve(engine.handed).values
        # the bound, not the status: some versions say OPTIMAL after a stop (google/or-tools#4430)
        return values or None, bool(values) and run.bound is not None and run.bound > run.response.objective_value - 0.5

    def group(self, size: int, weights: Mapping[str, float], barred: Iterable[str] = ()) -> list[str]:
        """Some blocks, those with larger weights more often."""
        barred = set(barred)
        names = [name for name in self._blocks if name not in barred]
        keyed = sorted(names, key=lambda n: self._rng.random() ** (1 / max(weights.get(n, 0.0), 1e-3)), reverse=True)
        return keyed[:size]
