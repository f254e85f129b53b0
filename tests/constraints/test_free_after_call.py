"""What a night of call leaves of the next day."""

from dataclasses import replace

import pytest

from constraints.free_after_call import FreeAfterCall
from scheduler.domain.board import Board, Model
from scheduler.domain.days import WorkingWeek
from scheduler.domain.words import Group, Selection
from tests.agreement import agree, judged, named, on_paper, picture_below, some_duties, some_people

DAY = FreeAfterCall(what=Selection.of("Pager"), then=Selection.of("Clinic"))
MORNING = replace(DAY, halves=1)
NIGHT = " after Pager on the night of "


def test_solver_and_checker_agree():
    agree(lambda rng, layer: FreeAfterCall(what=some_duties(rng), then=some_duties(rng), halves=rng.randint(0, 3),
                                           who=some_people(rng, layer)), seeds=100, shapes=("call",))


@pytest.mark.parametrize("row, halves, day, morning", [
    ("Mon1=Pager", "Wed1=Clinic", [], []),
    ("Mon1=Pager", "Mon1=Clinic", [], []),                                   # the same day ends before the night
    ("Mon1=Pager", "Tue1am=Course", [], []),
    ("Mon1=Pager", "Tue1am=Clinic", [f"A has Clinic on the morning of Tuesday 30 June,{NIGHT}Monday 29 June."], 1),
    ("Mon1=Pager", "Tue1pm=Clinic", [f"A has Clinic on the afternoon of Tuesday 30 June,{NIGHT}Monday 29 June."], []),
    ("Mon1=Pager", "Tue1=Clinic", [f"A has Clinic on the morning of Tuesday 30 June,{NIGHT}Monday 29 June.",
                                   f"A has Clinic on the afternoon of Tuesday 30 June,{NIGHT}Monday 29 June."], 1),
    ("Fri1=Pager", "Mon2=Clinic", [], []),                                   # Saturday is not worked, and nothing moves
    ("Sun1=Pager", "Mon2am=Clinic", [f"A has Clinic on the morning of Monday 6 July,{NIGHT}Sunday 5 July."], 1),
    ("Sun2=Pager", "", [], []),
])
def test_the_next_day(row, halves, day, morning):
    drawn = picture_below("call", "A: Ward Ward", f"A: {row}", halves=f"A: {halves}")
    assert judged(DAY, drawn) == (len(day), day)
    assert judged(MORNING, drawn)[1] == (day[:1] if morning else [])


def test_the_first_working_day_of_the_year():
    week = WorkingWeek((1, 2))
    drawn = picture_below("call", "A: Ward", "A: Mon1=Pager", halves="A: Tue1am=Clinic Wed1am=Clinic", week=week)
    assert judged(MORNING, drawn)[0] == 1
    assert judged(replace(DAY, halves=0), drawn) == (0, [])
    assert judged(replace(DAY, halves=3), drawn)[0] == 1


def test_a_program_without_half_days_has_nothing_to_miss():
    drawn = picture_below("call", "A: Ward Ward", "A: Mon1=Pager")
    assert judged(DAY, drawn) == (0, [])


def test_only_the_people_named_and_whom_it_names():
    seniors = replace(DAY, who=Group("seniors", frozenset({"B"})))
    drawn = picture_below("call", "A: Ward\nB: Ward", "A: Mon1=Pager\nB: Mon1=Pager Wed1=Pager",
                          halves="A: Tue1=Clinic\nB: Thu1am=Clinic")
    assert judged(seniors, drawn)[0] == 1
    assert named(seniors, drawn) == ([("B", (2,))], [("B", (2,))])


def test_where_all_is_decided_only_what_is_wrong_is_said():
    drawn = picture_below("call", "A: Ward\nB: Ward", "A: Mon1=Pager Wed1=Pager\nB: Fri1=Pager",
                          halves="A: Tue1am=Clinic Wed1=Clinic Thu1=Course")
    assert on_paper(DAY, drawn) == [(0,)]
    boards = {}
    boards["half-days"] = Board(Model(), drawn.beside["half-days"].layer, boards).decided(drawn.beside["half-days"])
    board = Board(boards["half-days"].model, drawn.layer, boards).open()
    assert [(c.who[0].name, c.when) for c in DAY.post(board)] == [("A", (0,)), ("A", (1,)), ("A", (1,))]


def test_sentence():
    assert DAY.sentence == "Nobody has Clinic on the 2 half-days after Pager."
