"""Not at the same time."""

import pytest

from constraints.apart import Apart
from scheduler.domain.words import Group, Selection
from tests.agreement import agree, judged, named, picture, some_duties, some_people

ONE = Apart(what=Selection.of("Ward"))
TWO = Apart(what=Selection.of("Ward"), most=2)
SETS = Selection.of("Ward", "Nights")


def test_solver_and_checker_agree():
    agree(lambda rng, layer: Apart(what=some_duties(rng), who=some_people(rng, layer), most=rng.randint(0, 3),
                                   each=rng.random() < 0.5), seeds=120)


@pytest.mark.parametrize("rule, rows, short, expected", [
    (ONE, "A: Ward Clinic\nB: Clinic Ward\nC: Clinic Clinic", 0, []),
    (ONE, "A: Clinic Clinic\nB: - Clinic\nC: Clinic Clinic", 0, []),        # nobody there is fine
    (ONE, "A: Clinic Ward\nB: Clinic Ward\nC: Clinic Clinic", 1,
     ["A and B are on Ward at once in slot 2; at most 1 at a time."]),
    (ONE, "A: Ward Ward\nB: Clinic Ward\nC: Ward Ward", 3,
     ["A and C are on Ward at once in slot 1; at most 1 at a time.",
      "A, B and C are on Ward at once in slot 2; at most 1 at a time."]),
    (TWO, "A: Ward Ward\nB: Ward Clinic\nC: Clinic Ward", 0, []),
    (TWO, "A: Ward Ward\nB: Ward Clinic\nC: Ward Ward", 1,
     ["A, B and C are on Ward at once in slot 1; at most 2 at a time."]),
])
def test_how_many_at_a_time(rule, rows, short, expected):
    assert judged(rule, picture(rows)) == (short, expected)


def test_one_is_what_the_file_leaves_out():
    assert ONE.most == 1 and not ONE.each


def test_only_the_people_named():
    pair = Apart(what=Selection.of("Ward"), who=Group("A or C", frozenset({"A", "C"})))
    assert judged(pair, picture("A: Ward Ward\nB: Ward Clinic\nC: Clinic Nights")) == (0, [])
    assert judged(pair, picture("A: Ward Clinic\nB: Ward Clinic\nC: Ward Nights")) == (
        1, ["A and C are on Ward at once in slot 1; at most 1 at a time."])


def test_several_rotations_are_counted_together_or_each():
    drawn = picture("A: Ward Ward\nB: Nights Ward\nC: Clinic Nights")
    assert judged(Apart(what=SETS), drawn) == (
        3, ["A and B are on Ward or Nights at once in slot 1; at most 1 at a time.",
            "A, B and C are on Ward or Nights at once in slot 2; at most 1 at a time."])
    assert judged(Apart(what=SETS, each=True), drawn) == (
        1, ["A and B are on Ward at once in slot 2; at most 1 at a time."])


def test_somebody_on_two_at_once_is_one_person():
    drawn = picture("A: Ward+Nights\nB: Clinic", exclusive=False)
    assert judged(Apart(what=SETS), drawn) == (0, [])
    assert judged(Apart(what=SETS, each=True), drawn) == (0, [])
    both = picture("A: Ward+Nights\nB: Ward+Nights", exclusive=False)
    assert judged(Apart(what=SETS), both)[0] == 1
    assert judged(Apart(what=SETS, each=True), both) == (
        2, ["A and B are on Nights at once in slot 1; at most 1 at a time.",
            "A and B are on Ward at once in slot 1; at most 1 at a time."])


def test_whom_and_when_it_names():
    pair = Apart(what=Selection.of("Ward"), who=Group("pair", frozenset({"A", "B"})))
    drawn = picture("A: Clinic Ward\nB: Clinic Ward\nC: Ward Ward")
    assert named(pair, drawn) == ([("A B", (1,))], [("A B", (1,))])


def test_sentence():
    assert ONE.sentence == "At most 1 of all fellows is on Ward at a time."
    pair = Apart(what=SETS, who=Group("Fellow A or Fellow B", frozenset({"A", "B"})))
    assert pair.sentence == "At most 1 of Fellow A or Fellow B is on Ward or Nights at a time."
    each = Apart(what=SETS, most=2, each=True)
    assert each.sentence == "At most 2 of all fellows are on any one of Ward or Nights at a time."
