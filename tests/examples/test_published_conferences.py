"""Conference patterns as two programs publish them: dates by hand, and what one of them says twice."""

from datetime import date

from scheduler.check.conflicts import conflicts
from tests.examples.solved import program, result

SECOND_MONDAYS_OF_EVEN_MONTHS = (       # 12 October 2026 is a holiday
    date(2026, 8, 10), date(2026, 12, 14), date(2027, 2, 8), date(2027, 4, 12), date(2027, 6, 14))
FIFTH_THURSDAYS = [date(2026, 7, 30), date(2026, 10, 29), date(2026, 12, 31), date(2027, 4, 29)]


def dates(name, series):
    return [s.day for s in program(name).sessions if s.series == series]


def test_iowas_two_series_on_one_monday_are_said_with_all_their_dates():
    [found] = [c for c in conflicts(program("iowa")) if "QA/QI and M&M are both" in c.sentence]
    assert found.sentence == (
        "Possible conflict, since their times do not tell: QA/QI and M&M are both on 5 dates: 10 August 2026, "
        "14 December 2026, 8 February 2027, 12 April 2027 and 14 June 2027.")
    assert found.dates == SECOND_MONDAYS_OF_EVEN_MONTHS


def test_iowas_fourth_mondays_have_quality_improvement_alone():
    fourth = {day for day in dates("iowa", "QA/QI") if day.day > 21}
    assert fourth == {date(2026, 8, 24), date(2026, 10, 26), date(2026, 12, 28), date(2027, 2, 22), date(2027, 4, 26),
                      date(2027, 6, 28)} - {d.day for d in program("iowa").dropped}
    met = [c for c in conflicts(program("iowa")) if fourth & set(c.dates)]
    assert all("Daily Didactic" in c.sentence for c in met)


def test_iowas_columbus_day_is_dropped_and_says_why():
    dropped = [(d.series, d.why) for d in program("iowa").dropped if d.day == date(2026, 10, 12)]
    assert ("M&M", "on Columbus Day") in dropped


def test_every_iowa_tuesday_that_is_held_has_one_fellow():
    schedule = result("iowa").schedule.beside["conferences"]
    slots = [n for n, s in enumerate(program("iowa").sessions) if s.series == "Fellow Teaches Residents"]
    for slot in slots:
        assert sum("Fellow Teaches Residents" in schedule.at(p, slot) for p in schedule.people) == 1


def test_the_orthopaedic_fifth_thursdays_are_those_that_exist():
    assert dates("umms-ortho", "Resident Research Review") == FIFTH_THURSDAYS


def test_the_orthopaedic_thursdays_never_meet():
    assert conflicts(program("umms-ortho")) == []


def test_the_orthopaedic_morbidity_conference_is_not_on_thanksgiving():
    assert date(2026, 11, 26) not in dates("umms-ortho", "M&M")
    assert date(2026, 12, 24) in dates("umms-ortho", "M&M")
