"""Amounts owed: what counts, and when it is too little or too much."""

from dataclasses import replace

import pytest

from constraints.forbidden import Forbidden
from constraints.requirement import Requirement
from scheduler.domain.board import Board, Model
from scheduler.domain.layer import Inside
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Group, Selection, Window
from tests.agreement import DUTIES, agree, judged, named, picture, picture_below, some_duties, some_people, some_slots
from tests.constraints.pruned import agree_pruned
from tests.rooms import fits

WARD = Selection.of("Ward")
B = Group("neurology", frozenset({"B"}))
EARLY = Window("July", frozenset({0, 1, 2}))
TWO_OR_THREE = Requirement(what=WARD, at_least=2, at_most=3)
ELECTIVE = Requirement(what=WARD, at_least=2, at_most=3, elective=True)
BLOCKS = {"noun": "block", "worth": (4, 4, 4, 4),
          "inside": (Inside("Vacation", Selection.of("Clinic", "Elective"), 1),)}


def random_rule(rng, layer):
    unit = rng.choice([1, layer.weight(0)])
    low = rng.randint(0, 4) * unit
    part = tuple((duty, rng.choice([0, 25, 50, 100])) for duty in rng.sample(DUTIES, rng.randint(1, 2)))
    return Requirement(
        what=some_duties(rng), at_least=low, at_most=rng.choice([None, low, low + unit, low + 3]),
        unit="days" if layer.parent else rng.choice(["weeks", "weeks", "blocks"]),
        per=rng.choice([1, 2]) if layer.parent else 1, who=some_people(rng, layer),
        waived=some_people(rng, layer) if rng.random() < 0.2 else None, elective=rng.random() < 0.5,
        during=some_slots(rng, layer) if rng.random() < 0.4 else None, part=part if rng.random() < 0.3 else (),
        also=tuple((some_people(rng, layer), rng.choice([None, 0, 1, 2])) for _ in range(rng.choice([0, 0, 1, 2]))))


def credited(drawn, **credit):
    """The same picture, everyone with these weeks done in earlier years."""
    people = tuple(replace(p, credit=credit) for p in drawn.people)
    return Schedule(replace(drawn.layer, people=people), drawn.cells)


def verdicts(rule, drawn):
    """``got verdict`` of each fellow."""
    return [f"{o.fellow} {o.got} {o.verdict}" + (f" by {o.by}" if o.by else "") for o in rule.owed(drawn)]


def test_solver_and_checker_agree():
    agree(random_rule, seeds=300)


def test_they_agree_where_some_may_not_go():
    agree_pruned(random_rule, lambda rng, layer: Forbidden(what=some_duties(rng), who=some_people(rng, layer)))


# -- too little and too much

@pytest.mark.parametrize("row, short, expected, verdict", [
    ("Clinic Clinic Clinic Clinic", 2, ["A has 0 weeks of Ward; 2 weeks required."], "A 0 short by 2"),
    ("Ward Clinic Clinic Clinic", 1, ["A has 1 week of Ward; 2 weeks required."], "A 1 short by 1"),
    ("Ward Clinic Clinic Ward", 0, [], "A 2 met"),
    ("Ward Ward Ward Clinic", 0, [], "A 3 met"),
    ("Ward Ward Ward Ward", 1, ["A has 4 weeks of Ward; at most 3 weeks allowed."], "A 4 over by 1"),
    ("Ward Ward Ward Ward Ward", 2, ["A has 5 weeks of Ward; at most 3 weeks allowed."], "A 5 over by 2"),
])
def test_the_least_and_the_most(row, short, expected, verdict):
    drawn = picture(f"A: {row}")
    assert judged(TWO_OR_THREE, drawn) == (short, expected)
    assert verdicts(TWO_OR_THREE, drawn) == [verdict]


def test_exactly_one_week():
    one = Requirement(what=WARD, at_least=1, at_most=1)
    assert judged(one, picture("A: - Clinic\nB: Ward Clinic\nC: Ward Ward")) == (2, [
        "A has 0 weeks of Ward; 1 week required.", "C has 2 weeks of Ward; at most 1 week allowed."])


def test_no_most_and_none_at_all():
    assert judged(Requirement(what=WARD, at_least=1), picture("A: Ward Ward Ward")) == (0, [])
    assert judged(Requirement(what=WARD, at_most=0), picture("A: Clinic Clinic")) == (0, [])
    assert judged(Requirement(what=WARD, at_most=0), picture("A: Ward Clinic")) == (
        1, ["A has 1 week of Ward; at most 0 weeks allowed."])


