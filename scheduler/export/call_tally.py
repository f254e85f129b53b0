"""Who carries the pager on which date, and how often: by role and by kind of day, with last year where it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scheduler.domain.days import CALL
from scheduler.export.view import View

KINDS = ("weekday", "weekend", "holiday")


def tally(view: View) -> dict[str, Counter[tuple[str, str]]]:
    """Fellow id → (role, kind) → how many nights."""
    found: dict[str, Counter[tuple[str, str]]] = {p.id: Counter() for p in view.people}
    for night in view.nights:
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
