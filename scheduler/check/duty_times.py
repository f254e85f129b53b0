"""When every fellow is on duty, by the clock: from half-days, the rotations' hours and call, for the work hours.

Conferences that a fellow is expected at are work. Nothing here is measured: the hours are those the program plans.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from scheduler.check.day_view import DayView, Doing
from scheduler.check.judge import judge
from scheduler.check.work_hours import averages, windows_of, work_hour_findings
from scheduler.domain.calendar import runs_of
from scheduler.domain.duty_hours import Stretch, Window
from scheduler.domain.layer import Person
from scheduler.domain.program import Program, Rotation
from scheduler.domain.schedule import Schedule
from scheduler.domain.verdict import Hours, Report
from scheduler.domain.words import Selection


def judge_year(program: Program, schedule: Schedule) -> Report:
    """The checker's whole verdict: every rule of every layer, and the work hours where the program limits them."""
    report = judge(program.rules, program.priorities, schedule)
    if program.limits is None:
        return report
    view = DayView(program, schedule)
    return replace(report, hours=tuple(hours_of(view, person) for person in schedule.people))


def hours_of(view: DayView, person: Person) -> Hours:
    """One fellow's windows and findings, by the program's own limits."""
    limits = view.program.limits
    assert limits is not None
    stretches, runs, leave = stretches_of(view, person), runs_on(view, person), leave_days(view, person)
    return Hours(person, tuple(averages(stretches, windows_of(runs, limits.averaged_days), leave, limits)),
                 tuple(work_hour_findings(person.name, stretches, runs, leave, limits)))


def runs_on(view: DayView, person: Person) -> list[Window]:
    """The unbroken runs of each rotation, by date."""
    periods = view.program.year.periods
    return [Window(rotation.name, periods[run[0]].start, periods[run[-1]].end)
            for rotation in view.program.rotations
            for run in runs_of(view.schedule.slots_on(person, Selection.of(rotation.name)))]


def leave_days(view: DayView, person: Person) -> frozenset[date]:
    """The days of which every half is leave."""
    days: dict[date, list[bool]] = {}
    for doing in view.of(person):
        days.setdefault(doing.slot.day, []).append(doing.kind == "leave")
    return frozenset(day for day, halves in days.items() if all(halves))


def stretches_of(view: DayView, person: Person) -> list[Stretch]:
    """Every stretch of duty, in order: half-days worked, hours outside the working week, and call."""
    days: dict[date, list[Doing]] = {}
    for doing in view.of(person):
        days.setdefault(doing.slot.day, []).append(doing)
    found = [stretch for day, halves in days.items() for stretch in _worked(view, day, halves)]
    found += _outside(view, person, set(days))
    found += _taught(view, person)
    for call in view.on_call(person):
        home = call.role.kind == "home"
        found.append(Stretch(call.start, call.end, call.role.name, call.role.kind, call.role.hours if home else None))
    return sorted(found, key=lambda s: (s.start, s.end, s.what))


def _worked(view: DayView, day: date, halves: list[Doing]) -> Iterator[Stretch]:
    """A working day: the rotation's own hours where the whole day is spent with it, else half by half."""
    rotation = {r.name: r for r in view.program.rotations}.get(halves[0].rotation)
    host = [doing.kind in ("service", "non-clinical") and doing.what not in {r.name for r in view.program.short}
            for doing in halves]
    hours = _hours(rotation, day.weekday()) if rotation is not None else []
    if all(host) and hours:
        for start, end in hours:
            yield Stretch(datetime.combine(day, start), datetime.combine(day, end), halves[0].rotation)
        return
    for n, (doing, hosted) in enumerate(zip(halves, host, strict=True)):
        if doing.kind not in ("service", "short", "non-clinical") or doing.slot.half is None:
            continue
        start, end = doing.slot.half.start, doing.slot.half.end
        if hosted and hours:                # the host's day begins early and ends late, where its half is worked
            start = min(start, hours[0][0]) if n == 0 else start
            end = max(end, hours[-1][1]) if n == len(halves) - 1 else end
        yield Stretch(datetime.combine(day, start), datetime.combine(day, end), doing.what)


def _taught(view: DayView, person: Person) -> Iterator[Stretch]:
    """Conferences the fellow is expected at: required education counts as work, except on leave."""
    program, away = view.program, leave_days(view, person)
    series = {s.name: s for s in program.series}
    here = set(view.schedule.layer.present(person))
    weeks_off = {p for p in here if any(program.duty(d).is_leave for d in view.schedule.at(person, p))}
    for session, slot in zip(program.sessions, program.session_days.slots, strict=True):
        one = series[session.series]
        expected = not one.opt_in if one.attends is None else person in one.attends
        if (session.start is None or session.end is None or not expected or slot.period not in here - weeks_off
                or session.day in away):
            continue
        yield Stretch(datetime.combine(session.day, session.start), datetime.combine(session.day, session.end),
                      session.series)


def _hours(rotation: Rotation, weekday: int) -> list[tuple[time, time]]:
    return [(start, end) for day, start, end in rotation.hours if day == weekday]


def _outside(view: DayView, person: Person, worked: set[date]) -> Iterator[Stretch]:
    """Hours of a rotation on days outside the working week: weekend rounds."""
    year = view.program.year
    for rotation in view.program.rotations:
        if not rotation.hours:
            continue
        for slot in view.schedule.slots_on(person, Selection.of(rotation.name)):
            period = year.periods[slot]
            for n in range(period.days):
                day = date.fromordinal(period.start.toordinal() + n)
                if day in worked or (day in year.holidays and not rotation.works_holidays):
                    continue
                for start, end in _hours(rotation, day.weekday()):
                    yield Stretch(datetime.combine(day, start), datetime.combine(day, end), rotation.name)
