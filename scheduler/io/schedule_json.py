"""Reading a schedule.json back, against the program it is meant for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from scheduler.check.duty_times import judge_year
from scheduler.domain.calendar import say_date
from scheduler.domain.days import CALL, CONFERENCES, HALF_DAYS, TOPICS, Days
from scheduler.domain.fingerprint import same_program, same_schedule
from scheduler.domain.layer import LAYERS
from scheduler.domain.program import Program
from scheduler.domain.result import Result, Tier
from scheduler.domain.schedule import Cells, Schedule
from scheduler.domain.verdict import Report
from scheduler.io.given_file import given
from scheduler.io.problems import BadInput, Place, Problem, Refused, did_you_mean

#: 1 is the rotation year alone; 2 has the layers below it too
FORMATS = (1, 2)
WRITTEN = "Give the schedule.json that `scheduler solve` wrote."


def read_schedule(path: Path, program: Program) -> tuple[Schedule, dict[str, Any]]:
    """The schedule, with the layers below the rotations beside it, and everything else the file says.

    The program may have changed since (that is what checking is for), but fellows, duties and dates must be known. A
    layer that the file does not have is empty: what the program owes in it is then short.
    Raises BadInput with every problem; OSError when the file cannot be opened.
    """
    data = load(path.name, given(path, (".json",), WRITTEN))
    problems = list(_problems(path, data, program))
    if problems:
        raise BadInput(problems)
    rotations = {row["id"]: {slot: tuple(duties) for slot, duties in enumerate(row["duties"]) if duties}
                 for row in data["fellows"]}
    top, *below = program.layers()
    return Schedule.joined([(top, rotations), *((layer, _below(layer.name, data, program)) for layer in below)]), data


def read_result(path: Path, program: Program) -> Result:
    """The whole result, judged again: what was proven is kept only if the program is still the same, and the file has
    all its layers. A repair's program is the same when its file says what the repair was told, wherever."""
    schedule, data = read_schedule(path, program)
    report = judge_year(program, schedule)
    same = _same(data, program, schedule) and all(_BELOW[name][0] in data for name in schedule.beside)
    tiers = tuple(Tier(t["name"], t["value"], t["bound"], t["large"], given=t["given"],
                       layer=str(t.get("layer", LAYERS[0]))) for t in data["tiers"]) if same else ()
    return Result(program, schedule, _with_reasons(report, data), data["status"] if same else "feasible", tiers,
                  datetime.fromisoformat(data["made"]), data["seconds"], data["version"], data["run"])


def _same(data: dict[str, Any], program: Program, schedule: Schedule) -> bool:
    """Whether what was proven was proven of this program and, where it was a repair, of this schedule."""
    repair = data["run"].get("repair")
    if isinstance(repair, dict) and "program" in repair:
        return bool(repair["program"] == same_program(program) and repair.get("schedule") == same_schedule(schedule))
    return bool(data["program"]["digest"] == program.digest)


def _with_reasons(report: Report, data: dict[str, Any]) -> Report:
    reasons = {(r["fellow"], r["kind"], r["rank"]): r["reason"] for r in data.get("reasons", ())}
    wishes = tuple(replace(w, reason=reasons.get((w.fellow.id, w.kind, w.rank), "")) for w in report.wishes)
    return replace(report, wishes=wishes)


