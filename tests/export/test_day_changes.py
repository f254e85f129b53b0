"""What a change below the week touches: its own events, in every file they are in, and nothing else."""

import itertools
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.export.calendars import write_calendars
from scheduler.export.day_events import half_day_events
from scheduler.export.view import View
from tests.export.day_program import SECRET, changed, emptied, free_week, person, small
from tests.export.ics import CHICAGO, events, local_times


def stamps(folder):
    """UID → (SEQUENCE, when it was made), over all calendars."""
    return {str(e["UID"]): (int(e["SEQUENCE"]), e["DTSTAMP"].dt) for path in folder.glob("*.ics") for e in events(path)}


def test_another_clinic_in_the_same_half_day_changes_that_event_alone(tmp_path):
    base = emptied(small())
    slot = free_week(base)[0]
    result = changed(base, "half-days", "a", {slot: ("Continuity clinic",)})
    write_calendars(result, tmp_path)
    before = stamps(tmp_path)
    later = replace(changed(result, "half-days", "a", {slot: ("Scholarly day",)}), made=result.made + timedelta(1))
    write_calendars(later, tmp_path)
    after = stamps(tmp_path)
    uid = next(e.uid for e in half_day_events(View.of(result).days, person(result))
               if e.start == result.program.half_days.slots[slot].start)
    assert after[uid] == (1, later.made)
    assert {u for u in set(after) & set(before) if after[u] != before[u]} == {uid}
    assert len(set(after) - set(before)) == 1                       # in the calendar of the scholarly days
    gone = events(tmp_path / "changes" / "cancelled.ics")
    assert [(str(e["SUMMARY"]), e["DTSTART"].dt, int(e["SEQUENCE"])) for e in gone] == [
        ("Cancelled: Fellow A – Continuity clinic", result.program.half_days.slots[slot].start.replace(
            tzinfo=ZoneInfo(CHICAGO)), 1)]


def test_a_night_that_changes_hands_touches_that_night_alone(tmp_path):
    result = small()
    calls = result.schedule.beside["call"]
    one, two, slot = next((one.id, two.id, s) for one, two in itertools.permutations(result.program.people, 2)
                          for s, roles in calls.of(one) if roles == ("Night call",) and not calls.at(two, s))
    write_calendars(result, tmp_path)
    before = stamps(tmp_path)
    given = changed(changed(result, "call", one, {slot: ()}), "call", two, {slot: ("Night call",)})
    write_calendars(given, tmp_path)
    after = stamps(tmp_path)
    assert all(after[uid] == before[uid] for uid in set(after) & set(before))
    assert (len(set(before) - set(after)), len(set(after) - set(before))) == (2, 2)
    assert {str(e["UID"]) for e in events(tmp_path / "changes" / "cancelled.ics")} == set(before) - set(after)
    write_calendars(result, tmp_path)                               # and back again: they go on counting
    back = stamps(tmp_path)
    assert set(back) == set(before)
    assert sorted(sequence for sequence, _ in back.values())[-3:] == [0, 2, 2]


def test_the_same_again_is_the_same_to_the_byte(tmp_path):
    write_calendars(small(), tmp_path)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    write_calendars(small(), tmp_path)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_private_leave_by_the_day_is_away_in_every_file(tmp_path):
    base = emptied(small())
    week = free_week(base)
    away = changed(base, "half-days", "a", {**dict.fromkeys(week[:2], (SECRET,)), week[2]: (SECRET,)})
    write_calendars(away, tmp_path)
    write_calendars(base, tmp_path)                                 # taken back: it is among the cancelled
    write_calendars(away, tmp_path / "again")
    for path in [p for p in tmp_path.rglob("*") if p.is_file()]:
        text = path.read_bytes().replace(b"\r\n ", b"").decode()
        assert "oncology" not in text.casefold(), path
    monday = base.program.half_days.slots[week[0]].day
    found = [e for e in local_times(tmp_path / "again" / "a.ics") if e[0] == "Away"]
    assert [(start, end) for _, start, end in found] == [
        (monday, monday + timedelta(1)), tuple(datetime.combine(monday + timedelta(1), time(h), ZoneInfo(CHICAGO))
                                               for h in (8, 12))]
    assert "Cancelled: Away" in {str(e["SUMMARY"]) for e in events(tmp_path / "changes" / "cancelled.ics")}
