"""How many people are on a rotation at once."""

import random
from dataclasses import replace

import pytest

from constraints.by_the_week import ByTheWeek
from constraints.forbidden import Forbidden
from constraints.staffing import Staffing
from scheduler.domain.board import Board, Model
from scheduler.domain.layer import Inside
from scheduler.domain.words import Group, Selection, Window
from tests.agreement import agree, judged, named, picture, picture_below, some_duties, some_people, some_slots
from tests.constraints.pruned import agree_pruned
from tests.rooms import fits

WARD = Selection.of("Ward")
SENIORS = Group("seniors", frozenset({"A", "B"}))
LABORATORY = Selection.of("Laboratory")
ONE_OR_TWO = Staffing(what=WARD, at_least=1, at_most=2)
SENIOR = Staffing(what=WARD, at_least=1, who=SENIORS)
ACCOMPANIED = Staffing(what=WARD, at_least=1, who=SENIORS, when_staffed=True)


def random_rule(rng, layer):
    low = rng.randint(0, 2)
    return Staffing(what=some_duties(rng), at_least=low, at_most=rng.choice([None, low, low + 1, low + 2]),
                    who=some_people(rng, layer), when_staffed=rng.random() < 0.4, during=some_slots(rng, layer),
                    waived_by=some_duties(rng, 2) if rng.random() < 0.4 else None)


def test_solver_and_checker_agree():
    agree(random_rule, seeds=200)


def test_they_agree_where_some_may_not_go():
    agree_pruned(random_rule, lambda rng, layer: Forbidden(what=some_duties(rng), who=some_people(rng, layer)))


@pytest.mark.parametrize("rows, short, expected", [
    ("A: Ward\nB: Clinic\nC: Clinic", 0, []),
    ("A: Ward\nB: Ward\nC: Clinic", 0, []),
    ("A: Clinic\nB: Clinic\nC: Clinic", 1, ["Ward has nobody in slot 1; at least 1 needed."]),
    ("A: Ward\nB: Ward\nC: Ward", 1, ["Ward has 3 people (A, B and C) in slot 1; at most 2 allowed."]),
])
def test_the_least_and_the_most(rows, short, expected):
    assert judged(ONE_OR_TWO, picture(rows)) == (short, expected)


def test_by_how_many():
    two = Staffing(what=WARD, at_least=2)
    assert judged(two, picture("A: Ward\nB: Ward\nC: Ward")) == (0, [])
    assert judged(two, picture("A: Ward\nB: -\nC: Clinic")) == (
        1, ["Ward has 1 person (A) in slot 1; at least 2 needed."])
    assert judged(two, picture("A: Clinic\nB: -\nC: Clinic")) == (2, ["Ward has nobody in slot 1; at least 2 needed."])
    none = Staffing(what=WARD, at_most=0)
    assert judged(none, picture("A: Ward\nB: Ward")) == (
        2, ["Ward has 2 people (A and B) in slot 1; at most 0 allowed."])
    assert judged(none, picture("A: Ward\nB: -")) == (1, ["Ward has 1 person (A) in slot 1; at most 0 allowed."])


def test_every_period_by_itself():
    assert judged(ONE_OR_TWO, picture("A: Ward Ward Clinic\nB: Clinic Ward Clinic\nC: Clinic Ward Clinic")) == (2, [
        "Ward has 3 people (A, B and C) in slot 2; at most 2 allowed.",
        "Ward has nobody in slot 3; at least 1 needed."])


def test_a_set_is_staffed_together_and_each_person_counts_once():
    both = Staffing(what=Selection.of("Ward", "Nights"), at_least=2, at_most=2)
    assert judged(both, picture("A: Ward\nB: Nights")) == (0, [])
    assert judged(both, picture("A: Ward+Nights\nB: Clinic", exclusive=False)) == (
        1, ["Ward or Nights has 1 person (A) in slot 1; at least 2 needed."])
    assert judged(both, picture("A: Ward+Nights\nB: Ward\nC: Nights", exclusive=False)) == (
        1, ["Ward or Nights has 3 people (A, B and C) in slot 1; at most 2 allowed."])


