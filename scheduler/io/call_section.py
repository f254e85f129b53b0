"""``call:``: who carries the pager, and what that implies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from constraints.by_the_week import ByTheWeek
from constraints.forbidden import Forbidden
from constraints.free_after_call import FreeAfterCall
from constraints.free_before_leave import FreeBeforeLeave
from constraints.one_at_a_time import OneAtATime
from constraints.staffing import Staffing
from constraints.taken_from import TakenFrom
from constraints.who_may import WhoMay
from scheduler.domain.days import CALL
from scheduler.domain.program import CallRole
from scheduler.domain.rule import Rule
from scheduler.domain.words import Group, Selection, Window
from scheduler.io.clock import overnight
from scheduler.io.duties_section import NOTES, colour, staffing
from scheduler.io.names import Names
from scheduler.io.nodes import Node, normal
from scheduler.io.problems import Refused
from scheduler.io.reading import Key, Reading, named
from scheduler.io.short_rotations import weekly
from scheduler.io.values import number, one_of, raw, text, texts, yes

CallLine = tuple[CallRole, dict[str, Any], Node]
KEYS = {
    "name": Key(text, required=True), "id": Key(text, default=""), "short": Key(text, default=""),
    "kind": Key(one_of(("home", "in-house")), default="home"), "time": Key(overnight), "nights": Key(raw),
    "closed": Key(raw), "people": Key(staffing, default=(1, 1)), "from": Key(raw), "only": Key(raw),
    "after weeks": Key(number, default=0), "hours": Key(number), "free after": Key(number),
    "backup": Key(yes, default=False), "by": Key(one_of(("night", "week")), default="night"),
    "site": Key(text, default=""), "contact": Key(text, default=""), "about": Key(text, default=""),
    "colour": Key(colour, default=""), "color": Key(colour, default=""), "tags": Key(texts, default=()),
    "off": Key(yes, default=False), "also": Key(texts, default=()), **NOTES,
}


def read_calls(reading: Reading, node: Node) -> list[CallLine]:
    """Each call role with the rest of its line; roles that are off are left in, for their names."""
    found: list[CallLine] = []
    for item in map(named, node.each()):
        line = reading.group(item, KEYS, "A call role")
        if line is None:
            continue
        role = CallRole(line["name"], line["short"], line["kind"], hours=float(line["hours"] or 0),
                        free_after=(2 if line["kind"] == "in-house" else 0) if line["free after"] is None
                        else line["free after"], backup=line["backup"], site=line["site"], contact=line["contact"],
                        about=line["about"], colour=line["colour"] or line["color"], source=line["source"],
                        tags=frozenset(line["tags"]), id=line["id"], by=line["by"], also=line["also"])
        if line["time"] is not None:
            role = replace(role, start=line["time"][0], end=line["time"][1])
        _times(reading, role, line, item)
        found.append((role, line, item))
    return found


def _times(reading: Reading, role: CallRole, line: dict[str, Any], node: Node) -> None:
    """What can be wrong with the hours of a role by themselves."""
    table = node.table or {}
    sure = "kind" not in table or normal(table["kind"].value.text or "") == normal(role.kind)
    if role.kind == "home" and sure and "hours" not in table:
        reading.problem(node.place, f"{role.name} is taken at home: how many hours of a night are worked?",
                        "Add hours: and the hours to count for the work-hour limits, such as hours: 2, and an "
                        "assumption if it is one.")
    if role.kind == "in-house" and "hours" in table:
        reading.problem(table["hours"].place, f"{role.name} is in-house call, and all of its hours count.",
                        "Remove “hours”, or write kind: home.")
    minutes = (role.end.hour - role.start.hour) * 60 + role.end.minute - role.start.minute
    length = (minutes if minutes > 0 else minutes + 24 * 60) / 60
    if role.kind == "home" and role.hours > length:
        reading.problem(table["hours"].place, f"{role.name} lasts {length:g} hours; {role.hours:g} cannot be worked.",
                        "Write fewer hours, or check “time”.")
    if role.free_after > 2:
        reading.problem(table["free after"].place, "A day has two halves.", "Write free after: 0, 1 or 2 halves.")


def of_calls(reading: Reading, lines: Sequence[CallLine], names: Names) -> list[Rule]:
    """Who may have each role, on which nights, how many; and what call, leave and clinics do to each other."""
    names = names.at(CALL)
    rules: list[Rule] = []
    for role, line, node in lines:
        made = _of_role(reading, role, line, node, names)
        rules += made if not line["off"] else []
    every = Selection("any call", frozenset(role.name for role in names.calls))
    if every.duties:
        place = next(node.place.short for _, line, node in lines if not line["off"])
        rules.append(OneAtATime(what=every, layer_name=CALL, place=place))
        leave = Selection("any leave", frozenset(leave.name for leave in names.leaves))
        if leave.duties:
            rules.append(FreeBeforeLeave(what=every, leave=leave, place=place))
    return rules


def _of_role(reading: Reading, role: CallRole, line: dict[str, Any], node: Node, names: Names) -> list[Rule]:
    what, place = Selection.of(role.name), node.place.short
    common: dict[str, Any] = {"what": what, "place": place, "layer_name": CALL}
    only = reading.value(line["only"], names.group) if line["only"] is not None else None
    hosts = Selection("any rotation", frozenset(r.name for r in names.rotations))
    if line["from"] is not None:
        hosts = weekly(reading, line["from"], names, "so nobody carries call from it") or hosts
    open_ = _nights(reading, role, line, names)
    low, high = line["people"]
    rules: list[Rule] = [Staffing(**common, at_least=low, at_most=high, during=open_, source=role.source,
                                  assumption=line["assumption"])]
    if len(open_.slots) < len(names.days.slots):
        rules.append(WhoMay(**common, outside=open_))
    if only is not None:
        rules.append(WhoMay(**common, only=only))
        if low and not only.ids and names.people and not line["off"]:
            reading.problem(line["only"].place, f"Nobody is “{only}”, so nobody can take {role.name}.",
                            f"Name fellows who can, or write people: 0-{high or 1}.")
    rules.append(TakenFrom(**common, hosts=hosts))
    if line["after weeks"]:
        rules += reading.value((node.table or {})["after weeks"].value,
                               lambda _: _not_yet(line["after weeks"], common, names), [])
    if role.by == "week":
        rules.append(ByTheWeek(**common))
    clinics = Selection("any clinic or short rotation", frozenset(r.name for r in names.short))
    if role.free_after and clinics.duties:
        rules.append(FreeAfterCall(**common, then=clinics, halves=role.free_after))
    return rules


def _nights(reading: Reading, role: CallRole, line: dict[str, Any], names: Names) -> Window:
    """The nights on which the role is held: all of them, those listed, less those it is closed on."""
    nights = reading.value(line["nights"], names.window) if line["nights"] is not None else None
    closed = reading.value(line["closed"], names.window) if line["closed"] is not None else None
    open_ = nights or Window("all nights", frozenset(s.index for s in names.days.slots))
    if closed is None:
        return open_
    left = Window(f"{open_} except {closed}", open_.slots - closed.slots)
    if not left.slots:
        reading.problem(line["closed"].place, f"{role.name} is closed on all of its nights.",
                        "Check nights: and closed:, or write off: true.")
    return left


def _not_yet(weeks: int, common: dict[str, Any], names: Names) -> list[Rule]:
    """Nobody has it in their first weeks, counted from when each fellow starts."""
    rules: list[Rule] = []
    slots, periods = names.days.slots, names.year.periods
    groups: dict[int, list[str]] = {}
    for person in names.people:
        groups.setdefault(min(names.here.get(person.id, ()), default=0), []).append(person.id)
    for first, ids in sorted(groups.items()):
        until = periods[first].start + timedelta(weeks=weeks)
        if until > names.year.end:
            raise Refused(f"After {weeks} weeks nobody is left to take it: the year ends on {names.year.end}.",
                          "Write fewer weeks.")
        early = frozenset(s.index for s in slots if periods[first].start <= s.day < until)
        whom = None if len(groups) == 1 else Group("those who start then", frozenset(ids))
        rules.append(Forbidden(**common, who=whom, during=Window(f"the first {weeks} weeks", early)))
    return rules
