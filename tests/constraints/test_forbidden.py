"""What is ruled out."""

import pytest

from constraints.forbidden import Forbidden
from scheduler.domain.board import Board, Model
from scheduler.domain.words import Group, Selection, Window
from tests.agreement import agree, judged, named, picture, some_duties, some_people, some_slots
from tests.constraints.pruned import agree_pruned, cells_alone

B = Group("Fellow B", frozenset({"B"}))
SECOND = Window("the 8 July", frozenset({1}))
NO_NIGHTS = Forbidden(what=Selection.of("Nights"), who=B, during=SECOND)


def random_rule(rng, layer):
    return Forbidden(what=some_duties(rng), who=some_people(rng, layer), during=some_slots(rng, layer))


def test_solver_and_checker_agree():
    agree(random_rule, seeds=120)


@pytest.mark.parametrize("rows, expected", [
    ("A: Nights Nights Nights\nB: Nights Ward Nights", []),                 # the week before and the week after
    ("A: Ward Ward Ward\nB: Ward Nights Ward", ["B is on Nights in slot 2, which is ruled out."]),
    ("A: Nights Nights Nights\nB: Nights Nights Nights", ["B is on Nights in slot 2, which is ruled out."]),
    ("A: Ward Ward Ward\nB: - - -", []),
])
def test_one_person_one_time(rows, expected):
    assert judged(NO_NIGHTS, picture(rows)) == (len(expected), expected)


def test_everyone_all_year():
    rule = Forbidden(what=Selection.of("Nights", "Ward"))
    assert judged(rule, picture("A: Clinic -\nB: Elective Clinic")) == (0, [])
    assert judged(rule, picture("A: Nights -\nB: Ward Ward")) == (3, [
        "A is on Nights or Ward in slot 1, which is ruled out.",
        "B is on Nights or Ward in slot 1, which is ruled out.",
        "B is on Nights or Ward in slot 2, which is ruled out."])


def test_two_at_once_are_one_mistake():
    rule = Forbidden(what=Selection.of("Nights", "Ward"))
    assert judged(rule, picture("A: Nights+Ward Clinic", exclusive=False)) == (
        1, ["A is on Nights or Ward in slot 1, which is ruled out."])


def test_leave_inside_a_rotation_is_ruled_out_too():
    rule = Forbidden(what=Selection.of("Vacation"), during=SECOND)
    assert judged(rule, picture("A: Clinic+Vacation Clinic+Vacation")) == (
        1, ["A is on Vacation in slot 2, which is ruled out."])


def test_whom_and_when_it_names():
    drawn = picture("A: Nights Nights\nB: Nights Nights")
    assert named(NO_NIGHTS, drawn) == ([("B", (1,))], [("B", (1,))])


def test_cells_that_can_never_be():
    layer = picture("A: Ward Ward\nB: Ward Ward\nC: Ward -", here={"C": frozenset({0})}).layer
    rule = Forbidden(what=Selection.of("Nights", "Ward", "Elsewhere"), who=Group("s", frozenset({"B", "C"})),
                     during=SECOND)
    assert set(rule.never(layer)) == {("B", 1, "Nights"), ("B", 1, "Ward")} == cells_alone(rule, layer)
    assert len(set(Forbidden(what=Selection.of("Nights")).never(layer))) == 5
    agree_pruned(random_rule)


def test_what_can_never_be_needs_no_condition_and_what_was_decided_does():
    drawn = picture("A: Nights\nB: Nights")
    rule = Forbidden(what=Selection.of("Nights"), who=B)
    assert list(rule.post(Board(Model(), drawn.layer).open(rule.never(drawn.layer)))) == []
    assert [(c.sum.const, c.at_most) for c in rule.post(Board(Model(), drawn.layer).decided(drawn))] == [(1, 0)]
    assert len(list(rule.post(Board(Model(), drawn.layer).open()))) == 1


def test_sentence():
    assert NO_NIGHTS.sentence == "Fellow B is never on Nights in the 8 July."
    assert Forbidden(what=Selection.of("Nights"), during=SECOND).sentence == "Nobody is ever on Nights in the 8 July."
    assert Forbidden(what=Selection.of("Nights")).sentence == "Nobody is ever on Nights."
