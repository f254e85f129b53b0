"""How many may be away at once."""

import pytest

from constraints.away_at_once import AwayAtOnce
from scheduler.domain.board import Board, Model
from scheduler.domain.layer import Inside
from scheduler.domain.words import Group, Selection, Window
from tests.agreement import agree, judged, named, picture, picture_below, some_duties, some_people, some_slots

ANY = Selection("any leave", frozenset({"Vacation", "Meeting"}))
ONE = AwayAtOnce(what=ANY, most=1)
SENIORS = Group("seniors", frozenset({"B", "C"}))


def test_solver_and_checker_agree():
    agree(lambda rng, layer: AwayAtOnce(what=some_duties(rng), most=rng.randint(0, 2), who=some_people(rng, layer),
                                        during=some_slots(rng, layer)), seeds=120)


@pytest.mark.parametrize("rows, short, expected", [
    ("A: Vacation Ward\nB: Ward Meeting\nC: Ward Ward", 0, []),             # one at a time, each in turn
    ("A: Vacation Ward\nB: Ward Vacation\nC: Ward Meeting", 1,              # the kinds of leave are taken together
     ["B and C are away on any leave in slot 2; at most 1 at once."]),
    ("A: Vacation Ward\nB: Vacation Vacation\nC: Meeting Ward", 2,
     ["A, B and C are away on any leave in slot 1; at most 1 at once."]),
])
def test_one_at_a_time(rows, short, expected):
    assert judged(ONE, picture(rows)) == (short, expected)


def test_exactly_as_many_as_allowed_and_one_more():
    two = AwayAtOnce(what=Selection.of("Vacation"), most=2)
    assert judged(two, picture("A: Vacation\nB: Vacation\nC: Meeting\nD: Ward")) == (0, [])
    assert judged(two, picture("A: Vacation\nB: Vacation\nC: Vacation\nD: Ward")) == (
        1, ["A, B and C are away on Vacation in slot 1; at most 2 at once."])


def test_nobody_at_all():
    none = AwayAtOnce(what=Selection.of("Vacation"), most=0, during=Window("December", frozenset({1})))
    assert judged(none, picture("A: Vacation Ward Vacation\nB: Vacation Ward Vacation")) == (0, [])
    assert judged(none, picture("A: Ward Vacation\nB: Ward Ward")) == (
        1, ["A is away on Vacation in slot 2; at most 0 at once."])


def test_only_the_people_named_count():
    rule = AwayAtOnce(what=ANY, most=1, who=SENIORS)
    assert judged(rule, picture("A: Vacation\nB: Vacation\nC: Ward")) == (0, [])
    assert judged(rule, picture("A: Vacation\nB: Vacation\nC: Meeting")) == (
        1, ["B and C are away on any leave in slot 1; at most 1 at once."])


def test_two_kinds_of_leave_at_once_are_one_person_away():
    assert judged(ONE, picture("A: Vacation+Meeting\nB: Ward", exclusive=False)) == (0, [])
    assert judged(ONE, picture("A: Vacation+Meeting\nB: Vacation", exclusive=False))[0] == 1


def test_leave_inside_a_rotation_counts():
    drawn = picture("A: Clinic+Vacation\nB: Clinic+Vacation", noun="block", worth=(4,),
                    inside=(Inside("Vacation", Selection.of("Clinic"), 1, True),))
    assert judged(ONE, drawn) == (1, ["A and B are away on any leave in slot 1; at most 1 at once."])


def test_whom_and_when_it_names():
    rule = AwayAtOnce(what=ANY, most=1, who=SENIORS)
    drawn = picture("A: Vacation Ward\nB: Ward Meeting\nC: Ward Vacation")
    assert named(rule, drawn) == ([("B C", (1,))], [("B C", (1,))])


def test_claims():
    layer = picture("A: Ward Ward\nB: Ward Ward\nC: Ward Ward").layer
    rule = AwayAtOnce(what=ANY, most=2, who=SENIORS, during=Window("w", frozenset({1})))
    said = [(str(c.what), [p.id for p in c.who], c.when, c.low, c.high) for c in rule.claims(Board(Model(), layer))]
    assert said == [("any leave", ["B", "C"], (1,), 0, 2)]
    assert [(c.when, c.high) for c in ONE.claims(Board(Model(), layer))] == [((0,), 1), ((1,), 1)]


def test_sentence():
    assert ONE.sentence == "At most 1 fellow at once on any leave."
    full = AwayAtOnce(what=ANY, most=2, who=SENIORS, during=Window("July", frozenset()))
    assert full.sentence == "At most 2 fellows of the group “seniors” at once on any leave during July."


def test_a_week_of_leave_counts_beside_a_single_day():
    by_day = AwayAtOnce(what=ANY, most=1, layer_name="half-days")
    drawn = picture_below("half-days", "A: Vacation Ward\nB: Ward Ward", "A:\nB: Fri1am=Meeting Mon2am=Meeting")
    assert judged(by_day, drawn) == (1, ["A and B are away on any leave on the morning of Friday 3 July; at most 1 at "
                                         "once."])
