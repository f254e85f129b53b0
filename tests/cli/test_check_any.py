"""`scheduler check` and `scheduler pins` on files that people made or changed."""

import json
import shutil

import openpyxl
import pytest

from scheduler.check.differences import changes
from scheduler.export.pins_csv import as_csv as table
from scheduler.export.pins_csv import pins
from scheduler.export.schedule_json import write_schedule
from scheduler.export.workbook import write_workbook
from scheduler.io.program_file import read_program
from tests.cli.test_commands import TINY, run, told
from tests.examples.solved import result
from tests.export.day_program import TEXT, emptied, free_week, small
from tests.export.day_program import changed as filled
from tests.export.day_shapes import day_result
from tests.io.grids import as_csv, book, rows

BAD = {"Ada": "HHHCVHHCCPPC", "Ben": "CCHHPCVHHACP", "Cleo": "PPCVHCCCPHCH"}


@pytest.fixture
def solved(tmp_path):
    """A folder with the tiny program, its schedule and its workbook."""
    shutil.copy(TINY, tmp_path / "program.yaml")
    write_schedule(result("tiny"), tmp_path / "schedule.json")
    write_workbook(result("tiny"), tmp_path / "schedule.xlsx")
    return tmp_path


def changed(folder, fellow, cells, name="edited.xlsx"):
    """The workbook with some weeks (counted from 0) of a fellow typed over, as somebody does in Excel."""
    workbook = openpyxl.load_workbook(folder / "schedule.xlsx")
    sheet = workbook["Schedule"]
    row = next(r for r in range(7, 12) if sheet.cell(r, 1).value == fellow)
    for merge in [m for m in sheet.merged_cells.ranges if m.min_row == row]:
        text = sheet.cell(row, merge.min_col).value
        sheet.unmerge_cells(str(merge))
        for column in range(merge.min_col, merge.max_col + 1):
            sheet.cell(row, column).value = text
    for week, text in cells.items():
        sheet.cell(row, 3 + week).value = text
    workbook.save(folder / name)
    return folder / name


def test_the_same_verdict_from_all_three_files(solved):
    answers = [told("check", TINY, solved / name) for name in ("schedule.json", "schedule.xlsx")]
    assert answers[0] == answers[1] and answers[0]["not_judged"] == []
    (solved / "g.csv").write_text(as_csv(rows(year=BAD)), encoding="utf-8")
    answer = told("check", TINY, solved / "g.csv", code=1)
    assert any("3 weeks in a row" in v["sentence"] for v in answer["violations"])


def test_sentences_name_their_cells(tmp_path):
    (tmp_path / "g.xlsx").write_bytes(book(rows(year=BAD)))
    said = run("check", TINY, tmp_path / "g.xlsx", code=1).output
    assert "✗ Ada is on Hospital for 3 weeks in a row, the 3 weeks from 6 July; at most 2 weeks allowed. " \
           "[Year!B2, C2, D2]" in said
    assert "✓" not in said
    everything = run("check", TINY, tmp_path / "g.xlsx", "--all", code=1).output
    assert "✓ Airway skills has at most 1 person." in everything
    assert "[wishes] worst-off fellow" in everything


def test_bad_words_are_exit_code_two(tmp_path):
    (tmp_path / "g.csv").write_text(as_csv(rows(year=BAD)).replace("Vacation", "Vaction"), encoding="utf-8")
    said = run("check", TINY, tmp_path / "g.csv", code=2).output
    assert "g.csv:2:6: “Vaction” is no rotation or leave" in said and "Did you mean “Vacation”?" in said


