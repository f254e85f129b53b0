"""``fellows:`` (and ``faculty:``, ``residents:``): who is here, from when to when, with what credit."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from scheduler.domain.calendar import Year, say_date
from scheduler.domain.layer import Person
from scheduler.domain.words import slug
from scheduler.io.nodes import Node, normal
from scheduler.io.problems import Refused
from scheduler.io.reading import Key, Reading, dates_between, day, number, text, texts


def amounts(node: Node) -> dict[str, int]:
    """``{MIPS: 2, SIPS: 1}``, or in a table cell ``MIPS: 2; SIPS: 1``."""
    if node.table is not None:
        return {entry.written: number(entry.value) for entry in node.table.values()}
    found = {}
    for item in node.each():
        m = re.fullmatch(r"(.+?)\s*[: ]\s*(\d+)", text(item))
        if not m:
            raise Refused(f"“{text(item)}” is not a name and an amount.", "Write MIPS: 2.")
        found[m[1].strip()] = int(m[2])
    return found


KEYS = {
    "id": Key(text), "name": Key(text, required=True), "background": Key(text, default=""),
    "level": Key(text, default=""), "tags": Key(texts, default=()), "start": Key(day), "end": Key(day),
    "credit": Key(amounts, default={}), "tally": Key(amounts, default={}),
}


def read_people(reading: Reading, node: Node, year: Year, role: str = "fellow"
                ) -> tuple[tuple[Person, ...], dict[str, frozenset[int]], list[tuple[str, Node]]]:
    """People in the file's order, the periods of those not here all year, and what was assumed about them."""
    people: list[Person] = []
    here: dict[str, frozenset[int]] = {}
    notes: list[tuple[str, Node]] = []
    ids: dict[str, Node] = {}
    names: dict[str, Node] = {}
    for item in node.each():
        item = Node(item.place, table=_named(item)) if item.text is not None else item
        found = reading.group(item, KEYS, f"A {role}")
        if found is None:
            continue
        id_ = slug(found["id"] or found["name"]) or "fellow"
        for what, word, seen in (("id", id_, ids), ("name", normal(found["name"]), names)):
            if word in seen:
                reading.problem(item.place, f"Two people have the {what} “{word}” (the other is in "
                                f"{_line(seen[word])}).", f"Give each person their own {what}.")
            seen.setdefault(word, item)
        person = Person(id_, found["name"], found["background"], found["level"], frozenset(found["tags"]), role,
                        found["credit"], found["tally"])
        if any(p.id == id_ for p in people):
            continue
        people.append(person)
        slots = _here(reading, item, year, person, found, notes)
        if slots is not None:
            here[id_] = slots
    if not people and role == "fellow" and not reading.problems:
        reading.problem(node.place, "There are no fellows.", "List at least one: - {name: Fellow A}.")
    return tuple(people), here, notes


def _named(item: Node) -> dict[str, Any]:
    from scheduler.io.nodes import Entry
    return {"name": Entry("name", item.place, item)}


def _line(node: Node) -> str:
    return node.place.cell or f"line {node.place.line}"


def _here(reading: Reading, node: Node, year: Year, person: Person, found: dict[str, Any],
          notes: list[tuple[str, Node]]) -> frozenset[int] | None:
    """The periods most of whose working days lie between the fellow's own start and end."""
    start: date = found["start"] or year.start
    end: date = found["end"] or year.end
    if start <= year.start and end >= year.end:
        return None
    if end < start or start > year.end or end < year.start:
        reading.problem(node.place, f"{person} would be here from {start} to {end}, which is not within the year "
                        f"({year.start} to {year.end}).", "Check start and end.")
        return None
    slots = []
    for period in year.periods:
        first, last = max(period.start, start), min(period.end, end)
        days = [d for d in dates_between(first, last) if d.weekday() < 5]
        if 2 * len(days) > period.weekdays or (period.weekdays == 0 and first <= last):
            slots.append(period.index)
        if days and len(days) != period.weekdays:
            counted = "counts as here" if 2 * len(days) > period.weekdays else "does not count as here"
            notes.append((f"{person} is here for only {len(days)} of the {period.weekdays} weekdays of {period.label} "
                          f"(from {say_date(period.start)}), which {counted}.", node))
    if not slots:
        reading.problem(node.place, f"{person} is not here for most of any {year.unit}.", "Check start and end.")
    return frozenset(slots)
