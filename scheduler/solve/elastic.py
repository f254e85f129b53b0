"""The model made elastic: what links people may be missed at a price, so that there is always a schedule to improve.

Rows that lie in one person's year stay as they are; every other row gets *slack*, a variable for each unit by which its
bound is missed. Any years of all people then make a schedule, and a schedule without slack keeps every rule.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.solve.form import NONE, Form, Ints, starts, sums
from scheduler.solve.neighbourhoods import Places

#: helpers of helpers of … cells that still find their person
HOPS = 6
NOBODY = -1


@dataclass(frozen=True)
class Elastic:
    """``form`` is the model with slack: its first ``width`` variables are the model's own, the rest is slack.

    ``owner`` is the person of each of the model's own variables (−1: nobody's), ``own`` the rows that lie in one
    person's year. ``links`` are the other rows' numbers; ``row`` and ``side`` say for each slack which of them it
    fills, and whether from below (1) or from above (−1).
    """

    form: Form
    width: int
    own: Form
    owner: Ints
    links: Ints
    row: Ints
    side: Ints

    @property
    def slack(self) -> Ints:
        """The slack variables."""
        return np.arange(self.width, self.form.width)

    def rigid(self) -> Form:
        """The same variables, none of the slack."""
        high = self.form.high.copy()
        high[self.width:] = 0
        return self.form.within(self.form.low, high)

    def filled(self, values: Ints) -> Ints:
        """These values of the model's own variables, with the slack that they need."""
        amounts = sums(self.form.coefs * np.concatenate([values, np.zeros(len(self.row), np.int64)])[self.form.cols],
                       self.form.start)[self.row]
        missed = np.where(self.side > 0, self.form.least[self.row] - amounts, amounts - self.form.most[self.row])
        return np.concatenate([values, np.maximum(0, missed)])


def elastic(form: Form, places: Places) -> Elastic:
    """Cut the model by person, and give every row between people its slack."""
    owner = owners(form, places)
    row = form.row_of()
    first, last = _ends(row, owner[form.cols], form.height)
    free = np.bincount(row, owner[form.cols] == NOBODY, form.height) > 0
    is_link = (first != last) | free
    down, up = form.reach()
    short = np.where(is_link & (form.least != -NONE), np.maximum(0, form.least - down), 0)
    over = np.where(is_link & (form.most != NONE), np.maximum(0, up - form.most), 0)
    below, above = np.flatnonzero(short), np.flatnonzero(over)
    rows = np.concatenate([below, above])
    side = np.concatenate([np.ones(len(below), np.int64), -np.ones(len(above), np.int64)])
    return Elastic(_with_columns(form, rows, side, np.concatenate([short[below], over[above]])), form.width,
                   form.only(np.flatnonzero(~is_link)), owner, np.flatnonzero(is_link), rows, side)


def owners(form: Form, places: Places) -> Ints:
    """The person of each variable: cells have theirs, helpers that of the cells they follow from; −1 for several."""
    owner, settled = places.person.copy(), ~places.helper
    row = form.row_of()
    for _ in range(HOPS):
        first, last = _ends(row, owner[form.cols], form.height)
        least, _ = _ends(form.cols, np.where(first == NOBODY, NOBODY, first)[row], form.width)
        _, most = _ends(form.cols, last[row], form.width)
        fresh = ~settled & (most != NOBODY)
        if not np.any(fresh):
            break
        settled |= fresh
        owner[fresh] = np.where(least == most, most, NOBODY)[fresh]
    return owner


def _ends(group: Ints, person: Ints, number: int) -> tuple[Ints, Ints]:
    """The least and the largest person (−1 counts as none) in each of ``number`` groups; −1 where there is none."""
    known = person != NOBODY
    far = np.iinfo(np.int64).max
    least, most = np.full(number, far), np.full(number, NOBODY)
    np.minimum.at(least, group[known], person[known])
    np.maximum.at(most, group[known], person[known])
    return np.where(least == far, NOBODY, least), most


def _with_columns(form: Form, rows: Ints, coefs: Ints, high: Ints) -> Form:
    """One more variable (0 … high) for each of ``rows``, with this coefficient there."""
    row = np.concatenate([form.row_of(), rows])
    order = np.argsort(row, kind="stable")
    cols = np.concatenate([form.cols, form.width + np.arange(len(rows))])[order]
    lengths = np.bincount(row, minlength=form.height)
    return Form(np.concatenate([form.low, np.zeros(len(rows), np.int64)]), np.concatenate([form.high, high]),
                starts(lengths), cols, np.concatenate([form.coefs, coefs])[order], form.least, form.most)