def test_only_in_some_dates():
    rule = Staffing(what=WARD, at_least=1, at_most=1, during=Window("July", frozenset({1})))
    assert judged(rule, picture("A: Ward Ward Clinic\nB: Ward Clinic Clinic")) == (0, [])
    assert judged(rule, picture("A: Ward Ward Clinic\nB: Ward Ward Clinic")) == (
        1, ["Ward has 2 people (A and B) in slot 2; at most 1 allowed."])
    assert judged(rule, picture("A: Ward Clinic Clinic\nB: Ward Clinic Clinic")) == (
        1, ["Ward has nobody in slot 2; at least 1 needed."])


@pytest.mark.parametrize("rows, always, accompanied", [
    ("A: Ward\nB: Clinic\nC: Ward", [], []),
    ("A: Ward\nB: Clinic\nC: Clinic", [], []),
    ("A: Clinic\nB: Clinic\nC: Ward", ["Ward has nobody of the group “seniors” in slot 1; at least 1 needed."],
     ["Ward has nobody of the group “seniors” in slot 1; at least 1 needed."]),
    ("A: Clinic\nB: Clinic\nC: Clinic", ["Ward has nobody of the group “seniors” in slot 1; at least 1 needed."], []),
])
def test_at_least_one_senior_always_or_only_when_anybody_is_there(rows, always, accompanied):
    assert judged(SENIOR, picture(rows)) == (len(always), always)
    assert judged(ACCOMPANIED, picture(rows)) == (len(accompanied), accompanied)


def test_at_least_two_seniors_when_anybody_is_there():
    two = Staffing(what=WARD, at_least=2, who=SENIORS, when_staffed=True)
    assert judged(two, picture("A: Ward\nB: Ward\nC: Ward")) == (0, [])
    assert judged(two, picture("A: Ward\nB: Clinic\nC: Ward")) == (
        1, ["Ward has 1 person of the group “seniors” (A) in slot 1; at least 2 needed."])
    assert judged(two, picture("A: Clinic\nB: Clinic\nC: Ward"))[0] == 2


def test_at_most_so_many_of_a_class():
    rule = Staffing(what=WARD, at_most=1, who=SENIORS)
    assert judged(rule, picture("A: Ward\nB: Clinic\nC: Ward\nD: Ward")) == (0, [])
    assert judged(rule, picture("A: Ward\nB: Ward\nC: Ward")) == (
        1, ["Ward has 2 people of the group “seniors” (A and B) in slot 1; at most 1 allowed."])


def block(text, keeps):
    return picture(text, noun="block", worth=(4,), inside=(Inside("Vacation", Selection.of("Ward"), 1, keeps),))


def test_leave_inside_a_rotation():
    alone = "A: Ward+Vacation\nB: Clinic"
    assert judged(ONE_OR_TWO, block(alone, True)) == (0, [])
    assert judged(ONE_OR_TWO, block(alone, False)) == (
        1, ["Ward has nobody (A is on leave) in slot 1; at least 1 needed."])
    two = Staffing(what=WARD, at_least=3)
    assert judged(two, block("A: Ward+Vacation\nB: Ward\nC: Ward+Vacation", False)) == (
        2, ["Ward has 1 person (B; A and C are on leave) in slot 1; at least 3 needed."])
    crowd = "A: Ward\nB: Ward\nC: Ward+Vacation"
    assert judged(ONE_OR_TWO, block(crowd, False)) == (0, [])
    assert judged(ONE_OR_TWO, block(crowd, True)) == (
        1, ["Ward has 3 people (A, B and C) in slot 1; at most 2 allowed."])
    assert judged(ACCOMPANIED, block("A: Ward+Vacation\nC: Clinic", False)) == (
        1, ["Ward has nobody of the group “seniors” (A is on leave) in slot 1; at least 1 needed."])
    assert judged(SENIOR, block("A: Clinic\nC: Ward+Vacation", False)) == (
        1, ["Ward has nobody of the group “seniors” in slot 1; at least 1 needed."])


