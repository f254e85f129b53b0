"""Why not: every kind of answer, on programs small enough to know it; and that it agrees with what reports say."""

from dataclasses import replace

import pytest

import scheduler.explain.asking as asking
import scheduler.explain.why as module
from constraints import AwayAtOnce, Pinned, Staffing
from scheduler.check.consequences import in_plain_words
from scheduler.check.duty_times import judge_year
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Group, Selection, Window
from scheduler.explain.asking import Asked, closed_by
from scheduler.explain.why import why
from scheduler.solve.driver import Outcome
from scheduler.solve.settings import Settings
from scheduler.year import NoSchedule, plan_year
from tests.check.trade_programs import by_hand, layered, one
from tests.examples.solved import result as example
from tests.explain.test_refused import WEEK_5, program

FAST = Settings(seconds=30)


def question(schedule, who, what, slots, *, wanted=True, layer="rotations"):
    year = schedule if layer == "rotations" else schedule.beside[layer]
    return Asked(person=year.layer.person(who), what=one(what), slots=frozenset(slots), when=year.dated(slots),
                 whole=layer == "rotations", wanted=wanted, layer_name=layer)


def asked(made, who, what, *slots, proven=True, **more):
    return why(made.program, made.schedule, question(made.schedule, who, what, slots, **more),
               made.tiers if proven else (), FAST)


def verified(made, found):
    """The example is a year that keeps every rule, answers the question, and does what it says."""
    year = found.example.schedule
    assert judge_year(made.program, year).ok
    layer = found.asked.layer_name
    assert found.asked.holds(year if layer == "rotations" else year.beside[layer])
    return found


# -- each kind of answer

def test_what_is_so_already():
    made = plan_year(program([("a", 1, 4)]))
    assert asked(made, "a", "Vacation", 4).has


def test_staffing_forbids():
    """The ward needs both of them in week 5."""
    made = plan_year(program([], Staffing(what=one("Ward"), at_least=2, during=WEEK_5)))
    found = asked(made, "a", "Vacation", 4)
    assert found.answer.verdict == "impossible"
    told = "\n".join(found.lines)
    assert "Ada is on Vacation in the week of" in told
    assert "Ward has at least 2 people in week 5." in told
    assert [v.sentence[:29] for _, v in found.simply.effects.broken][-1:] == ["Ward has 1 person (Ben) in th"]


def test_what_one_rule_closes_needs_no_solver(monkeypatch):
    made = example("tiny")
    monkeypatch.setattr(asking, "solve", None)
    found = asked(made, "ada", "Airway skills", 0)
    assert found.answer.verdict == "impossible"
    assert found.lines == (
        "This forbids it, whatever else is decided:",
        "  • Only those who owe it or asked for it may be on Airway skills. (program.yaml:23)")
    both = replace(found.asked, what=Selection.of("Airway skills", "Clinic"))
    assert closed_by(made.program.rules, both, made.schedule.layer) == []
    assert closed_by(made.program.rules, replace(found.asked, wanted=False), made.schedule.layer) == []


def test_a_sum_of_requirements_forbids():
    """Four weeks of Hospital each staff every week: nobody can do without."""
    made = example("tiny")
    found = asked(made, "ada", "Hospital", *range(12), wanted=False)
    assert found.answer.verdict == "impossible"
    assert any("12 is more than 8" in line for line in found.lines)
    assert "  • Ada is not on Hospital in the 12 weeks from 6 July (as asked)." in found.lines


def test_somebody_elses_wish_is_lost_and_the_report_agrees():
    made = plan_year(program([("a", 1, 8), ("a", 2, 4), ("b", 1, 4)], weeks=2))
    found = verified(made, asked(made, "a", "Vacation", 4))
    assert (found.answer.verdict, found.answer.tier.name, found.answer.before, found.answer.tier.value) == (
        "worse", "wishes: worst-off fellow", 5, 8)
    reason = next(w.reason for w in made.report.wishes if not w.granted)
    assert "“wishes: worst-off fellow” would be 8 at best, not 5" in reason
    told = in_plain_words(found.example.effects)
    assert "Ben’s request for Vacation in week 5 (8 points) would no longer be granted." in told
    assert "“wishes: worst-off fellow” goes from 5 to 8: worse." in told


def test_an_equally_good_year_and_the_fewest_changes():
    """Both want week 5: the other one gives it up, and each changes two weeks."""
    made = plan_year(program([("a", 1, 4), ("b", 1, 4)]))
    loser = next(w.fellow for w in made.report.wishes if not w.granted)
    found = verified(made, asked(made, loser.id, "Vacation", 4))
    assert (found.answer.verdict, found.answer.tier) == ("equal", None)
    assert found.example.fewest
    assert len(found.example.changes) == 4
    assert not any(found.example.effects.losses)


