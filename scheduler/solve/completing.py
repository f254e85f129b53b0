"""How some known values complete: everything known is fixed, only the rest is searched."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scheduler.domain.linear import Linear
from scheduler.solve.cpsat import Answer
from scheduler.solve.engine import Local
from scheduler.solve.form import Form, dense
from scheduler.solve.submodel import Question, Reply, part_of, rest_holds


def completed(form: Form, known: Mapping[int, int], cost: Linear | None, large: bool, seed: int,
              seconds: float | None) -> Answer:
    """The best that ``known`` (variable → value) can be made part of; ``impossible`` where it breaks a rule."""
    values, open_ = form.low.copy(), np.ones(form.width, bool)
    at = np.fromiter(known.keys(), np.int64, len(known))
    values[at], open_[at] = np.fromiter(known.values(), np.int64, len(known)), False
    if np.any((values < form.low) | (values > form.high)):
        return Answer("impossible")
    part = part_of(form, values, np.flatnonzero(open_))
    if not rest_holds(form, part):
        return Answer("impossible")
    sign = -1 if large else 1
    goal = None if cost is None else sign * dense(cost, form.width)[part.open]
    here = Local()
    here.submit(0, Question(part.form, goal, seed=seed, seconds=seconds))
    reply = here.next()[1]
    assert isinstance(reply, Reply)
    if reply.values is None:
        return Answer(reply.status, seconds=reply.seconds)
    found = part.whole(reply.values)
    if form.broken(found):
        return Answer("unknown")
    return Answer("feasible", found.tolist(), None if cost is None else cost.value(found.tolist()), None,
                  reply.seconds)
