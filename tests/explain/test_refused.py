"""Why a request was refused: each kind of reason, on a program small enough to see it."""

from dataclasses import replace

from constraints import AwayAtOnce, FewSwitches, OneDuty, RankedRequests, Requirement, Staffing
from constraints.ranked_requests import WishFor
from scheduler.domain.layer import Person
from scheduler.domain.program import Leave, Program, Rotation
from scheduler.domain.words import Selection, Window
from scheduler.explain import granting
from scheduler.explain.refused import UNDECIDED, with_reasons
from scheduler.io.program_file import read_program
from scheduler.solve.posting import post
from scheduler.solve.settings import Settings
from scheduler.year import plan_year
from tests.sample import sample_program

one = Selection.of
WEEK_5 = Window("week 5", frozenset({4}))


def program(wishes, *rules, weeks=1):
    """Ada and Ben, each with so many weeks of vacation, one away at a time; wishes are (person, rank, week)."""
    people = (Person("a", "Ada"), Person("b", "Ben"))
    asked = tuple(WishFor(p, "Vacation", f"Vacation in week {w + 1}", rank, one("Vacation"), frozenset({w}), "all")
                  for p, rank, w in wishes)
    return Program(
        name="Two", year=sample_program().year, people=people, rotations=(Rotation("Clinic"), Rotation("Ward")),
        leaves=(Leave("Vacation"),), priorities=("wishes", "comfort"), rules=(
            OneDuty(what=one("Clinic", "Ward", "Vacation")), AwayAtOnce(what=one("Vacation"), most=1),
            Requirement(what=one("Vacation"), at_least=weeks, at_most=weeks),
            RankedRequests(wishes_for=asked, most=(("Vacation", weeks),), priority="wishes"), *rules))


def reasons(made):
    return {(w.fellow.name, w.rank): w.reason for w in made.report.wishes if not w.granted}


def test_somebody_elses_equal_wish():
    """Both want week 5 most; either may have it, and the report names the other."""
    made = plan_year(program([("a", 1, 4), ("b", 1, 4)]))
    (who, _), reason = next(iter(reasons(made).items()))
    other = {"Ada": "Ben", "Ben": "Ada"}[who]
    assert reason == (f"An equally good year grants it, but refuses {other}’s request for Vacation in week 5 "
                      "(8 points) instead.")


def test_a_dearer_wish_of_somebody_else():
    """Ada wants week 5 second, Ben first: Ada's second wish gives way, and the reason says what it would cost."""
    made = plan_year(program([("a", 1, 8), ("a", 2, 4), ("b", 1, 4)], weeks=2))
    assert reasons(made) == {("Ada", 2): (
        "With it, “wishes: worst-off fellow” would be 8 at best, not 5; for example, Ben’s request for Vacation in "
        "week 5 (8 points) would be refused.")}


def test_requests_for_several_weeks_are_asked_about_as_they_were_made():
    """Both want weeks 5 and 6 whole, one away at a time: whoever has them, the other's reason names it."""
    both = frozenset({4, 5})
    wishes = tuple(WishFor(p, "Vacation", "Vacation in weeks 5 and 6", 1, one("Vacation"), both, "all") for p in "ab")
    base = program([], weeks=2)
    rule = RankedRequests(wishes_for=wishes, most=(("Vacation", 2),), priority="wishes")
    made = plan_year(replace(base, rules=(*(r for r in base.rules if not isinstance(r, RankedRequests)), rule)))
    (who, _), reason = next(iter(reasons(made).items()))
    other = {"Ada": "Ben", "Ben": "Ada"}[who]
    assert reason == (f"An equally good year grants it, but refuses {other}’s request for Vacation in weeks 5 and 6 "
                      "(8 points) instead.")


def test_own_dearer_wish():
    made = plan_year(program([("a", 1, 4), ("a", 2, 8)]))
    assert reasons(made) == {("Ada", 2): (
        "With it, “wishes: worst-off fellow” would be 3 at best, not 0; for example, Ada’s request for Vacation in "
        "week 5 (8 points) would be refused.")}


def test_what_no_year_can_grant():
    """The ward needs both of them in week 5."""
    made = plan_year(program([("a", 1, 4)], Staffing(what=one("Ward"), at_least=2, during=WEEK_5)))
    assert reasons(made) == {("Ada", 1): "No year that keeps every rule can grant it."}


