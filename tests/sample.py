"""A small real result for tests of exports: five fellows, a year of weeks, solved and checked, without the reader."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from constraints import MaxInARow, OneDuty, Requirement, Staffing
from scheduler.check.judge import judge
from scheduler.domain.calendar import year_of_weeks
from scheduler.domain.layer import Person
from scheduler.domain.program import Assumption, Leave, Program, Rotation
from scheduler.domain.result import Result
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Group, Many, Selection
from scheduler.solve.driver import solve

HOLIDAYS = {date(2026, 7, 3): "Independence Day (observed)", date(2026, 9, 7): "Labor Day",
            date(2026, 11, 26): "Thanksgiving Day", date(2026, 12, 25): "Christmas Day",
            date(2027, 1, 1): "New Year's Day", date(2027, 5, 31): "Memorial Day"}


def sample_program() -> Program:
    """Mayo's shape, shortened: backgrounds, a base rotation, leave, two assumed values."""
    people = tuple(Person(f"fellow-{c.lower()}", f"Fellow {c}", background) for c, background in zip(
        "ABCDE", ["anesthesiology"] * 3 + ["physical medicine and rehabilitation", "neurology"], strict=True))
    others = Group("not anesthesiology", frozenset({"fellow-d", "fellow-e"}))
    rotations = (Rotation("Pain Clinic", "Gonda Building", "PC", base=True), Rotation("MIPS", "Methodist Campus"),
                 Rotation("SIPS", "Saint Marys Campus"), Rotation("Gonda 15 procedures", "Gonda Building", "G15"),
                 Rotation("Palliative care", short="PAL"), Rotation("Spine Center", short="SPINE"))
    leaves = (Leave("Vacation", "VAC"), Leave("Meeting", "MTG", absence=False))
    any_duty = Selection("any duty", frozenset(d.name for d in (*rotations, *leaves)))
    one = Selection.of
    rules = (
        OneDuty(what=any_duty),
        Requirement(what=one("MIPS"), at_least=13, at_most=13, source="MIPS 13 weeks required"),
        Requirement(what=one("SIPS"), at_least=2, at_most=2, who=others, source="SIPS 2 weeks required"),
        Requirement(what=one("SIPS"), at_least=0, at_most=0, who=Group("anesthesiology", frozenset(
            {"fellow-a", "fellow-b", "fellow-c"}))),
        Requirement(what=one("Gonda 15 procedures"), at_least=7, at_most=8, source="Gonda 15 procedures 7-8 weeks"),
        Requirement(what=one("Palliative care"), at_least=1, at_most=1, source="Palliative care 1 week required"),
        Requirement(what=one("Spine Center"), at_least=0, at_most=2, elective=True, source="Spine Center elective"),
        Requirement(what=one("Vacation"), at_least=3, at_most=3, assumption="three weeks of vacation"),
        Requirement(what=one("Meeting"), at_least=1, at_most=1, assumption="one week of meetings"),
        Staffing(what=one("MIPS"), at_least=1, at_most=2),
        *(Staffing(what=one(r), at_most=1) for r in ("SIPS", "Gonda 15 procedures", "Palliative care", "Spine Center")),
        Staffing(what=Selection.of("Vacation", "Meeting"), at_most=1),
        MaxInARow(what=one("MIPS"), limit=Many(2)),
        MaxInARow(what=one("Vacation"), limit=Many(1)),
        MaxInARow(what=one("Gonda 15 procedures"), limit=Many(2), priority="comfort"),
    )
    return Program(
        name="Pain Medicine Fellowship", institution="Sample Clinic", timezone="America/Chicago",
        year=year_of_weeks(date(2026, 7, 1), date(2027, 6, 30), block_weeks=4, holidays=HOLIDAYS), people=people,
        rotations=rotations, leaves=leaves, rules=rules, priorities=("comfort",),
        assumptions=(Assumption("Five fellows.", "the application page"),), digest="sample", place="sample.yaml")


@cache
def sample_result() -> Result:
    """The sample program, solved to proven optimum and checked."""
    program = sample_program()
    outcome = solve([program.layer()], program.rules, program.priorities)
    assert outcome.cells is not None
    schedule = Schedule(program.layer(), outcome.cells["rotations"])
    return Result(program, schedule, judge(program.rules, program.priorities, schedule), outcome.status,
                  outcome.tiers, datetime(2026, 5, 1, 12, tzinfo=UTC), outcome.seconds)


def with_cell(result: Result, person_id: str, slot: int, *duties: str) -> Result:
    """The same result with one cell changed and checked again: a hand edit."""
    schedule = result.schedule.changed(person_id, slot, duties)
    report = judge(result.program.rules, result.program.priorities, schedule)
    return Result(result.program, schedule, report, "feasible", result.tiers, result.made, version=result.version + 1)
