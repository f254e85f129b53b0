"""scheduler diff as people call it: what it says, what it writes, what it does not."""

import json

import openpyxl
import pytest

from tests.cli.test_commands import TINY, run, told


@pytest.fixture(scope="module")
def years(tmp_path_factory):
    """A solved year, and one in which Ada and Cleo trade a week and Ben loses his airway skills."""
    folder = tmp_path_factory.mktemp("years")
    run("solve", TINY, "-o", folder)
    data = json.loads((folder / "schedule.json").read_text(encoding="utf-8"))
    rows = {row["id"]: row["duties"] for row in data["fellows"]}
    slot = next(s for s, (a, c) in enumerate(zip(rows["ada"], rows["cleo"], strict=True))
                if {a[0], c[0]} == {"Hospital", "Clinic"})
    rows["ada"][slot], rows["cleo"][slot] = rows["cleo"][slot], rows["ada"][slot]
    rows["ben"][rows["ben"].index(["Airway skills"])] = ["Clinic"]
    data["version"] = 2
    (folder / "new.json").write_text(json.dumps(data), encoding="utf-8")
    return folder / "schedule.json", folder / "new.json", slot


def test_by_fellow_by_week_and_by_rule(years):
    old, new, _ = years
    output = run("diff", TINY, old, new).output
    assert output.startswith("3 cells differ (3 weeks, counted by person); 3 people are affected.\n\nAda\n")
    assert "Ben\n  Clinic instead of Airway skills in the week of " in output
    assert "\nBy week\n  The week of " in output
    assert "\n    Ben: Clinic instead of Airway skills\n" in output
    assert "✗ now: Ben has 0 weeks of Airway skills; 1 week required." in output
    assert "✗ Ben: Airway skills 1 → 0 weeks, met → short" in output
    assert "wishes: worst-off fellow: 3 in both" in output
    assert "Nothing was written" in output
    back = run("diff", TINY, new, old).output
    assert "✓ no longer: Ben has 0 weeks of Airway skills; 1 week required." in back
    assert "✓ Ben: Airway skills 0 → 1 weeks, short → met" in back


def test_json(years):
    old, new, slot = years
    answer = told("diff", TINY, old, new)
    assert (answer["status"], answer["cells"], answer["people"]) == ("different", 3, ["Ada", "Ben", "Cleo"])
    ada = next(c for c in answer["changes"] if c["fellow"] == "Ada")
    assert (ada["slot"], {*ada["before"], *ada["after"]}) == (slot, {"Hospital", "Clinic"})
    assert sorted(len(w["changes"]) for w in answer["weeks"]) in ([1, 2], [3])
    broken = [r for r in answer["rules"] if r["after"] == "broken"]
    assert "Ben has 0 weeks of Airway skills; 1 week required." in [s for r in broken for s in r["new"]]
    short = [r for r in answer["requirements"] if r["after"]["verdict"] == "short"]
    assert ("Ben", "Airway skills", 1, 0) in [
        (r["fellow"], r["rotation"], r["before"]["got"], r["after"]["got"]) for r in short]
    assert [n["fellow"] for n in answer["notices"]] == ["Ada", "Ben", "Cleo"]
    assert answer["written"] == []


def test_wishes_gained_and_lost(years, tmp_path):
    old, _, _ = years
    data = json.loads(old.read_text(encoding="utf-8"))
    rows = {row["id"]: row["duties"] for row in data["fellows"]}
    rows["ben"][rows["ben"].index(["Headache"])] = ["Clinic"]
    (tmp_path / "new.json").write_text(json.dumps(data), encoding="utf-8")
    answer = told("diff", TINY, old, tmp_path / "new.json")
    assert [(w["fellow"], w["rank"]) for w in answer["wishes"]["lost"]] == [("Ben", 1)]
    assert answer["wishes"]["gained"] == []
    worse = [t["name"] for t in answer["tiers"] if t["before"] != t["after"]]
    assert "wishes: points not granted" in worse
    assert "– no longer granted: Ben, " in run("diff", TINY, old, tmp_path / "new.json").output


def test_the_same_twice(years, tmp_path):
    old, _, _ = years
    output = run("diff", TINY, old, old, "-o", tmp_path / "out").output
    assert output == "The two schedules are the same: nothing changes for anybody.\n"
    assert not (tmp_path / "out").exists()
    assert told("diff", TINY, old, old)["status"] == "the same"


def test_files(years, tmp_path):
    old, new, _ = years
    output = run("diff", TINY, old, new, "-o", tmp_path).output
    assert {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()} == {
        "changes.xlsx", "notices.html", "notices/ada.txt", "notices/ben.txt", "notices/cleo.txt"}
    assert "send the 3 notices in" in output
    book = openpyxl.load_workbook(tmp_path / "changes.xlsx")
    assert book.sheetnames == ["Schedule", "By fellow", "By week", "By rule"]
    framed = [cell for row in book["Schedule"].iter_rows(min_row=7) for cell in row
              if cell.comment and cell.border.left.style == "thick"]
    assert sorted(cell.comment.text.split("\n")[0] for cell in framed) == [
        "was Airway skills", "was Clinic", "was Hospital"]
    rows = [[cell.value for cell in row] for row in book["By rule"].iter_rows(min_row=5)]
    assert ["requirement", "Ben: Airway skills", "1 week: met", "0 weeks: short by 1", "worse"] in rows
    letter = (tmp_path / "notices" / "ben.txt").read_text(encoding="utf-8")
    assert letter.startswith("Subject: Your schedule changes from ")
    assert "Clinic instead of Airway skills (1 week, to " in letter


def test_nobodys_file_is_overwritten_unasked(years, tmp_path):
    old, new, _ = years
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "ben.txt").write_text("mine")
    assert "already holds ben.txt" in run("diff", TINY, old, new, "-o", tmp_path, code=2).output
    assert (tmp_path / "notices" / "ben.txt").read_text() == "mine"
    run("diff", TINY, old, new, "-o", tmp_path, "--replace")
    assert (tmp_path / "notices" / "ben.txt").read_text(encoding="utf-8").startswith("Subject: ")


def test_a_workbook_and_a_schedule(years):
    old, new, _ = years
    book = old.with_name("schedule.xlsx")
    assert "nothing changes for anybody" in run("diff", TINY, old, book).output
    assert [c["fellow"] for c in told("diff", TINY, book, new)["changes"]] == ["Ada", "Ben", "Cleo"]


def test_what_cannot_be_read(years, tmp_path):
    old, _, _ = years
    (tmp_path / "new.json").write_text("[]")
    assert "not a schedule.json" in run("diff", TINY, old, tmp_path / "new.json", code=2).output
    assert "There is no such file" in run("diff", TINY, old, tmp_path / "none.json", code=2).output
