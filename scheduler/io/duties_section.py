"""``rotations:`` and ``leave:``: where a period is spent, and what it is spent on when nobody is anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scheduler.domain.layer import Inside
from scheduler.domain.program import Leave, Rotation
from scheduler.domain.words import Selection
from scheduler.io.names import DUTY_WORDS, ambiguous
from scheduler.io.nodes import Node
from scheduler.io.problems import Place, Refused
from scheduler.io.reading import Key, Reading, named
from scheduler.io.values import number, positive, raw, span, text, texts, yes

RotationLine = tuple[Rotation, dict[str, Any], Node]
LeaveLine = tuple[Leave, dict[str, Any], Node]


def colour(node: Node) -> str:
    """``#RRGGBB``."""
    said = text(node)
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", said):
        raise Refused(f"“{said}” is not a colour.", 'Write six digits after #, in quotes: "#4477AA".')
    return said.upper()


def staffing(node: Node) -> tuple[int, int | None]:
    """How many at once: a range with some sense in it."""
    found = span(node)
    if found == (0, 0):
        raise Refused("Nobody could ever be on this rotation.", "Write off: true to leave it out.")
    return found


NOTES = {"source": Key(text, default=""), "assumption": Key(text, default="")}
ROTATION = {
    "name": Key(text, required=True), "id": Key(text, default=""), "short": Key(text, default=""),
    "site": Key(text, default=""), "colour": Key(colour, default=""), "color": Key(colour, default=""),
    "base": Key(yes, default=False), "tags": Key(texts, default=()), "contact": Key(text, default=""),
    "about": Key(text, default=""), "staffing": Key(staffing), "only": Key(raw), "available": Key(raw),
    "off": Key(yes, default=False), **NOTES,
}
LEAVE = {
    "name": Key(text, required=True), "id": Key(text, default=""), "short": Key(text, default=""),
    "colour": Key(colour, default=""), "color": Key(colour, default=""), "tags": Key(texts, default=()),
    "absence": Key(yes, default=True), "private": Key(yes, default=False), "weeks": Key(raw), "periods": Key(raw),
    "at once": Key(number), "inside": Key(raw), "weeks each": Key(positive, default=1),
    "keeps staffing": Key(yes, default=False), **NOTES,
}


def read_rotations(reading: Reading, node: Node) -> list[RotationLine]:
    """Each rotation with the rest of its line; rotations that are off are left in, for their names."""
    found: list[RotationLine] = []
    for item in node.each():
        line = reading.group(named(item), ROTATION, "A rotation")
        if line is None:
            continue
        rotation = Rotation(line["name"], line["site"], line["short"], line["colour"] or line["color"], line["base"],
                            frozenset(line["tags"]), line["contact"], line["about"], line["source"], line["id"])
        if other := next((r for r, _, _ in found if r.base and rotation.base), None):
            reading.problem(item.place, f"There are two base rotations: {other.name} and {rotation.name}.",
                            "Only one rotation can take what the requirements leave.")
        found.append((rotation, line, item))
    if all(line["off"] for _, line, _ in found) and len(found) == len(list(node.each())):
        reading.problem(node.place, "There are no rotations.", "List at least one: - {name: Clinic}.")
    return found


def read_leaves(reading: Reading, node: Node) -> list[LeaveLine]:
    """Each kind of leave with the rest of its line; hosts of leave taken inside are filled in by ``with_hosts``."""
    found: list[LeaveLine] = []
    for item in node.each():
        line = reading.group(named(item), LEAVE, "A kind of leave")
        if line is not None:
            leave = Leave(line["name"], line["short"], line["colour"] or line["color"], frozenset(line["tags"]),
                          line["absence"], line["private"], None, line["source"], id=line["id"])
            found.append((leave, line, item))
    return found


def with_hosts(leave: Leave, line: dict[str, Any], hosts: Selection) -> Leave:
    """The same leave, taken inside these rotations."""
    return replace(leave, inside=Inside(leave.name, hosts, line["weeks each"], line["keeps staffing"]))


def unique_names(reading: Reading, lines: Sequence[RotationLine | LeaveLine]) -> None:
    """A name, abbreviation or id may stand for one thing only, and none for what has a meaning of its own."""
    pairs = [(word, "a word with a meaning of its own") for word in DUTY_WORDS]
    ids: list[tuple[str, str]] = []
    places: dict[str, Place] = {}
    for order, (duty, _, node) in enumerate(lines):
        label = f"{order}\0{duty.name}"                 # two rotations of one name are two things
        places[label] = node.place
        pairs += [(word, label) for word in dict.fromkeys((duty.name, duty.short)) if word]
        ids += [(duty.id, label)] if duty.id else []
    for what, found in (("", ambiguous(pairs)), ("The id ", ambiguous(ids))):
        for word, first, second in found:
            if first not in places:
                reading.problem(places[second], f"“{word}” has a meaning of its own in this file.",
                                "Give the rotation or leave another name.")
                continue
            other, at = first.partition("\0")[2], places[first]
            reading.problem(places[second], f"{what}“{word}” already stands for {other} "
                            f"({at.cell or f'line {at.line}'}).",
                            "Give every rotation and kind of leave its own name, abbreviation and id.")
