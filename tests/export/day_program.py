"""A small program with everything that is smaller than a week, solved once a test run: ten weeks, three fellows."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from scheduler.check.duty_times import judge_year
from scheduler.domain.layer import Person
from scheduler.domain.program import Program
from scheduler.domain.result import Result
from scheduler.domain.schedule import Schedule
from scheduler.io.program_file import read_program
from scheduler.year import plan_year

SECRET = "Oncology visits"
AUTUMN, SPRING = "{start: 2026-10-05, end: 2026-12-13, holidays: US}", "{start: 2027-02-01, end: 2027-04-11}"
TEXT = f"""\
program: Small Fellowship
institution: Sample Clinic
timezone: America/Chicago
year: {AUTUMN}
fellows:
  - {{id: a, name: Fellow A}}
  - {{id: b, name: Fellow B}}
  - {{id: c, name: Fellow C}}
rotations:
  - {{name: Office, base: true, sites: [Main Building, North Building], about: the pain office}}
  - name: Ward
    site: Hospital
    staffing: 1
    template: {{morning: Outpatients at West Campus, afternoon: Ward}}
  - {{name: Lab, site: Hospital, template: {{Thursday afternoon: Office}}}}
  - name: Continuity clinic
    by: half-day
    site: West Campus
    contact: 555-0100
    about: own patients; bring the list, please
    not during: Ward
  - {{name: Simulation, by: day, site: Skills Center, from: [Office, Lab]}}
  - {{name: Scholarly day, by: day, clinical: false, from: Office}}
leave:
  - {{name: Vacation, days: 3, from: [Office, Lab]}}
  - {{name: {SECRET}, days: 2, from: Office, private: true}}
requirements:
  - {{rotation: Ward, weeks: 3-4}}
  - {{rotation: Lab, weeks: 1}}
  - {{rotation: Continuity clinic, half-days: 8, per week: 2}}
  - {{rotation: Simulation, days: 1}}
  - {{rotation: Scholarly day, days: 1}}
call:
  - {{name: Night call, kind: home, nights: Monday to Friday, time: "17:00-07:00", hours: 2, contact: pager 12}}
  - {{name: Hospital call, kind: in-house, nights: weekends, time: "07:00-07:00", site: Hospital, about: all consults}}
  - {{name: Second call, kind: home, nights: Saturday, time: "07:00-07:00", hours: 1, backup: true, id: second}}
"""


def program_of(text: str) -> Program:
    """The program of this text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "program.yaml"
        path.write_text(text, encoding="utf-8")
        return read_program(path)


@cache
def small(year: str = AUTUMN) -> Result:
    """The program, solved and checked."""
    return plan_year(program_of(TEXT.replace(AUTUMN, year)), reasons=0)


def changed(result: Result, layer: str, person: str, slots: dict[int, tuple[str, ...]]) -> Result:
    """The same with some cells of a layer below the week filled in by hand, and checked again."""
    schedule = result.schedule
    cells = {name: dict(other.cells) for name, other in schedule.beside.items()}
    cells[layer][person] = {s: duties for s, duties in {**cells[layer].get(person, {}), **slots}.items() if duties}
    top, *below = result.program.layers()
    edited = Schedule.joined([(top, schedule.cells), *((each, cells[each.name]) for each in below)])
    return replace(result, schedule=edited, report=judge_year(result.program, edited), version=result.version + 1)


def person(result: Result, id_: str = "a") -> Person:
    """A fellow by id."""
    return result.schedule.layer.person(id_)


def free_week(result: Result, id_: str = "a") -> tuple[int, ...]:
    """The half-days of a week of a fellow on the base rotation without anything below, from Monday."""
    fellow, halves = person(result, id_), result.schedule.beside["half-days"]
    for slot, duties in result.schedule.of(fellow):
        mine = result.program.half_days.by_period[slot]
        if duties == ("Office",) and len(mine) == 10 and not any(halves.at(fellow, s) for s in mine):
            return mine
    raise AssertionError("no free week")


def emptied(result: Result, id_: str = "a") -> Result:
    """The same with the fellow's half-days all open."""
    halves = result.schedule.beside["half-days"]
    return changed(result, "half-days", id_, {s: () for s, _ in halves.of(person(result, id_))})
