"""What is already decided: pins, approved leave, and weeks that the whole cohort spends together."""

from __future__ import annotations

from datetime import date
from typing import Any

from constraints.forbidden import Forbidden
from constraints.pinned import Pinned
from constraints.together import Together
from scheduler.domain.rule import Rule
from scheduler.domain.words import Selection, Window
from scheduler.io.names import Names
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused, Unread
from scheduler.io.reading import Key, Reading
from scheduler.io.values import dates_between, day, text
from scheduler.io.windows import slots

NOTES: dict[str, Key] = {"because": Key(text, default=""), "source": Key(text, default=""),
                         "assumption": Key(text, default="")}


def _notes(found: dict[str, Any]) -> dict[str, Any]:
    return {word: found[word] for word in NOTES}


def pin_keys(names: Names) -> dict[str, Key]:
    """The keys of a pin."""
    return {"fellow": Key(names.group, required=True), "rotation": Key(names.selection), "not": Key(names.selection),
            "during": Key(names.window, required=True), **NOTES}


def read_pins(reading: Reading, node: Node, names: Names) -> Rule | None:
    """``{fellow, rotation, during}`` fixes it; ``{fellow, not, during}`` rules it out."""
    found = reading.group(node, pin_keys(names), "A pin")
    if node.table is not None and ("rotation" in node.table) == ("not" in node.table):
        reading.problem(node.place, "A pin needs either “rotation” (fixed) or “not” (ruled out).",
                        "Write {fellow: Fellow A, rotation: Clinic, during: 2026-07-06}.")
        return None
    if found is None or (found["rotation"] or found["not"]) is None:
        return None
    line = {"who": found["fellow"], "during": found["during"], "place": node.place.short, **_notes(found)}
    return Pinned(what=found["rotation"], **line) if found["rotation"] else Forbidden(what=found["not"], **line)


def approved_keys(names: Names) -> dict[str, Key]:
    """The keys of approved leave."""

    def kind(node: Node) -> Selection:
        chosen = names.selection(node)
        known = [leave.name for leave in names.leaves]
        if not chosen.duties <= set(known):
            raise Refused(f"{chosen} is not a kind of leave.", f"Known here: {', '.join(known)}." if known else
                          "List the kinds under leave: kinds:.")
        return chosen

    return {"fellow": Key(names.group, required=True), "kind": Key(kind, required=True),
            "from": Key(day, required=True), "to": Key(day), **NOTES}


def read_approved(reading: Reading, node: Node, names: Names, notes: list[tuple[str, Node]]) -> Rule | None:
    """Approved leave: ``{fellow, kind, from, to}``, dates included; it must be given.

    Leave takes every period that holds one of its weekdays; where that is more than was approved, ``notes`` say so.
    """
    found = reading.group(node, approved_keys(names), "Approved leave")
    if found is None:
        return None
    assert node.table is not None
    first, last = found["from"], found["to"] or found["from"]
    window = reading.value(node.table["from"].value, lambda _: _taken(names, first, last))
    if window is None:
        return None
    partly = [s for s in sorted(window.slots) if not _whole(names, s, first, last)]
    if partly:
        notes.append((f"The {found['kind']} of {found['fellow']} takes the whole of {names.year.when(partly)}.", node))
    return Pinned(what=found["kind"], who=found["fellow"], during=window, place=node.place.short, **_notes(found))


def _taken(names: Names, first: date, last: date) -> Window:
    if "year" in names.unread:
        raise Unread
    touched = slots(f"{first} to {last}", names.year)
    working = {names.year.slot_of(d) for d in dates_between(first, last) if d.weekday() < 5}
    found = frozenset(touched) & working
    if not found:
        raise Refused("These dates hold no weekday.", "Check the dates of the leave.")
    return Window(names.year.when(found).removeprefix("the "), frozenset(s for s in found if s is not None))


def _whole(names: Names, slot: int, first: date, last: date) -> bool:
    period = names.year.periods[slot]
    return all(first <= d <= last for d in dates_between(period.start, period.end) if d.weekday() < 5)


def cohort_keys(names: Names) -> dict[str, Key]:
    """The keys of a cohort week."""
    return {"rotation": Key(names.selection, required=True), "in": Key(names.window, required=True),
            "for": Key(names.group), "waives": Key(names.selection), **NOTES}


def read_cohort_weeks(reading: Reading, node: Node, names: Names) -> Rule | None:
    """``{rotation, in, for, waives}``: orientation, a course; everyone is there in exactly these periods."""
    found = reading.group(node, cohort_keys(names), "A cohort week")
    if found is None:
        return None
    return Together(what=found["rotation"], dates=found["in"], who=found["for"], waives=found["waives"],
                    place=node.place.short, **_notes(found))
