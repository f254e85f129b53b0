"""One fellow more: is that enough?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from scheduler.domain.layer import Layer, Person
from scheduler.domain.rule import Rule
from scheduler.domain.words import Group
from scheduler.solve.layered import solve_layers
from scheduler.solve.settings import Settings

NEW = "one more fellow"


@dataclass(frozen=True)
class Grown:
    """A program with one fellow more; ``like`` says which kind of fellow."""

    like: str
    layers: tuple[Layer, ...]
    rules: tuple[Rule, ...]


def one_more(layers: Sequence[Layer], rules: Sequence[Rule], seconds: float) -> Grown | None:
    """The first kind of fellow (by background and level) of whom one more makes every rule possible, or None."""
    kinds = {(p.background, p.level): p for p in layers[0].people}
    for twin in kinds.values():
        grown = grow(layers, rules, twin)
        out = solve_layers(grown.layers, [rule for rule in grown.rules if rule.priority is None], (),
                           Settings(seconds=seconds / len(kinds), confirm=False))
        if out.cells is not None:
            return grown
    return None


def grow(layers: Sequence[Layer], rules: Sequence[Rule], twin: Person) -> Grown:
    """The program with a second fellow of the twin's background and level, who owes the same and is here all year.

    Lines that name the twin alone (approved leave, pins) do not bind the new fellow.
    """
    new = Person(NEW, NEW, twin.background, twin.level, twin.tags)
    what = ", ".join(word for word in (twin.background, twin.level) if word)
    wider = [replace(layer, people=(*layer.people[:_fellows(layers)], new, *layer.people[_fellows(layers):]))
             if _holds(layer, twin) else layer for layer in layers]
    return Grown(what or "like the others", tuple(wider), tuple(_with(rule, twin) for rule in rules))


def _fellows(layers: Sequence[Layer]) -> int:
    return len(layers[0].people)


def _holds(layer: Layer, person: Person) -> bool:
    return any(p.id == person.id for p in layer.people)


def _with(rule: Rule, twin: Person) -> Rule:
    """The rule with the new fellow in every group that the twin is in by kind and not by name."""
    wider: dict[str, Any] = {}
    for field in fields(rule):
        value = getattr(rule, field.name)
        if isinstance(value, Group) and twin.id in value.ids and len(value.ids) > 1:
            wider[field.name] = Group(value.text, value.ids | {NEW})
    return replace(rule, **wider) if wider else rule
