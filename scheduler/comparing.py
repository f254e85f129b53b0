"""The story of comparing two schedules of one program: judge both → what differs → write it, tell each fellow."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from scheduler.check.differences import Change, affected, changes
from scheduler.check.duty_times import judge_year
from scheduler.check.verdict_changes import VerdictChanges, verdict_changes
from scheduler.domain.layer import Person
from scheduler.domain.program import Program
from scheduler.domain.result import Result
from scheduler.domain.schedule import Schedule
from scheduler.export.changed import Changed
from scheduler.export.notices import FOLDER, PAGE, Notice, notice_files, notices, write_notices
from scheduler.export.sheet_changes import WORKBOOK, write_changes


@dataclass(frozen=True)
class Comparison:
    """Two judged schedules of one program, and every cell that differs (in the program's own words).

    ``left_out`` are layers of the program that one of the two says nothing of: they are not compared, nor judged.
    """

    old: Result
    new: Result
    changes: list[Change]
    left_out: tuple[str, ...] = ()

    @property
    def program(self) -> Program:
        return self.new.program

    @cached_property
    def people(self) -> list[Person]:
        """Whose cells change, in the program's order."""
        order = {p.id: n for n, p in enumerate((*self.program.people, *self.program.presenters))}
        return sorted(affected(self.changes), key=lambda person: order.get(person.id, len(order)))

    @cached_property
    def verdicts(self) -> VerdictChanges:
        """What the checker says otherwise."""
        return verdict_changes(self.old.report, self.new.report)

    @cached_property
    def public(self) -> Changed:
        """The same in words that others may read."""
        return Changed.of(self.old, self.new)

    @cached_property
    def notices(self) -> list[Notice]:
        """What to tell each fellow concerned."""
        return notices(self.public)


def compare_schedules(program: Program, old: Schedule, new: Schedule,
                      made: tuple[datetime, datetime] | None = None, versions: tuple[int, int] = (1, 1)) -> Comparison:
    """Judge both and compare them. ``made`` says when each was made (aware), for the files' “as of”."""
    moments = made or (datetime.now(UTC).replace(microsecond=0),) * 2
    both = {old.layer.name, *old.beside} & {new.layer.name, *new.beside}
    years = [_part(program, schedule, both) for schedule in (old, new)]
    results = [Result(program, year, judge_year(program, year), "feasible", (), moment, version=version)
               for year, moment, version in zip(years, moments, versions, strict=True)]
    left_out = tuple(layer.name for layer in program.layers() if layer.name not in both)
    return Comparison(results[0], results[1], changes(*years), left_out)


def _part(program: Program, schedule: Schedule, names: Container[str]) -> Schedule:
    """These layers of a schedule, as the program has them."""
    mine = {schedule.layer.name: schedule, **schedule.beside}
    return Schedule.joined([(layer, mine[layer.name].cells) for layer in program.layers() if layer.name in names])


def in_the_way(comparison: Comparison, folder: Path) -> list[Path]:
    """Files that stand where a comparison would be written."""
    texts = (folder / FOLDER / name for name in notice_files(comparison.public).values())
    return [path for path in (folder / WORKBOOK, folder / PAGE, *texts) if path.exists()]


def write_comparison(comparison: Comparison, folder: Path) -> list[Path]:
    """The workbook with the changed cells marked, the page of notices, and a text a fellow. Returns the files written.

    Raises OSError when the disk refuses.
    """
    return [write_changes(comparison.public, folder / WORKBOOK),
            *write_notices(comparison.public, comparison.notices, folder)]
