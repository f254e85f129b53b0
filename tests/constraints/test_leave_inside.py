"""Leave taken inside a rotation."""

import pytest

from constraints.leave_inside import LeaveInside
from scheduler.domain.layer import Inside
from scheduler.domain.words import Selection
from tests.agreement import agree, judged, named, picture, some_duties

HOSTS = Selection.of("Clinic", "Elective")
RULE = LeaveInside(what=Selection.of("Vacation"), hosts=HOSTS)
BLOCKS = {"noun": "block", "worth": (4, 4, 4), "inside": (Inside("Vacation", HOSTS, 1),)}


def test_solver_and_checker_agree():
    agree(lambda rng, layer: LeaveInside(what=rng.choice([Selection.of("Vacation"), some_duties(rng, 2)]),
                                         hosts=some_duties(rng)), seeds=120)


@pytest.mark.parametrize("row, expected", [
    ("Ward Clinic Elective", []),                                           # nobody has to take any
    ("Ward Clinic+Vacation Elective+Vacation", []),
    ("Ward+Vacation Clinic Elective", ["A takes Vacation in slot 1 while on Ward; it is possible only inside "
                                       "Clinic or Elective."]),
    ("Ward Clinic Vacation", ["A takes Vacation in slot 3 while on nothing; it is possible only inside "
                              "Clinic or Elective."]),
    ("Ward+Vacation Clinic+Vacation Nights+Vacation", [
        "A takes Vacation in slot 1 while on Ward; it is possible only inside Clinic or Elective.",
        "A takes Vacation in slot 3 while on Nights; it is possible only inside Clinic or Elective."]),
])
def test_hosts(row, expected):
    assert judged(RULE, picture(f"A: {row}", **BLOCKS)) == (len(expected), expected)


def test_another_duty_beside_the_host_does_no_harm_and_does_not_help():
    drawn = picture("A: Clinic+Ward+Vacation Nights+Ward+Vacation", exclusive=False)
    assert judged(RULE, drawn) == (1, ["A takes Vacation in slot 2 while on Nights and Ward; it is possible only "
                                       "inside Clinic or Elective."])


def test_leave_is_no_host_of_leave():
    rule = LeaveInside(what=Selection.of("Vacation", "Meeting"), hosts=Selection.of("Clinic", "Meeting", "Vacation"))
    drawn = picture("A: Clinic+Meeting Meeting+Vacation Meeting", exclusive=False)
    assert judged(rule, drawn) == (2, [
        "A takes Vacation or Meeting in slot 2 while on nothing; it is possible only inside Clinic or Meeting or "
        "Vacation.",
        "A takes Vacation or Meeting in slot 3 while on nothing; it is possible only inside Clinic or Meeting or "
        "Vacation."])


def test_each_fellow_needs_a_host_of_their_own():
    drawn = picture("A: Clinic Ward Ward\nB: Vacation Clinic+Vacation Ward", **BLOCKS)
    assert judged(RULE, drawn) == (1, ["B takes Vacation in slot 1 while on nothing; it is possible only inside "
                                       "Clinic or Elective."])


def test_a_late_fellow():
    drawn = picture("A: - Ward+Vacation Clinic+Vacation", here={"A": frozenset({1, 2})}, **BLOCKS)
    assert judged(RULE, drawn)[0] == 1


def test_whom_and_when_it_names():
    drawn = picture("A: Ward Clinic+Vacation Ward\nB: Clinic Ward+Vacation Ward", **BLOCKS)
    assert named(RULE, drawn) == ([("B", (1,))], [("B", (1,))])


def test_sentence():
    assert RULE.sentence == "Vacation is taken only inside Clinic or Elective."
