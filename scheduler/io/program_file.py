"""From a coordinator's file to a program: read everything, report everything that is wrong, then build."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from constraints import RULES
from constraints.away_at_once import AwayAtOnce
from constraints.leave_inside import LeaveInside
from constraints.one_duty import OneDuty
from constraints.requirement import Requirement
from constraints.staffing import Staffing
from constraints.together import Together
from constraints.who_may import WhoMay
from scheduler.domain.layer import Person
from scheduler.domain.program import Assumption, Leave, Program, Rotation
from scheduler.domain.rule import Rule
from scheduler.domain.words import Group, Selection
from scheduler.io.duties_section import read_leaves, read_rotations, unique_names, with_hosts
from scheduler.io.names import Names
from scheduler.io.nodes import Node, decode, read_yaml
from scheduler.io.people_section import read_people
from scheduler.io.pins_section import read_approved, read_cohort_weeks, read_pins
from scheduler.io.problems import BadInput, Place, Refused, did_you_mean
from scheduler.io.reading import Key, Reading, text, texts
from scheduler.io.requests_section import PRIORITY, Placed, asked_for, read_requests, refuse_impossible, requests_rule
from scheduler.io.requirement_section import read_requirements
from scheduler.io.rules_section import read_rule
from scheduler.io.tables import is_table, read_table
from scheduler.io.year_section import read_year


def _node(node: Node) -> Node:
    return node


def _timezone(node: Node) -> str:
    name = text(node)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        import zoneinfo
        known = zoneinfo.available_timezones()
        raise Refused(f"There is no time zone “{name}”.", did_you_mean(name, known) or
                      "Write one such as America/Chicago.") from None
    return name


SECTIONS = {
    "program": Key(text, required=True), "id": Key(text, default=""), "institution": Key(text, default=""),
    "timezone": Key(_timezone, default="UTC"), "year": Key(_node, required=True),
    "fellows": Key(_node, required=True), "faculty": Key(_node), "residents": Key(_node),
    "backgrounds": Key(texts, default=()), "rotations": Key(_node, required=True), "leave": Key(_node),
    "requirements": Key(_node), "rules": Key(_node), "priorities": Key(texts, default=()), "requests": Key(_node),
    "electives": Key(text, default="on request"), "pins": Key(_node), "cohort weeks": Key(_node),
    "assumptions": Key(_node),
}


@dataclass
class _Reader(Reading):
    """One program being read: the files it came from, and what was found so far."""

    path: Path = field(default_factory=Path)
    digest: Any = field(default_factory=hashlib.sha256)
    assumptions: list[Assumption] = field(default_factory=list)

    def rows(self, node: Node | None) -> Node | None:
        """A section as a list: written in the file, or in a table beside it."""
        if node is None or node.text is None or not is_table(node.text):
            return node
        file, _, sheet = node.text.partition("!")
        path = self.path.parent / file
        try:
            data = path.read_bytes()
        except OSError:
            beside = [p.name for p in self.path.parent.iterdir() if is_table(p.name)]
            self.problem(node.place, f"There is no file “{file}” beside the program.", did_you_mean(file, beside))
            return None
        self.digest.update(data)
        return read_table(path, file, sheet or None, data, self.problems)


def read_program(path: Path | str) -> Program:
    """Read a program file and the tables beside it.

    Raises BadInput with every problem found, each with its place and a remedy; OSError when the file cannot be opened.
    """
    path = Path(path)
    data = path.read_bytes()
    reader = _Reader(path=path)
    reader.digest.update(data)
    name = path.name
    root = read_yaml(path, name, decode(path, data), reader.problems)
    if root is None or (root.table is None and not reader.problems):
        if not reader.problems:
            reader.problem(Place(name), "This file is empty." if root is None or root.text is None else
                           "This is not a program file.", "Start from `scheduler new program.yaml`.")
        raise BadInput(reader.problems)
    program = _program(reader, root)
    if reader.problems or program is None:
        raise BadInput(reader.problems)
    return program


def _program(reader: _Reader, root: Node) -> Program | None:
    top = reader.group(root, SECTIONS, "The program")
    if top is None:
        return None
    dated = read_year(reader, top["year"])
    if dated is None:
        return None
    year, block_of = dated
    fellows = reader.rows(top["fellows"])
    people, here, notes = read_people(reader, fellows, year) if fellows else ((), {}, [])
    for section, role in (("faculty", "faculty"), ("residents", "resident")):
        if (rows := reader.rows(top[section])) is not None:
            read_people(reader, rows, year, role)
    rotations = read_rotations(reader, top["rotations"])
    kinds, approved = _leave_parts(top["leave"])
    leaves = read_leaves(reader, kinds) if kinds is not None else []
    unique_names(reader, [*((r, n) for r, _, n in rotations), *((leave, n) for leave, _, n in leaves)])
    names = Names(year, people, tuple(r for r, line, _ in rotations if not line["off"]), tuple(x for x, _, _ in leaves),
                  frozenset(r.name for r, line, _ in rotations if line["off"]), top["backgrounds"])
    _check_credit(reader, people, names, fellows)
    names.leaves = tuple(_hosted(reader, leave, line, names) for leave, line, _ in leaves)
    placed = read_requests(reader, rows, names) if (rows := reader.rows(top["requests"])) else []
    requirements = read_requirements(reader, rows, names) if (rows := reader.rows(top["requirements"])) else []
    own = {r.name for r in names.rotations} | {leave.name for leave in names.leaves if leave.inside is None}
    rules: list[Rule] = [OneDuty(what=Selection("any duty", frozenset(own)))]
    rules += _of_rotations(reader, rotations, names)
    rules += _of_leaves(leaves, names)
    rules += requirements
    rules += _closed(reader, names, requirements, placed, top)
    rules += [r for n in _each(top["rules"]) if (r := read_rule(reader, n, names, RULES)) is not None]
    rules += [r for n in _each(reader.rows(top["pins"])) if (r := read_pins(reader, n, names)) is not None]
    rules += [r for n in _each(top["cohort weeks"]) if (r := read_cohort_weeks(reader, n, names)) is not None]
    if approved is not None and (rows := reader.rows(approved)) is not None:
        rules += [r for n in rows.each() if (r := read_approved(reader, n, names)) is not None]
    rules = _with_waivers(reader, rules)
    priorities = _priorities(reader, top, rules, placed)
    if placed:
        rules.append(requests_rule(placed, _most(requirements, rules, names)))
    assumptions = (*_stated(reader, top), *_from_lines(root, reader), *(
        Assumption(text_, place=f"{n.place.file}:{n.place.line}") for text_, n in notes),
        *(Assumption(note, source="year") for note in year.notes))
    program = Program(
        name=top["program"], institution=top["institution"], timezone=top["timezone"], year=year, people=people,
        rotations=names.rotations, leaves=names.leaves, rules=tuple(rules), priorities=priorities,
        assumptions=assumptions, here=here, block_of=block_of, digest=reader.digest.hexdigest(), place=reader.path.name,
        id=top["id"])
    if not reader.problems:
        refuse_impossible(reader, placed, program.layer(), program.rules)
    return program


def _each(node: Node | None) -> list[Node]:
    return [] if node is None else list(node.each())


def _leave_parts(node: Node | None) -> tuple[Node | None, Node | None]:
    """``leave:`` is a list of kinds, or ``{kinds: …, approved: …}``."""
    if node is None or node.table is None or not set(node.table) <= {"kinds", "approved"}:
        return node, None
    kinds, approved = node.table.get("kinds"), node.table.get("approved")
    return kinds.value if kinds else None, approved.value if approved else None


def _hosted(reader: _Reader, leave: Leave, line: dict[str, Any], names: Names) -> Leave:
    if line["inside"] is None:
        return leave
    hosts = reader.value(line["inside"], names.selection)
    return leave if hosts is None else with_hosts(leave, line, hosts)


def _check_credit(reader: _Reader, people: tuple[Person, ...], names: Names, node: Node | None) -> None:
    known = [*(r.name for r in names.rotations), *(leave.name for leave in names.leaves), *sorted(names.off)]
    for person in people:
        for duty in person.credit:
            if duty not in known and node is not None:
                reader.problem(node.place, f"{person} has credit for “{duty}”, which is no rotation.",
                               did_you_mean(duty, known))


def _of_rotations(reader: _Reader, lines: list[tuple[Rotation, dict[str, Any], Node]], names: Names) -> list[Rule]:
    """Staffing, eligibility and availability, as each rotation's own line states them."""
    rules: list[Rule] = []
    for rotation, line, node in lines:
        if line["off"]:
            continue
        what, place = Selection.of(rotation.name), f"{node.place.file}:{node.place.line}"
        if line["staffing"] is not None and line["staffing"] != (0, None):
            low, high = line["staffing"]
            rules.append(Staffing(what=what, at_least=low, at_most=high, place=place, source=rotation.source))
        if line["only"] is not None and (group := reader.value(line["only"], names.group)) is not None:
            rules.append(WhoMay(what=what, only=group, place=place))
        if line["available"] is not None and (window := reader.value(line["available"], names.window)) is not None:
            rules.append(WhoMay(what=what, outside=window, place=place))
    return rules


