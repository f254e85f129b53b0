"""Days that are not split."""

from dataclasses import replace

import pytest

from constraints.forbidden import Forbidden
from constraints.whole_days import WholeDays
from scheduler.domain.board import Board, Model
from scheduler.domain.days import Half, WorkingWeek
from scheduler.domain.words import Group, Selection, Window
from tests.agreement import agree, judged, named, picture_below, some_duties, some_people
from tests.constraints.pruned import shortfall_pruned
from tests.rooms import fits

PHYSIATRY = WholeDays(what=Selection.of("Physiatry"))
MORNINGS = WorkingWeek((0, 1, 2, 3, 4), (Half("morning", *(WorkingWeek().halves[0].start,) * 2),))


def random_rule(rng, layer):
    return WholeDays(what=some_duties(rng), who=some_people(rng, layer))


def test_solver_and_checker_agree():
    agree(random_rule, seeds=60, shapes=("half-days",))


@pytest.mark.parametrize("row, expected", [
    ("Mon1=Physiatry Wed1=Physiatry", []),
    ("Mon1am=Clinic Mon1pm=Clinic Tue1am=Clinic", []),                       # something else is not this rule's affair
    ("Mon1am=Physiatry", ["A is on Physiatry for only a part of the day, the morning of Monday 29 June; "
                          "it is taken by the whole day."]),
    ("Mon1=Physiatry Tue1am=Clinic Tue1pm=Physiatry",
     ["A is on Physiatry for only a part of the day, the afternoon of Tuesday 30 June; it is taken by the whole day."]),
    ("Mon1pm=Physiatry Tue1am=Physiatry",                                    # two halves of two days are no day
     ["A is on Physiatry for only a part of the day, the afternoon of Monday 29 June; it is taken by the whole day.",
      "A is on Physiatry for only a part of the day, the morning of Tuesday 30 June; it is taken by the whole day."]),
])
def test_both_halves_or_none(row, expected):
    assert judged(PHYSIATRY, picture_below("half-days", "A: Ward", f"A: {row}")) == (len(expected), expected)


def test_each_by_itself():
    both = WholeDays(what=Selection.of("Physiatry", "Vacation"))
    drawn = picture_below("half-days", "A: Ward", "A: Mon1am=Physiatry Mon1pm=Vacation")
    assert judged(both, drawn)[0] == 2


def test_a_working_day_of_one_half_is_a_whole_day():
    drawn = picture_below("half-days", "A: Ward", "A: Mon1=Physiatry", week=MORNINGS)
    assert judged(PHYSIATRY, drawn) == (0, [])
    assert not list(PHYSIATRY.post(Board(Model(), drawn.layer).open()))


def test_nothing_is_posted_where_it_cannot_be():
    layer = picture_below("half-days", "A: Ward", "A: Mon1=Physiatry").layer
    never = [("A", s, "Physiatry") for s in layer.slots if s != 3]
    assert [c.when for c in PHYSIATRY.post(Board(Model(), layer).open(never))] == [(2, 3)]


def test_a_working_day_of_three_parts():
    week = WorkingWeek((0, 1), tuple(Half(name, *(WorkingWeek().halves[0].start,) * 2) for name in "abc"))
    drawn = picture_below("half-days", "A: Ward", "A: Mon1am=Physiatry Tue1=Physiatry", week=week)
    assert judged(PHYSIATRY, drawn)[0] == 2                                  # two parts of Monday are missing
    assert named(PHYSIATRY, drawn) == ([("A", (0,))], [("A", (0, 1, 2))])


def test_a_day_with_a_closed_half_is_no_day():
    closed = Forbidden(what=Selection.of("Physiatry"), during=Window("Monday afternoon", frozenset({1})))
    drawn = picture_below("half-days", "A: Ward", "A: Mon1am=Physiatry Tue1=Physiatry")
    assert shortfall_pruned(PHYSIATRY, drawn, set(closed.never(drawn.layer))) == 1


def test_only_the_people_named():
    seniors = WholeDays(what=Selection.of("Physiatry"), who=Group("seniors", frozenset({"B"})))
    drawn = picture_below("half-days", "A: Ward\nB: Ward", "A: Mon1am=Physiatry\nB: Tue1am=Physiatry")
    assert judged(seniors, drawn)[0] == 1
    assert named(seniors, drawn) == ([("B", (2,))], [("B", (2, 3))])


def test_the_time_a_fellow_is_here():
    drawn = picture_below("half-days", "A: - Ward", "A: Mon2=Physiatry Tue2am=Physiatry", here={"A": frozenset({1})})
    assert judged(PHYSIATRY, drawn)[0] == 1


def test_room():
    """A week holds an even number of halves, each rotation by itself."""
    drawn = picture_below("half-days", "A: Ward Ward", "A: Mon1=Physiatry")
    assert [fits(PHYSIATRY, drawn, {("A", 0, "Physiatry"): n}) for n in range(12)] == [
        True, False, True, False, True, False, True, False, True, False, True, False]
    both = WholeDays(what=Selection.of("Physiatry", "Vacation"), who=Group("seniors", frozenset({"A"})))
    assert not fits(both, drawn, {("A", 1, "Physiatry"): 1, ("A", 1, "Vacation"): 1})
    assert fits(WholeDays(what=Selection.of("Physiatry"), who=Group("nobody", frozenset())), drawn,
                {("A", 0, "Physiatry"): 1})
    mornings = picture_below("half-days", "A: Ward", "A: Mon1=Physiatry", week=MORNINGS)
    assert fits(PHYSIATRY, mornings, {("A", 0, "Physiatry"): 1})
    odd = replace(drawn.layer, spans={**drawn.layer.spans, "day": (0, 0, 0, *drawn.layer.spans["day"][3:])})
    assert fits(PHYSIATRY, replace(drawn, layer=odd), {("A", 0, "Physiatry"): 3})


def test_grain():
    """A whole day is two half-days, for everyone alike, where all days are."""
    layer = picture_below("half-days", "A: Ward", "A: Mon1=Physiatry").layer
    assert PHYSIATRY.grain(layer) == {"Physiatry": 2}
    assert replace(PHYSIATRY, who=Group("seniors", frozenset({"A"}))).grain(layer) == {}
    odd = replace(layer, spans={**layer.spans, "day": (0, 0, 0, *layer.spans["day"][3:])})
    assert PHYSIATRY.grain(odd) == {}


def test_sentence():
    assert PHYSIATRY.sentence == "Physiatry is taken by the whole day."
