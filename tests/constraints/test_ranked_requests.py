"""Requests by rank, with equal influence for everyone."""

import pytest

from constraints.forbidden import Forbidden
from constraints.one_duty import OneDuty
from constraints.ranked_requests import POINTS, RankedRequests, WishFor
from constraints.staffing import Staffing
from scheduler.domain.layer import Layer, Person
from scheduler.domain.words import Selection, Window
from scheduler.solve.driver import solve
from tests.agreement import agree, assert_agrees, picture, some_duties


def wish(person, rank, what, slots, mode="any", kind="Timing"):
    """``wish("A", 1, "Ward", (0, 1))``: the first wish of A is Ward in slot 0 or 1."""
    return WishFor(person, kind, f"{what} in {slots}", rank, Selection.of(*what.split("+")), frozenset(slots), mode)


def off(person, rank, *slots):
    """A vacation, all of these slots."""
    return wish(person, rank, "Vacation", slots, "all", "Vacation")


def asked(*wishes, **options):
    """The rule, in its tier."""
    return RankedRequests(wishes_for=wishes, priority="wishes", **options)


def losses(rule, drawn):
    """(largest loss of a fellow, all losses), on which solver and checker agree."""
    assert_agrees(rule, drawn)
    (first, worst), (second, total) = rule.measures(drawn)
    assert (first, second) == ("worst-off fellow", "points not granted")
    return worst, total


def random_rule(rng, layer):
    kinds = ("Vacation", "Elective", "Timing")
    people = [*(p.id for p in layer.people), "gone"]
    wishes = tuple(WishFor(rng.choice(people), rng.choice(kinds), "", rng.randint(1, 6), some_duties(rng),
                           frozenset(s for s in layer.slots if rng.random() < 0.3), rng.choice(["any", "all", "none"]))
                   for _ in range(rng.randint(0, 8)))
    return asked(*wishes, most=tuple((kind, rng.randint(0, 3)) for kind in kinds if rng.random() < 0.5))


def test_solver_and_checker_agree():
    agree(random_rule, seeds=120)


@pytest.mark.parametrize("mode, slots, granted, refused", [
    ("any", (1, 2), ["Clinic Ward Clinic", "Clinic Clinic Ward", "Clinic Ward Ward"],
     ["Ward Clinic Clinic", "Clinic Clinic Clinic", "- - -"]),
    ("all", (1, 2), ["Clinic Ward Ward", "Ward Ward Ward"], ["Ward Ward Clinic", "Ward Clinic Ward", "- - Ward"]),
    ("none", (1, 2), ["Ward Clinic Clinic", "Ward - -"], ["Clinic Ward Clinic", "Clinic Clinic Ward",
                                                          "Ward Ward Ward"]),
])
def test_any_all_or_none_of_the_slots(mode, slots, granted, refused):
    rule = asked(wish("A", 1, "Ward", slots, mode))
    for row in granted:
        assert losses(rule, picture(f"A: {row}")) == (0, 0)
    for row in refused:
        assert losses(rule, picture(f"A: {row}")) == (8, 8)


def test_one_of_several_duties_is_enough():
    rule = asked(wish("A", 1, "Ward+Nights", (0, 1), "all"))
    assert losses(rule, picture("A: Ward Nights")) == (0, 0)
    assert losses(rule, picture("A: Ward+Nights Nights", exclusive=False)) == (0, 0)
    assert losses(rule, picture("A: Ward Clinic")) == (8, 8)


def test_leave_taken_inside_a_rotation_is_granted_too():
    rule = asked(off("A", 1, 0))
    assert losses(rule, picture("A: Clinic+Vacation Ward", exclusive=False)) == (0, 0)
    assert losses(rule, picture("A: Clinic Clinic+Vacation", exclusive=False)) == (8, 8)


