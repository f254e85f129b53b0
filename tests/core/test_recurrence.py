"""The dates of conference series, against calendars worked out by hand."""

from datetime import date, time

import pytest

from scheduler.domain.recurrence import (
    Dropped,
    Moved,
    Recurrence,
    Timetabled,
    dates_of,
    never,
    outside,
    sessions_of,
)

MON, TUE, WED, THU, FRI = range(5)
YEARS = {2025: (date(2025, 7, 1), date(2026, 6, 30)), 2026: (date(2026, 7, 1), date(2027, 6, 30)),
         2027: (date(2027, 7, 1), date(2028, 6, 30))}
HOLIDAYS = {
    2025: {date(2025, 7, 4): "Independence Day", date(2025, 9, 1): "Labor Day", date(2025, 11, 11): "Veterans Day",
           date(2025, 11, 27): "Thanksgiving Day", date(2025, 12, 25): "Christmas Day",
           date(2026, 1, 1): "New Year's Day", date(2026, 6, 19): "Juneteenth"},
    2026: {date(2026, 7, 3): "Independence Day", date(2026, 9, 7): "Labor Day", date(2026, 10, 12): "Columbus Day",
           date(2026, 11, 26): "Thanksgiving Day", date(2026, 12, 25): "Christmas Day",
           date(2027, 1, 1): "New Year's Day", date(2027, 6, 18): "Juneteenth"},
    2027: {date(2027, 7, 5): "Independence Day", date(2027, 11, 25): "Thanksgiving Day",
           date(2027, 12, 24): "Christmas Day", date(2027, 12, 31): "New Year's Day"}}
FRIDAYS, FIRST_FRIDAY = Recurrence((FRI,)), Recurrence((FRI,), nth=(1,))
NEXT_FRIDAY = Moved(FRI, "next")


def days(recurrence, year):
    return [(d.month, d.day) for d in dates_of(recurrence, *YEARS[year])]


def plan(year, *series, blackout=None):
    return sessions_of(series, *YEARS[year], HOLIDAYS[year], blackout)


def on(sessions, name):
    return [(s.day.month, s.day.day) for s in sessions if s.series == name]


@pytest.mark.parametrize("year, numbers", [
    (2025, (52, 53, 52, 52, 52, 52, 52)), (2026, (52, 52, 53, 52, 52, 52, 52)), (2027, (52, 52, 52, 53, 53, 52, 52))])
def test_weekly(year, numbers):
    assert tuple(len(days(Recurrence((n,)), year)) for n in range(7)) == numbers


def test_both_ends_of_the_year_are_in_it():
    assert days(Recurrence((WED,)), 2026)[0] == (7, 1)
    assert days(Recurrence((WED,)), 2026)[-1] == (6, 30)


def test_first_fridays():
    assert days(FIRST_FRIDAY, 2025) == [(7, 4), (8, 1), (9, 5), (10, 3), (11, 7), (12, 5), (1, 2), (2, 6), (3, 6),
                                        (4, 3), (5, 1), (6, 5)]
    assert days(FIRST_FRIDAY, 2026) == [(7, 3), (8, 7), (9, 4), (10, 2), (11, 6), (12, 4), (1, 1), (2, 5), (3, 5),
                                        (4, 2), (5, 7), (6, 4)]
    assert days(FIRST_FRIDAY, 2027) == [(7, 2), (8, 6), (9, 3), (10, 1), (11, 5), (12, 3), (1, 7), (2, 4), (3, 3),
                                        (4, 7), (5, 5), (6, 2)]


def test_several_of_the_month_and_the_fifth_only_where_it_exists():
    assert days(Recurrence((WED,), nth=(1, 3), months=(9, 10)), 2026) == [(9, 2), (9, 16), (10, 7), (10, 21)]
    assert days(Recurrence((THU,), nth=(5,)), 2025) == [(7, 31), (10, 30), (1, 29), (4, 30)]
    assert days(Recurrence((MON,), nth=(1, 3, 5), months=(8,)), 2026) == [(8, 3), (8, 17), (8, 31)]
    assert days(Recurrence((TUE,), nth=(5,), months=(2,)), 2027) == [(2, 29)]


