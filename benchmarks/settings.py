"""Solver settings side by side, on the examples and on made-up programs, in one run.

``python -m benchmarks.settings`` prints a table in Markdown: seconds until every tier is proven, or how far each got in
the time allowed. The obvious alternative is CP-SAT with its own choice for two workers.
"""

from __future__ import annotations

import os
import platform
import time
from importlib import metadata
from pathlib import Path

from benchmarks.generated import made_up
from scheduler.domain.program import Program
from scheduler.io.program_file import read_program
from scheduler.solve.driver import Outcome, solve
from scheduler.solve.settings import Settings

ROOT = Path(__file__).parent.parent
LIMIT = 30.0
SETTINGS = {
    "one worker, whole relaxation (the default)": Settings(),
    "one worker, usual relaxation": Settings(linearization=1),
    "race of three (`--workers 3`)": Settings(workers=3),
    "CP-SAT's own choice, 2 workers": Settings(workers=2, race=()),
    "CP-SAT's own choice, 8 workers": Settings(workers=8, race=()),
}


def programs() -> dict[str, Program]:
    """The examples and four made-up programs."""
    found = {name: read_program(ROOT / f"examples/{name}/program.yaml") for name in ("mayo", "washu")}
    return found | {f"{family}, {n} fellows": made_up(family, n)
                    for family, n in (("wishes", 8), ("wishes", 24), ("fair", 8), ("fair", 12))}


def told(outcome: Outcome, seconds: float) -> str:
    """Seconds to the last proof, or the tiers that are left open as value/bound."""
    if outcome.status == "optimal":
        return f"{seconds:.1f} s"
    if outcome.cells is None:
        return "nothing found" if outcome.status == "unknown" else outcome.status
    return "open: " + ", ".join(f"{t.value}/{t.bound}" for t in outcome.tiers if not t.proven)


def main() -> None:
    """Print the table."""
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores ({platform.machine()}), OR-Tools "
          f"{metadata.version('ortools')}, Python {platform.python_version()}, single runs, at most {LIMIT:.0f} s "
          "each.\n")
    print("| program | " + " | ".join(SETTINGS) + " |")
    print("| --- |" + " --- |" * len(SETTINGS), flush=True)
    for name, program in programs().items():
        row = []
        for settings in SETTINGS.values():
            began = time.monotonic()
            outcome = solve([program.layer()], program.rules, program.priorities,
                            Settings(workers=settings.workers, linearization=settings.linearization,
                                     race=settings.race, seconds=LIMIT))
            row.append(told(outcome, time.monotonic() - began))
        print(f"| {name} | " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
