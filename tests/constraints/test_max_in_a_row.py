"""No more than so many in a row."""

import pytest

from constraints.max_in_a_row import MaxInARow
from scheduler.domain.words import Group, Many, Selection
from tests.agreement import agree, judged, named, picture, some_duties, some_people, weeks

TWO = MaxInARow(what=Selection.of("Ward"), limit=Many(2))


def test_solver_and_checker_agree():
    agree(lambda rng, layer: MaxInARow(what=some_duties(rng), limit=weeks(rng, 0, 4), who=some_people(rng, layer)),
          seeds=120)


@pytest.mark.parametrize("row, short, expected", [
    ("Ward Ward Clinic Ward Ward", 0, []),
    ("Ward Ward Ward Clinic Clinic", 1,
     ["A is on Ward for 3 weeks in a row, slot 1, 2, 3; at most 2 weeks allowed."]),
    ("Clinic Clinic Ward Ward Ward", 1,                                      # the last window of the year
     ["A is on Ward for 3 weeks in a row, slot 3, 4, 5; at most 2 weeks allowed."]),
    ("Ward Ward Ward Ward Ward", 3,
     ["A is on Ward for 5 weeks in a row, slot 1, 2, 3, 4, 5; at most 2 weeks allowed."]),
    ("Ward Ward - Ward Ward", 0, []),                                        # a hole ends a run
    ("Ward Ward", 0, []),                                                    # a year as long as the limit
])
def test_runs(row, short, expected):
    assert judged(TWO, picture(f"A: {row}")) == (short, expected)


def test_several_rotations_are_taken_together():
    both = MaxInARow(what=Selection("inpatient", frozenset({"Ward", "Nights"})), limit=Many(2))
    assert judged(both, picture("A: Ward Nights Ward")) == (
        1, ["A is on inpatient for 3 weeks in a row, slot 1, 2, 3; at most 2 weeks allowed."])
    assert judged(both, picture("A: Ward+Nights Nights Clinic", exclusive=False)) == (0, [])


def test_none_at_all():
    never = MaxInARow(what=Selection.of("Ward"), limit=Many(0))
    assert judged(never, picture("A: Clinic Ward")) == (
        1, ["A is on Ward for 1 week in a row, slot 2; at most 0 weeks allowed."])


def test_only_the_people_named():
    seniors = MaxInARow(what=Selection.of("Ward"), limit=Many(1), who=Group("seniors", frozenset({"B"})))
    assert judged(seniors, picture("A: Ward Ward\nB: Ward Ward")) == (
        1, ["B is on Ward for 2 weeks in a row, slot 1, 2; at most 1 week allowed."])


def test_whom_and_when_it_names():
    drawn = picture("A: Clinic Ward Ward Ward Clinic\nB: Clinic Ward Ward Clinic Ward")
    assert named(TWO, drawn) == ([("A", (1, 2, 3))], [("A", (1, 2, 3))])


def test_sentence():
    assert TWO.sentence == "No one is on Ward more than 2 weeks in a row."
