"""``requirements:``: what each fellow owes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from constraints.requirement import Requirement
from scheduler.io.names import Names
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused
from scheduler.io.reading import Key, Reading, span, text, yes

UNITS = ("weeks", "periods", "blocks", "months", "fortnights")


def part_credit(names: Names):
    """Reads ``{Float: 50}`` or ``Float: 50 %``: percent of credit by rotation."""

    def convert(node: Node) -> tuple[tuple[str, int], ...]:
        if node.table is None:
            raise Refused("Part credit is a group of rotations and percentages.", "Write credit: {Float: 50}.")
        found = []
        for entry in node.table.values():
            m = re.fullmatch(r"(\d{1,3})\s*%?", text(entry.value))
            if not m or int(m[1]) > 100:
                raise Refused(f"“{text(entry.value)}” is not a percentage.", "Write a number from 0 to 100.")
            found += [(duty, int(m[1])) for duty in sorted(names.duties(entry.written))]
        return tuple(found)

    return convert


def keys(names: Names) -> dict[str, Key]:
    """The keys of a requirement."""
    return {
        "rotation": Key(names.selection, required=True), **{unit: Key(span) for unit in UNITS},
        "for": Key(names.group), "waived for": Key(names.group), "elective": Key(yes, default=False),
        "during": Key(names.window), "credit": Key(part_credit(names), default=()),
        "source": Key(text, default=""), "assumption": Key(text, default=""), "because": Key(text, default=""),
        "priority": Key(text), "points": Key(lambda n: span(n)[0], default=1)}


def read_requirements(reading: Reading, node: Node, names: Names) -> list[Requirement]:
    """Every line, with what the required and elective lines of one rotation allow each other filled in."""
    found = []
    for item in node.each():
        rotation = (item.table or {}).get("rotation")
        if rotation is not None and (rotation.value.text or "").casefold() in {n.casefold() for n in names.off}:
            continue                                   # the rotation is off, and so is what it owes
        line = reading.group(item, keys(names), "A requirement")
        if line is None:
            continue
        requirement = _requirement(reading, item, names, line)
        if requirement is not None:
            found.append(requirement)
    return [replace(r, also=_also(r, found)) for r in found]


def _requirement(reading: Reading, node: Node, names: Names, line: dict[str, Any]) -> Requirement | None:
    assert node.table is not None
    given = [unit for unit in UNITS if unit in node.table]
    if len(given) != 1:
        reading.problem(node.place, "A requirement needs one amount, in weeks, periods, blocks or months.",
                        "Add weeks: 2." if not given else "Keep one of " + " and ".join(given) + ".")
        return None
    if line[given[0]] is None:
        return None
    (low, high), unit, worth = line[given[0]], given[0], names.year.periods[0].weeks
    if unit == "weeks" and worth is None:
        reading.problem(node.place, "The periods of this program are calendar months, which are no number of weeks.",
                        "Write `months:` instead of `weeks:`.")
        return None
    if unit == "blocks" and names.year.unit == "week":
        reading.problem(node.place, "The periods of this program are weeks.", "Write `weeks:` instead of `blocks:`.")
        return None
    if line["elective"] and low == high:
        low = high if high and high > 1 else 0          # an elective of 2 weeks: nothing, or the two weeks
    return Requirement(
        what=line["rotation"], at_least=low, at_most=high, unit="weeks" if unit == "weeks" else f"{names.year.unit}s",
        who=line["for"], waived=line["waived for"], elective=line["elective"], during=line["during"],
        part=line["credit"], source=line["source"], assumption=line["assumption"], because=line["because"],
        priority=line["priority"], points=line["points"], place=f"{node.place.file}:{node.place.line}")


def _also(line: Requirement, lines: list[Requirement]) -> tuple[Any, ...]:
    """What lines of the other kind (elective beside required) allow on the same rotation, by group."""
    return tuple((other.who, other.at_most) for other in lines
                 if other.what.duties == line.what.duties and other.elective != line.elective
                 and other.during == line.during and other.at_most is not None)
