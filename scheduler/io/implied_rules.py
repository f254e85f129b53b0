"""The rules that rotations, leave and requirements imply: staffing, who may be where, what leave is owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from constraints.away_at_once import AwayAtOnce
from constraints.days_of_leave import DaysOfLeave
from constraints.leave_inside import LeaveInside
from constraints.one_duty import OneDuty
from constraints.requirement import Requirement
from constraints.staffing import Staffing
from constraints.together import Together
from constraints.who_may import WhoMay
from scheduler.domain.days import HALF_DAYS
from scheduler.domain.layer import LAYERS, Person
from scheduler.domain.rule import Rule
from scheduler.domain.words import Group, Selection, Window
from scheduler.io.amounts import amount
from scheduler.io.duties_section import LeaveLine, RotationLine
from scheduler.io.names import Names
from scheduler.io.problems import Place
from scheduler.io.reading import Reading
from scheduler.io.requests_section import Placed, asked_for


def one_duty(names: Names) -> OneDuty:
    """Everyone is somewhere in every period; leave taken inside a rotation takes no period of its own."""
    own = {r.name for r in names.rotations} | {leave.name for leave in names.leaves if leave.inside is None}
    return OneDuty(what=Selection("any duty", frozenset(own)))


def of_rotations(reading: Reading, lines: Sequence[RotationLine], names: Names) -> list[Rule]:
    """Staffing, eligibility and availability, as each rotation's own line states them."""
    rules: list[Rule] = []
    for rotation, line, node in lines:
        if rotation.by != "week":
            continue
        only = line["only"] and reading.value(line["only"], names.group)
        window = line["available"] and reading.value(line["available"], names.window)
        closed = line["closed"] and reading.value(line["closed"], names.window)
        if line["off"]:
            continue
        what, place = Selection.of(rotation.name), node.place.short
        if line["staffing"] not in (None, (0, None)):
            low, high = line["staffing"]
            rules.append(Staffing(what=what, at_least=low, at_most=high, place=place, source=rotation.source,
                                  during=_open(names, closed)))
        if only is not None:
            rules.append(WhoMay(what=what, only=only, place=place))
        if window is not None:
            rules.append(WhoMay(what=what, outside=window, place=place))
        if closed is not None:
            rules.append(WhoMay(what=what, during=closed, place=place))
    return rules


def _open(names: Names, closed: Window | None) -> Window | None:
    """The periods in which a rotation that closes for a while is staffed."""
    return closed and Window(f"all {names.year.unit}s but {closed}", frozenset(
        p.index for p in names.year.periods) - closed.slots)


def of_leaves(reading: Reading, lines: Sequence[LeaveLine], names: Names) -> list[Rule]:
    """What each kind of leave owes, how many at once, and where it may be taken."""
    rules: list[Rule] = []
    for leave, (_, line, node) in zip(names.leaves, lines, strict=True):
        what, place = Selection.of(leave.name), node.place.short
        units = [unit for unit in ("weeks", "periods") if line[unit] is not None]
        if len(units) > 1:
            reading.problem(node.place, "A kind of leave has one amount, not weeks and periods.", "Keep one of them.")
        for unit in units[:1]:
            bounds = reading.value(line[unit], amount(names, unit, what.duties))
            if bounds is not None:
                rules.append(Requirement(
                    what=what, at_least=bounds[0], at_most=bounds[1], place=place, source=leave.source,
                    assumption=line["assumption"], unit="weeks" if unit == "weeks" else f"{names.year.unit}s"))
        if line["at once"] is not None:
            rules.append(AwayAtOnce(what=what, most=line["at once"], place=place))
        if leave.inside is not None:
            rules.append(LeaveInside(what=what, hosts=leave.inside.hosts, place=place))
        elif line["weeks each"] != 1 or line["keeps staffing"]:
            reading.problem(node.place, f"{leave.name} takes periods of its own; “weeks each” and “keeps staffing” are "
                            "for leave taken inside a rotation.", "Add inside: and the rotations.")
    return rules


def away_by_the_day(rules: Iterable[Rule], names: Names) -> list[Rule]:
    """The same limits on leave at once, half-day by half-day, where single days of it can be taken."""
    single = {leave.name for leave in names.leaves if leave.by_day}
    days = names.at(HALF_DAYS).days
    found: list[Rule] = []
    for rule in rules:
        if isinstance(rule, AwayAtOnce) and rule.layer_name == LAYERS[0] and rule.what.duties & single:
            during = rule.during and Window(str(rule.during), frozenset(
                s.index for s in days.slots if s.period in rule.during))
            found.append(replace(rule, during=during, layer_name=HALF_DAYS))
    return found