def test_the_last_of_the_month_is_the_fourth_or_the_fifth():
    assert days(Recurrence((THU,), nth=(-1,)), 2025) == [
        (7, 31), (8, 28), (9, 25), (10, 30), (11, 27), (12, 25), (1, 29), (2, 26), (3, 26), (4, 30), (5, 28), (6, 25)]
    assert days(Recurrence((TUE,), nth=(4, -1), months=(2,)), 2027) == [(2, 22), (2, 29)]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("weekday", range(7))
def test_the_five_ones_of_the_month_make_every_week(year, weekday):
    parts = [days(Recurrence((weekday,), nth=(n,)), year) for n in range(1, 6)]
    assert sorted(d for part in parts for d in part) == sorted(days(Recurrence((weekday,)), year))
    assert [len(part) for part in parts[:4]] == [12] * 4


def test_even_and_odd_months():
    assert days(Recurrence((MON,), nth=(2,), months=(2, 4, 6, 8, 10, 12)), 2026) == [
        (8, 10), (10, 12), (12, 14), (2, 8), (4, 12), (6, 14)]
    assert days(Recurrence((MON,), nth=(2,), months=(1, 3, 5, 7, 9, 11)), 2026) == [
        (7, 13), (9, 14), (11, 9), (1, 11), (3, 8), (5, 10)]


def test_alternate_weeks_across_the_new_year():
    from_the_8th = days(Recurrence((WED,), every=2, first=date(2026, 7, 8)), 2026)
    assert from_the_8th[:3] == [(7, 8), (7, 22), (8, 5)]
    assert from_the_8th[12:14] == [(12, 23), (1, 6)]
    assert (len(from_the_8th), from_the_8th[-1]) == (26, (6, 23))
    from_the_year = days(Recurrence((WED,), every=2), 2026)
    assert (len(from_the_year), from_the_year[-1]) == (27, (6, 30))
    assert sorted(from_the_8th + from_the_year) == sorted(days(Recurrence((WED,)), 2026))


def test_alternate_weeks_go_on_from_an_earlier_year():
    assert days(Recurrence((WED,), every=2, first=date(2026, 6, 24)), 2026)[0] == (7, 8)
    assert days(Recurrence((WED,), every=2, first=date(2026, 6, 17)), 2026)[0] == (7, 1)


def test_alternate_weeks_of_two_weekdays_are_whole_weeks():
    assert days(Recurrence((TUE, THU), every=2), 2026)[:4] == [(7, 2), (7, 14), (7, 16), (7, 28)]


def test_seasons_lists_exceptions_and_unions():
    assert days(Recurrence((TUE,), months=(7, 8)), 2026) == [
        (7, 7), (7, 14), (7, 21), (7, 28), (8, 4), (8, 11), (8, 18), (8, 25)]
    assert days(Recurrence((TUE,), first=date(2027, 5, 18), last=date(2027, 6, 1)), 2026) == [(5, 18), (5, 25), (6, 1)]
    listed = Recurrence(dates=(date(2026, 9, 2), date(2026, 8, 5), date(2027, 7, 7)))
    assert days(listed, 2026) == [(8, 5), (9, 2)]
    assert outside(listed, *YEARS[2026]) == (date(2027, 7, 7),)
    assert days(Recurrence((TUE,), months=(7,), but=(date(2026, 7, 14),)), 2026) == [(7, 7), (7, 21), (7, 28)]
    union = Recurrence((MON,), nth=(1,), months=(8,), also=(Recurrence((WED,), nth=(3,), months=(8,)), listed))
    assert days(union, 2026) == [(8, 3), (8, 5), (8, 19), (9, 2)]
    assert hash(union) != hash(listed)


