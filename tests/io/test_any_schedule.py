"""Grids that people make: read whatever their layout, or refused with the place and what to do."""

from datetime import date, datetime

import pytest
from openpyxl.cell.cell import MergedCell

from scheduler.io.problems import BadInput
from tests.io.grids import DATES, FULL, YEAR, as_csv, book, found, refused, rows, tiny, year

MONDAYS = [datetime(2026, 7, 6 + 7 * n) if n < 4 else datetime(2026, 8, 7 * n - 25) if n < 9 else
           datetime(2026, 9, 7 * n - 56) for n in range(12)]

HEADS = {
    "dates of Excel": MONDAYS, "text": DATES, "american": ["Jul 6", *DATES[1:]],
    "slashes": [f"{d.month}/{d.day}" for d in MONDAYS], "with years": [f"{d:%Y-%m-%d}" for d in MONDAYS],
    "ranges": [f"{d:%b} {d.day} - {d.day + 6}" for d in MONDAYS], "numbers": list(range(1, 13)),
    "floats": [float(n) for n in range(1, 13)], "weeks": [f"Week {n}" for n in range(1, 13)],
    "short weeks": [f"wk{n}" for n in range(1, 13)], "with weekdays": [f"{d:%A, %B %d, %Y}" for d in MONDAYS],
    "Fridays with years": [d.replace(day=d.day + 4) if d.day < 27 else d for d in MONDAYS],
}


@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS)
def test_heads_of_many_kinds(heads, tmp_path):
    assert year(found(tmp_path, book(rows(heads)), name="x.xlsx")) == YEAR


def test_csv_tsv_and_semicolons_are_known_by_their_content(tmp_path):
    for mark in ",;\t":
        text = as_csv(rows()).replace(",", mark)
        assert year(found(tmp_path, text, name="schedule.txt")) == YEAR
        assert year(found(tmp_path, text.encode("utf-16"), name="schedule.txt")) == YEAR


def test_numbers_of_weeks_with_point_zero_in_csv(tmp_path):
    assert year(found(tmp_path, as_csv(rows([f"{n}.0" for n in range(1, 13)])))) == YEAR


def test_titles_blanks_and_tallies_are_passed_over(tmp_path):
    table = [["Summer Fellowship"], ["as of 6/1/2026"], [], *rows()]
    for row in table[4:]:
        row += [None, "   ", 12, 4.0]
    table += [[], ["Hospital", *[1] * 12], ["Total", *["3"] * 12], [None] * 30, ["  "]]
    table = [[None, *row] for row in table]
    assert year(found(tmp_path, book(table, top=3), name="x.xlsx")) == YEAR


def test_people_may_stand_across(tmp_path):
    turned = list(map(list, zip(*rows(), strict=True)))
    assert year(found(tmp_path, as_csv(turned))) == YEAR
    got = found(tmp_path, book(turned), name="x.xlsx")
    assert got.spots["rotations", "ben", 3] == ("Year", 5, 3)


def test_a_merge_holds_for_all_its_weeks(tmp_path):
    def merge(sheet):
        for row in (2, 3, 4):
            texts = [sheet.cell(row, c).value for c in range(2, 14)]
            first = 0
            for n in range(1, 13):
                if n == 12 or texts[n] != texts[first]:
                    if n - first > 1:
                        sheet.merge_cells(start_row=row, end_row=row, start_column=first + 2, end_column=n + 1)
                    first = n
        assert isinstance(sheet["C2"], MergedCell)
        sheet.merge_cells("A1:A1")
        sheet["A6"] = "a note that is merged far beyond the grid"
        sheet.merge_cells("A6:XFD7")
    assert year(found(tmp_path, book(rows(), merge), name="x.xlsx")) == YEAR


def test_names_by_id_in_any_case_last_name_first_and_with_a_bracket(tmp_path):
    program = tiny([("{name: Ada,", "{id: f1, name: Ada Byron,"), ("{fellow: Ada,", "{fellow: f1,")])
    for name in ("f1", "ADA  byron", '"Byron, Ada"', "Ada Byron (PGY-5)"):
        text = as_csv(rows()).replace("Ada", name)
        assert found(tmp_path, text, program).schedule.at(program.people[0], 4) == ("Vacation",)
    assert "Did you mean “Ada Byron”" in refused(tmp_path, as_csv(rows()).replace("Ada", "Ada Biron"), program)


def test_words_short_also_and_loose(tmp_path):
    program = tiny([("{name: Hospital,", "{name: Hospital, short: HX, also: [Ward 7, Spital],"),
                    ("{name: Vacation,", "{name: Vacation, also: [PTO],")])
    words = {**FULL, "V": "pto", "A": "airway-skills"}
    for word in ("HX", "hospital ", "HOSPITAL", "ward 7", "Ward7", "spital"):
        assert year(found(tmp_path, as_csv(rows(words={**words, "H": word})), program)) == YEAR


