"""Evenly shared."""

from dataclasses import replace

import pytest

from constraints.evenness import Evenness
from constraints.one_duty import OneDuty
from constraints.requirement import Requirement
from constraints.staffing import Staffing
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Group, Selection, Window
from scheduler.solve.driver import solve
from tests.agreement import agree, assert_agrees, judged, named, picture, some_duties, some_people, some_slots

WARD = Evenness(what=Selection.of("Ward"), priority="evenness")
HALVES = replace(WARD, over="halves")
QUARTERS = replace(WARD, over="quarters")


def must(within, rule=WARD):
    """The same, as a rule that must hold."""
    return replace(rule, within=within, priority=None)


def random_rule(rng, layer, within):
    return Evenness(what=some_duties(rng), over=rng.choice(["fellows", "halves", "quarters"]), within=within,
                    during=some_slots(rng, layer), who=some_people(rng, layer),
                    tally=rng.choice([None, "burden", "unknown"]), priority="evenness")


def test_solver_and_checker_agree_on_the_measure():
    agree(lambda rng, layer: random_rule(rng, layer, None), seeds=150)


def test_solver_and_checker_agree_on_how_even_is_even_enough():
    agree(lambda rng, layer: random_rule(rng, layer, rng.randint(0, 2)), seeds=150)


def difference(rule, drawn):
    """The measure's value, on which solver and checker agree."""
    assert_agrees(rule, drawn)
    (name, value), = rule.measures(drawn)
    assert name == "difference"
    return value


@pytest.mark.parametrize("rows, value", [
    ("A: Ward Ward\nB: Ward Ward", 0),
    ("A: Ward Ward Ward\nB: Ward Clinic Clinic", 2),
    ("A: Ward Clinic Clinic\nB: Ward Ward Clinic", 1),
    ("A: Clinic Clinic\nB: Clinic -", 0),
    ("A: Ward Ward Ward\nB: Clinic Clinic Clinic\nC: Ward Clinic Clinic", 3),           # most less least of three
    ("A: Ward Ward Clinic\nB: Ward Clinic Clinic\nC: Ward Clinic Clinic\nD: Ward Ward Clinic", 1),
    ("A: Ward Ward Ward", 0),                                                # alone, a fellow is even
])
def test_over_fellows(rows, value):
    assert difference(WARD, picture(rows)) == value


@pytest.mark.parametrize("rule, row, value", [
    (HALVES, "Ward Clinic Ward Clinic", 0),
    (HALVES, "Ward Ward Clinic Clinic", 2),
    (HALVES, "Clinic Clinic Ward Clinic", 1),
    (HALVES, "Clinic Clinic Ward Clinic Ward", 0),                           # five: the first half has three
    (HALVES, "Clinic Clinic Clinic Ward Ward", 2),
    (HALVES, "Ward Ward Ward Clinic Clinic", 3),
    (HALVES, "Ward", 1),
    (QUARTERS, "Ward Ward Ward Ward", 0),
    (QUARTERS, "Ward Ward Clinic Ward", 1),
    (QUARTERS, "Ward Ward Clinic Clinic Clinic Clinic Clinic Clinic", 2),
    (QUARTERS, "Clinic Ward Ward Clinic Clinic Clinic Clinic Clinic", 1),
    (QUARTERS, "Clinic Clinic Clinic Clinic Clinic Clinic Ward Ward", 2),
    (QUARTERS, "Ward Ward Ward Clinic Clinic", 2),                           # five: two in the first, then one each
    (QUARTERS, "Ward Clinic Ward Ward Clinic Ward", 0),                      # six: 2 + 1, 2 + 1
    (QUARTERS, "Clinic Clinic Clinic Ward Ward Clinic", 2),
    (QUARTERS, "Ward Ward", 1),
])
def test_over_parts_of_the_year(rule, row, value):
    assert difference(rule, picture(f"A: {row}")) == value


def test_parts_are_added_up_over_fellows():
    assert difference(HALVES, picture("A: Ward Ward Clinic Clinic\nB: Ward Ward Ward Clinic\nC: Ward - - Ward")) == 3
    assert difference(QUARTERS, picture("A: Ward Clinic Clinic Clinic\nB: - - - -\nC: Ward Ward - -")) == 2


