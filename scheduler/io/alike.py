"""Whether two programs are the same but for their names: everything that a schedule is judged by, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from constraints.evenness import Evenness
from scheduler.domain.layer import Layer, Person
from scheduler.domain.program import Program
from scheduler.domain.words import Group, Selection, Window

#: what only people read; the kind of a wish follows from what it asks for
TEXTS = {"because", "source", "assumption", "place", "text", "kind", "when"}


def renamed(old: Program, new: Program) -> dict[str, str]:
    """Every name and id of the old program, and what it is called in the new, by position; places after “at ”."""
    found = {rule.tally: other.tally for rule, other in zip(old.rules, new.rules, strict=False)
             if isinstance(rule, Evenness) and isinstance(other, Evenness) and rule.tally and other.tally}
    for one, two in zip(old.layers(), new.layers(), strict=False):
        found |= dict(zip(one.duties, two.duties, strict=False))
    pairs = [*zip(old.people, new.people, strict=False), *zip(old.presenters, new.presenters, strict=False)]
    for a, b in pairs:
        found |= {a.id: b.id, **dict(zip(a.tally, b.tally, strict=False))}
    found |= {f"at {there}": here for there, here in zip(_places(old), _places(new), strict=False)}
    for series, other in zip(old.series, new.series, strict=False):
        found |= {series.name: other.name, series.key: other.key}
    return found | dict(zip(old.priorities, new.priorities, strict=False))


def _places(program: Program) -> list[str]:
    return [place for r in (*program.rotations, *program.short)
            for place in (r.site, *r.sites, *(site for *_, site in r.template))]


def unlike(old: Program, new: Program) -> Iterator[str]:
    """What differs but for the names, as a list of places; nothing when all is well."""
    names = renamed(old, new)
    if [r.name for r in old.rules] != [r.name for r in new.rules] or len(old.priorities) != len(new.priorities):
        yield "the list of rules"
        return
    for number, (rule, other) in enumerate(zip(old.rules, new.rules, strict=True)):
        if not _same(rule, other, names):
            yield f"rule {number + 1}, {rule.name}"
    if [(p.start, p.end) for p in old.year.periods] != [(p.start, p.end) for p in new.year.periods]:
        yield "the periods"
    if list(old.year.holidays) != list(new.year.holidays):
        yield "the holidays"
    layers = [old.layers(), new.layers()]
    if len(layers[0]) != len(layers[1]) or not all(_same_layer(a, b, names) for a, b in zip(*layers, strict=True)):
        yield "who can do what, when"
    for part in ("sessions", "milestones", "limits", "calls", "here"):
        if not _same(getattr(old, part), getattr(new, part), names, every=False):
            yield part


def _same_layer(one: Layer, two: Layer, names: Mapping[str, str]) -> bool:
    shape = [(layer.name, layer.slots, layer.noun, layer.worth, layer.blocks, layer.parent, layer.exclusive)
             for layer in (one, two)]
    return shape[0] == shape[1] and all(_same(getattr(one, part), getattr(two, part), names)
                                        for part in ("duties", "leave", "here", "inside", "spans", "people"))


def _same(one: Any, two: Any, names: Mapping[str, str], every: bool = True) -> bool:
    """Whether two values are the same but for names; ``every`` False lets texts be any."""
    if isinstance(one, str):
        return two in (one, names.get(one), names.get(f"at {one}")) or (not every and isinstance(two, str))
    if isinstance(one, Selection):
        return {names.get(d, d) for d in one.duties} == two.duties
    if isinstance(one, Group):
        return {names.get(i, i) for i in one.ids} == two.ids
    if isinstance(one, Window):
        return bool(one.slots == two.slots)
    if isinstance(one, Person):
        return names.get(one.id, one.id) == two.id and _same_amounts(one.credit, two.credit, names) and _same_amounts(
            one.tally, two.tally, names)
    if is_dataclass(one):
        return type(one) is type(two) and all(_same(getattr(one, f.name), getattr(two, f.name), names, every)
                                              for f in fields(one) if f.name not in TEXTS)
    if isinstance(one, Mapping):
        return {names.get(key, key) for key in one} == set(two) and all(
            _same(value, two[names.get(key, key)], names, every) for key, value in one.items())
    if isinstance(one, frozenset):
        named = {names.get(x, x) if isinstance(x, str) else x for x in one}
        return named == two or (not every and len(one) == len(two))
    if isinstance(one, tuple):
        return isinstance(two, tuple) and len(one) == len(two) and _same_items(one, two, names, every)
    return bool(one == two)


def _same_amounts(one: Mapping[str, int], two: Mapping[str, int], names: Mapping[str, str]) -> bool:
    """Amounts by name; a rotation that is off this year is known by its amount alone."""
    return sorted(one.values()) == sorted(two.values()) and all(
        two.get(names[key]) == amount for key, amount in one.items() if key in names)


def _same_items(one: tuple, two: tuple, names: Mapping[str, str], every: bool) -> bool:
    """In the same order; or in another, since some lists are sorted by name."""
    if all(_same(a, b, names, every) for a, b in zip(one, two, strict=True)):
        return True
    left = list(two)
    for a in one:
        at = next((n for n, b in enumerate(left) if _same(a, b, names, every)), None)
        if at is None:
            return False
        del left[at]
    return True
