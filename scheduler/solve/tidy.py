"""Rows that say nothing new, taken out: the same solutions and the same relaxation, in fewer rows.

Rules do not know each other. Staffing of exactly 22 is posted as two rows; at most two weeks in a row is also posted of
a rotation that is owed once. All that reads the model, again and again, would carry such rows along.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.form import NONE, Form, ranges, starts, sums

#: longer rows than this are not looked for in others
SHORT = 8


def tidied(form: Form) -> Form:
    """Without rows that are said twice, or follow from a longer row."""
    once = without_repeats(form)
    return once.only(np.flatnonzero(~implied(once)))


def without_repeats(form: Form) -> Form:
    """Rows with the same sum become one, where the first stood, with the closest of their bounds."""
    lengths = np.diff(form.start)
    sign = sums(np.random.default_rng(1).integers(1, 1 << 62, form.width)[form.cols] * form.coefs, form.start)
    order = np.lexsort((sign, lengths))
    one, two = order[:-1], order[1:]
    alike = np.flatnonzero((lengths[one] == lengths[two]) & (sign[one] == sign[two]))
    a, b = ranges(form.start, one[alike]), ranges(form.start, two[alike])
    differ = sums(((form.cols[a] != form.cols[b]) | (form.coefs[a] != form.coefs[b])).astype(np.int64),
                  starts(lengths[one[alike]]))
    opens = np.ones(form.height, bool)          # whether a group of equal rows begins here, in ``order``
    opens[1 + alike[differ == 0]] = False
    first, kept = np.flatnonzero(opens), np.zeros(form.height, bool)
    least, most = form.least.copy(), form.most.copy()
    if len(first):
        rows = np.minimum.reduceat(order, first)
        kept[rows] = True
        least[rows] = np.maximum.reduceat(form.least[order], first)
        most[rows] = np.minimum.reduceat(form.most[order], first)
    return Form(form.low, form.high, form.start, form.cols, form.coefs, least, most).only(np.flatnonzero(kept))


def implied(form: Form) -> NDArray[np.bool_]:
    """Which short rows “at most so many of these” follow from a longer row that counts these too and allows no more."""
    lengths = np.diff(form.start)
    positive = sums(((form.coefs < 1) | (form.low[form.cols] < 0)).astype(np.int64), form.start) == 0
    ones = sums((form.coefs != 1).astype(np.int64), form.start) == 0
    counts = positive & (form.most != NONE)
    small = np.flatnonzero(counts & ones & (form.least <= 0) & (lengths > 0) & (lengths <= SHORT))
    large = np.flatnonzero(counts & (lengths > 1))
    longer = form.only(np.flatnonzero(counts & (lengths > 1)))
    # pairs of a small row and a large one: those that share the small one's first variable, then those that share all
    by, rows = longer.by_variable
    first = form.cols[form.start[small]]
    inner = rows[ranges(by, first)]
    outer = np.repeat(small, by[first + 1] - by[first])
    holds = (form.most[large[inner]] <= form.most[outer]) & (lengths[large[inner]] > lengths[outer])
    key = longer.row_of() * form.width + longer.cols
    for place in range(1, SHORT):
        outer, inner = outer[holds], inner[holds]
        more = lengths[outer] > place
        var = form.cols[form.start[outer] + np.where(more, place, 0)]
        wanted = inner * form.width + var
        holds = key[np.minimum(np.searchsorted(key, wanted), len(key) - 1)] == wanted
    found = np.zeros(form.height, bool)
    found[outer[holds]] = True
    return found
