"""The marked copy: frames and comments where something is wrong, a list with links, everything else as it was."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest
from openpyxl.comments import Comment

from scheduler.check.duty_times import judge_year
from scheduler.domain.result import Result
from scheduler.export.marked import AMBER, NAME, RED, Mark, Places, marked, marks
from scheduler.export.workbook import write_workbook
from scheduler.io.any_schedule import read_anything
from tests.export.books import SHAPES
from tests.export.day_shapes import day_result
from tests.io.grids import book, rows, tiny


def places(read):
    return Places(read.spots, read.heads, read.names)


def edit(sheet):
    """A coordinator's own sheet: colours, a comment, a formula beside the grid, a merge, a drop-down list."""
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation
    sheet["B2"].fill = PatternFill("solid", start_color="FF00FF00")
    sheet["B2"].comment = Comment("ask Ada", "coordinator")
    sheet["P2"] = '=COUNTIF(B2:M2,"Hospital")'
    sheet["A9"] = "my own note"
    sheet.merge_cells("G2:H2")
    sheet.column_dimensions["C"].width = 33
    sheet.conditional_formatting.add("B2:M4", openpyxl.formatting.rule.CellIsRule(operator="equal", formula=['"x"']))
    check = DataValidation(type="list", formula1='"Clinic,Hospital"')
    sheet.add_data_validation(check)
    check.add("B2:M4")
    sheet.parent.create_sheet("Mine")["A1"] = "kept"


@pytest.fixture(scope="module")
def grid(tmp_path_factory):
    """(marks, the copy opened again, the original's bytes): Ada has three weeks of Hospital in a row."""
    program, path = tiny(), tmp_path_factory.mktemp("grid") / "x.xlsx"
    year = {"Ada": "HHHCVHHCCPPC", "Ben": "CC.HPCVHHACP", "Cleo": "PPCVHCCCPHCH"}
    path.write_bytes(book(rows(year={**year, "Ben": year["Ben"].replace(".", "-")}), edit))
    read = read_anything(path, program)
    result = Result(program, read.schedule, judge_year(program, read.schedule), "feasible", (),
                    datetime(2026, 5, 1, tzinfo=UTC))
    found = marks(result, places(read))
    return found, openpyxl.load_workbook(io.BytesIO(marked(path.read_bytes(), found, "x.xlsx"))), path.read_bytes()


def test_cells_of_broken_rules_have_a_frame_and_say_why(grid):
    found, copy, _ = grid
    sheet = copy["Year"]
    for cell in ("B2", "C2", "D2"):
        assert "3 weeks in a row" in sheet[cell].comment.text
        assert {sheet[cell].border.left.color.rgb, sheet[cell].border.top.color.rgb} == {RED}
    assert sheet["B2"].comment.text.startswith("ask Ada\n") and sheet["B2"].comment.author == "coordinator"
    assert "Ben has nothing to do in the week of 20 July." in sheet["D3"].comment.text
    assert all(mark.bad for mark in found if mark.strength == "must hold")
    assert sheet["M4"].border.left.style is None or sheet["M4"].comment is not None
    clean = [c for r in sheet["B2:M4"] for c in r if c.comment is None and c.coordinate != "H2"]
    assert clean and all(c.border.left.style != "thick" for c in clean)
    merged = sheet["G2"].comment
    assert merged is None or sheet["H2"].border.right.color.rgb == RED


def test_everything_else_is_as_it_was(grid):
    _, copy, original = grid
    sheet, old = copy["Year"], openpyxl.load_workbook(io.BytesIO(original))["Year"]
    assert [[c.value for c in row] for row in sheet.iter_rows()] == [[c.value for c in row] for row in old.iter_rows()]
    assert sheet["B2"].fill.start_color.rgb == "FF00FF00"               # a colour means something: it stays
    assert sheet["D2"].fill.start_color.rgb == "FFF6D5D0"
    assert sheet["P2"].value == '=COUNTIF(B2:M2,"Hospital")' and copy["Mine"]["A1"].value == "kept"
    assert sheet.merged_cells.ranges == old.merged_cells.ranges
    assert sheet.column_dimensions["C"].width == 33
    assert len(sheet.data_validations.dataValidation) == len(sheet.conditional_formatting) == 1


def test_the_list_has_every_sentence_and_links_to_its_cells(grid):
    found, copy, _ = grid
    sheet = copy[NAME]
    assert copy.sheetnames[0] == NAME
    listed = [sheet.cell(r, 1).value for r in range(5, sheet.max_row + 1)]
    assert listed == [mark.sentence for mark in found]
    row = next(r for r in range(5, sheet.max_row + 1) if "in a row" in sheet.cell(r, 1).value)
    assert [sheet.cell(row, c).value for c in (3, 4, 5, 6)] == ["must hold", "Year!B2", "C2", "D2"]
    assert sheet.cell(row, 5).hyperlink.location == "'Year'!C2"
    strengths = [sheet.cell(r, 3).value for r in range(5, sheet.max_row + 1)]
    assert strengths == sorted(strengths, key=lambda s: s != "must hold")


def test_a_copy_of_a_copy_has_one_list(grid):
    found, copy, _ = grid
    out = io.BytesIO()
    copy.save(out)
    again = openpyxl.load_workbook(io.BytesIO(marked(out.getvalue(), found, "again")))
    assert again.sheetnames.count(NAME) == 1 and again[NAME]["A2"].value == "again"
    assert again["Year"]["C2"].comment.text == copy["Year"]["C2"].comment.text


def test_wishes_and_advice_are_amber_and_odd_names_are_safe():
    source = book([["=x", "b"]], title="It's")
    copy = openpyxl.load_workbook(io.BytesIO(marked(source, [
        Mark("=HYPERLINK(1)", "r", "priority: comfort", (("It's", 1, 2),))], "h")))
    assert copy["It's"]["B1"].border.left.color.rgb == AMBER
    assert copy["It's"]["B1"].fill.fill_type is None
    assert (copy[NAME]["A5"].value, copy[NAME]["A5"].data_type) == ("=HYPERLINK(1)", "s")
    assert copy[NAME]["D5"].hyperlink.location == "'It''s'!B1"


def test_a_schedule_without_mistakes_says_so():
    copy = openpyxl.load_workbook(io.BytesIO(marked(book([["a"]]), [], "h")))
    assert copy[NAME]["A5"].value == "Nothing: every rule that was judged holds."


def test_half_days_and_call_are_marked_on_their_own_sheets(tmp_path):
    result = day_result()
    read = read_anything(write_workbook(result, tmp_path / "x.xlsx"), result.program)
    spots = {spot[0] for mark in marks(result, places(read)) for spot in mark.spots}
    assert spots <= {"Schedule", "Days", "Call"} and spots
    owed = next(m for m in marks(result, places(read)) if "Heart clinic" in m.sentence and "Fellow C" in m.sentence)
    assert {sheet for sheet, *_ in owed.spots} == {"Days"}


def test_private_leave_is_not_told(tmp_path):
    result = SHAPES["private"]()
    read = read_anything(write_workbook(result, tmp_path / "x.xlsx"), result.program, result.schedule)
    found = marks(result, places(read))
    secret = [leave.name for leave in result.program.leaves if leave.private]
    assert found and not any(word in mark.sentence + mark.rule for mark in found for word in secret)