def test_two_words_in_a_cell_are_two_duties(tmp_path):
    for text in ("Clinic + Vacation", "clinic/vacation", "Clinic (Vacation)", "CLIN+VACA", "Clinic & Vacation"):
        got = found(tmp_path, as_csv(rows(words={**FULL, "A": text})))
        assert got.schedule.at(got.schedule.people[1], 9) == ("Clinic", "Vacation")


def test_what_stands_for_nothing(tmp_path):
    for text in ("", "-", "–", "  ", "n/a"):
        assert year(found(tmp_path, as_csv(rows(words={**FULL, "A": text}))))["Ben"] == YEAR["Ben"].replace("A", ".")


def test_every_unknown_word_is_told_once_with_its_cells(tmp_path):
    said = refused(tmp_path, book(rows(words={**FULL, "H": "Hospitle", "A": "Nephrology"})), name="x.xlsx")
    assert said.count("“Hospitle” is no rotation or leave") == 1
    assert "(B2, C2, G2, H2, D3, E3, I3, J3, F4, K4 and M4)" in said.replace(", ", ", ")
    assert "Did you mean “Hospital”?" in said
    assert "x.xlsx!Year!K3: “Nephrology”" in said and "also: [Nephrology]" in said
    assert len(said.split("\n\n")[0].split("→")) == 3


def test_who_has_two_rows_who_has_none_and_who_is_nobody(tmp_path):
    table = rows()
    table[3][0] = "Ada"
    said = refused(tmp_path, as_csv(table))
    assert "grid.csv:4:1: Ada has two rows (line 2, column 1 is the other)" in said
    assert "grid.csv: Cleo has no row in this grid" in said
    table[3][0] = "Dora"
    assert "“Dora” is nobody in the program" in refused(tmp_path, as_csv(table))
    assert "“Dora” is nobody in the program" in refused(tmp_path, as_csv([table[0], table[3], *table[1:3]]))


def test_the_file_of_other_fellows(tmp_path):
    table = rows(year={"Xaver": YEAR["Ada"], "Yvo": YEAR["Ben"], "Zoe": YEAR["Cleo"]})
    said = refused(tmp_path, book(table), name="x.xlsx")
    assert "No row is one of this program's fellows (Ada, Ben and Cleo). Its rows begin with Fellow, Xaver, Yvo" in said
    assert "→ Take this program's schedule" in said


@pytest.mark.parametrize("heads", [[d.replace(year=2025) for d in MONDAYS],
                                   [d.replace(day=1, month=1 + n) for n, d in enumerate(MONDAYS)],
                                   [f"{date(2025, d.month, d.day):%d %b %Y}" for d in MONDAYS]],
                         ids=["last year", "other months", "text"])
def test_the_file_of_another_year(heads, tmp_path):
    said = refused(tmp_path, book(rows(heads)), name="x.xlsx")
    assert "x.xlsx!Year!B1: " in said
    assert "is outside the year of this program (6 July 2026 to 27 September 2026)" in said
    assert "→ Take the schedule of this year" in said


def test_dates_without_a_year_must_begin_periods(tmp_path):
    said = refused(tmp_path, as_csv(rows([f"{int(d.split()[0]) + 1} {d.split()[1]}" for d in DATES])))
    assert "7 July 2026 is not the first day of a week of this program" in said and "another year's file" in said


def test_no_column_may_be_missing(tmp_path):
    table = [row[:5] + row[6:] for row in rows()]
    said = refused(tmp_path, as_csv(table))
    assert "grid.csv:1:6: The week of 3 August has no column." in said and "→ Insert it here again" in said
    table = [row[:10] for row in rows(list(range(1, 13)))]
    said = refused(tmp_path, as_csv(table))
    assert "grid.csv:1:10: The 3 weeks from 7 September have no column." in said and "→ Add them behind this" in said


def test_no_heads_at_all(tmp_path):
    assert "No row above the fellows says which column is which period" in refused(tmp_path, as_csv(rows()[1:]))


def test_a_formula_nobody_calculated_and_an_error(tmp_path):
    def edit(sheet):
        sheet["D2"], sheet["E3"] = "=C2", "#REF!"
        sheet["E3"].data_type = "e"
        sheet["P2"] = "=COUNTIF(B2:M2,\"Hospital\")"            # a tally beside the grid: not looked at
    said = refused(tmp_path, book(rows(), edit), name="x.xlsx")
    assert "x.xlsx!Year!D2: This cell holds a formula without a value." in said
    assert "x.xlsx!Year!E3: This cell holds an error of Excel." in said
    assert said.count("→") == 2


def test_one_merge_over_two_fellows(tmp_path):
    said = refused(tmp_path, book(rows(), lambda sheet: sheet.merge_cells("D2:E3")), name="x.xlsx")
    assert said.count("One merged cell stands for Ada and Ben.") == 1 and "x.xlsx!Year!D2" in said


