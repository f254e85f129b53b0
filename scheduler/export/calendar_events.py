"""The rotation year as events: a fellow's runs, and who is on a rotation when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from scheduler.check.day_view import DayView
from scheduler.domain.calendar import runs_of, say_date
from scheduler.domain.layer import Person
from scheduler.domain.program import CallRole, Leave, Program, Rotation
from scheduler.export.calendar_names import rotation_keys
from scheduler.export.events import Event
from scheduler.export.view import View


def fellow_events(view: View, person: Person) -> list[Event]:
    """A fellow's year: one all-day event a run of the same duty. Leave is “out of office”, private leave “Away”."""
    program, days = view.program, by_day(view)
    events = []
    for run in view.runs(person):
        if not run.duties:
            continue
        duty = program.duty(run.duties[0])
        leave = any(isinstance(program.duty(d), Leave) for d in run.duties)
        title, site = " + ".join(run.duties), ""
        about = [_span(program, run.slots)]
        if isinstance(duty, Rotation):
            site, turns = _where(days, person, duty, run.slots)
            about += [turns, duty.about, contact(duty)]
        start, end = _dates(program, run.slots)
        events.append(Event(f"{root(program)}/{person.id}/rotations/{run.slots[0]}",
                            f"{title} – {site}" if site else title, start, end, site, lines(*about),
                            ("Leave" if leave else "Rotation", *run.duties), "away" if leave else "free"))
    return events


def rotation_events(view: View, rotation: str) -> list[Event]:
    """Who is on a rotation: one all-day event a fellow and run."""
    program, schedule = view.program, view.schedule
    duty, key = program.duty(rotation), rotation_keys(program)[rotation]
    days = by_day(view)
    assert isinstance(duty, Rotation)
    events = []
    for person in schedule.people:
        for run in runs_of(s for s, duties in schedule.of(person) if rotation in duties):
            start, end = _dates(program, run)
            site, turns = _where(days, person, duty, run)
            events.append(Event(f"{root(program)}/{key}/{person.id}/{run[0]}", f"{person.name} – {rotation}", start,
                                end, site, lines(_span(program, run), turns), (rotation,)))
    return sorted(events, key=lambda e: (e.start.isoformat(), e.key))


def by_day(view: View) -> DayView:
    """The year day by day, of any program."""
    return view.days or DayView(view.program, view.schedule)


def _where(days: DayView, person: Person, rotation: Rotation, slots: Sequence[int]) -> tuple[str, str]:
    """The site of a run, and where each period is spent if they are at several in turn.

    ``Sites in turn: Main Building from 1 July, West Campus from 6 July``.
    """
    if len(rotation.sites) < 2:
        return rotation.site, ""
    sites: dict[int, str] = {}
    for doing in days.of(person):
        if doing.slot.period in slots and doing.what == rotation.name and doing.site in rotation.sites:
            sites.setdefault(doing.slot.period, doing.site)
    turns = [(site, min(run)) for site, run in groupby(sorted(sites), key=sites.__getitem__)]
    if len(turns) <= 1:
        return turns[0][0] if turns else rotation.site, ""
    starts = ((site, days.program.year.periods[slot].start) for site, slot in turns)
    return rotation.site, "Sites in turn: " + ", ".join(f"{site} from {say_date(start)}" for site, start in starts)


def contact(duty: Rotation | CallRole) -> str:
    """Whom to ask, as a line of a description."""
    return duty.contact and f"Contact: {duty.contact}"


def lines(*said: str) -> str:
    """A description of those lines that say something."""
    return "\n".join(line for line in said if line)


def _span(program: Program, slots: Sequence[int]) -> str:
    """``2 weeks (weeks 5–6, Block 2), 27 July to 9 August 2026``."""
    first, last = (program.year.periods[slots[n]] for n in (0, -1))
    number = f"{slots[0] + 1}" if len(slots) == 1 else f"{slots[0] + 1}–{slots[-1] + 1}"
    noun = program.year.unit + ("" if len(slots) == 1 else "s")
    blocks = [name for name in dict.fromkeys(program.block(slots[n]) for n in (0, -1)) if name]
    numbered = first.label if program.year.unit == "month" and len(slots) == 1 else f"{noun} {number}"
    return (f"{program.year.many(len(slots))} ({', '.join([numbered, *['–'.join(blocks)] * bool(blocks)])}), "
            f"{say_date(first.start, year=first.start.year != last.end.year)} to {say_date(last.end, year=True)}")


def root(program: Program) -> str:
    """What the keys of all events of a year begin with."""
    return f"{program.key}/{program.year.start.isoformat()}"


def _dates(program: Program, slots: Sequence[int]) -> tuple[date, date]:
    """The first day and the day after the last, as calendars want it."""
    periods = program.year.periods
    return periods[slots[0]].start, periods[slots[-1]].end + timedelta(1)
