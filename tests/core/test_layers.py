"""A year of several layers: planted failures below, the cuts that come back, and what is claimed of each layer."""

from dataclasses import replace

import pytest

from constraints import (
    Forbidden,
    FreeAfterCall,
    OneAtATime,
    OneDuty,
    Pinned,
    Requirement,
    SameHalfDays,
    Staffing,
    TakenFrom,
    Travel,
    WhoMay,
)
from scheduler.check.judge import judge
from scheduler.domain.days import WorkingWeek, half_days, nights
from scheduler.domain.layer import Layer, Person
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Group, Selection, Window
from scheduler.solve import layered
from scheduler.solve.driver import solve
from scheduler.solve.layered import ROUNDS, solve_layers
from scheduler.solve.room import rooms
from scheduler.year import compare
from tests.agreement import layer_of, small_year

one = Selection.of
PEOPLE = tuple(Person(c.lower(), f"Fellow {c}") for c in "ABCD")
DUTIES = ("Office", "Ward", "Nights")
BOTH = Group("A and B", frozenset({"a", "b"}))
HALF, CALL = {"layer_name": "half-days"}, {"layer_name": "call"}
CLINIC = one("Clinic")


def year(weeks=4, call=False, people=PEOPLE):
    """Four fellows, a few weeks of three rotations, a clinic of half-days on Mondays and Tuesdays, and a pager."""
    days = small_year(weeks)
    top = Layer("rotations", people, range(weeks), DUTIES, when=days.when)
    found = [top, layer_of(half_days(days, WorkingWeek((0, 1))), "half-days", people, ("Clinic", "Course"))]
    return [*found, layer_of(nights(days), "call", people, ("Pager",))] if call else found


def halves(layer, *of_week):
    """The half-days of every week with these numbers: 0 is Monday morning."""
    return Window("then", frozenset(s for s in layer.slots if s % 4 in of_week))


def base(layers):
    """Everyone is somewhere, and the clinic is taken from the office, one fellow at a time."""
    return [OneDuty(what=one(*DUTIES)), OneAtATime(what=one("Clinic", "Course")),
            TakenFrom(what=CLINIC, hosts=one("Office")), Staffing(what=CLINIC, at_most=1, **HALF)]


def planted(layers):
    """A and B each owe one clinic, and both can only on Monday mornings; both want their one office week first.

    The clinic is open on Monday and Tuesday mornings, so by the week there is room for two.
    """
    _, below = layers
    return [*base(layers), WhoMay(what=CLINIC, outside=halves(below, 0, 2), **HALF),
            Forbidden(what=CLINIC, who=BOTH, during=halves(below, 2), **HALF),
            Requirement(what=CLINIC, at_least=1, unit="half-days", who=BOTH, **HALF),
            Requirement(what=one("Office"), at_most=1, who=BOTH),
            Pinned(what=one("Office"), who=BOTH, during=Window("the first week", frozenset({0})), priority="wishes")]


def solved(layers, rules, priorities=("wishes",)):
    """The outcome, and its schedule if there is one: checked, and with the tier values that the checker finds."""
    outcome = solve_layers(layers, rules, priorities)
    if outcome.cells is None:
        return outcome, None
    schedule = Schedule.joined([(layer, outcome.cells[layer.name]) for layer in layers])
    assert compare(outcome, judge(rules, priorities, schedule)) == ()
    return outcome, schedule


# -- what counting cannot see


def test_by_the_week_there_is_room():
    layers = year()
    rules = planted(layers)
    first = solve(layers[:1], [*rules, *rooms(layers, rules)], ("wishes",))
    assert [t.value for t in first.tiers] == [0]                             # both in the first week
    assert solve(layers[1:], rules, (), given={"rotations": Schedule(layers[0], first.cells["rotations"])}
                 ).status == "impossible"


def test_the_cut_names_few_fellows_and_weeks_and_the_next_year_fits():
    layers = year()
    outcome, _ = solved(layers, planted(layers))
    assert outcome.status == "optimal"
    assert [t.value for t in outcome.tiers] == [1]                           # one of them waits
    assert len(outcome.cuts) == 1
    (cut,) = outcome.cuts
    assert {person for person, _, _ in cut.cells} == {"a", "b"}              # C and D have nothing to do with it
    assert sorted((p, s) for p, s, _ in cut.cells) == [(p, s) for p in "ab" for s in (1, 2, 3)]
    assert all(duties == {"Ward", "Nights"} for _, _, duties in cut.cells)   # the office would leave room


def test_the_cut_is_minimal():
    layers = year()
    rules = planted(layers)
    (cut,) = solved(layers, rules)[0].cuts
    cells = {p.id: {} for p in PEOPLE}
    for person, slot, duties in cut.cells:
        cells[person][slot] = (min(duties),)
    held = {(person, slot) for person, slot, _ in cut.cells}
    everything = {(p.id, s) for p in PEOPLE for s in layers[0].slots}

    def below(loose):
        return solve(layers[1:], rules, (), given={"rotations": Schedule(layers[0], cells)}, loose=sorted(loose)).status

    assert below(everything - held) == "impossible"
    for one_of_them in held:
        assert below(everything - held | {one_of_them}) == "optimal"


