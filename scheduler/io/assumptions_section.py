"""Everything assumed: ``assumptions:``, every ``assumption:`` on a line of its own section, and what reading adds."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.domain.program import Assumption
from scheduler.io.nodes import Node
from scheduler.io.reading import Key, Reading
from scheduler.io.values import text

KEYS = {"text": Key(text, required=True), "source": Key(text, default="")}
NAMED = ("name", "rotation", "of", "first", "fellow", "rule")


def stated(reading: Reading, node: Node | None) -> list[Assumption]:
    """``assumptions:`` as sentences, or with their source."""
    found = []
    for item in node.each() if node is not None else ():
        if item.table is None:
            said = reading.value(item, text)
            line = {"text": said, "source": ""} if said else None
        else:
            line = reading.group(item, KEYS, "An assumption")
        if line is not None:
            found.append(Assumption(line["text"], line["source"], item.place.short))
    return found


def from_lines(sections: Iterable[tuple[str, Node]]) -> list[Assumption]:
    """Every ``assumption:`` written on a line of its own section, tables included."""
    found: list[Assumption] = []

    def walk(node: Node, section: str) -> None:
        for item in node.items or ():
            walk(item, section)
        table = node.table or {}
        for word, entry in table.items():
            if word == "assumption" and entry.value.text:
                about = next((", ".join(n.text or "" for n in table[k].value.each()) for k in NAMED if k in table),
                             section)
                source = table["source"].value.text if "source" in table else ""
                found.append(Assumption(f"{about}: {entry.value.text}", source or "", entry.value.place.short))
            elif word != "assumption":
                walk(entry.value, section)

    for section, node in sections:
        if section != "assumptions":
            walk(node, section)
    return found
