"""What to write into a program's file, where exactly: so that a change that was said elsewhere stays.

The file's own lines are known from the places of its nodes; only what cannot be shown as a whole line (a row of a
table, a group that runs over several lines) is told in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from scheduler.io.nodes import Node
from scheduler.io.problems import Place


@dataclass
class ToWrite:
    """Whole lines of a file and where they go, by ``kind``: at its ``end``, ``above`` a line, ``below`` a line or
    ``instead`` of a line; or in ``words``, what to write where no whole line can be shown."""

    kind: str
    file: str
    line: int = 0
    about: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def where(self) -> str:
        """The sentence before the lines."""
        return {"end": f"At the end of {self.file}:",
                "above": f"In {self.file}, above line {self.line} ({self.about}):",
                "below": f"In {self.file}, below line {self.line}:",
                "instead": f"In {self.file}, instead of line {self.line}:"}.get(self.kind, self.about)

    def as_json(self) -> dict[str, object]:
        """The same for other programs."""
        return {"where": self.where, "kind": self.kind, "file": self.file, "line": self.line, "lines": self.lines}


class LinesToWrite:
    """Collects what is to be written, so that several changes of one line or section are told together."""

    def __init__(self, file: str):
        self.file, self.found = file, dict[tuple[str, str, int, str], ToWrite]()

    def append(self, section: str, node: Node | None, line: Mapping[str, str]) -> None:
        """A new line of a list; ``node`` is the list as it was read, None where the file has no such section."""
        written = "{" + ", ".join(f"{key}: {quoted(value)}" for key, value in line.items()) + "}"
        if node is None:
            told = self._one("end", self.file, 0, section)
            told.lines += [f"  - {written}"] if told.lines else [f"{section}:", f"  - {written}"]
            return
        dash = _dash(node.place)
        if node.place.file != self.file:
            self._words(f"In {node.place.file}, as a row of its own: "
                        + ", ".join(f"{value} under “{key}”" for key, value in line.items()) + ".")
        elif dash is not None:
            self._one("above", node.place.file, node.place.line, f"the first of “{section}”").lines.append(
                f"{' ' * dash}- {written}")
        else:
            self._words(f"In {node.place.file}, line {node.place.line}, first inside the brackets of “{section}”, "
                        f"followed by a comma: {written}")

    def change(self, section: str, row: Node, name: str, key: str, value: str, old: Node | None) -> None:
        """Another key on a line that is there; ``old`` is the value of the key, where it has one."""
        place = row.place
        if place.file != self.file:
            self._words(f"In {place.file}, in the row of {name}, {value} under “{key}”.")
            return
        told = self.found.get(("instead", place.file, place.line, ""))
        text = told.lines[0] if told is not None else place.excerpt
        changed = _with_key(text, place, key, value) if old is None or old.place.line in (0, place.line) else None
        first = (row.table or {}).get("name")
        block = " " * (place.column - 1)
        if changed is not None:
            self._one("instead", place.file, place.line).lines[:] = [changed]
        elif old is not None and old.place.excerpt.startswith(f"{block}{key}:") and not old.items:
            self._one("instead", place.file, old.place.line).lines[:] = [f"{block}{key}: {value}"]
        elif old is None and first is not None and first.value.place.excerpt.startswith(f"{block}name:"):
            self._one("below", place.file, first.value.place.line).lines.append(f"{block}{key}: {value}")
        elif old is None and first is not None and _opens(place, "name:"):
            self._one("below", place.file, place.line).lines.append(f"{block}{key}: {value}")
        else:
            self._words(f"In {place.file}, “{section}”, with {name} (line {place.line}): {key}: {value}"
                        + (f" in place of the {key} that is there" if old is not None else "") + ".")

    def all(self) -> list[ToWrite]:
        """Everything, those for one place together, in the order in which the file has them; its end comes last."""
        order = {"end": 2, "words": 1}
        return sorted(self.found.values(), key=lambda told: (order.get(told.kind, 0), told.line))

    def _one(self, kind: str, file: str, line: int, about: str = "") -> ToWrite:
        return self.found.setdefault((kind, file, line, about), ToWrite(kind, file, line, about))

    def _words(self, words: str) -> None:
        self._one("words", self.file, 0, words)


def _dash(place: Place) -> int | None:
    """The column of a list's first dash (from 0); None where it is written in brackets."""
    at = place.column - 1
    return at if place.excerpt[at:at + 1] == "-" and not place.excerpt[:at].strip() else None


def _opens(place: Place, word: str) -> bool:
    """Whether a group that is written line by line begins with this word, right behind its dash."""
    at = place.column - 1
    return place.excerpt[at:].startswith(word) and place.excerpt[:at].strip() == "-"


def _with_key(text: str, place: Place, key: str, value: str) -> str | None:
    """The line with the key added, or with its new value; None where what it is about is not all on this line."""
    before, rest = text[:place.column - 1], text[place.column - 1:]
    try:
        node = yaml.compose(rest, yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    if isinstance(node, yaml.ScalarNode) and before.strip() == "-":
        end = node.end_mark.index
        return f"{before}{{name: {rest[:end].rstrip()}, {key}: {value}}}{rest[end:]}"
    if not isinstance(node, yaml.MappingNode) or not node.flow_style:
        return None
    for word, there in node.value:
        if word.value.strip().casefold() == key:
            return before + rest[:there.start_mark.index] + value + rest[there.end_mark.index:]
    end = node.end_mark.index - 1
    return f"{before}{rest[:end].rstrip().removesuffix(',')}, {key}: {value}{rest[end:]}"


def quoted(value: str) -> str:
    """Text as YAML takes it back."""
    if not any(c in value for c in ",:{}[]#&*!|>'\"%@`\\") and value[:1] not in "-?":
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