def _of_leaves(lines: list[tuple[Leave, dict[str, Any], Node]], names: Names) -> list[Rule]:
    """What each kind of leave owes, how many at once, and where it may be taken."""
    rules: list[Rule] = []
    for leave, (_, line, node) in zip(names.leaves, lines, strict=True):
        what, place = Selection.of(leave.name), f"{node.place.file}:{node.place.line}"
        for unit in ("weeks", "periods"):
            if line[unit] is not None:
                low, high = line[unit]
                rules.append(Requirement(
                    what=what, at_least=low, at_most=high, place=place, source=leave.source,
                    assumption=line["assumption"], unit="weeks" if unit == "weeks" else f"{names.year.unit}s"))
        if line["at once"] is not None:
            rules.append(AwayAtOnce(what=what, most=line["at once"], place=place))
        if leave.inside is not None:
            rules.append(LeaveInside(what=what, hosts=leave.inside.hosts, place=place))
    return rules


def _closed(reader: _Reader, names: Names, requirements: list[Requirement], placed: list[Placed], top: dict[str, Any]
            ) -> list[Rule]:
    """Nobody is sent where nothing is owed: a rotation with requirements is for those who owe it or asked for it."""
    how = top["electives"].casefold()
    if how not in ("on request", "anyone"):
        reader.problem(Place(reader.path.name), f"electives: “{how}” is not known.", "Write on request or anyone.")
    rules: list[Rule] = []
    for rotation in names.rotations:
        lines = [r for r in requirements if rotation.name in r.what or rotation.name in dict(r.part)]
        if rotation.base or not lines:
            continue
        owing = {p.id for p in names.people for r in lines if r.applies(p) and (
            not r.elective or how == "anyone" or p.id in asked_for(placed, rotation.name))}
        if len(owing) < len(names.people):
            rules.append(WhoMay(what=Selection.of(rotation.name), place=lines[0].place, only=Group(
                "those who owe it or asked for it", frozenset(owing))))
    return rules