def test_what_only_a_later_priority_speaks_against():
    wish = WishFor("a", "Timing", "Ward in week 5", 1, one("Ward"), frozenset({4}))
    late = RankedRequests(wishes_for=(wish,), priority="late")
    base = program([], FewSwitches(priority="comfort"))
    made = plan_year(replace(base, rules=(*base.rules, Staffing(what=one("Ward"), at_most=0, priority="calm"), late),
                             priorities=("calm", "late")))
    assert reasons(made) == {("Ada", 1): "With it, “calm: staffing” would be 1 at best, not 0."}


def test_an_unproven_year_and_no_time_say_so():
    made = plan_year(program([("a", 1, 4), ("b", 1, 4)]))
    facts = (made.program, made.schedule, made.report)
    late = with_reasons(*facts, made.tiers, Settings(), budget=0)
    assert list(reasons(replace(made, report=late)).values()) == [UNDECIDED]
    unproven = with_reasons(*facts, [replace(t, bound=t.value - 1) for t in made.tiers], Settings())
    assert "not proven best" in reasons(replace(made, report=unproven)).popitem()[1]


def test_granted_wishes_have_no_reason():
    made = plan_year(program([("a", 1, 4), ("b", 1, 8)]))
    assert [(w.granted, w.reason) for w in made.report.wishes] == [(True, "")] * 2


NIGHTS = """
program: Two
year: {start: 2026-12-07, end: 2027-01-03, period: week}
fellows: [{name: Ada}, {name: Ben}]
rotations:
  - {name: Clinic, base: true}
  - {name: Ward, staffing: 1}
call:
  - {name: Night call, kind: home, hours: 2, time: 18:00-08:00, people: 1}
requests:
  - {fellow: Ada, avoid: [{rotation: Night call, during: 2026-12-25}]}
  - {fellow: Ben, avoid: [{rotation: Night call, during: 2026-12-25}]}
  - {fellow: Ada, timing: [{rotation: Ward, during: 2026-12-14}]}
  - {fellow: Ben, timing: [{rotation: Ward, during: 2026-12-14}]}
"""


def test_each_wish_is_asked_about_in_its_own_layer(tmp_path):
    """Another rotation year says nothing about call, so no request about call is told as refused by it; and what is
    asked of call is asked with the rotations as they are."""
    (tmp_path / "program.yaml").write_text(NIGHTS, encoding="utf-8")
    made = plan_year(read_program(tmp_path / "program.yaml"))
    ward, night = (w for w in made.report.wishes if not w.granted)
    other = {"Ada": "Ben", "Ben": "Ada"}
    assert ward.reason == (
        f"An equally good rotation year grants it, but refuses {other[ward.fellow.name]}’s request for Ward in the "
        "week of 14 December (5 points) instead.")
    assert night.reason == (
        f"Given the rotations, an equally good choice of call grants it, but refuses {other[night.fellow.name]}’s "
        "request for no Night call in 25 December (8 points) instead.")


def test_a_layer_is_posted_once_for_all_its_wishes(monkeypatch):
    posted = []
    monkeypatch.setattr(granting, "post", lambda *given, **more: posted.append(given) or post(*given, **more))
    made = plan_year(program([("a", 1, 4), ("a", 2, 5), ("b", 1, 4), ("b", 2, 5)]))
    assert len(reasons(made)) == 2
    assert all(reason.startswith(("An equally good year", "With it")) for reason in reasons(made).values())
    assert len(posted) == 1


def test_a_stopped_question_says_that_it_was_not_decided(monkeypatch):
    def stop(self, wish, seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr(granting.Granting, "ask", stop)
    made = plan_year(program([("a", 1, 4), ("b", 1, 4)]))
    assert list(reasons(made).values()) == [UNDECIDED]


def test_after_ctrl_c_what_was_answered_is_kept_and_nothing_more_is_asked(monkeypatch):
    asked, ask = [], granting.Granting.ask

    def stop_at_the_second(self, wish, seconds):
        asked.append(wish)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return ask(self, wish, seconds)

    monkeypatch.setattr(granting.Granting, "ask", stop_at_the_second)
    made = plan_year(program([("a", 1, 4), ("a", 2, 5), ("a", 3, 6), ("b", 1, 4), ("b", 2, 5), ("b", 3, 6)]))
    first, *others = reasons(made).values()
    assert first != UNDECIDED
    assert len(others) > 1 and set(others) == {UNDECIDED}
    assert len(asked) == 2