@pytest.mark.parametrize("weeks", [3, 5])
def test_the_rounds_are_bounded(weeks):
    """Three fellows with one half-day between them: they all must find weeks of their own, one cut after another."""
    layers = year(weeks)
    three = Group("A, B and C", frozenset({"a", "b", "c"}))
    rules = [replace(rule, who=three) if getattr(rule, "who", None) is BOTH else rule for rule in planted(layers)]
    outcome, schedule = solved(layers, rules)
    assert outcome.status == "optimal"
    assert 0 < len(outcome.cuts) < ROUNDS
    assert all(len({person for person, _, _ in cut.cells}) <= 3 for cut in outcome.cuts)
    used = [s for p in PEOPLE for s in schedule.beside["half-days"].slots_on(p, CLINIC) if p in three]
    assert len(set(used)) == len(used) == 3


def test_half_days_that_no_rotation_year_leaves_room_for():
    layers = year(weeks=3)
    rules = [rule for rule in planted(layers) if not isinstance(rule, Requirement | Pinned)]
    rules.append(Requirement(what=CLINIC, at_least=2, unit="half-days", who=BOTH, **HALF))
    outcome, _ = solved(layers, rules)                                       # four half-days, three Monday mornings
    assert outcome.status == "impossible"
    assert [cut.cells for cut in outcome.cuts] == [()]
    assert solve(layers[:1], [*rules, *rooms(layers, rules)], ()).status == "optimal"


def test_what_counting_sees_needs_no_cut():
    layers = year(weeks=3)
    short = Requirement(what=CLINIC, at_least=5, unit="half-days", **HALF)   # 20 of 12
    outcome, _ = solved(layers, [*base(layers), short])
    assert outcome.status == "impossible"
    assert outcome.cuts == ()


# -- call


def on_call(layers):
    """A must take Monday's call from the office, and would like the clinic on the mornings after."""
    _, below, night = layers
    mondays = Window("Mondays", frozenset(s for s in night.slots if s % 7 == 0))
    tuesdays = halves(below, 2, 3)
    return [*base(layers), OneAtATime(what=one("Pager"), **CALL),
            Staffing(what=one("Pager"), at_least=1, at_most=1, during=mondays, **CALL),
            WhoMay(what=one("Pager"), outside=mondays, **CALL),
            WhoMay(what=one("Pager"), only=Group("A", frozenset({"a"})), **CALL),
            TakenFrom(what=one("Pager"), hosts=one("Office"), **CALL),
            FreeAfterCall(what=one("Pager"), then=CLINIC, halves=1, **CALL),
            Requirement(what=CLINIC, at_least=1, unit="half-days", who=Group("A", frozenset({"a"})), **HALF),
            Forbidden(what=CLINIC, during=tuesdays, priority="comfort", **HALF),
            Pinned(what=CLINIC, who=Group("A", frozenset({"a"})), during=Window("a Tuesday", frozenset({2})),
                   priority="wishes", **HALF)]


def test_call_that_does_not_fit_the_half_days_is_solved_with_them():
    layers = year(call=True)
    rules = on_call(layers)
    top = solve(layers[:1], [*rules, *rooms(layers, rules)], ())
    given = {"rotations": Schedule(layers[0], top.cells["rotations"])}
    alone = solve(layers[1:2], rules, ("wishes", "comfort"), given=given)
    assert [t.value for t in alone.tiers] == [0, 1]                          # on the Tuesday morning
    given["half-days"] = Schedule(layers[1], alone.cells["half-days"], dict(given))
    assert solve(layers[2:], rules, (), given=given).status == "impossible"

    outcome, schedule = solved(layers, rules, ("wishes", "comfort"))
    assert outcome.status == "optimal"
    assert outcome.cuts == ()                                                # no rotation is at fault
    assert [(t.name, t.value) for t in outcome.tiers] == [
        ("wishes: pinned (half-days)", 1), ("comfort: forbidden (half-days)", 0)]
    a = PEOPLE[0]
    assert [s for s in schedule.beside["call"].slots_on(a, one("Pager")) if s % 7 == 0] == [0, 7, 14, 21]
    assert not {s for s in schedule.beside["half-days"].slots_on(a, CLINIC) if s % 4 == 2}


def test_call_with_nobody_to_carry_it_goes_back_as_a_cut_or_is_refused():
    layers = year(call=True)
    rules = [*on_call(layers), Requirement(what=one("Office"), at_most=3, who=Group("A", frozenset({"a"})))]
    outcome, _ = solved(layers, rules, ("wishes", "comfort"))
    assert outcome.status == "impossible"                                    # four Mondays, three weeks in the office


