"""``requirements:``: what each fellow owes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from constraints.requirement import Requirement
from scheduler.domain.layer import LAYERS, Person
from scheduler.domain.words import Group
from scheduler.io.amounts import UNITS, amount, check_owed, given
from scheduler.io.names import Names
from scheduler.io.nodes import Entry, Node
from scheduler.io.part_credit import part_credit
from scheduler.io.problems import Refused, close_to
from scheduler.io.reading import Key, Reading
from scheduler.io.values import positive, raw, span, text, yes


def keys(names: Names) -> dict[str, Key]:
    """The keys of a requirement."""
    return {
        "rotation": Key(names.selection, required=True), **{unit: Key(raw) for unit in UNITS},
        "for": Key(names.group), "waived for": Key(names.group), "elective": Key(yes, default=False),
        "during": Key(raw), "per week": Key(span), "per month": Key(span),
        "credit": Key(part_credit(names), default=()), "source": Key(text, default=""),
        "assumption": Key(text, default=""), "because": Key(text, default=""), "priority": Key(text),
        "points": Key(positive, default=1)}


def read_requirements(reading: Reading, node: Node, names: Names) -> list[Requirement]:
    """Every line, with what the required and elective lines of one rotation allow each other filled in."""
    found = []
    off = {name.casefold() for name in names.off}
    for item in node.each():
        rotation = (item.table or {}).get("rotation")
        if rotation is not None and (rotation.value.text or "").casefold() in off:
            continue                                   # the rotation is off, and so is what it owes
        line = reading.partly(item, keys(_meant(rotation, names)), "A requirement")
        if line is not None and (requirement := _requirement(reading, item, names, line)) is not None:
            found.append(requirement)
    return [replace(r, also=_also(r, found, names.people)) for r in found]


def _meant(rotation: Entry | None, names: Names) -> Names:
    """The names as the layer of the rotation means them; what is wrong with it is told when it is read."""
    try:
        return names.of(rotation.value) if rotation is not None else names
    except Refused:
        return names


def _requirement(reading: Reading, node: Node, names: Names, line: dict[str, Any]) -> Requirement | None:
    """One line; None when it has no rotation, or not one amount."""
    assert node.table is not None
    units = given(UNITS, node.table)
    if not units and any(close_to(word, UNITS) for word in node.table):
        return None                                     # an amount is there, under a key that was mistyped
    if len(units) != 1:
        reading.problem(node.place, "A requirement needs an amount." if not units else
                        "A requirement has one amount, not " + " and ".join(units) + ".",
                        "Add weeks: 2." if not units else "Keep one of them.")
    if len(units) != 1 or line[units[0]] is None or line["rotation"] is None:
        return None
    unit, what = units[0], line["rotation"]
    layer = reading.value(node.table["rotation"].value, lambda _: names.layer_of(what))
    if layer is None:
        return None
    names = names.at(layer)
    bounds = reading.value(line[unit], lambda n: _bounds(n, unit, line, names))
    during = reading.value(line["during"], names.window) if line["during"] is not None else None
    if bounds is None:
        return None
    low, high = bounds
    if line["elective"] and low == high:
        low = high if high and high > 1 else 0          # an elective of 2 weeks: nothing, or the two weeks
    word = unit.replace("half ", "half-") if unit == "weeks" or layer != LAYERS[0] else f"{names.year.unit}s"
    return Requirement(
        what=what, at_least=low, at_most=high, unit=word, who=line["for"], waived=line["waived for"],
        elective=line["elective"], during=during, part=line["credit"], source=line["source"],
        assumption=line["assumption"], because=line["because"], priority=line["priority"], points=line["points"],
        place=node.place.short, layer_name=layer, per=len(names.working_week.halves) if unit == "days" else 1)


def _bounds(node: Node, unit: str, line: dict[str, Any], names: Names) -> tuple[int, int | None]:
    """The range that is owed, in a unit in which the rotation can be owed."""
    check_owed(line["rotation"], unit, names)
    return amount(names, unit, line["rotation"].duties | dict(line["credit"]).keys())(node)


def _also(line: Requirement, lines: list[Requirement], people: Sequence[Person]) -> tuple[Any, ...]:
    """What lines of the other kind (elective beside required) allow on the same rotation, by group; None: no limit."""
    found = [(_bound(other, people), other.at_most) for other in lines
             if other.what.duties == line.what.duties and other.elective != line.elective
             and other.during == line.during]
    return tuple(sorted(found, key=lambda pair: (str(pair[0]), pair[1] is None, pair[1] or 0)))


def _bound(line: Requirement, people: Sequence[Person]) -> Group | None:
    """Whom a line binds: its group, less those who are excused."""
    if line.waived is None:
        return line.who
    return Group(f"{line.who or 'everyone'} and not {line.waived}", frozenset(p.id for p in people if line.applies(p)))
