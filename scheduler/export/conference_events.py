"""Conferences and milestones as events: everyone's calendar, and each fellow's with “You present” marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from scheduler.check.attendance import expects
from scheduler.check.day_view import DayView
from scheduler.domain.conference import Milestone
from scheduler.domain.days import CONFERENCES
from scheduler.domain.layer import Person
from scheduler.export.calendar_events import lines, root
from scheduler.export.didactics import Meeting, meetings
from scheduler.export.events import Busy, Event
from scheduler.export.view import View

WEEK_BEFORE = 7 * 24 * 60
LENGTH = timedelta(hours=1)                 # of a session that has a beginning and no end


def all_conferences(view: View) -> list[Event]:
    """Every session, for everyone: what, who presents, where."""
    return [_event(view, one, "conferences") for one in meetings(view)]


def conference_events(view: View, days: DayView, person: Person) -> list[Event]:
    """The sessions a fellow is expected at (none while on leave), those that the fellow presents, and milestones."""
    mine = _presented(view, person)
    found = []
    for slot, one in enumerate(meetings(view)):
        if slot in mine or expects(days, person, one.series, one.session):
            found.append(_event(view, one, person.id, presents=slot in mine))
    return found + list(_milestones(view, person))


def _presented(view: View, person: Person) -> set[int]:
    layer = view.schedule.beside.get(CONFERENCES)
    return {slot for slot, roles in layer.of(person) if roles} if layer is not None else set()


def _event(view: View, one: Meeting, whose: str, presents: bool = False) -> Event:
    session, series = one.session, one.series
    subject = one.topic or one.theme
    title = f"{series.name}: {subject}" if subject else series.name
    pattern = session.moved_from or session.day         # a session that moves stays the same event
    start, end = _times(one)
    about = lines(one.presenters and f"Presented by {one.presenters}", series.format, one.theme if one.topic else "",
                  one.note and one.note[0].upper() + one.note[1:], series.about,
                  series.contact and f"Contact: {series.contact}")
    busy: Busy = "busy" if series.protected and session.start is not None else "free"
    yours = f"{'Your turn' if series.opt_in else 'You present'}: {title}"
    return Event(f"{root(view.program)}/{whose}/conferences/{series.key}/{pattern.isoformat()}",
                 yours if presents else title, start, end, series.place, about,
                 ("Conference", series.name), busy, WEEK_BEFORE if presents else None)


def _times(one: Meeting) -> tuple[date | datetime, date | datetime]:
    """From and to; a session without a clock time takes the day."""
    session = one.session
    if session.start is None:
        return session.day, session.day + timedelta(1)
    start = datetime.combine(session.day, session.start)
    return start, datetime.combine(session.day, session.end) if session.end else start + LENGTH


def _milestones(view: View, person: Person) -> Iterator[Event]:
    for one in view.program.milestones:
        if one.who is None or person in one.who:
            yield Event(f"{root(view.program)}/{person.id}/milestones/{one.task}/{one.name}", f"{one.task}: {one.name}",
                        one.day, one.day + timedelta(1), "", _mentor(one, person), ("Milestone", one.task),
                        reminder=WEEK_BEFORE)


def _mentor(one: Milestone, person: Person) -> str:
    name = one.mentors.get(person.id, "")
    return f"Mentor: {name}" if name else ""
