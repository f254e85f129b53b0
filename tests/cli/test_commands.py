"""The commands as people and programs call them: exit codes, JSON, what is said, what is written and what is not."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from scheduler.cli import COMMANDS, main

ROOT = Path(__file__).parent.parent.parent
TINY = ROOT / "examples/tiny/program.yaml"
SCHEDULER = [sys.executable, "-c", "from scheduler.cli import main; main()"]


def run(*args, code=0):
    """Run a command in this process; fails on another exit code, and on any traceback."""
    result = CliRunner().invoke(main, [str(a) for a in args])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def told(*args, code=0):
    """The JSON a command prints."""
    return json.loads(run(*args, "--json", code=code).stdout)


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("solved")
    run("solve", TINY, "-o", folder)
    return folder


def edited(tmp_path, *changes):
    """The tiny program with some lines replaced."""
    text = TINY.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "program.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_solve_writes_everything_and_says_what_to_open(tmp_path):
    output = run("solve", TINY, "-o", tmp_path / "year").output
    names = {p.relative_to(tmp_path / "year").as_posix() for p in (tmp_path / "year").rglob("*") if p.is_file()}
    assert {"schedule.json", "schedule.xlsx", "report.html", "calendars/ada.ics", "calendars/rotation-hospital.ics",
            "calendars/ledger.json"} <= names
    for word in ("proven best in every tier", "report.html", "schedule.xlsx", "calendars", "1 value that"):
        assert word in output, output


def test_solve_json(tmp_path):
    answer = told("solve", TINY, "-o", tmp_path)
    assert answer["status"] == "optimal"
    assert answer["seconds"] > 0
    assert [set(t) >= {"name", "value", "bound"} for t in answer["tiers"]] == [True] * len(answer["tiers"]) != []
    assert all(t["value"] == t["bound"] for t in answer["tiers"])
    assert all(Path(p).exists() for p in answer["written"])


def test_without_a_folder_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "Nothing was written" in run("solve", TINY).output
    assert list(tmp_path.iterdir()) == []


def test_check_json(solved):
    answer = told("check", TINY, solved / "schedule.json")
    assert answer["violations"] == []
    row = next(r for r in answer["requirements"] if r["fellow"] == "Ben" and r["rotation"] == "Airway skills")
    assert {k: row[k] for k in ("owed_min", "owed_max", "got", "unit", "verdict")} == {
        "owed_min": 1, "owed_max": 1, "got": 1, "unit": "weeks", "verdict": "met"}
    assert "source" in row


def test_a_hand_edit_is_judged_in_sentences(solved, tmp_path):
    data = json.loads((solved / "schedule.json").read_text())
    row = next(r for r in data["fellows"] if r["name"] == "Ben")
    row["duties"][row["duties"].index(["Airway skills"])] = ["Clinic"]
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(data))
    answer = told("check", TINY, changed, code=1)
    assert [(v["rule"], v["who"]) for v in answer["violations"]] == [("requirement: Airway skills", ["Ben"])]
    assert answer["violations"][0]["sentence"] == "Ben has 0 weeks of Airway skills; 1 week required."
    shown = run("check", TINY, changed, code=1).output
    assert "✗ Ben has 0 weeks of Airway skills; 1 week required." in shown
    assert "1 short" in shown


def test_export_again(solved, tmp_path):
    run("export", TINY, solved / "schedule.json", "-o", tmp_path, "--as-of", "2026-08-01")
    for name in ("schedule.xlsx", "report.html", "schedule.json"):
        assert (tmp_path / name).exists()
    assert (tmp_path / "schedule.json").read_bytes() == (solved / "schedule.json").read_bytes()
    assert "1 August 2026" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_date_that_is_none(solved, tmp_path):
    output = run("export", TINY, solved / "schedule.json", "-o", tmp_path, "--as-of", "8/1/2026", code=2).output
    assert "Write year-month-day" in output


def test_nobodys_file_is_overwritten_unasked(tmp_path):
    (tmp_path / "report.html").write_text("mine")
    output = run("solve", TINY, "-o", tmp_path, code=2).output
    assert "already holds report.html" in output
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    assert (tmp_path / "report.html").read_text() == "mine"
    run("solve", TINY, "-o", tmp_path, "--replace")
    assert json.loads((tmp_path / "schedule.json").read_text())["version"] == 1
    run("solve", TINY, "-o", tmp_path, "--replace")
    assert json.loads((tmp_path / "schedule.json").read_text())["version"] == 2


def test_a_damaged_ledger_is_found_before_any_work(tmp_path):
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars/ledger.json").write_text("{]")
    assert "is damaged" in run("solve", TINY, "-o", tmp_path, code=2).output
    assert not (tmp_path / "schedule.json").exists()


def test_a_disk_that_refuses_keeps_the_schedule(tmp_path, monkeypatch):
    import scheduler.export.workbook as workbook

    def locked(*_):
        raise PermissionError(13, "Permission denied", str(tmp_path / "schedule.xlsx"))

    monkeypatch.setattr(workbook, "write_atomically", locked)
    output = run("solve", TINY, "-o", tmp_path, code=2).output
    assert "schedule.xlsx: Permission denied" in output
    assert "The schedule itself is safe" in output
    assert (tmp_path / "schedule.json").exists()


def test_impossible_is_said_in_numbers(tmp_path):
    path = edited(tmp_path, ("rotation: Hospital, weeks: 4", "rotation: Hospital, weeks: 3"))
    sentence = ("Hospital must have one fellow in each of 12 weeks: 12. 3 fellows can give at most 3 each: 9. "
                "12 is more than 9.")
    assert sentence in run("validate", path, code=3).output
    assert sentence in run("solve", path, "-o", tmp_path / "out", code=3).output
    reasons = told("solve", path, code=3)["reasons"]
    assert reasons[1] == f"  • {sentence}" and reasons[2].startswith("These 2 cannot all hold together")
    assert told("validate", path, code=3)["problems"] == [sentence]
    assert not (tmp_path / "out").exists()


def test_time_that_runs_out(tmp_path):
    """A thousandth of a second finds nothing; that is no proof of anything."""
    answer = told("solve", ROOT / "examples/mayo", "--time-limit", "0.001", code=4)
    assert answer["status"] == "unknown"
    assert "Give it more time" in run("solve", ROOT / "examples/mayo", "--time-limit", "0.001", code=4).output


def test_bad_input(tmp_path):
    path = edited(tmp_path, ("rotation: Hospital", "rotation: Hopsital"))
    output = run("validate", path, code=2).output
    assert "program.yaml:21:16: There is no rotation, leave or tag “Hopsital”." in output
    assert "Did you mean “Hospital”?" in output
    answer = told("solve", path, code=2)
    assert answer["status"] == "bad input"
    assert answer["problems"][0]["line"] == 21
    assert "nowhere.yaml" in run("solve", tmp_path / "nowhere.yaml", code=2).output


def test_new_starts_a_program_and_leaves_others_alone(tmp_path):
    path = tmp_path / "program.yaml"
    run("new", path)
    run("validate", path)
    before = path.read_bytes()
    assert "left as it is" in run("new", path, code=2).output
    assert path.read_bytes() == before


def test_rules_are_listed_with_examples():
    output = run("rules").output
    assert "max in a row" in output
    assert "Example: rule: max in a row; of: MIPS; weeks: 2" in output
    assert told("rules", "spacing")["rules"][0]["name"] == "spacing"
    assert "Did you mean “spacing”?" in run("rules", "spacin", code=2).output
    assert run("rules", "nonsense", code=2).output == "There is no rule “nonsense”. `scheduler rules` lists them all.\n"


def test_a_mistyped_command():
    assert "Did you mean “solve”?" in run("sovle", code=2).output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command):
    assert "Usage:" in run(command, "--help").output


def test_help_loads_nothing_heavy():
    script = "import sys; from scheduler.cli import main; import scheduler.cli.solve; print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                                check=True).stdout.split())
    assert not loaded & {"ortools", "pandas", "numpy", "icalendar", "xlsxwriter", "openpyxl", "jinja2", "rich", "yaml"}


def test_the_same_seed_gives_the_same_year(tmp_path):
    grids = []
    for name in ("one", "two"):
        run("solve", TINY, "-o", tmp_path / name, "--seed", "7")
        grids.append(json.loads((tmp_path / name / "schedule.json").read_text())["fellows"])
    assert grids[0] == grids[1]


def test_an_earlier_schedule_as_a_hint(solved, tmp_path):
    answer = told("solve", TINY, "-o", tmp_path, "--hint", solved / "schedule.json")
    assert answer["status"] == "optimal"
    assert json.loads((tmp_path / "schedule.json").read_text())["status"] == "optimal"


def test_ctrl_c_keeps_the_best_found(tmp_path):
    """A program too large to prove in a moment, interrupted as soon as it has a first schedule."""
    program = tmp_path / "big.yaml"
    program.write_text(big_program(), encoding="utf-8")
    process = subprocess.Popen([*SCHEDULER, "solve", str(program), "-o", str(tmp_path / "out"), "--json"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               env={**os.environ, "PYTHONUNBUFFERED": "1"})
    deadline, stopped = time.monotonic() + 120, False
    while time.monotonic() < deadline and process.poll() is None:
        time.sleep(6 if not stopped else 1)
        if not stopped:
            process.send_signal(signal.SIGINT)
            stopped = True
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err, err
    answer = json.loads(out)
    if answer["status"] == "feasible":
        assert process.returncode == 0
        assert (tmp_path / "out/schedule.json").exists()
        assert any(t["value"] != t["bound"] for t in answer["tiers"])
    else:
        assert (answer["status"], process.returncode) == ("unknown", 4)


def big_program():
    """Forty fellows with evenly shared nights: proving the best takes minutes, finding one takes a second."""
    fellows = "\n".join(f"  - {{name: Fellow {n}}}" for n in range(40))
    return f"""program: Big
year: {{start: 2026-07-06, end: 2027-07-04}}
fellows:
{fellows}
rotations: [{{name: Clinic, base: true}}, {{name: Nights, staffing: 4-6}}, {{name: ICU, staffing: 6-9}}]
leave: [{{name: Vacation, weeks: 3, at once: 4}}]
priorities: [fair]
rules:
  - {{rule: max in a row, of: Nights, weeks: 2}}
  - {{rule: min in a row, of: ICU, weeks: 2}}
  - {{rule: never after, of: Nights, then: ICU}}
  - {{rule: evenness, of: [Nights, ICU], over: quarters, priority: fair}}
"""
