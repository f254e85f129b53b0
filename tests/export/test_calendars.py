"""Calendars as three parsers read them, and the form that Google, Outlook and Apple want."""

import itertools
import os
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from scheduler.export.calendar_format import calendar_bytes
from scheduler.export.calendars import write_calendars
from scheduler.export.events import Event
from scheduler.export.ledger import Ledger
from scheduler.export.vtimezone import vtimezone
from tests.export.ics import CHICAGO, PARSERS, by_icalendar, iso, timed
from tests.sample import sample_result


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calendars")
    write_calendars(sample_result(), folder)
    return folder


def test_three_parsers_read_the_same_year_without_a_gap(written):
    for path in sorted(written.glob("*.ics")):
        first, second, third = (parse(path) for parse in PARSERS)
        assert first == second == third, path
        assert first
    fellow = sorted((start, end) for _, start, end in by_icalendar(written / "fellow-a.ics").values())
    assert (fellow[0][0], fellow[-1][1]) == ("2026-07-01", "2027-07-01")       # the end is the day after, as ever
    assert all(one[1] == two[0] for one, two in itertools.pairwise(fellow))


def test_a_rotation_file_says_who_is_there(written):
    result = sample_result()
    people = {summary.split(" – ")[0] for summary, _, _ in by_icalendar(written / "rotation-mips.ics").values()}
    assert people == {p.name for p in result.schedule.people}


@pytest.mark.parametrize("zone", [CHICAGO, "Europe/Berlin", "Australia/Sydney", "Asia/Kolkata", "America/Santiago"])
def test_five_in_the_afternoon_stays_five_in_the_afternoon_all_year(zone, tmp_path):
    events = timed(zone)
    ledger = Ledger()
    ledger.update(events, datetime(2026, 5, 1, tzinfo=UTC))
    path = tmp_path / "lectures.ics"
    path.write_bytes(calendar_bytes("Lectures", "", zone, events, ledger))
    wanted = {e.uid: ("Lecture", iso(e.start.replace(tzinfo=ZoneInfo(zone))), iso(e.end.replace(tzinfo=ZoneInfo(zone))))
              for e in events}
    assert len(wanted) == 53
    for parse in PARSERS:
        assert parse(path) == wanted, parse.__name__


def test_own_time_zone_has_one_rule_each_way():
    text = vtimezone(CHICAGO).to_ical().decode()
    assert text.count("BEGIN:STANDARD") == text.count("BEGIN:DAYLIGHT") == 1
    assert text.count("RRULE:FREQ=YEARLY") == 2
    assert "RDATE" not in text
    with pytest.raises(KeyError):
        vtimezone("Mars/Olympus")


def test_form_of_the_file(written):
    data = (written / "fellow-a.ics").read_bytes()
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    text = data.decode()
    for needed in ("METHOD:PUBLISH", "NAME:", "X-WR-CALNAME:", "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
                   "X-PUBLISHED-TTL:PT12H", "TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
                   "X-MICROSOFT-CDO-BUSYSTATUS:OOF", "LOCATION:Methodist Campus"):
        assert needed in text
    assert "ORGANIZER" not in text
    assert "RRULE" not in text


@pytest.mark.parametrize("pad", range(8))
def test_folding_never_cuts_a_letter_and_text_survives(pad, tmp_path):
    summary = "x" * pad + "Zoë Núñez, M.D.; größte Übung 疼痛 🩺 " * 6 + "back\\slash"
    event = Event("a", summary, date(2026, 7, 1), date(2026, 7, 2), "Room 4, floor; 2", "one\ntwo")
    ledger = Ledger()
    ledger.update([event], datetime(2026, 5, 1, tzinfo=UTC))
    path = tmp_path / "x.ics"
    path.write_bytes(calendar_bytes("Ünïcode", "", CHICAGO, [event], ledger))
    for line in path.read_bytes().split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
    for parse in PARSERS:
        assert [s for s, _, _ in parse(path).values()] == [summary]


def test_joined_from_parts_a_file_is_what_the_library_writes_of_the_whole(written):
    for path in written.rglob("*.ics"):
        data = path.read_bytes()
        assert icalendar.Calendar.from_ical(data).to_ical() == data


def test_what_is_used_again_is_only_what_is_the_same():
    """The same event in another zone, after a change, or with a reminder is another text."""
    start = datetime(2026, 7, 1, 17)
    ledger, texts = Ledger(), []
    for month, zone, reminder in ((5, CHICAGO, None), (5, "Europe/Berlin", None), (6, CHICAGO, 30), (7, CHICAGO, None),
                                  (7, CHICAGO, None)):
        event = Event("x", "X", start, start + timedelta(hours=1), reminder=reminder, categories=("One", "Two, three"))
        ledger.update([event], datetime(2026, month, 1, tzinfo=UTC))
        texts.append(calendar_bytes("X", "", zone, [event], ledger))
        (read,) = icalendar.Calendar.from_ical(texts[-1]).walk("VEVENT")
        assert read["DTSTART"].params["TZID"] == zone
        assert [a["TRIGGER"].dt for a in read.walk("VALARM")] == [timedelta(minutes=-30)] * bool(reminder)
        assert read["SEQUENCE"] == month - 5
        assert read["DTSTAMP"].dt == datetime(2026, month, 1, tzinfo=UTC)
        assert read["CATEGORIES"].cats == ["One", "Two, three"]
    assert len(set(texts)) == 4


def test_files_are_readable_by_others(written):
    assert os.stat(written / "fellow-a.ics").st_mode & 0o777 == 0o644


@pytest.mark.parametrize("busy", ["free", "busy", "away"])
def test_who_is_free_busy_and_out_of_office(busy, tmp_path):
    event = Event("x", "X", date(2026, 7, 1), date(2026, 7, 2), busy=busy)
    ledger = Ledger()
    ledger.update([event], datetime(2026, 5, 1, tzinfo=UTC))
    text = calendar_bytes("X", "", CHICAGO, [event], ledger).decode()
    assert f"TRANSP:{'TRANSPARENT' if busy == 'free' else 'OPAQUE'}\r\n" in text
    outlook = {"free": "FREE", "busy": "BUSY", "away": "OOF"}[busy]
    assert f"BUSYSTATUS:{outlook}\r\n" in text
    assert "DTSTART;VALUE=DATE:20260701\r\nDTEND;VALUE=DATE:20260702\r\n" in text


def test_texts_of_the_calendar_itself_are_escaped(tmp_path):
    data = calendar_bytes("Pain, Medicine; A\\B", "one, two", CHICAGO, [], Ledger()).decode()
    assert "X-WR-CALNAME:Pain\\, Medicine\\; A\\\\B\r\n" in data
    assert "\r\nNAME:Pain\\, Medicine\\; A\\\\B\r\n" in data
    assert "X-WR-CALDESC:one\\, two\r\n" in data