def test_a_set_counts_each_period_once():
    both = Requirement(what=Selection.of("Ward", "Nights"), at_least=2, at_most=2)
    assert judged(both, picture("A: Ward Nights Clinic")) == (0, [])
    assert judged(both, picture("A: Ward+Nights Clinic Clinic", exclusive=False)) == (
        1, ["A has 1 week of Ward or Nights; 2 weeks required."])
    assert judged(both, picture("A: Ward+Nights Ward Nights", exclusive=False)) == (
        1, ["A has 3 weeks of Ward or Nights; at most 2 weeks allowed."])


def test_whom_it_applies_to():
    drawn = picture("A: Clinic Clinic Clinic\nB: Ward Clinic Clinic")
    assert judged(replace(TWO_OR_THREE, who=B), drawn) == (1, ["B has 1 week of Ward; 2 weeks required."])
    assert verdicts(replace(TWO_OR_THREE, who=B), drawn) == ["B 1 short by 1"]


def test_the_waived_are_excused_and_reported():
    rule = replace(TWO_OR_THREE, waived=B)
    drawn = picture("A: Ward Clinic Clinic\nB: Ward Clinic Clinic\nC: Ward Ward Clinic")
    assert judged(rule, drawn) == (1, ["A has 1 week of Ward; 2 weeks required."])
    assert verdicts(rule, drawn) == ["A 1 short by 1", "B 1 waived", "C 2 met"]
    assert [(o.owed_min, o.owed_max) for o in rule.owed(drawn)] == [(2, 3), (0, 3), (2, 3)]
    everyone = replace(rule, who=Group("s", frozenset({"B", "C"})))
    assert judged(everyone, drawn) == (0, [])
    assert verdicts(everyone, drawn) == ["B 1 waived", "C 2 met"]


def test_a_fellow_who_is_here_for_part_of_the_year_owes_it_all():
    late = picture("A: - Ward Ward", here={"A": frozenset({1, 2})})
    assert judged(TWO_OR_THREE, late) == (0, [])
    assert judged(replace(TWO_OR_THREE, at_least=3), late) == (1, ["A has 2 weeks of Ward; 3 weeks required."])


# -- only these dates

@pytest.mark.parametrize("row, short, expected, verdict", [
    ("Ward Ward Clinic Ward Ward", 0, [], "A 2 met"),                       # August does not count, for or against
    ("Clinic Clinic Ward Ward Ward", 1, ["A has 1 week of Ward in July; 2 weeks required."], "A 1 short by 1"),
    ("Ward Ward Ward Clinic Clinic", 0, [], "A 3 met"),
])
def test_only_the_dates_given(row, short, expected, verdict):
    rule = replace(TWO_OR_THREE, during=EARLY)
    drawn = picture(f"A: {row}")
    assert judged(rule, drawn) == (short, expected)
    assert verdicts(rule, drawn) == [verdict]


def test_too_much_in_the_dates_given_and_which_periods_they_were():
    rule = Requirement(what=WARD, at_most=1, during=EARLY)
    drawn = picture("A: Ward Clinic Ward Ward")
    assert judged(rule, drawn) == (1, ["A has 2 weeks of Ward in July; at most 1 week allowed."])
    assert [o.slots for o in rule.owed(drawn)] == [(0, 2)]
    assert named(rule, drawn) == ([("A", (0, 2))], [("A", (0, 1, 2))])


def test_credit_from_earlier_years_was_not_in_these_dates():
    drawn = credited(picture("A: Ward Ward Clinic Clinic"), Ward=2)
    assert judged(Requirement(what=WARD, at_least=3, during=EARLY), drawn) == (
        1, ["A has 2 weeks of Ward in July; 3 weeks required."])
    assert judged(Requirement(what=WARD, at_most=2, during=EARLY), drawn) == (0, [])


# -- credit from earlier years

def test_credit_from_earlier_years_counts():
    drawn = picture("A: Ward Clinic Clinic")
    assert judged(TWO_OR_THREE, credited(drawn, Ward=1)) == (0, [])
    assert judged(TWO_OR_THREE, credited(drawn, Nights=1)) == (1, ["A has 1 week of Ward; 2 weeks required."])
    four = replace(TWO_OR_THREE, at_least=4, at_most=4)
    assert judged(four, credited(drawn, Ward=2, Nights=9)) == (
        1, ["A has 3 weeks of Ward (2 weeks from earlier years); 4 weeks required."])
    assert judged(TWO_OR_THREE, credited(picture("A: Ward Ward Ward"), Ward=1)) == (
        1, ["A has 4 weeks of Ward (1 week from earlier years); at most 3 weeks allowed."])
    assert [(o.got, o.credit, o.verdict) for o in four.owed(credited(drawn, Ward=3))] == [(4, 3, "met")]


