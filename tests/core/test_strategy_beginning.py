"""A search that has no schedule yet: the elastic model, first years, and what is missed until nothing is."""

import random

import numpy as np
import pytest

from constraints import MaxInARow, OneDuty, Requirement, Staffing
from scheduler.domain.layer import Layer, Person
from scheduler.domain.words import Many, Selection
from scheduler.solve import beginning, proving, search, years
from scheduler.solve.elastic import NOBODY, elastic
from scheduler.solve.engine import Local
from scheduler.solve.form import dense, form_of, ranges
from scheduler.solve.lp import Relaxation, relax
from scheduler.solve.neighbourhoods import Kind, Neighbourhoods, places_of
from scheduler.solve.posting import post
from scheduler.solve.search import Search
from scheduler.solve.submodel import answer
from scheduler.solve.years import Years
from tests.core.test_strategy import posted_sample

ANY = Selection("any duty", frozenset({"Ward", "Clinic"}))
WARD = Selection.of("Ward")


def arrays(posted):
    """A posted model's form, places and last cost."""
    form = form_of(posted.model, [(c.sum, c.at_least, c.at_most) for _, c in posted.conditions])
    stage = posted.stages[-1]
    return (form, places_of(posted.boards, form.width),
            dense(stage.cost, form.width) * (-1 if stage.large else 1))


def ward(*rules, people=3, weeks=6):
    """People who share one ward week by week, and wish to be there no two weeks in a row."""
    shape = Layer("rotations", tuple(Person(c, c.upper()) for c in "abcdef"[:people]), range(weeks), ("Ward", "Clinic"))
    return arrays(post([shape], (OneDuty(what=ANY), MaxInARow(what=WARD, limit=Many(1), priority="comfort"), *rules),
                       ("comfort",)))


@pytest.fixture
def begins(monkeypatch):
    """Every search without a schedule begins with the elastic model, however small it is."""
    monkeypatch.setattr(search, "WHOLE_FIRST", 1)
    monkeypatch.setattr(proving, "FIRST", 1)


def first_years(form, places, cost, near=None):
    found = Years(elastic(form, places), cost, places.helper,
                  form.low.astype(float) if near is None else near, seed=1)
    while not found.done and not found.failed:
        question, *about = found.next(None)
        found.take(answer(question), *about)
    return found


def test_rows_between_people_have_slack_and_rows_of_one_person_have_none():
    form, places, _ = ward(Staffing(what=WARD, at_least=1, at_most=1), Requirement(what=WARD, at_least=2, at_most=3))
    made = elastic(form, places)
    assert np.array_equal(made.owner[~places.helper], places.person[~places.helper])
    assert NOBODY not in made.owner                         # every helper follows from one person's weeks
    assert len(made.links) == 12 and made.own.height == form.height - 12       # at least one, and at most one
    for row in made.links:
        assert len(set(places.person[form.cols[form.start[row]:form.start[row + 1]]])) == 3
    assert sorted(made.side) == [-1] * 6 + [1] * 6          # every week may have too few, or too many


def test_slack_counts_what_is_missed_and_nothing_else():
    form, places, _ = ward(Staffing(what=WARD, at_least=1, at_most=1))
    made, rng = elastic(form, places), random.Random(1)
    whole = 0
    for _ in range(200):
        one = [rng.randrange(3) for _ in range(6)]          # most weeks have just one there
        at = np.array([[person == one[week] or rng.random() < 0.1 for week in range(6)] for person in range(3)])
        values = form.low.copy()
        cells = np.flatnonzero(~places.helper)
        # of the two variables of a person's week the first is the ward: "exactly one duty" holds either way
        first = {(places.person[v], places.slot[v]): v for v in cells[::-1]}
        for v in cells:
            here = places.person[v], places.slot[v]
            values[v] = at[here] if first[here] == v else not at[here]
        values[places.helper] = form.high[places.helper]
        filled = made.filled(values)
        assert made.form.broken(filled) == 0
        assert filled[made.width:].sum() == np.abs(at.sum(axis=0) - 1).sum()
        assert (filled[made.width:].sum() == 0) == (form.broken(values) == 0)
        whole += form.broken(values) == 0
    assert whole                                            # both sides were seen


def test_first_years_keep_all_that_concerns_one_person():
    form, places, cost = ward(Staffing(what=WARD, at_least=2, at_most=2), Requirement(what=WARD, at_least=3, at_most=3),
                              people=4)
    found = first_years(form, places, cost, relax(Relaxation(form, cost)).near)
    made = found.elastic
    assert found.done and made.own.broken(found.values) == 0
    filled = made.filled(found.values)
    assert made.form.broken(filled) == 0 and (filled[made.width:] == 0).all() == (form.broken(found.values) == 0)


