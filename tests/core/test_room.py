"""The law of room: what a layer below asks of the rotation year is necessary, and not for nothing.

Whenever the layer below can be filled under a rotation year, the room that its rules ask for is there, in the very
amounts with which it was filled. On random small programs, rule by rule and all together.
"""

import random
from collections import Counter

import pytest

from constraints import (
    RULES,
    ByTheWeek,
    DaysOfLeave,
    FreeBeforeLeave,
    MostPer,
    OneAtATime,
    Pinned,
    Requirement,
    Staffing,
    TakenFrom,
    Together,
    WholeDays,
    WhoMay,
)
from scheduler.domain.days import WorkingWeek, half_days, nights, session_days
from scheduler.domain.layer import Inside, Layer, Person
from scheduler.domain.rule import Rule
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Group, Many, Selection, Window
from scheduler.solve.driver import solve
from tests.agreement import layer_of, picture_below, small_year
from tests.rooms import amounts_of, fits, leaves_room

one = Selection.of
ABOVE = ("Ward", "Office", "Vacation")
BELOW = {"half-days": ("Clinic", "Course", "Vacation"), "call": ("Pager", "Second"),
         "conferences": ("Talk", "Club")}
EVERYWHERE = (TakenFrom, MostPer, OneAtATime, Requirement, Staffing, Pinned, Together)
ASKING = {"half-days": (*EVERYWHERE, WholeDays, DaysOfLeave), "call": (*EVERYWHERE, ByTheWeek, FreeBeforeLeave)}


def random_year(rng, name):
    """A rotation year of two or three fellows and weeks, and the empty layer below it."""
    people = tuple(Person(f"p{n}", f"Fellow {'ABC'[n]}") for n in range(rng.randint(2, 3)))
    year = small_year(rng.randint(2, 3), rng.randint(0, 2))
    periods = range(len(year.periods))
    here = {people[0].id: frozenset(periods[1:])} if rng.random() < 0.3 else {}
    inside = (Inside("Vacation", one("Ward")),) if rng.random() < 0.2 else ()
    top = Layer("rotations", people, periods, ABOVE, here=here, inside=inside, leave=frozenset({"Vacation"}))
    days = half_days(year, WorkingWeek((0, 2))) if name == "half-days" else nights(year)
    others = ()
    if name == "conferences":               # some who present are in no rotation
        days = session_days(year, [(p.start, series) for p in year.periods for series in ("Lecture", "Seminar")])
        others = (Person("x", "Dr Moon", role="faculty"),)
    below = layer_of(days, name, (*people, *others), BELOW[name], here={
        p: frozenset(s.index for s in days.slots if s.period in mine) for p, mine in here.items()})
    cells = {p.id: {s: ("Ward", "Vacation") if inside and rng.random() < 0.3 else (rng.choice(ABOVE),)
                    for s in top.present(p)} for p in people}
    return Schedule(top, cells), below


def some(rng, layer, share=0.5):
    return Window("then", frozenset(s for s in layer.slots if rng.random() < share))


def random_of(rule, rng, layer):
    """One rule of the layer below, with parameters that are kept by some rotation years and not by others."""
    what = one(*rng.sample(layer.duties, rng.choice([1, 1, 2])))
    who = rng.choice([None, Group("some", frozenset(p.id for p in layer.people[:2]))])
    low, high = rng.randint(0, 4), rng.choice([None, 4, 6])
    fields = {
        TakenFrom: {"what": what, "hosts": one(*rng.sample(ABOVE, rng.randint(1, 2))), "who": who},
        MostPer: {"what": what, "limit": Many(rng.randint(0, 2)), "per": rng.choice(["day", "week", "month"]),
                  "who": who, "during": rng.choice([None, some(rng, layer, 0.9)])},
        WholeDays: {"what": what, "who": who},
        OneAtATime: {"what": one(*layer.duties)},
        DaysOfLeave: {"what": one("Vacation"), "at_least": low, "at_most": high, "who": who,
                      "off": rng.choice([None, some(rng, layer, 0.3)])},
        Requirement: {"what": what, "at_least": low, "at_most": high, "unit": "days", "per": rng.choice([1, 2]),
                      "who": who, "during": rng.choice([None, some(rng, layer)])},
        Staffing: {"what": what, "at_least": rng.randint(0, 1), "at_most": rng.choice([None, 1, 2]), "who": who,
                   "during": rng.choice([None, some(rng, layer)]), "when_staffed": rng.random() < 0.2},
        Pinned: {"what": what, "who": who or Group("A", frozenset({"p0"})), "during": some(rng, layer, 0.1)},
        Together: {"what": what, "who": who, "dates": rng.choice([None, some(rng, layer, 0.1)])},
        ByTheWeek: {"what": what, "who": who},
        FreeBeforeLeave: {"what": what, "leave": one("Vacation"), "who": who}}[rule]
    return rule(**fields, layer_name=layer.name)


