"""Time between two runs."""

import pytest

from constraints.spacing import Spacing
from scheduler.domain.words import Group, Many, Selection
from tests.agreement import agree, judged, named, picture, some_duties, some_people, weeks

TWO = Spacing(what=Selection.of("Ward"), gap=Many(2))


def test_solver_and_checker_agree():
    agree(lambda rng, layer: Spacing(what=some_duties(rng), gap=weeks(rng, 1, 5), who=some_people(rng, layer)),
          seeds=120)


@pytest.mark.parametrize("row, short, expected", [
    ("Ward Ward Ward", 0, []),                                               # one run has nothing to be spaced from
    ("Ward Clinic Clinic Ward", 0, []),
    ("Ward Clinic Ward Clinic", 1, ["A is back on Ward after only 1 week, slot 1, 3; at least 2 weeks between runs."]),
    ("Clinic Ward Ward Clinic Ward", 1,                                      # the end of the year
     ["A is back on Ward after only 1 week, slot 3, 5; at least 2 weeks between runs."]),
    ("Ward - Ward", 1, ["A is back on Ward after only 1 week, slot 1, 3; at least 2 weeks between runs."]),
    ("Ward Clinic Ward Clinic Ward", 2,
     ["A is back on Ward after only 1 week, slot 1, 3; at least 2 weeks between runs.",
      "A is back on Ward after only 1 week, slot 3, 5; at least 2 weeks between runs."]),
])
def test_gaps(row, short, expected):
    assert judged(TWO, picture(f"A: {row}")) == (short, expected)


def test_every_missing_period_counts_and_a_gap_may_be_longer_than_the_year():
    nine = Spacing(what=Selection.of("Ward"), gap=Many(9))
    assert judged(nine, picture("A: Ward Clinic Clinic Ward")) == (
        7, ["A is back on Ward after only 2 weeks, slot 1, 4; at least 9 weeks between runs."])


def test_a_set_counts_as_one():
    both = Spacing(what=Selection.of("Ward", "Nights"), gap=Many(1))
    assert judged(both, picture("A: Ward Nights Clinic Ward")) == (0, [])
    heavy = Spacing(what=Selection.of("Ward", "Nights"), gap=Many(2))
    assert judged(heavy, picture("A: Ward Clinic Nights")) == (
        1, ["A is back on Ward or Nights after only 1 week, slot 1, 3; at least 2 weeks between runs."])
    assert judged(heavy, picture("A: Ward+Nights Clinic - Nights", exclusive=False)) == (0, [])


def test_only_the_people_named():
    seniors = Spacing(what=Selection.of("Ward"), gap=Many(2), who=Group("seniors", frozenset({"B"})))
    assert judged(seniors, picture("A: Ward Clinic Ward\nB: Ward Clinic Ward")) == (
        1, ["B is back on Ward after only 1 week, slot 1, 3; at least 2 weeks between runs."])


def test_whom_and_when_it_names():
    drawn = picture("A: Ward Ward Clinic Ward Ward\nB: Ward Clinic Clinic Ward Ward")
    assert judged(TWO, drawn) == (
        1, ["A is back on Ward after only 1 week, slot 2, 4; at least 2 weeks between runs."])
    assert named(TWO, drawn) == ([("A", (1, 3))], [("A", (1, 3))])


def test_sentence():
    assert TWO.sentence == "Between two runs of Ward lie at least 2 weeks."