def test_why_it_is_so():
    """Cleo takes a week of the hospital in place of Ada's: an even exchange."""
    made = example("tiny")
    person = made.schedule.people[0]
    slot = next(s for s, duties in made.schedule.of(person) if duties == ("Hospital",))
    found = verified(made, asked(made, person.id, "Hospital", slot, wanted=False))
    assert found.answer.verdict == "equal"
    assert [v.sentence[:19] for _, v in found.simply.effects.broken][:1] == ["Hospital has nobody"]


def test_a_year_nobody_proved_may_be_worse_than_what_is_asked():
    base = program([("a", 1, 4)])
    made = plan_year(base)
    bad = made.schedule.changed("a", 4, ("Clinic",)).changed("a", 0, ("Vacation",))
    found = why(base, bad, question(bad, "a", "Vacation", [4]), (), FAST)
    assert (found.answer.verdict, found.answer.before, found.answer.tier.value) == ("better", 8, 0)


def test_unproven_years_are_compared_all_the_same():
    made = plan_year(program([("a", 1, 8), ("a", 2, 4), ("b", 1, 4)], weeks=2))
    found = asked(made, "a", "Vacation", 4, proven=False)
    assert (found.answer.verdict, found.answer.before, found.answer.tier.value) == ("worse", 5, 8)


def test_nothing_simple_breaks():
    program_, year = by_hand("XY XY")
    found = why(program_, year, question(year, "ada", "Y", [0]), (), FAST)
    assert found.simply.effects.possible
    assert found.answer.verdict == "equal"
    assert len(found.example.changes) == 1


def test_a_broken_year_is_said_to_be_broken():
    program_, year = by_hand("XY XY", AwayAtOnce(what=one("Y"), most=1))
    assert why(program_, year, question(year, "ada", "Y", [0]), (), FAST).broken


def test_no_time_is_no_answer(monkeypatch):
    made = plan_year(program([("a", 1, 4), ("b", 1, 4)]))
    loser = next(w.fellow for w in made.report.wishes if not w.granted)
    monkeypatch.setattr(asking, "solve", lambda *_, **__: Outcome("unknown"))
    found = asked(made, loser.id, "Vacation", 4)
    assert (found.answer.verdict, found.example, found.lines) == ("undecided", None, ())


def test_a_solver_that_errs_is_not_believed(monkeypatch):
    """A claim that the checker does not confirm is not told."""
    made = plan_year(program([("a", 1, 4), ("b", 1, 4)]))
    loser = next(w.fellow for w in made.report.wishes if not w.granted)
    real = asking.solve

    def wrong(*args, **more):
        out = real(*args, **more)
        return replace(out, tiers=tuple(replace(t, value=t.value + 1, bound=t.value + 1) for t in out.tiers))

    monkeypatch.setattr(asking, "solve", wrong)
    assert asked(made, loser.id, "Vacation", 4).answer.verdict == "undecided"


# -- against a solve of the program with the question pinned

@pytest.mark.parametrize(("who", "what", "slot"), [
    ("ada", "Vacation", 0), ("ada", "Airway skills", 3), ("ben", "Headache", 5), ("ben", "Vacation", 5),
    ("cleo", "Procedures", 0), ("cleo", "Headache", 8), ("ben", "Hospital", 11), ("ada", "Vacation", 11)])
def test_agrees_with_the_program_with_a_pin(who, what, slot):
    made = example("tiny")
    found = asked(made, who, what, slot)
    pin = Pinned(what=one(what), who=Group(who, frozenset({who})), during=Window("then", frozenset({slot})))
    if found.has:
        pytest.fail("choose another question")
    try:
        pinned = plan_year(replace(made.program, rules=(*made.program.rules, pin)), FAST, reasons=0)
    except NoSchedule as none:
        assert (none.outcome.status, found.answer.verdict) == ("impossible", "impossible")
        assert found.lines
        return
    verified(made, found)
    first = next(((t.name, t.value) for t, was in zip(pinned.tiers, made.tiers, strict=True) if t.value != was.value),
                 None)
    assert found.answer.verdict == ("equal" if first is None else "worse")
    assert first in (None, (found.answer.tier and found.answer.tier.name, found.answer.tier and
                            found.answer.tier.value))


# -- layers