def needs(rng, layer):
    """Rules that make the layer below want something, so that the others are felt."""
    what = one(rng.choice(layer.duties))
    yield OneAtATime(what=one(*layer.duties), layer_name=layer.name)
    yield Staffing(what=what, at_least=1, at_most=rng.randint(1, 2), during=some(rng, layer, 0.6),
                   layer_name=layer.name)
    if rng.random() < 0.5:
        yield Requirement(what=one(rng.choice(layer.duties)), at_least=rng.randint(1, 5), unit="nights",
                          layer_name=layer.name)
    if rng.random() < 0.5:
        yield WhoMay(what=one(rng.choice(layer.duties)), during=some(rng, layer, 0.3), layer_name=layer.name)
    if rng.random() < 0.5:                          # more than it must have, so that amounts differ
        yield Requirement(what=one(rng.choice(layer.duties)), at_least=99, unit="nights", priority="more",
                          layer_name=layer.name)


def endings(name, make, seeds):
    """``filled``, ``no room`` or ``room is not enough`` for every random program; the law is asserted on the way."""
    told = Counter()
    for seed in range(seeds):
        rng = random.Random(f"{name} {seed}")
        top, below = random_year(rng, name)
        rules = [*needs(rng, below), *make(rng, below)]
        found = solve([below], rules, ("more",), given={"rotations": top})
        room = leaves_room(top, below, rules)
        if found.cells is not None:
            assert room, (seed, [rule.sentence for rule in rules])
            filled = Schedule(below, found.cells[name])
            assert leaves_room(top, below, rules, amounts_of(filled)), (seed, [rule.sentence for rule in rules])
        told["filled" if found.cells is not None else "room is not enough" if room else "no room"] += 1
    return told


PAIRS = [(name, rule) for name, rules in ASKING.items() for rule in rules]


@pytest.mark.parametrize("name, rule", PAIRS, ids=lambda x: getattr(x, "name", x))
def test_each_rule_asks_only_for_what_it_needs(name, rule):
    told = endings(name, lambda rng, layer: [random_of(rule, rng, layer)], 40)
    assert told["filled"] and told["no room"], told


@pytest.mark.parametrize("name", ASKING)
def test_all_rules_together(name):
    told = endings(name, lambda rng, layer: [random_of(rule, rng, layer) for rule in ASKING[name]
                                             if rng.random() < 0.35], 150)
    assert told["filled"] > 20 and told["no room"] > 20, told


def test_people_in_no_rotation_do_not_break_the_room_for_conferences():
    told = endings("conferences", lambda rng, layer: [random_of(rule, rng, layer) for rule in EVERYWHERE
                                                      if rng.random() < 0.35], 100)
    assert told["filled"] > 15 and told["no room"] > 15, told


def test_half_of_every_day_is_no_whole_number_of_days():
    """Five whole days in a week are five mornings, and five is not an even number."""
    drawn = picture_below("half-days", "A: Ward", "A: Mon1=Physiatry")
    physiatry = one("Physiatry")
    mornings = Window("mornings", frozenset(s for s in drawn.layer.slots if s % 2 == 0))
    five, four = (MostPer(what=physiatry, limit=Many(n, "half-day"), during=mornings) for n in (5, 4))
    week = {("A", 0, "Physiatry"): 10}
    assert fits(WholeDays(what=physiatry), drawn, week, five)
    assert not fits(WholeDays(what=physiatry), drawn, week, four)


def test_every_rule_that_asks_for_room_is_tried():
    asking = {rule for rule in RULES if rule.room is not Rule.room}
    assert asking == {rule for rules in ASKING.values() for rule in rules}
    for rule in asking:
        assert {name for name in ASKING if rule in ASKING[name]} == set(rule.layers) & set(ASKING)
