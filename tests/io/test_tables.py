"""Tables beside the program say the same as YAML, cell for cell."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from scheduler.io.nodes import Node
from scheduler.io.tables import read_table
from tests.io.small import EVERYTHING, read, workbook

FELLOWS = [
    ["id", "name", "background", "level", "tags", "start", "end", "credit", "tally"],
    ["a", "Fellow A", "anesthesiology", "senior", "chief", None, None, "Ward: 2", None],
    [None, "Fellow B", "physical medicine and rehabilitation", "junior", None, None, None, None, "holidays: 1"],
    [None, "Fellow C", "neurology", None, None, date(2026, 9, 1), datetime(2027, 6, 30), None, None]]
REQUESTS = [
    ["fellow", "Vacation", "electives"],
    ["Fellow A", "2026-12-21; 2027-03-15 to 2027-03-28", "Procedures"], ["Fellow C", date(2027, 1, 4), None]]
IN_YAML = """requests:
  - {fellow: Fellow A, vacation: [2026-12-21, 2027-03-15 to 2027-03-28], electives: [Procedures]}
  - {fellow: Fellow C, vacation: 2027-01-04}
"""


def csv(rows, separator=",", ends="\n"):
    text = [[str(cell) if cell is not None else "" for cell in row] for row in rows]
    return ends.join(separator.join(f'"{c}"' if separator in c else c for c in row) for row in text) + ends


def program(tmp_path, fellows, requests, **files):
    text = EVERYTHING[:EVERYTHING.index("fellows:")] + fellows + EVERYTHING[EVERYTHING.index("faculty:"):]
    text = text[:text.index("requests:")] + requests + text[text.index("electives: anyone"):]
    return read(tmp_path, text, **files)


def bare(found):
    """A program without its places and the digest of its files."""
    return replace(found, digest="", rules=tuple(replace(r, place="") for r in found.rules),
                   assumptions=tuple(replace(a, place="") for a in found.assumptions))


@pytest.fixture
def in_yaml(tmp_path):
    fellows = EVERYTHING[EVERYTHING.index("fellows:"):EVERYTHING.index("faculty:")]
    return bare(program(tmp_path, fellows, IN_YAML))


@pytest.mark.parametrize("make, ending", [
    (csv, "csv"), (lambda rows: csv(rows, ";", "\r\n"), "csv"), (lambda rows: csv(rows, "\t"), "tsv"),
    (lambda rows: csv(rows).encode("utf-16"), "csv"), (lambda rows: csv(rows).encode("utf-8-sig"), "csv"),
    (workbook, "xlsx")], ids=["csv", "semicolons", "tabs", "utf-16", "bom", "xlsx"])
def test_a_table_equals_yaml(tmp_path, in_yaml, make, ending):
    found = program(tmp_path, f"fellows: fellows.{ending}\n", f"requests: requests.{ending}\n", **{
        f"fellows_{ending}": make(FELLOWS), f"requests_{ending}": make(REQUESTS)})
    assert bare(found) == in_yaml
    assert found.digest != in_yaml.digest


def test_the_digest_knows_the_tables(tmp_path):
    digests = {program(tmp_path, "fellows: fellows.csv\n", IN_YAML, fellows_csv=csv(rows)).digest
               for rows in (FELLOWS, [*FELLOWS, ["d", "Fellow D", *[None] * 7]])}
    assert len(digests) == 2


def test_blank_rows_and_columns_and_order_of_columns(tmp_path, in_yaml):
    wide = [[None, *row[::-1], None, "  "] for row in FELLOWS]
    rows = [[None] * 12, [None] * 12, wide[0], [None] * 12, *wide[1:], [None] * 12, [" "] * 12]
    for ending, make in (("csv", csv), ("xlsx", workbook)):
        found = program(tmp_path, f"fellows: fellows.{ending}\n", IN_YAML, **{f"fellows_{ending}": make(rows)})
        assert bare(found) == in_yaml


def test_a_sheet_by_name(tmp_path, in_yaml):
    found = program(tmp_path, "fellows: people.xlsx!Next year\n", IN_YAML,
                    people_xlsx=workbook(FELLOWS, sheet="Next year"))
    assert bare(found) == in_yaml


def cells(rows, **options):
    problems = []
    node = read_table(Path("t.xlsx"), "t.xlsx", None, workbook(rows, **options), problems)
    assert not problems
    return [{word: entry.value for word, entry in item.table.items()} for item in node.items]


def test_what_cells_say():
    row = cells([["A", "B", "C", "D", "E", "F", "G", "H"],
                 [4.0, 1.5, True, date(2026, 7, 1), datetime(2026, 7, 1, 12, 30), time(12, 30), "NO", "NA"]])[0]
    assert {w: n.text for w, n in row.items()} == {
        "a": "4", "b": "1.5", "c": "True", "d": "2026-07-01", "e": "2026-07-01 12:30", "f": "12:30:00", "g": "NO",
        "h": "NA"}


def test_places_are_the_cells_of_the_sheet():
    rows = cells([[None, None], [None, "Name"], [], [None, "Fellow A"], [None, "Fellow B; Fellow C"]], sheet="Plan")
    assert [str(r["name"].place) for r in rows] == ["t.xlsx!Plan!B4", "t.xlsx!Plan!B5"]
    assert [n.text for n in rows[1]["name"].items] == ["Fellow B", "Fellow C"]


def test_of_merged_cells_the_first_holds_the_value():
    rows = cells([["name", "background"], ["Fellow A", "anesthesiology"], ["Fellow B", "lost"]], merge=("B2:B3",))
    assert [(r["name"].text, r.get("background", Node(r["name"].place)).text) for r in rows] == [
        ("Fellow A", "anesthesiology"), ("Fellow B", None)]


def test_lines_of_a_csv_are_those_of_the_file():
    text = 'name,site\n"Fellow\nA",x\n\nFellow B,"y, z"\nNA,null\n'
    problems = []
    node = read_table(Path("t.csv"), "t.csv", None, text.encode(), problems)
    assert not problems
    found = [(i.table["name"].value.text, i.table["site"].value.text, i.place.line) for i in node.items]
    assert found == [("Fellow A", "x", 2), ("Fellow B", "y, z", 5), ("NA", "null", 6)]


def test_a_program_without_tables_needs_no_pandas(tmp_path):
    (tmp_path / "program.yaml").write_text(EVERYTHING, encoding="utf-8")
    code = ("import sys; from scheduler.io.program_file import read_program; read_program(sys.argv[1]); "
            "print([m for m in ('pandas', 'openpyxl', 'ortools', 'numpy') if m in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "program.yaml")], capture_output=True, text=True,
                          check=True)
    assert done.stdout.strip() == "[]"


def test_assumptions_in_tables_are_listed(tmp_path):
    rows = [["rotation", "weeks", "source", "assumption"], ["Ward", 8.0, "page", "not published"]]
    text = EVERYTHING[:EVERYTHING.index("requirements:")] + "requirements: owed.xlsx\n" + EVERYTHING[
        EVERYTHING.index("rules:"):]
    found = read(tmp_path, text, owed_xlsx=workbook(rows, sheet="Owed"))
    line = next(a for a in found.assumptions if a.text == "Ward: not published")
    assert (line.source, line.place) == ("page", "owed.xlsx!Owed!D2")
    owed = next(r for r in found.rules if r.name == "requirement" and str(r.what) == "Ward")
    assert owed.place == "owed.xlsx!Owed!A2"
