"""What is wrong below the week is marked where it is, and the sheets come out on paper."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.export.books import opened
from tests.export.day_shapes import HALVES, NIGHTS, B, day_program, day_result
from tests.export.test_days_sheets import RED, row_of, table


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    return opened(day_result(), tmp_path_factory.mktemp("days"))



def test_what_is_wrong_is_framed_where_it_is(tmp_path):
    nights = {**NIGHTS, B: {date(2026, 6, 29): "Night"}}            # two on one night
    halves = {**HALVES, B: {(date(2026, 7, d), None): "Heart clinic" for d in (1, 2)}}     # four of at most two
    book = opened(day_result(nights=nights, halves=halves), tmp_path)
    sheet = book["Days"]
    night = sheet.cell(row_of(sheet, date(2026, 6, 29)), 10)
    assert (night.value, night.fill.start_color.rgb) == ("Fellow A, Fellow B", RED)
    assert "Night" in night.comment.text
    clinic = sheet.cell(row_of(sheet, date(2026, 7, 1)), 6)
    assert "Fellow B has 4 half-days of Heart clinic" in clinic.comment.text
    assert clinic.border.left.style == "medium"
    assert sheet.cell(row_of(sheet, date(2026, 7, 9)), 6).comment is None
    year = book["Schedule"]
    notes = {c.column: c.comment.text for row in year.iter_rows(min_row=7, max_row=9) for c in row if c.comment}
    assert any("Fellow B has 4 half-days" in note for column, note in notes.items() if column == 3)
    assert not any("Fellow B has 4 half-days" in note for column, note in notes.items() if column != 3)


def test_work_hours_show_each_window_and_what_is_broken(tmp_path):
    from scheduler.domain.duty_hours import Limits
    program = replace(day_program(), limits=Limits(weekly_hours=35))
    rows = table(opened(day_result(program), tmp_path)["Work hours"], 4)
    lab = next(r for r in rows if r["Fellow"] == "Fellow A" and r["Rotation, or limit"] == "Lab")
    assert (lab["From"], lab["To"]) == (datetime(2026, 7, 13), datetime(2026, 7, 26))
    assert (lab["Days"], lab["Hours"], lab["Hours a week"], lab["Verdict"]) == (14, 80, 40, "beyond")
    broken = [r for r in rows if r["Verdict"] == "broken" and r["Rotation, or limit"] == "weekly hours"]
    assert any(r["From"] == datetime(2026, 7, 13) and "40" in r["What was found"] for r in broken)


@pytest.mark.parametrize("name", ["Days", "Where", "Call", "Working days", "Work hours"])
def test_the_sheets_are_set_up_for_paper(name, month):
    sheet = month[name]
    assert sheet.freeze_panes
    assert sheet.print_title_rows
    assert sheet.print_area
    assert "As of 1 May 2026" in sheet.oddFooter.left.text
    assert str(sheet["A2"].value).startswith("As of 1 May 2026, 12:00 UTC, version 3")


def test_a_month_is_a_page_of_days(month):
    sheet = month["Days"]
    ends = [b.id for b in sheet.row_breaks.brk]
    assert [sheet.cell(e + 1, 2).value.date() for e in ends] == [date(2026, 7, 1)]
    assert 40 <= (sheet.page_setup.scale or 100) <= 100
