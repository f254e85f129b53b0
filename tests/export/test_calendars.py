"""Calendars as three parsers read them, and the ledger that makes an import update instead of double."""

import itertools
import json
import os
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject

from scheduler.domain.program import Leave
from scheduler.export.calendars import calendar_bytes, fellow_events, write_calendars
from scheduler.export.events import Event
from scheduler.export.files import DamagedFile
from scheduler.export.ledger import Ledger
from scheduler.export.vtimezone import vtimezone
from tests.sample import sample_result, with_cell

READER = Path(__file__).parent.parent / "vendor" / "read_ics.mjs"
CHICAGO = "America/Chicago"


def iso(moment):
    """A date as a date; a time in UTC, so that all parsers can be compared."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return moment.isoformat()


def by_ical_js(path):
    out = subprocess.run(["node", str(READER), str(path)], capture_output=True, text=True, check=True).stdout
    return {e["uid"]: (e["summary"], e["start"], e["end"]) for e in json.loads(out)}


def by_icalendar(path):
    calendar = icalendar.Calendar.from_ical(Path(path).read_bytes())
    events = recurring_ical_events.of(calendar).between(date(2020, 1, 1), date(2035, 1, 1))
    return {str(e["UID"]): (str(e["SUMMARY"]), iso(e["DTSTART"].dt), iso(e["DTEND"].dt)) for e in events}


def by_vobject(path):
    calendar = vobject.readOne(Path(path).read_bytes().decode())
    return {e.uid.value: (e.summary.value, iso(e.dtstart.value), iso(e.dtend.value)) for e in calendar.vevent_list}


PARSERS = (by_icalendar, by_vobject, by_ical_js)


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


def timed(zone, days=365):
    start = date(2026, 7, 7)
    return [Event(f"lecture/{zone}/{n}", "Lecture", datetime.combine(day, datetime.min.time().replace(hour=17)),
                  datetime.combine(day, datetime.min.time().replace(hour=18)), busy="busy", reminder=30)
            for n, day in enumerate(start + timedelta(d) for d in range(0, days, 7))]


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


def sequences(folder):
    found = {}
    for path in folder.glob("*.ics"):
        for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
            found[str(event["UID"])] = (int(event["SEQUENCE"]), event["DTSTAMP"].dt)
    return found


def test_the_same_again_is_the_same_to_the_byte(tmp_path):
    result = sample_result()
    write_calendars(result, tmp_path)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    write_calendars(result, tmp_path)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def changed_week(result):
    """A week in the middle of a run of the base rotation becomes another rotation."""
    for person in result.schedule.people:
        for run in result.schedule.runs(person, _one("Pain Clinic")):
            if len(run) >= 3:
                return person, run, with_cell(result, person.id, run[1], "Spine Center")
    raise AssertionError("no long run in the sample")


def _one(name):
    from scheduler.domain.words import Selection
    return Selection.of(name)


def test_one_changed_week_touches_its_own_events_only(tmp_path):
    result = sample_result()
    write_calendars(result, tmp_path)
    before = sequences(tmp_path)
    person, _run, edited = changed_week(result)
    later = replace(edited, made=result.made + timedelta(days=3))
    write_calendars(later, tmp_path)
    after = sequences(tmp_path)
    touched = {uid for uid in after if before.get(uid) != after[uid]}
    old = {e.uid: e.content for e in fellow_events(result, person)}
    new = {e.uid: e.content for e in fellow_events(later, person)}
    own = {uid for uid in new if old.get(uid) != new[uid]}
    assert len(own) == 3                        # the shortened run, the changed week, the rest of the run
    assert own <= touched
    assert len(touched) <= 6                    # and the same in the two rotations' files
    for uid in touched & set(before):
        assert after[uid] == (before[uid][0] + 1, later.made)
    assert all(after[uid] == before[uid] for uid in set(after) & set(before) - touched)


def test_what_disappears_is_cancelled_and_goes_on_counting_when_it_returns(tmp_path):
    result = sample_result()
    write_calendars(result, tmp_path)
    person, _run, edited = changed_week(result)
    write_calendars(edited, tmp_path)
    new = {e.uid for e in fellow_events(edited, person)} - {e.uid for e in fellow_events(result, person)}
    write_calendars(result, tmp_path)           # back to the first version: the extra events are gone
    text = (tmp_path / "changes.ics").read_bytes()
    cancelled = {str(e["UID"]): e for e in icalendar.Calendar.from_ical(text).walk("VEVENT")}
    assert new <= set(cancelled)
    assert {str(e["STATUS"]) for e in cancelled.values()} == {"CANCELLED"}
    assert all(int(cancelled[uid]["SEQUENCE"]) == 1 for uid in new)
    write_calendars(edited, tmp_path)
    assert all(sequences(tmp_path)[uid][0] == 2 for uid in new)


def test_a_crash_before_the_ledger_counts_right_next_time(tmp_path, monkeypatch):
    result = sample_result()
    write_calendars(result, tmp_path)
    before = sequences(tmp_path)
    _, _, edited = changed_week(result)

    def crash(self, folder):
        raise OSError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "write", crash)
        with pytest.raises(OSError, match="power cut"):
            write_calendars(edited, tmp_path)
    write_calendars(edited, tmp_path)
    assert max(s for s, _ in sequences(tmp_path).values()) == 1
    assert sum(s for s, _ in sequences(tmp_path).values()) >= 1
    assert before != sequences(tmp_path)


def test_a_damaged_ledger_is_refused_in_words(tmp_path):
    (tmp_path / "ledger.json").write_text("{]")
    with pytest.raises(DamagedFile, match="is damaged; move it away"):
        write_calendars(sample_result(), tmp_path)


def test_reasons_for_private_leave_are_in_no_file(tmp_path):
    result = sample_result()
    program = replace(result.program, leaves=tuple(
        replace(leave, private=leave.name == "Meeting") if isinstance(leave, Leave) else leave
        for leave in result.program.leaves))
    private = replace(result, program=program)
    write_calendars(private, tmp_path)
    text = "".join(p.read_text(encoding="utf-8") for p in tmp_path.rglob("*.ics"))
    assert "Meeting" not in text
    assert "SUMMARY:Away" in text


def test_names_may_change_and_events_stay_the_same_ones(tmp_path):
    result = sample_result()
    schedule = result.schedule
    people = tuple(replace(p, name=p.name + " Jr.") for p in schedule.people)
    renamed = replace(result, program=replace(result.program, people=people),
                      schedule=replace(schedule, layer=replace(schedule.layer, people=people)))
    one, two = ({e.uid for e in fellow_events(r, r.schedule.people[0])} for r in (result, renamed))
    assert one == two


def test_files_are_readable_by_others(written):
    assert os.stat(written / "fellow-a.ics").st_mode & 0o777 == 0o644
