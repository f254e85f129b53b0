"""Fixed block length."""

import pytest

from constraints.run_length import RunLength
from scheduler.domain.words import Group, Many, Selection
from tests.agreement import agree, judged, named, picture, some_duties, some_people, weeks

TWO = RunLength(what=Selection.of("Ward"), length=Many(2))


def test_solver_and_checker_agree():
    agree(lambda rng, layer: RunLength(what=some_duties(rng), length=weeks(rng, 1, 4), who=some_people(rng, layer)),
          seeds=120)


@pytest.mark.parametrize("row, short, expected", [
    ("Clinic Clinic Clinic", 0, []),
    ("Ward Ward Clinic Ward Ward", 0, []),                                   # both ends of the year
    ("Clinic Ward Clinic Clinic", 1, ["A is on Ward for 1 week in a row, slot 2; it must be exactly 2 weeks."]),
    ("Clinic Ward Ward Ward", 1, ["A is on Ward for 3 weeks in a row, slot 2, 3, 4; it must be exactly 2 weeks."]),
    ("Clinic Clinic Clinic Ward", 1, ["A is on Ward for 1 week in a row, slot 4; it must be exactly 2 weeks."]),
    ("Ward Clinic Clinic Clinic", 1, ["A is on Ward for 1 week in a row, slot 1; it must be exactly 2 weeks."]),
    ("Ward Ward Ward Ward", 2,                                               # two blocks that touch are one run
     ["A is on Ward for 4 weeks in a row, slot 1, 2, 3, 4; it must be exactly 2 weeks."]),
    ("Ward - Ward Ward Ward", 2,
     ["A is on Ward for 1 week in a row, slot 1; it must be exactly 2 weeks.",
      "A is on Ward for 3 weeks in a row, slot 3, 4, 5; it must be exactly 2 weeks."]),
    ("Ward", 1, ["A is on Ward for 1 week in a row, slot 1; it must be exactly 2 weeks."]),
])
def test_runs(row, short, expected):
    assert judged(TWO, picture(f"A: {row}")) == (short, expected)


def test_every_missing_period_counts():
    four = RunLength(what=Selection.of("Ward"), length=Many(4))
    assert judged(four, picture("A: Ward Clinic Ward Ward Clinic Ward Ward Ward Ward")) == (5, [
        "A is on Ward for 1 week in a row, slot 1; it must be exactly 4 weeks.",
        "A is on Ward for 2 weeks in a row, slot 3, 4; it must be exactly 4 weeks."])


def test_a_late_fellow_is_not_excused():
    late = picture("A: - Ward Clinic Ward Ward", here={"A": frozenset(range(1, 5))})
    assert judged(TWO, late) == (1, ["A is on Ward for 1 week in a row, slot 2; it must be exactly 2 weeks."])


def test_only_the_people_named():
    seniors = RunLength(what=Selection.of("Ward"), length=Many(2), who=Group("seniors", frozenset({"B"})))
    assert judged(seniors, picture("A: Ward Clinic\nB: Ward Clinic")) == (
        1, ["B is on Ward for 1 week in a row, slot 1; it must be exactly 2 weeks."])


def test_whom_and_when_it_names():
    drawn = picture("A: Clinic Ward Clinic Ward Ward Ward\nB: Clinic Ward Ward Clinic Ward Ward")
    assert named(TWO, drawn) == ([("A", (1,)), ("A", (3, 4, 5))], [("A", (2,)), ("A", (5,))])


def test_sentence():
    assert TWO.sentence == "Every run of Ward is exactly 2 weeks long."
