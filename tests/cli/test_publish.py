"""`scheduler publish` and `scheduler history`, as people and programs call them."""

import json
import shutil

import pytest

from tests.cli.test_commands import TINY, run, told


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """A solved year, and the folder in which it was published."""
    folder = tmp_path_factory.mktemp("published")
    run("solve", TINY, "-o", folder / "year")
    output = run("publish", TINY, folder / "year/schedule.json", "-o", folder / "versions", "--by", "Pat Lee",
                 "--why", "agreed in the May meeting").output
    assert "Published version 1" in output
    assert "The first version." in output
    return folder


@pytest.fixture
def place(start, tmp_path):
    return shutil.copytree(start, tmp_path / "place")


def edited(place):
    """The schedule with Ben's week of airway skills given up: a rule is broken."""
    data = json.loads((place / "year/schedule.json").read_text())
    row = next(r for r in data["fellows"] if r["name"] == "Ben")
    row["duties"][row["duties"].index(["Airway skills"])] = ["Clinic"]
    path = place / "edited.json"
    path.write_text(json.dumps(data))
    return path


def test_a_version_needs_a_name_and_a_reason(place):
    output = run("publish", TINY, place / "year/schedule.json", "-o", place / "versions", code=2).output
    assert '--by "Your name" and --why "a few words"' in output
    output = run("history", place / "versions", "--restore", 1, "--by", "Pat", code=2).output
    assert '--why "a few words"' in output
    assert not (place / "versions/0002").exists()


def test_the_folder_of_a_solved_year_is_not_for_versions(place):
    options = ("--by", "Pat Lee", "--why", "agreed")
    output = run("publish", TINY, place / "year", "-o", place / "year", *options, code=2).output
    assert "This folder holds a solved year (schedule.json), not versions." in output
    assert f"Give a folder for versions alone, such as {place / 'published'}." in output
    assert not (place / "year/0001").exists()
    run("publish", TINY, place / "year", "-o", place / "published", *options)


def test_history_of_a_file(place):
    output = run("history", TINY, code=2).output
    assert "is a file, not a folder. Give the folder that `scheduler publish -o` wrote to." in output


def test_broken_rules_are_refused_unless_asked(place):
    options = [TINY, edited(place), "-o", place / "versions", "--by", "Pat", "--why", "by hand"]
    output = run("publish", *options, code=1).output
    assert "✗ Ben has 0 weeks of Airway skills; 1 week required." in output
    assert "nothing was published" in output
    assert told("publish", *options, code=1)["violations"] == ["Ben has 0 weeks of Airway skills; 1 week required."]
    output = run("publish", *options, "--even-if-broken").output
    assert "Published version 2" in output
    assert "Changed since version 1: 1 cell of Ben." in output
    assert "• Ben: Clinic instead of Airway skills in the week of 21 September." in output
    assert "breaks rules that must hold in 1 place" in output
    version = json.loads((place / "versions/0002/version.json").read_text())
    assert version["status"] == "feasible", "what was proven was proven of another schedule"
    assert json.loads((place / "versions/0002/schedule.json").read_text())["tiers"] == []


def test_history_lists_shows_and_restores(place):
    run("publish", TINY, edited(place), "-o", place / "versions", "--by", "Pat", "--why", "by hand",
        "--even-if-broken")
    answer = told("history", place / "versions", "--restore", 1, "--by", "Director", "--why", "the board said no")
    assert (answer["number"], answer["restored"], answer["cells"], answer["people"]) == (3, 1, 1, ["Ben"])
    output = run("history", place / "versions").output
    for word in ("Pat Lee: agreed in the May meeting", "the first version · proven best",
                 "1 cell of Ben changed · breaks rules that must hold",
                 "brings back version 1 · 1 cell of Ben changed"):
        assert word in output, output
    listed = told("history", place / "versions")
    assert [(v["number"], v["cells"], v["proven"]) for v in listed["versions"]] == [
        (1, None, True), (2, 1, False), (3, 1, True)]
    output = run("history", place / "versions", "--show", 2).output
    assert "Version 2, published by Pat on " in output
    assert "• Ben: Clinic instead of Airway skills in the week of 21 September." in output
    assert told("history", place / "versions", "--show", 3)["why"] == "the board said no"


def test_damage_is_told_in_plain_words(place):
    run("history", place / "versions", "--restore", 1, "--by", "Pat", "--why", "again")
    (place / "versions/0001/schedule.json").write_text("{}")
    output = run("history", place / "versions").output
    assert "Version 1 cannot be used: schedule.json is missing or was changed after publishing." in output
    assert "nobody's schedule changed · proven best" in output
    assert told("history", place / "versions")["damaged"] == [
        {"number": 1, "wrong": "schedule.json is missing or was changed after publishing"}]
    output = run("history", place / "versions", "--show", 1, code=2).output
    assert "Versions that can be read: 2." in output


def test_folders_that_are_none(tmp_path):
    assert "Nothing has been published" in run("history", tmp_path).output
    assert "there is no such folder" in run("history", tmp_path / "none", code=2).output
    assert told("history", tmp_path) == {"versions": [], "damaged": []}
    assert "not both" in run("history", tmp_path, "--show", 1, "--restore", 1, code=2).output


def test_a_version_can_be_checked_and_exported_again(place):
    version = place / "versions/0001"
    assert told("check", version / "program", version / "schedule.json")["violations"] == []
    run("export", version / "program", version / "schedule.json", "-o", place / "again")
    assert (place / "again/schedule.json").read_bytes() == (version / "schedule.json").read_bytes()
