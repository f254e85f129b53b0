"""scheduler swap as people call it: what is listed, what is refused, and the year with a trade made."""

import json

import pytest
from click.testing import CliRunner

from scheduler.cli import main
from tests.check.trade_programs import LAYERED
from tests.cli.test_commands import TINY, run, told


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    folder = tmp_path_factory.mktemp("year")
    run("solve", TINY, "-o", folder)
    return folder


@pytest.fixture(scope="module")
def week(year):
    """A week in which Ada is on Hospital and somebody can take it."""
    rows = {row["id"]: row["duties"] for row in json.loads((year / "schedule.json").read_text())["fellows"]}
    data = json.loads((year / "schedule.json").read_text())
    for slot, duties in enumerate(rows["ada"]):
        start = data["periods"][slot]["start"]
        asked = ["swap", str(TINY), str(year / "schedule.json"), "Ada", start, "--json"]
        if duties == ["Hospital"] and json.loads(CliRunner().invoke(main, asked).stdout)["possible"]:
            return start
    return pytest.fail("nobody can trade with Ada")


def test_the_list(year, week):
    output = run("swap", TINY, year / "schedule.json", "Ada", week).output
    assert output.startswith("Ada is on Hospital in the week of ")
    assert "keep every rule" in output
    assert "\n1. " in output
    assert "does Hospital" in output
    assert "--apply 1 -o FOLDER" in output
    assert "Not possible" not in output


def test_what_forbids_the_others(year, week):
    output = run("swap", TINY, year / "schedule.json", "Ada", week, "--all").output
    assert "Not possible:\n ✗ " in output
    assert "Ada has 3 weeks of Hospital; 4 weeks required." in output


def test_json(year, week):
    answer = told("swap", TINY, year / "schedule.json", "ada", week, "--all")
    assert (answer["fellow"], answer["layer"], answer["dates"], answer["untried"]) == ("Ada", "rotations", [week], 0)
    best = answer["possible"][0]
    assert {"kind", "people", "dates", "back", "sentence", "changes", "tiers", "consequences", "costs_nothing"} <= set(
        best)
    assert best["cells"] == len(best["changes"])
    assert len(answer["forbidden"]) == answer["impossible"]
    assert all(o["forbidden"] and o["rule"] for o in answer["forbidden"])


def test_a_trade_made_is_checked_and_continues_the_calendars(year, week, tmp_path):
    best = told("swap", TINY, year / "schedule.json", "Ada", week)["possible"][0]
    folder = tmp_path / "new"
    output = run("swap", TINY, year / "schedule.json", "Ada", week, "--apply", 1, "-o", folder).output
    assert output.startswith(f"Made: {best['sentence']}")
    assert "version 2" in output
    run("check", TINY, folder / "schedule.json")
    after = json.loads((folder / "schedule.json").read_text())
    rows = {row["id"]: row["duties"] for row in after["fellows"]}
    starts = [p["start"] for p in after["periods"]]
    assert [rows[c["person"]][starts.index(c["date"])] for c in best["changes"]] == [
        c["after"] for c in best["changes"]]
    assert after["run"]["trades"] == [best["sentence"]]
    ledger = json.loads((folder / "calendars/ledger.json").read_text())["events"]
    assert any(entry["sequence"] or entry["gone"] for entry in ledger.values())
    assert "already holds" in run(
        "swap", TINY, year / "schedule.json", "Ada", week, "--apply", 1, "-o", folder, code=2).output
    run("swap", TINY, folder / "schedule.json", "Ada", week, "--apply", 1, "-o", folder, "--replace")
    again = json.loads((folder / "schedule.json").read_text())
    assert (again["version"], len(again["run"]["trades"])) == (3, 2)


def test_what_was_proven_stays_so_only_where_nothing_is_lost(year, week, tmp_path):
    offers = told("swap", TINY, year / "schedule.json", "Ada", week)["possible"]
    free = next(n for n, o in enumerate(offers, 1) if o["costs_nothing"])
    run("swap", TINY, year / "schedule.json", "Ada", week, "--apply", free, "-o", tmp_path)
    assert json.loads((tmp_path / "schedule.json").read_text())["status"] == "optimal"


