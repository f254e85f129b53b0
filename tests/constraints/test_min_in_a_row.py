"""No run shorter than so many."""

import pytest

from constraints.min_in_a_row import MinInARow
from scheduler.domain.words import Group, Many, Selection
from tests.agreement import agree, judged, named, picture, some_duties, some_people, weeks

THREE = MinInARow(what=Selection.of("Ward"), limit=Many(3))


def test_solver_and_checker_agree():
    agree(lambda rng, layer: MinInARow(what=some_duties(rng), limit=weeks(rng, 1, 5), who=some_people(rng, layer)),
          seeds=120)


@pytest.mark.parametrize("row, short, expected", [
    ("Clinic Clinic Clinic", 0, []),                                         # none at all is fine
    ("Clinic Ward Ward Ward Clinic", 0, []),
    ("Clinic Ward Ward Ward Ward", 0, []),                                   # longer is fine
    ("Clinic Ward Ward Clinic Clinic", 1,
     ["A is on Ward for only 2 weeks, slot 2, 3; at least 3 weeks in a row needed."]),
    ("Clinic Ward Clinic Clinic Clinic", 2,
     ["A is on Ward for only 1 week, slot 2; at least 3 weeks in a row needed."]),
    ("Ward Ward Clinic Ward Ward Ward", 1,                                   # the year's start excuses nothing
     ["A is on Ward for only 2 weeks, slot 1, 2; at least 3 weeks in a row needed."]),
    ("Clinic Clinic Clinic Clinic Ward", 2,                                  # nor does its end
     ["A is on Ward for only 1 week, slot 5; at least 3 weeks in a row needed."]),
    ("Ward - Ward Ward -", 3,                                                # a hole ends a run
     ["A is on Ward for only 1 week, slot 1; at least 3 weeks in a row needed.",
      "A is on Ward for only 2 weeks, slot 3, 4; at least 3 weeks in a row needed."]),
    ("Ward Ward", 1,                                                         # a year shorter than the least
     ["A is on Ward for only 2 weeks, slot 1, 2; at least 3 weeks in a row needed."]),
])
def test_runs(row, short, expected):
    assert judged(THREE, picture(f"A: {row}")) == (short, expected)


def test_arrival_and_leaving_excuse_nothing():
    late = picture("A: - - Ward Ward Clinic Ward", here={"A": frozenset(range(2, 6))})
    assert judged(THREE, late) == (3, [
        "A is on Ward for only 2 weeks, slot 3, 4; at least 3 weeks in a row needed.",
        "A is on Ward for only 1 week, slot 6; at least 3 weeks in a row needed."])


def test_several_rotations_are_taken_together():
    both = MinInARow(what=Selection("inpatient", frozenset({"Ward", "Nights"})), limit=Many(2))
    assert judged(both, picture("A: Ward Nights Clinic Ward")) == (
        1, ["A is on inpatient for only 1 week, slot 4; at least 2 weeks in a row needed."])
    assert judged(both, picture("A: Ward+Nights Nights - Ward+Nights", exclusive=False)) == (
        1, ["A is on inpatient for only 1 week, slot 4; at least 2 weeks in a row needed."])


def test_only_the_people_named():
    seniors = MinInARow(what=Selection.of("Ward"), limit=Many(2), who=Group("seniors", frozenset({"B"})))
    assert judged(seniors, picture("A: Ward Clinic\nB: Ward Clinic")) == (
        1, ["B is on Ward for only 1 week, slot 1; at least 2 weeks in a row needed."])


def test_whom_and_when_it_names():
    drawn = picture("A: Clinic Ward Ward Clinic\nB: Clinic Ward Ward Ward")
    assert named(THREE, drawn) == ([("A", (1, 2))], [("A", (1,))])


def test_sentence():
    assert THREE.sentence == "Every run of Ward lasts at least 3 weeks."
