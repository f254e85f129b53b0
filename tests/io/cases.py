"""The malformed programs of ``tests/errors`` and what the reader says about each."""

from pathlib import Path

from scheduler.domain.program import Program
from scheduler.io.problems import BadInput
from scheduler.io.program_file import read_program

ERRORS = Path(__file__).parent.parent / "errors"
CASES = sorted(p for p in ERRORS.iterdir() if (p / "program.yaml").exists())


def said(path: Path) -> str:
    """Every problem of a program, as people see it; empty when it reads well."""
    try:
        program = read_program(path)
    except BadInput as bad:
        return f"{bad}\n"
    assert isinstance(program, Program)
    return ""
