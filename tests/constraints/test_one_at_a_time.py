"""Nobody is in two places."""

import pytest

from constraints.forbidden import Forbidden
from constraints.one_at_a_time import OneAtATime
from scheduler.domain.board import Board, Model
from scheduler.domain.words import Selection, Window
from tests.agreement import BELOW, agree, judged, named, picture_below, some_duties
from tests.rooms import fits

ANY = OneAtATime(what=Selection("clinics and courses", frozenset({"Clinic", "Course", "Physiatry"})))


def test_solver_and_checker_agree():
    agree(lambda rng, layer: OneAtATime(what=some_duties(rng, 6)), seeds=80, shapes=BELOW)


@pytest.mark.parametrize("row, short, expected", [
    ("Mon1am=Clinic Mon1pm=Course", 0, []),
    ("Tue1am=Clinic+Talk", 0, []),
    ("Tue1am=Clinic+Course", 1, ["A has Clinic and Course at once on the morning of Tuesday 30 June."]),
    ("Tue1=Clinic+Course", 2, ["A has Clinic and Course at once on the morning of Tuesday 30 June.",
                               "A has Clinic and Course at once on the afternoon of Tuesday 30 June."]),
    ("Tue1pm=Clinic+Course+Physiatry", 2,
     ["A has Clinic, Course and Physiatry at once on the afternoon of Tuesday 30 June."]),
])
def test_one_or_none(row, short, expected):
    assert judged(ANY, picture_below("half-days", "A: Ward", f"A: {row}")) == (short, expected)


def test_call():
    pagers = OneAtATime(what=Selection.of("First", "Second"), layer_name="call")
    drawn = picture_below("call", "A: Ward\nB: Ward", "A: Sat1=First Sun1=Second\nB: Sat1=First+Second")
    assert judged(pagers, drawn) == (1, ["B has First and Second at once on the night of Saturday 4 July."])
    assert named(pagers, drawn) == ([("B", (5,))], [("B", (5,))])


def test_nothing_is_posted_where_two_cannot_meet():
    layer = picture_below("half-days", "A: Ward", "A: Mon1am=Course Mon1pm=Physiatry").layer
    never = [("A", s, d) for s in layer.slots for d in ("Course", "Physiatry")]
    assert [c.when for c in ANY.post(Board(Model(), layer).open(never))] == []
    assert [c.when for c in ANY.post(Board(Model(), layer).open(never[2:]))] == [(0,)]
    board = Board(Model(), layer).open(never[1:])
    board.decide("A", 0, "Clinic", True)                                     # beside one that is certain, none may come
    assert [c.when for c in ANY.post(board)] == [(0,)]


def test_room():
    """Together no more than the period has half-days on which any of them is open."""
    drawn = picture_below("half-days", "A: Ward Ward", "A: Mon1=Course Tue1=Physiatry")
    assert fits(ANY, drawn, {("A", 0, "Clinic"): 4, ("A", 0, "Course"): 6, ("A", 0, "Elective"): 10})
    assert not fits(ANY, drawn, {("A", 0, "Clinic"): 5, ("A", 0, "Course"): 6})
    assert not fits(ANY, drawn, {("A", 1, "Physiatry"): 6, ("A", 1, "Clinic"): 5})
    closed = Forbidden(what=ANY.what, during=Window("Monday", frozenset({0, 1})))
    assert fits(ANY, drawn, {("A", 0, "Clinic"): 8, ("A", 0, "Course"): 0}, closed)
    assert not fits(ANY, drawn, {("A", 0, "Clinic"): 4, ("A", 0, "Course"): 5}, closed)
    clinic = Forbidden(what=Selection.of("Clinic"), during=Window("Monday", frozenset({0, 1})))
    assert fits(ANY, drawn, {("A", 0, "Clinic"): 4, ("A", 0, "Course"): 6}, clinic)


def test_sentence():
    assert ANY.sentence == "Nobody has two of clinics and courses at one time."
