"""The same half-day every week."""

import pytest

from constraints.same_half_days import SameHalfDays
from scheduler.domain.words import Group, Selection
from tests.agreement import agree, assert_agrees, picture_below, some_duties, some_people

CLINIC = SameHalfDays(what=Selection.of("Clinic"), priority="convenience")


def used(rule, drawn):
    """The measure's value, on which solver and checker agree."""
    assert_agrees(rule, drawn)
    assert list(rule.check(drawn)) == []
    (name, value), = rule.measures(drawn)
    assert name == "half-days of the week"
    return value


def test_solver_and_checker_agree():
    agree(lambda rng, layer: SameHalfDays(what=some_duties(rng), who=some_people(rng, layer), priority="convenience"),
          seeds=60, shapes=("half-days",))


@pytest.mark.parametrize("rows, value", [
    ("", 0),
    ("A: Mon1am=Clinic", 1),
    ("A: Mon1am=Clinic Mon2am=Clinic", 1),
    ("A: Mon1am=Clinic Mon2pm=Clinic", 2),                                   # the same day is not the same half-day
    ("A: Mon1am=Clinic Tue2am=Clinic", 2),
    ("A: Mon1am=Clinic Mon2am=Clinic\nB: Tue1pm=Clinic Tue2pm=Clinic", 2),   # each fellow has a half-day
    ("A: Mon1=Clinic Mon2=Clinic\nB: Mon1am=Clinic", 3),
    ("A: Mon1am=Course Tue1pm=Course Wed1am=Course", 0),
])
def test_different_half_days_of_the_week(rows, value):
    assert used(CLINIC, picture_below("half-days", "A: Ward Ward\nB: Ward Ward", rows)) == value


def test_each_clinic_by_itself():
    both = SameHalfDays(what=Selection.of("Clinic", "Course"), priority="convenience")
    assert used(both, picture_below("half-days", "A: Ward Ward", "A: Mon1am=Clinic Mon2am=Course")) == 2


def test_only_the_people_named():
    seniors = SameHalfDays(what=Selection.of("Clinic"), who=Group("seniors", frozenset({"B"})), priority="convenience")
    drawn = picture_below("half-days", "A: Ward\nB: Ward", "A: Mon1=Clinic Tue1=Clinic\nB: Fri1am=Clinic")
    assert used(seniors, drawn) == 1


def test_sentence():
    assert CLINIC.sentence == "Each fellow has Clinic on as few different half-days of the week as possible."
