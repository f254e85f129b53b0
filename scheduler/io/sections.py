"""The sections of a program file: their keys, and their lists, which may stand in tables beside the file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scheduler.io.nodes import Node
from scheduler.io.problems import Place, Refused, did_you_mean
from scheduler.io.reading import Key, Reading
from scheduler.io.tables import is_table, read_table
from scheduler.io.values import one_of, positive, raw, text, texts


def timezone(node: Node) -> str:
    """A name of the IANA database, such as America/Chicago."""
    import zoneinfo
    name = text(node)
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        known = zoneinfo.available_timezones()
        raise Refused(f"There is no time zone “{name}”.",
                      did_you_mean(name, sorted(known), 0) or "Write one such as America/Chicago.") from None
    return name


SECTIONS = {
    "program": Key(text, required=True), "id": Key(text, default=""), "institution": Key(text, default=""),
    "timezone": Key(timezone, default="UTC"), "year": Key(raw, required=True), "fellows": Key(raw, required=True),
    "faculty": Key(raw), "residents": Key(raw), "backgrounds": Key(texts, default=()),
    "rotations": Key(raw, required=True), "leave": Key(raw), "approved leave": Key(raw), "requirements": Key(raw),
    "rules": Key(raw),
    "priorities": Key(texts, default=()), "requests": Key(raw),
    "electives": Key(one_of(("on request", "anyone")), default="on request"), "pins": Key(raw),
    "cohort weeks": Key(raw), "call": Key(raw), "work hours": Key(raw),
    "conferences": Key(raw), "no conferences": Key(raw), "guests": Key(raw), "post docs": Key(raw),
    "milestones": Key(raw), "most absence": Key(positive), "assumptions": Key(raw),
}
LEAVE_PARTS = ("kinds", "approved")


@dataclass
class Sections(Reading):
    """One program being read: the files it came from, the sections that could not be read, the places of lines."""

    path: Path = field(default_factory=Path)
    broken: frozenset[str] = frozenset()
    digest: Any = field(default_factory=hashlib.sha256)
    places: dict[str, Place] = field(default_factory=dict)
    read: list[tuple[str, Node]] = field(default_factory=list)

    def rows(self, section: str, node: Node | None) -> Node | None:
        """A section as a list: written in the file, or in a table beside it; None when there is none."""
        if node is None:
            return None
        if node.text and is_table(node.text):
            node = self._table(node)
        elif node.items is None:
            self.problem(node.place, f"“{section}” must be a list, not {node.kind}.",
                         "Begin each line with “- ”, or name a table beside the program: "
                         f"{section.replace(' ', '_')}.csv.")
            return None
        if node is not None:
            self.read.append((section, node))
            self.places |= {item.place.short: item.place for item in node.each()}
        return node

    def leave(self, node: Node | None) -> tuple[Node | None, Node | None]:
        """``leave:`` is a list of kinds, or ``{kinds: …, approved: …}``."""
        if node is None or node.table is None:
            return self.rows("leave", node), None
        for word, entry in node.table.items():
            if word not in LEAVE_PARTS:
                self.problem(entry.place, f"Leave has no key “{entry.written}”.", "Write a list of kinds, each with "
                             "“- ” before it; or two lists, kinds: and approved:.")
        kinds, approved = (self.rows(part, node.table[part].value) if part in node.table else None
                           for part in LEAVE_PARTS)
        return kinds, approved

    def _table(self, node: Node) -> Node | None:
        assert node.text is not None
        file, _, sheet = node.text.partition("!")
        path = self.path.parent / file
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            beside = sorted(p.name for p in self.path.parent.iterdir() if is_table(p.name))
            self.problem(node.place, f"There is no file “{file}” beside the program.", did_you_mean(file, beside))
            return None
        except OSError as error:
            self.problem(node.place, f"“{file}” cannot be opened: {(error.strerror or str(error)).lower()}.",
                         "Close it in Excel, and check that you may read it.")
            return None
        self.digest.update(data)
        return read_table(path, file, sheet.strip() or None, data, self.problems)
