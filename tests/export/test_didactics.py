"""The conferences in workbook, report, month page and sign-in sheets, counted by hand in nine weeks."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest

from scheduler.check.attendance import attendance
from scheduler.check.duty_times import judge_year
from scheduler.domain.result import Result, Tier
from scheduler.domain.words import Group
from scheduler.export.credit import done_by
from scheduler.export.public import public
from scheduler.export.report import report_html
from scheduler.export.tier_words import proof
from scheduler.export.view import View
from scheduler.export.wall import months, write_didactics
from scheduler.export.workbook import write_workbook
from tests.check.test_attendance import talks
from tests.export.test_report import plain, section


@pytest.fixture(scope="module")
def result():
    program, schedule = talks()
    return Result(program, schedule, judge_year(program, schedule), "feasible", (), datetime(2026, 8, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def book(result, tmp_path_factory):
    return openpyxl.load_workbook(write_workbook(result, tmp_path_factory.mktemp("talks") / "x.xlsx"))


def rows(sheet):
    return [[value or "" for value in row] for row in sheet.iter_rows(min_row=5, values_only=True)]


def test_the_sheet_lists_sessions_then_what_has_none(book):
    found = rows(book["Didactics"])
    held = [row for row in found if row[2] not in ("no session", "not scheduled")]
    assert len([r for r in held if r[3] == "Lecture"]) == 9
    assert held[0][:4] == [datetime(2026, 8, 31), "Mon", "07:00–07:30", "Huddle"]
    club = [r for r in held if r[3] == "Club"]
    assert [r[0].date() for r in club] == [date(2026, 9, 14), date(2026, 10, 5)]
    assert club[0][6] == "guests"
    assert club[0][9] == "moved from Monday 7 September; replaces Huddle"
    lectures = [r[6] for r in held if r[3] == "Lecture"]
    assert [lectures[n] for n in (0, 4, 6, 8)] == ["Fellow A", "Fellow A", "Fellow B", "Dr. X"]
    assert ["no session", "Huddle", "replaced by Club"] in [[r[2], r[3], r[9]] for r in found]
    assert found[-1][2:4] == ["not scheduled", "Retreat"]


def test_presenters_and_attendance_are_counted(book):
    assert rows(book["Presenters"]) == [["Fellow A", "fellow", 2, 2], ["Fellow B", "fellow", 1, 1],
                                        ["Dr. X", "faculty", 1, 1], ["fellows, least–most", "", "1–2", ""]]
    lecture = next(r for r in rows(book["Attendance"]) if r[:2] == ["Fellow A", "Lecture"])
    assert lecture[2:] == [8, 1, 6, 75, 80, 2, "too few"]


def test_the_month_page_has_a_sheet_a_month_and_a_square_a_day(result, tmp_path):
    found = list(months(View.of(result)))
    assert [m.title for m in found] == ["August 2026", "September 2026", "October 2026"]
    september = found[1]
    assert (len(september.weekdays), len(september.weeks)) == (5, 5)
    labor = next(d for week in september.weeks for d in week if d.day == date(2026, 9, 7))
    assert (labor.holiday, labor.meetings) == ("Labor Day", ())
    wall, sign = write_didactics(result, tmp_path)
    assert (wall.name, sign.name) == ("didactics.html", "sign-in.html")
    html = wall.read_text(encoding="utf-8")
    assert html.count('class="sheet"') == 3
    assert "http" not in html
    page = next(p for p in sign.read_text(encoding="utf-8").split("<section") if "Lecture, September 2026" in p)
    line = re.search(r">Fellow A</th>(.*?)</tr>", page)
    assert line is not None
    assert re.findall(r"<td>(.*?)</td>", line[1]) == ["", "cannot attend", "away", "", ""]


def test_talks_that_only_their_presenters_are_told_of_are_signed_by_everybody(result, tmp_path):
    program = result.program
    talks_ = replace(program.series[0], opt_in=True, attends=None)
    made = replace(result, program=replace(program, series=(talks_, *program.series[1:])))
    text = write_didactics(made, tmp_path)[1].read_text(encoding="utf-8")
    page = next(p for p in text.split("<section") if f"{talks_.name}, September 2026" in p)
    assert re.findall(r'<th scope="row">(.*?)</th>', page) == [p.name for p in program.people]
    named = replace(talks_, attends=Group("nobody", frozenset()))
    made = replace(result, program=replace(program, series=tuple(
        replace(named, name=s.name, id=s.id) for s in program.series)))
    text = write_didactics(made, tmp_path)[1].read_text(encoding="utf-8")
    assert "<section" not in text and "There is nothing to sign" in text


def test_the_report_has_a_section(result):
    text = plain(section(report_html(result, date(2026, 9, 1), {("a", "Lecture"): 66}), "didactics"))
    assert "Not scheduled: Retreat (its dates are to be determined)." in text
    assert "Fellow A Lecture 8 1 6 75 80 66" in text
    assert "15 September 2026 Project: Plan ready (Fellow A, Fellow B)" in text
    assert "Fellows, least to most 1–2" in text
    assert "Actual percent" not in report_html(result, date(2026, 9, 1))


def test_a_session_is_done_when_its_own_day_is_over(result):
    lectures = [n for n, o in enumerate(result.report.owed) if o.what == "Lecture" and o.fellow.id == "a"]
    assert [result.report.owed[n].got for n in lectures] == [2]
    assert [done_by(result, date(2026, 9, 1))[n] for n in lectures] == [0]
    assert [done_by(result, date(2026, 9, 2))[n] for n in lectures] == [1]


def test_private_leave_is_not_told_by_conferences(result):
    program = result.program
    lecture = replace(program.series[0], about="not during Vacation")
    seen = public(replace(result, program=replace(
        program, leaves=tuple(replace(leave, private=True) for leave in program.leaves),
        series=(lecture, *program.series[1:]))))
    assert seen.program.series[0].about == "not during Away"
    assert [s.name for s in seen.program.series] == [s.name for s in program.series]
    line = next(a for a in attendance(seen.program, seen.schedule) if a.person.id == "a")
    assert (line.expected, line.excused, line.possible) == (8, 1, 6)


def test_proofs_name_the_layers_above():
    assert proof(Tier("x", 1, 1, layer="topics"), True, ("half-days", "call", "conferences", "topics")) == (
        "Proven: nothing smaller is possible, given the rotation year, the half-days, call and the conferences.")
