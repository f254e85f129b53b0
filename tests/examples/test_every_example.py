"""Law 5 and law 7 on the examples: every one is read, solved, checked, and proven in every tier."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from scheduler.check.room_sums import problems
from scheduler.check.sums import sums
from scheduler.cli import main
from scheduler.year import check_year
from tests.examples.solved import EXAMPLES, FOLDER, program, result, text


def test_the_examples_are_the_seven_we_promise():
    assert EXAMPLES == ["iowa", "lvhn-4plus1", "mayo", "penn-state", "tiny", "umms-ortho", "washu"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_is_read_and_no_sum_forbids_a_schedule(name):
    rotations, people = sums(program(name).layer(), program(name).rules)
    assert [p for line in (*rotations, *people) for p in line.problems] == []
    assert problems(program(name).layers(), program(name).rules) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_validate_reads_it_on_the_command_line(name):
    done = CliRunner().invoke(main, ["validate", str(FOLDER / name / "program.yaml")])
    assert done.exit_code == 0 and "The file reads well" in done.output


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_is_proven_in_every_tier(name):
    year = result(name)
    assert year.status == "optimal"
    assert year.tiers
    assert [(t.name, t.value) for t in year.tiers if not t.proven or t.given] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_checker_finds_every_rule_kept_and_the_same_values(name):
    year = result(name)
    report = check_year(program(name), year.schedule)
    assert report.broken == ()
    assert [(t.name, t.value) for t in report.tiers] == [(t.name, t.value) for t in year.tiers]
    assert {o.verdict for o in report.owed} <= {"met", "assumed", "waived"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_fellow_has_something_in_every_period(name):
    for person in result(name).schedule.people:
        assert all(duties for _, duties in result(name).schedule.of(person))


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_has_wishes_and_assumptions_to_show(name):
    assert program(name).assumptions
    assert any(w.granted for w in result(name).report.wishes)
    assert any(not w.granted for w in result(name).report.wishes), "a year without a refused wish shows no trade-off"


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_assumption_of_the_file_is_listed(name):
    stated = re.findall(r"assumption: \"(.*?)\"[,}\n]", text(name))
    listed = [a.text for a in program(name).assumptions]
    assert stated
    assert [said for said in stated if not any(said in one for one in listed)] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_outside_the_project_is_needed(name):
    assert not re.search(r"\.\./|shared/|seeds/", text(name))
