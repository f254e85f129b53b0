"""``milestones:``: the dates of year-long tasks, such as a quality-improvement project with its mentor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scheduler.domain.conference import Milestone
from scheduler.domain.layer import Person
from scheduler.io.duties_section import NOTES
from scheduler.io.names import Names
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused
from scheduler.io.reading import Key, Reading
from scheduler.io.values import day, placed, raw, text

KEYS = {"task": Key(text, required=True), "for": Key(raw), "mentors": Key(raw), "dates": Key(raw, required=True),
        **NOTES}


def read_milestones(reading: Reading, node: Node, names: Names) -> Sequence[Milestone]:
    """``{task, for, mentors: {Fellow A: Dr. X}, dates: {Question chosen: 2026-08-31}}``: a milestone for each date."""
    found: list[Milestone] = []
    for item in node.each():
        line = reading.group(item, KEYS, "A task with milestones")
        if line is None:
            continue
        who = reading.value(line["for"], names.group) if line["for"] is not None else None
        mentors = {}
        if line["mentors"] is not None:
            mentors = reading.value(line["mentors"], lambda n: _mentors(n, names), {})
        dates: Node = line["dates"]
        if not dates.table:
            reading.problem(dates.place, "The milestones are a group of names and dates.",
                            "Write dates: {Question chosen: 2026-08-31}.")
            continue
        for entry in dates.table.values():
            when: Any = reading.value(entry.value, day)
            if when is None:
                continue
            if not names.year.start <= when <= names.year.end and "year" not in names.unread:
                reading.problem(entry.place, f"{when} is outside the year ({names.year.start} to {names.year.end}).",
                                "Check the year of the date.")
                continue
            found.append(Milestone(line["task"], entry.written, when, who, mentors, line["source"]))
    return sorted(found, key=lambda m: (m.day, m.task, m.name))


def _mentors(node: Node, names: Names) -> dict[str, str]:
    if node.table is None:
        raise Refused("Mentors are a group of fellows and their mentors.", "Write mentors: {Fellow A: Dr. Smith}.")
    found: dict[str, str] = {}
    for entry in node.table.values():
        fellow: Person = placed(Node(entry.place, entry.written), names.fellow)
        found[fellow.id] = placed(entry.value, text)
    return found
