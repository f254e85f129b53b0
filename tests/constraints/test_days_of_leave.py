"""Leave counted in working days, whole weeks and single days together."""

from dataclasses import replace

import pytest

from constraints.days_of_leave import DaysOfLeave
from constraints.forbidden import Forbidden
from scheduler.domain.layer import Inside
from scheduler.domain.words import Group, Selection, Window
from tests.agreement import agree, judged, named, picture_below, some_duties, some_people, some_slots
from tests.rooms import fits

SIX = DaysOfLeave(what=Selection.of("Vacation"), at_least=6, at_most=6)
HOLIDAY = Window("holidays", frozenset({8, 9}))                              # Friday 3 July
LESS = replace(SIX, off=HOLIDAY)


def random_rule(rng, layer):
    low = rng.randint(0, 12)
    return DaysOfLeave(what=some_duties(rng), at_least=low, at_most=rng.choice([None, low, low + 2]),
                       off=some_slots(rng, layer), who=some_people(rng, layer))


def test_solver_and_checker_agree():
    agree(random_rule, seeds=80, shapes=("half-days",))


@pytest.mark.parametrize("above, row, short, expected", [
    ("A: Vacation Ward", "Mon2=Vacation", 0, []),
    ("A: Vacation Ward", "", 2, ["A has 5 days of Vacation; 6 days owed."]),
    ("A: Vacation Ward", "Mon2am=Vacation", 1, ["A has 5.5 days of Vacation; 6 days owed."]),
    ("A: Vacation Ward", "Mon2=Vacation Tue2am=Vacation", 1, ["A has 6.5 days of Vacation; at most 6 days allowed."]),
    ("A: Vacation Vacation", "", 8, ["A has 10 days of Vacation; at most 6 days allowed."]),
    ("A: Ward Ward", "Mon2am=Vacation Tue2pm=Vacation", 10, ["A has 1 day of Vacation; 6 days owed."]),
    ("A: Vacation Ward", "Mon2=Meeting", 2, ["A has 5 days of Vacation; 6 days owed."]),
])
def test_weeks_and_single_days_add_up(above, row, short, expected):
    assert judged(SIX, picture_below("half-days", above, f"A: {row}")) == (short, expected)


def test_a_holiday_in_a_week_of_leave_is_no_day_of_leave():
    assert judged(LESS, picture_below("half-days", "A: Vacation Ward", "A: Mon2=Vacation Tue2=Vacation")) == (0, [])
    assert judged(LESS, picture_below("half-days", "A: Vacation Ward", "A: Mon2=Vacation")) == (
        2, ["A has 5 days of Vacation; 6 days owed."])
    drawn = picture_below("half-days", "A: Ward Vacation", "A: Fri1=Vacation")  # leave on a holiday counts nothing
    assert judged(LESS, drawn) == (2, ["A has 5 days of Vacation; 6 days owed."])


def test_a_week_that_is_off_altogether():
    off = replace(SIX, off=Window("closed", frozenset(range(10))))
    assert judged(off, picture_below("half-days", "A: Vacation Vacation", "A:"))[0] == 2


def test_a_day_is_as_long_as_the_longest():
    drawn = picture_below("half-days", "A: Ward Ward", "A: Mon1=Vacation Tue1am=Vacation")
    day = drawn.layer.spans["day"]
    short = replace(drawn, layer=replace(drawn.layer, spans={**drawn.layer.spans, "day": (*day[:3], 1, *day[4:])}))
    assert judged(SIX, short) == (9, ["A has 1.5 days of Vacation; 6 days owed."])


def test_leave_inside_a_rotation_counts_its_weeks():
    shape = {"inside": (Inside("Vacation", Selection.of("Ward"), 1),)}
    assert judged(replace(SIX, at_least=5, at_most=5), picture_below(
        "half-days", "A: Ward+Vacation Ward", "A:", spare=2, **shape)) == (0, [])
    assert judged(SIX, picture_below("half-days", "A: Ward+Vacation Ward", "A: Mon2=Vacation", **shape)) == (0, [])
    two = {"inside": (Inside("Vacation", Selection.of("Ward"), 2),)}
    assert judged(SIX, picture_below("half-days", "A: Ward+Vacation Ward", "A:", **two)) == (
        8, ["A has 10 days of Vacation; at most 6 days allowed."])
    other = {"inside": (Inside("Meeting", Selection.of("Ward"), 1),)}
    assert judged(SIX, picture_below("half-days", "A: Ward+Meeting Vacation", "A: Mon1=Vacation", **other)) == (0, [])


def test_no_most_and_only_the_people_named():
    rule = replace(SIX, at_most=None, who=Group("seniors", frozenset({"B"})))
    drawn = picture_below("half-days", "A: Ward Ward\nB: Vacation Ward", "B: Tue2am=Vacation")
    assert judged(rule, drawn) == (1, ["B has 5.5 days of Vacation; 6 days owed."])
    assert judged(rule, picture_below("half-days", "A: Ward Ward\nB: Vacation Vacation")) == (0, [])
    violations, conditions = named(rule, drawn)
    assert violations == [("B", (*range(10), 12))]
    assert conditions == [("B", tuple(range(20)))]


