"""Mayo with other fellows, and with what is off turned on: facts known from arithmetic and from an earlier study."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from scheduler.check.sums import sums
from scheduler.cli import main
from scheduler.export.schedule_json import write_schedule
from scheduler.io.program_file import read_program
from scheduler.year import NoSchedule
from tests.examples.solved import FOLDER, amount, edited, program, result, solved, text, with_amount, without, written

PMR, NEURO = "background: physical medicine and rehabilitation}", "background: neurology}"
ANES = "background: anesthesiology}"


def without_fellow(text_, letter):
    return without(text_, f"Fellow {letter},", f"fellow-{letter.lower()},")


def only(program_, *priorities):
    """The program with these tiers and no others: enough to know whether a year exists."""
    return replace(program_, priorities=priorities,
                   rules=tuple(r for r in program_.rules if r.priority is None or r.priority in priorities))


def run(*arguments):
    done = CliRunner().invoke(main, [str(a) for a in arguments])
    return done.exit_code, json.loads(done.output)


# -- four, five, three

def test_four_anesthesiologists_can_do_it(tmp_path):
    four = read_program(written(tmp_path, edited(without_fellow(text("mayo"), "E"), (PMR, ANES))))
    assert [p.background for p in four.people] == ["anesthesiology"] * 4
    year = solved(only(four))
    assert year.status == "optimal" and year.report.ok
    assert [amount(year.schedule, p, "MIPS") for p in four.people] == [13] * 4      # 52 weeks for 51 to staff


def test_five_physical_medicine_fellows_can_do_it(tmp_path):
    five = read_program(written(tmp_path, edited(text("mayo"), (ANES, PMR), (NEURO, PMR))))
    assert {p.background for p in five.people} == {"physical medicine and rehabilitation"}
    year = solved(only(five, "safety"))
    assert year.status == "optimal" and year.report.ok
    for person in five.people:
        assert amount(year.schedule, person, "SIPS") == 2
        assert amount(year.schedule, person, "Anesthesia skills training") in (1, 2)
    # nobody has had skills training in the first week, and MIPS is staffed then: one week too soon, and no more
    assert [(t.name, t.value) for t in year.tiers] == [("safety: before", 1)]


@pytest.fixture
def three(tmp_path):
    return written(tmp_path, without_fellow(without_fellow(text("mayo"), "D"), "E"))


def test_three_fellows_are_proven_impossible_and_the_sum_says_why(three):
    program_ = read_program(three)
    with pytest.raises(NoSchedule) as none:
        solved(program_)
    assert none.value.outcome.status == "impossible"
    rotations, _ = sums(program_.layer(), program_.rules)
    said = [p for line in rotations for p in line.problems]
    assert len(said) == 1 and said[0].startswith("MIPS ")
    assert all(number in said[0] for number in ("51 weeks: 51", "13 each: 39", "51 is more than 39"))


def test_the_command_line_says_it_too(three):
    code, found = run("validate", three, "--json")
    assert (code, found["status"]) == (3, "impossible")
    assert "51 is more than 39" in found["problems"][0]
    code, found = run("solve", three, "--time-limit", 90, "--json")
    assert (code, found["status"]) == (3, "impossible")
    assert "51 is more than 39" in "\n".join(found["reasons"])


# -- what is off

def on(name, text_):
    """The text without the line ``off: true`` of this rotation."""
    start = text_.index(f"- name: {name}")
    end = text_.index("    off: true\n", start)
    return text_[:end] + text_[end:].replace("    off: true\n", "", 1)


@pytest.mark.parametrize("name", ["Center for Pain and Supportive Care", "Neuroscience course", "Research courses"])
def test_turned_on_it_is_an_elective_for_who_asks(name, tmp_path):
    asking = edited(on(name, text("mayo")), ("electives: [Headache Clinic, Spine Center]", f"electives: [{name}]"))
    offered = read_program(written(tmp_path, asking))
    year = solved(only(offered, "wishes"))
    assert year.status == "optimal"
    assert [w.granted for w in year.report.wishes if w.duty == name] == [True]
    assert {o.owed_max for o in year.report.owed if o.what == name} <= {1, 2}
    assert amount(year.schedule, offered.people[0], name) in (1, 2)
    assert [amount(year.schedule, p, name) for p in offered.people[1:]] == [0, 0, 0, 0]


# -- check, from a file

def test_check_reports_the_anatomy_week_as_waived(tmp_path):
    schedule = write_schedule(result("mayo"), tmp_path / "schedule.json")
    code, found = run("check", FOLDER / "mayo", schedule, "--json")
    assert (code, found["status"], [v for v in found["violations"] if v["must_hold"]]) == (0, "fine", [])
    (waived,) = found["waived"]
    assert "MIPS" in waived["rule"] and "5 April" in waived["sentence"]
    assert {r["verdict"] for r in found["requirements"]} == {"met", "assumed"}
    spine = [r for r in found["requirements"] if r["rotation"] == "Spine Center" and not r["elective"]]
    assert {r["fellow"]: r["verdict"] for r in spine} == {
        "Fellow A": "met", "Fellow B": "met", "Fellow C": "met", "Fellow E": "assumed"}


def test_check_of_a_changed_file_names_the_fellow_and_the_weeks(tmp_path):
    year = result("mayo")
    person = year.schedule.people[3]
    short = with_amount(year.schedule, person, "Gonda 15 procedures", 6, "Pain Clinic")
    schedule = write_schedule(replace(year, schedule=short), tmp_path / "schedule.json")
    code, found = run("check", FOLDER / "mayo", schedule, "--json")
    assert (code, found["status"]) == (1, "broken")
    (line,) = [r for r in found["requirements"] if r["verdict"] == "short"]
    assert (line["fellow"], line["rotation"], line["owed_min"], line["owed_max"], line["got"], line["unit"]) == (
        "Fellow D", "Gonda 15 procedures", 7, 8, 6, "weeks")
    assert any(v["who"] == ["Fellow D"] and v["must_hold"] for v in found["violations"])
    assert program("mayo").place == "program.yaml"
