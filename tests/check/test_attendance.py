"""Attendance counted by hand in nine weeks, and read back from sign-in sheets."""

from datetime import date

import pytest

from scheduler.check.attendance import attendance
from scheduler.domain.schedule import Schedule
from scheduler.io.attendance_csv import Record, actual, read_attendance
from scheduler.io.problems import BadInput
from tests.export.day_program import program_of

TEXT = """\
program: Talks
year: {start: 2026-08-31, end: 2026-11-01, holidays: US}
fellows:
  - {id: a, name: Fellow A}
  - {id: b, name: Fellow B}
faculty:
  - {id: dr-x, name: Dr. X}
rotations:
  - {name: Office, base: true}
  - {name: Ward}
leave:
  - {name: Vacation, days: 0-2, from: Office}
requirements:
  - {rotation: Lecture, sessions: 0-3, for: fellows}
call:
  - {name: Night, kind: in-house, nights: Monday to Friday, time: "17:00-07:00"}
conferences:
  - {name: Lecture, every: Tuesday 17:00-18:00, presenters: [fellows, faculty], attendance: 80, cannot attend: Ward}
  - {name: Club, every: first Monday 07:00-08:00, on holiday: next Monday, replaces: Huddle, presenters: guests}
  - {name: Huddle, every: Monday 07:00-07:30}
  - {name: Journal, every: Friday 07:00-08:00, attends: Fellow B, opt in: true}
  - {name: Retreat, every: to be determined}
milestones:
  - {task: Project, dates: {Plan ready: 2026-09-15}}
"""


def talks():
    """A on Ward in week 2 and on leave in week 3; on call in the night to Tuesday 6 October."""
    program = program_of(TEXT)
    cells = {"rotations": {"a": dict.fromkeys(range(9), ("Office",)) | {1: ("Ward",)},
                           "b": dict.fromkeys(range(9), ("Office",))}}
    third = program.half_days.by_period[2]
    cells["half-days"] = {"a": dict.fromkeys(third, ("Vacation",)), "b": {}}
    cells["call"] = {"a": {program.nights.on(date(2026, 10, 5))[0]: ("Night",)}, "b": {}}
    lectures = [n for n, s in enumerate(program.sessions) if s.series == "Lecture"]
    role = program.series[0].roles[0].name
    cells["conferences"] = {"a": {lectures[0]: (role,), lectures[4]: (role,)}, "b": {lectures[6]: (role,)},
                            "dr-x": {lectures[8]: (role,)}}
    schedule = Schedule.joined([(layer, cells.get(layer.name, {})) for layer in program.layers()])
    return program, schedule


def test_leave_is_excused_and_ward_and_the_day_after_call_are_impossible():
    found = {(line.person.id, line.series.name): line for line in attendance(*talks())}
    a = found["a", "Lecture"]
    assert (a.expected, a.excused, a.possible, a.percent, a.presented) == (8, 1, 6, 75, 2)
    assert a.missed == (date(2026, 9, 8), date(2026, 10, 6))
    assert a.excused_on == (date(2026, 9, 15),)
    assert not a.enough
    b = found["b", "Lecture"]
    assert (b.expected, b.excused, b.possible, b.percent, b.presented, b.enough) == (9, 0, 9, 100, 1, True)


def test_an_opt_in_series_expects_only_those_who_chose_it_and_one_without_dates_nobody():
    found = {(line.person.id, line.series.name) for line in attendance(*talks())}
    assert ("b", "Journal") in found
    assert ("a", "Journal") not in found
    assert "Retreat" not in {series for _, series in found}


def test_recorded_attendance_is_a_percentage_without_the_excused(tmp_path):
    program, _ = talks()
    path = tmp_path / "seen.csv"
    path.write_text("Date,Series,Fellow,Present\n2026-09-01,lecture,Fellow A,yes\n2026-09-08,Lecture,a,no\n"
                    "2026-09-15,Lecture,a,excused\n2026-09-22,Lecture,a,x\n", encoding="utf-8")
    rows = read_attendance(path, program)
    assert rows[0] == Record(date(2026, 9, 1), "Lecture", "a", True)
    assert actual(program, rows) == {("a", "Lecture"): 66}


def test_every_mistake_comes_with_its_line_and_a_remedy(tmp_path):
    program, _ = talks()
    path = tmp_path / "seen.csv"
    path.write_text("date,series,fellow,present\n2026-09-02,Lecture,a,yes\nsoon,Lectur,Fellow Z,perhaps\n"
                    "2026-09-08,Lecture,a,no\n2026-09-08,Lecture,Fellow A,yes\n2026-09-08,Lecture\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_attendance(path, program)
    said = [(p.place.line, p.message) for p in caught.value.problems]
    assert (2, "Lecture has no session on 2026-09-02.") in said
    assert [line for line, _ in said] == [2, 3, 3, 3, 3, 5, 6]
    assert all(p.remedy for p in caught.value.problems)
    assert "The nearest is on 2026-09-01." in str(caught.value)
    assert "Did you mean “Lecture”?" in str(caught.value)
    path.write_text("day,series,fellow,present\n", encoding="utf-8")
    with pytest.raises(BadInput, match="no column “date”"):
        read_attendance(path, program)
