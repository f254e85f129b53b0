"""``rotations:`` and ``leave:``, and the rules that they imply."""

from __future__ import annotations

import re
from typing import Any

from scheduler.domain.layer import Inside
from scheduler.domain.program import Leave, Rotation
from scheduler.domain.words import Selection
from scheduler.io.nodes import Entry, Node
from scheduler.io.problems import Refused
from scheduler.io.reading import Key, Reading, number, span, text, texts, yes


def colour(node: Node) -> str:
    """``#RRGGBB``."""
    said = text(node)
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", said):
        raise Refused(f"“{said}” is not a colour.", 'Write six digits after #, in quotes: "#4477AA".')
    return said.upper()


def raw(node: Node) -> Node:
    """Left for a later step that knows the names."""
    return node


NOTES = {"source": Key(text, default=""), "assumption": Key(text, default="")}
ROTATION = {
    "name": Key(text, required=True), "id": Key(text, default=""), "short": Key(text, default=""),
    "site": Key(text, default=""), "colour": Key(colour, default=""), "color": Key(colour, default=""),
    "base": Key(yes, default=False), "tags": Key(texts, default=()), "contact": Key(text, default=""), "about": Key(text, default=""),
    "staffing": Key(span), "only": Key(raw), "available": Key(raw), "off": Key(yes, default=False), **NOTES,
}
LEAVE = {
    "name": Key(text, required=True), "id": Key(text, default=""), "short": Key(text, default=""),
    "colour": Key(colour, default=""), "tags": Key(texts, default=()), "absence": Key(yes, default=True),
    "private": Key(yes, default=False), "weeks": Key(span), "periods": Key(span), "at once": Key(number), "inside": Key(raw),
    "weeks each": Key(number, default=1), "keeps staffing": Key(yes, default=False), **NOTES,
}


def read_rotations(reading: Reading, node: Node) -> list[tuple[Rotation, dict[str, Any], Node]]:
    """Each rotation with the rest of its line; rotations that are off are left in, for their names."""
    found: list[tuple[Rotation, dict[str, Any], Node]] = []
    for item in node.each():
        if item.text is not None:
            item = Node(item.place, table={"name": Entry("name", item.place, item)})
        line = reading.group(item, ROTATION, "A rotation")
        if line is None:
            continue
        rotation = Rotation(line["name"], line["site"], line["short"], line["colour"] or line["color"], line["base"],
                            frozenset(line["tags"]), line["contact"], line["about"], line["source"],
                            line["id"])
        if rotation.base and any(r.base for r, _, _ in found):
            reading.problem(item.place, "There are two base rotations.",
                            "Only one rotation can take what the requirements leave.")
        found.append((rotation, line, item))
    if not found:
        reading.problem(node.place, "There are no rotations.", "List at least one: - {name: Clinic}.")
    return found


def read_leaves(reading: Reading, node: Node) -> list[tuple[Leave, dict[str, Any], Node]]:
    """Each kind of leave with the rest of its line; hosts of leave taken inside are filled in by ``with_hosts``."""
    found = []
    for item in node.each():
        if item.text is not None:
            item = Node(item.place, table={"name": Entry("name", item.place, item)})
        line = reading.group(item, LEAVE, "A kind of leave")
        if line is not None:
            leave = Leave(line["name"], line["short"], line["colour"], frozenset(line["tags"]), line["absence"],
                          line["private"], None, line["source"], id=line["id"])
            found.append((leave, line, item))
    return found


def with_hosts(leave: Leave, line: dict[str, Any], hosts: Selection) -> Leave:
    """The same leave, taken inside these rotations."""
    from dataclasses import replace
    return replace(leave, inside=Inside(leave.name, hosts, line["weeks each"], line["keeps staffing"]))


def unique_names(reading: Reading, lines: list[tuple[Rotation | Leave, Node]]) -> None:
    """A name or abbreviation may stand for one thing only."""
    seen: dict[str, str] = {}
    for duty, node in lines:
        for word in {duty.name.casefold(), duty.short.casefold()} - {""}:
            if word in seen:
                reading.problem(node.place, f"“{word}” already stands for {seen[word]}.",
                                "Give every rotation and kind of leave its own name and abbreviation.")
            seen[word] = duty.name