def test_more_credit_than_was_owed_forbids_more_but_is_not_itself_too_much():
    done = credited(picture("A: Clinic Clinic"), Ward=5)
    assert judged(TWO_OR_THREE, done) == (0, [])
    assert [(o.got, o.credit, o.verdict) for o in TWO_OR_THREE.owed(done)] == [(3, 3, "met")]
    assert judged(TWO_OR_THREE, credited(picture("A: Ward Clinic"), Ward=5)) == (
        1, ["A has 4 weeks of Ward (3 weeks from earlier years); at most 3 weeks allowed."])
    assert [o.got for o in Requirement(what=WARD, at_least=2).owed(done)] == [5]


def test_credit_is_in_weeks_and_the_amount_may_be_in_blocks():
    blocks = Requirement(what=WARD, at_least=2, at_most=2, unit="blocks")
    drawn = picture("A: Ward Clinic", noun="block", worth=(4, 4))
    assert judged(blocks, credited(drawn, Ward=4)) == (0, [])
    assert judged(blocks, credited(drawn, Ward=3)) == (1, ["A has 1 block of Ward; 2 blocks required."])
    in_weeks = Requirement(what=WARD, at_least=8)
    assert judged(in_weeks, credited(drawn, Ward=4)) == (0, [])
    assert judged(in_weeks, credited(drawn, Ward=3)) == (
        1, ["A has 7 weeks of Ward (3 weeks from earlier years); 8 weeks required."])
    uneven = picture("A: Ward Clinic", noun="block", worth=(4, 5))
    assert judged(blocks, credited(uneven, Ward=4))[0] == 1
    assert judged(blocks, credited(uneven, Ward=5))[0] == 0
    months = Requirement(what=WARD, at_least=2, unit="months")
    assert judged(months, credited(picture("A: Ward Clinic", noun="month"), Ward=1)) == (0, [])


# -- part credit

def test_part_credit():
    rule = Requirement(what=WARD, at_least=2, at_most=2, part=(("Nights", 50),))
    assert judged(rule, picture("A: Ward Nights Nights Clinic")) == (0, [])
    assert judged(rule, picture("A: Ward Nights Clinic Clinic")) == (
        50, ["A has 1.5 weeks of Ward; 2 weeks required."])
    assert judged(rule, picture("A: Nights Nights Clinic Clinic")) == (
        100, ["A has 1 week of Ward; 2 weeks required."])
    assert judged(rule, picture("A: Ward Ward Nights Clinic")) == (
        50, ["A has 2.5 weeks of Ward; at most 2 weeks allowed."])
    assert verdicts(rule, picture("A: Ward Nights\nB: Ward Ward\nC: Ward Ward")) == ["A 1.5 short by 0.5", "B 2 met",
                                                                                     "C 2 met"]
    assert verdicts(rule, picture("A: Ward Ward Nights")) == ["A 2.5 over by 0.5"]
    assert [o.slots for o in rule.owed(picture("A: Clinic Nights Ward"))] == [(1, 2)]


def test_part_credit_within_the_set_none_at_all_and_both_at_once():
    rule = Requirement(what=Selection.of("Ward", "Nights"), at_least=1, part=(("Nights", 25), ("Clinic", 0)))
    drawn = picture("A: Ward+Nights Clinic Nights", exclusive=False)
    assert [o.got for o in rule.owed(drawn)] == [1.5]
    assert [o.slots for o in rule.owed(drawn)] == [(0, 2)]
    assert judged(rule, picture("A: Clinic Nights Nights")) == (
        50, ["A has 0.5 weeks of Ward or Nights; 1 week required."])


def test_part_credit_for_earlier_years():
    rule = Requirement(what=WARD, at_least=2, at_most=2, part=(("Nights", 50),))
    drawn = picture("A: Ward Clinic")
    assert judged(rule, credited(drawn, Nights=2, Clinic=9)) == (0, [])
    assert judged(rule, credited(drawn, Nights=1)) == (
        50, ["A has 1.5 weeks of Ward (0.5 weeks from earlier years); 2 weeks required."])
    assert [(o.got, o.credit) for o in rule.owed(credited(drawn, Nights=1))] == [(1.5, 0.5)]
    blocks = Requirement(what=WARD, at_least=2, part=(("Nights", 50),), unit="blocks")
    assert judged(blocks, credited(picture("A: Ward Nights", noun="block", worth=(4, 4)), Nights=4)) == (0, [])


# -- weeks and blocks, leave inside

