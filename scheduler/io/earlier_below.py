"""``rule: few changes`` for the layers below the rotations: who had which clinic, night or session before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from constraints.few_changes import FewChanges
from scheduler.domain.days import CALL, CONFERENCES, HALF_DAYS
from scheduler.domain.rule import Rule
from scheduler.io.names import Names


def few_changes_below(rules: Sequence[Rule], files: Sequence[bytes], names: Names) -> Iterator[FewChanges]:
    """The same rule for every layer below that the earlier schedule has; ``files`` are its files, rule by rule.

    Only people, duties' dates and sessions that the program still has are kept.
    """
    said = [rule for rule in rules if isinstance(rule, FewChanges)]
    for rule, data in zip(said, files, strict=False):
        earlier = json.loads(data)
        for layer, cells in ((HALF_DAYS, _half_days(earlier, names)), (CALL, _call(earlier, names)),
                             (CONFERENCES, _sessions(earlier, names))):
            if cells:
                yield replace(rule, layer_name=layer, earlier=tuple(sorted(cells)), weight=())


def _half_days(earlier: dict, names: Names) -> list[tuple[str, int, tuple[str, ...]]]:
    halves = {half.name: n for n, half in enumerate(names.working_week.halves)}
    days, known = names.at(HALF_DAYS).days, {p.id for p in names.people}
    found: list[tuple[str, int, tuple[str, ...]]] = []
    for line in earlier.get("half_days", ()):
        slots = days.on(_day(line["date"]))
        half = halves.get(line["half"], len(slots))
        if line["fellow"] in known and half < len(slots):
            found.append((line["fellow"], slots[half], (line["duty"],)))
    return found


def _call(earlier: dict, names: Names) -> list[tuple[str, int, tuple[str, ...]]]:
    days, known = names.at(CALL).days, {p.id for p in names.people}
    return [(line["fellow"], slot, (line["role"],)) for line in earlier.get("call", ())
            for slot in days.on(_day(line["date"])) if line["fellow"] in known and names.calls]


def _sessions(earlier: dict, names: Names) -> list[tuple[str, int, tuple[str, ...]]]:
    at = {(s.series, s.day.isoformat()): n for n, s in enumerate(names.sessions)}
    known = {p.id for p in names.everybody}
    return [(line["presenter"], at[line["series"], line["date"]], (line["role"],))
            for line in earlier.get("conferences", ())
            if line["presenter"] in known and (line["series"], line["date"]) in at]


def _day(written: str) -> date:
    return date.fromisoformat(written)
