"""At most so many in a day, a week or a month."""

from dataclasses import replace

import pytest

from constraints.most_per import MostPer
from scheduler.domain.words import Group, Many, Selection, Window
from tests.agreement import BELOW, agree, judged, named, picture, picture_below, some_duties, some_people, some_slots
from tests.rooms import fits

TWO = MostPer(what=Selection.of("Clinic"), limit=Many(2, "half-day"))
A_DAY = MostPer(what=Selection.of("Clinic", "Course"), limit=Many(1, "half-day"), per="day")
A_MONTH = MostPer(what=Selection.of("Pager"), limit=Many(2, "night"), per="month", layer_name="call")


def test_solver_and_checker_agree():
    agree(lambda rng, layer: MostPer(
        what=some_duties(rng), limit=Many(rng.randint(0, 4), layer.noun), per=rng.choice(["day", "week", "month"]),
        who=some_people(rng, layer), during=some_slots(rng, layer)), seeds=100, shapes=BELOW)


@pytest.mark.parametrize("row, short, expected", [
    ("Mon1am=Clinic Fri1pm=Clinic Mon2am=Clinic Fri2pm=Clinic", 0, []),
    ("Mon1am=Clinic Wed1am=Clinic Fri1pm=Clinic", 1, [
        "A has 3 half-days of Clinic in one week, the morning of Monday 29 June, the morning of Wednesday 1 July and "
        "the afternoon of Friday 3 July; at most 2 half-days allowed."]),
    ("Mon1=Clinic Tue2=Clinic Thu2=Clinic", 2, [
        "A has 4 half-days of Clinic in one week, Tuesday 7 July and Thursday 9 July; at most 2 half-days allowed."]),
])
def test_a_week_begins_with_the_rotation_weeks(row, short, expected):
    assert judged(TWO, picture_below("half-days", "A: Ward Ward", f"A: {row}")) == (short, expected)


def test_a_period_with_spare_days_is_two_weeks():
    drawn = picture_below("half-days", "A: Ward", "A: Mon1=Clinic Mon2=Clinic Tue2am=Course", spare=2)
    assert judged(TWO, drawn) == (0, [])
    assert judged(replace(TWO, limit=Many(1, "half-day")), drawn)[0] == 2


def test_a_day_and_several_taken_together():
    assert judged(A_DAY, picture_below("half-days", "A: Ward", "A: Mon1am=Clinic Tue1pm=Course")) == (0, [])
    assert judged(A_DAY, picture_below("half-days", "A: Ward", "A: Mon1am=Clinic Mon1pm=Course")) == (
        1, ["A has 2 half-days of Clinic or Course in one day, Monday 29 June; at most 1 half-day allowed."])


def test_a_month_of_nights():
    drawn = picture_below("call", "A: Ward Ward", "A: Mon1=Pager Tue1=Pager Wed1=Pager Thu1=Pager")
    assert judged(A_MONTH, drawn) == (0, [])                                 # two in June, two in July
    drawn = picture_below("call", "A: Ward Ward", "A: Tue1=Pager Wed1=Pager Thu1=Pager Mon2=Pager")
    assert judged(A_MONTH, drawn) == (
        1, ["A has 3 nights of Pager in one month, the night of Wednesday 1 July, the night of Thursday 2 July and the "
            "night of Monday 6 July; at most 2 nights allowed."])


def test_only_in_some_dates_and_only_the_people_named():
    first = replace(TWO, limit=Many(0, "half-day"), during=Window("Monday", frozenset({0, 1})),
                    who=Group("seniors", frozenset({"B"})))
    drawn = picture_below("half-days", "A: Ward\nB: Ward", "A: Mon1=Clinic\nB: Mon1am=Clinic Tue1=Clinic")
    assert judged(first, drawn)[0] == 1
    assert named(first, drawn) == ([("B", (0,))], [("B", (0, 1))])
    assert first.sentence == "No one (seniors) has more than 0 half-days of Clinic in a week during Monday."


def test_in_a_layer_of_periods_each_is_its_own():
    assert judged(replace(TWO, limit=Many(0), layer_name="rotations"), picture("A: Clinic Ward Clinic")) == (
        2, [f"A has 1 week of Clinic in one week, slot {n}; at most 0 weeks allowed." for n in (1, 3)])


def test_room():
    """By the week and the day, every period; by the month, the periods that lie in it."""
    drawn = picture_below("half-days", "A: Ward Ward\nB: Ward Ward", "A: Mon1=Clinic")
    assert fits(TWO, drawn, {("A", 0, "Clinic"): 2, ("A", 1, "Clinic"): 2, ("A", 0, "Elective"): 10})
    assert not fits(TWO, drawn, {("A", 0, "Clinic"): 3})
    assert not fits(TWO, drawn, {("A", 1, "Clinic"): 3})
    assert [fits(replace(TWO, per="day"), drawn, {("A", 0, "Clinic"): n}) for n in (10, 11)] == [True, False]
    one = replace(TWO, per="day", limit=Many(1))
    assert [fits(one, drawn, {("B", 0, "Clinic"): n}) for n in (5, 6)] == [True, False]
    spare = picture_below("half-days", "A: Ward", "A: Mon1=Clinic", spare=2)      # Monday and Tuesday of another week
    assert [fits(TWO, spare, {("A", 0, "Clinic"): n}) for n in (4, 5)] == [True, False]


def test_room_in_some_dates_for_some_people_and_by_the_month():
    drawn = picture_below("half-days", "A: Ward Ward Ward\nB: Ward Ward Ward", "A: Mon1=Clinic")
    month = replace(TWO, per="month")
    assert [fits(month, drawn, {("A", 0, "Clinic"): n}) for n in (4, 5)] == [True, False]      # June and July
    assert [fits(month, drawn, {("A", 0, "Clinic"): n, ("A", 1, "Clinic"): 1}) for n in (3, 4)] == [True, False]
    assert fits(month, drawn, {("A", 1, "Clinic"): 1, ("A", 2, "Clinic"): 1, ("A", 0, "Clinic"): 2})
    assert not fits(month, drawn, {("A", 1, "Clinic"): 1, ("A", 2, "Clinic"): 2})
    first = replace(TWO, during=Window("the first half", frozenset(range(15))), who=Group("B", frozenset({"B"})))
    assert fits(first, drawn, {("A", 0, "Clinic"): 10, ("B", 0, "Clinic"): 2, ("B", 1, "Clinic"): 7})
    assert not fits(first, drawn, {("B", 1, "Clinic"): 8})                  # five of them lie outside
    assert not fits(first, drawn, {("B", 0, "Clinic"): 3})
    assert fits(first, drawn, {("B", 2, "Clinic"): 10})
    away = picture_below("half-days", "A: Ward Ward\nB: - Ward", "A: Mon1=Clinic", here={"B": frozenset({1})})
    assert fits(TWO, away, {("B", 1, "Clinic"): 2})


def test_what_it_asks_of_every_week():
    layer = picture_below("half-days", "A: Ward\nB: Ward").layer
    ask, = TWO.asks(layer)
    assert (ask.what, [p.id for p in ask.who], ask.most) == (TWO.what, ["A", "B"], 2)
    for other in (replace(TWO, per="day"), replace(TWO, per="month"), replace(TWO, during=Window("w", frozenset({0})))):
        assert list(other.asks(layer)) == []


def test_sentence():
    assert TWO.sentence == "No one has more than 2 half-days of Clinic in a week."
    assert A_MONTH.sentence == "No one has more than 2 nights of Pager in a month."
