"""A notice for each fellow whose year changes: old and new with dates, and the calendar events that follow.

A notice names exactly the events that the fellow's calendar file updates, adds or takes away when the calendars are
exported over the old ones: those whose SEQUENCE grows, and those that appear or disappear.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from scheduler.check.differences import Stretch, when_run
from scheduler.domain.calendar import WEEKDAYS, say_date
from scheduler.domain.days import CONFERENCES
from scheduler.domain.layer import Person
from scheduler.domain.words import listing
from scheduler.export.calendar_events import by_day, fellow_events
from scheduler.export.calendar_names import file_names, rotation_keys
from scheduler.export.changed import Changed
from scheduler.export.conference_events import conference_events
from scheduler.export.day_events import call_events, half_day_events
from scheduler.export.events import Event
from scheduler.export.files import write_atomically
from scheduler.export.pages import page
from scheduler.export.phrases import plural
from scheduler.export.view import View

PAGE, FOLDER = "notices.html", Path("notices")


@dataclass(frozen=True)
class EventChange:
    """One event of a calendar file: changed, new (nothing ``before``) or gone (nothing ``after``)."""

    before: Event | None
    after: Event | None

    @property
    def uid(self) -> str:
        """What calendars know the event by."""
        return (self.after or self.before).uid  # type: ignore[union-attr]

    @property
    def start(self) -> str:
        """What they are sorted by."""
        return (self.after or self.before).start.isoformat()  # type: ignore[union-attr]

    @property
    def words(self) -> str:
        """``changed: MIPS, 21 to 27 December 2026 (was Vacation)``."""
        if self.after is None:
            return f"gone: {_event(self.before)}"
        if self.before is None:
            return f"new: {_event(self.after)}"
        was, now = (self.before.summary, _when(self.before)), (self.after.summary, _when(self.after))
        old = was[0] if was[1] == now[1] else was[1] if was[0] == now[0] else ", ".join(was)
        return f"changed: {', '.join(now)} ({'other details' if was == now else f'was {old}'})"


@dataclass(frozen=True)
class Notice:
    """What changes for one fellow: sentences in order of date, and the events of the fellow's calendar ``file``."""

    person: Person
    lines: tuple[str, ...]
    events: tuple[EventChange, ...]
    file: str
    first: date

    @property
    def subject(self) -> str:
        """The e-mail's subject."""
        if not self.lines:
            return f"Your calendar is updated from {say_date(self.first, year=True)}"
        return f"Your schedule changes from {say_date(self.first, year=True)}"

    @property
    def opening(self) -> str:
        """The first sentence."""
        if not self.lines:
            return "your own schedule stays as it is, but what stands in your calendar changes."
        return f"your schedule changes in {plural(len(self.lines), 'place')}:"

    @property
    def closing(self) -> str:
        """What to do about the calendar."""
        if not self.events:
            return "Nothing changes in your calendar file."
        gone = any(change.after is None for change in self.events)
        return ("A calendar that subscribes to the file follows by itself within a day. If you imported the file, "
                f"import {self.file} again{', and changes/cancelled.ics, which takes away what is gone' * gone}.")


def notices(changed: Changed) -> list[Notice]:
    """One for each fellow whose cells or calendar events differ, in the program's order."""
    people = changed.new.schedule.people
    names = file_names([p.id for p in people], rotation_keys(changed.new.program))
    found = []
    for person in people:
        mine = [one for one in changed.stretches if one.person.id == person.id]
        events = event_changes(changed.old, changed.new, person)
        if mine or events:
            first = min([changed.span(one)[0] for one in mine] or [_day(change) for change in events])
            lines = tuple(_line(changed, one) for one in mine)
            found.append(Notice(person, lines, tuple(events), names["fellow", person.id], first))
    return found


def event_changes(old: View, new: View, person: Person) -> list[EventChange]:
    """The events of the fellow's calendar that differ in anything a reader would see, in order of date."""
    before, after = ({event.uid: event for event in _calendar(view, person)} for view in (old, new))
    found = [EventChange(before.get(uid), after.get(uid)) for uid in {**before, **after}]
    return sorted((c for c in found if c.before is None or c.after is None or c.before.content != c.after.content),
                  key=lambda change: (change.start, change.uid))


