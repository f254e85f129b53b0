"""A cost in amounts, said in the cells that these count, where that is the same.

“Points not granted” is posted as an amount a fellow, at least the best that fellow could have less what is granted, and
at least nothing. Where the rules that must hold let nobody have more than that best (three weeks of vacation, of five
asked for), it is a plain count of wishes, and a search by contradictions can tell them apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from scheduler.domain.linear import Linear
from scheduler.solve.form import NONE, Form


def spelled_out(form: Form, cost: Linear, large: bool) -> Linear:
    """The cost (to be made small, or large), with every amount in it that can be spelled out.

    The best value is the same, and so is the value of any solution whose amounts are no worse than they need be.
    """
    parts, const = dict[int, int](), cost.const
    for var, coef in cost.merged().items():
        amount = form.high[var] - form.low[var] > 1 and (coef < 0) == large
        counted = _counted(form, var) if amount else None
        if counted is None:
            counted = Linear([var])
        const += coef * counted.const
        for other, count in counted.terms():
            parts[other] = parts.get(other, 0) + coef * count
    return Linear(list(parts), list(parts.values()), const)


def _counted(form: Form, var: int) -> Linear | None:
    """The one count of cells that keeps an amount from being smaller; None where there is none, or it can be less."""
    start, rows = form.by_variable
    raising = [row for row in rows[start[var]:start[var + 1]].tolist() if _raises(form, row, var)]
    if len(raising) != 1:
        return None
    terms = _terms(form, raising[0])
    if terms.pop(var) != 1:
        return None
    if any(form.high[other] - form.low[other] > 1 for other in terms):      # another amount may do the same for it
        return None
    counted = Linear(list(terms), [-coef for coef in terms.values()], int(form.least[raising[0]]))
    return counted if _least(form, counted) >= form.low[var] else None


def _terms(form: Form, row: int) -> dict[int, int]:
    at = slice(form.start[row], form.start[row + 1])
    return dict(zip(form.cols[at].tolist(), form.coefs[at].tolist(), strict=True))


def _raises(form: Form, row: int, var: int) -> bool:
    """Whether a row keeps a variable from being smaller."""
    at = slice(form.start[row], form.start[row + 1])
    up = form.coefs[at][form.cols[at] == var][0] > 0
    return bool(form.least[row] != -NONE if up else form.most[row] != NONE)


def _least(form: Form, sum_: Linear) -> int:
    """The sum is never less than this: by the variables' bounds, and by rows that let only so many of them be 1."""
    least, gains = sum_.const, dict[int, int]()
    for var, coef in sum_.terms():
        if coef < 0 and form.low[var] == 0 and form.high[var] == 1:
            gains[var] = -coef
        else:
            least += coef * int(form.low[var] if coef > 0 else form.high[var])
    return least - _most(form, gains)


def _most(form: Form, gains: Mapping[int, int]) -> int:
    """No more than this can be gained from 0/1 variables: a row that lets only so many be 1 leaves the dearest."""
    start, rows = form.by_variable
    covers = Counter(row for var in gains for row in rows[start[var]:start[var + 1]].tolist())
    left, most = dict(gains), 0
    for row, covered in covers.most_common():
        if covered < 2 or not left:                 # one variable's own bound says as much
            break
        mine = [var for var in _terms(form, row) if var in left]
        limit = _limit(form, row, mine)
        if limit is not None and limit < len(mine):
            most += sum(sorted((left.pop(var) for var in mine), reverse=True)[:limit])
    return most + sum(left.values())


def _limit(form: Form, row: int, vars_: Sequence[int]) -> int | None:
    """How many of these a row lets be 1 at most; None where something in it can be below nothing."""
    terms = _terms(form, row)
    if form.most[row] == NONE or not vars_ or any(c < 0 or form.low[v] < 0 for v, c in terms.items()):
        return None
    return max(0, int(form.most[row]) // min(terms[var] for var in vars_))