def test_the_marked_copy_is_never_the_original_nor_over_another_file(tmp_path):
    grid, copy = tmp_path / "g.xlsx", tmp_path / "m.xlsx"
    grid.write_bytes(book(rows(year=BAD)))
    before = grid.read_bytes()
    assert "is the schedule itself" in run("check", TINY, grid, "--marked", grid, "--replace", code=2).output
    assert "ends in .xlsx" in run("check", TINY, grid, "--marked", tmp_path / "m.csv", code=2).output
    assert str(copy) in run("check", TINY, grid, "--marked", copy, code=1).output.replace("\n", "")
    assert "is there already" in run("check", TINY, grid, "--marked", copy, code=2).output
    run("check", TINY, grid, "--marked", copy, "--replace", code=1)
    assert grid.read_bytes() == before
    assert openpyxl.load_workbook(copy).sheetnames == ["What is wrong", "Year"]
    assert told("check", TINY, copy, code=1)["violations"]              # a marked copy can be checked again


def test_json_and_csv_are_marked_in_our_workbook(solved):
    (solved / "g.csv").write_text(as_csv(rows(year=BAD)), encoding="utf-8")
    run("check", TINY, solved / "g.csv", "--marked", solved / "m.xlsx", code=1)
    copy = openpyxl.load_workbook(solved / "m.xlsx")
    assert copy.sheetnames[:2] == ["What is wrong", "Schedule"]
    assert copy["What is wrong"]["D5"].hyperlink.location.startswith("'Schedule'!")
    run("check", TINY, solved / "schedule.json", "--marked", solved / "fine.xlsx")
    said = openpyxl.load_workbook(solved / "fine.xlsx")["What is wrong"]
    assert "everything that must hold does" in said["A2"].value


def test_layers_that_the_file_does_not_have_are_not_judged(tmp_path, monkeypatch):
    made = day_result()
    path = write_workbook(made, tmp_path / "x.xlsx")
    workbook = openpyxl.load_workbook(path)
    del workbook["Days"], workbook["Call"]
    workbook.save(path)
    monkeypatch.setattr("scheduler.cli.check.read", lambda _: made.program)
    said = run("check", TINY, path).output
    assert "Not judged, because this file has no half-days or call: 6 rules, and the work hours." in said
    assert "Work hours:" not in said
    answer = told("check", TINY, path)
    assert answer["not_judged"] == ["half-days", "call"]
    assert {o["rotation"] for o in answer["requirements"]} == {"Lab"}


def test_pins_keep_what_was_changed_and_the_next_solve_keeps_them(solved):
    first = json.loads((solved / "schedule.json").read_text(encoding="utf-8"))
    ada = next(f for f in first["fellows"] if f["id"] == "ada")["duties"]
    week = next(n for n, duties in enumerate(ada) if duties == ["Clinic"])
    empty = next(n for n, duties in enumerate(ada) if duties == ["Clinic"] and n != week)
    edited = changed(solved, "Ada", {week: " hospital", empty: None})
    said = run("pins", solved, edited, "--from", solved / "schedule.json", "-o", solved / "pins.csv").output
    assert "Kept:\n  Ada: Hospital instead of Clinic in the week of" in said
    assert "Free, since the cell was emptied (not pinned):\n  Ada: no longer Clinic" in said
    assert "Add this line to program.yaml:\npins: pins.csv\nThen, for a year that people have seen" in said
    assert f"\n  scheduler repair {solved} {edited} -o FOLDER\nor, for a year that nobody has seen yet" in said
    assert said.endswith(f"\n  scheduler solve {solved} -o FOLDER\n")
    assert (solved / "pins.csv").read_text(encoding="utf-8").splitlines()[0] == "fellow,rotation,during,because"
    with (solved / "program.yaml").open("a", encoding="utf-8") as program:
        program.write("pins: pins.csv\n")
    assert told("solve", solved, "-o", solved / "next")["status"] == "optimal"
    again = json.loads((solved / "next/schedule.json").read_text(encoding="utf-8"))
    assert next(f for f in again["fellows"] if f["id"] == "ada")["duties"][week] == ["Hospital"]
    assert "names it already" in run("pins", solved, edited, "--from", solved / "schedule.json", "-o",
                                     solved / "pins.csv", "--replace").output


