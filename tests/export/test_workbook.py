"""The workbook read back: the grid is the schedule, tallies and coverage are counted again, the paper is set up."""

import io
import zipfile
from itertools import groupby

import pytest

from scheduler.export.palette import colours, shorts
from scheduler.export.view import ordered
from scheduler.export.workbook import write_workbook
from tests.export.books import LEFT, SHAPES, TOP, opened
from tests.sample import sample_result, with_cell

GREEN, RED = "FFDDEEDD", "FFF6D5D0"


def spread(sheet):
    """(row, column) → (text, fill) with merged cells filled in."""
    found = {(c.row, c.column): c for row in sheet.iter_rows() for c in row}
    for block in sheet.merged_cells.ranges:
        first = found[block.min_row, block.min_col]
        for row in range(block.min_row, block.max_row + 1):
            for column in range(block.min_col, block.max_col + 1):
                found[row, column] = first
    return {at: (cell.value, cell.fill.start_color.rgb if cell.fill.fill_type == "solid" else cell.fill.fill_type)
            for at, cell in found.items()}


@pytest.mark.parametrize("name", SHAPES)
def test_the_grid_is_the_schedule(name, tmp_path):
    result = SHAPES[name]()
    sheet = opened(result, tmp_path)["Schedule"]
    cells, program = spread(sheet), result.program
    secret = {x.name for x in program.leaves if x.private}
    short, colour = shorts(program), colours(program)
    for row, person in enumerate(ordered(result), start=TOP):
        assert cells[row, 1][0] == person.name
        here = set(result.schedule.layer.present(person))
        for slot in result.schedule.layer.slots:
            text, fill = cells[row, LEFT + slot]
            duties = ["Away" if d in secret else d for d in result.schedule.at(person, slot)]
            if not duties:
                assert not text
                assert (fill == RED) == (slot in here)
                continue
            assert text in (" + ".join(duties), "+".join({**short, "Away": "AWAY"}[d] for d in duties))
            if not secret:
                assert fill == "FF" + colour[duties[0]][1:]


def test_equal_neighbours_are_one_cell_except_where_the_page_ends(tmp_path):
    result = sample_result()
    sheet = opened(result, tmp_path)["Schedule"]
    breaks = [b.id for b in sheet.col_breaks.brk]            # the last column of a page
    merged = {(m.min_row, m.min_col): m.max_col for m in sheet.merged_cells.ranges}
    for row, person in enumerate(ordered(result), start=TOP):
        cells = [(result.schedule.at(person, s), s) for s in result.schedule.layer.slots]
        for _, run in groupby(cells, key=lambda cell: cell[0]):
            columns = [LEFT + slot for _, slot in run]
            for page in (True, False):
                part = [c for c in columns if (c <= breaks[0]) is page]
                if len(part) > 1:
                    assert merged[row, part[0]] == part[-1]
                elif part:
                    assert (row, part[0]) not in merged


def test_tallies_are_what_the_schedule_gives(tmp_path):
    result = with_cell(sample_result(), "fellow-a", 3, "SIPS")
    sheet = opened(result, tmp_path)["Schedule"]
    left = LEFT + 53
    heads = {}
    for column in range(left, sheet.max_column + 1):
        heads[sheet.cell(3, column).value.rsplit(",", 1)[0].replace(" (elective)", "")] = column
    assert set(heads) == {d.name for d in result.program.duties} - {"Pain Clinic"}
    for row, person in enumerate(ordered(result), start=TOP):
        for name, column in heads.items():
            owed = [o for o in result.report.owed if o.what == name and o.fellow.id == person.id]
            cell = sheet.cell(row, column)
            if owed:
                assert cell.value == sum(name in duties for _, duties in result.schedule.of(person))
                good = owed[0].owed_min <= cell.value <= owed[0].owed_max
                assert cell.fill.start_color.rgb == (GREEN if good else RED)
                assert ("▼" in cell.number_format) == (not good)
                assert f"of {owed[0].owed_min}" in cell.number_format
    assert any(sheet.cell(TOP, c).fill.start_color.rgb == RED for c in heads.values())


