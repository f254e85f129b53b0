"""The story, readable top to bottom: read → solve → check → write."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path

from scheduler.check.duty_times import judge_year
from scheduler.domain.program import Program
from scheduler.domain.result import Result
from scheduler.domain.schedule import Cells, Schedule
from scheduler.domain.verdict import Report
from scheduler.explain.absence import extensions, with_extensions
from scheduler.explain.refused import with_reasons
from scheduler.solve.driver import Outcome, Progress
from scheduler.solve.layered import solve_layers
from scheduler.solve.settings import Settings


class NoSchedule(Exception):
    """No schedule to show: ``outcome.status`` is ``impossible`` (proven) or ``unknown`` (time ran out)."""

    def __init__(self, outcome: Outcome):
        super().__init__(outcome.status)
        self.outcome = outcome


class Disagreement(Exception):
    """The solver's schedule does not pass the checker: a bug of ours. Nothing of it may be shown to anyone."""

    def __init__(self, sentences: tuple[str, ...], cells: Mapping[str, Cells]):
        super().__init__("; ".join(sentences))
        self.sentences, self.cells = sentences, cells


def plan_year(program: Program, settings: Settings | None = None, *, hint: Schedule | None = None,
              progress: Progress | None = None, reasons: float = 30.0) -> Result:
    """Solve the program, check what came back, and find out why requests were refused.

    ``hint`` is an earlier schedule to start from; ``reasons`` the seconds that the reasons for refused requests may
    take on top. Raises NoSchedule when there is none, Disagreement when the solver and the checker differ on any rule
    or any tier's value.
    """
    settings = settings or Settings()
    layers = program.layers()
    outcome = solve_layers(layers, program.rules, program.priorities, settings, hint=cells_of(hint), progress=progress)
    if outcome.cells is None:
        raise NoSchedule(outcome)
    schedule = Schedule.joined([(layer, outcome.cells[layer.name]) for layer in layers])
    report = judge_year(program, schedule)
    disagreements = compare(outcome, report)
    if disagreements:
        raise Disagreement(disagreements, outcome.cells)
    if not outcome.stopped:
        report = with_reasons(program, schedule, report, outcome.tiers, settings, budget=reasons,
                              tell=progress and (lambda what, seconds: progress(what, None, None, seconds)))
    return Result(program, schedule, report, outcome.status, outcome.tiers, datetime.now(UTC).replace(microsecond=0),
                  outcome.seconds, run=manifest(settings, outcome))


def cells_of(schedule: Schedule | None) -> dict[str, Cells] | None:
    """The cells of every layer of a schedule, by name."""
    if schedule is None:
        return None
    return {schedule.layer.name: schedule.cells, **{name: other.cells for name, other in schedule.beside.items()}}


def compare(outcome: Outcome, report: Report) -> tuple[str, ...]:
    """Where the checker differs from what the solver claims: broken rules, and tiers with another value."""
    found = [f"{rule.title}: {violation.sentence}" for rule, violation in report.broken]
    checked = {tier.name: tier.value for tier in report.tiers}
    for tier in outcome.tiers:
        if checked.get(tier.name) != tier.value:
            found.append(f"{tier.name}: the solver says {tier.value}, the checker {checked.get(tier.name)}")
    return tuple(found)


def manifest(settings: Settings, outcome: Outcome) -> dict[str, object]:
    """What is needed to make the same year again."""
    return {
        "seed": settings.seed, "workers": settings.workers, "time_limit": settings.seconds,
        "stopped": outcome.stopped, "variables": outcome.sizes[0], "conditions": outcome.sizes[1],
        "ortools": metadata.version("ortools"), "python": platform.python_version(),
    }


def check_year(program: Program, schedule: Schedule) -> Report:
    """Judge a schedule that somebody made, with no solver at all."""
    return judge_year(program, schedule)


def write_year(result: Result, folder: Path, as_of: date | None = None,
               attended: Mapping[tuple[str, str], int] | None = None) -> list[Path]:
    """Write schedule, workbook, report and calendars into ``folder``; returns the files written.

    The schedule is written first: from it the rest can be made again. Leave that extends somebody's training is told
    among the assumptions. ``as_of`` splits credit in the letters into done and planned; ``attended`` is the actual
    attendance in percent, by fellow id and series. Raises OSError when the disk refuses, DamagedFile when the ledger of
    the calendars is damaged.
    """
    from scheduler.export.calendars import write_calendars
    from scheduler.export.report import write_report
    from scheduler.export.schedule_json import write_schedule
    from scheduler.export.wall import write_didactics
    from scheduler.export.workbook import write_workbook

    result = replace(result, program=with_extensions(result.program, extensions(result.program, result.schedule)))
    return [write_schedule(result, folder / "schedule.json"), write_workbook(result, folder / "schedule.xlsx"),
            write_report(result, folder / "report.html", as_of=as_of, attended=attended),
            *write_didactics(result, folder), *write_calendars(result, folder / "calendars")]
