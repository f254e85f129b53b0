"""scheduler check: judge a schedule, whoever made it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import (
    BROKEN,
    FINE,
    as_json,
    console,
    plural,
    print_json,
    program_argument,
    read,
    speaks_plainly,
)
from scheduler.domain.duty_hours import SOURCES

if TYPE_CHECKING:
    from scheduler.domain.program import Program
    from scheduler.domain.verdict import Report


@click.command(name="check")
@program_argument
@click.argument("schedule", type=click.Path(path_type=Path, dir_okay=False))
@as_json
@speaks_plainly
def command(program: Path, schedule: Path, as_json: bool) -> int:
    """Judge SCHEDULE (a schedule.json) against PROGRAM: every rule, every requirement, no solver."""
    from scheduler.io.schedule_json import read_schedule
    from scheduler.year import check_year

    facts = read(program)
    found, _ = read_schedule(schedule, facts)
    report = check_year(facts, found)
    if as_json:
        print_json(verdicts(facts, report))
    else:
        _show(facts, report)
    return FINE if report.ok else BROKEN


def verdicts(facts: Program, report: Report) -> dict[str, Any]:
    """The JSON that other programs read: violations and requirements."""
    days = {layer.name: [day.isoformat() for day in dates] for layer, dates in facts.dates()}
    return {
        "status": "fine" if report.ok else "broken",
        "violations": [{
            "rule": v.rule.title, "who": [p.name for p in x.who],
            "layer": v.rule.layer_name, "when": list(dict.fromkeys(
                days[v.rule.layer_name][s] for s in x.when if s < len(days[v.rule.layer_name]))),
            "sentence": x.sentence, "amount": x.amount, "must_hold": v.rule.priority is None,
            "source": v.rule.source, "place": v.rule.place} for v in report.rules for x in v.violations],
        "requirements": [{
            "fellow": o.fellow.name, "rotation": o.what, "owed_min": o.owed_min, "owed_max": o.owed_max, "got": o.got,
            "unit": o.unit, "verdict": o.verdict, "by": o.by, "elective": o.elective, "source": o.source,
            "assumption": o.assumption} for o in report.owed],
        "work_hours": [{
            "fellow": h.fellow.name, "rule": f.rule, "sentence": f.sentence, "from": f.first.isoformat(),
            "to": f.last.isoformat(), "amount": round(f.amount, 2), "advised_only": f.should,
            "source": SOURCES[f.rule]} for h in report.hours for f in h.findings],
        "waived": [{"rule": v.rule.title, "sentence": w.sentence} for v in report.rules for w in v.waivers],
        "tiers": [{"name": t.name, "value": t.value} for t in report.tiers],
        "rules": [{"rule": v.rule.title, "sentence": v.rule.sentence, "verdict": v.word} for v in report.rules],
    }


def _show(facts: Program, report: Report) -> None:
    out = console()
    for rule, violation in report.broken:
        out.print(f"✗ {violation.sentence}", markup=False)
        out.print(f"    {rule.sentence}" + (f" ({rule.place})" if rule.place else ""), markup=False, style="dim")
    for hours in report.hours:
        for finding in hours.findings:
            out.print(f"{'–' if finding.should else '✗'} {finding.sentence}", markup=False)
            out.print(f"    {SOURCES[finding.rule]}", markup=False, style="dim")
    for verdict in report.rules:
        for waiver in verdict.waivers:
            out.print(f"– waived: {waiver.sentence}", markup=False)
    held = sum(1 for v in report.rules if not v.violations)
    words = [o.verdict for o in report.owed]
    counts = ", ".join(f"{words.count(w)} {w}" for w in ("met", "assumed", "waived", "short", "over") if w in words)
    out.print(f"{held} of {plural(len(report.rules), 'rule')} held. Requirements: {counts or 'none'}.")
    if report.hours:
        broken = len(report.too_long)
        out.print("Work hours: " + (f"{plural(broken, 'limit')} broken." if broken else "every required limit holds."))
    for tier in report.tiers:
        out.print(f"{tier.name}: {tier.value}", markup=False)
