"""The story of alternatives: solve → look for years as good and as different as can be → fill, judge, compare each."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from scheduler.check.differences import changes
from scheduler.check.duty_times import judge_year
from scheduler.domain.layer import LAYERS
from scheduler.domain.program import Program
from scheduler.domain.result import Result, Status, Tier
from scheduler.domain.rule import Rule
from scheduler.domain.schedule import Cells, Schedule
from scheduler.export.alternatives_said import Alternatives, Ended, said
from scheduler.solve.driver import Outcome, Progress
from scheduler.solve.layered import solve_layers
from scheduler.solve.others import Exactly, Other, another
from scheduler.solve.settings import Settings
from scheduler.year import Disagreement, compare, manifest, plan_year

#: how many years that cannot be as good below the week are tried before an alternative is given up
ROUNDS = 5
#: how many schedules can be asked for, and the files of each
MOST, FILES = 20, ("schedule.json", "schedule.xlsx", "report.html")


def find_alternatives(program: Program, number: int, settings: Settings | None = None, *,
                      within: Mapping[str, int] | None = None, progress: Progress | None = None) -> Alternatives:
    """``number`` schedules that are equal in every tier, or worse by at most ``within`` (priority → loss).

    A tier of a layer below the rotations is held against the first schedule's: an alternative may be better there.
    The time in ``settings`` is for everything; half of it at most goes to the first schedule. Raises NoSchedule when
    there is none at all, Disagreement when the solver and the checker differ.
    """
    settings = settings or Settings()
    half = None if settings.seconds is None else settings.seconds / 2
    began = time.monotonic()
    first = plan_year(program, replace(settings, seconds=half), progress=progress, reasons=0)
    wishes = tuple(replace(wish, reason="") for wish in first.report.wishes)
    search = _Search(program, replace(first, report=replace(first.report, wishes=wishes)), settings, within or {},
                     progress, began)
    ended: Ended = "stopped" if first.run["stopped"] else "enough"
    try:
        while len(search.found) < number and ended == "enough":
            ended = search.one_more(number)
    except KeyboardInterrupt:
        ended = "stopped"
    return Alternatives(program, tuple(search.found), tuple(search.distances), tuple(search.proven), ended,
                        within or {})


class _Search:
    """The schedules found so far, and what was learned on the way."""

    def __init__(self, program: Program, first: Result, settings: Settings, within: Mapping[str, int],
                 progress: Progress | None, began: float):
        self.program, self.settings, self.within, self.progress = program, settings, within, progress
        self.began, self.layers = began, program.layers()
        self.found, self.distances, self.proven = [first], list[int](), list[bool]()
        self.refused: list[Cells] = []
        self.cuts: list[Rule] = []
        self.stopped = False

    def one_more(self, number: int) -> Ended:
        """Look for the next one; ``enough`` when it was found."""
        name = f"alternative {len(self.found) + 1} of {number}: cells that differ"
        for _ in range(ROUNDS):
            other = self._farthest(name, number)
            self.stopped = self.stopped or other.stopped
            if other.cells is None:
                return ("stopped" if self.stopped else "time" if other.status == "unknown" else
                        "below" if self.refused else "no other")
            result = self._filled(other)
            if result is not None:
                self._keep(result, other)
            if self.stopped or result is not None:
                return "stopped" if self.stopped else "enough"
        return "below"

    def _left(self, number: int) -> Settings:
        """This alternative's share of the time that is left."""
        if self.settings.seconds is None:
            return self.settings
        left = self.settings.seconds - (time.monotonic() - self.began)
        return replace(self.settings, seconds=max(0.1, left / max(1, number - len(self.found))))

    def _farthest(self, name: str, number: int) -> Other:
        tell = self.progress
        rules, first = self.program.rules, self.found[0]
        bounds = {tier.name: self._worst(tier) for tier in first.tiers if tier.layer == LAYERS[0]}
        return another(self.layers, rules, self.program.priorities, bounds, [r.schedule.cells for r in self.found],
                       self._left(number), implied=self.cuts, refused=self.refused, tell=tell and (
                           lambda best, bound: tell(name, best, bound, time.monotonic() - self.began)))

    def _worst(self, tier: Tier) -> int:
        """What a tier may be: the first schedule's value, or that much worse."""
        loss = self.within.get(tier.name.partition(": ")[0], 0)
        return tier.value - loss if tier.large else tier.value + loss

    def _filled(self, other: Other) -> Result | None:
        """The whole year for a rotation year, judged; None when the layers below cannot be as good."""
        assert other.cells is not None
        outcome = solve_layers(self.layers, (*self.program.rules, Exactly.of(self.layers[0], other.cells)),
                               self.program.priorities, replace(self.settings, seconds=self._below()),
                               progress=self.progress)
        self.stopped = self.stopped or outcome.stopped
        self.cuts += outcome.cuts
        if outcome.cells is None:
            if outcome.status != "impossible" or not outcome.cuts:          # a cut already rules it out, by proof
                self.refused.append(other.cells)
            return None
        schedule = Schedule.joined([(layer, outcome.cells[layer.name]) for layer in self.layers])
        report = judge_year(self.program, schedule)
        if wrong := (*compare(outcome, report), *self._too_near(schedule, other)):
            raise Disagreement(wrong, outcome.cells)
        first = {tier.name: tier for tier in self.found[0].tiers}
        if any(_worse(tier, self._worst(first[tier.name])) for tier in outcome.tiers):
            self.refused.append(other.cells)
            return None
        tiers = tuple(self._claimed(tier, first) for tier in outcome.tiers)
        status: Status = "optimal" if all(tier.proven for tier in tiers) else "feasible"
        return Result(self.program, schedule, report, status, tiers, datetime.now(UTC).replace(microsecond=0),
                      time.monotonic() - self.began, run=self._run(outcome))

    def _below(self) -> float | None:
        """The layers below get the time that is left, and a few seconds whatever happens."""
        if self.settings.seconds is None:
            return None
        return max(5.0, self.settings.seconds - (time.monotonic() - self.began))

    def _claimed(self, tier: Tier, first: Mapping[str, Tier]) -> Tier:
        """A tier with its proof: of the rotation year, what was proven of the first schedule."""
        if tier.layer != LAYERS[0]:
            return tier
        return replace(first[tier.name], value=tier.value)

    def _too_near(self, schedule: Schedule, other: Other) -> Sequence[str]:
        """Where a year is nearer to the ones before than the solver says."""
        near = min(self._distance(schedule, result.schedule) for result in self.found)
        return [f"the solver says that {other.distance} cells differ, the checker {near}"] * (near != other.distance)

    def _distance(self, one: Schedule, two: Schedule) -> int:
        return sum(change.layer == LAYERS[0] for change in changes(one, two))

    def _run(self, outcome: Outcome) -> dict[str, object]:
        return {**manifest(self.settings, outcome), "alternative": len(self.found) + 1}

    def _keep(self, result: Result, other: Other) -> None:
        self.found.append(result)
        self.distances.append(other.distance)
        self.proven.append(other.proven and not self.refused)


def _worse(tier: Tier, worst: int) -> bool:
    return tier.value < worst if tier.large else tier.value > worst


def write_alternatives(alternatives: Alternatives, folder: Path) -> list[Path]:
    """Each schedule into a folder of its own (schedule, workbook, report), and the page that compares them.

    No calendars: an alternative is not what anybody works by. Raises OSError when the disk refuses.
    """
    from scheduler.export.alternatives_page import write_page
    from scheduler.export.report import write_report
    from scheduler.export.schedule_json import write_schedule
    from scheduler.export.workbook import write_workbook

    written = []
    for stale in range(len(alternatives.found) + 1, MOST + 1):              # of an earlier search that found more
        for name in FILES:
            (folder / f"alternative-{stale}" / name).unlink(missing_ok=True)
    for n, result in enumerate(alternatives.found, start=1):
        mine = folder / f"alternative-{n}"
        written += [write_schedule(result, mine / FILES[0]), write_workbook(result, mine / FILES[1]),
                    write_report(result, mine / FILES[2])]
    return [*written, write_page(alternatives.found, said(alternatives), folder / "alternatives.html")]
