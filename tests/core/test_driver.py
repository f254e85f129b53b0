"""The driver: tiers in order, proofs, limits, hints, and what happens when there is no schedule."""

from dataclasses import replace

from constraints import MaxInARow, OneDuty, Requirement, Staffing
from scheduler.check.judge import judge
from scheduler.domain.layer import Layer, Person
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Many, Selection
from scheduler.solve import driver
from scheduler.solve.driver import solve
from scheduler.solve.settings import Settings
from scheduler.year import compare
from tests.sample import sample_program

DUTIES = ("Ward", "Clinic")
one = Selection.of
BASE = OneDuty(what=Selection("any duty", frozenset(DUTIES)))


def layer(people=2, slots=6):
    return Layer("rotations", tuple(Person(f"p{n}", f"Fellow {n}") for n in range(people)), range(slots), DUTIES)


def test_tiers_are_solved_in_order_and_the_first_wins():
    shape = layer(people=1)
    much = Requirement(what=one("Ward"), at_least=6, priority="first")
    little = Requirement(what=one("Clinic"), at_least=6, priority="second")
    for order, values in ((("first", "second"), [0, 6]), (("second", "first"), [0, 6])):
        outcome = solve([shape], (BASE, much, little), order)
        assert outcome.status == "optimal"
        assert [t.value for t in outcome.tiers] == values
        assert [t.bound for t in outcome.tiers] == values
        duty = "Ward" if order[0] == "first" else "Clinic"
        assert set(outcome.cells["rotations"]["p0"].values()) == {(duty,)}


def test_a_broken_preference_counts_what_the_checker_counts():
    shape = layer(people=1)
    rules = (BASE, Requirement(what=one("Ward"), at_least=6),
             MaxInARow(what=one("Ward"), limit=Many(2), priority="comfort", points=3))
    outcome = solve([shape], rules, ("comfort",))
    assert [t.value for t in outcome.tiers] == [12]                  # 6 in a row, 2 allowed: 4 windows of 3 points
    schedule = Schedule(shape, outcome.cells["rotations"])
    assert [t.value for t in judge(rules, ("comfort",), schedule).tiers] == [12]
    assert compare(outcome, judge(rules, ("comfort",), schedule)) == ()


def test_a_disagreement_is_seen():
    shape = layer(people=1)
    rules = (BASE, MaxInARow(what=one("Ward"), limit=Many(2), priority="comfort"))
    outcome = solve([shape], rules, ("comfort",))
    ward = Schedule(shape, {"p0": dict.fromkeys(shape.slots, ("Ward",))})
    found = compare(outcome, judge(rules, ("comfort",), ward))
    assert [line for line in found if "the solver says 0, the checker 4" in line]


def test_impossible_is_impossible():
    rules = (BASE, Staffing(what=one("Ward"), at_least=2), Requirement(what=one("Clinic"), at_least=1))
    assert solve([layer()], rules, ()).status == "impossible"
    assert solve([layer()], (*rules, Staffing(what=one("Ward"), at_least=3)), ()).status == "impossible"


def test_no_time_is_not_impossible():
    program = sample_program()
    outcome = solve([program.layer()], program.rules, program.priorities, Settings(seconds=0.001))
    assert outcome.status in ("unknown", "feasible")
    assert outcome.status == "feasible" or outcome.cells is None


def test_the_same_seed_gives_the_same_year():
    program = sample_program()
    years = [solve([program.layer()], program.rules, program.priorities, Settings(seed=7)).cells for _ in range(2)]
    assert years[0] == years[1]


def test_order_of_facts_changes_no_proven_value():
    program = sample_program()
    turned = replace(program, people=program.people[::-1], rotations=program.rotations[::-1], rules=program.rules[::-1])
    values = [[(t.name, t.value, t.bound) for t in solve([p.layer()], p.rules, p.priorities).tiers]
              for p in (program, turned)]
    assert values[0] == values[1]


def test_decided_layers_are_numbers_and_other_layers_can_see_them():
    shape = layer(people=1, slots=3)
    decided = Schedule(shape, {"p0": {0: ("Ward",), 1: ("Ward",), 2: ("Clinic",)}})
    other = Layer("other", shape.people, range(3), DUTIES)
    outcome = solve([other], (), (), given={"rotations": decided})
    assert outcome.status == "optimal"
    assert outcome.cells["rotations"] == {"p0": {0: ("Ward",), 1: ("Ward",), 2: ("Clinic",)}}


def test_a_hint_is_taken():
    program = sample_program()
    first = solve([program.layer()], program.rules, program.priorities, Settings(seed=5))
    again = solve([program.layer()], program.rules, program.priorities, hint=first.cells)
    assert again.status == "optimal"
    assert again.cells == first.cells


def test_a_tier_held_at_one_may_count_larger_numbers():
    """Counts are no 0/1 variables: a sum of them held at 1 is a sum, not a choice."""
    from constraints import OneDuty, RankedRequests, Requirement, Staffing
    from constraints.ranked_requests import WishFor
    from scheduler.domain.layer import Layer, Person
    from scheduler.domain.words import Group, Selection

    ward = Selection.of("Ward")
    layer = Layer("rotations", (Person("a", "A"), Person("b", "B")), range(3), ("Ward", "Clinic"))
    wish = WishFor("a", "Timing", "", 1, ward, frozenset({0}))
    rules = [OneDuty(what=Selection.of("Ward", "Clinic")),
             Requirement(what=ward, at_least=1, who=Group("A", frozenset({"a"}))),
             Staffing(what=ward, at_most=0, priority="calm"), RankedRequests(wishes_for=(wish,), priority="late")]
    outcome = solve([layer], rules, ("calm", "late"))
    assert outcome.status == "optimal"
    assert [t.value for t in outcome.tiers] == [1, 0, 0]


def test_an_earlier_year_that_is_as_good_stays_as_it_is():
    """Nobody's week is changed for nothing; with and without anything to make better."""
    shape = layer()
    rules = (BASE, Staffing(what=one("Ward"), at_least=1, at_most=1))
    even = Requirement(what=one("Ward"), at_least=3, priority="even")
    earlier = {"rotations": {"p0": {s: ("Ward" if s in (1, 2, 4) else "Clinic",) for s in range(6)},
                             "p1": {s: ("Clinic" if s in (1, 2, 4) else "Ward",) for s in range(6)}}}
    for seed in range(3):
        for more in ((), (even,)):
            outcome = solve([shape], (*rules, *more), ("even",), Settings(seed=seed), hint=earlier)
            assert outcome.status == "optimal" and outcome.cells == earlier
    worse = {"rotations": {"p0": dict.fromkeys(range(6), ("Ward",)), "p1": dict.fromkeys(range(6), ("Clinic",))}}
    outcome = solve([shape], (*rules, even), ("even",), hint=worse)
    assert [t.value for t in outcome.tiers] == [0] and outcome.cells != worse


def test_an_earlier_year_says_of_every_stage_how_good_it_is(monkeypatch):
    """Its helpers are made to, or a later stage would begin from something worse than what is at hand."""
    begun = []
    monkeypatch.setattr(driver._Run, "stage", lambda run, stage: begun.append(stage.cost.value(run.values)))
    shape = layer(people=1)
    rules = (BASE, Requirement(what=one("Ward"), at_least=4, priority="first"),
             MaxInARow(what=one("Ward"), limit=Many(2), priority="second"))
    driver.solve([shape], rules, ("first", "second"),
                 hint={"rotations": {"p0": {s: ("Clinic" if s == 3 else "Ward",) for s in range(6)}}})
    assert begun == [0, 1]