def _calendar(view: View, person: Person) -> Iterator[Event]:
    """Everything in the fellow's calendar file."""
    days = by_day(view)
    yield from fellow_events(view, person)
    yield from half_day_events(days, person)
    yield from call_events(days, person)
    yield from conference_events(view, days, person)


def _line(changed: Changed, one: Stretch) -> str:
    """``From 21 December 2026: MIPS instead of Vacation (1 week, to 27 December).``"""
    if not changed.layers[one.layer].parent:
        first, last = changed.span(one)
        length = changed.new.program.year.many(len(one.slots))
        now = listing(one.after) if one.after else "nothing"
        was = listing(one.before) if one.before else "nothing"
        until = say_date(last, year=last.year != first.year)
        return f"From {say_date(first, year=True)}: {now} instead of {was} ({length}, to {until})."
    when = when_run(changed.layers[one.layer], one.slots)
    dates, bracket, many = when.partition(" (")
    return f"{dates[0].upper()}{dates[1:]} {changed.span(one)[1].year}{bracket}{many}: {_now(one)}."


def _now(one: Stretch) -> str:
    """For a letter: what is done now, to the fellow who does it."""
    if one.layer == CONFERENCES:
        return "you " + one.words.replace("presents", "present", 1)
    return f"now {listing(one.after)}" if not one.before else one.words


def _event(event: Event | None) -> str:
    return f"{event.summary}, {_when(event)}" if event is not None else ""


def _when(event: Event) -> str:
    """``21 to 27 December 2026``; ``Tuesday 14 July 2026, 08:00–12:00``."""
    start, end = event.start, event.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        last = end - timedelta(1)
        if start == last:
            return f"{WEEKDAYS[start.weekday()]} {say_date(start, year=True)}"
        same = (start.year, start.month) == (last.year, last.month)
        first = str(start.day) if same else say_date(start, year=start.year != last.year)
        return f"{first} to {say_date(last, year=True)}"
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{WEEKDAYS[end.weekday()]} {end:%H:%M}"
    return f"{WEEKDAYS[start.weekday()]} {say_date(start, year=True)}, {start:%H:%M}–{until}"


def _day(change: EventChange) -> date:
    start = (change.after or change.before).start  # type: ignore[union-attr]
    return start.date() if isinstance(start, datetime) else start


def text(notice: Notice, program: str) -> str:
    """A notice as an e-mail: subject, what changes, what the calendar does."""
    said = [f"Subject: {notice.subject} ({program})", "", f"Dear {notice.person.name},", "", notice.opening]
    said += [f"  - {line}" for line in notice.lines]
    if notice.events:
        said += ["", f"Your calendar file updates {'these events' if len(notice.events) > 1 else 'this event'}:"]
        said += [f"  - {change.words}" for change in notice.events]
    return "\n".join([*said, "", notice.closing, ""])


def notice_files(changed: Changed) -> dict[str, str]:
    """Fellow id → the name of the fellow's notice, for every fellow of the program, whether there is one or not."""
    people = [p.id for p in changed.new.schedule.people]
    names = file_names(people, rotation_keys(changed.new.program))
    return {id_: names["fellow", id_].removesuffix(".ics") + ".txt" for id_ in people}


def write_notices(changed: Changed, found: list[Notice], folder: Path) -> list[Path]:
    """One page with all notices, to print, and a text a fellow, to send. Returns the files written.

    Texts of an earlier comparison for fellows who have no notice now are removed: nobody may send them by mistake.
    """
    names, program = notice_files(changed), changed.new.program
    for id_ in {*names} - {notice.person.id for notice in found}:
        (folder / FOLDER / names[id_]).unlink(missing_ok=True)
    written = [write_atomically(folder / PAGE, page("notices.html", program=program, notices=found))]
    return written + [write_atomically(folder / FOLDER / names[notice.person.id], text(notice, program.name))
                      for notice in found]
