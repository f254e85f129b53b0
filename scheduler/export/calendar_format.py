"""Events as iCalendar text that Google, Outlook and Apple all take.

``icalendar`` builds and writes every component. A year has thousands of them, alike in most of their lines, and an
event stands in several calendars: what it has written already (a line, a folded line, a component) is used again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from icalendar import Alarm, Calendar, vText
from icalendar import Component as AnyComponent
from icalendar import Event as PlainComponent
from icalendar.parser import Contentline

from scheduler.export.events import Event
from scheduler.export.ledger import Entry, Ledger
from scheduler.export.vtimezone import vtimezone

#: rotations leave the fellow free for appointments; leave does not
_BUSY = {"free": ("TRANSPARENT", "FREE"), "busy": ("OPAQUE", "BUSY"), "away": ("OPAQUE", "OOF")}
#: how many of each kind are kept to be used again
_KEPT = 4096
_END = b"END:VCALENDAR\r\n"


class Component(PlainComponent):
    """An event that takes lines made earlier in place of values."""

    def content_line(self, name: str, value: Any, sorted: bool = True) -> Contentline:
        return value if isinstance(value, Contentline) else super().content_line(name, value, sorted)


def calendar_bytes(title: str, about: str, zone: str, events: Iterable[Event], ledger: Ledger) -> bytes:
    """A whole calendar file. Each event's SEQUENCE and time stamps come from the ledger, which must know it.

    The time zone is there when a time needs it, and in a calendar without events, which may not be empty.
    """
    listed = [(event, ledger.entries[event.uid]) for event in events]
    timed = not listed or any(not event.all_day for event, _ in listed)
    return _joined(title, about, zone, timed,
                   (_event(event, zone, entry.sequence, entry.when) for event, entry in listed))


def cancelled_bytes(title: str, zone: str, cancelled: Mapping[str, Entry]) -> bytes:
    """Events that are no more, for people who import files: same UID, next SEQUENCE, cancelled."""
    gone = sorted(cancelled.items(), key=lambda item: (item[1].start, item[0]))
    timed = any("T" in entry.start for _, entry in gone)
    return _joined(title, "Events that no longer take place.", zone, timed,
                   (_cancelled(uid, entry, zone) for uid, entry in gone))


def _joined(title: str, about: str, zone: str, timed: bool, events: Iterable[bytes]) -> bytes:
    """A calendar around components that are written already."""
    empty = _calendar(title, about, zone).to_ical()
    return b"".join([empty.removesuffix(_END), _zone(zone) if timed else b"", *events, _END])


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


@lru_cache
def _zone(zone: str) -> bytes:
    return _text(vtimezone(zone))


@lru_cache(_KEPT)
def _event(event: Event, zone: str, sequence: int, when: datetime) -> bytes:
    made = Component()
    _add(made, "uid", event.uid)
    _add(made, "summary", event.summary)
    _times(made, event.start, event.end, zone)
    _stamps(made, sequence, when)
    for word, value in (("location", event.location), ("description", event.description),
                        ("categories", event.categories)):
        if value:
            _add(made, word, value)
    transparent, busy = _BUSY[event.busy]
    _add(made, "transp", transparent)
    _add(made, "x-microsoft-cdo-busystatus", busy)
    if event.all_day:
        _add(made, "x-microsoft-cdo-alldayevent", "TRUE")
    if event.reminder is not None:
        alarm = Alarm()
        _add(alarm, "action", "DISPLAY")
        _add(alarm, "description", event.summary)
        _add(alarm, "trigger", timedelta(minutes=-event.reminder))
        made.add_component(alarm)
    return _text(made)


def _cancelled(uid: str, entry: Entry, zone: str) -> bytes:
    made, said = Component(), datetime if "T" in entry.start else date
    _add(made, "uid", uid)
    _add(made, "summary", f"Cancelled: {entry.summary}")
    _times(made, said.fromisoformat(entry.start), said.fromisoformat(entry.end), zone)
    _stamps(made, entry.sequence, entry.when)
    _add(made, "status", "CANCELLED")
    _add(made, "transp", "TRANSPARENT")
    return _text(made)


def _stamps(made: Component, sequence: int, when: datetime) -> None:
    _add(made, "dtstamp", when)
    _add(made, "last-modified", when)
    _add(made, "sequence", sequence)


def _times(made: Component, start: date | datetime, end: date | datetime, zone: str) -> None:
    """Dates as VALUE=DATE; times as local times with their zone's name."""
    for word, value in (("dtstart", start), ("dtend", end)):
        if isinstance(value, datetime):
            _add(made, word, value.replace(tzinfo=None), zone)
        else:
            _add(made, word, value)


def _add(made: AnyComponent, word: str, value: Any, zone: str = "") -> None:
    made[word] = _line(word, value, zone)


@lru_cache(_KEPT)
def _line(word: str, value: Any, zone: str) -> Contentline:
    made = PlainComponent()
    made.add(word, list(value) if isinstance(value, tuple) else value, {"TZID": zone} if zone else {})
    return made.content_line(word.upper(), made[word])


def _text(made: AnyComponent) -> bytes:
    """The same as the component's ``to_ical``."""
    return b"".join(_folded(line) for line in made.content_lines() if line)


@lru_cache(_KEPT)
def _folded(line: Contentline) -> bytes:
    """A line as it stands in a file; cutting long ones, letter by letter, took longer than all else."""
    return line.to_ical() + b"\r\n"