def load(name: str, data: bytes) -> dict[str, Any]:
    """The content of a schedule.json, of the shape that this module relies on. Raises BadInput when it is not."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        place = Place(name, getattr(error, "lineno", 0), getattr(error, "colno", 0))
        raise BadInput([Problem(place, "This is not a schedule.json.", WRITTEN)]) from None
    if isinstance(found, dict) and "format" in found and found["format"] not in FORMATS:
        raise BadInput([Problem(Place(name), f"This schedule has format {found['format']}; this program reads "
                                f"formats {' and '.join(map(str, FORMATS))}.",
                                "Use the version of the program that wrote it, or solve again.")])
    if not _shape(found, _FILE) or not all(_shape(found.get(key, []), [of]) for key, of in _PARTS.items()):
        raise BadInput([Problem(Place(name), "This is not a schedule.json, or parts of it are missing or damaged.",
                                WRITTEN)])
    return found


def _is_time(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


_NUMBER = (int, float, type(None))
_FILE: dict[str, Any] = {
    "program": {"digest": str}, "version": int, "made": _is_time, "status": str, "seconds": (int, float), "run": dict,
    "tiers": [{"name": str, "value": int, "bound": _NUMBER, "large": bool, "given": object}],
    "periods": [{"start": str, "end": str}], "fellows": [{"id": str, "duties": [[str]]}],
}
#: lists that a file may have or not
_PARTS: dict[str, Any] = {
    "reasons": {"fellow": str, "kind": str, "rank": int, "reason": str},
    "half_days": {"fellow": str, "date": str, "half": str, "duty": str},
    "call": {"fellow": str, "date": str, "role": str},
    "conferences": {"date": str, "series": str, "role": str, "presenter": str},
    "topics": {"date": str, "series": str, "topic": str},
}


def _shape(value: Any, wanted: Any) -> bool:
    """Whether a JSON value has this shape: a dict of needed keys, a list of one shape, a type, or a test."""
    if isinstance(wanted, dict):
        return isinstance(value, dict) and all(key in value and _shape(value[key], of) for key, of in wanted.items())
    if isinstance(wanted, list):
        return isinstance(value, list) and all(_shape(item, wanted[0]) for item in value)
    if callable(wanted) and not isinstance(wanted, type):
        return bool(wanted(value))
    return isinstance(value, wanted)


def _problems(path: Path, data: dict[str, Any], program: Program) -> Iterator[Problem]:
    """What does not fit the program: other dates, unknown fellows or duties, holes in the file."""
    place, periods = Place(path.name), program.year.periods
    if [p["start"] for p in data["periods"]] != [p.start.isoformat() for p in periods]:
        yield Problem(place, f"This schedule has other dates ({len(data['periods'])} periods from "
                      f"{data['periods'][0]['start'] if data['periods'] else 'nowhere'}) than the program "
                      f"({len(periods)} from {periods[0].start}).", "Take the schedule of this year and program.")
        return
    people = {p.id for p in program.people}
    duties = [d.name for d in program.duties]
    for row in data["fellows"]:
        if row["id"] not in people:
            yield Problem(place, f"{row.get('name', row['id'])} is not in the program.",
                          did_you_mean(row["id"], sorted(people)))
        if len(row["duties"]) != len(periods):
            yield Problem(place, f"{row.get('name', row['id'])} has {len(row['duties'])} periods instead of "
                          f"{len(periods)}.", "Take the file as it was written.")
        for duty in dict.fromkeys(d for cell in row["duties"] for d in cell):
            if duty not in duties:
                yield Problem(place, f"“{duty}” is no rotation or leave of the program.", did_you_mean(duty, duties))
    for person in program.people:
        if person.id not in {row["id"] for row in data["fellows"]}:
            yield Problem(place, f"{person} has no row in this schedule.", "Solve again with the changed program.")
    for name in _BELOW:
        yield from _problems_below(place, name, data, program)


#: layer → its key in the file, the key of what is done in an entry, and what that is
_BELOW = {HALF_DAYS: ("half_days", "duty", "clinic, short rotation or leave by the day"),
          CALL: ("call", "role", "call role"), CONFERENCES: ("conferences", "role", "conference with presenters"),
          TOPICS: ("topics", "topic", "topic")}
#: the key of the person of an entry; a topic is the series' own
_WHO = {HALF_DAYS: "fellow", CALL: "fellow", CONFERENCES: "presenter", TOPICS: "series"}


def _below(name: str, data: dict[str, Any], program: Program) -> Cells:
    """The cells of a layer below the rotations, from a file without problems."""
    key, word, _ = _BELOW[name]
    cells: dict[str, dict[int, tuple[str, ...]]] = {}
    keys = {series.name: series.key for series in program.series}
    for entry in data.get(key, ()):
        who = entry[_WHO[name]]
        mine = cells.setdefault(keys[who] if name == TOPICS else who, {})
        slot = _slot(entry, _days(name, program))
        mine[slot] = tuple(dict.fromkeys((*mine.get(slot, ()), entry[word])))
    return cells


def _days(name: str, program: Program) -> Days:
    return {HALF_DAYS: program.half_days, CALL: program.nights}.get(name) or program.session_days


def _slot(entry: dict[str, str], days: Days) -> int:
    """The slot that an entry's date and half name. Raises Refused when there is none."""
    try:
        day = date.fromisoformat(entry["date"])
    except ValueError:
        raise Refused(f"“{entry['date']}” is not a date.", "Write year-month-day: 2026-09-16.") from None
    if not days.year.start <= day <= days.year.end:
        raise Refused(f"{say_date(day, year=True)} is outside the year ({days.year.start} to {days.year.end}).",
                      "Check the year of the date.")
    if days.noun == "session":
        for slot in days.on(day):
            if days.slots[slot].series == entry["series"]:
                return slot
        raise Refused(f"There is no session of {entry['series']} on {say_date(day, year=True)}.",
                      "Solve again with the changed program.")
    slots = {half.name if (half := days.slots[s].half) else None: s for s in days.on(day)}
    if not slots:
        raise Refused(f"{say_date(day, year=True)} is no working day of the program.", "Choose another date.")
    if entry.get("half") not in slots:
        raise Refused(f"“{entry.get('half')}” is no half of a working day.", f"Write {' or '.join(map(str, slots))}.")
    return slots[entry.get("half")]


def _problems_below(place: Place, name: str, data: dict[str, Any], program: Program) -> Iterator[Problem]:
    """What does not fit the program in a layer below the rotations."""
    key, word, noun = _BELOW[name]
    known = [duty for layer in program.layers()[1:] if layer.name == name for duty in layer.duties]
    people, rows = {p.id for p in program.people}, {row["id"] for row in data["fellows"]}
    if name in (CONFERENCES, TOPICS):
        people = {s.name for s in program.series} if name == TOPICS else {p.id for p in program.presenters}
    entries = data.get(key, ())
    for fellow in dict.fromkeys(entry[_WHO[name]] for entry in entries):
        if fellow not in people | rows:                 # those with a row are told there
            yield Problem(place, f"{key}: {fellow} is not in the program.", did_you_mean(fellow, sorted(people)))
    for duty in dict.fromkeys(entry[word] for entry in entries):
        if duty not in known:
            yield Problem(place, f"{key}: “{duty}” is no {noun} of the program.", did_you_mean(duty, known))
    for entry in entries:
        try:
            _slot(entry, _days(name, program))
        except Refused as refused:
            yield Problem(place, f"{key}: {refused.message}", refused.remedy)