def waived(rule, schedule):
    return [(w.sentence, w.when) for w in rule.waivers(schedule)]


def test_a_week_that_empties_the_ward_is_waived_and_says_so():
    rule = Staffing(what=WARD, at_least=1, at_most=1, waived_by=LABORATORY)
    drawn = picture("A: Ward Laboratory Clinic Laboratory\nB: Clinic Laboratory Clinic Ward")
    assert judged(rule, drawn) == (1, ["Ward has nobody in slot 3; at least 1 needed."])
    assert waived(rule, drawn) == [
        ("Ward has nobody in slot 2; at least 1 needed, but waived while A and B are on Laboratory.", (1,))]
    unwaived = Staffing(what=WARD, at_least=1)
    assert judged(unwaived, drawn)[0] == 2
    assert waived(unwaived, drawn) == []


def test_the_most_is_never_waived():
    rule = Staffing(what=WARD, at_most=1, waived_by=LABORATORY)
    drawn = picture("A: Ward\nB: Ward\nC: Laboratory")
    assert judged(rule, drawn) == (1, ["Ward has 2 people (A and B) in slot 1; at most 1 allowed."])
    assert waived(rule, drawn) == []


def test_waived_by_how_many_and_only_where_it_was_missed():
    rule = Staffing(what=WARD, at_least=2, waived_by=LABORATORY, during=Window("July", frozenset({0, 1})))
    drawn = picture("A: Ward Ward -\nB: Laboratory Ward -\nC: Ward Laboratory -\nD: Ward Clinic Laboratory")
    assert judged(rule, drawn) == (0, [])
    assert waived(rule, drawn) == []
    fewer = picture("A: Ward - -\nB: Laboratory - -\nC: Clinic - Laboratory")
    assert judged(rule, fewer) == (2, ["Ward has nobody in slot 2; at least 2 needed."])
    assert waived(rule, fewer) == [
        ("Ward has 1 person (A) in slot 1; at least 2 needed, but waived while B is on Laboratory.", (0,))]


def test_a_class_is_waived_by_its_own_count():
    drawn = picture("A: Laboratory\nB: Laboratory\nC: Ward")
    for rule in (Staffing(what=WARD, at_least=1, who=SENIORS, waived_by=LABORATORY),
                 Staffing(what=WARD, at_least=1, who=SENIORS, waived_by=LABORATORY, when_staffed=True)):
        assert judged(rule, drawn) == (0, [])
        assert waived(rule, drawn) == [("Ward has nobody of the group “seniors” in slot 1; at least 1 needed, but "
                                        "waived while A and B are on Laboratory.", (0,))]
    empty = picture("A: Laboratory\nB: Laboratory\nC: Clinic")
    assert waived(Staffing(what=WARD, at_least=1, waived_by=LABORATORY, when_staffed=True), empty) == []


def test_no_waiver_is_a_violation_too():
    for seed in range(40):
        rng = random.Random(seed)
        layer = picture("A: Ward Ward Ward\nB: Ward Ward Ward\nC: Ward Ward Ward").layer
        rule = random_rule(rng, layer)
        rows = "\n".join(f"{n}: " + " ".join(rng.choice(["Ward", "Clinic", "Nights"]) for _ in range(3)) for n in "ABC")
        drawn = picture(rows)
        assert {w.when for w in rule.waivers(drawn)}.isdisjoint(
            v.when for v in rule.check(drawn) if "at least" in v.sentence)


def test_nothing_is_posted_that_binds_nobody():
    layer = picture("A: Ward Ward\nB: Ward Ward").layer
    for rule in (Staffing(what=WARD, at_least=1), Staffing(what=WARD, at_most=1)):
        assert [(c.at_least, c.at_most, c.when) for c in rule.post(Board(Model(), layer).open())] == [
            (rule.at_least or None, rule.at_most, (0,)), (rule.at_least or None, rule.at_most, (1,))]


