"""From a coordinator's file to a program: read everything, report everything that is wrong, then build."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from constraints import RULES
from constraints.few_changes import FewChanges
from constraints.rated_rotations import RatedRotations
from constraints.worst_off import WorstOff
from scheduler.domain.days import CONFERENCES, WorkingWeek
from scheduler.domain.layer import Person
from scheduler.domain.program import Assumption, Leave, Program
from scheduler.domain.recurrence import Dropped, Session
from scheduler.domain.rule import Rule
from scheduler.io.added_lines import Added
from scheduler.io.assumptions_section import from_lines, stated
from scheduler.io.call_section import CallLine, of_calls, read_calls
from scheduler.io.conference_dates import timetable
from scheduler.io.conference_rules import of_conferences
from scheduler.io.conference_section import OTHERS, Presenters, SeriesLine, read_conferences, unscheduled
from scheduler.io.duties_section import (
    LeaveLine,
    RotationLine,
    proper_services,
    read_leaves,
    read_rotations,
    unique_names,
    with_hosts,
)
from scheduler.io.earlier import earlier_schedule, weights
from scheduler.io.earlier_below import few_changes_below
from scheduler.io.implied_rules import (
    away_by_the_day,
    check_inside,
    closed_rotations,
    most_granted,
    of_leaves,
    of_rotations,
    on_request,
    one_duty,
    with_waivers,
)
from scheduler.io.impossible_requests import refuse_impossible
from scheduler.io.milestones_section import read_milestones
from scheduler.io.names import Names
from scheduler.io.nodes import Node, both
from scheduler.io.people_section import People, read_people
from scheduler.io.pins_section import read_approved, read_cohort_weeks, read_pins
from scheduler.io.problems import BadInput, Place
from scheduler.io.rated import ratings, with_parts
from scheduler.io.reading import Key
from scheduler.io.requests_section import Placed, read_requests, requests_rules
from scheduler.io.requirement_section import read_requirements
from scheduler.io.rules_section import read_rule, tiers
from scheduler.io.sections import SECTIONS, Sections
from scheduler.io.short_rotations import least_days, nothing_owed, of_short_rotations, with_sites
from scheduler.io.single_days import only_where_given
from scheduler.io.spread_keys import spread
from scheduler.io.text_file import decode, read_bytes
from scheduler.io.values import texts
from scheduler.io.work_hours_section import read_limits
from scheduler.io.yaml_tree import read_yaml
from scheduler.io.year_section import read_year, stand_in


def read_program(path: Path | str, added: Added | None = None) -> Program:
    """Read a program file and the tables beside it; ``added`` are lines that do not stand in it, read as if they did.

    Raises BadInput with every problem found, each with its place and a remedy.
    """
    path = Path(path)
    data = read_bytes(path)
    tree = read_yaml(path.name, decode(path.name, data))
    reader = Sections(tree.problems, path=path, broken=tree.broken)
    reader.digest.update(data)
    if tree.root is None or tree.root.table is None:
        if not reader.problems:
            empty = tree.root is None or tree.root.empty
            reader.problem(Place(path.name), "This file is empty." if empty else "This is not a program file: it holds "
                           f"{tree.root.kind if tree.root else 'nothing'} instead of sections.",
                           "Start from `scheduler new program.yaml`.")
        raise BadInput(reader.problems)
    if added:
        reader.digest.update(added.digest())
    program = _Build(reader, tree.root, added=added or Added()).program()
    if reader.problems:
        raise BadInput(reader.problems)
    return program


@dataclass
class _Build:
    """One program in the making: sections are read in the order in which they refer to each other."""

    reader: Sections
    root: Node
    notes: list[tuple[str, Node]] = field(default_factory=list)
    calls: list[CallLine] = field(default_factory=list)
    series: list[SeriesLine] = field(default_factory=list)
    timetable: tuple[tuple[Session, ...], tuple[Dropped, ...]] = ((), ())
    presenters: tuple[Person, ...] = ()
    closed: Node | None = None
    earlier: list[bytes] = field(default_factory=list)
    added: Added = Added()

    def program(self) -> Program:
        """The program; not to be used when there are problems."""
        reader = self.reader
        top = reader.partly(self.root, SECTIONS, "The program", excused=reader.broken) or {}
        self.rows = {section: reader.rows(section, top[section]) for section in (
            "fellows", "faculty", "residents", "rotations", "requirements", "rules", "requests", "pins",
            "cohort weeks", "call", "conferences", "guests", "post docs", "milestones", "assumptions")}
        self.closed = top["no conferences"]
        before = len(reader.problems)
        self.rows["kinds"], granted = reader.leave(top["leave"])
        unread = {*reader.broken, *(("leave",) if len(reader.problems) > before else ())}
        self.rows["approved"] = both(granted, reader.rows("approved leave", top["approved leave"]))
        self.added.into(reader, self.rows)
        dated = read_year(reader, top["year"]) if top["year"] is not None else None
        year, block_of, week = dated or (stand_in(), (), WorkingWeek())
        names, rotations, leaves = self.names(Names(
            year, working_week=week, backgrounds=top["backgrounds"],
            unread=frozenset(unread if dated else {*unread, "year"})))
        placed, rules = self.rules(names, rotations, leaves, top)
        priorities = tiers(reader, top["priorities"], rules, bool(placed), reader.places)
        if placed:
            rules += requests_rules(placed, most_granted(rules, placed, names), names)
        assumptions = (*stated(reader, self.rows["assumptions"]), *from_lines(reader.read),
                       *(Assumption(said, place=n.place.short) for said, n in self.notes),
                       *(Assumption(note, source="year") for note in year.notes),
                       *(Assumption(said, place="conferences") for said in unscheduled([s for s, *_ in self.series])))
        program = Program(
            name=top["program"] or "", institution=top["institution"], timezone=top["timezone"], year=year,
            people=names.people, rotations=names.rotations, leaves=names.leaves, rules=tuple(rules),
            priorities=priorities, assumptions=assumptions, here=names.here, block_of=block_of,
            digest=reader.digest.hexdigest(), place=reader.path.name, id=top["id"], working_week=week,
            short=names.short, calls=names.calls, limits=read_limits(reader, top["work hours"]),
            most_absence=top["most absence"],
            series=tuple(series for series, *_ in self.series), sessions=self.timetable[0], dropped=self.timetable[1],
            presenters=self.presenters, milestones=tuple(
                read_milestones(reader, rows, names) if (rows := self.rows["milestones"]) is not None else ()))
        if not reader.problems and not self.added:      # what is added may well make a wish impossible
            refuse_impossible(reader, placed, program.layers(), program.rules)
        return program

    def names(self, names: Names) -> tuple[Names, list[RotationLine], list[LeaveLine]]:
        """Everything that can be referred to. Sections with unreadable lines are marked: they may hold any name."""
        reader, unread = self.reader, set(names.unread)
        rows = self.rows["rotations"]
        rotations = read_rotations(reader, rows, names.working_week) if rows is not None else []
        leaves = read_leaves(reader, kinds) if (kinds := self.rows["kinds"]) is not None else []
        self.calls = read_calls(reader, calls) if (calls := self.rows["call"]) is not None else []
        unique_names(reader, [*rotations, *leaves, *self.calls])
        if rows is None or not rows.items or len(rotations) < len(rows.items or ()):
            unread.add("rotations")
        if kinds is not None and len(leaves) < len(kinds.items or ()):
            unread.add("leave")
        if calls is not None and len(self.calls) < len(calls.items or ()):
            unread.add("call")
        names = self._duties(replace(names, unread=frozenset(unread)), rotations, leaves)
        found = read_people(reader, fellows, names) if (fellows := self.rows["fellows"]) is not None else People()
        if fellows is None or not fellows.items or len(found.people) < len(fellows.items or ()):
            unread.add("fellows")
        others: tuple[Person, ...] = ()
        for section, role in OTHERS.items():
            if (rows := self.rows[section]) is not None:
                others += read_people(reader, rows, names, role).people
        self.notes += found.notes
        names = replace(names, people=found.people, here=found.here, unread=frozenset(unread))
        return self._conferences(names, others), rotations, leaves

    def _conferences(self, names: Names, others: tuple[Person, ...]) -> Names:
        """The series, their sessions, and everybody who can present."""
        everybody = Presenters.of(names, others)
        node = self.rows["conferences"]
        self.series = read_conferences(self.reader, node, names, everybody) if node is not None else []
        self.timetable = timetable(self.reader, self.series, names, self.closed)
        self.presenters = everybody.people if self.series else ()
        return replace(names, roles=tuple(role for series, *_ in self.series for role in series.roles),
                       sessions=self.timetable[0], everybody=everybody.names.people)

    def _duties(self, names: Names, rotations: list[RotationLine], leaves: list[LeaveLine]) -> Names:
        """Everything that fellows can be assigned to; what is off is known by its name only."""
        open_ = [rotation for rotation, line, _ in rotations if not line["off"]]
        off = [rotation.name for rotation, line, _ in rotations if line["off"]]
        off += [role.name for role, line, _ in self.calls if line["off"]]
        names = replace(names, rotations=tuple(r for r in open_ if r.by == "week"), off=frozenset(off),
                        short=tuple(r for r in open_ if r.by != "week"), leaves=tuple(leave for leave, *_ in leaves),
                        calls=tuple(role for role, line, _ in self.calls if not line["off"]))
        return replace(names, rotations=tuple(proper_services(r, names.proper) for r in names.rotations),
                       leaves=tuple(self._hosted(leave, line, names) for leave, line, _ in leaves))

    def _hosted(self, leave: Leave, line: dict[str, Any], names: Names) -> Leave:
        hosts = self.reader.value(line["inside"], names.selection) if line["inside"] is not None else None
        return leave if hosts is None else with_hosts(leave, line, hosts)

    def rules(self, names: Names, rotations: list[RotationLine], leaves: list[LeaveLine], top: dict[str, Any]
              ) -> tuple[list[Placed], list[Rule]]:
        """The requests, and every rule but the one they make."""
        reader = self.reader
        placed = read_requests(reader, rows, names) if (rows := self.rows["requests"]) is not None else []
        requirements = read_requirements(reader, rows, names) if (rows := self.rows["requirements"]) is not None else []
        spreads = spread(reader, rows, names) if (rows := self.rows["requirements"]) is not None else []
        special: dict[type[Rule], dict[str, tuple[Key, str]]] = {FewChanges: {
            "from": (Key(earlier_schedule(names, reader.path.parent, self.earlier.append), required=True), "earlier"),
            "weight": (Key(weights(names), default=()), "weight")},
            RatedRotations: {"ratings": (Key(ratings(names), required=True), "rated")},
            WorstOff: {"counting": (Key(texts, required=True), "counting")}}
        read = [
            *(read_rule(reader, n, names, RULES, special) for n in self.each("rules")),
            *(rule for n in self.each("pins") for rule in read_pins(reader, n, names)),
            *(read_cohort_weeks(reader, n, names) for n in self.each("cohort weeks")),
            *(rule for n in self.each("approved") for rule in read_approved(reader, n, names, self.notes))]
        said = with_parts(reader, [rule for rule in read if rule is not None], names, reader.places)
        for data in self.earlier:
            reader.digest.update(data)
        said += few_changes_below(said, self.earlier, names)
        check_inside(reader, said, names, reader.places)
        anyone = top["electives"] == "anyone"
        rules = [one_duty(names), *of_rotations(reader, rotations, names), *of_leaves(reader, leaves, names),
                 *(requirements if anyone else on_request(requirements, names.people, placed)),
                 *of_short_rotations(reader, rotations, leaves, names), *of_calls(reader, self.calls, names), *spreads,
                 *of_conferences(reader, self.series, self.timetable[0], names.at(CONFERENCES).days, names),
                 *closed_rotations(names, requirements, placed, anyone),
                 *only_where_given(names, {**least_days(leaves), **nothing_owed(leaves, [*requirements, *said])}, said,
                                   placed), *said]
        return placed, with_sites(with_waivers([*rules, *away_by_the_day(rules, names)]), names)

    def each(self, section: str) -> list[Node]:
        """The lines of a section."""
        return list(node.each()) if (node := self.rows[section]) is not None else []
