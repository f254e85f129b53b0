"""Conferences as a layer: even turns, nobody away or twice a day, topics in order and in time, and what cannot be."""

from datetime import date, timedelta

import pytest

from constraints import (
    Before,
    DaysApart,
    Evenness,
    FreeToPresent,
    MostPer,
    OneAtATime,
    OneDuty,
    Pinned,
    Requirement,
    Staffing,
    TakenFrom,
    TopicsInTime,
    WhoMay,
)
from scheduler.check.judge import judge
from scheduler.domain.calendar import year_of_dates
from scheduler.domain.days import session_days
from scheduler.domain.layer import Layer, Person
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Group, Many, Selection, Window
from scheduler.solve.layered import solve_layers
from scheduler.year import compare
from tests.agreement import layer_of, small_year

one = Selection.of
HERE, TOPICS = {"layer_name": "conferences"}, {"layer_name": "topics"}
TALK, LEAVE = one("Talk"), one("Vacation")
DOCTOR = Person("x", "Dr Moon", role="faculty")


def fellows(number):
    return tuple(Person(f"p{n}", f"Fellow {'ABCDEFGH'[n]}") for n in range(number))


def conferences(year, people, dates, duties=("Talk",), others=()):
    """The rotation year of two rotations and vacation, and sessions on these dates."""
    days = session_days(year, [(day, "Lecture") for day in dates])
    top = Layer("rotations", people, range(len(year.periods)), ("Ward", "Office", "Vacation"),
                leave=frozenset({"Vacation"}), when=year.when)
    return [top, layer_of(days, "conferences", (*people, *others), duties, exclusive=False)]


def monthly(number):
    """Twelve periods of four weeks with a session in each."""
    first = date(2026, 6, 29)
    year = year_of_dates([first + timedelta(28 * n) for n in range(12)], first + timedelta(28 * 12 - 1), noun="block")
    return conferences(year, fellows(number), [p.start + timedelta(4) for p in year.periods])


def implied(layers):
    """What a series implies of those who present."""
    every = Selection("a talk", frozenset(layers[1].duties))
    return [OneDuty(what=one("Ward", "Office", "Vacation")), OneAtATime(what=every, **HERE),
            MostPer(what=every, limit=Many(1, "session"), per="day", **HERE),
            *(FreeToPresent(what=one(d), away=LEAVE) for d in layers[1].duties),
            *(Staffing(what=one(d), at_least=1, at_most=1, **HERE) for d in layers[1].duties)]


def solved(layers, rules, priorities=("first",)):
    """The outcome, and its schedule: checked, with the tier values that the checker finds."""
    outcome = solve_layers(layers, rules, priorities)
    if outcome.cells is None:
        return outcome, None
    schedule = Schedule.joined([(layer, outcome.cells[layer.name]) for layer in layers])
    assert compare(outcome, judge(rules, priorities, schedule)) == ()
    return outcome, schedule


def held(schedule, what=TALK, layer="conferences"):
    """Who presents in each session."""
    view = schedule.beside[layer]
    return [[p.id for p in view.who(slot, what)] for slot in view.layer.slots]