def test_pins_take_folders_and_a_grid_without_all_layers_names_the_whole_schedule(solved, tmp_path, monkeypatch):
    edited = changed(solved, "Ada", {3: "Clinic", 4: "Clinic"})
    said = run("pins", solved, edited, "--from", solved, "-o", solved / "pins.csv").output
    assert f"scheduler repair {solved} {edited} -o FOLDER" in said
    made = day_result()
    write_schedule(made, tmp_path / "whole.json")
    workbook = openpyxl.load_workbook(write_workbook(made, tmp_path / "x.xlsx"))
    del workbook["Days"], workbook["Call"]
    workbook["Schedule"]["C8"] = "Lab"
    workbook.save(tmp_path / "x.xlsx")
    monkeypatch.setattr("scheduler.cli.pins.read", lambda _: made.program)
    said = run("pins", TINY, tmp_path / "x.xlsx", "--from", tmp_path / "whole.json", "-o", tmp_path / "p.csv").output
    assert f"scheduler repair {TINY} {tmp_path / 'whole.json'} -o FOLDER" in said


def test_export_reads_any_schedule_and_claims_no_proof_of_what_a_hand_changed(solved):
    edited = changed(solved, "Ada", {0: "Clinic", 1: "Clinic"})
    said = run("export", TINY, edited, "-o", solved / "again").output
    assert "This schedule breaks the rules in" in said and "files into" in said
    written = json.loads((solved / "again/schedule.json").read_text(encoding="utf-8"))
    assert (written["status"], written["tiers"], written["version"]) == ("feasible", [], 1)
    assert next(f for f in written["fellows"] if f["id"] == "ada")["duties"][:2] == [["Clinic"], ["Clinic"]]
    (solved / "g.csv").write_text(as_csv(rows()), encoding="utf-8")
    answer = told("export", TINY, solved / "g.csv", "-o", solved / "again", "--replace")
    assert answer["proven"] is False
    assert json.loads((solved / "again/schedule.json").read_text(encoding="utf-8"))["version"] == 2
    assert told("export", TINY, solved, "-o", solved / "whole")["proven"] is True
    data = json.loads((solved / "schedule.json").read_text(encoding="utf-8"))
    row = next(f for f in data["fellows"] if f["id"] == "ben")["duties"]
    row[row.index(["Airway skills"])] = ["Clinic"]
    (solved / "hand.json").write_text(json.dumps(data), encoding="utf-8")
    assert told("export", TINY, solved / "hand.json", "-o", solved / "hand")["proven"] is False


def test_export_says_what_the_file_has_nothing_of(tmp_path, monkeypatch):
    made = day_result()
    workbook = openpyxl.load_workbook(write_workbook(made, tmp_path / "x.xlsx"))
    del workbook["Days"], workbook["Call"]
    workbook.save(tmp_path / "x.xlsx")
    monkeypatch.setattr("scheduler.cli.export.read", lambda _: made.program)
    said = run("export", TINY, tmp_path / "x.xlsx", "-o", tmp_path / "out").output
    assert "Not judged, because this file has no half-days or call" in said


def test_files_that_are_not_there_are_named_with_what_to_give(solved):
    for command in ("check", "export"):
        more = ("-o", solved / "out") if command == "export" else ()
        said = run(command, TINY, solved / "nope.xlsx", *more, code=2).output
        assert f"{solved / 'nope.xlsx'}: There is no such file.\n  → Give a schedule.json, a workbook or a CSV" in said
        assert "Did you mean “schedule.xlsx”?" in run(command, TINY, solved / "shedule.xlsx", *more, code=2).output
    (solved / "empty").mkdir()
    said = run("check", TINY, solved / "empty", code=2).output
    assert f"{solved / 'empty' / 'schedule.json'}: There is no such file." in said
    assert "There is no folder “" in run("check", TINY, solved / "gone" / "x.xlsx", code=2).output


def test_attendance_that_is_no_csv(solved):
    options = ("export", TINY, solved / "schedule.json", "-o", solved / "out", "--attendance")
    said = run(*options, solved / "schedule.xlsx", code=2).output
    assert "This is a workbook, not a CSV of who was there.\n  → Save its sheet as CSV, with the columns date, " in said
    said = run(*options, solved / "nope.csv", code=2).output
    assert "There is no such file.\n  → Give a CSV of who was there" in said and "yaml" not in said
    assert not (solved / "out").exists()


