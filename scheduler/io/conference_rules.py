"""What a conference series implies: who may present when, how many, and how often; and which topics come when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from constraints.attendance import Attendance
from constraints.before import Before
from constraints.days_apart import DaysApart
from constraints.forbidden import Forbidden
from constraints.free_to_present import FreeToPresent
from constraints.most_per import MostPer
from constraints.one_at_a_time import OneAtATime
from constraints.requirement import Requirement
from constraints.staffing import Staffing
from constraints.taken_from import TakenFrom
from constraints.topics_in_time import TopicsInTime
from constraints.who_may import WhoMay
from scheduler.domain.calendar import MONTHS
from scheduler.domain.conference import Role, Series
from scheduler.domain.days import CONFERENCES, HALF_DAYS, TOPICS, Days
from scheduler.domain.recurrence import Session
from scheduler.domain.rule import Rule
from scheduler.domain.words import Group, Many, Selection, Window, listing
from scheduler.io.conference_section import SeriesLine
from scheduler.io.names import Names
from scheduler.io.reading import Reading
from scheduler.io.short_rotations import weekly


def of_conferences(reading: Reading, lines: Sequence[SeriesLine], sessions: Sequence[Session], days: Days, names: Names
                   ) -> list[Rule]:
    """Every rule that the lines under conferences state or mean."""
    rules: list[Rule] = []
    roles = [role for series, *_ in lines for role in series.roles]
    for series, line, node in lines:
        mine = frozenset(n for n, s in enumerate(sessions) if s.series == series.name)
        for role in series.roles:
            rules += _of_role(reading, series, role, line, node.place.short, Window(f"the {series.name}", mine), names,
                              days)
        if series.least is not None:
            rules.append(_attendance(series, mine, days, names, node.place.short))
        if series.topics:
            rules += _of_topics(series, mine, sessions, node.place.short)
    if names.short:
        rules += _protected(lines, sessions, names)
    if roles:
        every = Selection("the presentations", frozenset(role.name for role in roles))
        rules += [OneAtATime(what=every, layer_name=CONFERENCES),
                  MostPer(what=every, limit=Many(1, "session"), per="day", layer_name=CONFERENCES)]
    return rules


def _protected(lines: Sequence[SeriesLine], sessions: Sequence[Session], names: Names) -> list[Rule]:
    """No clinic or short rotation at the time of a protected session that everybody, or a group, is expected at."""
    days = names.at(HALF_DAYS).days
    short = Selection("clinics and short rotations", frozenset(r.name for r in names.short))
    rules: list[Rule] = []
    for series, _, node in lines:
        if not series.protected or series.opt_in:
            continue
        slots = frozenset(n for s in sessions if s.series == series.name and s.start and s.end for n in days.on(s.day)
                          if (half := days.slots[n].half) and half.start < s.end and s.start < half.end)
        if slots:
            rules.append(Forbidden(what=short, who=series.attends, layer_name=HALF_DAYS, place=node.place.short,
                                   during=Window(f"the {series.name}", slots)))
    return rules


def _of_role(reading: Reading, series: Series, role: Role, line: dict[str, Any], place: str, mine: Window, names: Names,
             days: Days) -> list[Rule]:
    common: dict[str, Any] = {"what": Selection.of(role.name), "place": place, "layer_name": CONFERENCES}
    low, high = role.people
    each, fellows = line["each"], {p.id for p in names.people}
    early = _first_weeks(line["notice weeks"], days) if role.pool.ids <= fellows else frozenset()
    staffed = Window(str(mine), mine.slots - early)     # nobody can be asked to present in the first weeks
    rules: list[Rule] = [
        Staffing(**common, at_least=0 if each else low, at_most=high, during=staffed, source=series.source,
                 assumption=line["assumption"]),
        WhoMay(**common, outside=mine), WhoMay(**common, only=role.pool)]
    if role.pool.ids & fellows:
        away = Selection("any leave", frozenset(leave.name for leave in names.leaves))
        barred = None
        if line["not from"] is not None:
            barred = weekly(reading, line["not from"], names, "so nobody is kept from presenting by it")
        away = away if barred is None else Selection(f"{away} or {barred}", away.duties | barred.duties)
        call = reading.value(line["not after"], names.selection) if line["not after"] is not None else None
        night = frozenset(c.name for c in names.calls if c.free_after) | (call.duties if call else frozenset())
        rules.append(FreeToPresent(**common, away=away, call=Selection(
            str(call) if call else " or ".join(sorted(night)), night) if night else None))
    if line["from"] is not None and (hosts := weekly(reading, line["from"], names, "so nobody presents from it")):
        rules.append(TakenFrom(**common, hosts=hosts))
    if each:
        rules.append(Requirement(**common, at_least=each, at_most=each, unit="sessions", who=role.pool,
                                 source=series.source, assumption=line["assumption"]))
    if line["days apart"]:
        rules.append(DaysApart(**common, days=line["days apart"]))
    if line["notice weeks"]:
        rules += _notice(line["notice weeks"], common, names, days)
    return rules


def _first_weeks(weeks: int, days: Days) -> frozenset[int]:
    begins = days.year.start.toordinal()
    return frozenset(s.index for s in days.slots if s.day.toordinal() < begins + 7 * weeks)


def _notice(weeks: int, common: dict[str, Any], names: Names, days: Days) -> list[Rule]:
    """No fellow presents in the first weeks: there is no time to prepare before the year (or the fellow) begins."""
    slots, fellows = _first_weeks(weeks, days), Group("fellows", frozenset(p.id for p in names.people))
    rules: list[Rule] = []
    if slots:
        rules.append(Forbidden(**common, who=fellows, during=Window(f"the first {Many(weeks, 'week')}", slots)))
    for person in names.people:
        first = min(names.here.get(person.id, {0}))
        if first:
            start = days.year.periods[first].start.toordinal()
            own = frozenset(s.index for s in days.slots if start <= s.day.toordinal() < start + 7 * weeks)
            rules.append(Forbidden(**common, who=Group(person.name, frozenset({person.id})), during=Window(
                f"the first {Many(weeks, 'week')} of {person}", own)))
    return rules


def _attendance(series: Series, mine: frozenset[int], days: Days, names: Names, place: str) -> Attendance:
    counts = Counter(days.slots[n].period for n in mine)
    leave = Selection("any leave", frozenset(leave.name for leave in names.leaves))
    return Attendance(series=series.name, least=series.least or 0, excused=leave, who=series.attends,
                      blocked=series.blocked or Selection("nothing", frozenset()),
                      sessions=tuple(sorted(counts.items())), source=series.source, place=place)


def _of_topics(series: Series, mine: frozenset[int], sessions: Sequence[Session], place: str) -> list[Rule]:
    """One topic a session, all of them taught, each under its theme, and after what it builds on."""
    who = Group(series.name, frozenset({series.key}))
    common: dict[str, Any] = {"place": place, "layer_name": TOPICS}
    every = Selection(f"the topics of {series.name}", frozenset(t.name for t in series.topics))
    rules: list[Rule] = [OneAtATime(what=every, **common), WhoMay(what=every, only=who, **common)]
    last: dict[str, str] = {}
    for topic in series.topics:
        what = Selection.of(topic.name)
        rules.append(Requirement(what=what, at_least=topic.sessions, at_most=topic.sessions, unit="sessions", who=who,
                                 **common))
        if topic.theme:
            months = {month for month, theme in series.themes if theme.casefold() == topic.theme.casefold()}
            slots = frozenset(n for n in mine if sessions[n].day.month in months)
            said = listing([MONTHS[m - 1] for m in sorted(months)]) if months else "no month"
            rules.append(WhoMay(what=what, outside=Window(said, slots), **common))
        before = set(topic.after) | ({last[topic.theme]} if topic.theme in last and topic.needed_on is None else set())
        for name in sorted(before):
            number = next(t.sessions for t in series.topics if t.name == name)
            rules.append(Before(what=Selection.of(name), needed=Many(number, "session"), then=what, who=who, **common))
        last[topic.theme] = topic.name
    needed = tuple((t.name, t.needed_on) for t in series.topics if t.needed_on is not None)
    if needed:
        rules.append(TopicsInTime(needed=needed, priority="topics", **common))
    return rules
