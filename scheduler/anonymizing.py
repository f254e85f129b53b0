"""The story of anonymizing: read → give other names → read again → prove that nothing else changed → write."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler.check.duty_times import judge_year
from scheduler.domain.program import Program
from scheduler.domain.result import Result
from scheduler.domain.schedule import Cells, Schedule
from scheduler.domain.verdict import Report
from scheduler.export.files import write_atomically
from scheduler.export.schedule_json import write_schedule
from scheduler.io.alike import renamed, unlike
from scheduler.io.anonymous import Anonymous
from scheduler.io.problems import BadInput
from scheduler.io.program_file import read_program


class Unfaithful(Exception):
    """The copy is not the same program under other names: a mistake of ours. Nothing was written."""

    def __init__(self, differences: list[str]):
        super().__init__("; ".join(differences))
        self.differences = tuple(differences)


@dataclass(frozen=True)
class Copy:
    """The files of an anonymous copy, name → content, and the schedule in it, if one was given."""

    files: Mapping[str, str]
    program: Program
    result: Result | None = None

    def write(self, folder: Path) -> list[Path]:
        """Write every file; returns them. Raises OSError when the disk refuses."""
        written = [write_atomically(folder / name, content) for name, content in self.files.items()]
        return written + ([write_schedule(self.result, folder / "schedule.json")] if self.result else [])


def anonymized(program: Path, result: Result | None = None) -> Copy:
    """The program at ``program``, and a schedule of it, under other names.

    Raises BadInput when the program has problems, Unfaithful when the copy would be another program or would be judged
    otherwise.
    """
    anonymous = Anonymous(program)
    with tempfile.TemporaryDirectory() as name:
        for file, content in anonymous.files.items():
            write_atomically(Path(name) / file, content)
        try:
            copy = read_program(Path(name) / "program.yaml")
        except BadInput as bad:
            raise Unfaithful([problem.message for problem in bad.problems]) from None
    if differences := list(unlike(anonymous.program, copy)):
        raise Unfaithful(differences)
    return Copy(anonymous.files, copy, _renamed(result, copy) if result is not None else None)


def _renamed(result: Result, copy: Program) -> Result:
    """The same schedule with the copy's names, judged again."""
    names = renamed(result.program, copy)
    layers = {layer.name: layer for layer in copy.layers()}
    schedule = Schedule.joined([(layers[name], _cells(each.cells, names)) for name, each in
                                ((result.schedule.layer.name, result.schedule), *result.schedule.beside.items())])
    report = judge_year(copy, schedule)
    if _verdicts(result.report) != _verdicts(report):
        raise Unfaithful(["the verdicts on the schedule"])
    tiers = {old.name: new.name for old, new in zip(result.report.tiers, report.tiers, strict=True)}
    return replace(result, program=copy, schedule=schedule, report=report, run={},
                   tiers=tuple(replace(tier, name=tiers.get(tier.name, tier.name)) for tier in result.tiers))


def _cells(cells: Cells, names: Mapping[str, str]) -> Cells:
    return {names.get(person, person): {slot: tuple(names.get(d, d) for d in duties) for slot, duties in row.items()}
            for person, row in cells.items()}


def _verdicts(report: Report) -> tuple[object, ...]:
    """What a report says, without names."""
    return ([(v.rule.name, v.word, sorted((x.amount, x.when) for x in v.violations),
              sorted(value for _, value in v.measures)) for v in report.rules],
            Counter((o.owed_min, o.owed_max, o.got, o.unit, o.verdict, o.slots) for o in report.owed),
            Counter((w.rank, w.points, w.granted, w.slots) for w in report.wishes),
            [(t.value, t.large) for t in report.tiers],
            Counter((f.rule, f.amount, f.first) for h in report.hours for f in h.findings))