def check_inside(reading: Reading, rules: Iterable[Rule], names: Names, places: Mapping[str, Place]) -> None:
    """``rule: leave inside`` narrows what a line under ``leave:`` says; by itself it would forbid the leave."""
    own = {leave.name for leave in names.leaves if leave.inside is None}
    for rule in rules:
        if isinstance(rule, LeaveInside) and rule.what.duties & own:
            alone = ", ".join(sorted(rule.what.duties & own))
            reading.problem(places.get(rule.place, Place(rule.place)), f"{alone} takes periods of its own.",
                            f"Write inside: {rule.hosts} on its line under leave, instead of this rule.")


def closed_rotations(names: Names, requirements: Sequence[Requirement], placed: Sequence[Placed], anyone: bool
                     ) -> list[Rule]:
    """Nobody is sent where nothing is owed: a rotation with requirements is for those who owe it or asked for it.

    ``anyone``: electives are given without being asked for.
    """
    rules: list[Rule] = []
    for rotation in (*names.rotations, *names.short):
        lines = [r for r in requirements if rotation.name in r.what or rotation.name in dict(r.part)]
        if rotation.base or not lines:
            continue
        owing = {p.id for p in names.people for r in lines if r.applies(p) and (
            not r.elective or anyone or p.id in asked_for(placed, rotation.name))}
        if len(owing) < len(names.people):
            rules.append(WhoMay(
                what=Selection.of(rotation.name), place=lines[0].place, layer_name=lines[0].layer_name,
                only=Group("those who owe it or asked for it", frozenset(owing))))
    return rules


def on_request(requirements: Sequence[Requirement], people: Sequence[Person], placed: Sequence[Placed]
               ) -> list[Requirement]:
    """On top of a required line, only those who asked for the elective get it."""

    def asked(line: Requirement, group: Group | None) -> Group:
        return Group("those who asked for it", frozenset(
            p.id for p in people if (group is None or p in group)
            and any(p.id in asked_for(placed, duty) for duty in line.what)))

    return [line if line.elective else replace(
        line, also=tuple((asked(line, group), most) for group, most in line.also)) for line in requirements]


def with_waivers(rules: Iterable[Rule]) -> list[Rule]:
    """``together … waives: X`` means the least staffing of X does not bind while the cohort is together."""
    rules = list(rules)
    waiving = [rule for rule in rules if isinstance(rule, Together) and rule.waives is not None]
    done: list[Rule] = []
    for rule in rules:
        if isinstance(rule, Staffing) and rule.at_least and rule.waived_by is None:
            by = sorted({t.what for t in waiving if t.waives and t.waives.duties & rule.what.duties}, key=str)
            if by:
                rule = replace(rule, waived_by=Selection(" or ".join(str(b) for b in by), frozenset().union(
                    *(b.duties for b in by))))
        done.append(rule)
    return done


def most_granted(rules: Sequence[Rule], placed: Sequence[Placed], names: Names) -> list[tuple[str, str, int]]:
    """How many periods of each kind of leave each fellow can be granted: as many as are owed, as (id, kind, number)."""
    found = []
    for leave in names.leaves:
        worth = leave.inside.weeks if leave.inside else (names.year.periods[0].weeks or 1)
        lines = [r for r in rules if isinstance(r, Requirement) and r.what.duties == {leave.name} and r.during is None
                 and r.at_most is not None]
        for person in names.people:
            tops = [(r.at_most or 0) // (worth if r.unit == "weeks" else 1) for r in lines if r.applies(person)]
            tops += [_weeks_in_days(r, person, leave.name, placed, names) for r in rules
                     if isinstance(r, DaysOfLeave) and r.at_most is not None and leave.name in r.what
                     and person in r.bound(names.people)]
            if tops:
                found.append((person.id, leave.name, max(1, min(tops))))
    return found


def _weeks_in_days(rule: DaysOfLeave, person: Person, kind: str, placed: Sequence[Placed], names: Names) -> int:
    """How many of the periods a fellow asks for fit into the days of leave: those with fewest working days first."""
    days = names.at(HALF_DAYS).days
    asked = {slot for p in placed if p.wish.person == person.id and p.wish.kind == kind for slot in p.wish.slots}
    sizes = sorted(len(set(days.by_period[slot]) - days.holidays) for slot in asked)
    return sum(total <= (rule.at_most or 0) * days.per_day for total in accumulate(sizes))
