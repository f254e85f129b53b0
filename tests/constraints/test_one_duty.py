"""Exactly one duty in each period."""

import pytest

from constraints.one_duty import OneDuty
from scheduler.domain.words import Selection
from tests.agreement import agree, judged, named, picture, some_duties

ROTATIONS = OneDuty(what=Selection.of("Ward", "Clinic", "Meeting"))


def test_solver_and_checker_agree():
    agree(lambda rng, layer: OneDuty(what=some_duties(rng, 6)), seeds=120)


@pytest.mark.parametrize("row, expected", [
    ("Ward Clinic Ward Meeting", []),
    ("Ward - Ward Ward", ["A has nothing to do in slot 2."]),
    ("Ward Ward Ward Vacation", ["A has nothing to do in slot 4."]),                     # not one of the duties named
    ("Ward Clinic+Ward Ward Ward", ["A is on Clinic and Ward at once in slot 2."]),
    ("Ward Clinic+Vacation Ward Ward", []),                                  # nor is leave a second one
])
def test_one_and_only_one(row, expected):
    assert judged(ROTATIONS, picture(f"A: {row}", exclusive=False)) == (len(expected), expected)


def test_three_at_once_count_twice():
    short, said = judged(ROTATIONS, picture("A: Ward+Clinic+Meeting", exclusive=False))
    assert short == 2
    assert said == ["A is on Ward, Clinic and Meeting at once in slot 1."]


def test_only_the_time_a_fellow_is_here_must_be_filled():
    away = picture("A: - Ward Ward -\nB: Ward Ward Ward -", here={"A": frozenset({1, 2})})
    assert judged(ROTATIONS, away) == (1, ["B has nothing to do in slot 4."])


def test_whom_and_when_it_names():
    drawn = picture("A: Ward - Ward\nB: Ward Ward Clinic+Ward", exclusive=False)
    assert named(ROTATIONS, drawn) == ([("A", (1,)), ("B", (2,))], [("A", (1,)), ("B", (2,))])


def test_sentence():
    assert OneDuty(what=Selection("any duty", frozenset())).sentence == (
        "Everyone has exactly one of any duty in each period they are here.")
