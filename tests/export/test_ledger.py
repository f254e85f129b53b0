"""The ledger that makes an import update events instead of doubling them, and what becomes of events that are gone."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from scheduler.domain.words import Selection
from scheduler.export import calendars
from scheduler.export.calendar_events import fellow_events
from scheduler.export.calendar_format import cancelled_bytes
from scheduler.export.calendars import write_calendars
from scheduler.export.files import DamagedFile
from scheduler.export.ledger import Ledger
from scheduler.export.view import View
from tests.export.ics import CHICAGO, PARSERS, by_ical_js, by_icalendar, iso, timed
from tests.export.shapes import judged, shape
from tests.sample import sample_result, with_cell


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
        for run in result.schedule.runs(person, Selection.of("Pain Clinic")):
            if len(run) >= 3:
                return person, run, with_cell(result, person.id, run[1], "Spine Center")
    raise AssertionError("no long run in the sample")


def test_one_changed_week_touches_its_own_events_only(tmp_path):
    result = sample_result()
    write_calendars(result, tmp_path)
    before = sequences(tmp_path)
    person, _run, edited = changed_week(result)
    later = replace(edited, made=result.made + timedelta(days=3))
    write_calendars(later, tmp_path)
    after = sequences(tmp_path)
    touched = {uid for uid in after if before.get(uid) != after[uid]}
    old = {e.uid: e.content for e in fellow_events(View.of(result), person)}
    new = {e.uid: e.content for e in fellow_events(View.of(later), person)}
    own = {uid for uid in new if old.get(uid) != new[uid]}
    assert len(own) == 3                        # the shortened run, the changed week, the rest of the run
    assert own <= touched
    assert len(touched) <= 6                    # and the same in the two rotations' files
    for uid in touched & set(before):
        assert after[uid] == (before[uid][0] + 1, later.made)
    assert all(after[uid] == before[uid] for uid in set(after) & set(before) - touched)


def cancelled(folder):
    """UID → SEQUENCE of the events in the file of changes; nothing when there is none."""
    path = folder / "changes" / "cancelled.ics"
    if not path.exists():
        return {}
    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert {str(e["STATUS"]) for e in events} == {"CANCELLED"}
    return {str(e["UID"]): int(e["SEQUENCE"]) for e in events}


def test_what_disappears_is_cancelled_and_goes_on_counting_when_it_returns(tmp_path):
    result = sample_result()
    write_calendars(result, tmp_path)
    assert cancelled(tmp_path) == {}
    person, _run, edited = changed_week(result)
    write_calendars(edited, tmp_path)
    extra = {e.uid for e in fellow_events(View.of(edited), person)} - {
        e.uid for e in fellow_events(View.of(result), person)}
    write_calendars(result, tmp_path)           # back to the first version: the extra events are gone
    assert extra <= set(cancelled(tmp_path))
    assert all(cancelled(tmp_path)[uid] == 1 for uid in extra)
    assert not set(cancelled(tmp_path)) & set(sequences(tmp_path))      # and stand in no feed
    write_calendars(edited, tmp_path)
    assert all(sequences(tmp_path)[uid][0] == 2 for uid in extra)
    assert not extra & set(cancelled(tmp_path))


def test_whoever_missed_an_export_still_finds_everything_that_is_gone(tmp_path):
    result = sample_result()
    person, _run, edited = changed_week(result)
    write_calendars(edited, tmp_path)
    write_calendars(result, tmp_path)
    gone = cancelled(tmp_path)
    assert gone
    other = next(p.id for p in result.program.people if p.id != person.id)
    write_calendars(with_cell(result, other, 20, "Spine Center"), tmp_path)       # one export later
    assert gone.items() <= cancelled(tmp_path).items()
    write_calendars(edited, tmp_path)
    write_calendars(result, tmp_path)
    for parse in (by_icalendar, by_ical_js):
        assert set(parse(tmp_path / "changes" / "cancelled.ics")) == set(cancelled(tmp_path))


def test_the_file_of_changes_goes_when_nothing_is_gone(tmp_path):
    base = judged(shape().program, {p.id: dict.fromkeys(range(52), ("Clinic",)) for p in shape().program.people})
    one, two = (judged(base.program, {**base.schedule.cells, "fellow-0": dict.fromkeys(slots, ("Clinic",))})
                for slots in (range(52), range(1, 52)))
    write_calendars(one, tmp_path)
    write_calendars(two, tmp_path)
    assert cancelled(tmp_path)
    ledger = json.loads((tmp_path / "ledger.json").read_text(encoding="utf-8"))
    ledger["events"] = {uid: e for uid, e in ledger["events"].items() if not e["gone"]}
    (tmp_path / "ledger.json").write_text(json.dumps(ledger), encoding="utf-8")
    write_calendars(two, tmp_path)
    assert not (tmp_path / "changes" / "cancelled.ics").exists()


def test_a_calendar_that_lost_all_its_events_is_emptied_not_left_behind(tmp_path):
    result = shape()
    write_calendars(result, tmp_path)
    assert (tmp_path / "rotation-service-a.ics").exists()
    cells = {who: dict.fromkeys(mine, ("Clinic",)) for who, mine in result.schedule.cells.items() if who != "fellow-4"}
    fewer = replace(result.program, people=result.program.people[:4])
    write_calendars(judged(fewer, cells), tmp_path)
    for name in ("rotation-service-a.ics", "fellow-4.ics"):
        calendar = icalendar.Calendar.from_ical((tmp_path / name).read_bytes())
        assert not calendar.walk("VEVENT")
        assert calendar.walk("VTIMEZONE")       # a calendar may not be empty
        assert by_ical_js(tmp_path / name) == {}


def test_a_crash_after_the_ledger_counts_right_next_time(tmp_path, monkeypatch):
    result = sample_result()
    write_calendars(result, tmp_path)
    before = sequences(tmp_path)
    _, _, edited = changed_week(result)

    def crash(*_):
        raise OSError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(calendars, "calendar_bytes", crash)
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


def test_names_may_change_and_events_stay_the_same_ones(tmp_path):
    result = sample_result()
    schedule = result.schedule
    people = tuple(replace(p, name=p.name + " Jr.") for p in schedule.people)
    renamed = replace(result, program=replace(result.program, people=people),
                      schedule=replace(schedule, layer=replace(schedule.layer, people=people)))
    one, two = ({e.uid for e in fellow_events(View.of(r), r.schedule.people[0])} for r in (result, renamed))
    assert one == two


def test_cancelled_times_keep_their_zone(tmp_path):
    events = timed(CHICAGO, 14)
    ledger = Ledger()
    ledger.update(events, datetime(2026, 5, 1, tzinfo=UTC))
    ledger.update(events[:1], datetime(2026, 5, 2, tzinfo=UTC))
    gone = {uid: e for uid, e in ledger.entries.items() if e.gone}
    path = tmp_path / "cancelled.ics"
    path.write_bytes(cancelled_bytes("Cancelled", CHICAGO, gone))
    wanted = {e.uid: ("Cancelled: Lecture", iso(e.start.replace(tzinfo=ZoneInfo(CHICAGO))),
                      iso(e.end.replace(tzinfo=ZoneInfo(CHICAGO)))) for e in events[1:]}
    for parse in PARSERS:
        assert parse(path) == wanted, parse.__name__
