"""Calendars of every layout of the year: no day twice, no day missing, and events that say what a fellow needs."""

from datetime import date, timedelta

import pytest

from scheduler.export.calendar_events import fellow_events
from scheduler.export.calendars import write_calendars
from scheduler.export.view import View
from tests.export.ics import PARSERS, by_icalendar
from tests.export.shapes import off_cycle, private, shape, with_inside

YEARS = {"leap year": lambda: shape("leap"), "months": lambda: shape("months"), "blocks": with_inside,
         "fortnights": lambda: shape("fortnights"), "off cycle": off_cycle, "private": private}


@pytest.mark.parametrize("name", YEARS)
def test_every_layout_is_read_alike_and_covers_the_days_a_fellow_is_here(name, tmp_path):
    result = YEARS[name]()
    write_calendars(result, tmp_path)
    periods = result.program.year.periods
    for path in sorted(tmp_path.glob("*.ics")):
        first, second, third = (parse(path) for parse in PARSERS)
        assert first == second == third, path
    for person in result.program.people:
        days = set()
        for _, start, end in by_icalendar(tmp_path / f"{person.id}.ics").values():
            at, until = date.fromisoformat(start), date.fromisoformat(end)
            span = {at + timedelta(n) for n in range((until - at).days)}
            assert not span & days              # no day twice
            days |= span
        here = result.schedule.layer.present(person)
        assert days == {periods[s].start + timedelta(n) for s in here for n in range(periods[s].days)}


def test_the_leap_day_is_in_the_year(tmp_path):
    write_calendars(shape("leap"), tmp_path)
    spans = [(start, end) for _, start, end in by_icalendar(tmp_path / "fellow-0.ics").values()]
    assert any(start <= "2028-02-29" < end for start, end in spans)
    assert max(end for _, end in spans) == "2028-07-01"


def events_of(result, n=0):
    view = View.of(result)
    return fellow_events(view, view.program.people[n])


def test_an_event_says_rotation_site_block_and_dates():
    first = events_of(shape())[0]
    assert (first.summary, first.location) == ("Clinic – Main Building", "Main Building")
    assert first.description == "2 weeks (weeks 1–2, Block 1), 1 July to 12 July 2026"
    assert first.categories == ("Rotation", "Clinic")
    assert events_of(shape("months"))[2].description == "2 months (months 5–6), 1 November to 31 December 2026"
    assert events_of(with_inside())[1].summary == "Service A + Vacation – Campus 1"


def test_private_leave_is_away_and_out_of_office():
    person = private().program.people[0]
    events = fellow_events(View.of(private()), person)
    away = [e for e in events if e.summary == "Away"]
    assert away
    assert {(e.busy, e.location, e.categories) for e in away} == {("away", "", ("Leave", "Away"))}
