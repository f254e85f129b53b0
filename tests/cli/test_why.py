"""scheduler why as people call it: the answer in words, in JSON, and by exit code."""

import json

import pytest

from tests.cli.test_commands import TINY, run, told


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    folder = tmp_path_factory.mktemp("year")
    run("solve", TINY, "-o", folder)
    return folder / "schedule.json"


@pytest.fixture(scope="module")
def free(year):
    """A week in which Cleo is on Clinic and Ada on Hospital."""
    data = json.loads(year.read_text())
    ada, _, cleo = (row["duties"] for row in data["fellows"])
    return next(p["start"] for p, a, c in zip(data["periods"], ada, cleo, strict=True)
                if (a, c) == (["Hospital"], ["Clinic"]))


def test_what_could_be(year, free):
    output = run("why", TINY, year, "Cleo", "Hospital", free).output
    assert output.startswith("Why is Cleo not on Hospital in the week of ")
    assert "Now: Clinic." in output
    assert "Putting Hospital there now, and changing nothing else, would break:\n  • Hospital has 2 people" in output
    assert "An equally good year has it; that it is not so now is chance." in output
    assert "changed cells (no fewer are possible), of Ada and Cleo" in output
    assert f'--pin "Cleo" "Hospital" {free} ' in output


def test_what_a_repair_would_do_otherwise_is_said(year, free, monkeypatch):
    import scheduler.explain.notice as notice
    asked = ("why", TINY, year, "Cleo", "Hospital", free)
    output = run(*asked).output
    assert "A repair puts few changes before the priorities, so it may cost more than is said here" in output
    monkeypatch.setattr(notice, "today_in", lambda program, *_: program.year.start)
    assert "A repair keeps what is over and the next 2 weeks, and puts few changes before" in run(*asked).output
    monkeypatch.setattr(notice, "today_in", lambda program, *_: program.year.end)
    assert "To have it" not in run(*asked).output


def test_json(year, free):
    answer = told("why", TINY, year, "cleo", "hospital", free)
    assert (answer["fellow"], answer["what"], answer["verdict"], answer["has"]) == ("Cleo", "Hospital", "equal", False)
    assert answer["breaks_now"]
    assert answer["example"]["changes"]
    assert answer["lines"]


def test_the_opposite(year, free):
    output = run("why", TINY, year, "Ada", "Hospital", free, "--not").output
    assert output.startswith("Why is Ada on Hospital in the week of ")
    assert "Taking Hospital away there now, and changing nothing else, would break:\n  • Hospital has nobody" in output
    assert "An equally good year is without it; that it is so now is chance." in output
    assert '--not "Ada" "Hospital"' in output
    assert f'Who could take it in a trade: scheduler swap {TINY} {year} "Ada" {free}' in output


def test_what_is_so(year, free):
    assert "Ada is on Hospital in the week of" in run("why", TINY, year, "Ada", "Hospital", free).output
    assert told("why", TINY, year, "Ada", "Hospital", free)["verdict"] == "already so"


def test_impossible(year, free):
    output = run("why", TINY, year, "Cleo", "Airway skills", free, code=3).output
    assert "No year that keeps every rule has it: this is proven." in output
    assert "Only those who owe it or asked for it may be on Airway skills." in output
    assert told("why", TINY, year, "Cleo", "Airway skills", free, code=3)["explanation"]


def test_what_would_be_lost(year):
    """Ada and Ben both asked for the week of 3 August; one of them has it."""
    data = json.loads(year.read_text())
    has = next(row["name"] for row in data["fellows"] if row["duties"][4] == ["Vacation"])
    other = {"Ada": "Ben", "Ben": "Ada"}[has]
    output = run("why", TINY, year, other, "Vacation", "2026-08-03").output
    assert f"{has}’s request for Vacation in the week of 3 August (8 points) would no longer be granted." in output


def test_no_time(year, free, monkeypatch):
    import scheduler.explain.asking as asking
    from scheduler.solve.driver import Outcome
    monkeypatch.setattr(asking, "solve", lambda *_, **__: Outcome("unknown"))
    output = run("why", TINY, year, "Cleo", "Hospital", free, "--time-limit", "1", code=4).output
    assert "was not decided in 0 s; --time-limit gives it more." in output


def test_words_that_are_wrong_are_told_together(year):
    output = run("why", TINY, year, "Adda", "Hopsital", "2026-13-01", code=2).output
    for words in ("FELLOW: ", "Did you mean “Ada”?", "WHAT: ", "Did you mean “Hospital”?", "DATE: ", "3 problems"):
        assert words in output