@pytest.mark.parametrize("year, sentence", [
    (2026, "There is no fifth Monday of February in the year from 1 July 2026 to 30 June 2027."),
    (2027, "There is no fifth Monday of February in the year from 1 July 2027 to 30 June 2028.")])
def test_what_is_never(year, sentence):
    assert never(Recurrence((MON,), nth=(1, 5), months=(2,)), *YEARS[year]) == sentence
    assert never(Recurrence((TUE,), also=(Recurrence((MON,), nth=(5,), months=(2,)),)), *YEARS[year]) == sentence


def test_what_is_never_for_other_reasons():
    year = "in the year from 1 July 2026 to 30 June 2027."
    season = Recurrence((TUE, THU), first=date(2027, 9, 1), last=date(2027, 10, 1))
    assert never(season, *YEARS[2026]) == (
        f"There is no Tuesday or Thursday from 1 September 2027 until 1 October 2027 {year}")
    assert never(Recurrence(dates=(date(2025, 8, 6),)), *YEARS[2026]) == f"No listed date is {year}"
    assert never(Recurrence((TUE,), nth=(5,), months=(2,)), *YEARS[2027]) == ""
    assert never(Recurrence((THU,), nth=(5, -1)), *YEARS[2026]) == ""


@pytest.mark.parametrize("rule, number", [("cancelled", 49), ("kept", 52)])
def test_thursday_seminars_at_christmas_and_new_year(rule, number):
    sessions, dropped = plan(2025, Timetabled("Seminar", Recurrence((THU,)), time(6, 30), time(7, 30), rule))
    assert len(sessions) == number
    assert [s.number for s in sessions] == list(range(1, number + 1))
    assert ((12, 25) in on(sessions, "Seminar"), (1, 1) in on(sessions, "Seminar")) == (rule == "kept",) * 2
    assert dropped == ([] if rule == "kept" else [
        Dropped("Seminar", date(2025, 11, 27), "on Thanksgiving Day"),
        Dropped("Seminar", date(2025, 12, 25), "on Christmas Day"),
        Dropped("Seminar", date(2026, 1, 1), "on New Year's Day")])


def test_moved_to_the_working_day_before_or_after():
    seminar = Recurrence((THU,))
    later, dropped = plan(2025, Timetabled("Seminar", seminar, on_holiday="moved", moved=Moved(None, "next")))
    assert not dropped
    assert [(s.moved_from, s.day) for s in later if s.moved_from] == [
        (date(2025, 11, 27), date(2025, 11, 28)), (date(2025, 12, 25), date(2025, 12, 26)),
        (date(2026, 1, 1), date(2026, 1, 2))]
    sooner, _ = plan(2026, Timetabled("Lecture", FRIDAYS, on_holiday="moved", moved=Moved(None, "previous")))
    assert [s.day for s in sooner if s.moved_from] == [
        date(2026, 7, 2), date(2026, 12, 24), date(2026, 12, 31), date(2027, 6, 17)]
    over_a_weekend, _ = plan(2026, Timetabled("Joint", FIRST_FRIDAY, on_holiday="moved", moved=Moved(None, "next")))
    assert [s.day for s in over_a_weekend if s.moved_from] == [date(2026, 7, 6), date(2027, 1, 4)]


def test_a_moved_session_avoids_holidays_blackout_dates_and_its_own_series():
    last = Timetabled("Rounds", Recurrence((THU,), nth=(-1,)), on_holiday="moved", moved=Moved(THU, "previous"))
    sessions, _ = plan(2025, last, blackout={date(2025, 12, 18): "Interview days"})
    assert [s.day for s in sessions if s.moved_from] == [date(2025, 11, 20), date(2025, 12, 11)]
    third_too = Timetabled("Rounds", Recurrence((THU,), nth=(3, -1)), on_holiday="moved", moved=Moved(THU, "previous"))
    sessions, dropped = plan(2025, third_too)
    assert [s.day for s in sessions if s.moved_from] == [date(2025, 11, 13), date(2025, 12, 11)]
    assert len({s.day for s in sessions}) == 24 and not dropped


