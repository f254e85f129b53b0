"""Time between two sessions of one person."""

from dataclasses import replace

import pytest

from constraints.days_apart import DaysApart
from scheduler.domain.words import Group, Selection
from tests.agreement import SESSIONS, agree, judged, named, on_paper, picture_sessions, some_duties, some_people

WEEK = DaysApart(what=Selection.of("Talk", "Club"), days=7)
DATES = "Tue1 Fri1 Tue2 Wed2 Tue3"


def drawn(rows):
    return picture_sessions("conferences", "A: Ward Ward Ward", rows, DATES)


def test_solver_and_checker_agree():
    agree(lambda rng, layer: DaysApart(what=some_duties(rng), days=rng.randint(1, 10), who=some_people(rng, layer)),
          seeds=60, shapes=(SESSIONS[0], "call"))


@pytest.mark.parametrize("row, said", [
    ("Talk - Talk - Talk", []),                                             # a week later is not within seven days
    ("Talk Talk - - -", ["A has Talk or Club 2 times within 7 days, on Tuesday 30 June and Friday "
      "3 July."]),
    ("Talk Club - - -", ["A has Talk or Club 2 times within 7 days, on Tuesday 30 June and Friday "
      "3 July."]),
    ("Talk+Club - - - -", ["A has Talk or Club 2 times within 7 days, on Tuesday 30 June."]),
    ("- - - Talk Talk", ["A has Talk or Club 2 times within 7 days, on Wednesday 8 July and Tuesday "
      "14 July."]),
    ("Ward Ward Ward Talk -", []),
])
def test_within_days(row, said):
    assert judged(WEEK, drawn(f"A: {row}")) == (len(said), said)


def test_three_are_two_too_many_in_each_stretch_that_holds_them():
    assert judged(WEEK, drawn("A: - Talk Talk Talk -"))[0] == 2 + 1
    assert judged(WEEK, drawn("A: - Talk+Club - Talk -"))[0] == 1 + 2


def test_those_it_binds_and_those_in_no_rotation():
    rows = "A: Talk Talk - - -\nDr Moon: Talk Talk - - -"
    assert judged(WEEK, drawn(rows))[0] == 2
    seniors = replace(WEEK, who=Group("fellows", frozenset({"A"})))
    assert named(seniors, drawn(rows)) == ([("A", (0, 1))], [("A", (0, 1))])


def test_where_all_is_decided_only_what_is_wrong_is_said():
    assert on_paper(WEEK, drawn("A: Talk Talk - - Talk")) == [(0, 1)]


def test_sentence():
    assert WEEK.sentence == "Nobody has Talk or Club twice within 7 days."
