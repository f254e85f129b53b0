"""What is already decided."""

import pytest

from constraints.pinned import Pinned
from scheduler.domain.words import Group, Selection, Window
from tests.agreement import agree, judged, named, picture, picture_below, some_duties, some_people, some_slots
from tests.rooms import fits

B = Group("Fellow B", frozenset({"B"}))
MIDDLE = Window("8 July to 21 July", frozenset({1, 2}))
LEAVE = Pinned(what=Selection.of("Vacation"), who=B, during=MIDDLE)


def test_solver_and_checker_agree():
    agree(lambda rng, layer: Pinned(
        what=some_duties(rng), who=some_people(rng, layer) or Group("all", frozenset(p.id for p in layer.people)),
        during=some_slots(rng, layer) or Window("the first", frozenset({0}))), seeds=120)


@pytest.mark.parametrize("row, expected", [
    ("Ward Vacation Vacation Ward", []),
    ("Vacation Vacation Vacation Vacation", []),                            # more of it is not this rule's affair
    ("Vacation Ward Vacation Vacation", ["B has Ward in slot 2; Vacation is fixed there."]),
    ("Vacation Vacation Ward Vacation", ["B has Ward in slot 3; Vacation is fixed there."]),
    ("Ward Vacation - Ward", ["B has nothing in slot 3; Vacation is fixed there."]),
    ("Ward Ward Nights+Ward Ward", ["B has Ward in slot 2; Vacation is fixed there.",
                                    "B has Nights and Ward in slot 3; Vacation is fixed there."]),
])
def test_every_period_of_the_dates(row, expected):
    drawn = picture(f"A: Ward Ward Ward Ward\nB: {row}", exclusive=False)
    assert judged(LEAVE, drawn) == (len(expected), expected)


def test_leave_inside_a_rotation_is_given():
    assert judged(LEAVE, picture("B: Ward Clinic+Vacation Clinic+Vacation Ward")) == (0, [])


def test_any_of_a_set_will_do():
    rule = Pinned(what=Selection.of("Ward", "Nights"), who=B, during=MIDDLE)
    assert judged(rule, picture("B: Clinic Ward Nights")) == (0, [])
    assert judged(rule, picture("B: Clinic Ward+Nights Clinic", exclusive=False)) == (
        1, ["B has Clinic in slot 3; Ward or Nights is fixed there."])


def test_a_group_is_fixed_for_the_time_each_is_here():
    everyone = Pinned(what=Selection.of("Ward"), who=Group("everyone", frozenset({"A", "B"})), during=MIDDLE)
    drawn = picture("A: Clinic Ward Clinic\nB: - - Ward\nC: Clinic Clinic Clinic", here={"B": frozenset({2, 3})})
    assert judged(everyone, drawn) == (1, ["A has Clinic in slot 3; Ward is fixed there."])
    assert judged(everyone, picture("A: Clinic Ward Ward\nB: - - Clinic", here={"B": frozenset({2, 3})})) == (
        1, ["B has Clinic in slot 3; Ward is fixed there."])


def test_whom_and_when_it_names():
    drawn = picture("A: Ward Ward Ward\nB: Ward Ward Vacation")
    assert named(LEAVE, drawn) == ([("B", (1,))], [("B", (1,))])


def test_sentence():
    assert LEAVE.sentence == "Fellow B is on Vacation in 8 July to 21 July."


def test_room():
    """The half-days that are fixed lie in the amounts of their weeks."""
    drawn = picture_below("half-days", "A: Ward Ward\nB: Ward Ward", "A: Mon1=Physiatry")
    fixed = Pinned(what=Selection.of("Clinic", "Physiatry"), who=B, during=Window("dates", frozenset({8, 9, 10})),
                   layer_name="half-days")
    assert fits(fixed, drawn, {("B", 0, "Clinic"): 1, ("B", 0, "Physiatry"): 1, ("B", 1, "Clinic"): 1})
    assert not fits(fixed, drawn, {("B", 0, "Clinic"): 1, ("B", 0, "Physiatry"): 0})
    assert not fits(fixed, drawn, {("B", 1, "Clinic"): 0, ("B", 1, "Physiatry"): 0})
    assert fits(fixed, drawn, {("A", 0, "Clinic"): 0, ("A", 0, "Physiatry"): 0})
    away = picture_below("half-days", "A: Ward Ward\nB: Ward -", "A: Mon1=Physiatry", here={"B": frozenset({0})})
    assert fits(fixed, away, {("B", 0, "Clinic"): 2})


def test_below_the_week_it_is_said_with_the_day():
    fixed = Pinned(what=Selection.of("Clinic"), who=B, during=Window("dates", frozenset({9})), layer_name="half-days")
    assert judged(fixed, picture_below("half-days", "B: Ward", "B: Fri1am=Clinic")) == (
        1, ["B has nothing on the afternoon of Friday 3 July; Clinic is fixed there."])
