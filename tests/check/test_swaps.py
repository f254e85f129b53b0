"""Trades: each kind on a year drawn by hand; every offer made and judged; every one not offered shown to break a rule.
"""

from itertools import product

import pytest

from constraints import Forbidden, MaxInARow, RankedRequests, Requirement, Staffing, WhoMay
from constraints.ranked_requests import WishFor
from scheduler.check.consequences import consequences, in_plain_words
from scheduler.check.duty_times import judge_year
from scheduler.check.swaps import swaps
from scheduler.check.trades import below, changed, in_words, trades
from scheduler.domain.words import Group, Many
from scheduler.io.program_file import read_program
from tests.check.trade_programs import by_hand, drawn, layered, one
from tests.examples.solved import result as example


def never(who, what):
    return Forbidden(what=one(what), who=Group(who, frozenset({who})))


def made(schedule, offer):
    return drawn(changed(schedule, offer.new))


# -- the kinds, by hand

def test_two_in_the_same_week():
    program, year = by_hand("XZ YZ")
    offer, = swaps(program, year, year.people[0], "rotations", [0]).possible
    assert made(year, offer) == "YZ XZ"
    assert in_words(offer.trade, year) == "Ben does X and Ada does Y in the week of 6 July."
    assert (offer.cells, offer.effects.loses, in_plain_words(offer.effects)) == (2, False, [])


def test_two_in_two_weeks_keep_their_amounts():
    """Each owes one week of X: Ada can only give hers away if she gets Ben's."""
    program, year = by_hand("XZY YZX", Requirement(what=one("X"), at_least=1, at_most=1))
    found = swaps(program, year, year.people[0], "rotations", [0])
    assert [made(year, o) for o in found.possible] == ["YZX XZY"]
    assert found.possible[0].trade.back == (2,)
    assert [(o.trade.kind, o.forbidden[1]) for o in found.impossible] == [
        ("same", "Ada has 0 weeks of X; 1 week required.")]
    assert in_words(found.possible[0].trade, year) == (
        "Ben does X and Ada does Y in the week of 6 July; Ada does X and Ben does Y in the week of 20 July.")


def test_three_where_no_two_can():
    program, year = by_hand("X Y Z", never("ada", "Y"), never("ben", "Z"), never("cleo", "X"))
    found = swaps(program, year, year.people[0], "rotations", [0])
    assert [made(year, o) for o in found.possible] == ["Z X Y"]
    assert in_words(found.possible[0].trade, year) == (
        "Ben does X, Cleo does Y and Ada does Z in the week of 6 July.")
    assert len(found.impossible) == 3


def test_several_weeks_at_once():
    program, year = by_hand("XXZZ YYZZ", MaxInARow(what=one("X"), limit=Many(2)))
    offer, = swaps(program, year, year.people[0], "rotations", [0, 1]).possible
    assert made(year, offer) == "YYZZ XXZZ"


def test_only_with_one_partner():
    program, year = by_hand("X Y Z")
    found = swaps(program, year, year.people[0], "rotations", [0], partner=year.people[2])
    assert {made(year, o) for o in found.possible} == {"Z Y X", "Z X Y", "Y Z X"}


def test_who_is_alike_trades_nothing():
    program, year = by_hand("X X")
    found = swaps(program, year, year.people[0], "rotations", [0])
    assert (found.possible, found.impossible) == ((), ())


# -- what it costs

def wishes(*asked):
    return RankedRequests(priority="wishes", wishes_for=tuple(
        WishFor(who, "Timing", f"{what} in week {week + 1}", 1, one(what), frozenset({week})) for who, what, week in
        asked))


def test_nothing_lost_comes_first_and_losses_are_told():
    program, year = by_hand("X Y Z", wishes(("ben", "Y", 0)), priorities=("wishes",))
    found = swaps(program, year, year.people[0], "rotations", [0])
    assert made(year, found.possible[0]) == "Z Y X"
    assert [o.effects.loses for o in found.possible] == [False, True, True, True]
    assert in_plain_words(found.possible[1].effects) == [
        "Ben’s request for Y in week 1 (8 points) would no longer be granted.",
        "“wishes: worst-off fellow” goes from 0 to 8: worse.",
        "“wishes: points not granted” goes from 0 to 8: worse."]


def test_what_was_wrong_before_is_not_held_against_a_trade():
    """Week 2 breaks a rule with or without it; moving Ada's shortage to Ben is new."""
    program, year = by_hand("XZ YZ", Staffing(what=one("Z"), at_most=1))
    assert len(swaps(program, year, year.people[0], "rotations", [0]).possible) == 1
    program, year = by_hand("XZ YZ", Requirement(what=one("Y"), at_least=1))
    assert [o.forbidden[1] for o in swaps(program, year, year.people[0], "rotations", [0]).impossible] == [
        "Ben has 0 weeks of Y; 1 week required."]


