"""scheduler explain, as a coordinator meets it."""

import json
from pathlib import Path

from click.testing import CliRunner

from scheduler.cli import main

TINY = Path(__file__).parents[2] / "examples" / "tiny" / "program.yaml"


def run(*arguments, code=0):
    done = CliRunner().invoke(main, [str(a) for a in arguments])
    assert done.exit_code == code, done.output
    return done.output


def five_weeks(tmp_path):
    path = tmp_path / "program.yaml"
    text = TINY.read_text(encoding="utf-8")
    path.write_text(text.replace("rotation: Hospital, weeks: 4", "rotation: Hospital, weeks: 5"), encoding="utf-8")
    return path


def test_a_possible_program():
    assert run("explain", TINY) == "There is a schedule that keeps every rule.\n"
    assert json.loads(run("explain", TINY, "--json"))["status"] == "possible"


def test_why_and_what_would_help(tmp_path):
    output = run("explain", five_weeks(tmp_path), "--fixes", "2", code=3)
    assert output.count("By counting alone:") == 1
    assert "These 2 cannot all hold together, and without any one of them the others can:" in output
    assert "15 is more than 12." in output
    assert "What would help, each tried on the whole program, cheapest first:\n1. " in output


def test_as_json(tmp_path):
    told = json.loads(run("explain", five_weeks(tmp_path), "--fixes", "1", "--json", code=3))
    assert told["status"] == "impossible" and told["conflicts"][0]["smallest"]
    assert {"rule", "sentence", "place", "source", "people", "when"} == set(told["conflicts"][0]["rules"][0])
    assert len(told["fixes"]) == 1 and told["fixes"][0]["sentences"]


def test_the_year_that_breaks_the_least(tmp_path):
    output = run("explain", five_weeks(tmp_path), "--fixes", "0", "-o", tmp_path / "least", code=3)
    assert "The best year that breaks the least is in" in output and "  ✗ " in output
    assert (tmp_path / "least" / "schedule.xlsx").exists()
    again = CliRunner().invoke(main, ["explain", str(five_weeks(tmp_path)), "-o", str(tmp_path / "least")])
    assert again.exit_code == 2                                             # nobody's file is overwritten unasked


def test_malformed_is_not_tight(tmp_path):
    path = tmp_path / "program.yaml"
    text = TINY.read_text(encoding="utf-8")
    path.write_text(text.replace("rotation: Hospital, weeks: 4", "rotation: Hospitel, weeks: 4"), encoding="utf-8")
    assert "Hospitel" in run("explain", path, code=2)
