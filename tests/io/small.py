"""Small program texts for tests, and how to read them."""

import io
from pathlib import Path
from textwrap import dedent

from scheduler.domain.program import Program
from scheduler.io.problems import BadInput
from scheduler.io.program_file import read_program

#: every section of the rotation year once
EVERYTHING = """\
program: Pain Medicine Fellowship
id: pain
institution: Example Clinic
timezone: America/Chicago
year: {start: 2026-07-01, end: 2027-06-30, period: week, week starts: Monday, blocks: 4 weeks, holidays: US}
fellows:
  - {id: a, name: Fellow A, background: anesthesiology, level: senior, tags: [chief], credit: {Ward: 2}}
  - {name: Fellow B, background: physical medicine and rehabilitation, level: junior, tally: {holidays: 1}}
  - {name: Fellow C, background: neurology, start: 2026-09-01, end: 2027-06-30}
faculty:
  - Dr. Z
backgrounds: [psychiatry]
rotations:
  - {name: Clinic, short: C, site: Main building, base: true, colour: "#4477AA"}
  - {name: Ward, staffing: 0-2, tags: [inpatient], source: the curriculum page}
  - {name: Procedures, tags: [inpatient], only: [senior, neurology], available: 2026-08-01 to 2027-05-31}
  - {name: Course, short: CO}
  - {name: Away, off: true}
leave:
  kinds:
    - {name: Vacation, short: VAC, weeks: 3, at once: 2, assumption: three weeks}
    - {name: Sick leave, private: true}
  approved:
    - {fellow: Fellow B, kind: Sick leave, from: 2026-10-05, to: 2026-10-11}
requirements:
  - {rotation: Ward, weeks: 8-13, for: not psychiatry and not neurology, because: the board asks for it}
  - {rotation: Procedures, weeks: 0-4, elective: true, during: October to May}
  - {rotation: [Ward, Procedures], weeks: 4-20, waived for: Fellow C, priority: comfort, points: 2}
  - {rotation: Away, weeks: 4}
rules:
  - {rule: max in a row, of: inpatient, weeks: 2, because: fatigue}
  - {rule: evenness, of: Ward, over: fellows, during: holidays, tally: holidays, priority: fairness}
  - {rule: who may, of: Ward, only: not senior, during: first 2 weeks}
priorities: [wishes, fairness, comfort]
requests:
  - {fellow: Fellow A, vacation: [2026-12-21, 2027-03-15 to 2027-03-28], electives: [Procedures]}
  - fellow: Fellow C
    timing: [{rotation: Procedures, during: January}]
    avoid: [{rotation: Procedures, during: weeks 50-52}]
electives: anyone
pins:
  - {fellow: Fellow A, rotation: Ward, during: 2026-11-02}
  - {fellow: Fellow A, not: Ward, during: Thanksgiving Day}
cohort weeks:
  - {rotation: Course, in: 2027-04-05, waives: Ward}
assumptions:
  - Three fellows a year.
  - {text: The course is in April., source: the course's page}
"""

