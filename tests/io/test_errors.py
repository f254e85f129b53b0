"""What the reader says about every malformed program of ``tests/errors``, word for word.

A changed message is reviewed in the diff: ``python -m tests.io.regenerate`` rewrites them all.
"""

import os
import re
from pathlib import Path

import pytest

from constraints.ranked_requests import POINTS
from scheduler.io.problems import BadInput
from scheduler.io.program_file import read_program
from tests.io.cases import CASES, said
from tests.io.small import EVERYTHING

HEAD = re.compile(r"^(\S[^:!]*)(?:!([^:]+)|:(\d+):(\d+))?: (.+)$")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden(case):
    assert said(case / "program.yaml") == (case / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_problem_has_a_place_a_line_and_a_remedy(case):
    with pytest.raises(BadInput) as caught:
        read_program(case / "program.yaml")
    for problem in caught.value.problems:
        assert HEAD.match(str(problem).splitlines()[0]), problem
        assert problem.remedy, problem
        assert (case / problem.place.file).exists()
        if problem.place.line and not problem.place.cell:
            assert problem.place.shown, problem
            assert problem.place.column <= len(problem.place.excerpt) + 1
        assert len(max(str(problem).splitlines(), key=len)) < 320     # the longest lists every section
        assert problem.as_json()["message"][:40] == problem.message[:40]
    assert list(caught.value.problems) == sorted(
        caught.value.problems, key=lambda p: (p.place.file, p.place.line, p.place.column))


def test_there_are_many_and_all_of_them_are_wrong():
    assert len(CASES) >= 45
    assert not [case.name for case in CASES if not (case / "expected.txt").read_text(encoding="utf-8")]


def test_the_purse_is_what_the_rule_says():
    expected = (CASES[0].parent / "too_many_requests" / "expected.txt").read_text(encoding="utf-8")
    assert f"Everyone has {len(POINTS)} requests of a kind; keep the dearest {len(POINTS)}." in expected


def test_all_problems_of_a_file_at_once():
    lines = (CASES[0].parent / "everything_at_once" / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line.startswith("program.yaml:")]) >= 11


# -- what no file can show: files that are not there, are folders, or may not be read

def refused(path):
    with pytest.raises(BadInput) as caught:
        read_program(path)
    return str(caught.value)


def test_no_such_file(tmp_path):
    assert "There is no such file." in refused(tmp_path / "program.yaml")
    (tmp_path / "program.yaml").write_text(EVERYTHING, encoding="utf-8")
    assert "Did you mean “program.yaml”?" in refused(tmp_path / "programm.yml")
    assert "There is no folder" in refused(tmp_path / "nowhere" / "program.yaml")


def test_a_folder(tmp_path):
    assert "This is a folder, not a program file." in refused(tmp_path)
    (tmp_path / "program.yaml").write_text(EVERYTHING, encoding="utf-8")
    assert "Give the program.yaml inside it." in refused(tmp_path)


@pytest.mark.parametrize("locked", ["program.yaml", "fellows.csv"])
def test_a_file_that_may_not_be_read(tmp_path, monkeypatch, locked):
    (tmp_path / "fellows.csv").write_text("name\nFellow A\nFellow B\nFellow C\n", encoding="utf-8")
    before, after = EVERYTHING.index("fellows:"), EVERYTHING.index("faculty:")
    text = EVERYTHING[:before] + "fellows: fellows.csv\n" + EVERYTHING[after:]
    (tmp_path / "program.yaml").write_text(text, encoding="utf-8")
    real = Path.read_bytes

    def read_bytes(self):
        if self.name == locked:
            raise PermissionError(13, os.strerror(13), str(self))
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    said = refused(tmp_path / "program.yaml")
    assert "cannot be opened: permission denied." in said
    assert "check that you may read it." in said
    assert said.startswith("program.yaml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_change_nothing(tmp_path, encoding, ends):
    text = EVERYTHING.replace("Example Clinic", "Clínica Ejemplo – Süd").replace("\n", ends)
    (tmp_path / "program.yaml").write_bytes(text.encode(encoding))
    assert read_program(tmp_path / "program.yaml").institution == "Clínica Ejemplo – Süd"


def test_a_column_of_a_long_line_is_shown():
    long = next(c for c in CASES if c.name == "very_long_line")
    shown = said(long / "program.yaml").splitlines()[1]
    assert "weeks: thirteen" in shown
    assert len(shown) < 120
