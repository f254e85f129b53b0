"""Which files a program is read from: the program file, the tables beside it, the earlier schedules it names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from scheduler.io.nodes import Node, normal
from scheduler.io.problems import BadInput, Problem
from scheduler.io.sections import LEAVE_PARTS
from scheduler.io.tables import is_table, read_table
from scheduler.io.text_file import decode, read_bytes
from scheduler.io.yaml_tree import read_yaml

#: sections that are no lists, and so are never in a table
NO_LISTS = {"program", "id", "institution", "timezone", "year", "backgrounds", "priorities", "electives", "work hours",
            "no conferences"}


def program_files(path: Path) -> dict[str, bytes]:
    """Every file of a program that has been read without a problem, as it is now: name → bytes, the program first.

    Names are relative, with ``/``, to the innermost folder that holds them all, so that each finds the others when
    they are copied. Raises BadInput where a file is named by its whole path, which no copy could follow.
    """
    data = read_bytes(path)
    found, problems = {path: data}, []
    for node in _named(path, data):
        word = (node.text or "").partition("!")[0] if is_table(node.text or "") else node.text or ""
        if Path(word).is_absolute():
            problems.append(Problem(node.place, f"“{word}” is named by its whole path, so a copy of the program could "
                                    "not be read elsewhere.", "Put the file beside the program, and name it by "
                                    "its name alone."))
        else:
            found[path.parent / word] = (path.parent / word).read_bytes()
    if problems:
        raise BadInput(problems)
    whole = {os.path.abspath(p): content for p, content in found.items()}
    root = os.path.commonpath([os.path.dirname(p) for p in whole])
    return {Path(os.path.relpath(p, root)).as_posix(): content for p, content in whole.items()}


def _named(path: Path, data: bytes) -> Iterator[Node]:
    """The values that name another file."""
    root = read_yaml(path.name, decode(path.name, data)).root
    for section, entry in ((root.table if root else None) or {}).items():
        parts = [entry.value] if section not in NO_LISTS else []
        if section == "leave" and entry.value.table is not None:
            parts = [entry.value.table[part].value for part in LEAVE_PARTS if part in entry.value.table]
        for node in parts:
            if node.text and is_table(node.text):
                yield node
            if section == "rules":
                yield from _earlier(listed(path, node))


def _earlier(rules: Node | None) -> Iterator[Node]:
    for line in rules.each() if rules is not None else ():
        table = line.table or {}
        if "from" in table and "rule" in table and normal(table["rule"].value.text or "") == "few changes":
            yield table["from"].value


def listed(path: Path, node: Node) -> Node | None:
    """A section as it is written, or as the table it names, beside the program at ``path``, says."""
    if not node.text or not is_table(node.text):
        return node
    file, _, sheet = node.text.partition("!")
    problems: list[Problem] = []
    found = read_table(path.parent / file, file, sheet.strip() or None, (path.parent / file).read_bytes(), problems)
    if problems:
        raise BadInput(problems)
    return found
