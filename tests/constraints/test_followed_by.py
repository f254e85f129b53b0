"""What must follow what."""

import pytest

from constraints.followed_by import FollowedBy
from scheduler.domain.words import Group, Selection
from tests.agreement import agree, judged, named, picture, some_duties, some_people

REST = FollowedBy(what=Selection.of("Nights"), then=Selection.of("Clinic"))


def test_solver_and_checker_agree():
    agree(lambda rng, layer: FollowedBy(what=some_duties(rng), then=some_duties(rng), who=some_people(rng, layer)),
          seeds=120)


@pytest.mark.parametrize("row, expected", [
    ("Ward Nights Clinic Ward", []),
    ("Nights Nights Clinic Ward", []),                                       # the whole run, not each period of it
    ("Nights Ward Clinic", ["A has Ward after Nights, slot 1, 2; Clinic must follow."]),
    ("Ward Ward Nights Ward", ["A has Ward after Nights, slot 3, 4; Clinic must follow."]),
    ("Nights - Clinic", ["A has nothing after Nights, slot 1, 2; Clinic must follow."]),
    ("Ward Ward Nights", []),                                                # the year ends
    ("Nights Ward Nights Elective", ["A has Ward after Nights, slot 1, 2; Clinic must follow.",
                                     "A has Elective after Nights, slot 3, 4; Clinic must follow."]),
])
def test_pairs(row, expected):
    assert judged(REST, picture(f"A: {row}")) == (len(expected), expected)


def test_a_run_that_ends_with_the_fellows_time_needs_nothing_after_it():
    drawn = "A: Ward Nights - -\nB: Ward Nights - -"
    assert judged(REST, picture(drawn, here={"A": frozenset({0, 1})})) == (
        1, ["B has nothing after Nights, slot 2, 3; Clinic must follow."])


def test_two_duties_at_once():
    assert judged(REST, picture("A: Nights Clinic+Ward Ward", exclusive=False)) == (0, [])
    assert judged(REST, picture("A: Nights Vacation+Ward Ward", exclusive=False)) == (
        1, ["A has Vacation and Ward after Nights, slot 1, 2; Clinic must follow."])


def test_only_the_people_named():
    seniors = FollowedBy(what=Selection.of("Nights"), then=Selection.of("Clinic"), who=Group("s", frozenset({"B"})))
    assert judged(seniors, picture("A: Nights Ward\nB: Nights Ward")) == (
        1, ["B has Ward after Nights, slot 1, 2; Clinic must follow."])


def test_whom_and_when_it_names():
    drawn = picture("A: Ward Nights Nights Ward Ward\nB: Ward Nights Clinic Ward Ward")
    assert judged(REST, drawn) == (1, ["A has Ward after Nights, slot 3, 4; Clinic must follow."])
    assert named(REST, drawn) == ([("A", (2, 3))], [("A", (2, 3))])


def test_sentence():
    assert REST.sentence == "Each run of Nights is followed at once by Clinic."
