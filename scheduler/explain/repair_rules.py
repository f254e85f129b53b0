"""The program of a repair: what is over and what was published for the near future stays, and changes are few.

Nothing that the past alone has broken may make a repair impossible, and nobody who is away or leaves is asked for more
than fits into the rest of the year: such rules are kept as far as they can be, and what is missing is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from constraints.days_of_leave import DaysOfLeave
from constraints.requirement import Requirement
from scheduler.check.judge import judge
from scheduler.domain.calendar import say_date
from scheduler.domain.layer import LAYERS, Person
from scheduler.domain.program import Program
from scheduler.domain.result import ALREADY, CHANGES, LATER
from scheduler.domain.rule import Rule
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Group, listing
from scheduler.explain.absence import extension, is_granted
from scheduler.explain.forced import Forced, forced_cells, patch, slot_dates, view
from scheduler.explain.keeping import Cell, ChangesByNotice, Frozen, NoWorse
from scheduler.explain.notice import Notice
from scheduler.solve.driver import solve
from scheduler.solve.settings import Settings


@dataclass(frozen=True)
class Prepared:
    """The program to solve, the published schedule, and what is known before solving.

    ``forced`` are the cells (layer, person id, slot) that the change itself speaks about, with what it says is done
    there (None: it only rules out what was); ``already`` the rules that the past alone has broken, each with how much;
    ``affected`` the fellows who may leave requirements for later.
    """

    program: Program
    old: Schedule
    patched: Schedule
    forced: Forced
    already: tuple[tuple[Rule, int], ...]
    affected: tuple[Person, ...]


def prepare(program: Program, old: Schedule, notice: Notice) -> Prepared:
    """The repair's own program: rules for what stays and for few changes are added, others are excused where needed."""
    forced = forced_cells(program, old, notice)
    patched = patch(program, old, forced)
    affected = _affected(program, old, patched)
    rules = list(_split(program.rules, program.people, affected))
    kept = list(_frozen(program, patched, forced, notice))
    past = [rule for rule in kept if rule.place == "past"]
    already = tuple(_already(program, rules, patched, past))
    excused = {id(rule): most for rule, most in already}
    rules = [replace(rule, priority=ALREADY, points=1) if id(rule) in excused else rule for rule in rules]
    rules += [NoWorse(rule=rule, most=most, layer_name=rule.layer_name) for rule, most in already]
    added = [*(replace(rule, place="") for rule in kept), *_few_changes(program, old, forced, notice)]
    done = replace(program, rules=(*rules, *added), priorities=(ALREADY, LATER, CHANGES, *program.priorities))
    return Prepared(done, old, patched, forced, already, affected)


# -- people who cannot finish inside the year

def _affected(program: Program, old: Schedule, patched: Schedule) -> tuple[Person, ...]:
    """Fellows who are here for less of the year than was published, or whose approved leave extends their training.

    Those who are not here all year and owed something as published (an earlier repair left it for later) are too.
    """
    owing = {p.id for v in judge([r for r in program.rules if _is_owed(r)], (), old).rules for x in v.violations
             for p in x.who}
    found = []
    for person in program.people:
        here = set(patched.layer.present(person))
        if (set(old.cells.get(person.id, {})) - here or (person.id in program.here and person.id in owing)
                or (is_granted(program, person) and extension(program, patched, person) is not None)):
            found.append(person)
    return tuple(found)


def _is_owed(rule: Rule) -> bool:
    return rule.priority is None and isinstance(rule, (Requirement, DaysOfLeave))


def _split(rules: Sequence[Rule], people: Sequence[Person], affected: Sequence[Person]) -> Iterator[Rule]:
    """What is owed, apart for those who cannot finish: theirs is kept as far as it can be."""
    ids = frozenset(p.id for p in affected)
    for rule in rules:
        if not isinstance(rule, (Requirement, DaysOfLeave)) or not _is_owed(rule):
            yield rule
            continue
        theirs = frozenset(p.id for p in rule.bound(people)) & ids
        if not theirs:
            yield rule
            continue
        others = frozenset(p.id for p in rule.bound(people)) - theirs
        names = listing([p.name for p in affected if p.id in theirs])
        if others:
            yield replace(rule, who=Group(f"{rule.who or 'everyone'}, without {names}", others))
        yield replace(rule, who=Group(names, theirs), priority=LATER, points=1)


# -- what stays, and what should

def _frozen(program: Program, patched: Schedule, forced: Forced, notice: Notice) -> Iterator[Frozen]:
    """What is over, and what is too near, layer by layer. Cells that the change speaks about are left out."""
    if notice.today is None or notice.horizon is None:
        return
    over = f"What was before {say_date(notice.today)} is over and stays as it was"
    near = f"What begins before {say_date(notice.horizon)} stays as published"
    for layer, spans in slot_dates(program):
        mine = view(patched, layer.name)
        if mine is None or not any(mine.cells.values()):
            continue
        past: list[Cell] = []
        soon: list[Cell] = []
        for person in layer.people:
            for slot in layer.present(person):
                first, last = spans[slot]
                fixed = forced.get((layer.name, person.id, slot), ())
                if notice.is_past(last) and fixed is not None:
                    past.append((person.id, slot, mine.at(person, slot)))
                elif notice.is_near(first) and (layer.name, person.id, slot) not in forced:
                    soon.append((person.id, slot, mine.at(person, slot)))
        if past:
            yield Frozen(cells=tuple(past), said=over, layer_name=layer.name, place="past")
        if soon:
            yield Frozen(cells=tuple(soon), said=near, layer_name=layer.name)


def _few_changes(program: Program, old: Schedule, forced: Forced, notice: Notice) -> Iterator[ChangesByNotice]:
    """Everything later is changed as little as possible."""
    for layer, spans in slot_dates(program):
        mine = view(old, layer.name)
        if mine is None or not any(mine.cells.values()):
            continue
        cells = [(person.id, slot, mine.at(person, slot)) for person in layer.people for slot in layer.present(person)
                 if not notice.is_past(spans[slot][1]) and not notice.is_near(spans[slot][0])
                 and (layer.name, person.id, slot) not in forced]
        yield ChangesByNotice(
            earlier=tuple(cells), weight=tuple((s, notice.weight(first)) for s, (first, _) in enumerate(spans)),
            priority=CHANGES, layer_name=layer.name, weights=notice.weight_words())


def _already(program: Program, rules: Sequence[Rule], patched: Schedule, past: Sequence[Frozen]
             ) -> Iterator[tuple[Rule, int]]:
    """The rules that must hold and cannot, with the past as it is: each with by how much at least."""
    if not past:
        return
    must = [rule for rule in rules if rule.priority is None]
    broken = [v.rule for v in judge(must, (), patched).rules if v.violations]
    layers = program.layers()
    for rule in broken:
        upto = [layer for layer in layers if LAYERS.index(layer.name) <= LAYERS.index(rule.layer_name)]
        said = [r for r in past if r.layer_name in {layer.name for layer in upto}]
        out = solve(upto, [replace(rule, priority=ALREADY, points=1), *said], (ALREADY,), Settings(seconds=10.0))
        most = sum(tier.bound for tier in out.tiers)
        if out.cells is not None and most > 0:
            yield rule, most