def test_coverage_below_counts_everyone_there(tmp_path):
    result = with_cell(sample_result(), "fellow-a", 3, "SIPS")
    sheet = opened(result, tmp_path)["Schedule"]
    rows = {sheet.cell(r, 1).value: r for r in range(TOP + 6, sheet.max_row + 1) if sheet.cell(r, 1).value}
    assert next(iter(rows)) == "How many are on"
    wanted = {"MIPS: 1–2 needed": {"MIPS"}, "SIPS: up to 1": {"SIPS"}, "On leave": {"Vacation", "Meeting"}}
    for label, duties in wanted.items():
        for slot in range(52):
            count = sum(bool(duties & set(result.schedule.at(p, slot))) for p in result.schedule.people)
            cell = sheet.cell(rows[label], LEFT + slot)
            assert cell.value == count
            low, high = {"M": (1, 2), "S": (0, 1), "O": (0, 9)}[label[0]]
            bad = not low <= count <= high
            assert (cell.fill.start_color.rgb == RED) == bad


def test_the_legend_has_every_duty_in_its_colour(tmp_path):
    result = sample_result()
    sheet = opened(result, tmp_path)["Schedule"]
    cells = spread(sheet)
    start = next(row for (row, _), (text, _) in cells.items() if text == "Legend")
    chips = {text: fill for (row, _), (text, fill) in cells.items() if row > start and text}
    short, colour = shorts(result.program), colours(result.program)
    used = {d for mine in result.schedule.cells.values() for duties in mine.values() for d in duties}
    for name in used:
        assert chips[short[name]] == "FF" + colour[name][1:]
        assert any(str(text).startswith(name) for text in chips)
    texts = [c for row in sheet.iter_rows(min_row=start) for c in row if c.value and str(c.value).startswith("MIPS, ")]
    assert texts[0].alignment.indent == 1


def test_a_broken_schedule_shows_where_and_why(tmp_path):
    result = with_cell(sample_result(), "fellow-a", 3, "SIPS")
    book = opened(result, tmp_path)
    notes = [c.comment.text for c in book["Schedule"][TOP] if c.comment]
    assert any("SIPS" in note for note in notes)
    assert book["Rules"]["E5"].value == "broken"             # broken rules come first
    assert "breaks what must hold" in book["Rules"]["A2"].value


def test_requirements_stand_together_fellow_by_fellow(tmp_path):
    result = sample_result()
    sheet = opened(result, tmp_path)["Requirements"]
    names = [sheet.cell(r, 1).value for r in range(5, sheet.max_row + 1)]
    assert [n for n, _ in groupby(names)] == [p.name for p in ordered(result)]
    assert len(names) == len(result.report.owed)
    begins = [r for r in range(5, sheet.max_row + 1) if sheet.cell(r, 1).border.top.style == "medium"]
    assert len(begins) == len(result.program.people)


@pytest.mark.parametrize("name", SHAPES)
def test_rosters_and_hidden_ids_say_the_same_as_the_grid(name, tmp_path):
    result = SHAPES[name]()
    book = opened(result, tmp_path)
    sheet, ids = book["Rosters"], book["_ids"]
    heads = {sheet.cell(4, c).value: c for c in range(4, sheet.max_column + 1)}
    secret = {x.name for x in result.program.leaves if x.private}
    for slot in result.schedule.layer.slots:
        for name_, column in heads.items():
            duties = secret if name_ == "Away" else {name_}
            there = [p.name for p in result.schedule.people if duties & set(result.schedule.at(p, slot))]
            assert (sheet.cell(5 + slot, column).value or "") == ", ".join(there)
    for row, person in enumerate(ordered(result), start=1):
        assert (ids.cell(row, 4).value, ids.cell(row, 5).value) == (person.id, person.name)
    facts = {ids.cell(r, 1).value: ids.cell(r, 2).value for r in range(1, 7)}
    assert facts == {"format": 1, "digest": result.program.digest, "version": result.version, "grid": "Schedule",
                     "first row": TOP - 1, "first column": LEFT - 1}


def test_the_same_result_gives_the_same_bytes(tmp_path):
    one = write_workbook(sample_result(), tmp_path / "1.xlsx").read_bytes()
    assert write_workbook(sample_result(), tmp_path / "2.xlsx").read_bytes() == one
    assert zipfile.ZipFile(io.BytesIO(one)).testzip() is None


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path):
    book = opened(SHAPES["odd name"](), tmp_path)
    cell = next(c for c in book["Schedule"]["A"] if c.value and "SUM" in str(c.value))
    assert (cell.data_type, cell.hyperlink) == ("s", None)
