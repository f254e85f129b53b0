"""schedule.json: the schedule in full, canonical, for this and other programs to read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from scheduler.domain.result import Result
from scheduler.export.files import write_atomically

FORMAT = 1


def write_schedule(result: Result, path: Path) -> Path:
    """Write the schedule; equal results give equal bytes."""
    return write_atomically(path, json.dumps(schedule_dict(result), indent=1, ensure_ascii=False) + "\n")


def schedule_dict(result: Result) -> dict[str, Any]:
    """The content: which program it answers, what was proven, and each fellow's duties by period, with dates."""
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
        "tiers": [{"name": t.name, "value": t.value, "bound": t.bound, "large": t.large, "given": t.given}
                  for t in result.tiers],
        "periods": [{"start": p.start.isoformat(), "end": p.end.isoformat(), "label": p.label}
                    for p in program.year.periods],
        "fellows": [{"id": p.id, "name": p.name, "duties": [list(schedule.at(p, s)) for s in schedule.layer.slots]}
                    for p in schedule.people],
        "reasons": [{"fellow": w.fellow.id, "kind": w.kind, "rank": w.rank, "reason": w.reason}
                    for w in result.report.wishes if w.reason],
        "assumptions": [a.text for a in program.assumptions],
    }
