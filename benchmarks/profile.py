"""Where the time goes beside solving: reading, building, checking and exporting a large program; one changed request.

``python -m benchmarks.profile [--people 200 --rotations 40] [--top 15] [-o RESULTS.json]`` prints seconds for each step
and keeps them in a results file; ``--top`` adds the costliest functions of each. The large program's schedule is the
generator's hidden one, so that nothing is solved.
"""

from __future__ import annotations

import cProfile
import gc
import io
import json
import pstats
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from benchmarks.corpus import CORPUS
from benchmarks.generate import generate
from constraints import RankedRequests
from scheduler.check.duty_times import judge_year
from scheduler.domain.program import Program
from scheduler.domain.result import Result
from scheduler.domain.schedule import Schedule
from scheduler.io.program_file import read_program
from scheduler.solve.layered import solve_layers
from scheduler.solve.posting import post
from scheduler.solve.settings import Settings
from scheduler.year import write_year


@dataclass
class Stopwatch:
    """Wall and processor seconds for each step by name; with ``top``, each step is run under the profiler once more."""

    top: int = 0
    seconds: dict[str, tuple[float, float]] = field(default_factory=dict)

    def step(self, name: str, work: Callable[[], Any]) -> Any:
        """Do it, time it, say it."""
        gc.collect()                                # what the step before left behind is not this one's cost
        began, cpu = time.perf_counter(), time.process_time()
        done = work()
        self.seconds[name] = wall, busy = time.perf_counter() - began, time.process_time() - cpu
        click.echo(f"{name:<42} {wall:8.2f} s {busy:8.2f} s")
        if self.top:
            profile, text = cProfile.Profile(), io.StringIO()
            profile.runcall(work)
            pstats.Stats(profile, stream=text).strip_dirs().sort_stats("cumulative").print_stats(self.top)
            click.echo(text.getvalue())
        return done


def large(watch: Stopwatch, people: int, rotations: int) -> None:
    """Reading, building, checking, exporting a made-up program of many people."""
    with tempfile.TemporaryDirectory() as folder:
        made = generate(people, 52, rotations, seed=1, family="runs")
        path = made.write(Path(folder) / "program.yaml")
        program = watch.step(f"read {people} × 52 × {rotations}", lambda: read_program(path))
        watch.step("build (post every rule)", lambda: post(program.layers(), program.rules, program.priorities))
        schedule = Schedule(program.layer(), made.witness)
        report = watch.step("check", lambda: judge_year(program, schedule))
        must = replace(program, rules=tuple(rule for rule in program.rules if rule.priority is None))
        watch.step("check, without the preferences", lambda: judge_year(must, schedule))
        result = Result(program, schedule, report, "feasible", (), datetime.now(UTC).replace(microsecond=0))
        exports(watch, result, Path(folder))


def exports(watch: Stopwatch, result: Result, folder: Path) -> None:
    """Each file by itself, then all of them as ``solve`` writes them."""
    from scheduler.export.calendars import write_calendars
    from scheduler.export.report import write_report
    from scheduler.export.schedule_json import write_schedule
    from scheduler.export.workbook import write_workbook

    watch.step("export: schedule.json", lambda: write_schedule(result, folder / "schedule.json"))
    watch.step("export: workbook", lambda: write_workbook(result, folder / "schedule.xlsx"))
    watch.step("export: report", lambda: write_report(result, folder / "report.html"))
    watch.step(f"export: {len(result.program.people)} calendars",
               lambda: write_calendars(result, folder / "calendars"))
    watch.step("export: everything", lambda: write_year(result, folder / "year"))


def changed_request(watch: Stopwatch, settings: Settings) -> None:
    """Mayo with all layers: solve, take the dearest wish of one fellow away, solve again from the first year."""
    program = watch.step("read Mayo", CORPUS["mayo"].program)
    layers = program.layers()
    first = watch.step("solve Mayo, all layers", lambda: solve_layers(layers, program.rules, program.priorities,
                                                                      settings))
    other = without_one(program)
    again = watch.step("solve again, one request changed", lambda: solve_layers(
        layers, other.rules, other.priorities, settings, hint=first.cells))
    click.echo("  " + "; ".join(f"{t.name}: {t.value} ({'proven' if t.proven else t.bound}, {t.seconds:.2f} s)"
                                for t in again.tiers))
    week = [replace_layers(p, layers[0].name) for p in (program, other)]
    top = watch.step("solve Mayo, rotations only", lambda: solve_layers(layers[:1], *week[0], settings))
    watch.step("rotations again, one request changed", lambda: solve_layers(
        layers[:1], *week[1], settings, hint=top.cells))


def replace_layers(program: Program, layer: str) -> tuple[list[Any], tuple[str, ...]]:
    """The rules of one layer, and the priorities."""
    return [rule for rule in program.rules if rule.layer_name == layer], program.priorities


def without_one(program: Program) -> Program:
    """The same program without the first wish of its first fellow."""
    def fewer(rule: Any) -> Any:
        if isinstance(rule, RankedRequests) and rule.layer_name == "rotations":
            return replace(rule, wishes_for=rule.wishes_for[1:])
        return rule

    return replace(program, rules=tuple(fewer(rule) for rule in program.rules))


@click.command(help=__doc__.splitlines()[0])
@click.option("--people", type=int, default=200, show_default=True)
@click.option("--rotations", type=int, default=40, show_default=True)
@click.option("--top", type=int, default=0, help="so many of the costliest functions of each step")
@click.option("--only", type=click.Choice(["large", "mayo"]), help="one half of it")
@click.option("-o", "--output", type=click.Path(exists=True, path_type=Path), help="a results file to add the steps to")
def main(people: int, rotations: int, top: int, only: str | None, output: Path | None) -> None:
    """Both halves."""
    click.echo(f"{'step':<42} {'wall':>10} {'processor':>10}")
    watch = Stopwatch(top)
    if only != "mayo":
        large(watch, people, rotations)
    if only != "large":
        changed_request(replace(watch, top=0), Settings())
    if output is not None:
        results = json.loads(output.read_text(encoding="utf-8"))
        results["steps"] = [{"step": name, "wall": wall, "processor": busy}
                            for name, (wall, busy) in watch.seconds.items()]
        output.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
