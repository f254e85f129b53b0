"""The benchmark: a fixed corpus, our solver beside the obvious alternatives, each in a fresh process, one at a time.

``python -m benchmarks.run [--quick] [--only NAME…] [--limit 120] [--engine …] [--set workers=2] [-o FILE]`` writes a
JSON file of everything measured and prints the table; ``--curves`` adds what the curves are drawn from.
``--deterministic`` solves the small instances with one worker and a fixed seed until they are proven, and prints values
only: what the regression test compares.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from benchmarks.corpus import CORPUS, CURVES, EVERY, SMALL, Instance
from benchmarks.machine import facts
from benchmarks.one import ours
from benchmarks.table import table
from scheduler.solve.settings import Settings

RESULTS = Path(__file__).parent / "results"
#: seconds on top of the limit for reading, checking and writing; then the process is ended
GRACE = 420.0
ALTERNATIVES = ("plain", "highs")


def measured(name: str, solver: str, limit: float, options: Sequence[str]) -> dict[str, Any]:
    """Run one solver on one instance in a process of its own; its record, with peak memory in MB."""
    command = [sys.executable, "-m", "benchmarks.one", name, solver, "--limit", str(limit)]
    command += [f"--set={option}" for option in options]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, start_new_session=True)
        clock = threading.Timer(limit + GRACE, lambda: os.killpg(process.pid, signal.SIGKILL))
        clock.start()
        _, status, usage = os.wait4(process.pid, 0)
        clock.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        said, wrong = out.read().decode(), err.read().decode()
    record: dict[str, Any] = {"instance": name, "solver": solver, "limit": limit, "peak_mb": usage.ru_maxrss / 1024}
    if process.returncode:
        last = wrong.strip().splitlines()[-1:] or [""]
        return {**record, "status": "failed", "error": f"exit {process.returncode}: {last[0]}", "steps": []}
    return {**record, **json.loads(said.strip().splitlines()[-1])}


def solvers(instance: Instance, chosen: Sequence[str]) -> list[str]:
    """Which solvers run on an instance: ours, the alternatives, and the whole story for the examples."""
    found = [solver for solver in ("ours", *ALTERNATIVES) if solver in chosen]
    return [*found, "year"] if instance.layered and "ours" in chosen else found


def values(instances: Sequence[Instance] = tuple(SMALL.values())) -> dict[str, list[list[Any]]]:
    """Name → (stage, value, bound) of the small instances: one worker, seed 1, no clock."""
    found = {}
    for instance in instances:
        settings = Settings(seed=1, workers=1, seconds=None)
        found[instance.name] = [[s.name, s.value, s.bound] for s in ours(instance.program(), settings).steps]
    return found


@click.command(help=__doc__.splitlines()[0])
@click.option("--quick", is_flag=True, help="the small instances only")
@click.option("--only", multiple=True, type=click.Choice(list(EVERY)), help="these instances; may be given again")
@click.option("--solvers", "chosen", default="ours,plain,highs", show_default=True, help="which solvers, by comma")
@click.option("--limit", type=float, default=120.0, show_default=True, help="wall seconds for each alternative")
@click.option("--longest", type=float, help="the most for our own solver, where an instance allows it more")
@click.option("--engine", help="the product's setting of that name")
@click.option("--set", "options", multiple=True, help="another of the product's settings: workers=2")
@click.option("--curves", is_flag=True, help="instead of the corpus: one size at a time, for the curves")
@click.option("--deterministic", is_flag=True, help="print the values of the small instances")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="benchmarks/results/DATE.json when left out")
def main(quick: bool, only: tuple[str, ...], chosen: str, limit: float, longest: float | None, engine: str | None,
         options: tuple[str, ...], curves: bool, deterministic: bool, output: Path | None) -> None:
    """Run, print, write. The file is written after every run, so that a stopped benchmark keeps what it has."""
    if deterministic:
        click.echo("{\n" + ",\n".join(f" {json.dumps(n)}: {json.dumps(v)}" for n, v in values().items()) + "\n}")
        return
    if engine:
        options = (*options, f"engine={engine}")
    output = output or RESULTS / f"{time.strftime('%Y-%m-%d')}.json"
    output.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(output.read_text(encoding="utf-8")) if output.exists() else {"runs": []}
    results: dict[str, Any] = {**kept, "date": time.strftime("%Y-%m-%d"), "machine": facts(), "limit": limit,
                               "settings": list(options)}
    names = only or [i.name for i in (CURVES if curves else CORPUS).values() if curves or i.quick or not quick]
    for name in names:
        for solver in solvers(EVERY[name], chosen.split(",")):
            allowed = (EVERY[name].limit or limit) if solver == "ours" else limit
            record = measured(name, solver, min(allowed, longest or allowed), options)
            results["runs"] = [r for r in results["runs"] if (r["instance"], r["solver"]) != (name, solver)]
            results["runs"].append({**record, "load": round(os.getloadavg()[0], 2)})
            output.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            click.echo(f"{name} {solver}: {record['status']} {record.get('seconds', 0):.1f} s", err=True)
    click.echo(table(results))


if __name__ == "__main__":
    main()
