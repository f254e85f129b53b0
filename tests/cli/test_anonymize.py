"""`scheduler anonymize`: a copy that can be shared, and that is judged and solved as the original is."""

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import TINY, edited, run, told

NAMES = ("Ada", "Ben", "Cleo", "Summer", "Clinic", "Hospital", "Procedures", "Airway", "Headache", "Vacation",
         "anesthesiology", "neurology", "fatigue", "nobody wrote")


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("solved")
    run("solve", TINY, "-o", folder)
    return folder


def tiers(answer):
    return [(t["value"], t["bound"], t["proven"]) for t in answer["tiers"]]


def test_the_copy_reads_solves_and_is_judged_alike(solved, tmp_path):
    data = json.loads((solved / "schedule.json").read_text())
    row = next(r for r in data["fellows"] if r["name"] == "Ben")
    row["duties"][row["duties"].index(["Airway skills"])] = ["Clinic"]
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(data))
    answer = told("anonymize", TINY, changed, "-o", tmp_path / "copy")
    assert [p.rsplit("/", 1)[-1] for p in answer["written"]] == ["program.yaml", "schedule.json"]
    for path in answer["written"]:
        text = Path(path).read_text(encoding="utf-8")
        assert not [name for name in NAMES if name in text]
    before = told("check", TINY, changed, code=1)
    after = told("check", tmp_path / "copy", tmp_path / "copy/schedule.json", code=1)
    assert [v["amount"] for v in after["violations"]] == [v["amount"] for v in before["violations"]] == [1]
    assert [r["verdict"] for r in after["requirements"]] == [r["verdict"] for r in before["requirements"]]
    assert [t["value"] for t in after["tiers"]] == [t["value"] for t in before["tiers"]]
    assert tiers(told("solve", tmp_path / "copy")) == tiers(told("solve", TINY))


def test_blocks_with_leave_inside_solve_to_the_same_values(tmp_path):
    program = TINY.parent.parent / "penn-state"
    run("anonymize", program, "-o", tmp_path)
    values = tiers(told("solve", tmp_path))
    assert values == tiers(told("solve", program))
    assert all(proven for *_, proven in values)


def test_what_was_proven_stays_proven(solved, tmp_path):
    run("anonymize", TINY, solved / "schedule.json", "-o", tmp_path)
    copy, original = (json.loads((folder / "schedule.json").read_text()) for folder in (tmp_path, solved))
    assert copy["status"] == original["status"] == "optimal"
    assert [t["bound"] for t in copy["tiers"]] == [t["bound"] for t in original["tiers"]] != []
    assert copy["run"] == {}


def test_nobodys_file_is_overwritten(solved, tmp_path):
    output = run("anonymize", TINY, "-o", tmp_path).output
    assert "Look it over before you send it" in output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["program.yaml"]
    assert "already holds program.yaml" in run("anonymize", TINY, "-o", tmp_path, code=2).output
    run("anonymize", TINY, "-o", tmp_path, "--replace")
    assert "is the program's own folder" in run("anonymize", TINY, "-o", TINY.parent, "--replace", code=2).output


def test_a_program_with_problems_is_refused(tmp_path):
    path = edited(tmp_path, ("rotation: Hospital, weeks: 4", "rotation: Hostel, weeks: 4"))
    output = run("anonymize", path, "-o", tmp_path / "copy", code=2).output
    assert "There is no rotation, leave or tag “Hostel”." in output
    assert not (tmp_path / "copy").exists()


def test_a_mistake_of_ours_is_said_and_nothing_is_written(tmp_path, monkeypatch):
    from scheduler.io.alias_words import AliasWords
    monkeypatch.setattr(AliasWords, "group", lambda self, words: "everyone")
    answer = told("anonymize", TINY, "-o", tmp_path / "copy", code=5)
    assert answer["differences"]
    assert "This is a mistake in this software" in run("anonymize", TINY, "-o", tmp_path / "copy", code=5).output
    assert not (tmp_path / "copy").exists()
