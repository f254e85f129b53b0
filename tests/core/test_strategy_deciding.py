"""What costs is decided by the relaxation: a schedule always, and the best where the relaxation is whole."""

from dataclasses import replace

import numpy as np

from constraints import Forbidden, OneDuty, Requirement, Staffing
from scheduler.domain.layer import Layer, Person
from scheduler.domain.words import Group, Selection, Window
from scheduler.solve import deciding
from scheduler.solve.deciding import REST, TRIES, Deciding
from scheduler.solve.engine import Local, work_on
from scheduler.solve.form import dense, form_of
from scheduler.solve.lp import SCALE, Relaxation, relax
from scheduler.solve.neighbourhoods import places_of
from scheduler.solve.posting import post
from scheduler.solve.search import Search
from scheduler.solve.submodel import Question, answer
from tests.core.test_strategy import made_up


def wishes(people=6, weeks=8):
    """Four of six are on the ward each week, everyone at least two weeks; each would rather not be in three weeks."""
    who = tuple(Person(c, c.upper()) for c in "abcdef"[:people])
    shape, ward = Layer("rotations", who, range(weeks), ("Ward", "Clinic")), Selection.of("Ward")
    rules = [OneDuty(what=Selection("any duty", frozenset({"Ward", "Clinic"}))),
             Staffing(what=ward, at_least=4, at_most=4), Requirement(what=ward, at_least=2, unit="weeks")]
    for n, person in enumerate(who):
        for rank, week in enumerate((n % 3, 3 + n % 2, 5 + n % 3)):
            rules.append(Forbidden(what=ward, who=Group(person.name, frozenset([person.id])), points=3 - rank,
                                   during=Window("then", frozenset([week])), priority="wishes"))
    posted = post([shape], rules, ("wishes",))
    form = form_of(posted.model, [(c.sum, c.at_least, c.at_most) for _, c in posted.conditions])
    return form, dense(posted.stages[0].cost, form.width), places_of(posted.boards, form.width)


def attempts(form, cost, bound, prices, seed=1):
    """Every schedule that all attempts come to, and how many questions were asked of CP-SAT."""
    decide, found, asked = Deciding(form, cost, seed), [], 0
    while not decide.over:
        job, take = decide.next(prices, bound, None)
        asked += isinstance(job, Question)
        values = take(work_on(job))
        if values is not None:
            found.append(values)
    assert decide.next(prices, bound, None) is None
    return found, asked


def test_what_comes_of_it_is_always_a_solution_and_never_better_than_the_best():
    some = 0
    for seed in range(60):
        form, cost, solutions = made_up(seed)
        prices = relax(Relaxation(form, cost, turns=2000))
        if prices is None:
            continue
        found, _ = attempts(form, cost, prices.bound, prices)
        for values in found:
            assert form.broken(values) == 0 and cost @ values >= min(solutions @ cost)
        some += bool(found)
    assert some > 10


def test_wishes_are_decided_and_the_first_attempt_is_the_best():
    form, cost, places = wishes()
    best = answer(Question(form, cost))
    told = []
    search = Search(form, cost, places, Local(), tell=lambda value, bound: told.append((value, bound)), briefly=True,
                    tries=1)
    end = search.run()
    assert (end.status, end.bound, int(cost @ end.values)) == ("optimal", best.bound, best.bound)
    assert told[-1] == (best.bound, best.bound) and not search.deciding.fresh


def test_attempts_end_and_too_many_variables_are_never_asked_of(monkeypatch):
    form, cost, _ = wishes()
    prices = relax(Relaxation(form, cost, turns=5000))
    _, asked = attempts(form, cost, prices.bound, prices)
    assert 0 < asked <= TRIES * len(REST)
    monkeypatch.setattr(deciding, "EVER", 1)
    decide = Deciding(form, cost, 1)
    assert decide.fresh and decide.next(prices, prices.bound, None) is None and decide.over


def test_an_attempt_can_be_repeated():
    form, cost, _ = wishes()
    prices = relax(Relaxation(form, cost, turns=5000))
    one, other = (attempts(form, cost, prices.bound, prices, seed=3)[0] for _ in range(2))
    assert one and all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_a_schedule_within_a_unit_or_two_of_the_bound_is_proven_by_a_closer_relaxation():
    form, cost, places = wishes()
    best, rough = answer(Question(form, cost)), relax(Relaxation(form, cost, turns=5000))
    search = Search(form, cost, places, Local(), values=best.values)
    search._asked_relaxation, search.prices = True, replace(rough, total=rough.total - SCALE)
    search.now.raise_bound(search.prices.bound)
    assert not search.now.done
    end = search.run()
    assert (end.status, end.bound, search._number) == ("optimal", best.bound, 1)      # one question, and no other