# -- what is claimed of each layer


def test_tiers_are_told_layer_by_layer():
    layers = year(call=True)
    rules = [*on_call(layers), Requirement(what=one("Ward"), at_least=3, priority="comfort"),
             SameHalfDays(what=CLINIC, priority="comfort"),
             Staffing(what=one("Pager"), at_least=2, during=Window("a Monday", frozenset({0})), priority="wishes",
                      **CALL)]
    outcome, schedule = solved(layers, rules, ("wishes", "comfort"))
    assert [(t.layer, t.name) for t in outcome.tiers] == [
        ("rotations", "comfort: requirement"), ("half-days", "wishes: pinned (half-days)"),
        ("half-days", "comfort: forbidden, half-days of the week (half-days)"), ("call", "wishes: staffing (call)")]
    assert all(t.proven and not t.given for t in outcome.tiers)
    assert set(outcome.cells) == {"rotations", "half-days", "call"}
    assert set(schedule.beside) == {"half-days", "call"}
    assert set(schedule.beside["half-days"].beside) == {"rotations"}
    assert set(schedule.beside["call"].beside) == {"rotations", "half-days"}


def test_the_tiers_of_the_rotation_year_do_not_depend_on_those_below():
    layers = year()
    wish = Requirement(what=one("Ward"), at_least=4, priority="wishes")
    rules = [*base(layers), wish, Requirement(what=CLINIC, at_least=4, unit="half-days", priority="clinics", **HALF)]
    for priorities in (("wishes", "clinics"), ("clinics", "wishes")):
        outcome, _ = solved(layers, rules, priorities)
        assert [(t.layer, t.value) for t in outcome.tiers] == [("rotations", 0), ("half-days", 16)]


def test_layers_without_rules_are_empty():
    layers = year(call=True)
    outcome, schedule = solved(layers, [OneDuty(what=one(*DUTIES))])
    assert outcome.status == "optimal"
    assert outcome.tiers == ()
    assert all(len(schedule.at(p, s)) == 1 for p in PEOPLE for s in layers[0].slots)


WEST = Travel(one="West", other="Main", sites=(("Office", ("West", "Main")), ("Clinic", ("West",)),
                                               ("Ward", ("West", "Main"))))
A = Group("A", frozenset({"a"}))


def travelling(layers):
    """Office and ward are at West in a fellow's first week there, then at Main; A's clinic is at West, and late."""
    return [*base(layers)[:2], WEST, WhoMay(what=one("Course"), layer_name="half-days"),
            TakenFrom(what=CLINIC, hosts=one("Office", "Ward")),
            Requirement(what=CLINIC, at_least=1, at_most=1, unit="half-days", who=A, **HALF),
            Forbidden(what=CLINIC, during=Window("the first week", frozenset(range(4))), **HALF),
            Pinned(what=one("Office"), who=A, during=Window("all year", frozenset({0, 1})), priority="wishes")]


def test_travel_is_found_below_and_the_room_then_knows():
    """The first year fails below; the second leaves whole days where the places are too far apart, and needs no cut."""
    layers = year(weeks=2)
    outcome, _ = solved(layers, travelling(layers))
    assert outcome.status == "optimal"
    assert [t.value for t in outcome.tiers] == [1]
    assert outcome.cuts == ()


def test_a_cut_does_not_mix_up_whose_turn_it_is():
    """Two weeks of the office cannot be, one of each can: the first week anywhere is at West."""
    layers = year(weeks=2)
    rules = [*travelling(layers), Forbidden(what=one("Nights"), who=A)]
    outcome, schedule = solved(layers, rules)
    assert outcome.status == "optimal"
    assert {schedule.at(PEOPLE[0], s) for s in (0, 1)} == {("Office",), ("Ward",)}


def test_a_year_that_does_not_fit_is_followed_by_another_as_good(monkeypatch):
    """First by another seed, and without the earlier year that it came from."""
    layers, asked = year(), []
    rules = (OneDuty(what=Selection("any duty", frozenset(DUTIES))),)
    fill, real = layered._fill, layered.solve

    def once(*told):
        return fill(*told) if len(asked) > 1 else layered._Failed((layers[1],))

    def solve_and_tell(found, *rest, **given):
        if found == [layers[0]]:
            asked.append((rest[2].seed, bool(given["hint"] and "rotations" in given["hint"])))
        return real(found, *rest, **given)

    monkeypatch.setattr(layered, "_fill", once)
    monkeypatch.setattr(layered, "solve", solve_and_tell)
    first = {"rotations": {p.id: dict.fromkeys(layers[0].slots, ("Ward",)) for p in PEOPLE}}
    assert solve_layers(layers, rules, (), hint=first).status == "optimal"
    assert asked == [(1, True), (2, False)]