def test_weeks_and_periods_of_four_weeks():
    drawn = picture("A: Ward Clinic Ward", noun="block", worth=(4, 4, 4))
    assert judged(Requirement(what=WARD, at_least=8, at_most=8), drawn) == (0, [])
    assert judged(Requirement(what=WARD, at_least=9), drawn) == (1, ["A has 8 weeks of Ward; 9 weeks required."])
    assert judged(Requirement(what=WARD, at_most=7), drawn) == (
        1, ["A has 8 weeks of Ward; at most 7 weeks allowed."])
    assert judged(Requirement(what=WARD, at_least=2, at_most=2, unit="blocks"), drawn) == (0, [])
    assert judged(Requirement(what=WARD, at_least=3, unit="blocks"), drawn) == (
        1, ["A has 2 blocks of Ward; 3 blocks required."])


def test_leave_inside_shrinks_weeks_but_not_periods():
    drawn = picture("A: Clinic+Vacation Ward Clinic Ward", **BLOCKS)
    clinic = Selection.of("Clinic")
    assert judged(Requirement(what=clinic, at_least=7, at_most=7), drawn) == (0, [])
    assert judged(Requirement(what=clinic, at_least=8), drawn) == (1, ["A has 7 weeks of Clinic; 8 weeks required."])
    assert judged(Requirement(what=clinic, at_least=2, at_most=2, unit="blocks"), drawn) == (0, [])
    assert judged(Requirement(what=Selection.of("Vacation"), at_least=1, at_most=1), drawn) == (0, [])
    either = Selection.of("Clinic", "Vacation")
    assert judged(Requirement(what=either, at_least=8, at_most=8), drawn) == (0, [])


# -- electives

@pytest.mark.parametrize("row, short, expected, verdict", [
    ("Clinic Clinic Clinic Clinic", 0, [], "A 0 met"),                      # nothing
    ("Ward Clinic Clinic Clinic", 1, ["A has 1 week of Ward; the elective is 2 weeks, or nothing."], "A 1 short by 1"),
    ("Ward Clinic Clinic Ward", 0, [], "A 2 met"),                          # or the amount
    ("Ward Ward Ward Clinic", 0, [], "A 3 met"),
    ("Ward Ward Ward Ward", 1, ["A has 4 weeks of Ward; at most 3 weeks allowed."], "A 4 over by 1"),
])
def test_an_elective_is_nothing_or_the_amount(row, short, expected, verdict):
    drawn = picture(f"A: {row}")
    assert judged(ELECTIVE, drawn) == (short, expected)
    assert verdicts(ELECTIVE, drawn) == [verdict]


def test_what_an_elective_owes_depends_on_whether_it_is_taken():
    owed = list(ELECTIVE.owed(picture("A: Clinic Clinic\nB: Ward Clinic")))
    assert [(o.owed_min, o.owed_max, o.elective) for o in owed] == [(0, 3, True), (2, 3, True)]


def test_an_elective_asks_for_nothing_of_itself():
    posted = list(ELECTIVE.post(Board(Model(), picture("A: Ward Clinic").layer).open()))
    assert [(c.at_least, c.at_most) for c in posted] == [(0, 3), (0, None)]
    up_to = list(replace(ELECTIVE, at_least=0).post(Board(Model(), picture("A: Ward Clinic").layer).open()))
    assert [(c.at_least, c.at_most) for c in up_to] == [(0, 3)]             # nothing more to say


def test_an_elective_of_up_to_some_weeks():
    rule = Requirement(what=WARD, at_most=2, elective=True)
    assert judged(rule, picture("A: Ward Clinic Clinic\nB: Clinic Clinic Clinic\nC: Ward Ward Clinic")) == (0, [])
    assert judged(rule, picture("A: Ward Ward Ward")) == (1, ["A has 3 weeks of Ward; at most 2 weeks allowed."])


def test_an_elective_without_a_limit():
    rule = Requirement(what=WARD, at_least=2, elective=True)
    assert judged(rule, picture("A: Ward Ward Ward\nB: Clinic Clinic Clinic")) == (0, [])
    assert judged(rule, picture("A: Ward Clinic Clinic")) == (
        1, ["A has 1 week of Ward; the elective is 2 weeks, or nothing."])


def test_credit_for_an_elective_taken_before():
    assert judged(ELECTIVE, credited(picture("A: Clinic Clinic"), Ward=1)) == (0, [])
    assert verdicts(ELECTIVE, credited(picture("A: Clinic Clinic"), Ward=1)) == ["A 1 met"]
    assert judged(ELECTIVE, credited(picture("A: Ward Clinic"), Ward=1)) == (0, [])
    assert judged(replace(ELECTIVE, at_least=3), credited(picture("A: Ward Clinic"), Ward=1)) == (
        1, ["A has 2 weeks of Ward (1 week from earlier years); the elective is 3 weeks, or nothing."])


