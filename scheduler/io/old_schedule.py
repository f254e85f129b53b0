"""A published schedule, read against a program that has changed since: what the program no longer knows is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scheduler.domain.layer import LAYERS
from scheduler.domain.program import Program
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import listing
from scheduler.io.given_file import schedule_bytes
from scheduler.io.problems import BadInput, Place, Problem
from scheduler.io.schedule_json import load

#: key of a layer below in the file → the keys of who, of what, and its layer
BELOW = {"half_days": ("fellow", "duty", "half-days"), "call": ("fellow", "role", "call"),
         "conferences": ("presenter", "role", "conferences"), "topics": ("series", "topic", "topics")}


def read_old_schedule(path: Path, program: Program) -> tuple[Schedule, list[str]]:
    """The schedule as far as the program still knows its people, duties and dates, and what it no longer knows.

    A schedule.json is read leniently, any other file as ``read_any_schedule`` does. Raises BadInput for another year
    and for what is no schedule at all; OSError when the file cannot be opened.
    """
    if path.suffix.casefold() != ".json":
        from scheduler.io.any_schedule import read_any_schedule
        return read_any_schedule(path, program), []
    data = load(path.name, schedule_bytes(path))
    periods = program.year.periods
    if [p["start"] for p in data["periods"]] != [p.start.isoformat() for p in periods]:
        first = data["periods"][0]["start"] if data["periods"] else "nowhere"
        raise BadInput([Problem(Place(path.name), f"This schedule has other dates ({len(data['periods'])} periods from "
                                f"{first}) than the program ({len(periods)} from {periods[0].start}).",
                                "Take the schedule of this year and program.")])
    notes: list[str] = []
    top, *below = program.layers()
    cells = {top.name: _rotations(data, program, notes)}
    for layer in below:
        cells[layer.name] = _layer(layer.name, data, program, notes)
    return Schedule.joined([(layer, cells[layer.name]) for layer in (top, *below)]), notes


def _rotations(data: dict[str, Any], program: Program, notes: list[str]) -> dict[str, dict[int, tuple[str, ...]]]:
    known, people, length = {d.name for d in program.duties}, {p.id for p in program.people}, len(program.year.periods)
    found: dict[str, dict[int, tuple[str, ...]]] = {}
    gone, lost = [], set()
    for row in data["fellows"]:
        if row["id"] not in people:
            gone.append(str(row.get("name", row["id"])))
            continue
        mine = found.setdefault(row["id"], {})
        for slot, duties in enumerate(row["duties"][:length]):
            lost |= set(duties) - known
            if duties:
                mine[slot] = tuple(duties)
    if gone:
        notes.append(f"{listing(gone)} {'is' if len(gone) == 1 else 'are'} no longer in the program.")
    if lost:
        notes.append(f"{listing(sorted(lost))} {'is' if len(lost) == 1 else 'are'} no longer in the program.")
    new = [p.name for p in program.people if p.id not in found]
    if new:
        notes.append(f"{listing(new)} {'was' if len(new) == 1 else 'were'} not in the published schedule.")
    return found


def _layer(name: str, data: dict[str, Any], program: Program, notes: list[str]
           ) -> dict[str, dict[int, tuple[str, ...]]]:
    """One layer below: entries of people or dates that are no more are left out, and counted."""
    key = next(k for k, (_, _, layer) in BELOW.items() if layer == name)
    who, what, _ = BELOW[key]
    ids = {p.id for layer in program.layers() if layer.name == name for p in layer.people}
    keys = {series.name: series.key for series in program.series}
    slots = _slots(name, program)
    found: dict[str, dict[int, tuple[str, ...]]] = {}
    dropped = 0
    for entry in data.get(key, ()):
        person = keys.get(entry[who], "") if name == "topics" else entry[who]
        slot = slots.get((entry["date"], entry.get("half") or entry.get("series") or ""))
        if person not in ids or slot is None:
            dropped += 1
            continue
        mine = found.setdefault(person, {})
        mine[slot] = tuple(dict.fromkeys((*mine.get(slot, ()), entry[what])))
    if dropped:
        notes.append(f"{dropped} {'entry' if dropped == 1 else 'entries'} of the published {name} "
                     f"{'is' if dropped == 1 else 'are'} of people or dates that are no longer in the program.")
    return found


def _slots(name: str, program: Program) -> dict[tuple[str, str], int]:
    """Date and half (or series) → slot."""
    days = {LAYERS[1]: program.half_days, LAYERS[2]: program.nights}.get(name) or program.session_days
    return {(s.day.isoformat(), s.half.name if s.half else s.series): s.index for s in days.slots}