def test_a_hint_that_is_none_names_the_option(solved):
    said = run("solve", TINY, "--hint", solved / "schedule.xlsx", code=2).output
    assert "--hint: This is not a schedule.json.\n  → Give the schedule.json that `scheduler solve` wrote. " \
           "Or leave out --hint." in said
    assert "--hint: There is no such file." in run("solve", TINY, "--hint", solved / "nope.json", code=2).output


def test_pins_say_what_is_wrong_with_the_files(solved):
    edited = changed(solved, "Ada", {0: "Clinic", 1: "Clinic"})
    here = ("--from", solved / "schedule.json", "-o")
    assert "ends in .csv" in run("pins", solved, edited, *here, solved / "pins.xlsx", code=2).output
    nothing = run("pins", solved, solved / "schedule.xlsx", *here, solved / "pins.csv").output
    assert "Nothing was changed by hand" in nothing and not (solved / "pins.csv").exists()
    (solved / "other.csv").write_text(as_csv(rows()), encoding="utf-8")
    said = run("pins", solved, edited, "--from", solved / "other.csv", "-o", solved / "pins.csv", code=2).output
    assert "edited.xlsx was not made from other.csv" in said and "already differed" in said
    run("pins", solved, edited, *here, solved / "pins.csv")
    assert "is there already" in run("pins", solved, edited, *here, solved / "pins.csv", code=2).output


def test_pins_beside_pins_that_are_there(solved):
    edited = changed(solved, "Ben", {3: "Clinic", 4: "Clinic"})
    program = solved / "program.yaml"
    text = program.read_text(encoding="utf-8")
    args = ("pins", solved, edited, "--from", solved / "schedule.json", "--replace", "-o", solved / "pins.csv")
    program.write_text(text + "pins:\n  - {fellow: Cleo, rotation: Clinic, during: 2026-08-03}\n", encoding="utf-8")
    assert "  - {fellow: Ben, rotation: Clinic, during: 2026-07-27" in run(*args).output
    program.write_text(text + "pins: old.csv\n", encoding="utf-8")
    (solved / "old.csv").write_text("fellow,rotation,during\nCleo,Clinic,2026-08-03\n", encoding="utf-8")
    assert "program.yaml has pins in old.csv: add the rows of pins.csv" in run(*args).output


def test_pins_as_json(solved):
    edited = changed(solved, "Ben", {3: "Clinic", 4: "Clinic"})
    answer = told("pins", solved, edited, "--from", solved / "schedule.json", "-o", solved / "pins.csv")
    assert answer["pins"] and {p["fellow"] for p in answer["pins"]} == {"Ben"}
    assert answer["free"] == answer["not_pinned"] == answer["layers_missing"] == []


def test_pins_below_the_week_are_read_by_the_program_file(tmp_path):
    old = emptied(small())
    week = free_week(old)
    new = filled(old, "half-days", "a", {
        week[0]: ("Continuity clinic",), week[2]: ("Vacation",), week[3]: ("Vacation",)})
    night = old.program.nights.on(old.program.half_days.slots[week[0]].day)[0]
    new = filled(new, "call", "b", {night: ("Night call",)})
    lines, left = pins(old.program, changes(old.schedule, new.schedule))
    assert left == [] and [p.rotation for p in lines][:2] == ["Continuity clinic", "Vacation"]
    (tmp_path / "pins.csv").write_text(table(lines), encoding="utf-8")
    (tmp_path / "program.yaml").write_text(TEXT + "pins: pins.csv\n", encoding="utf-8")
    rules = [r for r in read_program(tmp_path / "program.yaml").rules if r.name == "pinned"]
    assert {(str(r.what), r.layer_name, r.during.slots) for r in rules} >= {
        ("Continuity clinic", "half-days", frozenset({week[0]})), ("Vacation", "half-days", frozenset(week[2:4]))}
    assert all(not list(rule.check(new.schedule.beside[rule.layer_name])) for rule in rules)