def test_the_time_a_fellow_is_here():
    drawn = picture_below("half-days", "A: - Vacation\nB: - -", "A:",
                          here={"A": frozenset({1}), "B": frozenset()})
    assert judged(replace(SIX, at_least=5), drawn)[0] == 10
    assert judged(replace(SIX, at_least=0), drawn)[0] == 0


def owed(rule, above, row=""):
    return [(o.fellow.name, o.what, o.owed_min, o.owed_max, o.got, o.unit, o.verdict, o.slots, o.layer)
            for o in rule.owed(picture_below("half-days", above, f"A: {row}"))]


def test_owed():
    assert owed(SIX, "A: Vacation Ward", "Mon2=Vacation") == [
        ("A", "Vacation", 6, 6, 6, "days", "met", tuple(range(12)), "half-days")]
    assert owed(SIX, "A: Ward Ward", "Mon2am=Vacation") == [
        ("A", "Vacation", 6, 6, 0.5, "days", "short", (10,), "half-days")]
    assert owed(SIX, "A: Vacation Vacation")[0][4:7] == (10, "days", "over")
    assert owed(replace(SIX, at_least=5), "A: Vacation Ward")[0][6] == "met"
    assert owed(replace(SIX, at_most=None), "A: Vacation Vacation")[0][6] == "met"
    assert owed(replace(SIX, assumption="three weeks"), "A: Vacation Ward", "Mon2=Vacation")[0][6] == "assumed"
    assert owed(replace(SIX, who=Group("nobody", frozenset())), "A: Ward") == []
    told, = replace(SIX, source="the page", assumption="so many").owed(picture_below("half-days", "A: Ward"))
    assert (told.source, told.assumption) == ("the page", "so many")


def test_room():
    """Weeks of leave above and days of it below add up, whatever the days are."""
    drawn = picture_below("half-days", "A: Vacation Ward\nB: Ward Ward", "A: Mon1=Talk")
    vacation = [("A", 0, "Vacation"), ("A", 1, "Vacation")]
    assert [fits(SIX, drawn, dict(zip(vacation, n, strict=True)) | {("B", 0, "Vacation"): 10, ("B", 1, "Vacation"): 2})
            for n in ((0, 1), (0, 2), (2, 0), (1, 1), (1, 2), (0, 3))] == [False, True, True, True, False, False]
    only = replace(SIX, who=Group("A", frozenset({"A"})))
    assert not fits(only, drawn, dict.fromkeys(vacation, 0))
    assert fits(only, drawn, {("B", 0, "Vacation"): 0, ("B", 1, "Vacation"): 0})
    assert fits(replace(SIX, at_most=None), drawn, {("A", 1, "Vacation"): 10, ("B", 0, "Vacation"): 10})


def test_room_where_days_are_off():
    drawn = picture_below("half-days", "A: Vacation Ward", "A: Mon1=Talk")
    assert [fits(LESS, drawn, {("A", 0, "Vacation"): 0, ("A", 1, "Vacation"): n}) for n in (3, 4)] == [False, True]
    assert fits(LESS, drawn, {("A", 0, "Vacation"): 2, ("A", 1, "Vacation"): 4})  # two of them on the holiday
    assert not fits(LESS, drawn, {("A", 0, "Vacation"): 3, ("A", 1, "Vacation"): 4})
    closed = Forbidden(what=LESS.what, during=HOLIDAY)
    assert not fits(LESS, drawn, {("A", 0, "Vacation"): 2, ("A", 1, "Vacation"): 4}, closed)
    inside = picture_below("half-days", "A: Ward+Vacation Ward", "A: Mon1=Talk",
                           inside=(Inside("Vacation", Selection.of("Ward"), 1),))
    assert [fits(SIX, inside, {("A", 0, "Vacation"): 0, ("A", 1, "Vacation"): n}) for n in (1, 2, 3)] == [
        False, True, False]


@pytest.mark.parametrize("fields, sentence", [
    ({}, "Every fellow has 6 days of Vacation, weeks and single days together."),
    ({"at_least": 1, "at_most": 1}, "Every fellow has 1 day of Vacation, weeks and single days together."),
    ({"at_least": 0}, "Every fellow has up to 6 days of Vacation, weeks and single days together."),
    ({"at_least": 4}, "Every fellow has 4 to 6 days of Vacation, weeks and single days together."),
    ({"at_most": None, "off": HOLIDAY, "who": Group("seniors", frozenset())},
     "Each fellow of the group “seniors” has at least 6 days of Vacation, weeks and single days together; holidays are "
     "off anyway and do not count."),
])
def test_sentence(fields, sentence):
    assert replace(SIX, **fields).sentence == sentence
