"""Small programs for trades and questions: few fellows, few weeks, every answer known or countable by hand."""

from datetime import date, timedelta
from functools import cache

from constraints import OneDuty
from scheduler.domain.calendar import year_of_weeks
from scheduler.domain.layer import Person
from scheduler.domain.program import Leave, Program, Rotation
from scheduler.domain.result import Result
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Selection
from scheduler.io.program_file import read_program
from scheduler.year import plan_year

one = Selection.of
NAMES = ("Ada", "Ben", "Cleo", "Dan")

#: three fellows, eight weeks: a ward with call and without clinics, and two clinics a fellow elsewhere
LAYERED = """program: Layered
year: {start: 2026-07-06, end: 2026-08-30, period: week}
fellows: [{name: Ada}, {name: Ben}, {name: Cleo}]
rotations:
  - {name: Office, base: true}
  - {name: Ward, staffing: 1}
  - {name: Clinic, by: half-day, staffing: 0-1, not during: [Ward]}
leave:
  - {name: Vacation, weeks: 1}
requirements:
  - {rotation: Ward, weeks: 2-3}
  - {rotation: Clinic, half-days: 4, per week: 2}
rules:
  - {rule: max in a row, of: Ward, weeks: 2}
  - {rule: away at once, of: Vacation, people: 1}
  - {rule: most per, of: Weekend, nights: 1, per: week}
call:
  - {name: Night, kind: home, nights: weekdays, time: 17:00-07:00, hours: 2, from: Ward}
  - {name: Weekend, kind: home, nights: weekends, time: 07:00-07:00, hours: 4, from: any rotation}
conferences:
  - {name: Club, every: Friday 12:00-13:00, presenters: fellows}
requests:
  - {fellow: Ada, vacation: [2026-07-20]}
  - {fellow: Ben, vacation: [2026-08-03]}
priorities: [wishes]
work hours: ACGME
"""


@cache
def layered(folder) -> Result:
    """The layered program, solved once."""
    path = folder / "program.yaml"
    path.write_text(LAYERED, encoding="utf-8")
    result = plan_year(read_program(path))
    assert result.report.ok, [f.sentence for _, f in result.report.too_long]
    return result


def by_hand(rows: str, *rules, priorities=()) -> tuple[Program, Schedule]:
    """A program and its year from a picture: one line a fellow, one letter a week, ``.`` for nothing."""
    lines = rows.split()
    duties = sorted(set("".join(lines)) - {"."})
    people = tuple(Person(name.lower(), name) for name in NAMES[:len(lines)])
    start = date(2026, 7, 6)
    program = Program(
        name="By hand", year=year_of_weeks(start, start + timedelta(7 * len(lines[0]) - 1)), people=people,
        rotations=tuple(Rotation(d) for d in duties if d != "V"), leaves=(Leave("V"),), priorities=priorities,
        rules=(OneDuty(what=one(*{*duties, "V"})), *rules))
    cells = {p.id: {s: (d,) for s, d in enumerate(line) if d != "."} for p, line in zip(people, lines, strict=True)}
    return program, Schedule(program.layer(), cells)


def drawn(schedule: Schedule) -> str:
    """The picture of a year of one-letter duties."""
    return " ".join("".join("".join(schedule.at(p, s)) or "." for s in schedule.layer.slots) for p in schedule.people)