def test_the_same_purse_for_everyone():
    assert POINTS == (8, 5, 3, 2, 1)
    rule = asked(*(wish("A", rank, "Ward", (rank - 1,)) for rank in range(1, 9)))
    assert [rule.worth(rank) for rank in range(1, 9)] == [8, 5, 3, 2, 1, 0, 0, 0]
    assert rule.best("A") == 19                                             # who lists eight has no more than this
    assert losses(rule, picture("A: Ward Clinic Ward Ward Ward Ward Ward Ward")) == (5, 5)
    assert losses(rule, picture("A: Ward Ward Ward Ward Ward Clinic Clinic Clinic")) == (0, 0)
    assert losses(rule, picture("A: Clinic Clinic Clinic Clinic Clinic Ward Ward Ward")) == (19, 19)
    assert RankedRequests(table=(4, 1)).worth(2) == 1
    assert RankedRequests(table=(4, 1)).worth(3) == 0


def test_each_kind_has_a_purse_of_its_own():
    rule = asked(off("A", 1, 0), wish("A", 1, "Ward", (1,)), wish("A", 2, "Ward", (2,)))
    assert rule.best("A") == 8 + 8 + 5
    assert losses(rule, picture("A: Vacation Clinic Ward")) == (8, 8)
    assert losses(rule, picture("A: Clinic Ward Clinic")) == (13, 13)


def test_the_worst_off_fellow_comes_first_then_everyone():
    rule = asked(off("A", 1, 0), off("A", 2, 1), off("B", 1, 0), off("B", 2, 2), off("C", 1, 3))
    drawn = picture("A: Vacation Ward Ward Ward\nB: Ward Ward Vacation Ward\nC: Ward Ward Ward Vacation\nD: - - - -")
    assert losses(rule, drawn) == (8, 13)
    assert losses(rule, picture("A: Vacation Vacation Ward Ward\nB: Ward Ward Ward Ward\nC: Ward Ward Ward Vacation")
                  ) == (13, 13)


def test_only_so_many_periods_can_be_granted():
    three = [off("A", 1, 0), off("A", 2, 1), off("A", 3, 2)]
    assert asked(*three).best("A") == 16
    for most, best in ((0, 0), (1, 8), (2, 13), (3, 16), (4, 16)):
        rule = asked(*three, most=(("Vacation", most), ("Timing", 0)))
        assert rule.best("A") == best
    rule = asked(*three, most=(("Vacation", 2),))
    assert losses(rule, picture("A: Vacation Ward Vacation Ward")) == (2, 2)
    assert losses(rule, picture("A: Vacation Vacation Ward Ward")) == (0, 0)


def test_one_fellow_may_be_owed_more_or_less_than_the_others():
    wishes = [off(p, n + 1, n) for p in "ABC" for n in range(3)]
    rule = asked(*wishes, most=(("Vacation", 2), ("A", "Vacation", 3), ("B", "Vacation", 0), ("C", "Timing", 0)))
    assert [rule.best(p) for p in "ABC"] == [16, 0, 13]
    assert [asked(*wishes, most=(("A", "Vacation", 1),)).best(p) for p in "AB"] == [8, 16]


def test_long_vacations_take_their_length():
    def best(*wishes, most):
        return asked(*wishes, most=(("Vacation", most),)).best("A")
    fortnight, week, other = off("A", 1, 0, 1), off("A", 2, 5), off("A", 3, 6)
    assert best(fortnight, week, other, most=1) == 5                         # the fortnight does not fit
    assert best(fortnight, week, other, most=2) == 8
    assert best(off("A", 3, 0, 1), off("A", 2, 5), off("A", 1, 6), most=2) == 13
    assert best(fortnight, week, other, most=3) == 13
    assert best(fortnight, week, other, most=4) == 16
    assert best(off("A", 1, 0, 1), off("A", 2, 1, 2), most=3) == 13          # the week they share counts once
    assert best(off("A", 1, 0, 1), off("A", 2, 1, 2), most=2) == 8


def test_being_somewhere_at_any_time_takes_one_period_and_avoiding_none():
    any_ = [wish("A", 1, "Ward", (0, 1, 2)), wish("A", 2, "Nights", (0, 1, 2))]
    assert asked(*any_, most=(("Timing", 1),)).best("A") == 8
    assert asked(*any_, most=(("Timing", 2),)).best("A") == 13
    none = [wish("A", 1, "Ward", (0, 1), "none"), wish("A", 2, "Nights", (0, 1), "none")]
    assert asked(*none, most=(("Timing", 0),)).best("A") == 13


