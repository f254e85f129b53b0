"""scheduler solve: make the year, prove it, check it, write it."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import (
    DISAGREE,
    FINE,
    IMPOSSIBLE,
    NOT_FOUND,
    ScheduleFile,
    as_json,
    as_of,
    console,
    plural,
    print_json,
    program_argument,
    read,
    ready,
    replace,
    speaks_plainly,
    stop,
)
from scheduler.cli.live import Live
from scheduler.domain.layer import LAYERS

if TYPE_CHECKING:
    from scheduler.domain.program import Program
    from scheduler.domain.result import Result
    from scheduler.domain.schedule import Schedule
    from scheduler.solve.driver import Outcome
    from scheduler.year import Disagreement


@click.command(name="solve")
@program_argument
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for everything made.")
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
              help="Stop after so long and keep the best found (default: until proven).")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same year.")
@click.option("--workers", type=click.IntRange(1, 8), default=1, show_default=True,
              help="Solver threads. One is quickest up to a hundred people; beyond, several may help. With several the "
              "year may differ from run to run.")
@click.option("--engine", type=click.Choice(["local", "processes", "ray"]), default=None,
              help="Where large programs' parts are solved: in this process (the default for one worker), in processes "
              "(for several), or on a Ray cluster (RAY_ADDRESS, else a local one; pip install 'rotation-year[ray]').")
@click.option("--hint", type=ScheduleFile(), metavar="SCHEDULE",
              help="An earlier schedule.json to start from.")
@replace
@as_of
@as_json
@speaks_plainly
def command(program: Path, output: Path | None, time_limit: float | None, seed: int, workers: int, engine: str | None,
            hint: Path | None, replace: bool, as_of: date | None, as_json: bool) -> int:
    """Make the year for PROGRAM. Ctrl-C keeps the best schedule found so far."""
    from scheduler.export.ahead import make_ready
    from scheduler.solve.settings import MissingEngine, Settings
    from scheduler.year import Disagreement, NoSchedule, plan_year

    facts = read(program)
    if output is not None:
        ready(output, replace, as_json)
        make_ready()
    settings = Settings(seed=seed, workers=workers, seconds=time_limit, engine=engine)
    earlier = None
    if hint is not None:
        earlier = _hint(hint, facts)
    try:
        with Live(as_json) as live:
            result = plan_year(facts, settings, hint=earlier, progress=live.tell)
    except MissingEngine as missing:
        stop(str(missing), as_json)
    except NoSchedule as none:
        return _no_schedule(facts, none.outcome, as_json)
    except Disagreement as bug:
        return _disagreement(facts, bug, output, as_json)
    written = _write(result, output, as_of, as_json) if output is not None else []
    _say(result, output, written, as_json)
    return FINE


def _hint(path: Path, facts: Program) -> Schedule:
    """The schedule to start from. Raises BadInput, with the name of the option, when the file is none."""
    from scheduler.io.problems import BadInput
    from scheduler.io.schedule_json import read_schedule
    try:
        return read_schedule(path, facts)[0]
    except BadInput as bad:
        raise BadInput(dataclasses.replace(
            p, message=f"--hint: {p.message}", remedy=f"{p.remedy} Or leave out --hint.".strip())
            for p in bad.problems) from None


def _write(result: Result, output: Path, as_of: date | None, as_json: bool, after: int = 0) -> list[Path]:
    """Everything into the folder; the schedule first, so that a workbook open in Excel cannot lose it.

    Its version is the next of those that stand there and ``after``.
    """
    from scheduler.year import write_year

    path = output / "schedule.json"
    result = dataclasses.replace(result, version=max(_version(path), after) + 1)
    try:
        return write_year(result, output, as_of)
    except OSError as error:
        stop(f"{error.filename2 or error.filename or output}: {error.strerror or error}. Close it if it is open "
             "elsewhere. " + (f"The schedule itself is safe in {path}; write the other files with: scheduler export "
                              f"{result.program.place} {path} -o {output} --replace" if path.exists() else ""), as_json)


def _version(path: Path) -> int:
    """The version of the schedule that stands there now; 0 when there is none."""
    import json
    try:
        return int(json.loads(path.read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def summary(result: Result) -> dict[str, Any]:
    """The JSON that other programs read."""
    return {
        "status": result.status, "seconds": round(result.seconds, 3),
        "seed": result.run.get("seed"),
        "tiers": [{"name": t.name, "value": t.value, "bound": t.bound, "proven": t.proven,
                   "layer": t.layer, "given_unproven_tiers_before": t.given} for t in result.tiers],
        "rules": len(result.report.rules), "assumptions": len(result.program.assumptions)}


def _say(result: Result, output: Path | None, written: list[Path], as_json: bool) -> None:
    if as_json:
        print_json({**summary(result), "written": [str(p) for p in written]})
        return
    from rich.table import Table
    out = console()
    proven = "proven best in every tier" if result.status == "optimal" else "not proven best; the gap is below"
    out.print(f"[bold]{result.program.name}[/bold]: a year for {plural(len(result.schedule.people), 'fellow')}, "
              f"{proven}, in {result.seconds:.1f} s. All {len(result.report.rules)} rules were checked again without "
              "the solver.")
    if result.tiers:
        table = Table()
        for head in ("In this order", "value", "proven bound", ""):
            table.add_column(head, justify="left" if head in ("In this order", "") else "right")
        for tier in result.tiers:
            word = "proven" if tier.proven else "not proven"
            if tier.layer != LAYERS[0]:
                word += ", given the rotation year"
            table.add_row(tier.name, str(tier.value), str(tier.bound), word + (", given that" if tier.given else ""))
        out.print(table)
    for _, finding in result.report.too_long[:5]:
        out.print(f"[red]Work hours:[/red] {finding.sentence}")
    waived = [w.sentence for v in result.report.rules for w in v.waivers]
    for sentence in waived[:5]:
        out.print(f"Waived: {sentence}", markup=False)
    refused = [w for w in result.report.wishes if not w.granted]
    if result.report.wishes:
        out.print(f"Requests: {len(result.report.wishes) - len(refused)} of {len(result.report.wishes)} granted.")
    out.print(f"Assumed: {plural(len(result.program.assumptions), 'value')} that the program's documents do not give; "
              "every report lists them.")
    if output is None:
        out.print("Nothing was written; add -o FOLDER to keep the schedule, workbook, report and calendars.")
    else:
        out.print(f"\nOpen [bold]{output / 'report.html'}[/bold] in a browser, [bold]{output / 'schedule.xlsx'}[/bold] "
                  f"in Excel or LibreOffice, or import a fellow's file from [bold]{output / 'calendars'}[/bold].")


def _no_schedule(facts: Program, outcome: Outcome, as_json: bool) -> int:
    """Say why: in numbers where counting is enough, else by the smallest set of rules that cannot all hold."""
    from scheduler.explain.conflicts import explain

    if outcome.status != "impossible":
        if as_json:
            print_json({"status": outcome.status, "seconds": round(outcome.seconds, 3), "tiers": [], "reasons": []})
        else:
            click.echo(f"No schedule was found in {outcome.seconds:.0f} s, and none was proven impossible. "
                       "Give it more time (--time-limit).", err=True)
        return NOT_FOUND
    if not as_json:
        click.echo("No schedule can keep every rule that must hold: this is proven.", err=True)
    with Live(as_json, "Finding out why …") as live:
        found = explain(facts.layers(), facts.rules, seconds=30, tell=live.say,
                        heard=lambda lines: live.aside(lines, err=True))
    if as_json:
        print_json({"status": outcome.status, "seconds": round(outcome.seconds, 3), "tiers": [],
                    "reasons": found.lines()})
    else:
        for line in found.last():
            click.echo(line, err=True)
        click.echo(f"What would help: scheduler explain {facts.place}", err=True)
    return IMPOSSIBLE


def _disagreement(facts: Program, bug: Disagreement, output: Path | None, as_json: bool) -> int:
    """Keep what is needed to find our bug, and show nobody the schedule."""
    import json

    from scheduler.export.files import write_atomically
    place = (output or Path()) / "disagreement.json"
    write_atomically(place, json.dumps({"program": facts.place, "digest": facts.digest, "differences": bug.sentences,
                                        "cells": bug.cells}, indent=1))
    if as_json:
        print_json({"status": "disagreement", "differences": list(bug.sentences), "written": [str(place)]})
    else:
        click.echo("The solver and the checker disagree. This is a mistake in this software, not in your program; no "
                   f"schedule was written. Please report it with the file {place}.", err=True)
        for sentence in bug.sentences[:10]:
            click.echo(f"  • {sentence}", err=True)
    return DISAGREE
