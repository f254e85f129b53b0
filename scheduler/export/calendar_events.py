"""The rotation year as events: a fellow's runs, and who is on a rotation when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from scheduler.domain.calendar import runs_of, say_date
from scheduler.domain.layer import Person
from scheduler.domain.program import Leave, Program
from scheduler.export.calendar_names import rotation_keys
from scheduler.export.events import Event
from scheduler.export.view import View


def fellow_events(view: View, person: Person) -> list[Event]:
    """A fellow's year: one all-day event a run of the same duty. Leave is “out of office”, private leave “Away”."""
    program = view.program
    events = []
    for run in view.runs(person):
        if not run.duties:
            continue
        duty = program.duty(run.duties[0])
        leave = any(isinstance(program.duty(d), Leave) for d in run.duties)
        site = "" if isinstance(duty, Leave) else duty.site
        title = " + ".join(run.duties)
        about = [_span(program, run.slots)]
        if not isinstance(duty, Leave):
            about += [duty.about, duty.contact and f"Contact: {duty.contact}"]
        start, end = _dates(program, run.slots)
        events.append(Event(f"{_root(program)}/{person.id}/rotations/{run.slots[0]}",
                            f"{title} – {site}" if site else title, start, end, site,
                            "\n".join(line for line in about if line),
                            ("Leave" if leave else "Rotation", *run.duties), "away" if leave else "free"))
    return events


def rotation_events(view: View, rotation: str) -> list[Event]:
    """Who is on a rotation: one all-day event a fellow and run."""
    program, schedule = view.program, view.schedule
    duty, key = program.duty(rotation), rotation_keys(program)[rotation]
    events = []
    for person in schedule.people:
        for run in runs_of(s for s, duties in schedule.of(person) if rotation in duties):
            start, end = _dates(program, run)
            events.append(Event(f"{_root(program)}/{key}/{person.id}/{run[0]}", f"{person.name} – {rotation}", start,
                                end, duty.site, _span(program, run), (rotation,)))
    return sorted(events, key=lambda e: (e.start.isoformat(), e.key))


def _span(program: Program, slots: Sequence[int]) -> str:
    """``2 weeks (weeks 5–6, Block 2), 27 July to 9 August 2026``."""
    first, last = (program.year.periods[slots[n]] for n in (0, -1))
    number = f"{slots[0] + 1}" if len(slots) == 1 else f"{slots[0] + 1}–{slots[-1] + 1}"
    noun = program.year.unit + ("" if len(slots) == 1 else "s")
    blocks = [name for name in dict.fromkeys(program.block(slots[n]) for n in (0, -1)) if name]
    numbered = first.label if program.year.unit == "month" and len(slots) == 1 else f"{noun} {number}"
    return (f"{program.year.many(len(slots))} ({', '.join([numbered, *['–'.join(blocks)] * bool(blocks)])}), "
            f"{say_date(first.start, year=first.start.year != last.end.year)} to {say_date(last.end, year=True)}")


def _root(program: Program) -> str:
    return f"{program.key}/{program.year.start.isoformat()}"


def _dates(program: Program, slots: Sequence[int]) -> tuple[date, date]:
    """The first day and the day after the last, as calendars want it."""
    periods = program.year.periods
    return periods[slots[0]].start, periods[slots[-1]].end + timedelta(1)
