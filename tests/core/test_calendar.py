"""The academic year: 52 periods whatever the weekday of the first of July, and no stub that counts as a week."""

from datetime import date, timedelta

import pytest

from scheduler.domain.calendar import runs_of, year_of_dates, year_of_months, year_of_weeks


def july(year, **kw):
    return year_of_weeks(date(year, 7, 1), date(year + 1, 6, 30), **kw)


@pytest.mark.parametrize("year", range(2020, 2040))
@pytest.mark.parametrize("weekday", range(7))
@pytest.mark.parametrize(("length", "number"), [(1, 52), (2, 26), (4, 13)])
def test_a_year_has_its_number_of_periods_and_no_gap(year, weekday, length, number):
    made = july(year, length=length, week_starts=weekday)
    assert len(made.periods) == number
    assert made.periods[0].start == date(year, 7, 1)
    assert made.periods[-1].end == date(year + 1, 6, 30)
    for earlier, later in zip(made.periods, made.periods[1:], strict=False):
        assert later.start == earlier.end + timedelta(1)
        assert later.start.weekday() == weekday
    inner = [p.days for p in made.periods[1:-1]]
    assert set(inner) == {7 * length}
    assert all(p.weeks == length for p in made.periods)
    # a first or last period is never shorter than a working week less its weekend
    assert min(made.periods[0].days, made.periods[-1].days) >= 7 * length - 3


@pytest.mark.parametrize(("year", "first", "last"), [(2024, 7, 8), (2025, 6, 9), (2026, 5, 10), (2027, 11, 5)])
def test_spare_days_join_the_first_or_last_week_and_are_listed(year, first, last):
    made = july(year)
    assert (made.periods[0].days, made.periods[-1].days) == (first, last)
    assert len(made.notes) == (first != 7) + (last != 7)
    assert all("counts as 1 week" in note for note in made.notes)


def test_leap_year_has_366_days():
    assert sum(p.days for p in july(2027).periods) == 366


def test_months_and_listed_dates():
    months = year_of_months(date(2026, 7, 1), date(2027, 6, 30))
    assert [p.label for p in months.periods][:2] == ["July", "August"]
    assert len(months.periods) == 12
    assert months.periods[7].end == date(2027, 2, 28)
    assert months.periods[0].weeks is None
    listed = year_of_dates([date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 26)], date(2026, 12, 6))
    assert [p.weeks for p in listed.periods] == [4, 8, 6]
    assert "Block 1 has 31 days and counts as 4 weeks." in listed.notes


def test_slots_and_words():
    made = july(2026, holidays={date(2026, 12, 25): "Christmas Day"})
    christmas = made.slot_of(date(2026, 12, 25))
    assert made.periods[christmas].start == date(2026, 12, 21)
    assert made.holiday_slots() == {christmas: ("Christmas Day",)}
    assert made.slot_of(date(2027, 7, 1)) is None
    assert made.slots_between(date(2026, 12, 24), date(2027, 1, 1)) == (christmas, christmas + 1)
    assert made.when([christmas]) == "the week of 21 December"
    assert made.when([3, 4, christmas]) == "the 2 weeks from 20 July and the week of 21 December"
    assert runs_of([1, 2, 5]) == [[1, 2], [5]]


def test_a_year_too_short_for_one_period_is_refused():
    with pytest.raises(ValueError, match="hold no period"):
        year_of_weeks(date(2026, 7, 1), date(2026, 7, 4))


def test_one_period_years_and_short_years():
    assert [p.days for p in year_of_weeks(date(2026, 7, 1), date(2026, 7, 9)).periods] == [9]
    short = year_of_weeks(date(2026, 7, 1), date(2026, 7, 31))
    assert sum(p.days for p in short.periods) == 31
    assert len(short.periods) == 4
