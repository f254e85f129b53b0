"""Events as iCalendar text that Google, Outlook and Apple all take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, vText
from icalendar import Event as Component

from scheduler.export.events import Event
from scheduler.export.ledger import Entry, Ledger
from scheduler.export.vtimezone import vtimezone

#: rotations leave the fellow free for appointments; leave does not
_BUSY = {"free": ("TRANSPARENT", "FREE"), "busy": ("OPAQUE", "BUSY"), "away": ("OPAQUE", "OOF")}


def calendar_bytes(title: str, about: str, zone: str, events: Iterable[Event], ledger: Ledger) -> bytes:
    """A whole calendar file. Each event's SEQUENCE and time stamps come from the ledger, which must know it.

    The time zone is there when a time needs it, and in a calendar without events, which may not be empty.
    """
    calendar = _calendar(title, about, zone)
    listed = list(events)
    if not listed or any(not e.all_day for e in listed):
        calendar.add_component(vtimezone(zone))
    for event in listed:
        calendar.add_component(_component(event, zone, ledger.entries[event.uid]))
    return calendar.to_ical()


def cancelled_bytes(title: str, zone: str, cancelled: Mapping[str, Entry]) -> bytes:
    """Events that are no more, for people who import files: same UID, next SEQUENCE, cancelled."""
    calendar = _calendar(title, "Events that no longer take place.", zone)
    if any("T" in entry.start for entry in cancelled.values()):
        calendar.add_component(vtimezone(zone))
    for uid, entry in sorted(cancelled.items(), key=lambda item: (item[1].start, item[0])):
        made = Component()
        made.add("uid", uid)
        made.add("summary", f"Cancelled: {entry.summary}")
        said = datetime if "T" in entry.start else date
        _times(made, said.fromisoformat(entry.start), said.fromisoformat(entry.end), zone)
        _stamps(made, entry)
        made.add("status", "CANCELLED")
        made.add("transp", "TRANSPARENT")
        calendar.add_component(made)
    return calendar.to_ical()


def _calendar(title: str, about: str, zone: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//rotation-year//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-timezone", zone)
    calendar.add("description", about)
    for word, text in (("NAME", title), ("X-WR-CALNAME", title), ("X-WR-CALDESC", about)):
        calendar[word] = vText(text)            # texts: commas are escaped
    refresh = vText("PT12H")
    refresh.params["VALUE"] = "DURATION"
    calendar["REFRESH-INTERVAL"] = refresh
    calendar.add("x-published-ttl", "PT12H")
    return calendar


def _component(event: Event, zone: str, entry: Entry) -> Component:
    made = Component()
    made.add("uid", event.uid)
    made.add("summary", event.summary)
    _times(made, event.start, event.end, zone)
    _stamps(made, entry)
    for word, value in (("location", event.location), ("description", event.description),
                        ("categories", list(event.categories))):
        if value:
            made.add(word, value)
    transparent, busy = _BUSY[event.busy]
    made.add("transp", transparent)
    made.add("x-microsoft-cdo-busystatus", busy)
    if event.all_day:
        made.add("x-microsoft-cdo-alldayevent", "TRUE")
    if event.reminder is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", event.summary)
        alarm.add("trigger", timedelta(minutes=-event.reminder))
        made.add_component(alarm)
    return made


def _stamps(made: Component, entry: Entry) -> None:
    made.add("dtstamp", entry.when)
    made.add("last-modified", entry.when)
    made.add("sequence", entry.sequence)


def _times(made: Component, start: date | datetime, end: date | datetime, zone: str) -> None:
    """Dates as VALUE=DATE; times as local times with their zone's name."""
    for word, value in (("dtstart", start), ("dtend", end)):
        if isinstance(value, datetime):
            made.add(word, value.replace(tzinfo=None), parameters={"TZID": zone})
        else:
            made.add(word, value)