def test_whom_and_when_it_names():
    drawn = picture("A: Ward Clinic\nB: Ward Clinic\nC: Ward Ward")
    assert named(Staffing(what=WARD, at_most=2), drawn) == ([("A B C", (0,))], [("", (0,))])
    assert named(Staffing(what=WARD, at_least=2), drawn) == ([("C", (1,))], [("", (1,))])


def said(rule, layer, never=()):
    return [(str(c.what), "".join(p.id for p in c.who), c.when, c.low, c.high)
            for c in rule.claims(Board(Model(), layer).open(never))]


def test_claims():
    layer = picture("A: Ward Ward\nB: Ward Ward\nC: - Laboratory", here={"C": frozenset({1})}).layer
    rule = Staffing(what=WARD, at_least=1, at_most=2)
    assert said(rule, layer) == [("Ward", "AB", (0,), 1, 2), ("Ward", "ABC", (1,), 1, 2)]
    assert said(rule, layer, [("A", 0, "Ward")])[0] == ("Ward", "B", (0,), 1, 2)
    senior = Staffing(what=WARD, at_least=1, who=SENIORS, during=Window("w", frozenset({1})))
    assert said(senior, layer) == [("Ward", "AB", (1,), 1, None)]
    assert said(ACCOMPANIED, layer)[1] == ("Ward", "AB", (1,), 0, None)


def test_a_minimum_that_may_be_waived_is_no_claim():
    layer = picture("A: Ward Ward\nB: Ward Laboratory").layer
    rule = Staffing(what=WARD, at_least=1, at_most=2, waived_by=LABORATORY)
    never = [(p, 0, "Laboratory") for p in "AB"]
    assert said(rule, layer, never) == [("Ward", "AB", (0,), 1, 2), ("Ward", "AB", (1,), 0, 2)]


@pytest.mark.parametrize("host, keeps, most", [("Ward", False, None), ("Ward", True, 2), ("Clinic", False, 2)])
def test_people_on_leave_inside_may_be_one_too_many(host, keeps, most):
    layer = picture("A: Ward+Clinic", inside=(Inside("Vacation", Selection.of(host), 1, keeps),)).layer
    assert said(ONE_OR_TWO, layer) == [("Ward", "A", (0,), 1, most)]


@pytest.mark.parametrize("fields, sentence", [
    ({"at_least": 1, "at_most": 2}, "Ward has 1 to 2 people."),
    ({"at_least": 1}, "Ward has at least 1 person."),
    ({"at_least": 2}, "Ward has at least 2 people."),
    ({"at_most": 1}, "Ward has at most 1 person."),
    ({"at_most": 2}, "Ward has at most 2 people."),
    ({"at_least": 1, "at_most": 1}, "Ward has exactly 1 person."),
    ({"at_least": 2, "at_most": 2}, "Ward has exactly 2 people."),
    ({"at_least": 1, "who": SENIORS}, "Ward has at least 1 person of the group “seniors”."),
    ({"at_least": 1, "who": SENIORS, "when_staffed": True},
     "Ward has at least 1 person of the group “seniors” whenever anybody is there."),
    ({"at_least": 1, "during": Window("July", frozenset()), "waived_by": LABORATORY},
     "Ward has at least 1 person in July, except while people are on Laboratory."),
])
def test_sentence(fields, sentence):
    assert Staffing(what=WARD, **fields).sentence == sentence


CLINIC = Staffing(what=Selection.of("Clinic"), at_least=1, at_most=2, layer_name="half-days")


def half_days_of(here=None):
    return picture_below("half-days", "A: Ward Ward\nB: Ward Ward\nC: Ward Ward", "A: Mon1=Clinic+Course",
                         here=here or {})


def in_week(period, **each):
    """Amounts of a week: ``in_week(0, A=3)``."""
    return {(person, period, "Clinic"): number for person, number in each.items()}