def test_a_limit_says_what_was_not_tried():
    program, year = by_hand("X Y Z")
    people = year.people
    assert (len(trades(year, people[0], [0])), swaps(program, year, people[0], "rotations", [0]).untried) == (4, 0)
    assert swaps(program, year, people[0], "rotations", [0], most=3).untried == 1
    assert swaps(program, year, people[0], "rotations", [0], most_possible=1).untried == 3


def test_work_hours_forbid(tmp_path):
    """The ward is 98 hours a week; whoever gets it newly breaks the limit."""
    path = tmp_path / "program.yaml"
    path.write_text("""program: Hours
year: {start: 2026-07-06, end: 2026-07-19, period: week}
fellows: [{name: Ada}, {name: Ben}]
rotations: [{name: Office, base: true}, {name: Ward, hours: {Monday to Sunday: "06:00-20:00"}}]
work hours: ACGME
""", encoding="utf-8")
    program = read_program(path)
    year = by_hand("WO OO")[1]
    cells = {p: {s: ({"W": "Ward", "O": "Office"}[d[0]],) for s, d in row.items()} for p, row in year.cells.items()}
    schedule = type(year)(program.layer(), cells)
    found = swaps(program, schedule, schedule.people[0], "rotations", [0])
    assert not found.possible
    assert found.impossible[0].forbidden[0] is None
    assert "Ben" in found.impossible[0].forbidden[1]


def test_who_may_do_it_is_asked_too():
    seniors = Group("seniors", frozenset({"ada"}))
    program, year = by_hand("X Y", WhoMay(what=one("X"), only=seniors))
    assert [o.forbidden[1] for o in swaps(program, year, year.people[0], "rotations", [0]).impossible] == [
        "Ben is on X in the week of 6 July; only seniors may."]


# -- every offer is good, and everything else is not

@pytest.fixture(scope="module")
def year(tmp_path_factory):
    return layered(tmp_path_factory.mktemp("layered"))


def test_every_offer_of_the_tiny_example_is_judged_again():
    made_ = example("tiny")
    program, schedule = made_.program, made_.schedule
    offered, before = 0, judge_year(program, schedule)
    for person, slot in product(schedule.people, schedule.layer.slots):
        for offer in swaps(program, schedule, person, "rotations", [slot]).possible:
            after = judge_year(program, changed(schedule, offer.new))
            assert after.ok
            assert consequences(before, after) == offer.effects
            offered += 1
    assert offered > 20


def test_what_the_tiny_example_does_not_offer_breaks_a_rule():
    """Every exchange of two in one week, by hand: those that keep the rules are exactly the ones offered."""
    made_ = example("tiny")
    program, schedule = made_.program, made_.schedule
    for person, slot in product(schedule.people, schedule.layer.slots):
        offered = {o.trade.people[1].id for o in swaps(program, schedule, person, "rotations", [slot]).possible
                   if o.trade.kind == "same"}
        fine = set()
        for other in schedule.people:
            mine, theirs = schedule.at(person, slot), schedule.at(other, slot)
            both = schedule.changed(person.id, slot, theirs).changed(other.id, slot, mine)
            if mine != theirs and judge_year(program, both).ok:
                fine.add(other.id)
        assert offered == fine


def test_every_offer_with_layers_below(year):
    before, ways = judge_year(year.program, year.schedule), set()
    for person, slot in product(year.schedule.people, range(1, 5)):
        for offer in swaps(year.program, year.schedule, person, "rotations", [slot]).possible:
            after = judge_year(year.program, changed(year.schedule, offer.new))
            assert after.ok
            assert consequences(before, after) == offer.effects
            ways |= set(offer.ways.items())
    assert {("call", "along"), ("half-days", "stay")} <= ways


def test_what_is_not_offered_with_layers_below_breaks_a_rule_in_every_way(year):
    """Two in one week, with each layer below going along or staying: nothing that keeps the rules is left out."""
    program, schedule = year.program, year.schedule
    lost = 0
    for person, slot in product(schedule.people, range(2, 6)):
        found = swaps(program, schedule, person, "rotations", [slot])
        for offer in (o for o in found.impossible if o.trade.kind == "same"):
            lower = [(name, list(below(offer.trade, layer).values())) for name, layer in schedule.beside.items()]
            for choice in product(*(news for _, news in lower)):
                new = {"rotations": offer.trade.new(schedule),
                       **{name: cells for (name, _), cells in zip(lower, choice, strict=True)}}
                assert not judge_year(program, changed(schedule, new)).ok
            lost += 1
    assert lost > 5


@pytest.mark.parametrize("layer", ["half-days", "call", "conferences"])
def test_every_offer_below_the_week(year, layer):
    lower = year.schedule.beside[layer]
    offered = 0
    for person in lower.people:
        for slot in sorted(lower.cells.get(person.id, {}))[:3]:
            found = swaps(year.program, year.schedule, person, layer, [slot])
            for offer in found.possible[:10]:
                assert list(offer.new) == [layer]
                assert judge_year(year.program, changed(year.schedule, offer.new)).ok
                offered += 1
    assert offered