def test_only_these_dates_count():
    holidays = Window("holidays", frozenset({0, 3}))
    drawn = picture("A: Ward Clinic Clinic Ward\nB: Clinic Ward Ward Clinic")
    assert difference(WARD, drawn) == 0
    assert difference(replace(WARD, during=holidays), drawn) == 2
    assert difference(replace(HALVES, during=holidays), drawn) == 0
    assert difference(replace(HALVES, during=Window("July", frozenset({0, 1}))), drawn) == 2
    assert difference(replace(QUARTERS, during=holidays), drawn) == 1


def test_several_rotations_are_taken_together():
    both = replace(WARD, what=Selection.of("Ward", "Nights"))
    assert difference(both, picture("A: Ward Nights\nB: Nights Ward")) == 0
    assert difference(both, picture("A: Ward+Nights Clinic\nB: Nights Ward", exclusive=False)) == 1


def test_only_these_fellows_are_compared():
    drawn = picture("A: Ward Ward Ward\nB: Clinic Ward Ward\nC: Clinic Clinic Clinic")
    seniors = Group("seniors", frozenset({"A", "B"}))
    assert difference(WARD, drawn) == 3
    assert difference(replace(WARD, who=seniors), drawn) == 1
    assert difference(replace(HALVES, who=seniors), picture("A: Ward Clinic\nB: Clinic Clinic\nC: Ward Clinic")) == 1
    assert difference(replace(WARD, who=Group("nobody", frozenset())), drawn) == 0


def test_who_is_not_here_all_year_is_left_out():
    drawn = "A: Ward Ward Ward Ward\nB: Ward Ward Ward Clinic\nC: Clinic Clinic Clinic -"
    here = {"C": frozenset({0, 1, 2}), "B": frozenset({0, 1, 2, 3})}
    assert difference(WARD, picture(drawn)) == 4
    assert difference(WARD, picture(drawn, here=here)) == 1
    assert difference(HALVES, picture("A: Ward Clinic\nB: Ward -", here={"B": frozenset({0})})) == 1
    assert judged(must(0), picture(drawn, here=here)) == (
        1, ["Ward is uneven: A 4, B 3; a difference of at most 0 is allowed. Not here all year, so left out: C."])
    seniors = replace(must(0), who=Group("seniors", frozenset({"A", "B"})))
    assert judged(seniors, picture(drawn, here=here)) == (
        1, ["Ward is uneven: A 4, B 3; a difference of at most 0 is allowed."])
    gone = picture("A: Ward -\nB: - Clinic", here={"A": frozenset({0}), "B": frozenset({1})})
    assert difference(WARD, gone) == 0


def tallied(drawn, **last):
    """The same picture, some people with a tally from last year."""
    people = tuple(replace(p, tally={"nights": last[p.id], "other": 9} if p.id in last else {}) for p in drawn.people)
    return Schedule(replace(drawn.layer, people=people), drawn.cells)


def test_last_years_tally_is_carried_over():
    rule = replace(WARD, tally="nights")
    drawn = picture("A: Ward Ward\nB: Clinic Clinic\nC: Ward Clinic")
    assert difference(rule, drawn) == 2
    assert difference(rule, tallied(drawn, B=2, C=1)) == 0
    assert difference(rule, tallied(drawn, A=1, B=2)) == 2
    assert difference(WARD, tallied(drawn, B=2, C=1)) == 2                   # unless nobody says so
    assert difference(rule, tallied(picture("A: Ward Ward\nB: Clinic Clinic"), A=3, B=1)) == 4
    assert difference(replace(HALVES, tally="nights"), tallied(drawn, B=9)) == 1        # last year has no halves
    assert judged(replace(rule, within=1, priority=None), tallied(drawn, A=1, B=1)) == (
        1, ["Ward is uneven: A 3 (1 carried over), B 1 (1 carried over), C 1; a difference of at most 1 is allowed."])


@pytest.mark.parametrize("within, short, expected", [
    (3, 0, []),
    (2, 0, []),
    (1, 1, ["Ward is uneven: A 3, B 1; a difference of at most 1 is allowed."]),
    (0, 2, ["Ward is uneven: A 3, B 1; a difference of at most 0 is allowed."]),
])
def test_how_even_is_even_enough(within, short, expected):
    drawn = picture("A: Ward Ward Ward\nB: Ward Clinic Clinic")
    assert judged(must(within), drawn) == (short, expected)
    three = picture("A: Ward Ward Ward\nB: Ward Clinic Clinic\nC: Ward Ward -")
    assert judged(must(within), three)[0] == short


