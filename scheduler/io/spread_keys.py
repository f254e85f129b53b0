"""``per week`` and ``per month`` on a requirement: how much of it one week or month may hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from constraints.most_per import MostPer
from scheduler.domain.layer import LAYERS
from scheduler.domain.words import Many
from scheduler.io.amounts import OWED, given, length
from scheduler.io.names import Names
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused
from scheduler.io.reading import Reading
from scheduler.io.values import span

SPANS: tuple[Literal["week", "month"], ...] = ("week", "month")


def spread(reading: Reading, node: Node, names: Names) -> list[MostPer]:
    """``per week: 2`` and ``per month: 1`` on what is owed in days, half-days or nights: at most so many."""
    off = {name.casefold() for name in names.off}
    found: list[MostPer] = []
    for item in node.each():
        rotation = (item.table or {}).get("rotation")
        if rotation is not None and (rotation.value.text or "").casefold() not in off:
            found += _of_line(reading, item, rotation.value, names)
    return found


def _of_line(reading: Reading, item: Node, rotation: Node, names: Names) -> Iterator[MostPer]:
    table = item.table or {}
    spans = [span_ for span_ in SPANS if f"per {span_}" in table]
    try:
        what = names.selection(rotation)
        names = names.at(names.layer_of(what))
        who = names.group(table["for"].value) if "for" in table else None
    except Refused:
        return                                          # told where the requirement is read
    unit = next(iter(given(OWED[names.layer], table)), "")
    for span_ in spans:
        entry = table[f"per {span_}"]
        if names.layer == LAYERS[0]:
            reading.problem(entry.place, f"{what} is taken by the week; “per {span_}” says nothing about it.",
                            "Remove the key, or see the rule “at most in any”.")
        elif unit and not entry.value.empty:
            limit = reading.value(entry.value, lambda n: _most(n, unit, names))
            if limit is not None:
                yield MostPer(what=what, limit=limit, per=span_, who=who, layer_name=names.layer,
                              place=item.place.short)


def _most(node: Node, unit: str, names: Names) -> Many:
    """The most of an amount; a least amount cannot be kept in every week."""
    low, high = span(node)
    if high is None or (low and low != high):
        raise Refused(f"“{node.text}” asks for a least amount; only a most can be kept.",
                      f"Write the most: {high or low}.")
    if high == 0:
        raise Refused("None at all could ever be taken.", "Write 1 or more.")
    return length(names, unit)(Node(node.place, str(high)))
