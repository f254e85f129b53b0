"""One unbroken run."""

import pytest

from constraints.one_run import OneRun
from scheduler.domain.words import Group, Selection
from tests.agreement import agree, judged, named, picture, some_duties, some_people

ONE = OneRun(what=Selection.of("Ward"))


def test_solver_and_checker_agree():
    agree(lambda rng, layer: OneRun(what=some_duties(rng), who=some_people(rng, layer)), seeds=120)


@pytest.mark.parametrize("row, short, expected", [
    ("Clinic Clinic", 0, []),
    ("Ward Ward Clinic Clinic", 0, []),
    ("Clinic Clinic Ward Ward", 0, []),
    ("Ward Clinic Ward Ward", 1, ["A takes Ward in 2 separate runs, slot 1, 3, 4; one run needed."]),
    ("Ward - Ward Ward", 1, ["A takes Ward in 2 separate runs, slot 1, 3, 4; one run needed."]),
    ("Ward Clinic Ward Clinic Ward", 2, ["A takes Ward in 3 separate runs, slot 1, 3, 5; one run needed."]),
])
def test_runs(row, short, expected):
    assert judged(ONE, picture(f"A: {row}")) == (short, expected)


def test_a_set_is_one_run_together():
    both = OneRun(what=Selection.of("Ward", "Nights"))
    assert judged(both, picture("A: Ward Nights Ward Clinic")) == (0, [])
    assert judged(both, picture("A: Ward Clinic Nights")) == (
        1, ["A takes Ward or Nights in 2 separate runs, slot 1, 3; one run needed."])
    assert judged(both, picture("A: Ward+Nights Nights Ward", exclusive=False)) == (0, [])


def test_each_fellow_for_themselves_and_only_those_named():
    drawn = picture("A: Ward Clinic Ward\nB: Clinic Ward Clinic\nC: Ward Clinic Ward")
    rule = OneRun(what=Selection.of("Ward"), who=Group("seniors", frozenset({"B", "C"})))
    assert judged(rule, drawn) == (1, ["C takes Ward in 2 separate runs, slot 1, 3; one run needed."])
    assert judged(ONE, drawn)[0] == 2


def test_time_away_from_the_program_breaks_a_run():
    away = picture("A: Ward - Ward", here={"A": frozenset({0, 2})})
    assert judged(ONE, away) == (1, ["A takes Ward in 2 separate runs, slot 1, 3; one run needed."])


def test_whom_and_when_it_names():
    assert named(ONE, picture("A: Ward Clinic Ward\nB: Ward Ward Clinic")) == ([("A", (0, 2))], [("A", (0, 1, 2))])


def test_sentence():
    assert ONE.sentence == "Each fellow takes Ward in one unbroken run."
