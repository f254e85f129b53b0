"""The posted model as arrays: the one form that every search and every bound is made from.

Rows by variables, compressed by rows; all numbers are whole. Solvers are handed it in their own notation, and what they
answer is checked against it in whole numbers, whatever they count in themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.board import Model
from scheduler.domain.linear import Linear

Ints = NDArray[np.int64]
#: stands for "no bound on this side" of a row
NONE = np.int64(2) ** 62
#: rows that are turned into arrays at once: all of a large model's would take several times the memory of the arrays
BATCH = 50_000


@dataclass(frozen=True)
class Form:
    """``low ≤ x ≤ high`` (by variable) and ``least ≤ A·x ≤ most`` (by row; −NONE and NONE where there is no bound).

    Row i of A has the coefficients ``coefs[start[i]:start[i + 1]]`` at the variables ``cols[…]``, each variable once.
    """

    low: Ints
    high: Ints
    start: Ints
    cols: Ints
    coefs: Ints
    least: Ints
    most: Ints

    @property
    def width(self) -> int:
        """The number of variables."""
        return len(self.low)

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.least)

    def row_of(self) -> Ints:
        """The row of every coefficient."""
        return np.repeat(np.arange(self.height), np.diff(self.start))

    @cached_property
    def by_variable(self) -> tuple[Ints, Ints]:
        """``start, rows``: the rows that variable j appears in are ``rows[start[j]:start[j + 1]]``."""
        order = np.argsort(self.cols, kind="stable")
        counts = np.bincount(self.cols, minlength=self.width)
        return starts(counts), self.row_of()[order]

    def __getstate__(self) -> dict[str, Ints]:
        """What goes to another process: not what can be looked up there."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def rows_with(self, vars_: Ints) -> Ints:
        """The rows in which any of these variables appears, in order."""
        start, rows = self.by_variable
        return np.unique(rows[ranges(start, vars_)])

    def amounts(self, values: Ints) -> Ints:
        """A·x."""
        return sums(self.coefs * values[self.cols], self.start)

    def reach(self) -> tuple[Ints, Ints]:
        """The least and the largest amount of every row that the variables' bounds allow."""
        low, high, up = self.low[self.cols], self.high[self.cols], self.coefs > 0
        return (sums(np.where(up, low, high) * self.coefs, self.start),
                sums(np.where(up, high, low) * self.coefs, self.start))

    def broken(self, values: Ints, known: Ints | None = None) -> int:
        """How many bounds and rows these values break: 0 for a solution.

        ``known`` is a solution: then only rows of what differs from it are added up.
        """
        rows = self if known is None else self.only(self.rows_with(np.flatnonzero(values != known)))
        amounts = rows.amounts(values)
        return int(np.count_nonzero((values < self.low) | (values > self.high))
                   + np.count_nonzero((amounts < rows.least) | (amounts > rows.most)))

    def within(self, low: Ints, high: Ints) -> Form:
        """The same rows with other bounds of the variables."""
        return replace(self, low=low, high=high)

    def only(self, which: Ints) -> Form:
        """Only these rows."""
        at = ranges(self.start, which)
        return Form(self.low, self.high, starts(np.diff(self.start)[which]), self.cols[at], self.coefs[at],
                    self.least[which], self.most[which])

    def and_rows(self, rows: Iterable[tuple[Linear, int | None, int | None]]) -> Form:
        """The same with more rows."""
        more = of_rows(self.low, self.high, rows)
        return replace(self, start=np.concatenate([self.start, more.start[1:] + self.start[-1]]),
                       cols=np.concatenate([self.cols, more.cols]), coefs=np.concatenate([self.coefs, more.coefs]),
                       least=np.concatenate([self.least, more.least]), most=np.concatenate([self.most, more.most]))


def starts(lengths: Ints) -> Ints:
    """Where each of some stretches with these lengths starts, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])


def sums(parts: Ints, start: Ints) -> Ints:
    """The sum of ``parts[start[i]:start[i + 1]]`` for every i."""
    running = np.concatenate([np.zeros(1, np.int64), np.cumsum(parts, dtype=np.int64)])
    return running[start[1:]] - running[start[:-1]]


def ranges(start: Ints, which: Ints) -> Ints:
    """The positions ``start[i]`` … ``start[i + 1] − 1`` of every i in ``which``, one after another."""
    lengths = start[which + 1] - start[which]
    before = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum())) + np.repeat(start[which] - before, lengths)


def form_of(model: Model, conditions: Iterable[tuple[Linear, int | None, int | None]]) -> Form:
    """A model and the conditions that must hold."""
    low, high = np.array(model.low, dtype=np.int64), np.array(model.high, dtype=np.int64)
    return of_rows(low, high, (*model.definitions, *conditions))


def of_rows(low: Ints, high: Ints, rows: Iterable[tuple[Linear, int | None, int | None]]) -> Form:
    """Rows over variables with these bounds; a variable that a sum names twice is added up."""
    parts, waiting, vars_, coefs = [], iter(rows), list[int](), list[int]()
    while batch := list(islice(waiting, BATCH)):
        for sum_, _, _ in batch:
            vars_ += sum_.vars
            coefs += sum_.coefs
        start = starts(np.array([len(sum_.vars) for sum_, _, _ in batch], np.int64))
        named = np.array(vars_, np.int64)
        if np.max(named, initial=-1) >= len(low):
            raise ValueError(f"a row names variable {np.max(named)} of a model that has {len(low)}")
        start, cols, numbers = _merged(start, named, np.array(coefs, np.int64), len(low))
        least = [-int(NONE) if at_least is None else at_least - sum_.const for sum_, at_least, _ in batch]
        most = [int(NONE) if at_most is None else at_most - sum_.const for sum_, _, at_most in batch]
        parts.append((np.diff(start), cols, numbers, np.array(least, np.int64), np.array(most, np.int64)))
        vars_.clear()
        coefs.clear()
    lengths, *others = [np.concatenate(mine) for mine in zip(*parts, strict=True)] or [np.zeros(0, np.int64)] * 5
    return Form(low, high, starts(lengths), *others)


def one_row(form: Form, cols: Ints, coefs: Ints, least: int, most: int) -> Form:
    """A single row over the form's variables (−NONE and NONE where there is no bound)."""
    return Form(form.low, form.high, np.array([0, len(cols)]), cols, coefs, np.array([least]), np.array([most]))


def dense(cost: Linear, width: int) -> Ints:
    """A sum's coefficients, one for each variable (without its constant)."""
    found = np.zeros(width, np.int64)
    np.add.at(found, np.array(cost.vars, dtype=np.int64), np.array(cost.coefs, dtype=np.int64))
    return found


def _merged(start: Ints, cols: Ints, coefs: Ints, width: int) -> tuple[Ints, Ints, Ints]:
    """Each variable once a row, in order, without zeros."""
    height = len(start) - 1
    rows = np.repeat(np.arange(height), np.diff(start))
    key = rows * max(1, width) + cols
    order = np.argsort(key, kind="stable")
    key, coefs = key[order], coefs[order]
    first = np.flatnonzero(np.concatenate([np.ones(min(1, len(key)), bool), key[1:] != key[:-1]]))
    total = np.add.reduceat(coefs, first) if len(first) else coefs
    kept = total != 0
    key, total = key[first][kept], total[kept]
    counts = np.bincount(key // max(1, width), minlength=height) if len(key) else np.zeros(height, np.int64)
    return starts(counts), key % max(1, width), total
