"""One solver on one instance, in a process of its own: ``python -m benchmarks.one`` prints a line of JSON at the end.

Started by ``benchmarks.run``, which measures the process's memory and ends it when it does not end by itself.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import yaml

from benchmarks.corpus import EVERY, Instance
from benchmarks.found import Found, Step, Watch
from scheduler.check.duty_times import judge_year
from scheduler.domain.collection import collect_rarely
from scheduler.domain.program import Program
from scheduler.domain.schedule import Schedule
from scheduler.solve.layered import solve_layers
from scheduler.solve.settings import Settings

#: what the product loads when it first solves
LIBRARIES = ("ortools.sat.python.cp_model_helper", "ortools.math_opt.core.python.solver",
             *(f"ortools.math_opt.{name}_pb2" for name in ("callback", "model_parameters", "parameters", "model")),
             "ortools.pdlp.solvers_pb2")
SOLVERS = ("ours", "plain", "highs", "year")


def settings_of(options: Mapping[str, str]) -> Settings:
    """The product's settings, each option read as YAML (``2``, ``[a, b]``); TypeError for a field that is not there."""
    known = [f.name for f in fields(Settings)]
    if unknown := set(options) - set(known):
        raise TypeError(f"There is no setting {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
    typed = {name: yaml.safe_load(value) for name, value in options.items()}
    changed: Any = {n: tuple(v) if isinstance(v, list) else v for n, v in typed.items()}
    return replace(Settings(), **changed)


def ours(program: Program, settings: Settings) -> Found:
    """The product's own solver, with its progress as the watch; as with the others, libraries are loaded before it."""
    for name in LIBRARIES:
        import_module(name)
    watch = Watch()
    stage: list[str] = []

    def progress(name: str, best: int | None, bound: int | None, seconds: float) -> None:
        if stage[-1:] != [name]:
            stage.append(name)
            watch.value = None
        if best is not None:
            watch.found(best)

    outcome = solve_layers(program.layers(), program.rules, program.priorities, settings, progress=progress)
    steps = tuple(Step(t.name, t.value, t.bound, t.seconds) for t in outcome.tiers)
    return Found(outcome.status, steps, None, watch.first, watch.best, watch.now(), outcome.sizes, outcome.cells or {})


def run(program: Program, solver: str, seconds: float, settings: Settings) -> tuple[Found, str]:
    """What the solver found, and which model it was."""
    if solver == "ours":
        return ours(program, replace(settings, seconds=seconds)), "layers"
    if solver == "highs":
        from benchmarks.highs import solve_highs

        return solve_highs(program, seconds), "posted"
    from benchmarks.plain import solve_plain
    from benchmarks.posted import solve_posted

    try:
        return solve_plain(program, seconds), "by hand"
    except NotImplementedError:
        return solve_posted(program, seconds), "posted"


def checked(program: Program, found: Found) -> dict[str, Any]:
    """What the independent checker says of the schedule: whether it holds, and is as good as claimed in every stage.

    A stage left unproven may be better than the solver's own sum, whose helpers need not be tight.
    """
    if not found.cells:
        return {}
    schedule = Schedule.joined([(layer, found.cells[layer.name]) for layer in program.layers()])
    report = judge_year(program, schedule)
    tiers = {tier.name: tier for tier in report.tiers}
    agrees = all(step.value is None or (tier := tiers.get(step.name)) is None or (
        tier.value >= step.value if tier.large else tier.value <= step.value) for step in found.steps)
    return {"holds": not report.broken, "agrees": agrees,
            "checked": [tiers[s.name].value if s.name in tiers else None for s in found.steps]}


def reading_to_exports(instance: Instance, settings: Settings) -> dict[str, Any]:
    """Wall seconds of the whole story: read, solve (checked, with the reasons for refused requests), write."""
    from scheduler.export.ahead import make_ready
    from scheduler.year import plan_year, write_year

    began = time.monotonic()
    program = instance.program()
    read = time.monotonic()
    make_ready()
    result = plan_year(program, settings)
    solved = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        files = write_year(result, Path(folder))
    ended = time.monotonic()
    return {"status": result.status, "steps": [{"name": t.name, "value": t.value, "bound": t.bound} for t in
            result.tiers], "seconds": ended - began, "read": read - began, "solve": result.seconds,
            "check_and_reasons": solved - read - result.seconds, "export": ended - solved, "files": len(files)}


@click.command(help=__doc__.splitlines()[0])
@click.argument("name")
@click.argument("solver", type=click.Choice(SOLVERS))
@click.option("--limit", type=float, default=120.0, show_default=True, help="wall seconds for the solver")
@click.option("--set", "options", multiple=True, help="one of the product's settings: workers=2")
def main(name: str, solver: str, limit: float, options: tuple[str, ...]) -> None:
    """Run and print the record."""
    collect_rarely()                    # as the commands do; for every solver
    instance = EVERY[name]
    settings = settings_of(dict(option.split("=", 1) for option in options))
    if solver == "year":
        click.echo(json.dumps(reading_to_exports(instance, settings)))
        return
    began = time.monotonic()
    program = instance.program()
    read = time.monotonic() - began
    found, model = run(program, solver, limit, settings)
    record = asdict(replace(found, cells={}))
    del record["cells"]
    layer = program.layer()
    click.echo(json.dumps({**record, "model": model, "read": read, "people": len(layer.people),
                           "periods": len(layer.slots), "duties": len(layer.duties), "rules": len(program.rules),
                           **checked(program, found)}))


if __name__ == "__main__":
    main()
