"""``rotations:`` and ``leave:``: where a period is spent, and what it is spent on when nobody is anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from scheduler.domain.days import WorkingWeek
from scheduler.domain.layer import Inside
from scheduler.domain.program import CallRole, Leave, Rotation
from scheduler.domain.words import Selection
from scheduler.io.names import DUTY_WORDS, ambiguous
from scheduler.io.nodes import Node
from scheduler.io.problems import Place, Refused
from scheduler.io.reading import Key, Reading, named
from scheduler.io.templates import hours_of_week, template
from scheduler.io.values import number, one_of, positive, raw, span, text, texts, yes

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
    "closed": Key(raw), "off": Key(yes, default=False), "by": Key(one_of(("week", "day", "half-day")), default="week"),
    "sites": Key(texts, default=()), "template": Key(raw), "hours": Key(raw), "works holidays": Key(yes, default=False),
    "clinical": Key(yes, default=True), "open": Key(raw), "from": Key(raw), "not during": Key(raw),
    "also": Key(texts, default=()), **NOTES,
}
#: keys that only make sense for what is taken by the week, or by the day or half-day
BY_WEEK, BY_DAY = ("base", "sites", "template", "hours", "closed"), ("open", "from", "not during")
LEAVE = {
    "name": Key(text, required=True), "id": Key(text, default=""), "short": Key(text, default=""),
    "colour": Key(colour, default=""), "color": Key(colour, default=""), "tags": Key(texts, default=()),
    "absence": Key(yes, default=True), "private": Key(yes, default=False), "weeks": Key(raw), "periods": Key(raw),
    "at once": Key(number), "inside": Key(raw), "weeks each": Key(positive, default=1),
    "keeps staffing": Key(yes, default=False), "days": Key(span), "from": Key(raw), "also": Key(texts, default=()),
    **NOTES,
}


def read_rotations(reading: Reading, node: Node, week: WorkingWeek) -> list[RotationLine]:
    """Each rotation with the rest of its line; rotations that are off are left in, for their names."""
    found: list[RotationLine] = []
    for item in map(named, node.each()):
        line = reading.group(item, ROTATION, "A rotation")
        if line is None:
            continue
        rotation = Rotation(line["name"], line["site"], line["short"], line["colour"] or line["color"], line["base"],
                            frozenset(line["tags"]), line["contact"], line["about"], line["source"], line["id"],
                            line["by"], line["sites"], works_holidays=line["works holidays"], clinical=line["clinical"],
                            also=line["also"])
        rotation = replace(rotation, site=rotation.site or ", ".join(rotation.sites), **_week_of(reading, line, week))
        _misplaced(reading, item, rotation)
        if other := next((r for r, _, _ in found if r.base and rotation.base and r.by == rotation.by == "week"), None):
            reading.problem(item.place, f"There are two base rotations: {other.name} and {rotation.name}.",
                            "Only one rotation can take what the requirements leave.")
        found.append((rotation, line, item))
    weekly = [line for rotation, line, _ in found if rotation.by == "week"]
    if all(line["off"] for line in weekly) and len(found) == len(list(node.each())):
        reading.problem(node.place, "There are no rotations.", "List at least one: - {name: Clinic}.")
    return found


def _week_of(reading: Reading, line: dict[str, Any], week: WorkingWeek) -> dict[str, Any]:
    """The template and the hours of a rotation's week."""
    found: dict[str, Any] = {}
    if line["template"] is not None:
        found["template"] = reading.value(line["template"], partial(template, week=week), ())
    if line["hours"] is not None:
        found["hours"] = reading.value(line["hours"], partial(hours_of_week, week=week), ())
    return found


def _misplaced(reading: Reading, node: Node, rotation: Rotation) -> None:
    """Keys that say nothing about a rotation taken this way."""
    table = node.table or {}
    for word in (BY_DAY if rotation.by == "week" else BY_WEEK):
        if word in table:
            reading.problem(table[word].place, f"{rotation.name} is taken by the {rotation.by}; “{word}” says nothing "
                            "about it.", "Add by: day or by: half-day, or remove the key." if rotation.by == "week"
                            else f"Remove the key, or by: {rotation.by}.")


def read_leaves(reading: Reading, node: Node) -> list[LeaveLine]:
    """Each kind of leave with the rest of its line; hosts of leave taken inside are filled in by ``with_hosts``."""
    found: list[LeaveLine] = []
    for item in node.each():
        line = reading.group(named(item), LEAVE, "A kind of leave")
        if line is not None:
            leave = Leave(line["name"], line["short"], line["colour"] or line["color"], frozenset(line["tags"]),
                          line["absence"], line["private"], None, line["source"], id=line["id"],
                          by_day=line["days"] is not None, also=line["also"])
            found.append((leave, line, item))
    return found


def proper_services(rotation: Rotation, proper: Callable[[str], str]) -> Rotation:
    """The same rotation, its template's services under their own names, however the file spells them."""
    return replace(rotation, template=tuple((day, half, proper(service), site)
                                            for day, half, service, site in rotation.template))


def with_hosts(leave: Leave, line: dict[str, Any], hosts: Selection) -> Leave:
    """The same leave, taken inside these rotations."""
    return replace(leave, inside=Inside(leave.name, hosts, line["weeks each"], line["keeps staffing"]))


def unique_names(reading: Reading, lines: Sequence[tuple[Rotation | Leave | CallRole, dict[str, Any], Node]]) -> None:
    """A name, abbreviation or id may stand for one thing only, and none for what has a meaning of its own."""
    pairs = [(word, "a word with a meaning of its own") for word in DUTY_WORDS]
    ids: list[tuple[str, str]] = []
    places: dict[str, Place] = {}
    for order, (duty, _, node) in enumerate(lines):
        label = f"{order}\0{duty.name}"                 # two rotations of one name are two things
        places[label] = node.place
        pairs += [(word, label) for word in dict.fromkeys((duty.name, duty.short, *duty.also)) if word]
        ids += [(duty.id, label)] if duty.id else []
    for what, found in (("", ambiguous(pairs)), ("The id ", ambiguous(ids))):
        for word, first, second in found:
            if first not in places:
                reading.problem(places[second], f"“{word}” has a meaning of its own in this file.",
                                "Give the rotation, leave or call role another name.")
                continue
            other, at = first.partition("\0")[2], places[first]
            reading.problem(places[second], f"{what}“{word}” already stands for {other} "
                            f"({at.cell or f'line {at.line}'}).",
                            "Give every rotation, kind of leave and call role its own name, abbreviation and id.")