#: the same, and every section and key of the layers below the week
ALL_LAYERS = """\
program: Pain Medicine Fellowship
id: pain
institution: Example Clinic
timezone: America/Chicago
year: {start: 2026-07-01, end: 2027-06-30, period: week, week starts: Monday, blocks: 4 weeks, holidays: US,
  working week: {days: Monday to Friday, morning: 08:00-12:00, afternoon: 1 pm to 5 pm}}
fellows:
  - {id: a, name: Fellow A, background: anesthesiology, level: senior, tags: [chief], credit: {Ward: 2, Physiatry: 1}}
  - {name: Fellow B, background: physical medicine and rehabilitation, level: junior, tally: {holidays: 1}}
  - {name: Fellow C, background: neurology, start: 2026-09-01, end: 2027-06-30}
faculty:
  - Dr. Z
backgrounds: [psychiatry]
rotations:
  - {name: Clinic, short: C, site: Main building, base: true, colour: "#4477AA"}
  - {name: Ward, staffing: 0-2, tags: [inpatient], source: the curriculum page}
  - {name: Procedures, tags: [inpatient], only: [senior, neurology], available: 2026-08-01 to 2027-05-31}
  - {name: Course, short: CO}
  - {name: Away, off: true}
  - {name: Night service, works holidays: true, hours: {Monday to Friday: 07:00-17:00, Saturday: 07:00-12:00}}
  - {name: Offices, sites: [Main building, West], template: {morning: Clinic at West, Friday afternoon: Teaching}}
  - {name: Continuity clinic, short: CC, by: half-day, site: West, open: [Tuesday, Friday morning], not during: [Ward]}
  - {name: Physiatry, by: day, staffing: 0-1, from: Clinic, only: not senior, available: September to May, tags: [days]}
  - {name: Scholarly time, by: half-day, clinical: false}
leave:
  kinds:
    - {name: Vacation, short: VAC, weeks: 3, at once: 2, assumption: three weeks}
    - {name: Sick leave, private: true}
    - {name: Meeting, days: 0-5, absence: false, from: [Clinic, Offices], at once: 1}
  approved:
    - {fellow: Fellow B, kind: Sick leave, from: 2026-10-05, to: 2026-10-11}
    - {fellow: Fellow B, kind: Meeting, from: 2026-11-12, to: 2026-11-13}
requirements:
  - {rotation: Ward, weeks: 8-13, for: not psychiatry and not neurology, because: the board asks for it}
  - {rotation: Procedures, weeks: 0-4, elective: true, during: October to May}
  - {rotation: [Ward, Procedures], weeks: 4-20, waived for: Fellow C, priority: comfort, points: 2}
  - {rotation: Away, weeks: 4}
  - {rotation: Continuity clinic, half-days: 20-30, per week: 2, per month: up to 6}
  - {rotation: Physiatry, days: 2, for: not senior, during: September to December}
  - {rotation: Night call, nights: 10-60}
call:
  - {name: Night call, kind: in-house, nights: weekdays, time: 17:00-07:00, from: Ward, free after: 1, people: 0-1,
     closed: [Thanksgiving Day, 2026-12-24 to 2026-12-26], after weeks: 4, backup: false}
  - {name: Weekend call, short: WC, kind: home, nights: [weekends, holidays], hours: 4, by: week, people: 0-1}
conferences:
  - {name: Lecture, short: LEC, every: Tuesday 17:00-18:00, presenters: faculty, attends: senior, place: Library,
     themes: {July: Foundations, August: Headache}, cannot attend: Ward, attendance: 10, colour: "#332288",
     topics: [Anatomy, {name: Opioids, sessions: 2, theme: Headache, after: Anatomy, needed on: Procedures}]}
  - {name: Meeting hour, after: Lecture, time: 18:00-18:30, format: meeting, protected: false}
  - {name: Journal Club, every: Friday 06:30-07:30, presenters: anesthesiology residents}
  - {name: Joint Club, every: first Friday 06:30-07:30, on holiday: next Friday, replaces: Journal Club,
     presenters: fellows, with: post-docs, people: 0-1, not from: Ward, not after: Night call, notice weeks: 4,
     days apart: 14}
  - {name: Review, every: to be determined, source: the page}
no conferences: [{dates: 2026-12-21 to 2027-01-03, because: winter break}, 2027-03-15]
guests: [Dr. G]
post-docs: [Dr. P]
milestones:
  - {task: Project, for: senior, mentors: {Fellow A: Dr. Z}, dates: {Question chosen: 2026-08-31}}
work hours: {weekly hours: 72, nights in a row: off}
rules:
  - {rule: max in a row, of: inpatient, weeks: 2, because: fatigue}
  - {rule: evenness, of: Ward, over: fellows, during: holidays, tally: holidays, priority: fairness}
  - {rule: who may, of: Ward, only: not senior, during: first 2 weeks}
  - {rule: most per, of: any call, nights: 2, per: week}
  - {rule: max in a row, of: Continuity clinic, half-days: 2}
  - {rule: travel, one: West, other: Main building}
priorities: [wishes, fairness, comfort, topics]
requests:
  - {fellow: Fellow A, vacation: [2026-12-21, 2027-03-15 to 2027-03-28], electives: [Procedures]}
  - fellow: Fellow C
    timing: [{rotation: Procedures, during: January}]
    avoid: [{rotation: Procedures, during: weeks 50-52}]
electives: anyone
pins:
  - {fellow: Fellow A, rotation: Ward, during: 2026-11-02}
  - {fellow: Fellow A, not: Ward, during: Thanksgiving Day}
  - {fellow: Fellow A, rotation: Continuity clinic, during: 2026-09-15 morning}
  - {fellow: Fellow B, not: Night call, during: Fridays}
  - {fellow: Fellow B, not: Meeting, during: 2027-03-01 to 2027-03-05}
cohort weeks:
  - {rotation: Course, in: 2027-04-05, waives: Ward}
  - {rotation: Physiatry, in: 2026-10-14, for: not senior}
assumptions:
  - Three fellows a year.
  - {text: The course is in April., source: the course's page}
"""

MINIMAL = """\
program: Small
year: {start: 2026-07-01, end: 2027-06-30}
fellows: [Fellow A, Fellow B]
rotations:
  - {name: Clinic, base: true}
  - {name: Ward, tags: [inpatient]}
leave:
  - Vacation
"""


def read(folder: Path, text: str, **files: bytes | str) -> Program:
    """The program of this text; ``files`` are put beside it, ``name_csv`` for ``name.csv``."""
    for name, content in files.items():
        target = folder / name.replace("_", ".")
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    path = folder / "program.yaml"
    path.write_bytes(dedent(text).encode())
    return read_program(path)


def workbook(rows: list[list[object]], sheet: str = "Sheet1", merge: tuple[str, ...] = ()) -> bytes:
    """An xlsx file with these cells."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for cells in merge:
        page.merge_cells(cells)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def wrong(folder: Path, text: str, **files: bytes | str) -> list[str]:
    """What is wrong with this text: one message a problem."""
    try:
        read(folder, text, **files)
    except BadInput as bad:
        return [problem.message for problem in bad.problems]
    return []
