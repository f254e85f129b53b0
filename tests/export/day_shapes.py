"""A month below the week, filled in by hand: three fellows, a split day, a clinic, a course, leave by the day, call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache

from constraints import Evenness, OneDuty, RankedRequests, Requirement, Staffing
from constraints.ranked_requests import WishFor
from scheduler.check.duty_times import judge_year
from scheduler.domain.calendar import year_of_weeks
from scheduler.domain.days import CALL, HALF_DAYS
from scheduler.domain.duty_hours import Limits
from scheduler.domain.layer import Person
from scheduler.domain.program import CallRole, Leave, Program, Rotation
from scheduler.domain.result import Result, Tier
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Selection

MONDAY, SUNDAY = date(2026, 6, 29), date(2026, 7, 26)
JURY = "Jury duty"
A, B, C = "fellow-a", "fellow-b", "fellow-c"

#: rotation period → duty; C comes for the last two weeks
WEEKS = {A: ["Ward", "Clinic", "Lab", "Lab"], B: ["Clinic", "Ward", "Vacation", "Clinic"],
         C: [None, None, "Ward", "Clinic"]}
#: (date, half or None for both) → duty
HALVES = {A: {(date(2026, 7, 7), 0): "Heart clinic", (date(2026, 7, 16), None): "Course"},
          B: {(date(2026, 7, 1), 1): "Heart clinic", (date(2026, 7, 20), None): JURY}, C: {}}
NIGHTS = {A: {date(2026, 6, 29): "Night", date(2026, 7, 3): "Night"},
          B: {date(2026, 6, 29): "Pager", date(2026, 7, 4): "Night", date(2026, 7, 8): "Pager"},
          C: {date(2026, 7, 19): "Pager"}}


@cache
def day_program() -> Program:
    """The program; Ward's mornings are spent in the clinic at another site, and its weeks go on on holidays."""
    people = (Person(A, "Fellow A", tally={"nights": 3}), Person(B, "Fellow B", tally={"nights": 1}),
              Person(C, "Fellow C"))
    rotations = (Rotation("Clinic", "Main", "CL", base=True),
                 Rotation("Ward", "Hospital", template=tuple((day, 0, "Clinic", "Annex") for day in range(5)),
                          works_holidays=True),
                 Rotation("Lab", sites=("North", "South")))
    program = Program(
        name="Month & Co", institution="Clinic of Days", timezone="America/Chicago", people=people, rotations=rotations,
        year=year_of_weeks(MONDAY, SUNDAY, holidays={date(2026, 7, 3): "Independence Day"}),
        leaves=(Leave("Vacation", "VAC"), Leave(JURY, "JUR", private=True, by_day=True)),
        short=(Rotation("Heart clinic", "Heart House", "HC", by="half-day"),
               Rotation("Course", short="CRS", by="day", clinical=False)),
        calls=(CallRole("Night", kind="in-house", free_after=1), CallRole("Pager", start=time(7), hours=2)),
        here={C: frozenset({2, 3})}, limits=Limits(), priorities=("wishes", "evenness"), digest="days")
    return replace(program, rules=_rules(program))


def _rules(program: Program) -> tuple:
    one, halves = Selection.of, {"layer_name": HALF_DAYS}
    days = {"unit": "days", "per": 2, **halves}
    weeks = Selection("any duty", frozenset(d.name for d in program.duties))
    july = frozenset(s.index for s in program.half_days.slots if date(2026, 7, 6) <= s.day <= date(2026, 7, 10))
    return (OneDuty(what=weeks), Requirement(what=one("Lab"), at_least=0, at_most=2),
            Requirement(what=one("Heart clinic"), at_least=1, at_most=2, unit="half-days", source="p. 1", **halves),
            Requirement(what=one("Course"), at_least=0, at_most=1, elective=True, **days),
            Requirement(what=one(JURY), at_least=0, at_most=2, assumption="the court says", **days),
            Staffing(what=one("Night"), at_most=1, layer_name=CALL),
            RankedRequests(priority="wishes", wishes_for=(
                WishFor(A, "clinic", "Heart clinic in the week of 6 July", 1, one("Heart clinic"), july),), **halves),
            Evenness(what=one("Night"), over="fellows", priority="evenness", tally="nights", layer_name=CALL))


def day_result(program: Program | None = None, nights: dict | None = None, halves: dict | None = None) -> Result:
    """The month, judged: Fellow C owes a heart clinic that the month does not give."""
    program = program or day_program()
    layers = {layer.name: layer for layer in program.layers()}
    days, dates = program.half_days, program.nights
    below = {who: {slot: (what,) for (day, half), what in (halves or HALVES)[who].items()
                   for n, slot in enumerate(days.on(day)) if half in (None, n)} for who in HALVES}
    calls = {who: {dates.on(day)[0]: (what,) for day, what in (nights or NIGHTS)[who].items()} for who in NIGHTS}
    schedule = Schedule.joined([
        (layers["rotations"], {who: {n: (x,) for n, x in enumerate(mine) if x} for who, mine in WEEKS.items()}),
        (layers[HALF_DAYS], below), (layers[CALL], calls)])
    tiers = (Tier("wishes: worst-off fellow (half-days)", 0, 0, layer=HALF_DAYS),
             Tier("wishes: points not granted (half-days)", 0, 0, layer=HALF_DAYS),
             Tier("evenness: difference (call)", 3, 3, layer=CALL))
    return Result(program, schedule, judge_year(program, schedule), "feasible", tiers,
                  datetime(2026, 5, 1, 12, tzinfo=UTC), version=3)
