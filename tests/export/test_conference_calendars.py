"""Conferences in calendars: everyone's, and each fellow's with “You present” marked and reminded of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from scheduler.check.day_view import DayView
from scheduler.export.calendars import write_calendars
from scheduler.export.conference_events import all_conferences, conference_events
from scheduler.export.view import View
from tests.examples.solved import program, result
from tests.export.ics import PARSERS, events


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calendars")
    write_calendars(result("washu"), folder)
    return folder


def test_everyones_calendar_has_every_session_once(folder):
    found = events(folder / "conferences.ics")
    assert len(found) == len(program("washu").sessions)
    assert len({str(e["UID"]) for e in found}) == len(found)


def test_a_lecture_says_its_theme_and_presenter_and_keeps_its_hour_all_year(folder):
    lectures = [e for e in events(folder / "conferences.ics") if str(e["SUMMARY"]).startswith("Lecture")]
    assert {e["DTSTART"].dt.time() for e in lectures} == {time(17)}
    assert {str(e["DTSTART"].dt.tzinfo) for e in lectures} == {"America/Chicago"}
    assert {e["DTSTART"].dt.utcoffset() for e in lectures} == {timedelta(hours=-5), timedelta(hours=-6)}
    march = next(e for e in lectures if e["DTSTART"].dt.month == 3)
    assert str(march["SUMMARY"]) == "Lecture: Business of Pain Medicine"
    assert "Presented by " in str(march["DESCRIPTION"])


def test_what_a_fellow_presents_is_marked_in_that_fellows_calendar_only(folder):
    year = result("washu")
    sessions = year.schedule.beside["conferences"]
    for person in program("washu").people:
        mine = {program("washu").sessions[s].day for s, d in sessions.of(person) if d and "Suture Lab" not in d}
        marked = [e for e in events(folder / f"{person.id}.ics") if str(e["SUMMARY"]).startswith("You present")]
        assert {e["DTSTART"].dt.date() for e in marked} == mine
        assert all(e.walk("VALARM") for e in marked)


def test_nobody_is_sent_to_a_conference_on_leave(folder):
    year = result("washu")
    days = DayView(program("washu"), year.schedule)
    view = View.of(year)
    for person in view.schedule.people:
        off = {d.slot.day for d in days.of(person) if d.kind == "leave"}
        shown = [e for e in conference_events(view, view.days, person) if isinstance(e.start, datetime)]
        assert not off & {e.start.date() for e in shown}


def test_the_suture_lab_is_one_turn_for_each(folder):
    for person in program("washu").people:
        turns = [e for e in events(folder / f"{person.id}.ics") if "Suture Lab" in str(e["SUMMARY"])]
        assert [str(e["SUMMARY"]) for e in turns] == ["Your turn: Suture Lab"]


def test_milestones_are_whole_days(folder):
    found = {str(e["SUMMARY"]): e["DTSTART"].dt for e in events(folder / "fellow-a.ics")
             if str(e["SUMMARY"]).startswith("Quality improvement")}
    assert found["Quality improvement project: Question chosen"] == date(2026, 8, 31)
    assert len(found) == 4


def test_a_moved_session_keeps_its_event():
    year = result("washu")
    joint = [e for e in all_conferences(View.of(year)) if e.summary.startswith("Joint")]
    assert joint[0].key.endswith("joint-journal-club/2026-07-03") and joint[0].start == datetime(2026, 7, 10, 6, 30)


def test_three_parsers_read_the_same_times(folder):
    found = [parser(folder / "fellow-a.ics") for parser in PARSERS]
    assert found[0] == found[1] == found[2]
    lectures = {start for summary, start, _ in found[0].values() if "Lecture" in summary}
    assert {start[11:16] for start in lectures} == {"22:00", "23:00"}       # 17:00 in Chicago, summer and winter
