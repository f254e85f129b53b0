"""The sheets below the week, against a month filled in by hand."""

from datetime import date, datetime

import openpyxl
import pytest

from scheduler.export.palette import colours
from scheduler.export.view import View
from scheduler.export.workbook import write_workbook
from tests.export.books import SHAPES, opened
from tests.export.day_shapes import NIGHTS, day_program, day_result

RED, GREEN = "FFF6D5D0", "FFDDEEDD"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return opened(day_result(), tmp_path_factory.mktemp("days"))


def table(sheet, head):
    """Rows below the row of heads, by head, as Excel shows them."""
    heads = [c.value for c in sheet[head]]
    return [dict(zip(heads, (c.value for c in row), strict=True)) for row in sheet.iter_rows(min_row=head + 1)]


def row_of(sheet, day, column=2):
    return next(row for row in range(1, sheet.max_row + 1)
                if sheet.cell(row, column).value == datetime(day.year, day.month, day.day))


def cells(sheet, day):
    """Head → text of one date on the sheet of days; a merged cell says its text in each of its columns."""
    row = row_of(sheet, day)
    merged = {(row, c): sheet.cell(m.min_row, m.min_col).value for m in sheet.merged_cells.ranges
              for c in range(m.min_col, m.max_col + 1) if m.min_row == row}
    return [merged.get((row, c), sheet.cell(row, c).value) for c in range(1, sheet.max_column + 1)]


def test_programs_without_lower_layers_have_no_such_sheets(tmp_path):
    result = SHAPES["sample"]()
    assert View.of(result).days is None
    assert not {"Days", "Where", "Call", "Working days", "Work hours"} & set(opened(result, tmp_path).sheetnames)


def test_a_date_says_what_each_half_is_spent_on(book):
    sheet = book["Days"]
    assert [sheet.cell(4, c).value for c in (4, 6, 8)] == ["Fellow A", "Fellow B", "Fellow C"]
    assert [sheet.cell(5, c).value for c in (4, 5)] == ["morning", "afternoon"]
    #        week, date, day, A, A, B, B, C, C, Night, Pager, holiday
    assert cells(sheet, date(2026, 6, 29))[3:] == ["Clinic", "Ward", "Clinic", "Clinic", None, None, "Fellow A",
                                                   "Fellow B", None]
    assert cells(sheet, date(2026, 6, 30))[3:7] == ["after call", "Ward", "Clinic", "Clinic"]
    assert cells(sheet, date(2026, 7, 1))[5:7] == ["Clinic", "HC"]
    assert cells(sheet, date(2026, 7, 3))[3:7] == ["Clinic", "Ward", "holiday", "holiday"]
    assert cells(sheet, date(2026, 7, 3))[-1] == "Independence Day"
    assert cells(sheet, date(2026, 7, 16))[3:9] == ["Course", "Course", "Vacation", "Vacation", "Clinic", "Ward"]
    assert cells(sheet, date(2026, 7, 20))[5:7] == ["Away", "Away"]
    assert cells(sheet, date(2026, 7, 6))[0] == 2


def test_weekends_with_call_have_a_row_and_others_none(book):
    sheet = book["Days"]
    assert cells(sheet, date(2026, 7, 4))[9] == "Fellow B"
    assert cells(sheet, date(2026, 7, 19))[10] == "Fellow C"
    dates = [sheet.cell(r, 2).value.date() for r in range(6, sheet.max_row + 1)]
    assert dates == sorted(dates)
    assert len(dates) == 20 + 2
    assert date(2026, 7, 11) not in dates