def test_an_elective_outside_its_dates_is_not_begun():
    rule = replace(ELECTIVE, during=EARLY)
    assert judged(rule, picture("A: Clinic Clinic Clinic Ward")) == (0, [])
    assert judged(rule, picture("A: Clinic Clinic Ward Ward")) == (
        1, ["A has 1 week of Ward in July; the elective is 2 weeks, or nothing."])


def test_an_elective_spent_on_leave_is_begun_and_earns_nothing():
    drawn = picture("A: Clinic+Vacation Ward", noun="week", inside=(Inside("Vacation", Selection.of("Clinic"), 1),))
    rule = Requirement(what=Selection.of("Clinic"), at_least=1, at_most=1, elective=True)
    assert judged(rule, drawn) == (1, ["A has 0 weeks of Clinic; the elective is 1 week, or nothing."])


REQUIRED = Requirement(what=WARD, at_least=1, at_most=2, also=((None, 3),))
ON_TOP = Requirement(what=WARD, at_least=2, at_most=3, elective=True, also=((None, 2),))


@pytest.mark.parametrize("weeks, required, elective, verdict", [
    (0, ["A has 0 weeks of Ward; 1 week required."], [], ["A 0 short by 1", "A 0 met"]),
    (1, [], [], ["A 1 met", "A 0 met"]),
    (2, [], [], ["A 2 met", "A 0 met"]),                                    # the required line is filled first
    (3, [], ["A has 3 weeks of Ward; the elective is 2 weeks on top of the 2 weeks required, or nothing."],
     ["A 2 met", "A 1 short by 1"]),
    (4, [], [], ["A 2 met", "A 2 met"]),
    (5, [], [], ["A 2 met", "A 3 met"]),
    (6, [], ["A has 6 weeks of Ward; at most 5 weeks allowed."], ["A 2 met", "A 4 over by 1"]),
])
def test_an_elective_on_top_of_what_is_required(weeks, required, elective, verdict):
    drawn = picture("A: " + " ".join(["Ward"] * weeks + ["Clinic"] * (7 - weeks)))
    assert judged(REQUIRED, drawn) == (len(required), required)
    assert judged(ON_TOP, drawn) == (len(elective), elective)
    assert verdicts(REQUIRED, drawn) + verdicts(ON_TOP, drawn) == verdict


def test_an_elective_lies_on_top_only_for_those_who_owe_the_required():
    rule = replace(ON_TOP, also=((B, 2), (Group("pediatrics", frozenset({"A"})), 1)))
    drawn = picture("A: Ward Ward Clinic Clinic\nB: Ward Ward Clinic Clinic\nC: Ward Clinic Clinic Clinic")
    assert judged(rule, drawn) == (2, [
        "A has 2 weeks of Ward; the elective is 2 weeks on top of the 1 week required, or nothing.",
        "C has 1 week of Ward; the elective is 2 weeks, or nothing."])
    assert verdicts(rule, drawn) == ["A 1 short by 1", "B 0 met", "C 1 short by 1"]
    required = replace(REQUIRED, also=((B, 3),))
    assert judged(required, picture("A: Ward Ward Ward\nB: Ward Ward Ward")) == (
        1, ["A has 3 weeks of Ward; at most 2 weeks allowed."])
    assert verdicts(required, picture("A: Ward Ward Ward\nB: Ward Ward Ward")) == ["A 3 over by 1", "B 2 met"]
    several = replace(ON_TOP, also=((None, 1), (None, 1)))
    assert judged(several, picture("A: Ward Ward Ward Clinic"))[0] == 1
    assert judged(several, picture("A: Ward Ward Clinic Clinic"))[0] == 0


def test_credit_fills_the_required_first():
    drawn = credited(picture("A: Ward Ward Clinic"), Ward=3)
    assert judged(REQUIRED, drawn) == (0, [])
    assert [(o.got, o.credit, o.verdict) for o in REQUIRED.owed(drawn)] == [(2, 2, "met")]
    assert [(o.got, o.credit, o.verdict) for o in ON_TOP.owed(drawn)] == [(3, 1, "met")]
    none = credited(picture("A: Clinic Clinic"), Ward=3)                    # begun in an earlier year, not in this
    assert judged(ON_TOP, none) == (0, [])
    assert verdicts(ON_TOP, none) == ["A 1 met"]
    plenty = credited(picture("A: Ward Clinic"), Ward=9)
    assert judged(REQUIRED, plenty) == (0, [])
    assert judged(ON_TOP, plenty) == (
        1, ["A has 6 weeks of Ward (5 weeks from earlier years); at most 5 weeks allowed."])
    assert [(o.got, o.credit) for o in REQUIRED.owed(plenty)] == [(2, 2)]
    assert [(o.got, o.credit) for o in ON_TOP.owed(plenty)] == [(4, 3)]


