"""What a clinic, a short rotation or a day of leave implies: when it is open, which rotations may be left for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from constraints.days_of_leave import DaysOfLeave
from constraints.one_at_a_time import OneAtATime
from constraints.requirement import Requirement
from constraints.staffing import Staffing
from constraints.taken_from import TakenFrom
from constraints.travel import Travel
from constraints.who_may import WhoMay
from constraints.whole_days import WholeDays
from scheduler.domain.days import HALF_DAYS
from scheduler.domain.program import Leave, Rotation
from scheduler.domain.rule import Rule
from scheduler.domain.words import Selection, Window
from scheduler.io.day_windows import weekdays
from scheduler.io.duties_section import LeaveLine, RotationLine
from scheduler.io.names import Names
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused
from scheduler.io.reading import Reading
from scheduler.io.values import every, text


def of_short_rotations(reading: Reading, lines: Sequence[RotationLine], leaves: Sequence[LeaveLine], names: Names
                       ) -> list[Rule]:
    """The rules of everything taken by the day or half-day, as the lines under rotations and leave state them."""
    names = names.at(HALF_DAYS)
    rules: list[Rule] = []
    duties = [rotation.name for rotation, line, _ in lines if rotation.by != "week" and not line["off"]]
    for rotation, line, node in lines:
        if rotation.by != "week":
            made = _of_rotation(reading, rotation, line, node, names)
            rules += made if not line["off"] else []
    for leave, (_, line, node) in zip(names.leaves, leaves, strict=True):
        if leave.by_day:
            duties.append(leave.name)
            rules += _of_leave(reading, leave, line, node, names)
        elif line["from"] is not None:
            reading.problem(line["from"].place, f"{leave.name} is taken by the week; “from” says nothing about it.",
                            "Write days: and how many are owed instead of weeks:, or remove the key.")
    if len(duties) > 1:
        rules.append(OneAtATime(what=Selection("clinics, short rotations and days of leave", frozenset(duties))))
    return rules


def _of_rotation(reading: Reading, rotation: Rotation, line: dict[str, Any], node: Node, names: Names) -> list[Rule]:
    what, place = Selection.of(rotation.name), node.place.short
    common: dict[str, Any] = {"what": what, "place": place, "layer_name": HALF_DAYS}
    rules: list[Rule] = []
    open_ = _open(reading, rotation, line, names)
    if open_ is not None:
        rules.append(WhoMay(**common, outside=open_))
    if line["staffing"] not in (None, (0, None)):
        low, high = line["staffing"]
        rules.append(Staffing(**common, at_least=low, at_most=high, during=open_ if low else None,
                              source=rotation.source))
    if line["only"] is not None and (only := reading.value(line["only"], names.group)) is not None:
        rules.append(WhoMay(**common, only=only))
    rules.append(TakenFrom(**common, hosts=_hosts(reading, line, names)))
    if rotation.by == "day":
        rules.append(WholeDays(**common))
    return rules


def _open(reading: Reading, rotation: Rotation, line: dict[str, Any], names: Names) -> Window | None:
    """The half-days on which it is open: its weekdays, the dates it is available, no holidays unless it works then."""
    days, said = names.days, []
    slots = frozenset(s.index for s in days.slots)
    for word, convert in (("open", partial(_weekdays, names=names)), ("available", names.window)):
        if line[word] is not None:
            window = reading.value(line[word], convert)
            if window is None:
                return None
            slots &= window.slots
            said.append(str(window))
    if not rotation.works_holidays and slots & days.holidays:
        slots -= days.holidays
        said.append("holidays excepted")
    if not slots:
        at = line["available"] or line["open"]
        reading.problem(at.place, f"{rotation.name} is never open: no half-day of the working week is left.",
                        "Check open: and available:; on holidays it is open only with works holidays: true.")
    return Window(", ".join(said), slots) if said else None


def _weekdays(node: Node, names: Names) -> Window:
    """``[Tuesday, Thursday afternoon]``, all of them in the working week."""
    found = every(node, lambda n: _working(text(n), names))
    return Window(" and ".join(text(n) for n in node.each()), frozenset[int]().union(*found))


def _working(word: str, names: Names) -> frozenset[int]:
    wanted, half = weekdays(word)
    if wanted - set(names.working_week.weekdays) and len(wanted) < 7:
        raise Refused(f"“{word}” is not in the working week, so it could never be open then.",
                      "Choose days of the working week, or change working week: under year:.")
    return frozenset(s.index for s in names.days.slots if s.day.weekday() in wanted
                     and half in (None, s.index % names.days.per_day))


def _hosts(reading: Reading, line: dict[str, Any], names: Names) -> Selection:
    """The rotations that may be left: those listed, or any but those ruled out."""
    hosts = Selection("any rotation", frozenset(r.name for r in names.rotations))
    if line["from"] is not None:
        hosts = weekly(reading, line["from"], names, "so nothing can be taken from it") or hosts
    barred = reading.value(line["not during"], names.selection) if line.get("not during") is not None else None
    if barred is None:
        return hosts
    left = Selection(f"{hosts} but {barred}", hosts.duties - barred.duties)
    if hosts.duties and not left.duties:
        reading.problem(line["not during"].place, "Every rotation is ruled out, so it could never be taken.",
                        "Leave out those that may be left for it.")
    return left


def weekly(reading: Reading, node: Node, names: Names, so: str) -> Selection | None:
    """Rotations that are taken by the week; None, and a problem, where some are not."""
    found: Selection | None = reading.value(node, names.selection)
    if found is None or found.duties <= {r.name for r in names.rotations}:
        return found
    reading.problem(node.place, f"{found} is no rotation that is taken by the week, {so}.",
                    "Name rotations that are taken by the week.")
    return None


def _of_leave(reading: Reading, leave: Leave, line: dict[str, Any], node: Node, names: Names) -> list[Rule]:
    what = Selection.of(leave.name)
    common: dict[str, Any] = {"what": what, "place": node.place.short, "layer_name": HALF_DAYS}
    days = names.days
    holidays = Window("holidays", days.holidays)
    low, high = line["days"]
    rules: list[Rule] = [
        DaysOfLeave(**common, at_least=low, at_most=high, off=holidays if holidays.slots else None,
                    source=line["source"], assumption=line["assumption"]),
        TakenFrom(**common, hosts=_hosts(reading, line, names)), WholeDays(**common)]
    if holidays.slots:
        working = frozenset(s.index for s in days.slots) - days.holidays
        rules.append(WhoMay(**common, outside=Window("working days", working)))
    if line["inside"] is not None:
        reading.problem(line["inside"].place, f"{leave.name} is counted in days; “inside” is for leave in weeks.",
                        "Write from: and the rotations that single days may be taken from.")
    return rules


def with_sites(rules: Sequence[Rule], names: Names) -> list[Rule]:
    """Rules about travel, told where everything is."""
    every_ = (*names.rotations, *names.short)
    own = {r.name: r.site for r in every_}
    sites = tuple(sorted((r.name, r.sites or (r.site,)) for r in every_ if r.sites or r.site))
    per_day = len(names.working_week.halves)
    sends = tuple(sorted((r.name, day * per_day + half, site or own[service]) for r in names.rotations
                         for day, half, service, site in r.template if site or own.get(service)))
    return [replace(rule, sites=sites, sends=sends) if isinstance(rule, Travel) else rule for rule in rules]


def least_days(leaves: Sequence[LeaveLine]) -> dict[str, int]:
    """The fewest days owed of each kind of leave that is taken by the day; a kind owed in weeks too is left out."""
    return {leave.name: line["days"][0] for leave, line, _ in leaves
            if leave.by_day and line["weeks"] is None and line["periods"] is None}


def nothing_owed(leaves: Sequence[LeaveLine], rules: Iterable[Rule]) -> dict[str, int]:
    """The kinds of leave of which neither their own line nor a requirement says how much: none is owed."""
    owed = {kind for rule in rules if isinstance(rule, Requirement) for kind in (*rule.what, *dict(rule.part))}
    return {leave.name: 0 for leave, line, _ in leaves
            if leave.name not in owed and all(line[unit] is None for unit in ("weeks", "periods", "days"))}
