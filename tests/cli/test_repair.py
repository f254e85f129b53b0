"""scheduler repair as a coordinator calls it."""

import json
from datetime import date

import pytest

from scheduler.explain.notice import Notice, today_in
from scheduler.io.program_file import read_program
from tests.cli.test_commands import run, told
from tests.repair.year import TINY, place

DAY = ("--today", "2026-08-05")
PIN = ("--pin", "Cleo", "Hospital", "2026-08-31", "2026-09-06")


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """A folder with the program and its published year."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "program.yaml").write_text(TINY, encoding="utf-8")
    run("solve", folder / "program.yaml", "-o", folder / "out")
    return folder


def repair(year, *options, code=0):
    """The command's result on the published year."""
    return run("repair", year / "program.yaml", year / "out/schedule.json", *options, code=code)


def test_it_says_what_changes_for_whom_and_what_to_write(year):
    output = repair(year, *PIN, *DAY).output
    for line in ("pins:  - {fellow: Cleo, rotation: Hospital, during: 2026-08-31 to 2026-09-06}",
                 "3 weeks changed beyond the change itself, weighing 11 (proven least)",
                 "Frozen: everything before 5 August 2026, and what begins before 19 August 2026 (2 weeks ahead)",
                 "5 with less than 4 weeks of notice, 3 with less than 8, 2 with less than 13, then 1",
                 "Cleo: Hospital instead of", "2 people affected", "Given up:", "Nothing was written; add -o FOLDER"):
        assert line in output, output


def test_it_writes_everything_and_the_calendars_go_on(year, tmp_path):
    folder = tmp_path / "year"
    run("export", year / "program.yaml", year / "out/schedule.json", "-o", folder)
    before = json.loads((folder / "calendars/ledger.json").read_text(encoding="utf-8"))["events"]
    assert "already holds" in repair(year, *PIN, *DAY, "-o", folder, code=2).stderr
    repair(year, *PIN, *DAY, "-o", folder, "--replace")
    after = json.loads((folder / "calendars/ledger.json").read_text(encoding="utf-8"))["events"]
    assert set(before) <= set(after)
    assert any(entry["sequence"] > 0 for entry in after.values())
    data = json.loads((folder / "schedule.json").read_text(encoding="utf-8"))
    assert data["version"] == 2
    assert data["run"]["repair"] == {"today": "2026-08-05", "frozen_weeks": 2,
                                     "weights": [[4, 5], [8, 3], [13, 2], 1]}
    assert data["tiers"][0]["name"] == "fewest changes: changes weighed by notice"
    assert (folder / "report.html").exists()


def test_the_lines_it_tells_make_the_change_stay(year, tmp_path):
    repair(year, *PIN, *DAY, "-o", tmp_path / "new")
    changed = tmp_path / "program.yaml"
    changed.write_text(TINY + "pins:\n  - {fellow: Cleo, rotation: Hospital, during: 2026-08-31 to 2026-09-06}\n",
                       encoding="utf-8")
    assert told("check", changed, tmp_path / "new/schedule.json")["status"] == "fine"
    found = told("repair", changed, tmp_path / "new/schedule.json", *DAY)
    assert (found["changes"], found["change_itself"], found["lines_to_add"]) == ([], [], [])


def test_json_for_other_programs(year):
    found = told("repair", year / "program.yaml", year / "out/schedule.json", *PIN, *DAY)
    assert found["status"] == "optimal"
    assert found["weight"] == 11 == sum(change["weight"] for change in found["changes"])
    assert found["change_itself"][0]["from"] == "2026-08-31"
    assert set(found["people"]) == {"Ada", "Cleo"}
    assert found["frozen_weeks"] == 2


def test_an_impossible_change_is_explained(year):
    change = ("--leave", "Ada", "Sick leave", "2026-08-31", "2026-09-06")
    result = repair(year, *change, "--today", "2026-08-24", code=3)
    for line in ("cannot be repaired", "What begins before 7 September stays as published",
                 "Hospital has exactly 1 person", "With --frozen 0-weeks the year can be repaired"):
        assert line in result.stderr, result.stderr
    assert told("repair", year / "program.yaml", year / "out/schedule.json", *change, "--today", "2026-08-24",
                code=3)["explanation"]
    repair(year, *change, "--today", "2026-08-24", "--frozen", "0-weeks")


def test_everything_wrong_is_told_at_once(year):
    wrong = repair(year, "--leave", "Adda", "Sick leaf", "2026-08-24", "2026-08-30", "--closed", "Hospitel",
                   "2026-08-24", "2026-08-30", "--gone", "Bn", "2026-08-30", "--late", "Ben", "26-08-30", "--pin",
                   "Cleo", "Clinik", "2026-08-24", "2026-08-30", *DAY, code=2).stderr
    for line in ("Did you mean “Ada”?", "Did you mean “Sick leave”?", "Did you mean “Hospital”?", "Did you mean “Ben”?",
                 "“26-08-30” is not a date", "Did you mean “Clinic”?", "6 problems"):
        assert line in wrong, wrong


@pytest.mark.parametrize("options, line", [
    (("--weights", "4-5"), "the last number is the weight of every later change"),
    (("--weights", "4:1,8:3,1"), "less notice may not weigh less"),
    (("--today", "2026-12-01"), "The year ended on 2026-09-27"),
    (("--frozen", "soon"), "is not a number of weeks"),
])
def test_bad_options(year, options, line):
    assert line in repair(year, *PIN, *options, code=2).stderr


def test_weights_that_were_set_are_used(year):
    found = told("repair", year / "program.yaml", year / "out/schedule.json", *PIN, *DAY, "--weights", "4:7,2")
    assert {change["weight"] for change in found["changes"]} <= {7, 2}
    assert found["weights"] == {"bands": [[4, 7]], "later": 2}


def test_a_schedule_of_a_program_that_knows_less_now(year, tmp_path):
    """Cleo is taken out of the file: told, not fatal (and the three cannot be replaced by two)."""
    changed = tmp_path / "program.yaml"
    changed.write_text(TINY.replace("  - {name: Cleo, background: anesthesiology}\n", "").replace(
        "staffing: 1}", "staffing: 0-1}"), encoding="utf-8")
    output = run("repair", changed, year / "out/schedule.json", *DAY).output
    assert "Cleo is no longer in the program" in output


def test_another_year_is_refused(year, tmp_path):
    changed = tmp_path / "program.yaml"
    changed.write_text(TINY.replace("2026-07-06, end: 2026-09-27", "2026-07-13, end: 2026-10-04").replace(
        "2026-08-", "2026-09-"), encoding="utf-8")
    assert "has other dates" in run("repair", changed, year / "out/schedule.json", code=2).stderr


def test_without_a_day_inside_the_year_nothing_is_frozen():
    """The year is over, or has not begun, on the machine that runs this."""
    program = read_program(place())
    assert today_in(program, None, date(2020, 1, 1)) is None
    assert today_in(program, None, date(2026, 8, 1)) == date(2026, 8, 1)
    assert "nothing is frozen" in Notice(None).frozen_words()