def test_where_the_required_has_no_limit_nothing_is_elective():
    rule = replace(ON_TOP, also=((None, None),))
    drawn = picture("A: Ward Ward Ward Ward Ward Ward")
    assert judged(rule, drawn) == (0, [])
    assert verdicts(rule, drawn) == ["A 0 met"]
    required = replace(REQUIRED, also=((None, None),))
    assert judged(required, drawn) == (0, [])
    assert verdicts(required, drawn) == ["A 2 met"]
    assert [o.got for o in replace(REQUIRED, at_most=None).owed(drawn)] == [6]


def test_part_credit_on_top():
    rule = replace(ON_TOP, part=(("Nights", 50),))
    assert judged(rule, picture("A: Ward Ward Nights Clinic")) == (150, [
        "A has 2.5 weeks of Ward; the elective is 2 weeks on top of the 2 weeks required, or nothing."])
    assert verdicts(rule, picture("A: Ward Ward Nights Clinic")) == ["A 0.5 short by 1.5"]
    required = replace(REQUIRED, part=(("Nights", 50),))
    assert verdicts(required, picture("A: Ward Ward Nights Clinic\nB: Ward Nights - -")) == ["A 2 met", "B 1.5 met"]
    assert judged(rule, picture("A: Ward Nights Nights Clinic")) == (0, [])


# -- the verdict

def test_every_word_of_the_verdict():
    rule = Requirement(what=WARD, at_least=2, at_most=2, source="the page", assumption="none is published", waived=B)
    drawn = picture("A: Ward Ward Clinic\nB: Clinic Clinic Clinic\nC: Ward Clinic Clinic\nD: Ward Ward Ward")
    assert verdicts(rule, drawn) == ["A 2 assumed", "B 0 waived", "C 1 short by 1", "D 3 over by 1"]
    one = next(rule.owed(drawn))
    assert (one.what, one.unit, one.elective, one.source, one.assumption, one.owed_min, one.owed_max, one.credit,
            one.slots) == ("Ward", "weeks", False, "the page", "none is published", 2, 2, 0, (0, 1))


def test_whom_and_when_it_names():
    drawn = picture("A: Ward Ward Clinic Clinic\nB: Ward Clinic Clinic Clinic\nC: Ward Ward Ward Ward")
    assert named(TWO_OR_THREE, drawn) == (
        [("B", (0,)), ("C", (0, 1, 2, 3))], [("B", (0, 1, 2, 3)), ("C", (0, 1, 2, 3))])
    assert named(ELECTIVE, drawn) == (
        [("B", (0,)), ("C", (0, 1, 2, 3))], [("B", (0, 1, 2, 3)), ("C", (0, 1, 2, 3))])


# -- claims


# -- days and half-days

DAYS = Requirement(what=Selection.of("Physiatry"), at_least=2, at_most=3, unit="days", per=2, layer_name="half-days")
CLINICS = replace(DAYS, what=Selection.of("Clinic"), unit="half-days", per=1)


def below(rows, above="A: Ward Ward", **shape):
    return picture_below("half-days", above, rows, **shape)


@pytest.mark.parametrize("row, short, expected, verdict", [
    ("Mon1=Physiatry Tue2=Physiatry", 0, [], "A 2 met"),
    ("Mon1=Physiatry Tue2am=Physiatry", 1, ["A has 1.5 days of Physiatry; 2 days required."], "A 1.5 short by 0.5"),
    ("Mon1am=Physiatry Tue1pm=Physiatry", 2, ["A has 1 day of Physiatry; 2 days required."], "A 1 short by 1"),
    ("", 4, ["A has 0 days of Physiatry; 2 days required."], "A 0 short by 2"),
    ("Mon1=Physiatry Tue1=Physiatry Wed1=Physiatry Thu1am=Physiatry", 1,
     ["A has 3.5 days of Physiatry; at most 3 days allowed."], "A 3.5 over by 0.5"),
])
def test_days_are_made_of_half_days(row, short, expected, verdict):
    drawn = below(f"A: {row}")
    assert judged(DAYS, drawn) == (short, expected)
    assert verdicts(DAYS, drawn) == [verdict]