def test_a_session_that_cannot_be_moved_is_dropped_with_the_reason():
    weekly = Timetabled("Seminar", Recurrence((THU,)), on_holiday="moved", moved=Moved(THU, "next"))
    assert plan(2025, weekly)[1][0] == Dropped(
        "Seminar", date(2025, 11, 27), "on Thanksgiving Day, and no day within four weeks is free")
    early = Timetabled("Joint", FIRST_FRIDAY, on_holiday="moved", moved=Moved(FRI, "previous"))
    sessions, dropped = plan(2026, early)
    assert dropped == [Dropped("Joint", date(2026, 7, 3), "on Independence Day, and would move out of the year")]
    assert (date(2026, 12, 18), date(2027, 1, 1)) in [(s.day, s.moved_from) for s in sessions]


def test_blackout_dates():
    gone = {date(2026, 7, 7): "Interview days", date(2026, 7, 14): ""}
    july = Recurrence((TUE,), months=(7,))
    assert plan(2026, Timetabled("Lecture", july), blackout=gone)[1] == [
        Dropped("Lecture", date(2026, 7, 7), "in the blackout “Interview days”"),
        Dropped("Lecture", date(2026, 7, 14), "on a blackout date")]
    assert len(plan(2026, Timetabled("Lecture", july, on_holiday="kept"), blackout=gone)[0]) == 4


@pytest.mark.parametrize("year, moved, weekly", [(2025, {(7, 11)}, 38), (2026, {(7, 10), (1, 8)}, 36),
                                                 (2027, set(), 39)])
def test_twelve_joint_journal_clubs_a_year(year, moved, weekly):
    sessions, dropped = plan(
        year, Timetabled("Journal Club", FRIDAYS, time(6, 30), time(7, 30)),
        Timetabled("Joint Journal Club", FIRST_FRIDAY, time(6, 30), time(7, 30), "moved", NEXT_FRIDAY,
                   replaces=("Journal Club",)))
    joint = on(sessions, "Joint Journal Club")
    assert len(joint) == len({month for month, _ in joint}) == 12
    assert {(s.day.month, s.day.day) for s in sessions if s.moved_from} == moved
    assert len(on(sessions, "Journal Club")) == weekly
    assert not set(joint) & set(on(sessions, "Journal Club"))
    assert [d.day for d in dropped if d.why == "replaced by Joint Journal Club"] == [
        s.day for s in sessions if s.series == "Joint Journal Club"]


def test_where_the_joint_one_moves_to_another_week_that_week_is_replaced():
    sessions, dropped = plan(
        2026, Timetabled("Seminar", Recurrence((THU,))),
        Timetabled("Joint", FIRST_FRIDAY, on_holiday="moved", moved=NEXT_FRIDAY, replaces=("Seminar",)))
    assert on(sessions, "Seminar")[:2] == [(7, 2), (7, 16)]
    assert dropped[0] == Dropped("Seminar", date(2026, 7, 9), "replaced by Joint")
    assert {(12, 31), (1, 14)} <= set(on(sessions, "Seminar")) and (1, 7) not in on(sessions, "Seminar")


def test_a_week_is_from_monday_to_sunday_and_a_cancelled_session_replaces_nothing():
    sunday = Timetabled("Retreat", Recurrence(dates=(date(2026, 7, 19),)), replaces=("Lecture",))
    sessions, _ = plan(2026, Timetabled("Lecture", Recurrence((MON, TUE), months=(7,))), sunday)
    assert on(sessions, "Lecture") == [(7, 6), (7, 7), (7, 20), (7, 21), (7, 27), (7, 28)]
    sessions, dropped = plan(2026, Timetabled("Lecture", Recurrence((THU,), months=(7,))),
                             Timetabled("Joint", Recurrence(dates=(date(2026, 7, 3),)), replaces=("Lecture",)))
    assert on(sessions, "Lecture")[0] == (7, 2)
    assert [d.why for d in dropped] == ["on Independence Day"]