@pytest.mark.parametrize("number", range(3, 9))
def test_twelve_talks_are_as_even_as_arithmetic_allows(number):
    layers = monthly(number)
    rules = [*implied(layers), Requirement(what=LEAVE, at_least=1, at_most=1, unit="periods"),
             Evenness(what=TALK, over="fellows", priority="first", **HERE)]
    outcome, schedule = solved(layers, rules)
    assert [(t.value, t.proven) for t in outcome.tiers] == [(int(12 % number > 0), True)]
    turns = [p for (p,) in held(schedule)]
    assert {turns.count(p.id) for p in layers[0].people} <= {12 // number, -(-12 // number)}
    for slot, person in enumerate(turns):
        who = layers[0].person(person)
        assert "Vacation" not in schedule.at(who, layers[1].parent[slot])


def test_those_who_are_no_fellows_do_not_disturb_the_evenness_of_those_who_are():
    year = small_year(4)
    layers = conferences(year, fellows(3), [p.start for p in year.periods], others=(DOCTOR,))
    group = Group("fellows", frozenset(p.id for p in layers[0].people))
    rules = [*implied(layers), Evenness(what=TALK, over="fellows", who=group, priority="first", **HERE)]
    outcome, schedule = solved(layers, [*rules, Pinned(what=TALK, who=Group("x", frozenset({"x"})), during=Window(
        "the first", frozenset({0})), **HERE)])
    assert [(t.value, t.proven) for t in outcome.tiers] == [(0, True)]
    assert held(schedule)[0] == ["x"] and sorted(p for (p,) in held(schedule)[1:]) == ["p0", "p1", "p2"]


def test_nobody_twice_a_day_and_a_week_apart():
    year = small_year(3)
    dates = [d for p in year.periods for d in (p.start, p.start)]
    layers = conferences(year, fellows(4), dates)
    rules = [*implied(layers), DaysApart(what=TALK, days=8)]
    schedule = solved(layers, rules)[1]
    turns = held(schedule)
    for n in range(0, 6, 2):
        assert turns[n] != turns[n + 1]
    for n in range(0, 4, 2):
        assert not {*turns[n], *turns[n + 1]} & {*turns[n + 2], *turns[n + 3]}
    few = conferences(year, fellows(3), dates)
    assert solved(few, [*implied(few), DaysApart(what=TALK, days=8)])[0].status == "impossible"


def alone(fixed):
    """One date, and only Fellow A may present on it; A's vacation would rather be then."""
    year = small_year(3)
    layers = conferences(year, fellows(2), [year.periods[1].start + timedelta(1)], others=(DOCTOR,))
    only = Group("A", frozenset({"p0"}))
    return layers, [*implied(layers), WhoMay(what=TALK, only=only, **HERE),
                    Requirement(what=LEAVE, at_least=1, at_most=1, unit="periods"),
                    Pinned(what=LEAVE, who=only, during=Window("then", frozenset({1})),
                           priority=None if fixed else "first")]


def test_the_only_presenter_away_on_the_only_date_is_impossible():
    layers, rules = alone(fixed=True)
    assert solved(layers, rules)[0].status == "impossible"


def test_a_leave_that_can_move_moves_for_the_only_date():
    layers, rules = alone(fixed=False)
    outcome, schedule = solved(layers, rules)
    assert outcome.status == "optimal" and [t.value for t in outcome.tiers] == [1]
    assert outcome.cuts and all({person for person, _, _ in cut.cells} == {"p0"} for cut in outcome.cuts)
    assert held(schedule) == [["p0"]] and schedule.at(layers[0].people[0], 1) != ("Vacation",)


def test_taken_from_a_rotation_binds_fellows_and_leaves_others_free():
    year = small_year(2)
    layers = conferences(year, fellows(2), [p.start for p in year.periods], others=(DOCTOR,))
    rules = [*implied(layers), TakenFrom(what=TALK, hosts=one("Office"), **HERE),
             Requirement(what=one("Office"), at_most=0, unit="periods")]
    assert held(solved(layers, rules)[1]) == [["x"], ["x"]]


# -- topics

def taught(extra=(), weeks=4):
    """A lecture a week with three topics; Fellow A has procedures in the third week, B in the second."""
    year, people = small_year(weeks), fellows(2)
    days = session_days(year, [(p.start, "Lecture") for p in year.periods])
    top = Layer("rotations", people, range(weeks), ("Ward", "Office", "Vacation"), when=year.when)
    topics = ("Pumps", "Basics", "Ethics")
    layers = [top, layer_of(days, "topics", (Person("lecture", "Lecture", role="series"),), topics)]
    rules = [OneDuty(what=one("Ward", "Office", "Vacation")), OneAtATime(what=one(*topics), **TOPICS),
             *(Requirement(what=one(t), at_least=1, at_most=1, unit="sessions", **TOPICS) for t in topics),
             *(Requirement(what=one("Office"), at_least=1, at_most=1, unit="periods", who=Group(p, frozenset({p})),
                           during=Window("then", frozenset({w}))) for p, w in (("p0", 2), ("p1", 1))),
             Requirement(what=one("Office"), at_least=1, at_most=1, unit="periods"),
             TopicsInTime(needed=(("Pumps", one("Office")),), priority="first", **TOPICS), *extra]
    return layers, rules


def order(schedule):
    view = schedule.beside["topics"]
    return [(*view.at(view.people[0], slot), "-")[0] for slot in view.layer.slots]


def test_topics_in_time_where_it_can_be():
    layers, rules = taught()
    outcome, schedule = solved(layers, rules)
    assert [(t.value, t.proven) for t in outcome.tiers] == [(0, True)]
    assert "Pumps" in order(schedule)[:2]


@pytest.mark.parametrize("before, late", [(("Basics",), 0), (("Basics", "Ethics"), 1)])
def test_what_it_builds_on_comes_first_and_the_fewest_are_too_early(before, late):
    layers, rules = taught([Before(what=one(b), needed=Many(1, "session"), then=one("Pumps"), **TOPICS)
                            for b in before])
    outcome, schedule = solved(layers, rules)
    assert [(t.value, t.proven) for t in outcome.tiers] == [(late, True)]
    assert order(schedule)[len(before)] == "Pumps" and set(order(schedule)[:len(before)]) == set(before)


def test_a_topic_stays_under_its_theme():
    layers, rules = taught([WhoMay(what=one("Pumps"), outside=Window("the last month", frozenset({3})), **TOPICS)])
    outcome, schedule = solved(layers, rules)
    assert order(schedule)[3] == "Pumps" and [(t.value, t.proven) for t in outcome.tiers] == [(2, True)]


def test_more_topics_than_sessions_is_impossible():
    layers, rules = taught(weeks=3)
    assert solved(layers, rules)[0].status == "optimal"
    more = Requirement(what=one("Ethics"), at_least=2, unit="sessions", **TOPICS)
    assert solved(layers, [*rules, more])[0].status == "impossible"