def test_days_wear_the_colours_of_the_year_and_weeks_are_parted(book):
    sheet, colour = book["Days"], colours(day_program())
    row = row_of(sheet, date(2026, 7, 7))
    assert sheet.cell(row, 4).fill.start_color.rgb == "FF" + colour["Heart clinic"][1:]
    assert sheet.cell(row, 5).fill.start_color.rgb == "FF" + colour["Clinic"][1:]
    tops = {r: sheet.cell(r, 2).border.top.style for r in range(6, sheet.max_row + 1)}
    begins = [sheet.cell(r, 2).value.date() for r, style in tops.items() if style == "medium"]
    assert begins == [date(2026, 6, 29), date(2026, 7, 6), date(2026, 7, 13), date(2026, 7, 20)]
    assert sheet.cell(row_of(sheet, date(2026, 7, 3)), 2).fill.start_color.rgb == "FFFFF3CC"
    assert len({colour[x] for x in ("Clinic", "Ward", "Lab", "Heart clinic", "Course", "Night", "Pager")}) == 7


def test_who_is_where_on_a_date(book):
    rows = {(r["Date"].date(), r["When"]): r for r in table(book["Where"], 4)}
    monday = rows[date(2026, 6, 29), "morning"], rows[date(2026, 6, 29), "afternoon"]
    assert [m["Annex"] for m in monday] == ["CL: Fellow A", None]
    assert [m["Hospital"] for m in monday] == [None, "Ward: Fellow A"]
    assert [m["Main"] for m in monday] == ["CL: Fellow B", "CL: Fellow B"]
    assert monday[0]["On call"] == "Night: Fellow A; Pager: Fellow B"
    assert rows[date(2026, 6, 30), "morning"]["Off"] == "after call: Fellow A"
    assert rows[date(2026, 7, 1), "afternoon"]["Heart House"] == "HC: Fellow B"
    assert rows[date(2026, 7, 3), "morning"]["Off"] == "holiday: Fellow B"
    thursday = rows[date(2026, 7, 16), "morning"]
    assert (thursday["no site stated"], thursday["Off"]) == ("CRS: Fellow A", "VAC: Fellow B")
    assert (thursday["North"], thursday["South"]) == (None, None)
    assert rows[date(2026, 7, 17), "morning"]["North"] == "Lab: Fellow A"
    monday = rows[date(2026, 7, 20), "all day"]
    assert monday["South"] == "Lab: Fellow A"                   # the second week of it is at the second site
    assert (monday["Main"], monday["Off"]) == ("CL: Fellow C", "AWAY: Fellow B")
    assert len({day for day, _ in rows}) == 20


def test_call_by_date_and_by_kind(book):
    sheet = book["Call"]
    rows = {r[0].value.date(): [c.value for c in r[1:5]] for r in sheet.iter_rows(min_row=6) if r[0].value}
    assert rows == {date(2026, 6, 29): ["Mon", "weekday", "Fellow A", "Fellow B"],
                    date(2026, 7, 3): ["Fri", "holiday", "Fellow A", None],
                    date(2026, 7, 4): ["Sat", "weekend", "Fellow B", None],
                    date(2026, 7, 8): ["Wed", "weekday", None, "Fellow B"],
                    date(2026, 7, 19): ["Sun", "weekend", None, "Fellow C"]}
    assert sheet.cell(5, 4).value == "Night, 17:00–07:00"
    left = next(c for c in range(5, 12) if sheet.cell(5, c).value == "Fellow")
    heads = [sheet.cell(5, c).value for c in range(left, sheet.max_column + 1)]
    tally = {sheet.cell(r, left).value: dict(zip(heads, (sheet.cell(r, c).value for c in range(
        left, sheet.max_column + 1)), strict=True)) for r in range(6, 11)}
    assert tally["Fellow A"] == {
        "Fellow": "Fellow A", "Night, weekdays": 1, "Night, weekends": 0, "Night, holidays": 1, "Night, all": 2,
        "Pager, weekdays": 0, "Pager, weekends": 0, "Pager, all": 0, "All call": 2, "Night: last year": 3,
        "Night: both years": 5}
    assert [tally["Fellow B"][h] for h in ("Night, all", "Pager, all", "Night: both years")] == [1, 2, 2]
    assert tally["all together"]["All call"] == sum(map(len, NIGHTS.values())) == 6
    assert tally["least to most"]["Night: both years"] == "2–5"     # Fellow C is not here all year


