"""Reading groups of keys: every mistake becomes a problem with its place, and none ends the reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scheduler.io.nodes import Entry, Node
from scheduler.io.problems import Place, Problem, Refused, Unread, close_to, did_you_mean
from scheduler.io.values import Convert


@dataclass(frozen=True)
class Key:
    """A key that a group may have: how to read it, whether it must be there, and what it is without."""

    convert: Convert
    required: bool = False
    default: Any = None


@dataclass
class Reading:
    """One reading of a program: collects problems, so that all of them are reported at once."""

    problems: list[Problem] = field(default_factory=list)

    def problem(self, place: Place, message: str, remedy: str = "") -> None:
        """Note something wrong."""
        self.problems.append(Problem(place, message, remedy))

    def value(self, node: Node, convert: Convert, default: Any = None) -> Any:
        """Convert a node, or note why not and give the default."""
        try:
            return convert(node)
        except Refused as refused:
            for one in (refused, *refused.others):
                if not isinstance(one, Unread):
                    self.problem(one.place or node.place, one.message, one.remedy)
            return default

    def group(self, node: Node, keys: Mapping[str, Key], what: str) -> dict[str, Any] | None:
        """Read a group of keys. Unknown and missing keys are problems; None when the node is no group or lacks one."""
        found = self.partly(node, keys, what)
        if found is None or any(key.required and found[word] is None for word, key in keys.items()):
            return None
        return found

    def partly(self, node: Node, keys: Mapping[str, Key], what: str, excused: Iterable[str] = ()
               ) -> dict[str, Any] | None:
        """The same, but required keys that are missing are None, so that the rest can be read too.

        ``excused`` keys are there, but could not be read.
        """
        if node.table is None:
            self.problem(node.place, f"{what} must be a group of keys, not {node.kind}.",
                         "Write: " + ", ".join(f"{k}: …" for k in list(keys)[:3]))
            return None
        found = {word: key.default for word, key in keys.items()}
        guessed: set[str] = set()                       # what unknown keys seem to stand for: not missing too
        for word, entry in node.table.items():
            if word not in keys:
                self._unknown(node, entry, keys, what)
                guessed |= set(close_to(entry.written, keys))
            elif entry.value.empty:
                self.problem(entry.place, f"“{entry.written}” has no value.", _no_value(entry))
            else:
                found[word] = self.value(entry.value, keys[word].convert, keys[word].default)
        for word, key in keys.items():
            if key.required and word not in node.table and word not in excused and word not in guessed:
                self._missing(node, word, what)
        return found

    def _unknown(self, node: Node, entry: Entry, keys: Mapping[str, Key], what: str) -> None:
        if node.columns is not None:
            self.problem(entry.place, f"The column “{entry.written}” is not known in this table.",
                         did_you_mean(entry.written, keys, 30))
        elif entry.value.empty and "name" in keys and entry is next(iter((node.table or {}).values())):
            self.problem(entry.place, f"{what} has no key “{entry.written}”.", f"Write name: {entry.written}")
        elif entry.value.empty and "," in entry.place.excerpt:
            self.problem(entry.place, f"{what} has no key “{entry.written}”.",
                         "If it belongs to the text before the comma, put that whole text in quotes.")
        else:
            self.problem(entry.place, f"{what} has no key “{entry.written}”.", did_you_mean(entry.written, keys, 30))

    def _missing(self, node: Node, word: str, what: str) -> None:
        if node.columns is not None and word not in node.columns[0]:
            self.problem(node.columns[1], f"This table has no column “{word}”.",
                         "The first row holds the names of the columns.")
        elif node.columns is not None:
            self.problem(node.place, f"{what} needs “{word}”.",
                         "Fill in the cell; of merged cells only the first holds the value.")
        else:
            self.problem(node.place, f"{what} needs “{word}”.", f"Add {word}: …")


def _no_value(entry: Entry) -> str:
    if re.search(r":\s+#", entry.place.excerpt[entry.place.column - 1:]):
        return "What follows # is a comment: put the value in quotes."
    return "Give one, or remove the key."


def named(node: Node) -> Node:
    """``- Clinic`` means ``- {name: Clinic}``."""
    return Node(node.place, table={"name": Entry("name", node.place, node)}) if node.text else node
