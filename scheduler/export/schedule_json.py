"""schedule.json: the schedule in full, canonical, for this and other programs to read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scheduler.domain.days import CALL, CONFERENCES, HALF_DAYS, TOPICS, DaySlot
from scheduler.domain.result import Result
from scheduler.export.files import write_atomically

#: 1 had the rotation year alone; 2 has the layers below it too
FORMAT = 2


def write_schedule(result: Result, path: Path) -> Path:
    """Write the schedule; equal results give equal bytes."""
    return write_atomically(path, json.dumps(schedule_dict(result), indent=1, ensure_ascii=False) + "\n")


def schedule_dict(result: Result) -> dict[str, Any]:
    """The content: which program it answers, what was proven, and each fellow's duties by period, with dates.

    Half-days and call are listed by fellow and date, conferences by presenter and date, topics by series and date, each
    where the year has that layer.
    """
    program, schedule = result.program, result.schedule
    return {
        "format": FORMAT,
        "program": {"name": program.name, "institution": program.institution, "file": program.place,
                    "digest": program.digest},
        "version": result.version,
        "made": result.made.isoformat(),
        "status": result.status,
        "seconds": round(result.seconds, 3),
        "run": dict(result.run),
        "tiers": [{"name": t.name, "value": t.value, "bound": t.bound, "large": t.large, "given": t.given,
                   "layer": t.layer} for t in result.tiers],
        "periods": [{"start": p.start.isoformat(), "end": p.end.isoformat(), "label": p.label}
                    for p in program.year.periods],
        "fellows": [{"id": p.id, "name": p.name, "duties": [list(schedule.at(p, s)) for s in schedule.layer.slots]}
                    for p in schedule.people],
        **_below(result),
        "reasons": [{"fellow": w.fellow.id, "kind": w.kind, "rank": w.rank, "reason": w.reason}
                    for w in result.report.wishes if w.reason],
        "assumptions": [a.text for a in program.assumptions],
    }


def _below(result: Result) -> dict[str, list[dict[str, str]]]:
    """The layers below the rotations: by fellow in the program's order, then by date."""
    program, beside = result.program, result.schedule.beside
    found: dict[str, list[dict[str, str]]] = {}
    if HALF_DAYS in beside:
        found["half_days"] = [
            {"fellow": fellow, "date": slot.day.isoformat(), "half": slot.half.name if slot.half else "", "duty": duty}
            for fellow, slot, duty in _entries(result, HALF_DAYS, program.half_days.slots)]
    if CALL in beside:
        found["call"] = [{"fellow": fellow, "date": slot.day.isoformat(), "role": role}
                         for fellow, slot, role in _entries(result, CALL, program.nights.slots)]
    if CONFERENCES in beside:
        found["conferences"] = [
            {"date": slot.day.isoformat(), "series": slot.series, "role": role, "presenter": person}
            for person, slot, role in _entries(result, CONFERENCES, program.session_days.slots)]
    if TOPICS in beside:
        found["topics"] = [{"date": slot.day.isoformat(), "series": slot.series, "topic": topic}
                           for _, slot, topic in _entries(result, TOPICS, program.session_days.slots)]
    return found


def _entries(result: Result, layer: str, slots: tuple[DaySlot, ...]) -> Iterator[tuple[str, DaySlot, str]]:
    schedule = result.schedule.beside[layer]
    for person in schedule.people:
        for slot, duties in sorted(schedule.cells.get(person.id, {}).items()):
            for duty in duties:
                yield person.id, slots[slot], duty
