"""What is already decided: pins, approved leave, and weeks that the whole cohort spends together."""

from __future__ import annotations

from typing import Any

from constraints.forbidden import Forbidden
from constraints.pinned import Pinned
from constraints.together import Together
from scheduler.domain.rule import Rule
from scheduler.domain.words import Window
from scheduler.io.names import Names
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused
from scheduler.io.reading import Key, Reading, day, text

NOTES: dict[str, Key] = {"because": Key(text, default=""), "source": Key(text, default=""),
                         "assumption": Key(text, default="")}


def _place(node: Node) -> str:
    return f"{node.place.file}:{node.place.line}"


def _notes(found: dict[str, Any]) -> dict[str, Any]:
    return {word: found[word] for word in NOTES}


def read_pins(reading: Reading, node: Node, names: Names) -> Rule | None:
    """``{fellow, rotation, during}`` fixes it; ``{fellow, not, during}`` rules it out."""
    found = reading.group(node, {"fellow": Key(names.group, required=True), "rotation": Key(names.selection),
                                 "not": Key(names.selection), "during": Key(names.window, required=True), **NOTES},
                          "A pin")
    if found is None:
        return None
    if (found["rotation"] is None) == (found["not"] is None):
        reading.problem(node.place, "A pin needs either “rotation” (fixed) or “not” (ruled out).",
                        "Write {fellow: Fellow A, rotation: Clinic, during: 2026-07-06}.")
        return None
    line = {"who": found["fellow"], "during": found["during"], "place": _place(node), **_notes(found)}
    return Pinned(what=found["rotation"], **line) if found["rotation"] else Forbidden(what=found["not"], **line)


def read_approved(reading: Reading, node: Node, names: Names) -> Rule | None:
    """Approved leave: ``{fellow, kind, from, to}``, dates included; it must be given."""

    def kind(n: Node):
        chosen = names.selection(n)
        if not chosen.duties <= {leave.name for leave in names.leaves}:
            raise Refused(f"{chosen} is not a kind of leave.", "Known here: " + ", ".join(
                leave.name for leave in names.leaves) + ".")
        return chosen

    found = reading.group(node, {"fellow": Key(names.group, required=True), "kind": Key(kind, required=True),
                                 "from": Key(day, required=True), "to": Key(day), **NOTES}, "Approved leave")
    if found is None:
        return None
    assert node.table is not None
    first, last = found["from"], found["to"] or found["from"]
    window = reading.value(node.table["from"].value, lambda _: _window(names, first, last))
    if window is None:
        return None
    return Pinned(what=found["kind"], who=found["fellow"], during=window, place=_place(node), **_notes(found))


def _window(names: Names, first: object, last: object) -> Window:
    slots = frozenset(names.slots(f"{first} to {last}"))
    return Window(names.year.when(slots).removeprefix("the "), slots)


def read_cohort_weeks(reading: Reading, node: Node, names: Names) -> Rule | None:
    """``{rotation, in, for, waives}``: orientation, a course; everyone is there in exactly these periods."""
    keys = {"rotation": Key(names.selection, required=True), "in": Key(names.window, required=True),
            "for": Key(names.group), "waives": Key(names.selection), **NOTES}
    found = reading.group(node, keys, "A cohort week")
    if found is None:
        return None
    return Together(what=found["rotation"], dates=found["in"], who=found["for"], waives=found["waives"],
                    place=_place(node), **_notes(found))
