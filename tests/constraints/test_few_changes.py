"""As the earlier schedule, as far as possible."""

import random
from dataclasses import replace

import pytest

from constraints.few_changes import FewChanges
from constraints.one_duty import OneDuty
from constraints.requirement import Requirement
from scheduler.domain.layer import Inside
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Selection
from scheduler.solve.driver import solve
from tests.agreement import DUTIES, agree, assert_agrees, picture

HOSTED = (Inside("Vacation", Selection.of("Clinic")),)


def earlier(rows, **options):
    """The rule for an earlier schedule, drawn like a picture; holes are cells too."""
    drawn = picture(rows)
    cells = tuple((p.id, s, drawn.at(p, s)) for p in drawn.people for s in drawn.layer.slots)
    return FewChanges(earlier=cells, priority="stability", **options)


def changes(rule, drawn):
    """The measure's value, on which solver and checker agree."""
    assert_agrees(rule, drawn)
    (name, value), = rule.measures(drawn)
    assert name == "changed cells"
    return value


def random_rule(rng, layer):
    people = [*(p.id for p in layer.people), "somebody else"]
    duties = [*DUTIES, "Closed"]
    cells = tuple((rng.choice(people), rng.randint(-1, len(layer.slots)), tuple(rng.sample(
        duties, rng.choice([0, 1, 1, 1, 2])))) for _ in range(12))
    return FewChanges(earlier=cells, weight=tuple((s, rng.randint(0, 3)) for s in layer.slots if rng.random() < 0.5),
                      priority="stability")


def test_solver_and_checker_agree():
    agree(random_rule, seeds=150)


@pytest.mark.parametrize("row, value", [
    ("Ward Clinic Nights -", 0),
    ("Clinic Clinic Nights -", 1),
    ("Ward Clinic Nights Ward", 1),                                          # something where nothing was
    ("Ward Clinic - -", 1),                                                  # nothing where something was
    ("Clinic Ward Clinic Clinic", 4),
])
@pytest.mark.parametrize("shape", [{}, {"exclusive": False}, {"inside": HOSTED}])
def test_changed_cells_are_counted(row, value, shape):
    assert changes(earlier("A: Ward Clinic Nights -"), picture(f"A: {row}", **shape)) == value


@pytest.mark.parametrize("then, now, value", [
    ("Clinic+Vacation", "Clinic+Vacation", 0),
    ("Clinic+Vacation", "Vacation+Clinic", 0),                               # the order says nothing
    ("Clinic+Vacation", "Clinic", 1),
    ("Clinic", "Clinic+Vacation", 1),
    ("Clinic+Vacation", "Ward", 1),                                          # a cell counts once
    ("Clinic", "Ward", 1),
    ("Clinic", "Ward+Nights", 1),
])
@pytest.mark.parametrize("shape", [{"exclusive": False}, {"inside": HOSTED}])
def test_leave_inside_is_part_of_the_cell(then, now, value, shape):
    assert changes(earlier(f"A: {then}"), picture(f"A: {now}", **shape)) == value


def test_two_duties_where_only_one_fits_now():
    assert changes(earlier("A: Clinic+Vacation Ward"), picture("A: Clinic Ward")) == 1
    assert changes(earlier("A: Clinic+Vacation Ward"), picture("A: Ward Ward")) == 1
    assert changes(earlier("A: Clinic+Vacation Ward"), picture("A: - Ward")) == 1


def test_weights_by_slot():
    rule = earlier("A: Ward Ward Ward\nB: Ward Ward Ward", weight=((0, 5), (2, 0)))
    assert changes(rule, picture("A: Clinic Ward Ward\nB: Ward Ward Ward")) == 5
    assert changes(rule, picture("A: Ward Clinic Ward\nB: Ward Ward Ward")) == 1
    assert changes(rule, picture("A: Ward Ward Clinic\nB: Ward Ward Ward")) == 0
    assert changes(rule, picture("A: Clinic Clinic Clinic\nB: Clinic Ward Ward")) == 11


def test_fellows_and_slots_that_are_no_more_are_not_counted():
    rule = earlier("A: Ward Ward Ward Ward\nB: Ward Ward Ward Ward")
    assert changes(rule, picture("A: Ward Clinic Ward")) == 1
    assert changes(rule, picture("A: Ward Ward Ward\nC: Clinic Clinic Clinic")) == 0     # nor is who is new
    assert changes(replace(rule, earlier=(("A", -1, ("Ward",)), ("A", 3, ("Ward",)))), picture("A: Clinic - -")) == 0
    assert changes(replace(rule, earlier=(("A", 0, ("Ward",)), ("A", 2, ("Ward",)))), picture("A: Clinic - -")) == 2


@pytest.mark.parametrize("shape", [{}, {"exclusive": False}, {"inside": HOSTED}])
def test_a_duty_that_is_no_more_is_a_change_whatever_comes(shape):
    rule = earlier("A: Ward Closed Clinic+Closed")
    assert changes(rule, picture("A: Ward Clinic Clinic", **shape)) == 2
    assert changes(rule, picture("A: Ward - -", **shape)) == 2


def test_a_layer_with_one_duty_only():
    drawn = picture("A: Ward - Ward -")
    call = Schedule(replace(drawn.layer, duties=("Ward",)), drawn.cells)
    assert changes(earlier("A: Ward Ward - -"), call) == 2


def test_who_has_left_has_changed():
    left = picture("A: Ward Ward - -", here={"A": frozenset({0, 1})})
    assert changes(earlier("A: Ward Ward Ward -"), left) == 1


def test_nothing_earlier_nothing_changed():
    assert changes(FewChanges(priority="stability"), picture("A: Ward Clinic")) == 0


def test_the_solver_keeps_what_it_can():
    rule = earlier("A: Ward Ward Clinic Clinic\nB: Clinic Clinic Ward Ward", weight=((0, 3),))
    layer = picture("A: Ward Ward Ward Ward\nB: Ward Ward Ward Ward").layer
    rules = (OneDuty(what=Selection.of("Ward", "Clinic")), rule,
             Requirement(what=Selection.of("Ward"), at_least=3, at_most=3))
    outcome = solve([layer], rules, ("stability",))
    assert (outcome.status, [t.value for t in outcome.tiers]) == ("optimal", [2])
    assert outcome.cells["rotations"]["B"][0] == ("Clinic",)                 # the dear cell is kept


def test_it_has_nothing_to_say_of_a_finished_schedule():
    assert random_rule(random.Random(1), picture("A: Ward").layer).measured
    assert list(earlier("A: Ward").check(picture("A: Clinic"))) == []


def test_sentence():
    assert earlier("A: Ward").sentence == "As few cells as possible differ from the earlier schedule."
