"""Who carries the pager on which date, and how often: by role and by kind of day, with last year where it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from scheduler.domain.days import CALL
from scheduler.domain.layer import Person
from scheduler.domain.program import Program
from scheduler.export.view import View

KINDS = ("weekday", "weekend", "holiday")


@dataclass(frozen=True)
class Night:
    """One date with call: role → who has it. ``wrong``: role → what the checker says is wrong there."""

    slot: int
    day: date
    kind: str
    roles: dict[str, tuple[Person, ...]]
    wrong: dict[str, tuple[str, ...]]


def kind_of(program: Program, day: date) -> str:
    """``holiday``, ``weekend`` (Saturday, Sunday) or ``weekday``: the day on which the call begins."""
    return "holiday" if day in program.year.holidays else "weekend" if day.weekday() >= 5 else "weekday"


def nights(view: View) -> list[Night]:
    """Every date on which somebody has call, or on which something is wrong with it."""
    calls = view.schedule.beside.get(CALL)
    if calls is None:
        return []
    found: dict[int, dict[str, list[Person]]] = {}
    for person in view.people:
        for slot, roles in calls.of(person):
            for role in roles:
                found.setdefault(slot, {}).setdefault(role, []).append(person)
    wrong = _wrong(view)
    slots = view.program.nights.slots
    return [Night(s, slots[s].day, kind_of(view.program, slots[s].day),
                  {role: tuple(who) for role, who in found.get(s, {}).items()},
                  {role: tuple(said) for role, said in wrong.get(s, {}).items()}) for s in sorted({*found, *wrong})]


def _wrong(view: View) -> dict[int, dict[str, list[str]]]:
    """Slot → role → sentences of broken rules that must hold."""
    found: dict[int, dict[str, list[str]]] = {}
    for rule, violation in view.report.broken:
        if rule.layer_name == CALL:
            what = getattr(rule, "what", None)
            for slot in violation.when:
                for role in view.program.calls:
                    if what is None or role.name in what:
                        found.setdefault(slot, {}).setdefault(role.name, []).append(violation.sentence)
    return found


def tally(view: View) -> dict[str, Counter[tuple[str, str]]]:
    """Fellow id → (role, kind) → how many nights."""
    found: dict[str, Counter[tuple[str, str]]] = {p.id: Counter() for p in view.people}
    for night in nights(view):
        for role, who in night.roles.items():
            for person in who:
                found[person.id][role, night.kind] += 1
    return found


def columns(view: View) -> list[tuple[str, str]]:
    """(role, kind) of every column of the tally: those that happen at all, in the program's order."""
    found = {key for mine in tally(view).values() for key in mine}
    return [(role.name, kind) for role in view.program.calls for kind in KINDS if (role.name, kind) in found]


def spread(view: View, numbers: dict[str, int]) -> tuple[int, int] | None:
    """Least and most among the fellows who are here all year; None without two of them."""
    layer = view.schedule.layer
    mine = [numbers.get(p.id, 0) for p in view.people if len(list(layer.present(p))) == len(layer.slots)]
    return (min(mine), max(mine)) if len(mine) > 1 else None


@dataclass(frozen=True)
class Carried:
    """A count that a rule keeps even together with last year's: this year's and last year's, by fellow id."""

    title: str
    last: dict[str, int]
    now: dict[str, int]


def carried(view: View) -> Iterator[Carried]:
    """One for each evenness of call that carries last year's tally over."""
    calls = view.schedule.beside.get(CALL)
    for verdict in view.report.rules if calls is not None else ():
        rule: Any = verdict.rule
        if rule.name == "evenness" and rule.layer_name == CALL and rule.tally and rule.over == "fellows":
            assert calls is not None
            now = {p.id: sum(rule.during is None or s in rule.during for s in calls.slots_on(p, rule.what))
                   for p in view.people}
            during = f" during {rule.during}" if rule.during is not None else ""
            yield Carried(f"{rule.what}{during}", {p.id: p.tally.get(rule.tally, 0) for p in view.people}, now)
