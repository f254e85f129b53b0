"""Calendars as three parsers read them: UID → (summary, start, end), times in UTC so that all can be compared."""

import json
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import recurring_ical_events
import vobject

from scheduler.export.events import Event

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


def local_times(path):
    """(summary, start, end) of every event as the file has it: dates, or local times with their zone; sorted."""
    found = [(str(e["SUMMARY"]), e["DTSTART"].dt, e["DTEND"].dt) for e in events(path)]
    return sorted(found, key=lambda one: (one[1].isoformat(), one[0]))


def events(path):
    """The events of a file, with everything they say."""
    return icalendar.Calendar.from_ical(Path(path).read_bytes()).walk("VEVENT")


PARSERS = (by_icalendar, by_vobject, by_ical_js)


def timed(zone, days=365):
    """A lecture every Tuesday at five in the afternoon."""
    start = date(2026, 7, 7)
    return [Event(f"lecture/{zone}/{n}", "Lecture", datetime.combine(day, datetime.min.time().replace(hour=17)),
                  datetime.combine(day, datetime.min.time().replace(hour=18)), busy="busy", reminder=30)
            for n, day in enumerate(start + timedelta(d) for d in range(0, days, 7))]