def test_even_enough_in_each_part_of_the_year_for_each_fellow():
    drawn = picture("A: Ward Ward Clinic Clinic\nB: Ward Ward Ward Ward\nC: Clinic Clinic Ward Clinic")
    assert judged(must(2, HALVES), drawn) == (0, [])
    assert judged(must(1, HALVES), drawn) == (
        1, ["Ward of A is uneven: first half 2, second half 0; a difference of at most 1 is allowed."])
    assert judged(must(0, QUARTERS), drawn) == (2, [
        "Ward of A is uneven: first quarter 1, second quarter 1, third quarter 0, fourth quarter 0; a difference of at "
        "most 0 is allowed.",
        "Ward of C is uneven: first quarter 0, second quarter 0, third quarter 1, fourth quarter 0; a difference of at "
        "most 0 is allowed."])
    july = replace(must(0, HALVES), during=Window("July", frozenset({0, 1})))
    assert judged(july, picture("A: Ward Clinic Ward Ward\nB: - - - Ward", here={"B": frozenset({3})})) == (
        1, ["Ward during July of A is uneven: first half 1, second half 0; a difference of at most 0 is allowed."])


def test_two_fellows_of_one_name_are_two():
    drawn = picture("A: Ward Ward Ward\nB: Ward Clinic Clinic\nC: Clinic Clinic Clinic")
    people = tuple(replace(p, name="Sam") for p in drawn.people)
    assert difference(WARD, Schedule(replace(drawn.layer, people=people), drawn.cells)) == 3


def test_whom_it_names():
    drawn = picture("A: Ward Ward\nB: Clinic Clinic\nC: Ward -", here={"C": frozenset({0})})
    assert named(must(1), drawn) == ([("A B", ())], [("A B", ())])
    three = picture("A: Ward Ward\nB: Clinic Clinic\nC: Ward Clinic")
    assert named(must(1), three) == ([("A B C", ())], [("A B C", ())])
    assert named(must(0, HALVES), three) == ([("C", ())], [("C", ())])


def test_it_is_a_measure_unless_it_says_how_even():
    assert WARD.measured and not must(0).measured and not must(2).measured
    uneven = picture("A: Ward\nB: Clinic")
    assert list(WARD.check(uneven)) == [] and list(must(0).measures(uneven)) == []


@pytest.mark.parametrize("number, value", [(2, 1), (3, 1), (4, 1)])
def test_the_solver_makes_it_small(number, value):
    """Seven periods of Ward over two, three or four fellows: one apart, however they are dealt."""
    drawn = picture("\n".join(f"{'ABCD'[n]}: - - - - - - -" for n in range(number)))
    rules = (OneDuty(what=Selection.of("Ward", "Clinic")), WARD,
             Staffing(what=Selection.of("Ward"), at_least=1, at_most=1))
    outcome = solve([drawn.layer], rules, ("evenness",))
    assert (outcome.status, [t.value for t in outcome.tiers]) == ("optimal", [value])


def test_the_solver_spreads_over_quarters_and_keeps_within():
    drawn = picture("A: - - - - - - - -")
    six = Requirement(what=Selection.of("Ward"), at_least=6, at_most=6)
    outcome = solve([drawn.layer], (OneDuty(what=Selection.of("Ward", "Clinic")), six, QUARTERS), ("evenness",))
    assert [t.value for t in outcome.tiers] == [1]
    assert solve([drawn.layer], (OneDuty(what=Selection.of("Ward", "Clinic")), six, must(0, QUARTERS)), ()).status == (
        "impossible")


def test_sentence():
    assert WARD.sentence == "Ward is shared evenly over fellows."
    full = replace(must(2), during=Window("holidays", frozenset({0})), who=Group("seniors", frozenset()),
                   tally="nights")
    assert full.sentence == (
        "Ward during holidays of seniors is shared evenly over fellows, within 2, last year's tally carried over.")
    assert HALVES.sentence == "Ward is shared evenly over halves."