def test_room():
    """As many half-days in all as must be staffed, no more than may be."""
    drawn = half_days_of()
    assert [fits(CLINIC, drawn, in_week(1, A=9, B=n, C=0)) for n in (0, 1, 10)] == [False, True, True]
    assert [fits(CLINIC, drawn, in_week(0, A=8, B=6, C=n)) for n in (6, 7)] == [True, False]
    least = replace(CLINIC, at_least=2, at_most=None)
    assert [fits(least, drawn, in_week(0, A=10, B=n, C=0)) for n in (9, 10)] == [False, True]
    both = replace(CLINIC, what=Selection.of("Clinic", "Course"))
    assert fits(both, drawn, in_week(0, A=5, B=0, C=0) | {("A", 0, "Course"): 5})
    assert not fits(both, drawn, in_week(0, A=10, B=10, C=0) | {("A", 0, "Course"): 1})


def test_room_of_a_class_in_some_dates_and_where_it_does_not_bind():
    drawn = half_days_of()
    seniors = replace(CLINIC, who=SENIORS)
    assert not fits(seniors, drawn, in_week(0, A=5, B=4, C=10))
    assert fits(seniors, drawn, in_week(0, A=10, B=10, C=10))
    monday = replace(CLINIC, during=Window("Mondays", frozenset({0, 1, 10, 11})))
    assert fits(monday, drawn, in_week(0, A=1, B=1, C=0))
    assert not fits(monday, drawn, in_week(1, A=1, B=0, C=0))
    assert fits(monday, drawn, in_week(0, A=10, B=10, C=8))
    for excused in (replace(CLINIC, when_staffed=True), replace(CLINIC, waived_by=Selection.of("Course"))):
        assert fits(excused, drawn, in_week(0, A=0, B=0, C=0))
        assert not fits(excused, drawn, in_week(0, A=10, B=10, C=1))


def test_room_where_it_is_closed_and_who_is_here():
    closed = Forbidden(what=CLINIC.what, during=Window("Monday", frozenset({0, 1})), layer_name="half-days")
    most = replace(CLINIC, at_least=0)
    assert [fits(most, half_days_of(), in_week(0, A=8, B=4, C=n), closed) for n in (4, 5)] == [True, False]
    course = replace(most, what=Selection.of("Clinic", "Course"))
    shut = replace(closed, what=CLINIC.what)                                 # the course goes on
    assert fits(course, half_days_of(), in_week(0, A=8, B=8, C=2) | {("A", 0, "Course"): 2}, shut)
    away = half_days_of({"C": frozenset({1})})
    assert not fits(CLINIC, away, in_week(0, A=5, B=4))
    assert fits(CLINIC, away, in_week(0, A=5, B=5) | in_week(1, A=0, B=0, C=10))


def test_below_the_week_it_is_said_with_the_day():
    assert judged(replace(CLINIC, at_least=0, at_most=1), picture_below(
        "half-days", "A: Ward\nB: Ward", "A: Fri1am=Clinic\nB: Fri1=Clinic")) == (
        1, ["Clinic has 2 people (A and B) on the morning of Friday 3 July; at most 1 allowed."])


def test_room_says_on_how_many_it_is_held_at_all():
    """By the week, two fellows cannot share a week in which every half-day is staffed by one."""
    weekly = ByTheWeek(what=CLINIC.what, layer_name="half-days")
    alone = replace(CLINIC, at_most=1)
    assert fits(alone, half_days_of(), in_week(0, A=10, B=0, C=0), weekly)
    assert not fits(alone, half_days_of(), in_week(0, A=5, B=5, C=0), weekly)
    assert fits(replace(alone, at_least=0), half_days_of(), in_week(0, A=5, B=5, C=0), weekly)


def test_how_many_it_asks_for():
    layer = half_days_of().layer
    ask, = replace(CLINIC, who=SENIORS, during=Window("Monday", frozenset({0, 1}))).asks(layer)
    assert ([p.id for p in ask.who], ask.needed, ask.when) == (["A", "B"], 1, (0, 1))
    for other in ({"at_least": 0}, {"when_staffed": True}, {"waived_by": LABORATORY}):
        assert list(replace(CLINIC, **other).asks(layer)) == []
