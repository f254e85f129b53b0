"""YAML as nodes with places.

Plain YAML reads ``12:30`` as 750 and ``NO`` as false; a coordinator means neither. PyYAML's ``compose`` gives nodes
with marks and no such opinions. A file that is broken in one section is read section by section, so that what is wrong
with the others is said at the same time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from scheduler.io.nodes import Entry, Node, normal
from scheduler.io.problems import Place, Problem
from scheduler.io.yaml_errors import in_plain_words

DEPTH, SIZE = 60, 100_000                   # no program file needs more: what has more repeats itself with * and &


@dataclass
class Tree:
    """What was read: the root (None: nothing), the problems, and the sections that could not be read at all."""

    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    broken: frozenset[str] = frozenset()


class _Loader(yaml.SafeLoader):
    """Composes nodes only, and not deeper than a person would."""

    deep = 0

    def compose_node(self, parent, index):
        self.deep += 1
        if self.deep > DEPTH:
            raise yaml.composer.ComposerError(None, None, "too deep", self.peek_event().start_mark)
        node = super().compose_node(parent, index)
        self.deep -= 1
        return node


def _compose(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        if error.context == "while parsing a flow node" and loader.marks:
            error.context_mark = loader.marks[-1]       # where the innermost bracket opens
        raise
    finally:
        loader.dispose()


def read_yaml(name: str, text: str) -> Tree:
    """The tree of a YAML text, with every problem of its syntax that can be told apart."""
    tree, lines = Tree(), text.splitlines()
    try:
        root = _compose(text)
    except yaml.MarkedYAMLError as error:
        pairs, problems, broken = _by_section(name, lines) if not isinstance(
            error, yaml.composer.ComposerError) else ([], [], set())
        tree.problems += problems or [in_plain_words(name, lines, error)]
        if not problems or not pairs:
            return tree
        tree.broken = frozenset(broken)
        root = yaml.MappingNode("tag:yaml.org,2002:map", pairs, pairs[0][0].start_mark)
    except yaml.reader.ReaderError as error:
        tree.problems.append(_strange_character(name, text, error))
        return tree
    if root is not None:
        try:
            tree.root = _Converter(name, lines, tree.problems).node(root, ())
        except _Endless as endless:
            tree.problems.append(Problem(endless.args[0], "Through * and &, this repeats itself without end.",
                                         "Write out what is meant."))
    return tree


def _by_section(name: str, lines: list[str]) -> tuple[list, list[Problem], set[str]]:
    """Each top-level key composed for itself: the pairs that can be read, and what is wrong with the rest."""
    starts = [n for n, line in enumerate(lines) if re.match(r"[\"']?[A-Za-z][\w -]*[\"']?\s*:(\s|$)", line)]
    pairs: list = []
    problems: list[Problem] = []
    broken: set[str] = set()
    for first, last in zip(starts, [*starts[1:], len(lines)], strict=True):
        try:
            root = _compose("\n" * first + "\n".join(lines[first:last]) + "\n")
        except yaml.MarkedYAMLError as error:
            broken.add(normal(lines[first].partition(":")[0].strip("\"' ")))
            if not isinstance(error, yaml.composer.ComposerError):      # an alias may refer to another section
                problems.append(in_plain_words(name, lines, error))
        else:
            pairs += root.value if isinstance(root, yaml.MappingNode) else []
    return pairs, problems, broken


def _strange_character(name: str, text: str, error: yaml.reader.ReaderError) -> Problem:
    before = text[:error.position]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    code = error.character if isinstance(error.character, int) else ord(str(error.character)[0])
    excerpt = "".join(c if c.isprintable() else "?" for c in text.split("\n")[line - 1])
    return Problem(Place(name, line, column, excerpt),
                   f"There is a character here that no text contains (number {code}).",
                   "Delete it; then save the program as plain text (UTF-8).")


class _Endless(Exception):
    """Carries the place of what contains itself, or of one thing too many."""


class _Converter:
    """From PyYAML's nodes to ours; duplicate keys and the like become problems."""

    def __init__(self, name: str, lines: list[str], problems: list[Problem]):
        self.name, self.lines, self.problems, self.made = name, lines, problems, 0

    def place(self, mark: yaml.Mark) -> Place:
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        return Place(self.name, mark.line + 1, mark.column + 1, line)

    def node(self, node: yaml.Node, above: tuple[int, ...]) -> Node:
        where = self.place(node.start_mark)
        self.made += 1
        if self.made > SIZE or id(node) in above:
            raise _Endless(where)
        inside = (*above, id(node))
        if isinstance(node, yaml.ScalarNode):
            empty = node.style is None and node.value in ("", "~", "null")
            return Node(where, None if empty else " ".join(node.value.split()))
        if isinstance(node, yaml.SequenceNode):
            return Node(where, items=[self.node(n, inside) for n in node.value])
        assert isinstance(node, yaml.MappingNode)
        return Node(where, table=self.table(node, inside))

    def table(self, node: yaml.MappingNode, inside: tuple[int, ...]) -> dict[str, Entry]:
        table: dict[str, Entry] = {}
        merged: dict[str, Entry] = {}
        for key, value in node.value:
            at = self.place(key.start_mark)
            if not isinstance(key, yaml.ScalarNode):
                self.problems.append(Problem(at, "A key must be a single word or phrase.",
                                             "A key that begins with a bracket or a question mark needs quotes."))
            elif key.tag == "tag:yaml.org,2002:merge":
                merged |= self.merged(value, at, inside)
            elif not (word := normal(key.value)):
                self.problems.append(Problem(at, "A key is missing before this colon.", "Write key: value."))
            elif word in table:
                self.problems.append(Problem(
                    at, f"“{key.value}” is written twice here (first in line {table[word].place.line}).",
                    "Keep one of them, or make them one list."))
            else:
                table[word] = Entry(key.value, at, self.node(value, inside))
        return {**{word: entry for word, entry in merged.items() if word not in table}, **table}

    def merged(self, value: yaml.Node, at: Place, inside: tuple[int, ...]) -> dict[str, Entry]:
        """``<<: *other``: the keys of another group, which the group's own keys replace."""
        found = self.node(value, inside)
        if found.table is None:
            self.problems.append(Problem(at, "“<<” takes over the keys of another group, and this is none.",
                                         "Write <<: *name, where &name stands before a group of keys."))
        return found.table or {}
