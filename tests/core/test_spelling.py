"""Amounts of a cost said in the cells that they count: the same best value, and nothing said that could be wrong."""

import itertools
import random

import numpy as np

from constraints import AwayAtOnce, OneDuty, RankedRequests, Requirement
from constraints.ranked_requests import WishFor
from scheduler.check.judge import judge
from scheduler.domain.board import Model
from scheduler.domain.layer import Layer, Person
from scheduler.domain.linear import Linear
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Selection
from scheduler.solve.driver import solve
from scheduler.solve.form import form_of
from scheduler.solve.posting import post
from scheduler.solve.settings import Settings
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


def test_amounts_that_share_what_they_count_stay_amounts():
    """At least five of two amounts together: neither may be said to be five less the other, both times."""
    model = Model()
    one, two = model.variable(0, 5), model.variable(0, 5)
    form = form_of(model, [(one + two, 5, None)])
    assert spelled_out(form, one + two, large=False).merged() == (one + two).merged()


def best_of(form, sum_):
    """Its least value over all solutions, by trying them."""
    spans = [range(a, b + 1) for a, b in zip(form.low, form.high, strict=True)]
    return min((sum_.value(x) for x in itertools.product(*spans) if not form.broken(np.array(x))), default=None)


def test_the_best_value_is_the_same_also_when_it_is_held_for_the_next():
    """Two losses over five cells, a largest loss that may be held, and a second cost solved below the first."""
    spelled = 0
    for seed in range(60):
        rng, model = random.Random(seed), Model()
        cells = [model.variable() for _ in range(5)]
        rows, parts = [(Linear.sum(rng.sample(cells, 4)), rng.choice([None, 1]), rng.choice([1, 2]))], []
        for _ in range(2):
            mine = rng.sample(cells, 3)
            points = [rng.randint(1, 4) for _ in mine]
            best = sum(sorted(points)[-rng.randint(1, 3):])
            parts.append(model.beyond(best - Linear.sum(c * p for c, p in zip(mine, points, strict=True))))
        if rng.random() < 0.5:
            rows.append((model.largest(parts) * 1, None, rng.randint(2, 5)))
        form, cost = form_of(model, rows), Linear.sum(parts) + rng.choice(cells)
        said = spelled_out(form, cost, large=False)
        spelled += said.merged() != cost.merged()
        least, after = best_of(form, cost), Linear.sum(cells) * -1 + parts[0] * 2
        assert best_of(form, said) == least
        if least is not None:
            held = [best_of(form_of(model, [*rows, (sum_, None, least)]), spelled_out(form, after, large=False))
                    for sum_ in (cost, said)]
            assert held[0] == held[1]
    assert spelled > 20


def test_three_of_five_wished_weeks_are_counted_as_they_are_and_the_checker_agrees():
    """Two want the same weeks, one of them away at a time; whatever they are granted, the checker counts the same."""
    who = (Person("a", "A"), Person("b", "B"))
    layer, leave = Layer("rotations", who, range(8), ("Ward", "Vacation")), Selection.of("Vacation")
    wishes = tuple(WishFor(p.id, "Vacation", f"week {w}", rank, leave, frozenset({w}), "all")
                   for p in who for rank, w in enumerate((1, 2, 4, 5, 7), 1))
    rules = [OneDuty(what=Selection("any duty", frozenset({"Ward", "Vacation"}))),
             Requirement(what=leave, at_least=3, at_most=3, unit="periods"), AwayAtOnce(what=leave, most=1),
             RankedRequests(wishes_for=wishes, most=(("Vacation", 3),), priority="wishes")]
    posted = post([layer], rules, ("wishes",))
    assert all(posted.model.high[var] <= 1 for var in posted.stages[-1].cost.vars)
    assert posted.stages[-1].never_better == 0              # what was known of the losses is still known
    found = solve([layer], rules, ("wishes",))
    judged = judge(rules, ("wishes",), Schedule(layer, found.cells["rotations"]))
    values = [tier.value for tier in found.tiers]
    assert found.status == "optimal" and min(values) > 0 and values == [tier.value for tier in judged.tiers]


def test_a_year_without_a_loss_is_seen_to_be_the_best():
    """From it nothing is solved again, although the wishes, by their own bounds, could all be granted."""
    who = (Person("a", "A"),)
    layer, leave = Layer("rotations", who, range(4), ("Ward", "Vacation")), Selection.of("Vacation")
    wishes = tuple(WishFor("a", "Vacation", f"week {w}", w + 1, leave, frozenset({w}), "all") for w in range(3))
    rules = [OneDuty(what=Selection("any duty", frozenset({"Ward", "Vacation"}))),
             Requirement(what=leave, at_least=1, at_most=1, unit="periods"),
             RankedRequests(wishes_for=wishes, most=(("Vacation", 1),), priority="wishes")]
    found = solve([layer], rules, ("wishes",))
    late = solve([layer], rules, ("wishes",), Settings(seconds=0.0), hint=found.cells)
    assert [(t.value, t.bound) for t in late.tiers] == [(0, 0), (0, 0)] and late.status == "optimal"
