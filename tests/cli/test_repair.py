"""scheduler repair as a coordinator calls it."""

import json
import shutil
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
    for line in ("At the end of program.yaml:\n"
                 "pins:\n  - {fellow: Cleo, rotation: Hospital, during: 2026-08-31 to 2026-09-06}",
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
    assert data["run"]["repair"].items() >= {"today": "2026-08-05", "frozen_weeks": 2,
                                             "weights": [[4, 5], [8, 3], [13, 2], 1]}.items()
    assert data["tiers"][0]["name"] == "fewest changes: changes weighed by notice"
    assert (folder / "report.html").exists()


def test_in_a_new_folder_the_calendars_go_on_too(year, tmp_path):
    """Changed events count on under their UID, and what is gone is cancelled, as if written beside the old schedule."""
    output = repair(year, *PIN, *DAY, "-o", tmp_path / "new").output
    assert f"The calendars in {tmp_path / 'new/calendars'} go on where they were." in output
    before, after = (json.loads((folder / "calendars/ledger.json").read_text(encoding="utf-8"))["events"]
                     for folder in (year / "out", tmp_path / "new"))
    assert set(before) <= set(after)
    changed = [uid for uid in before if after[uid]["content"] != before[uid]["content"]]
    gone = [uid for uid in before if after[uid]["gone"]]
    assert changed or gone
    assert all(after[uid]["sequence"] == before[uid]["sequence"] + 1 for uid in {*changed, *gone})
    cancelled = (tmp_path / "new/calendars/changes/cancelled.ics").read_text(encoding="utf-8")
    assert cancelled.count("STATUS:CANCELLED") == len(gone) > 0
    assert json.loads((tmp_path / "new/schedule.json").read_text(encoding="utf-8"))["version"] == 2


def test_without_calendars_beside_the_old_schedule_it_is_said(year, tmp_path):
    alone = shutil.copy(year / "out/schedule.json", tmp_path / "schedule.json")
    output = run("repair", year / "program.yaml", alone, *PIN, *DAY, "-o", tmp_path / "new").output
    assert "are new: beside the old schedule there are none to go on from" in output


def test_a_damaged_ledger_is_told_before_the_year_is_solved(year, tmp_path):
    folder = shutil.copytree(year / "out", tmp_path / "out")
    (folder / "calendars/ledger.json").write_text("{", encoding="utf-8")
    result = run("repair", year / "program.yaml", folder, *PIN, *DAY, "-o", tmp_path / "new", code=2)
    assert "ledger.json is damaged" in result.stderr
    assert not (tmp_path / "new").exists()


def test_the_lines_it_tells_make_the_change_stay(year, tmp_path):
    lines = told("repair", year / "program.yaml", year / "out/schedule.json", *PIN, *DAY, "-o",
                 tmp_path / "new")["lines_to_add"]
    assert [line["kind"] for line in lines] == ["end"]
    changed = tmp_path / "program.yaml"
    changed.write_text(TINY + "\n".join(lines[0]["lines"]) + "\n", encoding="utf-8")
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


SICK = ("--leave", "Ada", "Sick leave", "2026-08-03", "2026-08-16")


def test_leave_over_a_week_that_was_wished_for_and_publishing_it(year, tmp_path):
    """The wish stays in the file and is refused with the reason; what was proven of the repair stays proven."""
    plain, changed = tmp_path / "plain.yaml", tmp_path / "program.yaml"
    plain.write_text("most absence: 5\n" + TINY, encoding="utf-8")
    lines = told("repair", plain, year / "out", *SICK, "--today", "2026-07-20", "--frozen", "1", "-o",
                 tmp_path / "new")["lines_to_add"]
    changed.write_text(plain.read_text(encoding="utf-8") + "\n".join(lines[0]["lines"]) + "\n", encoding="utf-8")
    assert told("check", changed, tmp_path / "new")["status"] == "fine"
    run("repair", changed, tmp_path / "new", "--today", "2026-07-20")
    run("publish", changed, tmp_path / "new", "-o", tmp_path / "versions", "--by", "Pat", "--why", "Ada is ill")
    kept = tmp_path / "versions/0001"
    reasons = json.loads((kept / "schedule.json").read_text(encoding="utf-8"))["reasons"]
    assert {"fellow": "ada", "kind": "Vacation", "rank": 1,
            "reason": "Sick leave is approved for the week of 3 August."} in reasons
    for folder in (tmp_path / "new", kept):
        report = (folder / "report.html").read_text(encoding="utf-8")
        assert report.count("Ada’s training is extended") == 1
        assert "This is an earlier schedule, repaired" in report
        assert "no better year exists" not in report
        assert '<th scope="row">changes to the earlier schedule</th>' in report
        assert "Sick leave" not in report, "it is private"
        assert "fewest changes" not in report
    assert "proven to change the earlier schedule least" in run("history", tmp_path / "versions").output


def test_a_hand_at_a_repaired_schedule_ends_what_was_proven_of_it(year, tmp_path):
    from scheduler.io.schedule_json import read_result
    repair(year, *PIN, *DAY, "-o", tmp_path)
    changed = tmp_path / "program.yaml"
    changed.write_text(TINY + "pins:\n  - {fellow: Cleo, rotation: Hospital, during: 2026-08-31 to 2026-09-06}\n",
                       encoding="utf-8")
    path = tmp_path / "schedule.json"
    assert read_result(path, read_program(changed)).status == "optimal"
    data = json.loads(path.read_text(encoding="utf-8"))
    for row in data["fellows"]:
        row["duties"][-1] = ["Clinic"]
    path.write_text(json.dumps(data), encoding="utf-8")
    found = read_result(path, read_program(changed))
    assert (found.status, found.tiers) == ("feasible", ())


@pytest.mark.parametrize("options, line", [
    (("--leave", "Ada", "Sick leave", "2026-08-03"), "--leave needs 4 things after it: the fellow’s name, the kind of "
     "leave, the first day and the last day."),
    (("--leave", "Ada", "Sick leave", "2026-08-03", "-o", "new"), '--leave "Ann Lee" "Sick leave" 2026-12-14'),
    (("--gone", "Ada"), "--gone needs 2 things after it: the fellow’s name and the fellow’s last day."),
    (("--closed", "Clinic", "2026-08-03"), "--closed needs 3 things"),
    (("--gone", "Ada", "2030-01-01"), "--gone: Ada would be here until 2030-01-01, and the year ends on 2026-09-27"),
    (("--late", "Ada", "2026-07-06"), "--late: Ada would be here from 2026-07-06, and the year starts on 2026-07-06"),
])
def test_options_that_say_too_little(year, options, line):
    result = repair(year, *options, code=2)
    assert line in result.stderr
    assert "argument" not in result.stderr


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
