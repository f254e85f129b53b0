"""One calendar a fellow and one a rotation, as phones import them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

from icalendar import Alarm, Calendar, vText
from icalendar import Event as Component

from scheduler.domain.layer import Person
from scheduler.domain.program import Leave, Program
from scheduler.domain.result import Result
from scheduler.export.events import Event
from scheduler.export.files import write_atomically
from scheduler.export.ledger import Entry, Ledger
from scheduler.export.vtimezone import vtimezone

CHANGES = "changes.ics"
_BUSY = {"free": ("TRANSPARENT", "FREE"), "busy": ("OPAQUE", "BUSY"), "away": ("TRANSPARENT", "OOF")}


def write_calendars(result: Result, folder: Path) -> list[Path]:
    """Write every calendar into ``folder`` and bring its ledger up to date; returns the files written.

    Events that disappeared since the last time go into ``changes.ics`` as cancelled, for people who imported a file
    instead of subscribing. Raises DamagedFile when the folder's ledger is damaged, OSError when the disk refuses.
    """
    ledger = Ledger.read(folder)
    program = result.program
    files: dict[str, tuple[str, list[Event]]] = {}
    for person in result.schedule.people:
        files[f"{person.id}.ics"] = (f"{person.name} – {program.name}", fellow_events(result, person))
    for rotation in program.rotations:
        events = rotation_events(result, rotation.name)
        if events:
            files[f"rotation-{rotation.key}.ics"] = (f"{rotation.name} – {program.name}", events)
    removed = ledger.update((e for _, events in files.values() for e in events), result.made)
    written = []
    about = (f"As of {result.made:%Y-%m-%d %H:%M} UTC, version {result.version}. "
             "The newest schedule is the program's own.")
    for name, (title, events) in files.items():
        written.append(write_atomically(folder / name, calendar_bytes(title, about, program.timezone, events, ledger)))
    if removed:
        cancelled = {uid: ledger.entries[uid] for uid in removed}
        written.append(write_atomically(folder / CHANGES, changes_bytes(program, cancelled)))
    ledger.write(folder)
    return written


def fellow_events(result: Result, person: Person) -> list[Event]:
    """A fellow's year: one all-day event a run of the same duty."""
    program, schedule = result.program, result.schedule
    days = [(slot, tuple(_shown(program, d) for d in duties)) for slot, duties in schedule.of(person) if duties]
    events = []
    for (_, names), run in groupby(enumerate(days), key=lambda n: (n[1][0] - n[0], n[1][1])):
        slots = [slot for _, (slot, _) in run]
        start, end = _dates(program, slots)
        duty = program.duty(schedule.at(person, slots[0])[0])
        leave = any(isinstance(program.duty(d), Leave) for d in schedule.at(person, slots[0]))
        title = " + ".join(names)
        summary = f"{title} – {duty.site}" if duty.site and not leave else title
        described = "\n".join(w for w in (duty.about, duty.contact and f"Contact: {duty.contact}") if w)
        events.append(Event(f"{_root(program)}/{person.id}/rotations/{slots[0]}", summary, start, end,
                            "" if leave else duty.site, "" if leave else described,
                            ("Leave" if leave else "Rotation", *names), "away" if leave else "free"))
    return events


def rotation_events(result: Result, rotation: str) -> list[Event]:
    """Who is on a rotation: one all-day event a fellow and run."""
    program, schedule = result.program, result.schedule
    duty = program.duty(rotation)
    events = []
    for person in schedule.people:
        slots = [s for s, duties in schedule.of(person) if rotation in duties]
        for _, run in groupby(enumerate(slots), key=lambda n: n[1] - n[0]):
            run_slots = [slot for _, slot in run]
            start, end = _dates(program, run_slots)
            events.append(Event(f"{_root(program)}/{duty.key}/{person.id}/{run_slots[0]}",
                                f"{person.name} – {rotation}", start, end, duty.site, "", (rotation,)))
    return sorted(events, key=lambda e: (e.start.isoformat(), e.key))


def _shown(program: Program, name: str) -> str:
    """Reasons for private leave are in no file that leaves the program."""
    duty = program.duty(name)
    return "Away" if isinstance(duty, Leave) and duty.private else name


def _root(program: Program) -> str:
    return f"{program.key}/{program.year.start.isoformat()}"


def _dates(program: Program, slots: Sequence[int]) -> tuple[date, date]:
    periods = program.year.periods
    return periods[slots[0]].start, periods[slots[-1]].end + timedelta(1)


def calendar_bytes(title: str, about: str, zone: str, events: Iterable[Event], ledger: Ledger) -> bytes:
    """A whole calendar file. Each event's SEQUENCE and time stamps come from the ledger, which must know it."""
    calendar = _calendar(title, about, zone)
    listed = list(events)
    if any(not e.all_day for e in listed):
        calendar.add_component(vtimezone(zone))
    for event in listed:
        calendar.add_component(_component(event, zone, ledger.entries[event.uid]))
    return calendar.to_ical()


def _calendar(title: str, about: str, zone: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//rotation-year//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", zone)
    calendar.add("description", about)
    calendar.add("x-wr-caldesc", about)
    refresh = vText("PT12H")
    refresh.params["VALUE"] = "DURATION"
    calendar["REFRESH-INTERVAL"] = refresh
    calendar.add("x-published-ttl", "PT12H")
    return calendar


def _component(event: Event, zone: str, entry: Entry) -> Component:
    made = Component()
    made.add("uid", event.uid)
    made.add("summary", event.summary)
    _times(made, event, zone)
    made.add("dtstamp", entry.when)
    made.add("last-modified", entry.when)
    made.add("sequence", entry.sequence)
    if event.location:
        made.add("location", event.location)
    if event.description:
        made.add("description", event.description)
    if event.categories:
        made.add("categories", list(event.categories))
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


def _times(made: Component, event: Event, zone: str) -> None:
    """Dates as VALUE=DATE; times as local times with their zone's name."""
    for word, value in (("dtstart", event.start), ("dtend", event.end)):
        if isinstance(value, datetime):
            made.add(word, value.replace(tzinfo=None), parameters={"TZID": zone})
        else:
            made.add(word, value)


def changes_bytes(program: Program, cancelled: dict[str, Entry]) -> bytes:
    """Events that are no more, for people who import files: same UID, next SEQUENCE, cancelled."""
    calendar = _calendar(f"Cancelled – {program.name}", "Events that no longer take place.", program.timezone)
    zoned = False
    for uid, entry in sorted(cancelled.items()):
        made = Component()
        made.add("uid", uid)
        made.add("summary", f"Cancelled: {entry.summary}")
        timed = "T" in entry.start
        zoned = zoned or timed
        for word, said in (("dtstart", entry.start), ("dtend", entry.end)):
            if timed:
                made.add(word, datetime.fromisoformat(said), parameters={"TZID": program.timezone})
            else:
                made.add(word, date.fromisoformat(said))
        made.add("dtstamp", entry.when)
        made.add("last-modified", entry.when)
        made.add("sequence", entry.sequence)
        made.add("status", "CANCELLED")
        calendar.add_component(made)
    if zoned:
        calendar.subcomponents.insert(0, vtimezone(program.timezone))
    return calendar.to_ical()