def _with_waivers(reader: _Reader, rules: list[Rule]) -> list[Rule]:
    """``together … waives: X`` means the least staffing of X does not bind while the cohort is together."""
    waiving = [rule for rule in rules if isinstance(rule, Together) and rule.waives is not None]
    done: list[Rule] = []
    for rule in rules:
        if isinstance(rule, Staffing) and rule.waived_by is None:
            by = [t.what for t in waiving if t.waives and t.waives.duties & rule.what.duties]
            if by:
                rule = replace(rule, waived_by=Selection(" or ".join(str(b) for b in by), frozenset().union(
                    *(b.duties for b in by))))
        done.append(rule)
    return done


def _priorities(reader: _Reader, top: dict[str, Any], rules: list[Rule], placed: list[Placed]) -> tuple[str, ...]:
    """The tiers in order; every rule that may be broken names one of them, and every measure needs one."""
    listed = tuple(dict.fromkeys(top["priorities"]))
    if placed and PRIORITY not in listed:
        listed = (PRIORITY, *listed)
    for rule in rules:
        file, _, line = rule.place.partition(":")
        place = Place(file or reader.path.name, int(line) if line.isdigit() else 0, 1)
        if rule.measured and rule.priority is None:
            reader.problem(place, f"The rule “{rule.name}” measures something and needs a priority.",
                           "Add priority: and one of the names under priorities.")
        if rule.priority is not None and rule.priority not in listed:
            reader.problem(place, f"There is no priority “{rule.priority}”.", did_you_mean(rule.priority, listed)
                           or "List it at the top: priorities: [" + rule.priority + "].")
    return listed


def _most(requirements: list[Requirement], rules: list[Rule], names: Names) -> list[tuple[str, int]]:
    """How many requests for each kind of leave can be granted: the periods of it that are owed."""
    found = []
    for leave in names.leaves:
        tops = [r.at_most for r in rules if isinstance(r, Requirement) and r.what.duties == {leave.name}]
        if tops and None not in tops:
            worth = leave.inside.weeks if leave.inside else (names.year.periods[0].weeks or 1)
            found.append((leave.name, max(1, min(t for t in tops if t is not None) // worth)))
    return found


def _stated(reader: _Reader, top: dict[str, Any]) -> list[Assumption]:
    """``assumptions:`` as sentences, or with their source."""
    found = []
    for node in _each(top["assumptions"]):
        if node.table is None:
            said = reader.value(node, text)
            line = {"text": said, "source": ""} if said else None
        else:
            line = reader.group(node, {"text": Key(text, required=True), "source": Key(text, default="")},
                                "An assumption")
        if line is not None:
            found.append(Assumption(line["text"], line["source"], f"{node.place.file}:{node.place.line}"))
    return found


def _from_lines(root: Node, reader: _Reader) -> list[Assumption]:
    """Every ``assumption:`` written on a line of its own section."""
    found: list[Assumption] = []

    def walk(node: Node, section: str) -> None:
        for item in node.items or ():
            walk(item, section)
        table = node.table or {}
        for word, entry in table.items():
            if word == "assumption" and entry.value.text:
                about = next((table[k].value.text for k in ("name", "rotation", "of", "first") if k in table
                              and table[k].value.text), section)
                source = table["source"].value.text if "source" in table else ""
                found.append(Assumption(f"{about}: {entry.value.text}", source or "",
                                        f"{entry.place.file}:{entry.place.line}"))
            elif word != "assumptions":
                walk(entry.value, section or word)

    walk(root, "")
    return found


