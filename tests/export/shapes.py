"""Results of many shapes, filled in by hand and judged: what exports must bear without a solver in sight."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from constraints import MaxInARow, OneDuty, Pinned, Requirement, Staffing
from scheduler.check.judge import judge
from scheduler.domain.calendar import Year, year_of_months, year_of_weeks
from scheduler.domain.layer import Inside, Person
from scheduler.domain.program import Assumption, Leave, Program, Rotation
from scheduler.domain.result import Result
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Group, Many, Selection, Window

JULY, JUNE = date(2026, 7, 1), date(2027, 6, 30)
SECRET, REASON = "Oncology leave", "chemotherapy at the county hospital"

YEARS = {
    "weeks": lambda: year_of_weeks(JULY, JUNE, block_weeks=4, holidays={date(2026, 12, 25): "Christmas Day"}),
    "fortnights": lambda: year_of_weeks(JULY, JUNE, length=2),
    "blocks": lambda: year_of_weeks(JULY, JUNE, length=4),
    "months": lambda: year_of_months(JULY, JUNE, holidays={date(2026, 12, 25): "Christmas Day"}),
    "leap": lambda: year_of_weeks(date(2027, 7, 1), date(2028, 6, 30)),
    "august": lambda: year_of_weeks(date(2026, 8, 1), date(2027, 7, 31)),
}


def fellows(number: int) -> tuple[Person, ...]:
    """Two levels, two backgrounds."""
    return tuple(Person(f"fellow-{n}", f"Fellow {n}", ("anesthesiology", "neurology")[n % 2], f"PGY-{5 + n % 3 // 2}")
                 for n in range(number))


def shape(year: str | Year = "weeks", number: int = 5, here: dict[str, frozenset[int]] | None = None, *,
          duties: int = 6, rules: tuple = (), leaves: tuple[Leave, ...] | None = None, **facts) -> Result:
    """Everyone walks round the rotations, two periods each, with leave now and then; then the checker has its say."""
    calendar = YEARS[year]() if isinstance(year, str) else year
    people = fellows(number)
    rotations = (Rotation("Clinic", "Main Building", base=True), *(
        Rotation(f"Service {chr(64 + n)}", f"Campus {n}" if n % 2 else "") for n in range(1, duties)))
    leaves = (Leave("Vacation", "VAC"), Leave("Meeting", absence=False)) if leaves is None else leaves
    one = Selection.of
    any_duty = Selection("any duty", frozenset(d.name for d in (*rotations, *leaves)))
    own = (OneDuty(what=any_duty), Staffing(what=one("Service A"), at_least=1, at_most=2),
           Staffing(what=one("Service B"), at_most=1), MaxInARow(what=one("Clinic"), limit=Many(1), priority="comfort"),
           *(Requirement(what=one(r.name), at_least=2, at_most=12, source=f"page {n}")
             for n, r in enumerate(rotations)), *rules)
    program = Program(name="Sample & Co Fellowship", institution="Clinic <of> Samples", timezone="America/Chicago",
                      year=calendar, people=people, rotations=rotations, leaves=leaves, rules=own,
                      priorities=("comfort",), here=here or {}, digest="shape", place="shape.yaml",
                      **{"assumptions": (Assumption("Nothing is true.", "page 1", "shape.yaml:1"),), **facts})
    layer = program.layer()
    walk = [r.name for r in rotations] + [x.name for x in leaves if x.inside is None]
    cells = {p.id: {s: (walk[(s // 2 + n) % len(walk)],) for s in layer.present(p)} for n, p in enumerate(people)}
    return judged(program, cells)


def judged(program: Program, cells: dict) -> Result:
    """A result with exactly these cells."""
    schedule = Schedule(program.layer(), cells)
    return Result(program, schedule, judge(program.rules, program.priorities, schedule), "feasible", (),
                  datetime(2026, 5, 1, 12, tzinfo=UTC), version=3)


def off_cycle() -> Result:
    """One fellow comes in January, one leaves in December."""
    return shape(here={"fellow-0": frozenset(range(26, 52)), "fellow-1": frozenset(range(25))})


def busy_year() -> Result:
    """One fellow with 52 runs and 25 requirements, each on an assumption as long as real ones are."""
    program = shape(number=1, duties=26).program
    walk = [r.name for r in program.rotations]
    rules = [rule for rule in program.rules if not isinstance(rule, Requirement)]
    rules += [Requirement(what=Selection.of(name), at_least=1, at_most=2, source="page 1", assumption=(
        "the page names anesthesiology and physical medicine; everyone else is given the week until it says more"))
        for name in walk[1:]]
    return judged(replace(program, rules=tuple(rules)), {"fellow-0": {s: (walk[s % len(walk)],) for s in range(52)}})


def private() -> Result:
    """Private leave in every place that could tell of it, fixed with its reason."""
    hidden = Selection.of(SECRET)
    week = Window("the week of 7 September", frozenset({10}))
    rules = (
        Pinned(what=hidden, who=Group("Fellow 1", frozenset({"fellow-1"})), during=week, because=REASON,
               source="letter of the oncologist", place="shape.yaml:9"),
        Pinned(what=Selection.of("Vacation"), who=Group("Fellow 2", frozenset({"fellow-2"})), during=week,
               because="divorce hearing", place="shape.yaml:10"),
        Requirement(what=hidden, at_least=9, at_most=9, assumption="nine weeks while the tumor is treated",
                    source="oncology plan"),
        MaxInARow(what=hidden, limit=Many(1), priority="comfort"),
        Staffing(what=Selection("Vacation or Oncology leave", frozenset({"Vacation", SECRET})), at_most=1),
    )
    return shape(rules=rules, leaves=(Leave("Vacation"), Leave(SECRET, "ONC", private=True, source="oncology plan"),
                                      Leave("Sick", private=True)),
                 assumptions=(Assumption(f"{SECRET}: nine weeks while the tumor is treated", "oncology plan"),
                              Assumption("any leave: at most one away, oncology leave included")))


def with_inside() -> Result:
    """Blocks of four weeks, a week of vacation taken inside a rotation: three weeks of credit are left."""
    hosts = Selection.of("Clinic", "Service A")
    result = shape("blocks", leaves=(Leave("Vacation", inside=Inside("Vacation", hosts)),))
    cells = {who: dict(mine) for who, mine in result.schedule.cells.items()}
    for slot, duties in cells["fellow-0"].items():
        if duties == ("Service A",):
            cells["fellow-0"][slot] = ("Service A", "Vacation")
    return judged(result.program, cells)


def renamed(result: Result, name: str) -> Result:
    """The same with another name for the first fellow."""
    first, *others = result.program.people
    people = (replace(first, name=name), *others)
    return judged(replace(result.program, people=people), dict(result.schedule.cells))
