"""The fixed corpus: both founding examples, made-up programs of every size, the published student instances."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.generate import generate
from scheduler.domain.program import Program
from scheduler.io.program_file import read_program

ROOT = Path(__file__).parent.parent
STUDENTS = Path(__file__).parent / "mss/instances"


@dataclass(frozen=True)
class Instance:
    """One program. ``made`` are the arguments of ``generate`` (empty: a file); ``quick``: small enough for `--quick`.

    ``limit`` is the time allowed where it differs from the run's own (the largest programs have a goal of minutes).
    """

    name: str
    made: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    quick: bool = False
    limit: float | None = None

    def program(self) -> Program:
        """Read the program, as a coordinator's file is read. Raises ImportError where its reader is missing."""
        if self.made:
            with tempfile.TemporaryDirectory() as folder:
                return read_program(generate(**self.made).write(Path(folder) / "program.yaml"))
        if self.file.endswith(".dzn"):
            from benchmarks.mss.reader import Instance as Students

            return Students.read(STUDENTS / self.file).program()
        return read_program(ROOT / self.file)

    @property
    def layered(self) -> bool:
        """Whether it is an example with all its layers, which is also measured from reading to exports."""
        return self.file.endswith(".yaml")


def _made(family: str, people: int, rotations: int, quick: bool = False, limit: float | None = None, seed: int = 1,
          **more: Any) -> Instance:
    periods = 13 if family == "blocks" else 52
    name = f"{'tiers' if more.get('tiers') else family}-{people}{f'-seed{seed}' if seed > 1 else ''}"
    return Instance(name, {"people": people, "periods": periods, "rotations": rotations, "seed": seed,
                           "family": family, **more}, quick=quick, limit=limit)


CORPUS = {instance.name: instance for instance in (
    Instance("mayo", file="examples/mayo/program.yaml", quick=True),
    Instance("washu", file="examples/washu/program.yaml", quick=True),
    _made("weeks", 4, 15, True), *(_made("weeks", 4, 15, seed=n) for n in range(2, 9)), _made("weeks", 8, 15, True),
    _made("weeks", 12, 15), _made("weeks", 24, 20),
    _made("weeks", 48, 24), _made("weeks", 96, 30), _made("weeks", 200, 40, limit=600), _made("weeks", 500, 50),
    _made("weeks", 1000, 60, limit=1050),
    _made("runs", 4, 15, True), _made("runs", 8, 15), _made("runs", 12, 15), _made("runs", 24, 20),
    _made("runs", 48, 24), _made("runs", 96, 30), _made("runs", 200, 40, limit=600),
    _made("weeks", 8, 15, tiers=True), _made("weeks", 24, 20, tiers=True),
    _made("blocks", 60, 20, True), _made("blocks", 100, 24), _made("blocks", 200, 30),
    *(Instance(f"students-{path.stem}", file=path.name, limit=600) for path in sorted(STUDENTS.glob("*.dzn"))),
)}

_MIDDLE: Mapping[str, Any] = {"people": 12, "periods": 52, "rotations": 15, "seed": 7, "family": "weeks"}
#: one size at a time, the others as in a fellowship of twelve: what the curves are drawn from, by (axis, size)
_SIZES: Mapping[str, Mapping[int, Mapping[str, Any]]] = {
    "people": {n: {"people": n} for n in (4, 8, 12, 16, 24, 32, 48)},
    "weeks": {n: {"periods": n} for n in (13, 20, 26, 39, 52)},
    "rotations": {n: {"rotations": n} for n in (8, 12, 15, 20, 30, 40)},
    "rules": {n: {"family": "runs", "share": n / 100} for n in (0, 25, 50, 75, 100)}}
CURVES = {(axis, size): Instance(f"curve-{axis}-{size}", {**_MIDDLE, **change})
          for axis, sizes in _SIZES.items() for size, change in sizes.items()}

#: small enough to be proven in seconds by one worker, whatever the machine: what the regression test solves
SMALL = {instance.name: instance for instance in (
    Instance("tiny", file="examples/tiny/program.yaml"),
    Instance("weeks-4", CORPUS["weeks-4"].made), Instance("runs-4", CORPUS["runs-4"].made),
    Instance("weeks-5-half", {"people": 5, "periods": 26, "rotations": 10, "seed": 2, "family": "weeks"}),
    Instance("tiers-4-half", {"people": 4, "periods": 26, "rotations": 8, "seed": 3, "family": "weeks",
                              "tiers": True}),
    Instance("blocks-12", {"people": 12, "periods": 13, "rotations": 10, "seed": 4, "family": "blocks"}),
)}
EVERY = CORPUS | SMALL | {instance.name: instance for instance in CURVES.values()}