def test_years_lean_against_what_the_years_before_them_did():
    """Nothing but the rows between people says who takes which week; still nobody takes another's."""
    form, places, cost = ward(Staffing(what=WARD, at_least=1, at_most=1), Requirement(what=WARD, at_least=2, at_most=2))
    found = first_years(form, places, cost, np.where(places.helper, 0.0, 1 / 3))
    assert form.broken(found.values) == 0


def test_a_year_that_nobody_could_have_proves_that_there_is_none(begins):
    form, places, cost = ward(Requirement(what=WARD, at_least=4, at_most=4), Requirement(what=WARD, at_most=3))
    assert first_years(form, places, cost).impossible
    assert Search(form, cost, places, Local()).run().status == "impossible"


def test_a_search_that_begins_with_slack_ends_without(begins):
    form, places, cost = arrays(posted_sample())
    told = []
    found = [Search(form, cost, places, Local(), tell=lambda best, bound: told.append((best, bound))).run()
             for _ in range(2)]
    assert found[0].status == "optimal" and form.broken(found[0].values) == 0
    assert int(cost @ found[0].values) == found[0].bound
    assert np.array_equal(found[0].values, found[1].values)                 # repeatable
    values = [best for best, _ in told if best is not None]
    assert min(values) == found[0].bound                    # what is missed was never told as a cost


def test_what_is_missed_gets_dearer_until_the_beginning_fails(begins, monkeypatch):
    """Three people, two in the ward each week, each at most three weeks there: every person alone can, all cannot."""
    monkeypatch.setattr(beginning, "ENOUGH", 5)
    monkeypatch.setattr(beginning, "DEARER", 2)
    form, places, cost = ward(Staffing(what=WARD, at_least=2), Requirement(what=WARD, at_most=3))
    begun = beginning.Beginning(form, cost, places, 1)
    price = begun.price
    for _ in range(4):
        begun.watch(False, False)
    assert begun.price == 4 * price and not begun.failed
    begun.watch(False, False)
    assert begun.failed
    best = Search(form, cost, places, Local()).run()
    assert best.values is None and best.status != "optimal"


def test_cells_that_relaxations_used_are_remembered_while_parts_are_solved_at_once():
    form, places, _ = ward()
    choices, kind = Neighbourhoods(form, places), Kind("many people", relaxed=True)
    cells = np.arange(4)
    uses = [np.array(bits, bool) for bits in ([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0])]
    assert choices.used(cells, uses[0], kind).tolist() == [True, False, False, False]
    kind.learn(0.0, True, True)
    assert choices.used(cells, uses[1], kind).tolist() == [True, True, False, False]
    kind.learn(0.0, False)
    assert choices.used(cells, uses[2], kind).tolist() == [False, False, True, False]


def test_a_relaxation_that_comes_too_late_says_nothing_wrong():
    form, _, cost = arrays(posted_sample())
    found = relax(Relaxation(form, cost, seconds=-1.0))
    assert found is None or found.bound <= relax(Relaxation(form, cost)).bound


def test_a_year_that_few_cells_do_not_allow_is_looked_for_among_all(monkeypatch):
    """The relaxation given knows of no week in the ward, and nothing else is opened: the requirement needs three."""
    monkeypatch.setattr(years, "OTHERS", 0)
    form, places, cost = ward(Requirement(what=WARD, at_least=3, at_most=3))
    found = first_years(form, places, cost)
    assert found.done and found.elastic.own.broken(found.values) == 0


def test_parts_are_drawn_by_those_whom_the_relaxation_would_have_where_somebody_is_missed():
    form, places, cost = ward(Staffing(what=WARD, at_least=1, at_most=1))
    begun = beginning.Beginning(form, cost, places, 1)
    near = form.low.astype(float)
    on = np.flatnonzero(~places.helper & (places.slot == 2))
    ward_cells = np.array([v for v in on if v in form.cols[ranges(form.start, begun.elastic.links)]])
    near[ward_cells[1]] = 1.0                               # the relaxation would have the second person there
    begun._years = Years(begun.elastic, cost, places.helper, near, 1)
    nobody = begun.elastic.filled(form.low.copy())
    assert begun.around(nobody).tolist() == [ward_cells[1]]
    begun._years.near[:] = 0.0                              # it would have nobody: then all are worth a try
    assert set(ward_cells) <= set(begun.around(nobody))


def test_weeks_of_very_many_people_are_opened_for_some_of_them_only():
    form, places, _ = ward(people=6)
    choices = Neighbourhoods(form, places, kinds=[Kind("weeks", cells=4)])
    _, opened = choices.choose(form.low < form.high, np.zeros(form.width))
    cells = opened[~places.helper[opened]]
    assert len(set(places.slot[cells])) == 2 and len(set(places.person[cells])) == 2