def test_more_than_the_best_is_no_gain_that_others_pay_with():
    rule = asked(off("A", 1, 0), off("A", 2, 1), off("B", 1, 0), most=(("Vacation", 1),))
    assert losses(rule, picture("A: Vacation Vacation\nB: Ward Ward")) == (8, 8)
    assert losses(rule, picture("A: Vacation Vacation\nB: Vacation Ward")) == (0, 0)
    five = asked(*(off("A", n + 1, n) for n in range(5)), off("B", 1, 0), most=(("Vacation", 4),))      # one point more
    assert losses(five, picture("A: Vacation Vacation Vacation Vacation Vacation\nB: - - - - -")) == (8, 8)


def test_a_fellow_who_is_not_here_then():
    late = picture("A: - Ward Vacation\nB: Vacation Ward Ward", here={"A": frozenset({1, 2})})
    rule = asked(off("A", 1, 0), off("A", 2, 2), wish("A", 1, "Ward", (0,), "none"), off("B", 1, 0))
    assert losses(rule, late) == (8, 8)
    assert [w.granted for w in rule.wishes(late)] == [False, True, True, True]


def test_a_fellow_who_is_not_in_the_program_counts_for_nothing():
    rule = asked(off("gone", 1, 0), off("A", 1, 0))
    drawn = picture("A: Vacation Ward")
    assert losses(rule, drawn) == (0, 0)
    assert [str(w.fellow) for w in rule.wishes(drawn)] == ["A"]
    assert losses(asked(), drawn) == (0, 0)


def test_every_wish_with_its_points_and_its_answer():
    rule = asked(off("A", 1, 1), wish("A", 2, "Ward+Nights", (2, 0)), wish("A", 7, "Ward", (1,), "none"))
    found = list(rule.wishes(picture("A: Clinic Vacation Clinic")))
    assert [(str(w.fellow), w.kind, w.text, w.rank, w.points, w.granted, w.slots, w.duty) for w in found] == [
        ("A", "Vacation", "Vacation in (1,)", 1, 8, True, (1,), "Vacation"),
        ("A", "Timing", "Ward+Nights in (2, 0)", 2, 5, False, (0, 2), "Ward or Nights"),
        ("A", "Timing", "Ward in (1,)", 7, 0, True, (1,), "Ward")]


def test_the_solver_shares_before_it_adds_up():
    # one at a time: A alone would have 8 + 5, but B wants the same two weeks; nobody may go without
    layer = Layer("rotations", (Person("A", "A"), Person("B", "B")), range(2), ("Clinic", "Vacation"))
    rules = (OneDuty(what=Selection.of("Clinic", "Vacation")), Staffing(what=Selection.of("Vacation"), at_most=1),
             asked(off("A", 1, 0), off("A", 2, 1), off("B", 1, 0), off("B", 2, 1)))
    outcome = solve([layer], rules, ("wishes",))
    assert (outcome.status, [t.value for t in outcome.tiers]) == ("optimal", [8, 13])


def test_a_longer_list_buys_no_influence():
    # A and B want slot 1; A lists eight more, of which the last four are refused: worth nothing, they change nothing
    layer = Layer("rotations", (Person("A", "A"), Person("B", "B")), range(9), ("Clinic", "Vacation"))
    closed = Window("spring", frozenset({5, 6, 7, 8}))
    rules = (OneDuty(what=Selection.of("Clinic", "Vacation")), Staffing(what=Selection.of("Vacation"), at_most=1),
             Forbidden(what=Selection.of("Vacation"), during=closed),
             asked(*(off("A", n + 1, n) for n in range(9)), off("B", 1, 0)))
    outcome = solve([layer], rules, ("wishes",))
    assert (outcome.status, [t.value for t in outcome.tiers]) == ("optimal", [8, 8])


def test_it_has_nothing_to_say_of_a_finished_schedule():
    rule = asked(off("A", 1, 0))
    assert rule.measured and not rule.large
    assert list(rule.check(picture("A: Ward"))) == []


def test_sentence():
    assert asked().sentence == "Requests are granted by rank, with equal influence for every fellow."