def test_working_days_add_up_to_the_calendar(tmp_path):
    path = write_workbook(day_result(), tmp_path / "x.xlsx")
    live, sheet = (openpyxl.load_workbook(path, data_only=known)["Working days"] for known in (False, True))
    heads = ["Fellow", *(sheet.cell(6, c).value for c in range(2, sheet.max_column - 1)), "Sum", "calendar"]
    rows = {r[0].value: dict(zip(heads[1:], (c.value for c in r[1:]), strict=False))
            for r in sheet.iter_rows(min_row=7, max_row=9)}
    assert rows["Fellow A"] == {"Clinic": 6.5, "Ward": 2.5, "Lab": 9, "Heart clinic": 0.5, "Course": 1, "Vacation": 0,
                                "Away": 0, "Holidays": 0, "After call": 0.5, "Sum": 20, "calendar": 20}
    assert rows["Fellow B"] == {"Clinic": 10, "Ward": 2.5, "Lab": 0, "Heart clinic": 0.5, "Course": 0, "Vacation": 5,
                                "Away": 1, "Holidays": 1, "After call": 0, "Sum": 20, "calendar": 20}
    assert (rows["Fellow C"]["Clinic"], rows["Fellow C"]["Ward"], rows["Fellow C"]["Sum"]) == (7.5, 2.5, 10)
    assert [live.cell(7, c).value for c in (11, 12)] == ["=SUM(B7:J7)", 20]
    assert sheet.cell(7, 11).fill.start_color.rgb == GREEN


def test_sites_are_tallied(book):
    sheet = book["Working days"]
    top = next(r for r in range(1, sheet.max_row) if sheet.cell(r, 1).value == "Working days by site") + 1
    rows = {r["Fellow"]: r for r in table(sheet, top)}
    assert {k: v for k, v in rows["Fellow A"].items() if v} == {
        "Fellow": "Fellow A", "Main": 4.5, "Annex": 2, "Hospital": 2.5, "North": 4, "South": 5, "Heart House": 0.5,
        "no site stated": 1}


def test_requirements_are_in_the_unit_they_are_owed_in(book):
    rows = {(r["Fellow"], r["Rotation"]): r for r in table(book["Requirements"], 4)}
    said = {key: (r["Owed"], r["Got"], r["Unit"], r["Verdict"]) for key, r in rows.items()}
    assert said["Fellow A", "Heart clinic"] == ("1–2", 1, "half-days", "met")
    assert said["Fellow C", "Heart clinic"] == ("1–2", 0, "half-days", "short by 1")
    assert said["Fellow A", "Course"] == ("up to 1", 1, "days", "met")
    assert said["Fellow A", "Lab"] == ("up to 2", 2, "weeks", "met")
    assert said["Fellow B", "Away"] == ("up to 2", 1, "days", "assumed")


def test_leave_by_the_day_and_requests_have_their_dates(book):
    rows = table(book["Leave and requests"], 4)
    found = {(r["Fellow"], r["About"]): (r["From"], r["To"]) for r in rows if r["About"]}
    assert found["Fellow B", "Away"] == (datetime(2026, 7, 20), datetime(2026, 7, 20))
    assert found["Fellow B", "Vacation"] == (datetime(2026, 7, 13), datetime(2026, 7, 19))
    assert found["Fellow A", "Heart clinic in the week of 6 July"] == (datetime(2026, 7, 6), datetime(2026, 7, 10))


def test_proofs_say_what_they_are_given(book):
    proofs = [r["Proof"] for r in table(book["Priorities"], 4)]
    assert proofs == ["Proven: nothing smaller is possible, given the rotation year.",
                      "Proven: nothing smaller is possible, given the priorities above and the rotation year.",
                      "Proven: nothing smaller is possible, given the rotation year and the half-days."]
