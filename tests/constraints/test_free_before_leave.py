"""No call on leave, nor the night before it."""

import pytest

from constraints.forbidden import Forbidden
from constraints.free_before_leave import FreeBeforeLeave
from scheduler.domain.layer import Inside
from scheduler.domain.words import Group, Selection, Window
from tests.agreement import agree, judged, named, on_paper, picture_below, some_duties, some_people
from tests.rooms import fits

LEAVE = Selection("any leave", frozenset({"Vacation", "Meeting"}))
FREE = FreeBeforeLeave(what=Selection.of("Pager"), leave=LEAVE)


def test_solver_and_checker_agree():
    agree(lambda rng, layer: FreeBeforeLeave(
        what=some_duties(rng), leave=some_duties(rng), who=some_people(rng, layer)), seeds=120, shapes=("call",))


@pytest.mark.parametrize("above, row, halves, expected", [
    ("A: Ward Vacation", "Sat1=Pager", "", []),
    ("A: Ward Vacation", "Sun1=Pager", "", ["A has Pager on the night of Sunday 5 July, the night before leave."]),
    ("A: Vacation Ward", "Sun1=Pager", "", ["A has Pager on the night of Sunday 5 July, while on leave."]),
    ("A: Vacation Ward", "Mon2=Pager", "", []),
    ("A: Vacation Meeting", "Sun1=Pager", "", ["A has Pager on the night of Sunday 5 July, while on leave."]),
    ("A: Ward Ward", "Mon1=Pager Tue1=Pager Wed1=Pager Thu1=Pager", "Wed1pm=Vacation",
     ["A has Pager on the night of Tuesday 30 June, the night before leave.",
      "A has Pager on the night of Wednesday 1 July, while on leave."]),
    ("A: Ward Ward", "Sun2=Pager", "Wed1=Vacation", []),
    ("A: Ward Ward", "Tue1=Pager Wed1=Pager", "Wed1=Clinic", []),
    ("A: Ward Vacation", "Sun1=Pager", "Mon2=Vacation",                      # said once
     ["A has Pager on the night of Sunday 5 July, the night before leave."]),
])
def test_whole_weeks_and_single_days(above, row, halves, expected):
    drawn = picture_below("call", above, f"A: {row}", halves=f"A: {halves}")
    assert judged(FREE, drawn) == (len(expected), expected)


def test_a_program_without_half_days():
    drawn = picture_below("call", "A: Ward Vacation\nB: Ward Ward", "A: Sun1=Pager\nB: Sun1=Pager Mon2=Pager")
    assert judged(FREE, drawn)[0] == 1
    assert named(FREE, drawn) == ([("A", (6,))], [("A", (6,))])


def test_several_roles_on_one_night_are_one_night():
    both = FreeBeforeLeave(what=Selection.of("Pager", "Second"), leave=LEAVE)
    assert judged(both, picture_below("call", "A: Vacation", "A: Mon1=Pager+Second"))[0] == 1


def test_leave_inside_a_rotation_has_no_dates():
    inside = (Inside("Vacation", Selection.of("Ward")),)
    assert judged(FREE, picture_below("call", "A: Ward+Vacation Meeting", "A: Mon1=Pager", inside=inside)) == (0, [])
    assert judged(FREE, picture_below("call", "A: Ward+Vacation Meeting", "A: Sun1=Pager", inside=inside))[0] == 1


def test_where_all_is_decided_only_what_is_wrong_is_said():
    assert on_paper(FREE, picture_below("call", "A: Ward Vacation", "A: Sat1=Pager Sun1=Pager")) == [(6,)]


def test_only_the_people_named():
    seniors = FreeBeforeLeave(what=Selection.of("Pager"), leave=LEAVE, who=Group("seniors", frozenset({"B"})))
    drawn = picture_below("call", "A: Vacation\nB: Vacation", "A: Mon1=Pager\nB: Tue1=Pager")
    assert judged(seniors, drawn) == (1, ["B has Pager on the night of Tuesday 30 June, while on leave."])


def test_the_time_a_fellow_is_here():
    drawn = picture_below("call", "A: Ward -", "A: Sun1=Pager", here={"A": frozenset({0})})
    assert judged(FREE, drawn) == (0, [])


def test_room():
    """A week of leave takes the last night of the week before."""
    drawn = picture_below("call", "A: Ward Vacation Ward\nB: Ward Ward Ward", "A: Mon1=Pager+Second")
    assert [fits(FREE, drawn, {("A", 0, "Pager"): n}) for n in (6, 7)] == [True, False]
    assert fits(FREE, drawn, {("A", 2, "Pager"): 7, ("B", 0, "Pager"): 7, ("B", 1, "Pager"): 7, ("A", 1, "Second"): 7})
    seniors = FreeBeforeLeave(what=FREE.what, leave=LEAVE, who=Group("seniors", frozenset({"B"})))
    assert fits(seniors, drawn, {("A", 0, "Pager"): 7, ("A", 1, "Pager"): 1})
    closed = Forbidden(what=FREE.what, during=Window("Sunday", frozenset({6})))
    assert fits(FREE, drawn, {("A", 0, "Pager"): 6}, closed)
    other = Forbidden(what=FREE.what, during=Window("Monday", frozenset({0})))
    assert not fits(FREE, drawn, {("A", 0, "Pager"): 6}, other)
    both = FreeBeforeLeave(what=Selection.of("Pager", "Second"), leave=LEAVE)
    assert fits(both, drawn, {("A", 0, "Pager"): 5, ("A", 0, "Second"): 1}, other)


def test_room_and_leave_inside_a_rotation():
    inside = (Inside("Vacation", Selection.of("Ward")),)
    drawn = picture_below("call", "A: Ward Ward+Vacation", "A: Mon1=Pager", inside=inside)
    assert fits(FREE, drawn, {("A", 0, "Pager"): 7, ("A", 1, "Pager"): 7})


def test_sentence():
    assert FREE.sentence == "Nobody has Pager on any leave, or on the night before it."