def test_half_days():
    assert judged(CLINICS, below("A: Mon1=Clinic")) == (0, [])
    assert judged(CLINICS, below("A: Mon1am=Clinic")) == (1, ["A has 1 half-day of Clinic; 2 half-days required."])
    told, = CLINICS.owed(below("A: Mon1pm=Clinic"))
    assert (told.unit, told.slots, told.layer, told.got) == ("half-days", (1,), "half-days", 1)


def test_credit_of_days_is_in_days():
    credited_day = credited(below("A: Mon1=Physiatry"), Physiatry=1)
    assert judged(DAYS, credited_day) == (0, [])
    assert judged(replace(DAYS, at_least=3), credited_day) == (
        2, ["A has 2 days of Physiatry (1 day from earlier years); 3 days required."])
    assert judged(CLINICS, credited(below("A: Mon1am=Clinic"), Clinic=1)) == (0, [])


def test_an_elective_of_days():
    elective = replace(DAYS, elective=True)
    assert judged(elective, below("A:")) == (0, [])
    assert judged(elective, below("A: Mon1am=Physiatry")) == (
        3, ["A has 0.5 days of Physiatry; the elective is 2 days, or nothing."])


def test_room():
    """All weeks together hold what is owed, and no more than is allowed."""
    drawn = below("A: Mon1=Physiatry+Clinic", "A: Ward Ward\nB: Ward Ward")
    weeks = [("A", 0, "Physiatry"), ("A", 1, "Physiatry")]
    assert [fits(DAYS, drawn, dict(zip(weeks, n, strict=True))) for n in ((0, 3), (1, 3), (4, 0), (3, 3), (3, 4))] == [
        False, True, True, True, False]
    assert not fits(DAYS, drawn, {("B", 0, "Physiatry"): 1, ("B", 1, "Physiatry"): 1})
    only = replace(DAYS, who=B)
    assert fits(only, drawn, dict.fromkeys(weeks, 0))
    assert not fits(only, drawn, {("B", 0, "Physiatry"): 7})
    assert fits(replace(DAYS, at_most=None), drawn, dict.fromkeys(weeks, 10))
    assert fits(replace(DAYS, elective=True), drawn, dict.fromkeys(weeks, 0))
    assert not fits(replace(DAYS, elective=True), drawn, dict.fromkeys(weeks, 4))
    done = credited(drawn, Physiatry=1)
    done = Schedule(done.layer, done.cells, drawn.beside)
    assert [fits(DAYS, done, {weeks[0]: 0, weeks[1]: n}) for n in (1, 2, 4, 5)] == [False, True, True, False]


def test_what_it_asks_of_the_year():
    drawn = credited(below("A: Mon1=Physiatry", "A: Ward\nB: Ward"), Physiatry=1)
    assert [(ask.who[0].id, ask.least) for ask in DAYS.asks(drawn.layer)] == [("A", 2), ("B", 2)]
    assert [ask.who[0].id for ask in replace(DAYS, who=B).asks(drawn.layer)] == ["B"]
    for other in ({"elective": True}, {"during": EARLY}, {"part": (("Clinic", 50),)}):
        assert list(replace(DAYS, **other).asks(drawn.layer)) == []


def test_room_in_some_dates():
    drawn = below("A: Mon1=Physiatry")
    dates = replace(DAYS, during=Window("the first days", frozenset(range(4))))
    assert fits(dates, drawn, {("A", 0, "Physiatry"): 4, ("A", 1, "Physiatry"): 10})
    assert not fits(dates, drawn, {("A", 0, "Physiatry"): 3})
    assert not fits(dates, drawn, {("A", 0, "Physiatry"): 3, ("A", 1, "Physiatry"): 1})
    assert fits(dates, drawn, {("A", 0, "Physiatry"): 10})                  # the rest of the week does not count
    assert fits(replace(DAYS, part=(("Clinic", 50),)), drawn, {("A", 0, "Physiatry"): 0, ("A", 1, "Physiatry"): 0})


def said(rule, drawn):
    found = list(rule.claims(Board(Model(), drawn.layer).open()))
    assert all(c.what == rule.what and len(c.who) == 1 for c in found)
    return [(c.who[0].id, c.when, c.low, c.high) for c in found]


def test_claims():
    drawn = picture("A: Ward Ward Ward\nB: - Ward Ward\nC: Ward Ward Ward", here={"B": frozenset({1, 2})})
    assert said(replace(TWO_OR_THREE, waived=Group("s", frozenset({"C"}))), drawn) == [
        ("A", (0, 1, 2), 2, 3), ("B", (1, 2), 2, 3)]
    assert said(Requirement(what=WARD, during=Window("w", frozenset({2})), who=B), drawn) == [("B", (2,), 0, None)]
    assert said(Requirement(what=WARD, at_least=1, at_most=1, during=Window("w", frozenset({0})), who=B), drawn) == [
        ("B", (), 1, 1)]


