"""Nobody presents who is not there."""

from dataclasses import replace

import pytest

from constraints.free_to_present import FreeToPresent
from scheduler.domain.words import Group, Selection
from tests.agreement import agree, judged, named, on_paper, picture_sessions, some_duties, some_people

AWAY = FreeToPresent(what=Selection.of("Talk"), away=Selection.of("Vacation", "Off site"))
CALL = replace(AWAY, call=Selection.of("Pager"))
DATES = "Tue1 Fri1 Mon2 Tue2"


def drawn(row, halves=None, nights=None, above="A: Ward Vacation"):
    return picture_sessions("conferences", above, row, DATES, halves=halves, nights_=nights)


def test_solver_and_checker_agree():
    agree(lambda rng, layer: FreeToPresent(
        what=some_duties(rng), away=some_duties(rng), call=some_duties(rng) if rng.random() < 0.6 else None,
        who=some_people(rng, layer)), seeds=100, shapes=("conferences",))


@pytest.mark.parametrize("row, said", [
    ("Talk Talk - -", []), ("- - Ward Ward", []),
    ("- - Talk -", ["A presents Talk on Monday 6 July, in a week on Vacation."]),
    ("- - Talk Talk", ["A presents Talk on Monday 6 July, in a week on Vacation.",
                       "A presents Talk on Tuesday 7 July, in a week on Vacation."]),
])
def test_weeks_away(row, said):
    assert judged(AWAY, drawn(f"A: {row}")) == (len(said), said)


@pytest.mark.parametrize("halves, number", [
    ("A: Tue1pm=Vacation", 1), ("A: Tue1am=Off+Ward", 0), ("A: Wed1=Vacation", 0), ("A: Mon1=Vacation", 0),
    ("A: Tue1=Vacation Fri1am=Vacation", 2)])
def test_single_days_away(halves, number):
    shown = drawn("A: Talk Talk - -", halves=halves, above="A: Ward Ward")
    count, said = judged(AWAY, shown)
    assert count == number and all("a day on Vacation" in x for x in said)


@pytest.mark.parametrize("nights, number", [
    ("A: Mon1=Pager", 1), ("A: Tue1=Pager", 0), ("A: Sun1=Pager", 1), ("A: Mon1=Second", 0), ("A: Wed1=Pager", 0),
    ("A: Mon1=Pager Thu1=Pager Sun1=Pager", 3)])
def test_the_day_after_call(nights, number):
    shown = drawn("A: Talk Talk Talk -", nights=nights, above="A: Ward Ward")
    count, said = judged(CALL, shown)
    assert count == number and all("after a night on call" in x for x in said)
    assert judged(AWAY, shown) == (0, [])


def test_two_reasons_on_one_day_are_one_mistake():
    shown = drawn("A: - - Talk -", halves="A: Mon2=Vacation", nights="A: Sun1=Pager")
    assert judged(CALL, shown)[0] == 1


def test_those_in_no_rotation_are_free_and_only_those_named_are_bound():
    shown = drawn("A: - - Talk -\nDr Moon: - - Talk -\nB: - - Talk -", above="A: Ward Vacation\nB: Ward Vacation")
    assert named(AWAY, shown)[0] == named(AWAY, shown)[1] == [("A", (2,)), ("B", (2,))]
    assert named(replace(AWAY, who=Group("B", frozenset({"B"}))), shown) == ([("B", (2,))], [("B", (2,))])


def test_where_all_is_decided_only_what_is_wrong_is_said():
    assert on_paper(CALL, drawn("A: Talk - Talk -", nights="A: Mon1=Pager")) == [(0,), (2,)]


def test_sentence():
    assert AWAY.sentence == "Nobody presents Talk while on Vacation or Off site."
    assert CALL.sentence == "Nobody presents Talk while on Vacation or Off site, or the day after Pager."
