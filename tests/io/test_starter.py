"""The starter program: it reads, adds up and solves as it stands, and never overwrites anything."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from scheduler.check.differences import changes
from scheduler.check.sums import sums
from scheduler.cli import main
from scheduler.export.wall import write_didactics
from scheduler.export.workbook import write_workbook
from scheduler.io.any_schedule import read_anything
from scheduler.io.program_file import read_program
from scheduler.io.sections import SECTIONS
from scheduler.solve.settings import Settings
from scheduler.year import plan_year

STARTER = Path(str(files("scheduler.io") / "starter.yaml"))


@pytest.fixture(scope="module")
def year():
    return plan_year(read_program(STARTER), Settings(seconds=30))


def test_it_reads_adds_up_and_is_solved_and_proven(year):
    program, result = year.program, year
    rotations, people = sums(program.layer(), program.rules)
    assert not [problem for line in [*rotations, *people] for problem in line.problems]
    assert result.status == "optimal"
    assert all(tier.proven for tier in result.tiers)
    assert result.report.ok
    assert result.seconds < 20


def test_its_workbook_reads_back_unchanged(year, tmp_path):
    got = read_anything(write_workbook(year, tmp_path / "schedule.xlsx"), year.program)
    assert changes(year.schedule, got.schedule) == []
    assert (got.kind, got.absent) == ("workbook", ())
    assert list(got.schedule.beside) == list(year.schedule.beside)


def test_its_sign_in_sheets_have_every_fellow_and_session(year, tmp_path):
    _, sign = write_didactics(year, tmp_path)
    html = sign.read_text(encoding="utf-8")
    assert html.count('<section class="sheet">') == len(year.program.sessions) == 12
    assert all(html.count(f'<th scope="row">{p.name}</th>') == 12 for p in year.program.people)
    assert "<h1>Journal Club, July 2026</h1>" in html and "nothing to sign" not in html


def test_it_shows_every_kind_of_section():
    text = STARTER.read_text(encoding="utf-8")
    shown = set(re.findall(r"^(?:# )?([a-z][a-z ]*):", text, re.MULTILINE))
    advanced = {"id", "faculty", "residents", "backgrounds", "electives", "guests", "post docs"}
    assert shown == set(SECTIONS) - advanced
    assert max(map(len, text.splitlines())) <= 120
    assert text.isascii()


def test_every_line_that_is_commented_out_reads_too(tmp_path):
    lines = STARTER.read_text(encoding="utf-8").splitlines()
    hidden = r"^(\s*)# (\s*- \{|approved leave:|pins:|cohort weeks:|no conferences:|milestones:)"
    opened = [re.sub(hidden, r"\1\2", line) for line in lines]
    assert sum(a != b for a, b in zip(lines, opened, strict=True)) >= 10
    text = "\n".join(opened).replace("priorities: [wishes, fairness]", "priorities: [wishes, fairness, comfort]")
    path = tmp_path / "program.yaml"
    path.write_text(text, encoding="utf-8")
    program = read_program(path)
    assert [p.name for p in program.people] == ["Fellow A", "Fellow B", "Fellow C", "Fellow D"]
    assert "Away rotation" not in [r.name for r in program.rotations]


def test_new_writes_it_and_leaves_what_is_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(main, ["new"])
    assert made.exit_code == 0, made.output
    assert (tmp_path / "program.yaml").read_bytes() == STARTER.read_bytes()
    (tmp_path / "program.yaml").write_text("mine", encoding="utf-8")
    for arguments in (["new"], ["new", "."], ["new", str(tmp_path / "program.yaml")], ["new", "--json"]):
        again = CliRunner().invoke(main, arguments)
        assert again.exit_code == 2
        assert "is left as it is" in again.output
    assert (tmp_path / "program.yaml").read_text(encoding="utf-8") == "mine"
    other = CliRunner().invoke(main, ["new", "other/next.yaml"])
    assert other.exit_code == 2
    assert other.output.startswith("There is no folder “other”. Check the spelling of the path")
    assert not (tmp_path / "other").exists()
    (tmp_path / "other").mkdir()
    other = CliRunner().invoke(main, ["new", "other/next.yaml"])
    assert other.exit_code == 0, other.output
    assert (tmp_path / "other" / "next.yaml").exists()