def test_claims_after_credit():
    drawn = picture("A: Ward Ward")
    assert said(TWO_OR_THREE, credited(drawn, Ward=1)) == [("A", (0, 1), 1, 2)]
    assert said(TWO_OR_THREE, credited(drawn, Ward=3)) == [("A", (0, 1), 0, 0)]
    assert said(TWO_OR_THREE, credited(drawn, Ward=9)) == [("A", (0, 1), 0, 0)]
    assert said(replace(TWO_OR_THREE, at_most=None), credited(drawn, Ward=9)) == [("A", (0, 1), 0, None)]


def test_claims_of_electives():
    drawn = picture("A: Ward Ward")
    assert said(ELECTIVE, drawn) == [("A", (0, 1), 0, 3)]
    assert said(ON_TOP, drawn) == [("A", (0, 1), 0, 5)]
    assert said(REQUIRED, drawn) == [("A", (0, 1), 1, None)]


def test_claims_are_in_whole_periods_and_never_stronger_than_the_rule():
    drawn = picture("A: Ward Ward Ward", worth=(4, 4, 5))
    assert said(Requirement(what=WARD, at_least=8, at_most=8), drawn) == [("A", (0, 1, 2), 2, 2)]
    assert said(Requirement(what=WARD, at_least=10, at_most=11), drawn) == [("A", (0, 1, 2), 2, 2)]
    assert said(Requirement(what=WARD, at_least=11, at_most=12), drawn) == [("A", (0, 1, 2), 3, 3)]
    assert said(Requirement(what=WARD, at_least=2, at_most=3, unit="blocks"), drawn) == [("A", (0, 1, 2), 2, 3)]


def test_what_cannot_be_said_in_whole_periods_is_no_claim():
    drawn = picture("A: Clinic+Vacation Ward", **BLOCKS)
    clinic = Requirement(what=Selection.of("Clinic"), at_least=5, at_most=8)
    assert said(clinic, drawn) == [("A", (0, 1), 2, None)]                  # three blocks may earn eight weeks
    assert said(replace(clinic, unit="blocks"), drawn) == [("A", (0, 1), 5, 8)]
    assert said(replace(clinic, what=WARD), drawn) == [("A", (0, 1), 2, 2)]
    assert said(replace(clinic, what=Selection.of("Ward", "Vacation")), drawn) == []
    assert said(replace(clinic, what=WARD, part=(("Nights", 50),)), drawn) == []


# -- words

@pytest.mark.parametrize("fields, sentence", [
    ({"at_least": 13, "at_most": 13}, "Every fellow spends 13 weeks on Ward."),
    ({"at_least": 1, "at_most": 1}, "Every fellow spends 1 week on Ward."),
    ({"at_least": 1, "at_most": 2}, "Every fellow spends 1 to 2 weeks on Ward."),
    ({"at_most": 1}, "Every fellow spends up to 1 week on Ward."),
    ({"at_least": 1}, "Every fellow spends at least 1 week on Ward."),
    ({"at_least": 2, "unit": "blocks"}, "Every fellow spends at least 2 blocks on Ward."),
    ({"at_least": 1, "at_most": 1, "unit": "months"}, "Every fellow spends 1 month on Ward."),
    ({"at_most": 2, "elective": True}, "Every fellow may spend up to 2 weeks on Ward as an elective."),
    ({"at_least": 2, "at_most": 2, "elective": True, "who": B, "during": EARLY},
     "Each fellow of the group “neurology” may spend 2 weeks on Ward as an elective in July."),
    ({"at_least": 2, "waived": B, "part": (("Nights", 50),)},
     "Every fellow spends at least 2 weeks on Ward (Nights counts 50 % and waived for neurology)."),
])
def test_sentence(fields, sentence):
    assert Requirement(what=WARD, **fields).sentence == sentence


def test_what_to_ask_for_instead():
    drawn = picture("A: Ward Ward Clinic Clinic\nB: Ward Clinic Clinic Clinic\nC: Ward Ward Ward Clinic")
    least = Requirement(what=Selection.of("Ward"), at_least=3, at_most=3)
    assert least.eased(list(least.check(drawn)), drawn.layer) == (
        "Ask for only 2 weeks of Ward instead of 3 weeks for A. Ask for only 1 week of Ward instead of 3 weeks for B.")
    most = Requirement(what=Selection.of("Ward"), at_least=0, at_most=1)
    assert most.eased(list(most.check(drawn)), drawn.layer) == (
        "Allow 2 weeks of Ward instead of 1 week for A. Allow 3 weeks of Ward instead of 1 week for C.")
