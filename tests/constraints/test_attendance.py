"""Enough of the conferences can be attended."""

from dataclasses import replace

import pytest

from constraints.attendance import Attendance
from scheduler.domain.words import Group, Selection
from tests.agreement import agree, judged, named, on_paper, picture, some_duties, some_people

EAST = Attendance(series="Lecture", least=80, blocked=Selection.of("East", "West"), excused=Selection.of("Vacation"),
                  sessions=tuple((n, 1) for n in range(5)))


def some_sessions(rng, layer):
    return tuple((s, rng.randint(1, 3)) for s in layer.slots if rng.random() < 0.8)


def test_solver_and_checker_agree():
    agree(lambda rng, layer: Attendance(
        series="Lecture", least=rng.choice([30, 50, 80, 100]), blocked=some_duties(rng), excused=some_duties(rng),
        who=some_people(rng, layer), sessions=some_sessions(rng, layer)), seeds=90, shapes=("week", "block", "sparse"))


@pytest.mark.parametrize("row, possible, expected, short", [
    ("Ward Ward Ward Ward Ward", 5, 5, 0),
    ("East Ward Ward Ward Ward", 4, 5, 0),
    ("East West Ward Ward Ward", 3, 5, 100),                # 60 percent: one session too few
    ("East Ward Ward Ward Vacation", 3, 4, 20),             # 75 percent of those expected
    ("Vacation Vacation Vacation Vacation Vacation", 0, 0, 0),
    ("East Vacation Vacation Vacation Vacation", 0, 1, 80),
])
def test_what_is_excused_counts_on_neither_side(row, possible, expected, short):
    drawn_ = picture(f"A: {row}")
    assert EAST.counted(drawn_, drawn_.people[0]) == (expected, possible)
    said = [] if not short else [f"A can attend {possible} of {expected} sessions of Lecture "
                                 f"({100 * possible // expected} percent); at least 80 percent."]
    assert judged(EAST, drawn_) == (short, said)


def test_leave_inside_a_blocked_rotation_is_excused():
    assert judged(EAST, picture("A: East+Vacation Ward Ward Ward Ward", exclusive=False)) == (0, [])


def test_what_both_blocks_and_excuses_excuses():
    both = replace(EAST, blocked=Selection.of("East", "Vacation"))
    assert judged(both, picture("A: Vacation Vacation Ward Ward Ward")) == (0, [])


def test_only_periods_with_sessions_and_as_many_as_they_hold():
    few = replace(EAST, sessions=((0, 3), (2, 1)))
    assert judged(few, picture("A: Ward East Ward East East")) == (0, [])
    assert judged(few, picture("A: East Ward Ward Ward Ward"))[0] == 80 * 4 - 100
    assert judged(few, picture("A: Ward Ward East Ward Ward"))[0] == 80 * 4 - 300
    assert named(few, picture("A: East East Ward Ward Ward")) == ([("A", (0,))], [("A", (0, 2))])


def test_percentages_are_whole_and_the_smallest_shortfall_counts():
    one_week = replace(EAST, sessions=((0, 5), (1, 1)), least=100)
    assert judged(one_week, picture("A: Ward East")) == (100, [
        "A can attend 5 of 6 sessions of Lecture (83 percent); at least 100 percent."])
    assert judged(replace(one_week, sessions=((0, 2), (1, 1)), least=67), picture("A: Ward East"))[0] == 1


def test_only_those_expected_and_while_they_are_here():
    text = "A: East East East East East\nB: East East East East East"
    assert judged(replace(EAST, who=Group("B", frozenset({"B"}))), picture(text))[0] == 80 * 5
    assert judged(EAST, picture("A: - East Ward Ward Ward", here={"A": frozenset(range(1, 5))}))[0] == 80 * 4 - 300


def test_where_all_is_decided_only_what_is_wrong_is_said():
    assert on_paper(EAST, picture("A: East East Ward Ward Ward\nB: Ward East Ward Ward Ward")) == [(0, 1, 2, 3, 4)]


def test_sentence():
    assert EAST.sentence == "Each fellow can attend at least 80 percent of Lecture."