@pytest.mark.parametrize("turned", [False, True])
def test_what_is_replaced_itself_replaces_nothing(turned):
    series = [Timetabled("Lecture", Recurrence((TUE,), months=(7,))),
              Timetabled("Case", Recurrence(dates=(date(2026, 7, 8), date(2026, 7, 15))), replaces=("Lecture",)),
              Timetabled("Visitor", Recurrence(dates=(date(2026, 7, 9),)), replaces=("Case",))]
    sessions, _ = plan(2026, *(reversed(series) if turned else series))
    assert on(sessions, "Case") == [(7, 15)]
    assert on(sessions, "Lecture") == [(7, 7), (7, 21), (7, 28)]


def test_two_that_replace_one_another_do_not_both_vanish():
    one, other = Recurrence(dates=(date(2026, 7, 7),)), Recurrence(dates=(date(2026, 7, 8),))
    sessions, dropped = plan(2026, Timetabled("A", one, replaces=("B",)), Timetabled("B", other, replaces=("A",)))
    assert [(s.series, d.series) for s, d in zip(sessions, dropped, strict=True)] == [("A", "B")]


def test_back_to_back():
    seminar = Timetabled("Seminar", Recurrence((THU,)), time(6, 30), time(7, 30), "moved", Moved(WED, "previous"))
    meeting = Timetabled("Meeting", None, time(8), time(9), after="Seminar")
    sessions, dropped = plan(2025, meeting, seminar)
    assert on(sessions, "Meeting") == on(sessions, "Seminar") and len(sessions) == 104 and not dropped
    first, second = sessions[:2]
    assert (first.series, second.series) == ("Seminar", "Meeting")
    assert (second.start, second.end) == (first.end, time(8, 30))
    assert [s.day for s in sessions if s.moved_from and s.series == "Meeting"] == [
        date(2025, 11, 26), date(2025, 12, 24), date(2025, 12, 31)]


def test_what_follows_falls_with_what_it_follows():
    seminar = Timetabled("Seminar", Recurrence((THU,), months=(11,)), time(6, 30))
    meeting = Timetabled("Meeting", after="Seminar", start=time(7, 30), end=time(8, 30))
    course = Timetabled("Course", Recurrence(dates=(date(2025, 11, 5),)), replaces=("Seminar",))
    sessions, dropped = plan(2025, seminar, meeting, course, Timetabled("Tea", after="Meeting"))
    assert on(sessions, "Meeting") == on(sessions, "Tea") == [(11, 13), (11, 20)]
    assert {(s.start, s.end) for s in sessions if s.series == "Meeting"} == {(time(7, 30), time(8, 30))}
    assert {(s.start, s.end) for s in sessions if s.series == "Tea"} == {(time(8, 30), None)}
    assert [(d.series, d.day.day, d.why) for d in dropped] == [
        ("Seminar", 6, "replaced by Course"), ("Meeting", 6, "replaced by Course"), ("Tea", 6, "replaced by Course"),
        ("Seminar", 27, "on Thanksgiving Day"), ("Meeting", 27, "on Thanksgiving Day"),
        ("Tea", 27, "on Thanksgiving Day")]


def test_what_is_undecided_has_no_sessions():
    assert plan(2026, Timetabled("Grand Rounds"), Timetabled("Coffee", after="Grand Rounds"),
                Timetabled("Hen", after="Egg"), Timetabled("Egg", after="Hen")) == ([], [])
    with pytest.raises(ValueError, match="Joint is moved on holidays, but not where to"):
        Timetabled("Joint", FIRST_FRIDAY, on_holiday="moved")


def test_order_of_a_day():
    at = Recurrence(dates=(date(2026, 7, 7),))
    sessions, _ = plan(2026, Timetabled("Untimed", at), Timetabled("Late", at, time(17)),
                       Timetabled("Early", at, time(7)), Timetabled("Early too", at, time(7)))
    assert [s.series for s in sessions] == ["Early", "Early too", "Late", "Untimed"]