def test_words_that_are_wrong_are_told_together(year):
    output = run("swap", TINY, year / "schedule.json", "Adda", "7/13/2026", "--with", "Clo", code=2).output
    assert "FELLOW: There is no fellow, background, level or tag “Adda”.\n  → Did you mean “Ada”?" in output
    assert "DATE: “7/13/2026” is not a date." in output
    assert "--with: There is no fellow, background, level or tag “Clo”." in output
    assert "3 problems" in output


@pytest.mark.parametrize(("args", "words"), [
    (["Ada", "2026-07-13", "--with", "Ada"], "Ada cannot trade with Ada."),
    (["Ada", "2027-07-13"], "is outside the year"),
    (["Ada", "2026-07-13", "--call"], "This program has no call."),
    (["Ada", "2026-07-13", "--apply", "1"], "--apply N and -o FOLDER belong together"),
])
def test_what_cannot_be_asked(year, args, words):
    assert words in run("swap", TINY, year / "schedule.json", *args, code=2).output


def test_a_number_that_is_not_in_the_list(year, week, tmp_path):
    output = run("swap", TINY, year / "schedule.json", "Ada", week, "--apply", 99, "-o", tmp_path / "x", code=2).output
    assert "There is no trade 99" in output
    assert not (tmp_path / "x").exists()


def test_nothing_possible(tmp_path):
    program = tmp_path / "program.yaml"
    program.write_text(TINY.read_text(encoding="utf-8").replace(
        "rules:\n", "rules:\n  - {rule: pinned, for: Ada, of: Hospital, during: 2026-07-06}\n"), encoding="utf-8")
    run("solve", program, "-o", tmp_path / "year")
    path = tmp_path / "year/schedule.json"
    assert "keeps every rule" in run("swap", program, path, "Ada", "2026-07-06", code=1).output
    assert "No trade can be made" in run("swap", program, path, "Ada", "2026-07-06", "--apply", 1, "-o",
                                         tmp_path / "new", code=2).output


def test_below_the_week(tmp_path):
    program = tmp_path / "program.yaml"
    program.write_text(LAYERED, encoding="utf-8")
    run("solve", program, "-o", tmp_path / "year")
    path = tmp_path / "year/schedule.json"
    data = json.loads(path.read_text())
    night = next(line for line in data["call"] if line["role"] == "Weekend" and line["fellow"] == "ada")
    output = run("swap", program, path, "Ada", night["date"], "--call").output
    assert "Ada is on Weekend on the night of " in output
    found = told("swap", program, path, "Ada", night["date"], "--layer", "call", "--with", "Ben")
    assert found["possible"]
    assert {name for o in found["possible"] for name in o["people"]} <= {"Ada", "Ben", "Cleo"}
    assert all("Ben" in o["people"] for o in found["possible"])
    run("swap", program, path, "Ada", night["date"], "--call", "--apply", 1, "-o", tmp_path / "new")
    after = json.loads((tmp_path / "new/schedule.json").read_text())
    assert night not in after["call"]
    assert all(tier["layer"] != "conferences" for tier in after["tiers"])
    idle = next(p["start"] for n, p in enumerate(data["periods"]) if data["fellows"][0]["duties"][n] == ["Vacation"])
    assert "Ada has no call" in run("swap", program, path, "Ada", idle, "--call", code=2).output


def test_a_week_takes_its_call_along(tmp_path):
    program = tmp_path / "program.yaml"
    program.write_text(LAYERED, encoding="utf-8")
    run("solve", program, "-o", tmp_path / "year")
    path = tmp_path / "year/schedule.json"
    data = json.loads(path.read_text())
    moved = []
    for person in data["fellows"]:
        for period, duties in zip(data["periods"], person["duties"], strict=True):
            if duties == ["Ward"]:
                moved += told("swap", program, path, person["name"], period["start"])["possible"]
    assert any(o["below"]["call"] == "along" for o in moved)
    assert any("Nights of call go along with the traded weeks" in line for o in moved for line in o["consequences"])
