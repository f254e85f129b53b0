"""scheduler check: judge a schedule, whoever made it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import (
    BROKEN,
    FINE,
    ScheduleFile,
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
    from rich.console import Console

    from scheduler.domain.program import Program
    from scheduler.domain.verdict import Report
    from scheduler.io.any_schedule import AnySchedule


@click.command(name="check")
@program_argument
@click.argument("schedule", type=ScheduleFile())
@click.option("--all", "everything", is_flag=True, help="List the rules that hold, too.")
@click.option("--marked", "copy", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.xlsx",
              help="Write a copy of the workbook with the cells of broken rules marked, and a sheet of what is wrong.")
@click.option("--replace", is_flag=True, help="Write over an earlier marked copy.")
@as_json
@speaks_plainly
def command(program: Path, schedule: Path, everything: bool, copy: Path | None, replace: bool, as_json: bool) -> int:
    """Judge SCHEDULE against PROGRAM: every rule, every requirement, no solver.

    SCHEDULE is a schedule.json, our workbook (edited or not), or anybody's grid of fellows by weeks, blocks or months
    in xlsx or CSV.
    """
    from scheduler.cli import marking
    from scheduler.io.any_schedule import read_anything

    if copy is not None:
        marking.ready(copy, schedule, replace, as_json)
    facts = read(program)
    found = read_anything(schedule, facts)
    report = marking.judged(facts, found)
    if copy is not None:
        marking.write(copy, schedule, facts, found, report)
    if as_json:
        told = {**verdicts(facts, report), "not_judged": list(found.absent)}
        print_json(told | ({"marked": str(copy)} if copy is not None else {}))
    else:
        _show(facts, report, found, everything)
        if copy is not None:
            console().print(f"The marked copy is {copy}.", markup=False)
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


def _show(facts: Program, report: Report, found: AnySchedule, everything: bool) -> None:
    from scheduler.cli import marking

    out = console()
    for rule, violation in report.broken:
        out.print(f"✗ {violation.sentence}{marking.where(found, rule, violation)}", markup=False)
        out.print(f"    {rule.sentence}" + (f" ({rule.place})" if rule.place else ""), markup=False, style="dim")
    for hours in report.hours:
        for finding in hours.findings:
            out.print(f"{'–' if finding.should else '✗'} {finding.sentence}", markup=False)
            out.print(f"    {SOURCES[finding.rule]}", markup=False, style="dim")
    for verdict in report.rules:
        for waiver in verdict.waivers:
            out.print(f"– waived: {waiver.sentence}", markup=False)
    if everything:
        _rest(out, report, found)
    for line in marking.unjudged(facts, found):
        out.print(line, markup=False)
    held = sum(1 for v in report.rules if not v.violations)
    words = [o.verdict for o in report.owed]
    counts = ", ".join(f"{words.count(w)} {w}" for w in ("met", "assumed", "waived", "short", "over") if w in words)
    out.print(f"{held} of {plural(len(report.rules), 'rule')} held. Requirements: {counts or 'none'}.")
    if report.hours:
        broken = len(report.too_long)
        out.print("Work hours: " + (f"{plural(broken, 'limit')} broken." if broken else "every required limit holds."))
    for tier in report.tiers:
        out.print(f"{tier.name}: {tier.value}", markup=False)


def _rest(out: Console, report: Report, found: AnySchedule) -> None:
    """Every rule that must not be listed as broken: held, waived, measured, or broken at a priority."""
    from scheduler.cli import marking

    for verdict in report.rules:
        rule = verdict.rule
        if rule.priority is None and verdict.violations:
            continue
        values = "; ".join(f"{name}: {value}" for name, value in verdict.measures)
        sign = "–" if verdict.violations else "✓"
        out.print(f"{sign} {rule.sentence}" + (f" [{rule.priority}]" if rule.priority else "")
                  + (f" {values}" if values else ""), markup=False)
        for violation in verdict.violations:
            out.print(f"    {violation.sentence}{marking.where(found, rule, violation)}", markup=False)
