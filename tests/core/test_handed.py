"""What is handed over to CP-SAT is what the form says, and no more is loaded for it than is needed."""

import itertools
import signal
import subprocess
import sys

import numpy as np
import pytest

from scheduler.domain.board import Model
from scheduler.domain.linear import Linear
from scheduler.solve.cpsat import CpSat
from scheduler.solve.form import form_of
from scheduler.solve.handed import Handed, Run
from scheduler.solve.settings import Settings
from scheduler.solve.submodel import Question, answer
from tests.core.test_strategy import made_up
from tests.core.test_strategy_deciding import wishes


def test_a_form_handed_over_has_its_own_best_both_ways():
    for seed in range(40):
        form, cost, solutions = made_up(seed)
        for large in (False, True):
            answer = CpSat(form).solve(Linear(list(range(form.width)), cost.tolist(), 7), large, Settings())
            if not len(solutions):
                assert answer.status == "impossible"
                continue
            amounts = solutions @ cost + 7
            assert answer.status == "optimal" and not form.broken(np.array(answer.values))
            assert answer.value == answer.bound == (amounts.max() if large else amounts.min())


def test_choices_rows_added_later_and_empty_rows_bind():
    model = Model()
    three = Linear.sum(model.variable() for _ in range(3))
    engine = CpSat(form_of(model, [(three, 1, 1)]))
    assert engine.solve(three, True, Settings()).value == 1
    engine.add(Linear([0, 0], [1, 1]), 1, None)                 # named twice: it is one
    assert engine.solve(three, True, Settings()).values == [1, 0, 0]
    engine.add(Linear(const=2), None, 1)                        # nothing open, and never true
    assert engine.solve(None, False, Settings()).status == "impossible"


@pytest.mark.parametrize("least, most", [(a, b) for a in (None, -2, -1, 0, 1, 2) for b in (None, 0, 1, 2, 3)
                                         if a is None or b is None or a <= b])
def test_any_of_these_and_not_all_of_these_mean_what_the_sum_says(least, most):
    """Handed over as clauses where that is all a row says, with every sign; the best both ways tells them apart."""
    for signs in itertools.product([-1, 1], repeat=3):
        model = Model()
        row = Linear.sum(model.variable() * sign for sign in signs)
        form = form_of(model, [(row, least, most)])
        allowed = [x for x in itertools.product([0, 1], repeat=3) if not form.broken(np.array(x))]
        for weights in itertools.product([-1, 1], repeat=3):
            cost = np.array(weights)
            best = min((int(cost @ x) for x in allowed), default=None)
            for parameters in (), (("linearization_level", 0),):                    # as sums; as clauses
                reply = answer(Question(form, cost, parameters=parameters))
                found = None if reply.values is None else int(cost @ reply.values)
                assert (reply.status, found) == ("impossible" if best is None else "optimal", best)


def test_rows_that_are_clauses_are_handed_over_as_such():
    model = Model()
    a, b, c = (model.variable() for _ in range(3))
    rows = [(a + b + c, None, 2), (a + b + c, 1, None), (b - a, 0, None), (a + b - c, None, 1), (a + b + c, 1, 2),
            (a + b, None, 1)]
    handed = Handed(form_of(model, rows), clauses=True)     # its rows live as long as it does
    said = [sorted(row.bool_or.literals if row.has_bool_or() else row.at_most_one.literals if row.has_at_most_one()
                   else []) for row in handed.proto.constraints]
    assert said == [[-3, -2, -1], [0, 1, 2], [-1, 1], [-2, -1, 2], [], [0, 1]]


@pytest.mark.parametrize("limit", [{"max_deterministic_time": 0.0}, {"max_time_in_seconds": 0.0},
                                   {"max_deterministic_time": 1e-9, "optimize_with_core": True}])
def test_a_search_that_ended_before_it_began_proves_nothing_untrue(limit):
    """CP-SAT then says 0, which of a cost that may be −36 would be a false bound."""
    form, cost, _ = wishes()
    for sign in (1, -1):
        handed, run = Handed(form), Run()
        handed.aim(range(form.width), (cost * sign).tolist())
        for name, value in limit.items():
            run.set(name, value)
        run.solve(handed)
        assert not run.found and (run.bound is None or run.bound <= min(0, int(sign * cost.sum())))
        reply = answer(Question(form, cost * sign, parameters=tuple(limit.items())))
        assert reply.status == "unknown" and (reply.bound is None or reply.bound <= min(0, int(sign * cost.sum())))


def test_a_sum_that_cancels_out_is_its_constant():
    model = Model()
    one = model.variable()
    for large in (False, True):
        answer = CpSat(form_of(model, [])).solve(one - one + 3, large, Settings())
        assert (answer.status, answer.value, answer.bound) == ("optimal", 3, 3)


def test_a_model_that_is_refused_says_why():
    model = Model()
    huge = model.variable(0, 2 ** 62)
    with pytest.raises(ValueError, match=r"refused the model: .*\d"):
        CpSat(form_of(model, [(huge * 4, None, 5)])).solve(huge, True, Settings())


def test_switched_rows_bind_while_they_are_on_and_the_blame_is_theirs():
    model = Model()
    both = Linear.sum(model.variable() for _ in range(2))
    rows = form_of(model, [(both, 2, None), (both, None, 2), (both, None, 1)])
    handed = Handed(form_of(model, []))
    switches = handed.switched(rows, [0, 1, 2])
    run = Run()
    Settings().apply(run.parameters, 5.0)
    assert run.solve(handed).impossible
    assert set(run.blamed()) == {switches[0], switches[2]}


def test_a_run_that_is_stopped_before_it_begins_finds_nothing():
    form, _, _ = made_up(1)
    run = Run()
    run.stop()
    assert not run.solve(Handed(form)).found and not run.impossible
    with pytest.raises(KeyboardInterrupt):              # and Ctrl-C still reaches Python afterwards
        signal.raise_signal(signal.SIGINT)


def test_solving_loads_no_tables():
    program = ("import sys; from tests.sample import sample_program; from scheduler.solve.layered import solve_layers;"
               "p = sample_program(); found = solve_layers(p.layers(), p.rules, p.priorities);"
               "print(found.status, 'pandas' in sys.modules)")
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["optimal", "False"]
