"""The story of a repair: what stays, what must change, the fewest other changes, and what that costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from scheduler.check.differences import Change, changes
from scheduler.check.duty_times import judge_year
from scheduler.domain.fingerprint import same_program, same_schedule
from scheduler.domain.layer import Person
from scheduler.domain.program import Program
from scheduler.domain.result import ALREADY, LATER, Result, Tier
from scheduler.domain.schedule import Schedule
from scheduler.domain.verdict import Owed, Report, Wish
from scheduler.explain.absence import Extension, extension, is_granted, with_extensions
from scheduler.explain.forced import slot_dates
from scheduler.explain.notice import Notice
from scheduler.explain.repair_rules import Prepared, prepare
from scheduler.io.problems import BadInput, Place, Problem
from scheduler.solve.driver import Progress
from scheduler.solve.settings import Settings
from scheduler.year import NoSchedule, plan_year


@dataclass(frozen=True)
class Repair:
    """A repaired year. ``forced`` are the changes that the change itself asks for, ``chosen`` all others, each of which
    weighs ``weight`` of its notice; ``before`` judges the published schedule by the changed program.
    """

    result: Result
    old: Schedule
    notice: Notice
    before: Report
    forced: tuple[Change, ...]
    chosen: tuple[tuple[Change, int], ...]
    already: tuple[str, ...]
    later: tuple[str, ...]
    extended: tuple[Extension, ...]
    affected: tuple[Person, ...] = ()

    @property
    def people(self) -> list[str]:
        """Everybody for whom something changes, by name."""
        return list(dict.fromkeys(str(c.person) for c in (*self.forced, *(c for c, _ in self.chosen))))

    @property
    def weight(self) -> int:
        """What the chosen changes weigh together."""
        return sum(weight for _, weight in self.chosen)

    @property
    def refused(self) -> list[Wish]:
        """Wishes that the published schedule granted and the repaired one does not."""
        now = {(w.fellow.id, w.kind, w.rank) for w in self.result.report.wishes if w.granted}
        return [w for w in self.before.wishes if w.granted and (w.fellow.id, w.kind, w.rank) not in now]

    @property
    def short(self) -> list[Owed]:
        """Requirements that were met and are no longer, apart from what is left for after the year."""
        was = {_what(o): o.verdict for o in self.before.owed}
        return [o for o in self.result.report.owed if o.verdict in ("short", "over")
                and o.fellow not in self.affected and was.get(_what(o)) not in ("short", "over")]

    @property
    def waived(self) -> list[str]:
        """What is newly excused by the program itself."""
        was = {w.sentence for v in self.before.rules for w in v.waivers}
        return [w.sentence for v in self.result.report.rules for w in v.waivers if w.sentence not in was]

    @property
    def tiers(self) -> list[tuple[Tier, int | None]]:
        """The program's own tiers, each with its value before."""
        was = {t.name: t.value for t in self.before.tiers}
        return [(t, was.get(t.name)) for t in self.result.tiers if not t.repairs]


def _what(owed: Owed) -> tuple[str, str, str, bool]:
    return owed.fellow.id, owed.what, owed.layer, owed.elective


class NoRepair(Exception):
    """No schedule keeps the rules, the past and the frozen weeks. ``prepared`` is what was asked of the solver."""

    def __init__(self, none: NoSchedule, prepared: Prepared):
        super().__init__(none.outcome.status)
        self.outcome, self.prepared = none.outcome, prepared


def repair_year(program: Program, old: Schedule, notice: Notice, settings: Settings | None = None, *,
                progress: Progress | None = None, reasons: float = 10.0) -> Repair:
    """The schedule of the changed program that keeps the past and the frozen weeks and changes least.

    Raises NoRepair when there is none, Disagreement as ``plan_year`` does.
    """
    prepared = prepare(program, old, notice)
    try:
        result = plan_year(prepared.program, settings, hint=prepared.patched, progress=progress, reasons=reasons)
    except NoSchedule as none:
        raise NoRepair(none, prepared) from none
    return _told(program, prepared, notice, result)


def _told(program: Program, prepared: Prepared, notice: Notice, result: Result) -> Repair:
    """What the repaired year says, beside the published one."""
    new, old = result.schedule, prepared.old
    starts = {layer.name: [first for first, _ in spans] for layer, spans in slot_dates(program)}
    here = {(layer.name, p.id): frozenset(layer.present(p)) for layer in program.layers() for p in layer.people}
    forced, chosen = [], []
    for change in changes(old, new):
        key = change.layer, change.person.id, change.slot
        if key in prepared.forced or change.slot not in here.get(key[:2], ()):
            forced.append(change)
        else:
            chosen.append((change, notice.weight(starts[change.layer][change.slot])))
    extended = tuple(e for p in program.people if p in prepared.affected or is_granted(program, p)
                     if (e := extension(program, new, p)) is not None)
    run = {**result.run, "repair": {
        "today": notice.today.isoformat() if notice.today else None, "frozen_weeks": notice.frozen,
        "weights": [*map(list, notice.bands), notice.later],
        "program": same_program(program), "schedule": same_schedule(new)}}
    done = replace(result, run=run, program=with_extensions(result.program, extended))
    return Repair(done, old, notice, judge_year(program, old), tuple(forced), tuple(chosen),
                  tuple(_broken(result.report, ALREADY)), tuple(_broken(result.report, LATER)), extended,
                  prepared.affected)


def _broken(report: Report, tier: str) -> list[str]:
    return [x.sentence for v in report.rules if v.rule.priority == tier for x in v.violations]


def within(program: Program, words: Sequence[tuple[str, ...]]) -> None:
    """Refuse a last day after which nothing of the year is left, and a first day before which there was none.

    Raises BadInput with every such change; ``words`` are those of ``Added``.
    """
    year, problems = program.year, []
    for option, *values in words:
        if option == "gone" and date.fromisoformat(values[1]) >= year.end:
            problems.append(Problem(Place("--gone"), f"{values[0]} would be here until {values[1]}, and the year ends "
                                    f"on {year.end}: nothing would change.",
                                    "Give the fellow’s last day, within the year."))
        elif option == "late" and date.fromisoformat(values[1]) <= year.start:
            problems.append(Problem(Place("--late"), f"{values[0]} would be here from {values[1]}, and the year starts "
                                    f"on {year.start}: nothing would change.",
                                    "Give the fellow’s first day, within the year."))
    if problems:
        raise BadInput(problems)


def calendars_of(schedule: Path) -> Path:
    """The folder of the calendars that were published with a schedule's file."""
    return schedule.parent / "calendars"


def without_notice(notice: Notice) -> Notice:
    """Only the past frozen: what would be possible if the published weeks could change."""
    return replace(notice, frozen=0)
