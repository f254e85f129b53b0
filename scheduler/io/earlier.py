"""``rule: few changes`` with ``from: earlier/schedule.json``: what everyone was to do before the program changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from scheduler.io.names import Names
from scheduler.io.nodes import Node
from scheduler.io.problems import BadInput, Refused, did_you_mean
from scheduler.io.schedule_json import load
from scheduler.io.values import number, text
from scheduler.io.windows import slots

Earlier = tuple[tuple[str, int, tuple[str, ...]], ...]


def earlier_schedule(names: Names, folder: Path, used: Callable[[bytes], None]) -> Callable[[Node], Earlier]:
    """Reads the path of a schedule.json, beside the program, as (fellow, slot, duties).

    Only fellows and periods that the program still has are kept. ``used`` is told the bytes of the file.
    """

    def convert(node: Node) -> Earlier:
        path = folder / text(node)
        try:
            data = path.read_bytes()
            earlier = load(path.name, data)
        except OSError:
            beside = [str(p.relative_to(folder)) for p in [*folder.glob("*.json"), *folder.glob("*/*.json")]]
            raise Refused(f"There is no file “{text(node)}” beside the program.",
                          did_you_mean(text(node), sorted(beside)), node.place) from None
        except BadInput as bad:
            raise Refused(f"{path.name}: {bad.problems[0].message}", bad.problems[0].remedy, node.place) from None
        used(data)
        return _kept(earlier, names, node)

    return convert


def _kept(earlier: dict[str, Any], names: Names, node: Node) -> Earlier:
    now = {(p.start.isoformat(), p.end.isoformat()): p.index for p in names.year.periods}
    slot_of = {n: now[p["start"], p["end"]] for n, p in enumerate(earlier["periods"]) if (p["start"], p["end"]) in now}
    if not slot_of and "year" not in names.unread:
        first = earlier["periods"][0]["start"] if earlier["periods"] else "nowhere"
        raise Refused(f"The earlier schedule has other dates: its periods begin on {first}, those of this year on "
                      f"{names.year.start}.", "Give a schedule of the same year and the same periods.", node.place)
    whole = frozenset(slot_of.values())
    here = {p.id: names.here.get(p.id, whole) for p in names.people}
    return tuple((row["id"], slot_of[n], tuple(duties)) for row in earlier["fellows"] if row["id"] in here
                 for n, duties in enumerate(row["duties"])
                 if duties and n in slot_of and slot_of[n] in here[row["id"]])


def weights(names: Names) -> Callable[[Node], tuple[tuple[int, int], ...]]:
    """Reads ``{2026-07-01 to 2026-08-31: 5}``: what a change costs in these dates."""

    def convert(node: Node) -> tuple[tuple[int, int], ...]:
        if node.table is None:
            raise Refused("The weights are a group of dates and numbers.", "Write weight: {first 8 weeks: 5}.")
        found: dict[int, int] = {}
        for entry in node.table.values():
            try:
                found |= dict.fromkeys(slots(entry.written, names.year), number(entry.value))
            except Refused as refused:
                refused.place = refused.place or entry.place
                raise
        return tuple(sorted(found.items()))

    return convert
