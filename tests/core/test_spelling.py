"""Amounts of a cost said in the cells that they count: the same best value, and nothing said that could be wrong."""

import itertools
import random

import numpy as np
import pytest

from constraints import OneDuty, RankedRequests, Requirement
from constraints.ranked_requests import WishFor
from scheduler.domain.board import Model
from scheduler.domain.layer import Layer, Person
from scheduler.domain.linear import Linear
from scheduler.domain.words import Selection
from scheduler.solve.driver import solve
from scheduler.solve.form import form_of
from scheduler.solve.posting import post
from scheduler.solve.spelling import spelled_out


def losses(cap, best, points=(8, 5, 3, 2)):
    """Wishes of these points, at most ``cap`` of them granted; the cost is what is missing from ``best``."""
    model = Model()
    granted = [model.variable() for _ in points]
    got = Linear.sum(g * p for g, p in zip(granted, points, strict=True))
    loss = model.beyond(best - got)
    return form_of(model, [(Linear.sum(granted), None, cap)]), loss, best - got


def test_where_nobody_can_have_more_than_the_best_a_loss_is_a_count_of_wishes():
    form, loss, counted = losses(cap=2, best=13)
    said = spelled_out(form, loss, large=False)
    assert said.merged() == counted.merged() and said.const == 13
    form, loss, _ = losses(cap=2, best=12)                  # 8 + 5 may be granted: one more than counts
    assert spelled_out(form, loss, large=False).merged() == loss.merged()


def test_a_gain_is_not_spelled_out_and_a_loss_taken_away_is():
    form, loss, counted = losses(cap=2, best=13)
    assert spelled_out(form, loss, large=True).merged() == loss.merged()
    assert spelled_out(form, -loss, large=True).merged() == (-counted).merged()


@pytest.mark.parametrize("seed", range(40))
def test_the_best_value_is_the_same(seed):
    rng, model = random.Random(seed), Model()
    cells = [model.variable() for _ in range(5)]
    rows, parts = [], []
    for _ in range(rng.randint(1, 3)):
        rows.append((Linear.sum(rng.sample(cells, 3)), rng.choice([None, 1]), rng.choice([1, 2])))
    for _ in range(rng.randint(1, 2)):
        mine = rng.sample(cells, 3)
        parts.append(model.beyond(rng.randint(2, 6) - Linear.sum(c * rng.randint(1, 4) for c in mine)))
    if rng.random() < 0.5:
        rows.append((model.largest(parts) * 1, None, rng.randint(2, 5)))
    form, cost = form_of(model, rows), Linear.sum(parts) + rng.choice(cells)
    said = spelled_out(form, cost, large=False)
    best = [None, None]
    for values in itertools.product(*(range(a, b + 1) for a, b in zip(form.low, form.high, strict=True))):
        if not form.broken(np.array(values)):
            for n, sum_ in enumerate((cost, said)):
                value = sum_.value(values)
                best[n] = value if best[n] is None else min(best[n], value)
            assert said.value(values) <= cost.value(values)
    assert best[0] == best[1]


def test_three_of_five_wished_weeks_are_counted_as_they_are_and_the_checker_agrees():
    who = (Person("a", "A"), Person("b", "B"))
    layer, leave = Layer("rotations", who, range(8), ("Ward", "Vacation")), Selection.of("Vacation")
    wishes = tuple(WishFor(p.id, "Vacation", f"week {w}", rank, leave, frozenset({w}), "all")
                   for p in who for rank, w in enumerate((1, 2, 4, 5, 7), 1))
    rules = [OneDuty(what=Selection("any duty", frozenset({"Ward", "Vacation"}))),
             Requirement(what=leave, at_least=3, at_most=3, unit="periods"),
             RankedRequests(wishes_for=wishes, most=(("Vacation", 3),), priority="wishes")]
    posted = post([layer], rules, ("wishes",))
    assert all(posted.model.high[var] <= 1 for var in posted.stages[-1].cost.vars)
    found = solve([layer], rules, ("wishes",))
    assert [tier.value for tier in found.tiers] == [0, 0] and found.status == "optimal"
