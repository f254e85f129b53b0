"""``credit: {Float: 50}``: rotations that count in part towards what is owed of another."""

from __future__ import annotations

import re
from functools import partial

from scheduler.io.names import Names
from scheduler.io.nodes import Entry, Node
from scheduler.io.problems import Refused
from scheduler.io.values import gather, placed, text


def part_credit(names: Names):
    """Reads ``{Float: 50}`` or ``Float: 50 %``: percent of credit by rotation."""

    def convert(node: Node) -> tuple[tuple[str, int], ...]:
        if node.table is None:
            raise Refused("Part credit is a group of rotations and percentages.", "Write credit: {Float: 50}.")
        parts = gather(*(partial(part, entry) for entry in node.table.values()))
        return tuple(sorted(pair for one in parts for pair in one))

    def part(entry: Entry) -> list[tuple[str, int]]:
        duties, percent = gather(
            lambda: placed(Node(entry.place, entry.written), lambda n: names.duties(text(n))),
            lambda: placed(entry.value, percentage))
        return [(duty, percent) for duty in duties]

    return convert


def percentage(node: Node) -> int:
    """``50`` or ``50 %``."""
    m = re.fullmatch(r"(\d{1,3})\s*%?", text(node), re.ASCII)
    if not m or int(m[1]) > 100:
        raise Refused(f"“{text(node)}” is not a percentage.", "Write a number from 0 to 100.")
    return int(m[1])
