"""Rows that say nothing new: without them a model has the same solutions and the same relaxation."""

from __future__ import annotations

import pickle
import random
from itertools import product

import numpy as np
import pytest

from constraints import MaxInARow, OneDuty, RunLength, Staffing
from scheduler.domain.board import Model
from scheduler.domain.layer import Layer, Person
from scheduler.domain.linear import Linear
from scheduler.domain.words import Many, Selection
from scheduler.solve.form import Form, form_of
from scheduler.solve.posting import post
from scheduler.solve.tidy import tidied


def made(seed: int) -> Form:
    """Six variables; rows that count some of them, each now and then said again with another bound."""
    rng, model = random.Random(seed), Model()
    for _ in range(6):
        model.variable(rng.choice([0, 0, 0, -1]), rng.choice([1, 1, 2]))
    rows = []
    for _ in range(rng.randint(1, 8)):
        sum_ = Linear(rng.sample(range(6), rng.randint(1, 6)))
        if rng.random() < 0.3:
            sum_ = Linear(sum_.vars, [rng.choice([1, 2, -1]) for _ in sum_.vars])
        for _ in range(rng.choice([1, 1, 2])):
            rows.append((sum_, rng.choice([None, None, 0, 1]), rng.choice([None, 1, 2, 3])))
    return form_of(model, rows)


def solutions(form: Form) -> list[tuple[int, ...]]:
    """Every solution."""
    ranges = [range(low, high + 1) for low, high in zip(form.low, form.high, strict=True)]
    return [values for values in product(*ranges) if not form.broken(np.array(values, np.int64))]


@pytest.mark.parametrize("seed", range(60))
def test_the_solutions_stay_the_same(seed):
    form = made(seed)
    assert solutions(tidied(form)) == solutions(form)


def counting(*rows: tuple[list[int], int | None, int | None]) -> Form:
    """Four 0/1 variables, and sums of some of them between bounds."""
    model = Model()
    model.flags(4)
    return form_of(model, [(Linear(list(vars_)), least, most) for vars_, least, most in rows])


def test_a_row_said_twice_is_said_once_with_the_closest_bounds():
    found = tidied(counting(([0, 1, 2], None, 2), ([3], 0, 1), ([2, 1, 0], 1, 3)))
    assert found.height == 2
    assert (found.least[0], found.most[0]) == (1, 2)


def test_a_window_within_a_sum_that_allows_no_more_is_not_said():
    found = tidied(counting(([0, 1], None, 1), ([1, 2], None, 1), ([0, 1, 2, 3], 0, 1)))
    assert found.height == 1
    assert len(found.cols) == 4


@pytest.mark.parametrize("other", [([0, 1, 2, 3], 0, 2), ([0, 2, 3], 0, 1)])
def test_a_window_that_says_more_stays(other):
    assert tidied(counting(([0, 1], None, 1), other)).height == 2


def test_a_model_without_rows():
    assert tidied(counting()).height == 0


def test_a_large_model_keeps_its_arrays_only_and_they_say_the_same():
    shape = Layer("rotations", tuple(Person(c, c.upper()) for c in "ab"), range(2), ("Ward", "Clinic"))
    what = Selection.of("Ward")
    rules = (OneDuty(what=Selection("any duty", frozenset(shape.duties))), MaxInARow(what=what, limit=Many(1)),
             RunLength(what=what, length=Many(1)), Staffing(what=what, at_least=1, at_most=1))
    posted = post([shape], rules, ())
    before = solutions(form_of(posted.model, posted.rows))
    posted.keep_arrays()
    assert not posted.conditions and not posted.model.definitions
    kept = posted.form
    assert solutions(kept) == before
    posted.keep_arrays()
    assert posted.form is kept


def test_of_what_differs_from_a_solution_only_its_rows_are_added_up():
    form = counting(([0, 1], 1, 1), ([2, 3], 1, 1))
    known = np.array([1, 0, 1, 0])
    assert form.broken(np.array([0, 1, 1, 0]), known) == 0
    assert form.broken(np.array([1, 1, 1, 0]), known) == form.broken(np.array([1, 1, 1, 0])) == 1


def test_a_form_is_sent_without_what_was_looked_up():
    form = counting(([0, 1], 1, 1))
    sent = len(pickle.dumps(form))
    assert form.rows_with(np.array([1])).tolist() == [0]
    assert len(pickle.dumps(form)) == sent
    assert pickle.loads(pickle.dumps(form)).rows_with(np.array([1])).tolist() == [0]
