"""The conferences of a year as every file shows them: each session in words, and who presents how often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.calendar import WEEKDAYS, say_date
from scheduler.domain.conference import Series
from scheduler.domain.days import CONFERENCES, TOPICS
from scheduler.domain.layer import Person
from scheduler.domain.recurrence import Session
from scheduler.export.view import View


@dataclass(frozen=True)
class Meeting:
    """One session. ``presenters`` are names, or the words of the program where nobody is known by name."""

    session: Session
    series: Series
    theme: str
    topic: str
    presenters: str
    note: str

    @property
    def time(self) -> str:
        """``06:30–07:30``; ``""`` without a time."""
        start, end = self.session.start, self.session.end
        return (f"{start:%H:%M}" + (f"–{end:%H:%M}" if end else "")) if start else ""


def meetings(view: View) -> list[Meeting]:
    """Every session of the year, in order."""
    series = {s.name: s for s in view.program.series}
    who, topics = _presenters(view), _topics(view)
    found = []
    for slot, session in enumerate(view.program.sessions):
        one = series[session.series]
        topic = topics.get(slot, "")
        theme = next((t.theme for t in one.topics if t.name == topic and t.theme), one.theme(session.day))
        said = ", ".join(who.get(slot, ())) or ("" if one.roles else one.presenters)
        found.append(Meeting(session, one, theme, topic, said, _note(view, session)))
    return found


def _presenters(view: View) -> dict[int, list[str]]:
    layer = view.schedule.beside.get(CONFERENCES)
    found: dict[int, list[str]] = {}
    for person in layer.people if layer is not None else ():
        for slot, roles in layer.of(person) if layer is not None else ():
            if roles:
                found.setdefault(slot, []).append(person.name)
    return found


def _topics(view: View) -> dict[int, str]:
    layer = view.schedule.beside.get(TOPICS)
    if layer is None:
        return {}
    return {slot: " and ".join(topics) for one in layer.people for slot, topics in layer.of(one) if topics}


def _note(view: View, session: Session) -> str:
    moved = f"moved from {WEEKDAYS[session.moved_from.weekday()]} {say_date(session.moved_from)}" \
        if session.moved_from else ""
    week = session.day.isocalendar()[:2]
    gone = dict.fromkeys(d.series for d in view.program.dropped
                         if d.why == f"replaced by {session.series}" and d.day.isocalendar()[:2] == week)
    return "; ".join(filter(None, [moved, f"replaces {' and '.join(gone)}" if gone else ""]))


@dataclass(frozen=True)
class Presents:
    """How often one person presents: a number for each series of ``presented``."""

    person: Person
    numbers: tuple[int, ...]


def presented(view: View) -> tuple[Series, ...]:
    """The series whose presenters are chosen by name."""
    return tuple(series for series in view.program.series if series.roles)


def presenter_tally(view: View) -> list[Presents]:
    """A line for everybody who may present anything, fellows first."""
    layer, series = view.schedule.beside.get(CONFERENCES), presented(view)
    if layer is None:
        return []
    roles = [{role.name for role in one.roles} for one in series]
    may = {id_ for one in series for role in one.roles for id_ in role.pool.ids}
    return [Presents(person, tuple(sum(bool(mine & set(duties)) for _, duties in layer.of(person)) for mine in roles))
            for person in layer.people if person.id in may]


def spreads(view: View) -> list[str]:
    """Least and most among the fellows who are here all year, a text for each series of ``presented``."""
    whole = len(view.schedule.layer.slots)
    tally = {line.person.id: line.numbers for line in presenter_tally(view)}
    found = []
    for n, series in enumerate(presented(view)):
        pool = {id_ for role in series.roles for id_ in role.pool.ids}
        mine = [tally[p.id][n] for p in view.people
                if p.id in pool and p.id in tally and len(list(view.schedule.layer.present(p))) == whole]
        found.append(f"{min(mine)}–{max(mine)}" if len(mine) > 1 else "")
    return found


def unscheduled(view: View) -> Iterator[Series]:
    """Series that have no session in the year: their dates are to be determined, or every one was taken."""
    held = {session.series for session in view.program.sessions}
    yield from (series for series in view.program.series if series.name not in held)