@pytest.fixture(scope="module")
def year(tmp_path_factory):
    return layered(tmp_path_factory.mktemp("layered"))


def week_on(made, duty):
    """A fellow and one of their weeks on this rotation, not the first."""
    return next((p, s) for p in made.schedule.people for s, duties in made.schedule.of(p) if duties == (duty,) and s)


def test_a_clinic_in_a_week_that_has_none(year):
    """Not with the rotations as they are, but with another year as good."""
    person, week = week_on(year, "Ward")
    half = year.program.half_days.by_period[week][2]
    found = asked(year, person.id, "Clinic", half, layer="half-days")
    assert found.blocked == ("rotations",)
    assert found.answer.verdict in ("equal", "worse")
    verified(year, found)
    assert person.id in {c.person.id for c in found.example.changes if c.layer == "rotations"}


def test_a_clinic_elsewhere_keeps_the_rotations(year):
    person, week = week_on(year, "Office")
    halves = year.schedule.beside["half-days"]
    half = next(s for s in year.program.half_days.by_period[week] if not halves.at(person, s))
    found = asked(year, person.id, "Clinic", half, layer="half-days")
    assert (found.given, found.blocked, found.answer.verdict) == (("rotations",), (), "equal")
    assert {c.layer for c in verified(year, found).example.changes} == {"half-days"}


def test_call_and_conferences_given_what_is_above(year):
    call = year.schedule.beside["call"]
    weekend = next(s for s in call.layer.slots if any("Weekend" in call.at(p, s) for p in call.people))
    week = call.layer.parent[weekend]
    free = next(p for p in call.people if not call.at(p, weekend) and year.schedule.at(p, week) != ("Vacation",))
    found = verified(year, asked(year, free.id, "Weekend", weekend, layer="call"))
    assert found.given == ("rotations", "half-days")
    assert found.answer.verdict == "equal"
    clubs = year.schedule.beside["conferences"]
    silent = next(p for p in clubs.people if not clubs.at(p, 3))
    assert verified(year, asked(year, silent.id, "Club", 3, layer="conferences")).answer.verdict == "equal"


def test_a_rotation_takes_the_layers_below_along(year):
    person, week = week_on(year, "Office")
    found = verified(year, asked(year, person.id, "Ward", week))
    assert {c.layer for c in found.example.changes} >= {"rotations", "call"}


def test_a_year_of_rotations_alone(year):
    """A grid says nothing of clinics and call; what the rotations leave for them is asked for all the same."""
    alone = Schedule(year.schedule.layer, year.schedule.cells)
    person, week = week_on(year, "Office")
    found = why(year.program, alone, question(alone, person.id, "Ward", [week]), (), FAST)
    assert found.answer.verdict == "equal"
    assert {c.layer for c in found.example.changes} == {"rotations"}


def test_no_time_for_an_example_leaves_the_loss(monkeypatch):
    made = plan_year(program([("a", 1, 8), ("a", 2, 4), ("b", 1, 4)], weeks=2))
    monkeypatch.setattr(module, "solve_layers", lambda *_, **__: Outcome("unknown"))
    found = asked(made, "a", "Vacation", 4)
    assert (found.answer.verdict, found.answer.tier.value, found.example) == ("worse", 8, None)


def test_a_room_that_cannot_be_filled_is_no_equally_good_year(year, monkeypatch):
    """As good in the rotations alone is not enough: until the layers below are filled, nothing is promised."""
    person, week = week_on(year, "Office")
    monkeypatch.setattr(module, "solve_layers", lambda *_, **__: Outcome("unknown"))
    assert asked(year, person.id, "Ward", week).answer.verdict == "undecided"
    monkeypatch.setattr(module, "solve_layers", lambda *_, **__: Outcome("impossible"))
    assert asked(year, person.id, "Ward", week).answer.verdict == "impossible"


def test_the_asked_rule_says_the_same_to_solver_and_checker():
    _, year = by_hand("XY YX")
    ada = year.people[0]
    wish = question(year, "ada", "X", [1])
    assert [v.sentence for v in wish.check(year)] == ["Ada is not on X in the week of 13 July."]
    assert not list(replace(wish, slots=frozenset({0})).check(year))
    assert replace(wish, slots=frozenset({0, 1}), whole=False).holds(year)
    assert not replace(wish, slots=frozenset({0, 1})).holds(year)
    assert replace(wish, wanted=False).holds(year)
    assert wish.sentence == "Ada is on X in the week of 13 July (as asked)."
    assert set(replace(wish, wanted=False).never(year.layer)) == {(ada.id, 1, "X")}
