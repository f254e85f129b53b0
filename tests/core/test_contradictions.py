"""The search by contradictions: what it proves is true, what it finds is best, and it is asked what it can count."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from scheduler.domain.board import Model
from scheduler.domain.linear import Linear
from scheduler.solve import counting
from scheduler.solve.contradictions import VARIABLES, WAYS, countable
from scheduler.solve.counting import Counting
from scheduler.solve.engine import Local, work_on
from scheduler.solve.form import form_of
from scheduler.solve.incumbent import Incumbent
from scheduler.solve.lp import SCALE, Relaxation, relax
from scheduler.solve.neighbourhoods import Places
from scheduler.solve.search import Search
from scheduler.solve.settings import Settings
from scheduler.solve.submodel import Question, Reply, answer
from tests.core.test_strategy import made_up
from tests.core.test_strategy_deciding import wishes


def incumbent(form, cost, values=None, told=None):
    nowhere = np.zeros(form.width, np.int64)
    tell = (lambda best, bound: None) if told is None else (lambda best, bound: told.append((best, bound)))
    return Incumbent(form, cost, Places(nowhere, nowhere), 1, values, tell)


@pytest.mark.parametrize("way", range(len(WAYS)))
def test_every_way_finds_the_best_or_says_that_there_is_nothing(way):
    for seed in range(40):
        form, cost, solutions = made_up(seed)
        reply = answer(Question(form, cost, parameters=tuple(WAYS[way][1].items())))
        if not len(solutions):
            assert reply.status == "impossible"
            continue
        best = int((solutions @ cost).min())
        assert (reply.status, reply.bound, int(cost @ reply.values)) == ("optimal", best, best)
        assert form.broken(reply.values) == 0


@pytest.mark.parametrize("known", [False, True])
def test_counting_proves_the_best_of_all_that_is_left(known):
    proven = 0
    for seed in range(60):
        form, cost, solutions = made_up(seed)
        cost = np.where(form.high - form.low <= 1, cost, 0)
        prices = relax(Relaxation(form, cost, turns=2000))
        if prices is None or not cost.any() or (known and not len(solutions)):
            continue
        values = solutions[np.argmax(solutions @ cost)] if known else None
        now = incumbent(form, cost, values)
        ask = Counting(now, 1, briefly=True)
        while (asked := ask.next(prices, None)) is not None:
            question, take = asked
            take(work_on(question))
        assert now.impossible == (not len(solutions))
        if len(solutions):
            best = int((solutions @ cost).min())
            assert (now.value, now.bound) == (best, best)
            proven += 1
    assert proven > 10


def test_a_bound_found_among_what_is_left_is_said_of_the_whole_only_up_to_the_best_so_far():
    """Better than 4 was asked about: “at least 10” of that is “at least 4” of the whole, and so is “impossible”; what
    another worker finds meanwhile changes nothing in it."""
    model = Model()
    for _ in range(5):
        model.variable()
    form, cost = form_of(model, [(Linear(range(5)), 3, None)]), np.ones(5, np.int64)
    prices = relax(Relaxation(form, cost))
    for reply in (Reply("unknown", None, 10), Reply("impossible")):
        now = incumbent(form, cost, np.array([1, 1, 1, 1, 0]))
        _, take = Counting(now, 1, briefly=True).next(prices, None)
        take(reply)
        assert now.bound == 4
    now = incumbent(form, cost, np.array([1, 1, 1, 1, 1]))
    question, take = Counting(now, 1, briefly=True).next(prices, None)
    now.offer(np.array([1, 1, 1, 1, 0]))                    # found meanwhile, by another worker
    take(answer(question))
    assert (now.value, now.bound) == (3, 3)


def test_prices_that_leave_nothing_better_are_the_proof():
    form, cost, _ = wishes()
    prices, best = relax(Relaxation(form, cost, turns=5000)), answer(Question(form, cost))
    now = incumbent(form, cost, best.values)
    assert Counting(now, 1, briefly=True).next(replace(prices, total=best.bound * SCALE), None) is None
    assert now.done and now.bound == best.bound


def test_later_questions_wait_for_a_schedule_and_for_their_turn_and_end(monkeypatch):
    form, cost, _ = wishes()
    prices = relax(Relaxation(form, cost, turns=5000))
    monkeypatch.setattr(counting, "FIRST", 0)
    unknown = Counting(incumbent(form, cost), 1, briefly=False)
    unknown.since = 1e9
    assert unknown.next(prices, None) is None
    poor = answer(Question(form, -cost)).values
    ask, works = Counting(incumbent(form, cost, poor), 1, briefly=False), []
    assert ask.next(prices, None) is None                                   # nothing else has worked yet
    while True:
        ask.since = 1e9
        asked = ask.next(prices, None)
        if asked is None:
            break
        works.append(asked[0].work)
        asked[1](Reply("unknown"))
    assert works == [WAYS[-1][0] * 2 ** n for n in range(len(works))] and works[-1] <= counting.ENOUGH < 2 * works[-1]
    assert ask.since == 0.0


def test_too_much_is_left_for_later(monkeypatch):
    form, cost, _ = wishes()
    monkeypatch.setattr(counting, "EVER", 1)
    ask = Counting(incumbent(form, cost), 1, briefly=True)
    ask.since = 5.0
    assert ask.next(relax(Relaxation(form, cost, turns=5000)), None) is None and ask.since == 0.0


def test_a_search_that_decides_nothing_is_ended_by_counting():
    form, cost, places = wishes()
    best = answer(Question(form, cost))
    search = Search(form, cost, places, Local(), briefly=True, tries=0)
    end = search.run()
    assert search._number == 2                              # the relaxation, and one question
    assert (end.status, end.bound, int(cost @ end.values)) == ("optimal", best.bound, best.bound)


def test_a_relaxation_that_says_no_more_than_was_known_leads_to_nothing():
    """A short search then ends after it; more would be asked where it does say more."""
    form, cost, places = wishes()
    bound = relax(Relaxation(form, cost, turns=50_000, tolerance=1e-5, prepared=True)).bound
    for known, asked in ((bound, 1), (bound - 1, 2)):
        search = Search(form, cost, places, Local(), briefly=True, tries=0)
        search.now.known_before(known)
        end = search.run()
        assert search._number == asked and end.bound == bound and (end.status == "optimal") == (asked > 1)


def test_only_what_begins_at_nothing_is_counted():
    low, high = np.array([0, 0, 0]), np.array([1, 1, 9])
    assert countable(np.array([3, -2, 0]), low, high)           # yes or no each
    assert countable(np.array([3, 0, 1]), low, high) and countable(np.array([-3, 0, -1]), low, high)
    assert not countable(np.array([3, 0, -1]), low, high)       # a difference of amounts


def test_the_first_turns_are_by_contradictions_with_more_work_for_more_variables():
    def first(settings, width=0):
        turns = itertools.islice(settings.turns(width=width), len(WAYS))
        return [turn["max_deterministic_time"] for turn in turns if turn.get("optimize_with_core")]

    assert first(Settings()) == [work for work, _ in WAYS] and first(Settings(cores=False)) == []
    assert first(Settings(), 3 * VARIABLES) == [3 * work for work, _ in WAYS]
