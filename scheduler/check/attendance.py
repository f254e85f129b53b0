"""Which conferences each fellow can attend, and which each presents: counted from the finished year, no solver."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from scheduler.check.day_view import DayView, Doing
from scheduler.domain.conference import Series
from scheduler.domain.days import CONFERENCES
from scheduler.domain.layer import Person
from scheduler.domain.program import Program
from scheduler.domain.recurrence import Session
from scheduler.domain.schedule import Schedule


@dataclass(frozen=True)
class Attended:
    """One fellow and one series. ``expected_on`` are its dates without the excused ones, which leave covers.

    ``missed`` are the dates of those expected that cannot be attended; ``presented`` how many the fellow presents.
    """

    person: Person
    series: Series
    expected_on: tuple[date, ...]
    excused_on: tuple[date, ...]
    missed: tuple[date, ...]
    presented: int

    @property
    def expected(self) -> int:
        """Sessions expected, those excused left out."""
        return len(self.expected_on)

    @property
    def excused(self) -> int:
        """Sessions during leave, which count on neither side."""
        return len(self.excused_on)

    @property
    def possible(self) -> int:
        """The expected sessions that nothing stands in the way of."""
        return self.expected - len(self.missed)

    @property
    def percent(self) -> int | None:
        """What is possible of what is expected, rounded down; None where nothing is expected."""
        return 100 * self.possible // self.expected if self.expected else None

    @property
    def enough(self) -> bool:
        """Whether the least the series asks for is possible."""
        return self.series.least is None or 100 * self.possible >= self.series.least * self.expected


def attendance(program: Program, schedule: Schedule) -> list[Attended]:
    """A line for each series that has sessions and each fellow who is expected there, series by series."""
    view = DayView(program, schedule)
    found = []
    for series in program.series:
        sessions = [s for s in program.sessions if s.series == series.name]
        if sessions:
            found += [_line(view, person, series, sessions) for person in program.people if attends(series, person)]
    return found


def attends(series: Series, person: Person) -> bool:
    """Whether a fellow is expected: everybody, or those named; of an opt-in series only those named."""
    return person in series.attends if series.attends is not None else not series.opt_in


def expects(view: DayView, person: Person, series: Series, session: Session) -> bool:
    """Whether a fellow is expected at a session and can be there: not on leave, nor where nobody can attend."""
    slot = view.program.year.slot_of(session.day)
    return (attends(series, person) and slot in set(view.schedule.layer.present(person))
            and not _excused(view, person, session) and not _blocked(view, person, series, session))


def _line(view: DayView, person: Person, series: Series, sessions: list[Session]) -> Attended:
    here, slot_of = set(view.schedule.layer.present(person)), view.program.year.slot_of
    mine = [s for s in sessions if slot_of(s.day) in here]
    excused = [s for s in mine if _excused(view, person, s)]
    expected = [s for s in mine if s not in excused]
    after = {c.end.date() for c in view.on_call(person) if c.role.kind == "in-house" and c.end.date() > c.start.date()}
    missed = tuple(s.day for s in expected if s.day in after or _blocked(view, person, series, s))
    return Attended(person, series, tuple(s.day for s in expected), tuple(s.day for s in excused), missed,
                    _presented(view, person, series))


def _presented(view: DayView, person: Person, series: Series) -> int:
    layer, roles = view.schedule.beside.get(CONFERENCES), {role.name for role in series.roles}
    return sum(bool(roles & set(duties)) for _, duties in layer.of(person)) if layer is not None else 0


def _excused(view: DayView, person: Person, session: Session) -> bool:
    """On leave in the whole period, or in the half-day of the session."""
    away = {leave.name for leave in view.program.leaves}
    at = _halves(view, person, session)
    return bool(away & set(_week(view, person, session))) or (bool(at) and all(d.kind == "leave" for d in at))


def _blocked(view: DayView, person: Person, series: Series, session: Session) -> bool:
    """On a rotation during which nobody can attend: for the week, or in the half-day of the session."""
    if series.blocked is None:
        return False
    what = [*_week(view, person, session), *(d.what for d in _halves(view, person, session))]
    return any(name in series.blocked for name in what)


def _week(view: DayView, person: Person, session: Session) -> tuple[str, ...]:
    slot = view.program.year.slot_of(session.day)
    return view.schedule.at(person, slot) if slot is not None else ()


def _halves(view: DayView, person: Person, session: Session) -> list[Doing]:
    """The half-day that a session belongs to: the last that begins before it ends, or the first; without a time, all.

    An evening belongs to its afternoon and an early morning to its morning: who is on leave then comes to neither.
    """
    slots = set(view.days.on(session.day))
    day = [d for d in view.of(person) if d.slot.index in slots]
    if session.start is None or not day:
        return day
    begun = [d for d in day if d.slot.half is not None and d.slot.half.start < _end(session)]
    return begun[-1:] or day[:1]


def _end(session: Session) -> time:
    return session.end or session.start or time.max