def test_several_sheets(tmp_path):
    def notes(sheet):
        other = sheet.parent.create_sheet("Notes", 0)
        other["A1"], other["A2"] = "Ada", "6 Jul"
        hidden = sheet.parent.create_sheet("Old plan", 0)
        for row in rows(year=dict.fromkeys(YEAR, "C" * 12)):
            hidden.append(row)
        hidden.sheet_state = "hidden"
        sheet.protection.sheet = True

    assert year(found(tmp_path, book(rows(), notes), name="x.xlsx")) == YEAR

    def second(sheet):
        sheet.parent.copy_worksheet(sheet)["B2"] = "Clinic"

    data = book(rows(), second)
    said = refused(tmp_path, data, name="x.xlsx")
    assert "The sheets “Year” and “Year Copy” are grids of the same fellows and differ." in said
    from scheduler.io.any_schedule import read_anything
    assert year(read_anything(tmp_path / "x.xlsx!Year Copy", tiny()))["Ada"][0] == "C"
    with pytest.raises(BadInput, match="There is no sheet “Jear”"):
        read_anything(tmp_path / "x.xlsx!Jear", tiny())
    only_hidden = book(rows(), lambda sheet: (sheet.parent.create_sheet("Cover"),
                                              setattr(sheet, "sheet_state", "hidden")))
    assert year(found(tmp_path, only_hidden, name="x.xlsx")) == YEAR


def test_a_sheet_used_down_to_its_last_row(tmp_path):
    def edit(sheet):
        sheet["XFD1048576"].number_format = "0.00"
        sheet["C1048576"] = " "
    assert year(found(tmp_path, book(rows(), edit), name="x.xlsx")) == YEAR


def test_a_merge_over_half_the_sheet_is_refused_before_its_cells_are_made(tmp_path):
    import io
    import zipfile
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(rows(), lambda sheet: sheet.merge_cells("A7:B8")))) as old, \
            zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b'ref="A7:B8"', b'ref="A7:XFD1048575"'))
    assert "reaches over far too many cells: A7:XFD1048575" in refused(tmp_path, out.getvalue(), name="x.xlsx")


def test_a_sheet_too_large_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("scheduler.io.book_cells.LARGEST", 1000)
    assert "far too large for a schedule" in refused(tmp_path, book(rows()), name="x.xlsx")


@pytest.mark.parametrize(("data", "said"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a workbook of an old kind (.xls), or one with a password"),
    (b"PK\x03\x04 broken", "seems to be damaged"), (b"%PDF-1.7", "a document or a web page"),
    (b"<html><table><tr><td>Ada", "a document or a web page"), (b"", "This file is empty"),
    (b"\x89PNG\0\0\x01\x02\xff", "neither a schedule.json nor a table"), (b"{}", "not a schedule.json")])
def test_what_is_no_schedule(data, said, tmp_path):
    assert said in refused(tmp_path, data, name="schedule.xlsx")


def test_a_zip_of_something_else(tmp_path):
    import io
    import zipfile
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("content.xml", "<a/>")
    assert "This is no workbook of Excel" in refused(tmp_path, out.getvalue(), name="x.xlsx")


BLOCKS = [("year: {start: 2026-07-06, end: 2026-09-27, period: week}",
           "year: {start: 2026-07-06, end: 2026-09-27, period: week, blocks: 4 weeks}")]


def test_blocks_over_weeks(tmp_path):
    program = tiny(BLOCKS)
    lanes = {"Ada": "HCP", "Ben": "CHC", "Cleo": "PVH"}
    wide = {name: "".join(c * 4 for c in mine) for name, mine in lanes.items()}
    for heads in (["Block 1", "Block 2", "Block 3"], ["6 Jul", "3 Aug", "31 Aug"], [1, 2, 3], ["blk 1", "blk 2", "b3"]):
        assert year(found(tmp_path, as_csv(rows(heads, lanes)), program)) == wide, heads

    def merged(sheet):
        for n in range(3):
            sheet.cell(1, 2 + 4 * n).value = f"Block {n + 1}"
            sheet.merge_cells(start_row=1, end_row=1, start_column=2 + 4 * n, end_column=5 + 4 * n)
    assert year(found(tmp_path, book(rows([None] * 12), merged), program, "x.xlsx")) == YEAR


def test_months_over_weeks(tmp_path):
    lanes = {"Ada": "HCP", "Ben": "CHC", "Cleo": "PVH"}
    got = year(found(tmp_path, as_csv(rows(["July", "Aug", "Sept 2026"], lanes))))
    assert got["Ada"] == "HHHHCCCCPPPP"             # a week is of the month that its middle day is in


def test_nobody_works_before_the_first_day(tmp_path):
    program = tiny([("{name: Cleo,", "{name: Cleo, start: 2026-07-20,")])
    said = refused(tmp_path, as_csv(rows()), program)
    assert "grid.csv:4:2: Cleo is not here in the week of 6 July." in said
    later = as_csv(rows(year={**YEAR, "Cleo": "--" + YEAR["Cleo"][2:]}))
    assert year(found(tmp_path, later, program))["Cleo"][:3] == "..C"
