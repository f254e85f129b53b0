"""When the conferences are: the pattern of each series, and what holidays, joint sessions and pairs make of it.

Days are dates and times are local; nothing here knows a time zone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from scheduler.domain.calendar import MONTHS, WEEKDAYS, say_date

ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
SEARCH = 28                             # days within which a moved session must find its new date
OnHoliday = Literal["cancelled", "kept", "moved"]


@dataclass(frozen=True)
class Recurrence:
    """The dates of a series: some ``weekdays`` (0 = Monday), or listed ``dates``, or both.

    ``nth`` says which ones of the month (1 to 5, -1 the last; empty: all), ``months`` in which months (1 to 12; empty:
    all). ``first`` and ``last`` bound a season; ``but`` are single dates without a session. ``every`` 2 means alternate
    weeks, from Monday to Sunday, counted from the one that holds the first date of the pattern on or after ``first``
    (without it, in the year): ``first`` may lie in an earlier year. ``also`` adds other patterns; ``said`` are the
    words of the file.
    """

    weekdays: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    every: int = 1
    months: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None
    dates: tuple[date, ...] = ()
    but: tuple[date, ...] = ()
    also: tuple[Recurrence, ...] = ()
    said: str = ""

    def has(self, day: date) -> bool:
        """Whether the pattern falls on a day, whatever the week and the season."""
        nth = (day.day - 1) // 7 + 1
        last = (day + timedelta(7)).month != day.month
        return (day.weekday() in self.weekdays and (not self.months or day.month in self.months)
                and (not self.nth or nth in self.nth or (last and -1 in self.nth)))


@dataclass(frozen=True)
class Moved:
    """Where a session goes that would be on a holiday: the next or previous such weekday; None: working day."""

    weekday: int | None
    direction: Literal["next", "previous"]


@dataclass(frozen=True)
class Timetabled:
    """What decides the dates of one series. A ``recurrence`` of None: to be determined, so no sessions.

    ``on_holiday`` holds for holidays and blackout dates alike; ``moved`` says where to, and must where it is "moved".
    The series in ``replaces`` have no session in the calendar week (Monday to Sunday) of any session of this one.
    ``after`` names the series that this one directly follows: it has that series' dates and begins when it ends; its
    own times then give only its length, or its end.
    """

    name: str
    recurrence: Recurrence | None = None
    start: time | None = None
    end: time | None = None
    on_holiday: OnHoliday = "cancelled"
    moved: Moved | None = None
    replaces: tuple[str, ...] = ()
    after: str = ""

    def __post_init__(self) -> None:
        if self.on_holiday == "moved" and self.moved is None:
            raise ValueError(f"{self.name} is moved on holidays, but not where to")


@dataclass(frozen=True)
class Session:
    """One date of a series, the ``number``-th of its year; ``moved_from`` is the holiday it would have been on."""

    series: str
    day: date
    start: time | None = None
    end: time | None = None
    moved_from: date | None = None
    number: int = 1


@dataclass(frozen=True)
class Dropped:
    """A date of the pattern without a session, and why: ``on Thanksgiving Day``, ``replaced by Joint Journal Club``."""

    series: str
    day: date
    why: str


def dates_of(recurrence: Recurrence, start: date, end: date) -> tuple[date, ...]:
    """The dates of the pattern from ``start`` to ``end``, both included, sorted; holidays are not considered."""
    found: set[date] = set()
    for part in (recurrence, *recurrence.also):
        found.update(day for day in (*part.dates, *_pattern(part, start, end)) if start <= day <= end)
    return tuple(sorted(found))


def outside(recurrence: Recurrence, start: date, end: date) -> tuple[date, ...]:
    """The listed dates that are not in the year, sorted."""
    listed = {day for part in (recurrence, *recurrence.also) for day in (*part.dates, *part.but)}
    return tuple(sorted(day for day in listed if not start <= day <= end))


def never(recurrence: Recurrence, start: date, end: date) -> str:
    """The sentence for what is asked for but has no date in the year, such as a fifth Monday of February; or ""."""
    year = f"in the year from {say_date(start, year=True)} to {say_date(end, year=True)}"
    for part in (recurrence, *recurrence.also):
        for one in [replace(part, nth=(n,), every=1, also=()) for n in part.nth] or [replace(part, also=())]:
            if not dates_of(one, start, end):
                return f"There is no {_words(one)} {year}." if one.weekdays else f"No listed date is {year}."
    return ""


def sessions_of(series: Sequence[Timetabled], start: date, end: date, holidays: Mapping[date, str],
                blackout: Mapping[date, str] | None = None) -> tuple[list[Session], list[Dropped]]:
    """Every session of the year, sorted by day, time and the order of the series; and the dates without one.

    A moved session that would leave the year, or finds no free day within four weeks, is dropped with that reason; a
    day is free where it is no holiday or blackout date, and has no session of the same series.
    """
    closed = {day: f"in the blackout “{name}”" if name else "on a blackout date"
              for day, name in (blackout or {}).items()} | {day: f"on {name}" for day, name in holidays.items()}
    found: dict[str, dict[date, Session]] = {}
    dropped: list[Dropped] = []
    for one in _leaders_first(series):
        if one.after:
            found[one.name] = {day: _following(one, lead) for day, lead in found[one.after].items()}
            dropped += [Dropped(one.name, d.day, d.why) for d in dropped if d.series == one.after]
        else:
            found[one.name] = _own_sessions(one, start, end, closed, dropped)
    _replace(series, found, dropped)
    order = {one.name: n for n, one in enumerate(series)}
    sessions = [replace(session, number=n) for mine in found.values()
                for n, session in enumerate(sorted(mine.values(), key=lambda s: s.day), 1)]
    sessions.sort(key=lambda s: (s.day, s.start or time.max, order[s.series]))
    return sessions, sorted(dropped, key=lambda d: (d.day, order[d.series]))


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(n) for n in range((end - start).days + 1))


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7   # day 1 was a Monday


def _pattern(part: Recurrence, start: date, end: date) -> Iterator[date]:
    begin, finish = part.first or start, min(part.last or end, end)
    anchor: int | None = None
    for day in _days(begin, finish):
        if part.has(day):
            anchor = _week(day) if anchor is None else anchor
            if (_week(day) - anchor) % part.every == 0 and day not in part.but:
                yield day


def _words(one: Recurrence) -> str:
    """``fifth Monday of February``, ``Tuesday or Thursday after 1 July 2027``: for saying that there is none."""
    said = [" or ".join(ORDINALS[n] for n in one.nth), " or ".join(WEEKDAYS[n] for n in one.weekdays),
            "of " + " or ".join(MONTHS[n - 1] for n in one.months) if one.months else "",
            f"from {say_date(one.first, year=True)}" if one.first else "",
            f"until {say_date(one.last, year=True)}" if one.last else ""]
    return " ".join(filter(None, said))


def _own_sessions(one: Timetabled, start: date, end: date, closed: Mapping[date, str], dropped: list[Dropped]
                  ) -> dict[date, Session]:
    dates = dates_of(one.recurrence, start, end) if one.recurrence else ()
    found = {day: Session(one.name, day, one.start, one.end) for day in dates
             if day not in closed or one.on_holiday == "kept"}
    for day in [day for day in dates if day not in found]:
        why = closed[day]
        if one.moved is not None and one.on_holiday == "moved":
            new = _new_day(day, one.moved, closed, found)
            if new is not None and start <= new <= end:
                found[new] = Session(one.name, new, one.start, one.end, moved_from=day)
                continue
            why += ", and no day within four weeks is free" if new is None else ", and would move out of the year"
        dropped.append(Dropped(one.name, day, why))
    return found


def _new_day(day: date, moved: Moved, closed: Mapping[date, str], taken: Mapping[date, Session]) -> date | None:
    step = 1 if moved.direction == "next" else -1
    for n in range(1, SEARCH + 1):
        new = day + timedelta(step * n)
        wanted = new.weekday() < 5 if moved.weekday is None else new.weekday() == moved.weekday
        if wanted and new not in closed and new not in taken:
            return new
    return None


def _leaders_first(series: Sequence[Timetabled]) -> list[Timetabled]:
    """Those that follow another come after it; those that follow nothing known, or one another, have no sessions."""
    found = [one for one in series if not one.after]
    waiting = [one for one in series if one.after]
    while ready := [one for one in waiting if one.after in {f.name for f in found}]:
        found += ready
        waiting = [one for one in waiting if one not in ready]
    return found


def _following(one: Timetabled, lead: Session) -> Session:
    begin, end = lead.end or one.start, one.end
    if begin and one.start and one.end and begin != one.start:
        length = datetime.combine(lead.day, one.end) - datetime.combine(lead.day, one.start)
        end = (datetime.combine(lead.day, begin) + length).time()
    return replace(lead, series=one.name, start=begin, end=end)


def _replace(series: Sequence[Timetabled], found: dict[str, dict[date, Session]], dropped: list[Dropped]) -> None:
    """Take out what is replaced, beginning with the replacements that nothing replaces: their own dates are final."""
    waiting = [one for one in series if one.replaces and one.name in found]
    while waiting:
        one = next((w for w in waiting if not any(w.name in _fall(series, o) for o in waiting if o is not w)),
                   waiting[0])
        waiting.remove(one)
        weeks = {_week(day) for day in found[one.name]}
        for name in _fall(series, one):
            for day in [day for day in found.get(name, ()) if _week(day) in weeks]:
                del found[name][day]
                dropped.append(Dropped(name, day, f"replaced by {one.name}"))


def _fall(series: Sequence[Timetabled], one: Timetabled) -> set[str]:
    """The names of what it replaces, and of what directly follows that: a pair is never torn apart."""
    names = set(one.replaces) - {one.name}
    while more := {s.name for s in series if s.after in names} - names - {one.name}:
        names |= more
    return names
