"""How many people are on a rotation at once."""

import random

import pytest

from constraints.forbidden import Forbidden
from constraints.staffing import Staffing
from scheduler.domain.board import Board, Model
from scheduler.domain.layer import Inside
from scheduler.domain.words import Group, Selection, Window
from tests.agreement import agree, judged, named, picture, some_duties, some_people, some_slots
from tests.constraints.pruned import agree_pruned

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
