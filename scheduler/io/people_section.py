"""``fellows:`` (and ``faculty:``, ``residents:``): who is here, from when to when, with what credit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scheduler.domain.calendar import Year, say_date
from scheduler.domain.layer import Person
from scheduler.domain.words import slug
from scheduler.io.groups import PEOPLE_WORDS
from scheduler.io.names import Names
from scheduler.io.nodes import Node, normal
from scheduler.io.problems import Refused
from scheduler.io.reading import Key, Reading, named
from scheduler.io.values import dates_between, day, every, number, placed, raw, text, texts


def amounts(node: Node) -> list[tuple[str, int]]:
    """``{MIPS: 2, SIPS: 1}``, or in a table cell ``MIPS: 2; SIPS: 1``."""
    if node.table is not None:
        return [(entry.written, placed(entry.value, number)) for entry in node.table.values()]

    def pair(item: Node) -> tuple[str, int]:
        m = re.fullmatch(r"(.+?)\s*[: ]\s*(\d{1,4})", text(item), re.ASCII)
        if not m:
            raise Refused(f"“{text(item)}” is not a name and an amount.", "Write MIPS: 2.")
        return m[1].strip(), int(m[2])

    return every(node, pair)


KEYS = {
    "name": Key(text, required=True), "id": Key(text), "background": Key(text, default=""),
    "level": Key(text, default=""), "tags": Key(texts, default=()), "start": Key(day), "end": Key(day),
    "credit": Key(raw), "tally": Key(lambda n: dict(amounts(n)), default={}),
}


@dataclass
class People:
    """People in the file's order, the periods of those not here all year, and what was assumed about them."""

    people: tuple[Person, ...] = ()
    here: dict[str, frozenset[int]] = field(default_factory=dict)
    notes: list[tuple[str, Node]] = field(default_factory=list)


def read_people(reading: Reading, node: Node, names: Names, role: str = "fellow") -> People:
    """One section of people; ``names`` knows the rotations that credit is given for."""
    found = People()
    seen: dict[tuple[str, str], Node] = {}
    for item in node.each():
        line = reading.group(named(item), KEYS, f"A {role}")
        if line is None:
            continue
        person = Person(slug(line["id"] or line["name"]), line["name"], line["background"], line["level"],
                        frozenset(line["tags"]), role, _credit(reading, line["credit"], names), line["tally"])
        if not person.id:
            reading.problem(item.place, f"“{line['id'] or line['name']}” has neither letter nor digit.",
                            "Write a name.")
        elif _own(reading, item, person, seen):
            found.people += (person,)
            if "year" not in names.unread:
                slots = _here(reading, item, names.year, person, line, found.notes)
                if slots is not None:
                    found.here[person.id] = slots
    if not found.people and role == "fellow" and not node.items:
        reading.problem(node.place, "There are no fellows.", "List at least one: - {name: Fellow A}."
                        if node.place.line else "Fill in a row for each.")
    _words(reading, found.people, seen)
    return found


def _own(reading: Reading, item: Node, person: Person, seen: dict[tuple[str, str], Node]) -> bool:
    """Whether nobody else has this name or id."""
    for what, word, key in (("name", person.name, normal(person.name)), ("id", person.id, person.id)):
        if (what, key) in seen:
            other = seen[what, key].place
            reading.problem(item.place, f"Two people have the {what} “{word}” (the other is in "
                            f"{other.cell or f'line {other.line}'}).", f"Give each person their own {what}.")
            return False
    seen["name", normal(person.name)] = seen["id", person.id] = item
    return True


def _words(reading: Reading, people: tuple[Person, ...], lines: dict[tuple[str, str], Node]) -> None:
    """A name that is also a background, level or tag would mean two things."""
    groups = {w.casefold() for p in people for w in (p.background, p.level, *p.tags)} | set(PEOPLE_WORDS)
    for person in people:
        if person.name.casefold() in groups:
            place = lines["id", person.id].place
            reading.problem(place, f"“{person}” is the name of a fellow, and of a group of fellows.",
                            "Give the fellow, or the group, another name.")


def _credit(reading: Reading, node: Node | None, names: Names) -> dict[str, int]:
    """What was done before this year, by rotation, however the file spells the rotation."""
    if node is None:
        return {}
    pairs: list[tuple[Node, int | None]] = []
    if node.table is not None:
        pairs = [(Node(e.place, e.written), reading.value(e.value, number)) for e in node.table.values()]
    else:
        pairs = [(Node(item.place, word), amount) for item in node.each()
                 for word, amount in reading.value(item, amounts, [])]
    found: dict[str, int] = {}
    for word, amount in pairs:
        duty = reading.value(word, lambda n: names.one_duty(text(n)))
        if duty is not None and amount is not None:
            found[duty] = found.get(duty, 0) + amount
    return found


def _here(reading: Reading, node: Node, year: Year, person: Person, found: dict[str, Any],
          notes: list[tuple[str, Node]]) -> frozenset[int] | None:
    """The periods most of whose working days lie between the fellow's own start and end."""
    start: date = found["start"] or year.start
    end: date = found["end"] or year.end
    if start <= year.start and end >= year.end:
        return None
    if found["start"] and found["end"] and end < start:
        reading.problem(node.place, f"{person} would leave on {end}, before starting on {start}.",
                        "Check start and end.")
        return None
    if start > year.end or end < year.start:
        when = " ".join(f"{word} {found[key]}" for key, word in (("start", "from"), ("end", "to")) if found[key])
        reading.problem(node.place, f"{person} would be here {when}, which is not within the year ({year.start} to "
                        f"{year.end}).", "Check start and end.")
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
