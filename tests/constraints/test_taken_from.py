"""Which rotations may be left for something shorter."""

import pytest

from constraints.taken_from import TakenFrom
from scheduler.domain.words import Group, Selection
from tests.agreement import BELOW, agree, judged, named, picture_below, picture_sessions, some_duties, some_people
from tests.rooms import fits

HOSTS = Selection("outpatient rotations", frozenset({"Ward", "Office"}))
CLINIC = TakenFrom(what=Selection.of("Clinic"), hosts=HOSTS)
CALL = TakenFrom(what=Selection.of("Pager"), hosts=Selection.of("Ward"), layer_name="call")


def test_solver_and_checker_agree():
    agree(lambda rng, layer: TakenFrom(what=some_duties(rng), hosts=some_duties(rng, 6), who=some_people(rng, layer)),
          seeds=80, shapes=BELOW)


@pytest.mark.parametrize("above, rows, expected", [
    ("A: Ward Nights", "A: Mon1am=Clinic Fri1pm=Clinic", []),
    ("A: Office Ward", "A: Fri1pm=Clinic Mon2am=Clinic", []),
    ("A: Ward Nights", "A: Fri1pm=Clinic Mon2am=Clinic",
     ["A is on Clinic on the morning of Monday 6 July, in a week on Nights; "
      "it is only for fellows on outpatient rotations."]),
    ("A: Vacation Ward", "A: Tue1=Clinic",
     [f"A is on Clinic on the {half} of Tuesday 30 June, in a week on Vacation; "
      "it is only for fellows on outpatient rotations." for half in ("morning", "afternoon")]),
    ("A: - Ward", "A: Wed1am=Clinic",
     ["A is on Clinic on the morning of Wednesday 1 July, in a week on nothing; "
      "it is only for fellows on outpatient rotations."]),
    ("A: Nights Nights", "A: Wed1am=Course", []),                            # something else is not this rule's affair
    ("A: Ward+Vacation Ward", "A: Wed1am=Clinic", []),                       # leave inside: the rotation is there
])
def test_the_rotation_of_the_week_decides(above, rows, expected):
    assert judged(CLINIC, picture_below("half-days", above, rows)) == (len(expected), expected)


def test_several_at_once_are_one_half_day():
    both = TakenFrom(what=Selection.of("Clinic", "Course"), hosts=HOSTS)
    assert judged(both, picture_below("half-days", "A: Ward", "A: Wed1am=Clinic+Course")) == (0, [])
    assert judged(both, picture_below("half-days", "A: Nights", "A: Wed1am=Clinic+Course"))[0] == 1


def test_whose_fellows_carry_the_call():
    drawn = picture_below("call", "A: Ward Nights\nB: Nights Ward", "A: Sun1=Pager Mon2=Pager\nB: Sun2=Pager")
    assert judged(CALL, drawn) == (1, ["A is on Pager on the night of Monday 6 July, in a week on Nights; "
                                       "it is only for fellows on Ward."])


def test_only_the_people_named():
    seniors = TakenFrom(what=Selection.of("Clinic"), hosts=HOSTS, who=Group("seniors", frozenset({"B"})))
    drawn = picture_below("half-days", "A: Nights\nB: Nights", "A: Mon1am=Clinic\nB: Mon1pm=Clinic")
    assert judged(seniors, drawn)[0] == 1
    assert named(seniors, drawn) == ([("B", (1,))], [("B", (1,))])


def test_room():
    """A week on another rotation holds nothing of it."""
    drawn = picture_below("half-days", "A: Ward Nights\nB: Nights Ward", "A: Mon1=Clinic")
    assert fits(CLINIC, drawn, {("A", 0, "Clinic"): 10, ("A", 1, "Clinic"): 0})
    assert not fits(CLINIC, drawn, {("A", 1, "Clinic"): 1})
    assert fits(CLINIC, drawn, {("B", 1, "Clinic"): 1, ("B", 0, "Elective"): 9})
    others = TakenFrom(what=Selection.of("Clinic", "Elective"), hosts=HOSTS, who=Group("B", frozenset({"B"})))
    assert not fits(others, drawn, {("B", 0, "Elective"): 1})
    assert fits(others, drawn, {("B", 1, "Elective"): 3, ("B", 1, "Clinic"): 7, ("A", 1, "Clinic"): 1})


def test_sentence():
    assert CLINIC.sentence == "Clinic is only for fellows who are on outpatient rotations at the time."


def test_those_in_no_rotation_leave_none():
    rule = TakenFrom(what=Selection.of("Talk"), hosts=Selection.of("Ward"), layer_name="conferences")
    shown = picture_sessions("conferences", "A: Ward Clinic", "A: Talk Talk\nDr Moon: Talk Talk", "Tue1 Tue2")
    assert named(rule, shown) == ([("A", (1,))], [("A", (1,))])
