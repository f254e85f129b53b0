"""Who carries the pager on which date, and what is wrong there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.domain.days import CALL
from scheduler.domain.layer import Person
from scheduler.domain.program import Program
from scheduler.domain.result import Result


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


def nights(result: Result, people: Sequence[Person]) -> Iterator[Night]:
    """Every date on which somebody has call, or on which something is wrong with it."""
    calls = result.schedule.beside.get(CALL)
    if calls is None:
        return
    found: dict[int, dict[str, list[Person]]] = {}
    for person in people:
        for slot, roles in calls.of(person):
            for role in roles:
                found.setdefault(slot, {}).setdefault(role, []).append(person)
    wrong = _wrong(result)
    slots = result.program.nights.slots
    for s in sorted({*found, *wrong}):
        yield Night(s, slots[s].day, kind_of(result.program, slots[s].day),
                    {role: tuple(who) for role, who in found.get(s, {}).items()},
                    {role: tuple(said) for role, said in wrong.get(s, {}).items()})


def _wrong(result: Result) -> dict[int, dict[str, list[str]]]:
    """Slot → role → sentences of broken rules that must hold."""
    found: dict[int, dict[str, list[str]]] = {}
    for rule, violation in result.report.broken:
        if rule.layer_name == CALL:
            what = getattr(rule, "what", None)
            for slot in violation.when:
                for role in result.program.calls:
                    if what is None or role.name in what:
                        found.setdefault(slot, {}).setdefault(role.name, []).append(violation.sentence)
    return found
