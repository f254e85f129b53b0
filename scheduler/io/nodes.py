"""A file as a tree of nodes that remember their places. Every scalar is text until somebody asks for more.

Plain YAML reads ``12:30`` as 750 and ``NO`` as false; a coordinator means neither. PyYAML's ``compose`` gives nodes
with marks and no such opinions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from scheduler.io.problems import BadInput, Place, Problem


@dataclass(frozen=True)
class Node:
    """A value with its place: text, a list of nodes, or a table of keys. ``text`` None means nothing was written."""

    place: Place
    text: str | None = None
    items: list[Node] | None = None
    table: dict[str, Entry] | None = None

    @property
    def kind(self) -> str:
        """In words, for messages."""
        if self.table is not None:
            return "a group of keys"
        return "a list" if self.items is not None else "text" if self.text is not None else "nothing"

    def each(self) -> Iterator[Node]:
        """The items of a list; a single value counts as a list of one, nothing as an empty list."""
        if self.items is not None:
            yield from self.items
        elif self.table is not None or self.text is not None:
            yield self


@dataclass(frozen=True)
class Entry:
    """A key as it was written, and its value."""

    written: str
    place: Place
    value: Node = field(repr=False)


def normal(key: str) -> str:
    """Keys are the same in any case, and with space, ``_`` or ``-``."""
    return " ".join(key.casefold().replace("_", " ").replace("-", " ").split())


def decode(path: Path, data: bytes) -> str:
    """Text from bytes: UTF-8 or UTF-16 as they announce themselves, else the encoding of Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\x00" in data:
            raise BadInput([Problem(Place(str(path)), "This is not a text file.",
                                    "Save the program as plain text (UTF-8).")]) from None
        return data.decode("cp1252", errors="replace")


def read_yaml(path: Path, name: str, text: str, problems: list[Problem]) -> Node | None:
    """The tree of a YAML text. Syntax errors end it; duplicate keys are collected in ``problems``."""
    lines = text.splitlines()

    def place(mark: yaml.Mark) -> Place:
        return Place(name, mark.line + 1, mark.column + 1, lines[mark.line] if mark.line < len(lines) else "")

    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = place(mark) if mark else Place(name)
        problems.append(Problem(where, f"This line cannot be read: {error.problem or error.context}.", _cure(error)))
        return None
    except yaml.YAMLError as error:
        problems.append(Problem(Place(name), f"This file cannot be read: {' '.join(str(error).split())}.",
                                "Look for a strange character; save the file as plain text (UTF-8)."))
        return None
    return None if root is None else _convert(root, place, problems, ())


def _cure(error: yaml.MarkedYAMLError) -> str:
    said = f"{error.problem} {error.context}"
    if "'\\t'" in said or "tab" in said:
        return "Indent with spaces, not with a tab."
    if "mapping values are not allowed" in said:
        return "A colon inside text needs quotes around the text; or the line is indented too far."
    if "expected ',' or" in said or "flow" in said:
        return "A bracket is not closed, or a comma is missing; text with a comma or colon needs quotes."
    if "quoted scalar" in said:
        return "A quotation mark is not closed."
    return "Compare the indentation with the lines above it."


def _convert(node: yaml.Node, place, problems: list[Problem], above: tuple[int, ...]) -> Node:
    where = place(node.start_mark)
    if id(node) in above:
        problems.append(Problem(where, "This value contains itself.", "Write it out instead of using * and &."))
        return Node(where)
    inside = (*above, id(node))
    if isinstance(node, yaml.ScalarNode):
        empty = node.style is None and node.value in ("", "~", "null")
        return Node(where, None if empty else node.value.strip())
    if isinstance(node, yaml.SequenceNode):
        return Node(where, items=[_convert(n, place, problems, inside) for n in node.value])
    table: dict[str, Entry] = {}
    for key, value in node.value:
        at = place(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem(at, "A key must be a single word or phrase.", ""))
            continue
        word = normal(key.value)
        if word in table:
            problems.append(Problem(
                at, f"“{key.value}” is written twice here (first in line {table[word].place.line}).",
                "Keep one of them, or make them one list."))
            continue
        table[word] = Entry(key.value, at, _convert(value, place, problems, inside))
    return Node(where, table=table)
