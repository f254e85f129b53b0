"""At most so many in any stretch."""

import pytest

from constraints.at_most_in_any import AtMostInAny
from scheduler.domain.words import Group, Many, Selection
from tests.agreement import agree, judged, named, picture, some_duties, some_people, weeks

TWO_IN_FOUR = AtMostInAny(what=Selection.of("Ward"), limit=Many(2), span=Many(4))


def test_solver_and_checker_agree():
    agree(lambda rng, layer: AtMostInAny(what=some_duties(rng), limit=weeks(rng, 0, 3), span=weeks(rng, 1, 12),
                                         who=some_people(rng, layer)), seeds=120)


@pytest.mark.parametrize("row, short, expected", [
    ("Ward Clinic Clinic Ward Ward Clinic", 0, []),
    ("Ward Ward Clinic Clinic Ward Ward", 0, []),
    ("Ward Ward Clinic Ward Clinic Clinic", 1,                               # the first stretch
     ["A is on Ward for 3 weeks within 4 weeks, slot 1, 2, 4; at most 2 weeks allowed."]),
    ("Clinic Clinic Ward - Ward Ward", 1,                                    # the last stretch, with a hole in it
     ["A is on Ward for 3 weeks within 4 weeks, slot 3, 5, 6; at most 2 weeks allowed."]),
    ("Ward Ward Ward Clinic Clinic Clinic", 1,
     ["A is on Ward for 3 weeks within 4 weeks, slot 1, 2, 3; at most 2 weeks allowed."]),
    ("Clinic Ward Ward Ward Clinic Clinic", 2,                               # two stretches hold all three: told once
     ["A is on Ward for 3 weeks within 4 weeks, slot 2, 3, 4; at most 2 weeks allowed."]),
    ("Ward Ward Ward Ward Ward Clinic", 5,                                   # 2 + 2 + 1 too many
     ["A is on Ward for 4 weeks within 4 weeks, slot 1, 2, 3, 4; at most 2 weeks allowed."]),
])
def test_stretches(row, short, expected):
    assert judged(TWO_IN_FOUR, picture(f"A: {row}")) == (short, expected)


def test_two_crowded_parts_of_the_year_are_told_apart():
    row = "Ward Ward Ward Clinic Clinic Clinic Clinic Ward Ward Ward"
    assert judged(TWO_IN_FOUR, picture(f"A: {row}")) == (2, [
        "A is on Ward for 3 weeks within 4 weeks, slot 1, 2, 3; at most 2 weeks allowed.",
        "A is on Ward for 3 weeks within 4 weeks, slot 8, 9, 10; at most 2 weeks allowed."])


@pytest.mark.parametrize("span", [3, 4, 9])
def test_a_stretch_as_long_as_the_year_or_longer_is_the_year(span):
    rule = AtMostInAny(what=Selection.of("Ward"), limit=Many(1), span=Many(span))
    assert judged(rule, picture("A: Ward Clinic Ward")) == (
        1, [f"A is on Ward for 2 weeks within {span} weeks, slot 1, 3; at most 1 week allowed."])
    assert judged(rule, picture("A: Ward Clinic Clinic")) == (0, [])


def test_a_set_counts_each_period_once_and_only_for_the_people_named():
    rule = AtMostInAny(what=Selection.of("Ward", "Nights"), limit=Many(1), span=Many(3),
                       who=Group("seniors", frozenset({"B"})))
    assert judged(rule, picture("A: Ward Ward Ward\nB: - Ward+Nights -", exclusive=False)) == (0, [])
    assert judged(rule, picture("A: Ward Ward Ward\nB: Nights - Ward", exclusive=False)) == (
        1, ["B is on Ward or Nights for 2 weeks within 3 weeks, slot 1, 3; at most 1 week allowed."])


def test_whom_and_when_it_names():
    drawn = picture("A: Clinic Ward - Ward Ward Clinic\nB: Ward Ward Clinic Clinic Clinic Clinic")
    assert named(TWO_IN_FOUR, drawn) == ([("A", (1, 3, 4))], [("A", (1, 2, 3, 4))])
    five = AtMostInAny(what=Selection.of("Ward"), limit=Many(1), span=Many(9))
    assert named(five, picture("A: Clinic Ward Ward")) == ([("A", (1, 2))], [("A", (0, 1, 2))])


def test_sentence():
    assert TWO_IN_FOUR.sentence == "In any 4 weeks, no one is on Ward for more than 2 weeks."
