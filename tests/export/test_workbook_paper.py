"""The workbook on paper and on screen: every sheet there, frozen, titled, and pages that fit across."""

import pytest
from openpyxl.utils import get_column_letter

from tests.export.books import LEFT, SHAPES, opened
from tests.sample import sample_result

SHEETS = ["Schedule", "Requirements", "Rosters", "Leave and requests", "Rules", "Priorities", "Assumptions", "_ids"]
DAY_SHEETS = ["Schedule", "Days", "Where", "Call", "Requirements", "Working days", "Work hours", *SHEETS[2:]]


def test_block_heads_are_never_cut_by_the_page(tmp_path):
    sheet = opened(sample_result(), tmp_path)["Schedule"]
    breaks = [b.id for b in sheet.col_breaks.brk]
    assert len(breaks) == 2                                 # two halves of the year, then the tallies
    assert not any(m.min_col <= b < m.max_col for m in sheet.merged_cells.ranges for b in breaks)
    heads = [sheet.cell(3, c).value for c in range(LEFT, LEFT + 52)]
    assert [h for h in heads if h] == [f"Block {n}" for n in range(1, 14)]
    assert (sheet.cell(4, LEFT).value, sheet.cell(5, LEFT).value.isoformat(), sheet.cell(6, LEFT).value.isoformat()) \
        == (1, "2026-07-01T00:00:00", "2026-07-05T00:00:00")
    assert sheet.cell(4, LEFT + 25).comment.text == "Christmas Day"


@pytest.mark.parametrize("name", SHAPES)
def test_every_sheet_is_there_frozen_and_set_up_for_paper(name, tmp_path):
    result = SHAPES[name]()
    book = opened(result, tmp_path)
    assert book.sheetnames == (DAY_SHEETS if name == "days" else SHEETS)
    assert book["_ids"].sheet_state == "veryHidden"
    assert book["Schedule"].freeze_panes == "C7"
    assert book["Rosters"].freeze_panes == "D5"
    for sheet in book.worksheets[:-1]:
        assert sheet.freeze_panes
        assert sheet.page_setup.paperSize == 1
        assert sheet.page_setup.orientation == ("portrait" if sheet.title in ("Rosters", "Call") else "landscape")
        assert sheet.print_title_rows
        assert sheet.print_area
        assert "As of 1 May 2026, 12:00 UTC, version" in sheet.oddFooter.left.text
        assert result.program.name.replace("&", "&&") in sheet.oddHeader.left.text
        assert len(sheet.HeaderFooter.oddHeader.left.text or "") < 200
        if sheet.title != "Assumptions":
            assert str(sheet["A2"].value).startswith("As of 1 May 2026, 12:00 UTC, version")
    assert 40 <= (book["Schedule"].page_setup.scale or 100) <= 100
    assert book["Schedule"].print_title_cols == "$A:$B"


@pytest.mark.parametrize("name", SHAPES)
def test_pages_of_the_grid_fit_across_the_paper(name, tmp_path):
    sheet = opened(SHAPES[name](), tmp_path)["Schedule"]

    def pixels(column):
        found = [d for d in sheet.column_dimensions.values() if d.min <= column <= d.max]
        return found[0].width * 7 if found else 64

    last = sheet.max_column
    ends = [b.id for b in sheet.col_breaks.brk]
    for start, end in zip([LEFT, *(e + 1 for e in ends)], [*ends, last], strict=True):
        if end - start < 60:
            wide = sum(map(pixels, [1, 2, *range(start, end + 1)])) * (sheet.page_setup.scale or 100) / 100
            assert wide <= 10.2 * 96, (get_column_letter(start), wide)
