"""Two places that are too far apart for one day."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from constraints.one_at_a_time import OneAtATime
from constraints.travel import Travel
from constraints.whole_days import WholeDays
from scheduler.domain.board import Board, Model
from scheduler.domain.words import Group, Selection
from tests.agreement import DUTIES, agree, judged, named, picture_below, random_layer, random_schedule, some_people
from tests.rooms import amounts_of, fits, leaves_room

FAR = Travel(one="West", other="Main", sites=(
    ("Ward", ("Main",)), ("Office", ("West", "Main")), ("Clinic", ("West",)), ("Course", ("Main", "West"))))


def random_rule(rng, layer):
    places, clinical = ("West", "Main", "North"), [d for d in layer.duties if d not in layer.leave]
    return Travel(one="West", other="Main", who=some_people(rng, layer), sites=tuple(
        (duty, tuple(rng.choices(places, k=rng.randint(1, 3)))) for duty in clinical if rng.random() < 0.7),
        sends=tuple(("Ward", n, rng.choice(places)) for n in range(10) if rng.random() < 0.3))


def test_solver_and_checker_agree():
    agree(random_rule, seeds=120, shapes=("half-days",))


@pytest.mark.parametrize("above, row, expected", [
    ("A: Ward", "", []),
    ("A: Ward", "Mon1=Clinic", []),                                          # all day there
    ("A: Ward", "Mon1am=Clinic", ["A works at West and at Main on Monday 29 June."]),
    ("A: Ward", "Mon1am=Clinic Mon1pm=Talk", []),                            # a duty without a site is nowhere
    ("A: Nights", "Mon1am=Clinic", []),                                      # so is a rotation
    ("A: Nights", "Mon1am=Clinic Mon1pm=Course", ["A works at West and at Main on Monday 29 June."]),
    ("A: Nights", "Mon1am=Clinic Tue1am=Course", []),
    ("A: Vacation", "Mon1am=Course", []),
    ("A: Ward", "Mon1am=Course", []),
    ("A: Ward", "Mon1pm=Clinic Tue1am=Clinic",
     ["A works at West and at Main on Monday 29 June.", "A works at West and at Main on Tuesday 30 June."]),
])
def test_both_halves_of_a_day(above, row, expected):
    assert judged(FAR, picture_below("half-days", above, f"A: {row}")) == (len(expected), expected)


def test_sites_in_turn_and_the_turn_is_the_fellows_own():
    drawn = picture_below("half-days", "A: Office Ward Office\nB: Ward Office Office",
                          "A: Mon1am=Clinic Mon3am=Clinic\nB: Mon2am=Clinic Mon3pm=Course")
    assert judged(FAR, drawn) == (1, ["A works at West and at Main on Monday 13 July."])


def test_a_week_that_sends_its_fellow_elsewhere():
    sends = replace(FAR, sends=(("Ward", 3, "West"),))                       # Tuesday afternoon
    assert judged(sends, picture_below("half-days", "A: Ward Nights")) == (
        1, ["A works at West and at Main on Tuesday 30 June."])
    assert judged(sends, picture_below("half-days", "A: Ward", "A: Tue1am=Clinic")) == (0, [])
    assert judged(sends, picture_below("half-days", "A: Office Office")) == (0, [])


def test_only_the_people_named():
    seniors = replace(FAR, who=Group("seniors", frozenset({"B"})))
    drawn = picture_below("half-days", "A: Ward\nB: Ward", "A: Mon1am=Clinic\nB: Fri1am=Clinic")
    assert judged(seniors, drawn)[0] == 1
    assert named(seniors, drawn) == ([("B", (8, 9))], [("B", (8, 9))])


def test_the_time_a_fellow_is_here():
    drawn = picture_below("half-days", "A: - Office\nB: Ward Ward", "A: Mon2pm=Course", here={"A": frozenset({1})})
    assert judged(FAR, drawn) == (1, ["A works at West and at Main on Monday 6 July."])


def posted(above, loose, row=""):
    """The slots of the conditions posted for a fellow whose rotation is open in some weeks."""
    drawn = picture_below("half-days", above, f"A: {row}")
    boards = {}
    boards["rotations"] = Board(Model(), drawn.beside["rotations"].layer, boards).decided(drawn.beside["rotations"])
    for slot in loose:
        boards["rotations"].loosen("A", slot)
    board = Board(boards["rotations"].model, drawn.layer, boards).decided(drawn)
    return [c.when for c in FAR.post(board) if c.sum.fixed and c.sum.const > 1]


def test_after_an_open_week_nobody_knows_whose_turn_it_is():
    above, row = "A: Office Office", "Mon2am=Clinic"                         # in the second week the office is at Main
    assert posted(above, [], row) == [(10, 11)]
    assert posted(above, [0], row) == []
    assert posted(above, [1], row) == []
    assert posted(above, [0], "Mon2am=Course") == []
    assert posted("A: Ward Ward", [0], row) == [(10, 11)]                    # one site only: known whatever came before
    assert posted("A: Office Office Ward", [2], row) == [(10, 11)]


def test_the_room_for_it_is_never_less_than_a_half_day_needs():
    """Every schedule that keeps the rule fits into the room; and where it is broken, the room may see why."""
    told = Counter()
    for seed in range(400):
        rng = random.Random(seed)
        drawn = random_schedule(rng, random_layer(rng, "half-days"), "half-days")
        rule = random_rule(rng, drawn.layer)
        broken = bool(list(rule.check(drawn)))
        others = [r for r in (WholeDays(what=Selection.of("Talk", "Course")), OneAtATime(what=Selection.of(*DUTIES)))
                  if not list(r.check(drawn))]
        room = leaves_room(drawn.beside["rotations"], drawn.layer, [rule, *others], amounts_of(drawn))
        assert broken or room, (seed, rule)
        told[broken, room] += 1
    assert told[False, True] >= 20 and told[True, False] >= 3, told


@pytest.mark.parametrize("above, row, fits_", [
    ("A: Clinics", "Mon1am=Clinic", True),                                   # nowhere
    ("A: Ward", "Mon1=Clinic", True), ("A: Ward", "Mon1am=Clinic", False),
    ("A: Ward", "Mon1am=Clinic Mon1pm=Talk", True), ("A: Ward", "Mon1am=Clinic Tue1am=Clinic", True),   # by amounts
    ("A: Office", "Mon1am=Course", False), ("A: Office Office", "Mon2am=Course", True),     # in turn: West, then Main
    ("A: Office Ward Office", "Mon3am=Clinic", False), ("A: Office Office Office", "Mon3am=Clinic", True),
])
def test_the_room_knows_whose_turn_it_is(above, row, fits_):
    drawn = picture_below("half-days", above, f"A: {row}")
    assert fits(FAR, drawn, amounts_of(drawn)) == fits_


def test_a_day_without_both_is_not_posted():
    drawn = picture_below("half-days", "A: Ward", "A: Mon1=Talk")
    boards = {"rotations": Board(Model(), drawn.beside["rotations"].layer).decided(drawn.beside["rotations"])}
    board = Board(boards["rotations"].model, drawn.layer, boards)
    board.open(("A", s, "Clinic") for s in drawn.layer.slots if s != 4)
    assert [c.when for c in FAR.post(board)] == [(4, 5)]


def test_sentence():
    assert FAR.sentence == "Nobody works at West and at Main on one day."
    assert Selection.of("West").text in FAR.sentence
