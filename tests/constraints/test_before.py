"""Prerequisites."""

from dataclasses import replace

import pytest

from constraints.before import Before
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Group, Many, Selection
from tests.agreement import agree, judged, named, picture, some_duties, some_people, weeks

TWO = Before(what=Selection.of("Clinic"), needed=Many(2), then=Selection.of("Ward", "Nights"))


def credited(drawn, **credit):
    """The same picture, everyone with these weeks done in earlier years."""
    people = tuple(replace(p, credit=credit) for p in drawn.people)
    return Schedule(replace(drawn.layer, people=people), drawn.cells)


def test_solver_and_checker_agree():
    agree(lambda rng, layer: Before(what=some_duties(rng), needed=weeks(rng, 1, 4), then=some_duties(rng),
                                    who=some_people(rng, layer)), seeds=120)


@pytest.mark.parametrize("row, short, expected", [
    ("Clinic Clinic Ward Nights", 0, []),
    ("Clinic Elective Clinic Ward", 0, []),                                  # not necessarily in a row
    ("Elective Elective Clinic", 0, []),                                     # never on it, nothing to prepare for
    ("Clinic Ward Clinic Ward", 1, ["A is on Ward or Nights in slot 2 after only 1 week of Clinic; 2 weeks needed "
                                    "first."]),
    ("Ward Clinic Clinic Ward", 2, ["A is on Ward or Nights in slot 1 after only 0 weeks of Clinic; 2 weeks needed "
                                    "first."]),
    ("Elective Elective Elective Nights", 2,
     ["A is on Ward or Nights in slot 4 after only 0 weeks of Clinic; 2 weeks needed first."]),
    ("Ward Nights Clinic Ward", 5, [
        "A is on Ward or Nights in slot 1, 2 after only 0 weeks of Clinic; 2 weeks needed first.",
        "A is on Ward or Nights in slot 4 after only 1 week of Clinic; 2 weeks needed first."]),
])
def test_order(row, short, expected):
    assert judged(TWO, picture(f"A: {row}")) == (short, expected)


def test_the_same_period_is_not_before():
    drawn = picture("A: Clinic Clinic+Ward Ward", exclusive=False)
    assert judged(TWO, drawn) == (
        1, ["A is on Ward or Nights in slot 2 after only 1 week of Clinic; 2 weeks needed first."])


def test_credit_from_earlier_years_counts():
    drawn = picture("A: Clinic Ward Ward")
    assert judged(TWO, credited(drawn, Clinic=1)) == (0, [])
    assert judged(TWO, credited(drawn, Clinic=2)) == (0, [])
    assert judged(TWO, credited(drawn, Elective=2))[0] == 2
    assert judged(TWO, credited(picture("A: Ward Clinic"), Clinic=1)) == (
        1, ["A is on Ward or Nights in slot 1 after only 1 week of Clinic; 2 weeks needed first."])
    assert judged(TWO, credited(picture("A: Ward Clinic"), Clinic=9)) == (0, [])


def test_credit_is_in_weeks_and_periods_may_be_longer():
    drawn = picture("A: Clinic Ward", worth=(4, 4), noun="block")
    blocks = Before(what=Selection.of("Clinic"), needed=Many(2, "block"), then=Selection.of("Ward"))
    assert judged(blocks, credited(drawn, Clinic=4)) == (0, [])
    assert judged(blocks, credited(drawn, Clinic=3)) == (
        1, ["A is on Ward in slot 2 after only 1 block of Clinic; 2 blocks needed first."])


def test_only_those_who_owe_the_preparation():
    rule = Before(what=Selection.of("Clinic"), needed=Many(1), then=Selection.of("Ward"),
                  who=Group("not anesthesiology", frozenset({"B"})))
    assert judged(rule, picture("A: Ward Ward\nB: Clinic Ward")) == (0, [])
    assert judged(rule, picture("A: Ward Ward\nB: Ward Clinic")) == (
        1, ["B is on Ward in slot 1 after only 0 weeks of Clinic; 1 week needed first."])


def test_a_late_fellow_prepares_first_too():
    late = picture("A: - Ward Clinic", here={"A": frozenset({1, 2})})
    assert judged(TWO, late) == (
        2, ["A is on Ward or Nights in slot 2 after only 0 weeks of Clinic; 2 weeks needed first."])


def test_where_months_differ_the_longest_is_one_of_credit():
    drawn = picture("A: Clinic Ward", worth=(4, 5), noun="month")
    months = Before(what=Selection.of("Clinic"), needed=Many(2, "month"), then=Selection.of("Ward"))
    assert judged(months, credited(drawn, Clinic=5)) == (0, [])
    assert judged(months, credited(drawn, Clinic=4)) == (
        1, ["A is on Ward in slot 2 after only 1 month of Clinic; 2 months needed first."])


def test_whom_and_when_it_names():
    drawn = picture("A: Clinic Elective Ward\nB: Clinic Clinic Ward")
    assert named(TWO, drawn) == ([("A", (2,))], [("A", (2,))])


def test_sentence():
    assert TWO.sentence == "Before the first time on Ward or Nights, each fellow spends 2 weeks on Clinic."
