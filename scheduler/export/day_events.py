"""The layers below the week as events: clinics, split days, days of leave, and call, each with its own times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from scheduler.check.day_view import DayView, Doing
from scheduler.domain.layer import Person
from scheduler.domain.program import CallRole, Program, Rotation
from scheduler.export.calendar_events import contact, lines, root
from scheduler.export.events import Busy, Event

#: half-days of a rotation's week that belong elsewhere: (weekday, half, service, site)
Template = tuple[tuple[int, int, str, str], ...]


def half_day_events(days: DayView, person: Person) -> list[Event]:
    """What a fellow does in half-days that are not simply the rotation of the week.

    Clinics, short rotations and days that the rotation's template splits have times and keep the fellow busy; time
    that is not clinical leaves the fellow free. Whole days of leave are all-day, out of office. Both halves of a day
    spent alike at one site are one event; neighbouring days are two.
    """
    events = []
    for run in _runs(days, person):
        first, names = run[0], _names(days, person, run[0])
        duty = next((r for r in (*days.program.rotations, *days.program.short) if r.name in names), None)
        leave = first.kind == "leave"
        busy: Busy = "away" if leave else "free" if first.kind == "non-clinical" else "busy"
        start: date = first.slot.start
        end: date = run[-1].slot.end
        if leave and len(run) == days.days.per_day:
            start, end = first.slot.day, first.slot.day + timedelta(1)
        key = f"{root(days.program)}/{person.id}/half-days/{_slot(days, first)}"
        title = f"{first.what} – {first.site}" if first.site else first.what
        about = lines(duty.about, contact(duty)) if duty is not None else ""
        categories = ("Leave" if leave else "Half-day", *names)
        events.append(Event(key, title, start, end, first.site, about, categories, busy))
    return events


def service_events(days: DayView, service: Rotation, key: str) -> list[Event]:
    """Who is at a clinic or short rotation, or comes to a rotation for half-days of another's week."""
    layer = "guests" if service.by == "week" else "short"
    given = {to for rotation in days.program.rotations for *_, to, _ in rotation.template}
    if layer == "guests" and service.name not in given:
        return []                                   # nobody's week goes there: no need to look through all of them
    events = []
    for person in days.schedule.people:
        for run in _runs(days, person):
            if service.name in _names(days, person, run[0]) and (layer == "short" or run[0].rotation != service.name):
                events.append(Event(f"{root(days.program)}/{layer}/{key}/{person.id}/{_slot(days, run[0])}",
                                    f"{person.name} – {service.name}", run[0].slot.start, run[-1].slot.end,
                                    run[0].site, "", (service.name,)))
    return sorted(events, key=lambda e: (e.start.isoformat(), e.key))


def call_events(days: DayView, person: Person) -> list[Event]:
    """A fellow's call with its times. Call keeps the fellow busy; a backup is free until called."""
    events = []
    dates: dict[str, int] = {}
    for call in days.on_call(person):
        role, day = call.role, call.start.date().isoformat()
        dates[day] = nth = dates.get(day, 0) + 1            # a fellow has one role a night; edited by hand, maybe two
        events.append(Event(f"{root(days.program)}/{person.id}/call/{day}" + f"-{nth}" * (nth > 1), call_title(role),
                            call.start, call.end, role.site, _about(days.program, role), ("Call", role.name),
                            "free" if role.backup else "busy"))
    return events


def role_events(days: DayView, role: CallRole, key: str) -> list[Event]:
    """Who has a role of call, and when."""
    held = [(person, call) for person in days.schedule.people for call in days.on_call(person) if call.role == role]
    events = [Event(f"{root(days.program)}/call/{key}/{person.id}/{call.start.date().isoformat()}",
                    f"{person.name} – {call_title(role)}", call.start, call.end, role.site,
                    lines(role.about, contact(role)), (role.name,)) for person, call in held]
    return sorted(events, key=lambda e: (e.start.isoformat(), e.key))


def call_title(role: CallRole) -> str:
    """``Night call (home)``, ``Second call (backup, home)``."""
    return f"{role.name} ({'backup, ' * role.backup}{role.kind})"


def _about(program: Program, role: CallRole) -> str:
    halves = program.working_week.halves[:role.free_after]
    free = "" if not halves else "The day after is free." if len(halves) == len(program.working_week.halves) else (
        f"The {' and '.join(half.name for half in halves)} after is free.")
    return lines(role.about, contact(role), free)


def _runs(days: DayView, person: Person) -> Iterator[list[Doing]]:
    """Neighbouring half-days of one day that are spent alike, and not simply on the rotation of the week."""
    templates = {r.name: r.template for r in days.program.rotations if r.template}
    if not templates and days.halves is None:
        return
    for _, mine in groupby(days.of(person), key=lambda doing: doing.slot.day):
        doings = list(mine)
        split = any(_given(days, person, doing, templates.get(doing.rotation, ())) for doing in doings)
        shown = [bool(_cell(days, person, d)) or (split and d.kind in ("service", "non-clinical")) for d in doings]
        for alike, run in groupby(zip(doings, shown, strict=True), key=lambda one: one[1] and _same(one[0])):
            if alike:
                yield [doing for doing, _ in run]


def _same(doing: Doing) -> tuple[str, str, str]:
    """What two half-days of one event have in common."""
    return doing.what, doing.kind, doing.site


def _given(days: DayView, person: Person, doing: Doing, template: Template) -> bool:
    """Whether the template of the week's rotation gives this half-day to another service or site."""
    if not template or _cell(days, person, doing) or doing.kind not in ("service", "non-clinical"):
        return False
    at = doing.slot.day.weekday(), doing.slot.index % days.days.per_day
    return any((weekday, half) == at and (service != doing.rotation or bool(site))
               for weekday, half, service, site in template)


def _cell(days: DayView, person: Person, doing: Doing) -> tuple[str, ...]:
    return days.halves.at(person, doing.slot.index) if days.halves is not None else ()


def _names(days: DayView, person: Person, doing: Doing) -> tuple[str, ...]:
    return _cell(days, person, doing) or (doing.what,)


def _slot(days: DayView, doing: Doing) -> str:
    """``2026-09-16-1``: the date, and which half of it."""
    return f"{doing.slot.day.isoformat()}-{doing.slot.index % days.days.per_day + 1}"
