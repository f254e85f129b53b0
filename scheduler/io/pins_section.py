"""What is already decided: pins, approved leave, and weeks that the whole cohort spends together."""

from __future__ import annotations

from datetime import date
from typing import Any

from constraints.forbidden import Forbidden
from constraints.pinned import Pinned
from constraints.together import Together
from scheduler.domain.days import HALF_DAYS
from scheduler.domain.rule import Rule
from scheduler.domain.words import Selection, Window
from scheduler.io.names import TAKEN, Names
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused, Unread
from scheduler.io.reading import Key, Reading
from scheduler.io.single_days import forbidden, half_days_between, pinned
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


def read_pins(reading: Reading, node: Node, names: Names) -> list[Rule]:
    """``{fellow, rotation, during}`` fixes it; ``{fellow, not, during}`` rules it out.

    The dates are those of the layer that the rotation is of; leave by the day may be both weeks and single days.
    """
    table = node.table or {}
    if node.table is not None and ("rotation" in table) == ("not" in table):
        reading.problem(node.place, "A pin needs either “rotation” (fixed) or “not” (ruled out).",
                        "Write {fellow: Fellow A, rotation: Clinic, during: 2026-07-06}.")
    layered = _of_line(reading, node, names, "rotation" if "rotation" in table else "not")
    if layered is None:
        return []
    found = reading.group(node, pin_keys(layered), "A pin")
    if found is None or (found["rotation"] is None) == (found["not"] is None):
        return []
    what = found["rotation"] or found["not"]
    line = {"what": what, "who": found["fellow"], "place": node.place.short, **_notes(found)}
    if names.is_by_day(what):
        during = found["during"]
        return reading.value(table["during"].value, lambda _: pinned(names, during.slots, **line) if found["rotation"]
                             else forbidden(names, during, **line), [])
    return [(Pinned if found["rotation"] else Forbidden)(during=found["during"], layer_name=layered.layer, **line)]


def _of_line(reading: Reading, node: Node, names: Names, word: str) -> Names | None:
    """The names as the layer of this line's duties means them; None, and a problem, where they are of several."""
    entry = (node.table or {}).get(word)
    if entry is None:
        return names
    layered = reading.value(entry.value, names.of)
    try:
        return names.at(HALF_DAYS) if layered and names.is_by_day(names.selection(entry.value)) else layered
    except Refused:
        return layered


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


def read_approved(reading: Reading, node: Node, names: Names, notes: list[tuple[str, Node]]) -> list[Rule]:
    """Approved leave: ``{fellow, kind, from, to}``, dates included; it must be given.

    Leave takes every period that holds one of its working days; where that is more than was approved, ``notes`` say so.
    Leave that may be taken by the day takes these days only.
    """
    found = reading.group(node, approved_keys(names), "Approved leave")
    if found is None:
        return []
    assert node.table is not None
    first, last = found["from"], found["to"] or found["from"]
    at = node.table["from"].value
    window = reading.value(at, lambda _: _taken(names, first, last))
    if window is None:
        return []
    line = {"what": found["kind"], "who": found["fellow"], "place": node.place.short, **_notes(found)}
    if names.is_by_day(found["kind"]):
        return reading.value(at, lambda _: pinned(names, half_days_between(names, first, last), **line), [])
    partly = [s for s in sorted(window.slots) if not _whole(names, s, first, last)]
    if partly:
        notes.append((f"The {found['kind']} of {found['fellow']} takes the whole of {names.year.when(partly)}.", node))
    return [Pinned(during=window, **line)]


def _taken(names: Names, first: date, last: date) -> Window:
    if "year" in names.unread:
        raise Unread
    touched = slots(f"{first} to {last}", names.year)
    working = {names.year.slot_of(d) for d in _working_days(names, first, last)}
    found = frozenset(touched) & working
    if not found:
        raise Refused("These dates hold no working day.", "Check the dates of the leave.")
    return Window(names.year.when(found).removeprefix("the "), frozenset(s for s in found if s is not None))


def _whole(names: Names, slot: int, first: date, last: date) -> bool:
    period = names.year.periods[slot]
    return all(first <= d <= last for d in _working_days(names, period.start, period.end))


def _working_days(names: Names, first: date, last: date) -> list[date]:
    return [d for d in dates_between(first, last) if d.weekday() in names.working_week.weekdays]


def cohort_keys(names: Names) -> dict[str, Key]:
    """The keys of a cohort week."""
    return {"rotation": Key(names.selection, required=True), "in": Key(names.window, required=True),
            "for": Key(names.group), "waives": Key(names.selection), **NOTES}


def read_cohort_weeks(reading: Reading, node: Node, names: Names) -> Rule | None:
    """``{rotation, in, for, waives}``: orientation, a course; everyone is there in exactly these periods, or days."""
    layered = reading.value(node, lambda _: names.of(node.table["rotation"].value if node.table and "rotation" in
                                                     node.table else None))
    found = reading.group(node, cohort_keys(layered), "A cohort week") if layered is not None else None
    if found is None:
        return None
    assert node.table is not None
    waives = found["waives"]
    if waives is not None and not waives.duties <= names.layer_duties(layered.layer):
        reading.problem(node.table["waives"].value.place, f"{waives} is not taken {TAKEN[layered.layer]}, as "
                        f"{found['rotation']} is, so its staffing cannot be waived.", "Remove the key.")
        return None
    return Together(what=found["rotation"], dates=found["in"], who=found["for"], waives=waives,
                    place=node.place.short, layer_name=layered.layer, **_notes(found))
