"""``year:`` read rightly: every layout, blocks, spare days and holidays."""

from datetime import date, timedelta

import pytest

from tests.io.small import MINIMAL, read, wrong

START = "year: {start: 2026-07-01, end: 2027-06-30}"


def year_of(tmp_path, line):
    return read(tmp_path, MINIMAL.replace(START, line)).year


def whole(year):
    """The periods follow each other and cover the year."""
    assert year.periods[0].start == year.start and year.periods[-1].end == year.end
    for one, two in zip(year.periods, year.periods[1:], strict=False):
        assert two.start == one.end + timedelta(1)
    assert [p.index for p in year.periods] == list(range(len(year.periods)))
    return year


@pytest.mark.parametrize("start, end, starts, weekday", [
    ("2026-07-01", "2027-06-30", "Monday", 0), ("2026-07-01", "2027-06-30", "Wednesday", 2),
    ("2026-07-01", "2027-06-30", "sunday", 6), ("2027-07-01", "2028-06-30", "Monday", 0),       # 366 days
    ("2026-08-01", "2027-07-31", "Saturday", 5), ("2028-02-29", "2029-02-28", "Tuesday", 1),
    ("2025-07-01", "2026-06-30", "Tuesday", 1), ("2026-01-01", "2026-12-31", "Friday", 4)])
def test_a_year_of_weeks_has_52_whatever_day_it_starts(tmp_path, start, end, starts, weekday):
    line = f"year: {{start: {start}, end: {end}, period: week, week starts: {starts}}}"
    program = read(tmp_path, MINIMAL.replace(START, line))
    year = whole(program.year)
    assert len(year.periods) == 52 and {p.weeks for p in year.periods} == {1}
    assert {p.start.weekday() for p in year.periods[1:]} == {weekday}
    odd = [p for p in year.periods if p.days != 7]
    noted = [a for a in program.assumptions if a.source == "year"]
    assert 1 <= len(odd) == len(noted) <= 2                        # spare days are listed, never silent
    assert all(f"has {p.days} days" in a.text for p, a in zip(odd, noted, strict=True))


@pytest.mark.parametrize("period, number, weeks", [
    ("2 weeks", 26, 2), ("fortnight", 26, 2), ("4 weeks", 13, 4), ("4-weeks", 13, 4), ("13 weeks", 4, 13)])
def test_longer_periods(tmp_path, period, number, weeks):
    year = whole(year_of(tmp_path, f"year: {{start: 2026-07-01, end: 2027-06-30, period: {period}}}"))
    assert len(year.periods) == number and {p.weeks for p in year.periods} == {weeks}


def test_months(tmp_path):
    year = whole(year_of(tmp_path, "year: {start: 2027-08-01, end: 2028-07-31, period: month}"))
    assert [p.label for p in year.periods][:3] == ["August", "September", "October"]
    assert len(year.periods) == 12 and {p.weeks for p in year.periods} == {None}
    assert year.periods[6].end == date(2028, 2, 29)


def test_listed_dates(tmp_path):
    year = whole(year_of(tmp_path, "year: {start: 2026-07-01, end: 2027-06-30, period: [2026-07-01, "
                                   "{start: 2026-07-29, label: Second}, 2027-01-01]}"))
    assert [p.label for p in year.periods] == ["Block 1", "Second", "Block 3"]
    assert [p.weeks for p in year.periods] == [4, 22, 26]
    assert year.notes == ("Second has 156 days and counts as 22 weeks.", "Block 3 has 181 days and counts as 26 weeks.")


@pytest.mark.parametrize("start, end", [("2026-07-01", date(2027, 6, 30)), ("2028-02-29", date(2029, 2, 28)),
                                        ("2026-01-01", date(2026, 12, 31))])
def test_without_an_end_the_year_is_a_year(tmp_path, start, end):
    assert year_of(tmp_path, f"year: {{start: {start}}}").end == end


@pytest.mark.parametrize("line, length", [("period: week, blocks: 4 weeks", 4), ("period: 2 weeks, blocks: 4 weeks", 2),
                                          ("period: month, blocks: 3 months", 3), ("blocks: 13 periods", 13)])
def test_blocks(tmp_path, line, length):
    program = read(tmp_path, MINIMAL.replace(START, f"year: {{start: 2026-07-01, {line}}}"))
    assert program.block_of == tuple(n // length for n in range(len(program.year.periods)))


@pytest.mark.parametrize("line", ["period: month, blocks: 4 weeks", "blocks: 3 months", "blocks: 0 weeks"])
def test_blocks_that_mean_nothing(tmp_path, line):
    assert len(wrong(tmp_path, MINIMAL.replace(START, f"year: {{start: 2026-07-01, {line}}}"))) == 1


def holidays(tmp_path, said):
    return year_of(tmp_path, f"year: {{start: 2026-07-01, end: 2027-06-30, {said}}}").holidays


def test_federal_holidays_are_those_observed_unless_said_otherwise(tmp_path):
    observed = holidays(tmp_path, "holidays: US")
    assert observed[date(2026, 7, 3)] == "Independence Day (observed)"          # 4 July 2026 is a Saturday
    assert date(2026, 7, 4) not in observed
    assert len(observed) == 11
    actual = holidays(tmp_path, "holidays: US, observed: no")
    assert actual[date(2026, 7, 4)] == "Independence Day" and date(2026, 7, 3) not in actual
    assert actual[date(2026, 11, 26)] == observed[date(2026, 11, 26)] == "Thanksgiving Day"


def test_chosen_holidays(tmp_path):
    assert holidays(tmp_path, "holidays: [Thanksgiving Day, christmas day]") == {
        date(2026, 11, 26): "Thanksgiving Day", date(2026, 12, 25): "Christmas Day"}
    assert holidays(tmp_path, "holidays: [2026-12-24 Christmas Eve, 2026-12-31]") == {
        date(2026, 12, 24): "Christmas Eve", date(2026, 12, 31): "Holiday"}
    assert holidays(tmp_path, "holidays: none") == {} == year_of(tmp_path, START).holidays


def test_holidays_also_and_except(tmp_path):
    found = holidays(tmp_path, "holidays: {US: all, also: {2026-11-27: Day after Thanksgiving}, "
                               "except: [Columbus Day, Independence Day]}")
    assert found[date(2026, 11, 27)] == "Day after Thanksgiving"
    assert {"Columbus Day", "Independence Day (observed)"}.isdisjoint(found.values())
    assert len(found) == 11 + 1 - 2
    assert holidays(tmp_path, "holidays: {2026-12-24: Christmas Eve, US: [Labor Day]}") == {
        date(2026, 9, 7): "Labor Day", date(2026, 12, 24): "Christmas Eve"}
