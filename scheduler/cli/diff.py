"""scheduler diff: what differs between two schedules, by fellow, by week and by rule, and a notice for each fellow."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import (
    ScheduleFile,
    as_json,
    console,
    print_json,
    program_argument,
    read,
    replace,
    speaks_plainly,
    stop,
)
from scheduler.domain.words import listing

if TYPE_CHECKING:
    from scheduler.comparing import Comparison
    from scheduler.domain.program import Program
    from scheduler.domain.schedule import Schedule


@click.command(name="diff")
@program_argument
@click.argument("old", type=ScheduleFile())
@click.argument("new", type=ScheduleFile())
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False),
              help="Folder for a workbook with the changed cells marked, and a notice for each fellow concerned.")
@replace
@as_json
@speaks_plainly
def command(program: Path, old: Path, new: Path, output: Path | None, replace: bool, as_json: bool) -> None:
    """Say what differs between the schedules OLD and NEW of PROGRAM: by fellow, by week and by rule.

    Each may be a schedule.json, a workbook or a plain grid.
    """
    from scheduler.comparing import compare_schedules, in_the_way, write_comparison

    facts = read(program)
    schedules = _both(facts, old, new)
    stamps = [_stamp(path) for path in (old, new)]
    found = compare_schedules(facts, *schedules, (stamps[0][0], stamps[1][0]), (stamps[0][1], stamps[1][1]))
    written: list[Path] = []
    if output is not None and found.changes:
        if (there := in_the_way(found, output)) and not replace:
            stop(f"{output} already holds {listing([p.name for p in there], most=3)}. Use --replace to write over "
                 f"{'it' if len(there) == 1 else 'them'}, or give another folder.", as_json)
        written = write_comparison(found, output)
    if as_json:
        print_json({**differences(found), "written": [str(p) for p in written]})
    else:
        from scheduler.cli.diff_words import said
        for line in said(found, written):
            console().print(line, markup=False)


def _both(facts: Program, old: Path, new: Path) -> tuple[Schedule, Schedule]:
    """Both schedules. A schedule.json knows kinds of private leave that a workbook calls Away: it is read first."""
    from scheduler.io.any_schedule import read_any_schedule, read_anything

    if old.suffix.casefold() != ".json" and new.suffix.casefold() == ".json":
        later = read_any_schedule(new, facts)
        return read_anything(old, facts, later).schedule, later
    earlier = read_any_schedule(old, facts)
    return earlier, read_anything(new, facts, earlier).schedule


def _stamp(path: Path) -> tuple[datetime, int]:
    """When a schedule was made, and its version; of other files than ours, when they were last written."""
    import json
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        return datetime.fromisoformat(data["made"]).astimezone(UTC), int(data["version"])
    except (OSError, ValueError, KeyError, TypeError):
        there = path if path.exists() else path.parent              # “year.xlsx!Plan B” names a sheet of year.xlsx
        return datetime.fromtimestamp(there.stat().st_mtime, UTC).replace(microsecond=0), 1


def differences(found: Comparison) -> dict[str, Any]:
    """The JSON that other programs read."""
    from scheduler.check.differences import by_period

    layers = {layer.name: layer for layer in found.program.layers()}
    days = {layer.name: [day.isoformat() for day in dates] for layer, dates in found.program.dates()}
    entries = {change: {"layer": change.layer, "fellow": change.person.name, "id": change.person.id,
                        "date": days[change.layer][change.slot], "slot": change.slot, "when":
                        layers[change.layer].when([change.slot]), "before": list(change.before),
                        "after": list(change.after)} for change in found.changes}
    judged = found.verdicts
    return {
        "status": "different" if found.changes else "the same", "cells": len(found.changes),
        "people": [p.name for p in found.people], "not_compared": list(found.left_out),
        "changes": list(entries.values()),
        "weeks": [{"from": days["rotations"][period], "changes": [entries[c] for c in mine]}
                  for period, mine in by_period(layers, found.changes).items()],
        "rules": [{"rule": r.rule.title, "sentence": r.rule.sentence, "must_hold": r.rule.priority is None,
                   "before": r.before.word, "after": r.after.word, "no_longer": list(r.gone), "new": list(r.new),
                   "measures": [{"name": n, "before": was, "after": now} for n, was, now in r.measured]}
                  for r in judged.rules],
        "tiers": [{"name": now.name, "before": was.value, "after": now.value, "more_is_better": now.large}
                  for was, now in judged.tiers],
        "requirements": [{"fellow": now.fellow.name, "rotation": now.what, "unit": now.unit, "before": {
            "got": was.got, "verdict": was.verdict}, "after": {"got": now.got, "verdict": now.verdict}}
            for was, now in judged.owed],
        "wishes": {word: [{"fellow": w.fellow.name, "text": w.text, "rank": w.rank} for w in wishes]
                   for word, wishes in (("gained", judged.gained), ("lost", judged.lost))},
        "work_hours": {"no_longer": list(judged.hours_gone), "new": list(judged.hours_new)},
        "notices": [{"fellow": n.person.name, "subject": n.subject, "lines": list(n.lines),
                     "calendar": [c.words for c in n.events]} for n in found.notices]}
