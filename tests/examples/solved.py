"""Examples, each solved once a test run; variants, written as changed text into a folder of the test's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from constraints import Requirement
from scheduler.check.judge import judge
from scheduler.domain.layer import Person
from scheduler.domain.program import Program
from scheduler.domain.result import Result
from scheduler.domain.schedule import Schedule
from scheduler.domain.verdict import Owed
from scheduler.domain.words import Selection
from scheduler.io.program_file import read_program
from scheduler.solve.settings import Settings
from scheduler.year import plan_year

FOLDER = Path(__file__).parents[2] / "examples"
EXAMPLES = sorted(path.parent.name for path in FOLDER.glob("*/program.yaml"))


def text(name: str) -> str:
    """The example as its author wrote it."""
    return (FOLDER / name / "program.yaml").read_text(encoding="utf-8")


@cache
def program(name: str) -> Program:
    """The example, read."""
    return read_program(FOLDER / name / "program.yaml")


def solved(program_: Program) -> Result:
    """A program solved and checked; a solve that does not end fails its test after a while, with its gap."""
    return plan_year(program_, Settings(seconds=90))


@cache
def result(name: str) -> Result:
    """The example, solved and checked."""
    return solved(program(name))


def edited(text_: str, *changes: tuple[str, str]) -> str:
    """The text with each old part replaced; a part that is not there is a mistake in the test."""
    for old, new in changes:
        assert old in text_, f"the example no longer says {old!r}"
        text_ = text_.replace(old, new)
    return text_


def without(text_: str, *words: str) -> str:
    """The text without the lines that hold any of these words."""
    return "\n".join(line for line in text_.splitlines() if not any(word in line for word in words)) + "\n"


def written(folder: Path, text_: str) -> Path:
    """A program file of this text."""
    path = folder / "program.yaml"
    path.write_text(text_, encoding="utf-8")
    return path


def one(rotation: str) -> Selection:
    """A rotation by name."""
    return Selection.of(rotation)


def amount(schedule: Schedule, person: Person, rotation: str) -> int:
    """Periods spent on a rotation, counted in the plainest way."""
    return sum(rotation in duties for _, duties in schedule.of(person))


def with_amount(schedule: Schedule, person: Person, rotation: str, number: int, base: str) -> Schedule:
    """The same year by hand, with so many periods of a rotation: taken from the base rotation, or given back to it."""
    while (now := amount(schedule, person, rotation)) != number:
        old, new = (base, rotation) if now < number else (rotation, base)
        slot = next(s for s, duties in schedule.of(person) if duties == (old,))
        schedule = schedule.changed(person.id, slot, (new,))
    return schedule


def requirements(program_: Program, rotation: str) -> list[Requirement]:
    """The lines, required and elective, about exactly this rotation or kind of leave."""
    return [r for r in program_.rules if isinstance(r, Requirement) and r.what.duties == {rotation}]


def verdicts(rules: Sequence[Requirement], schedule: Schedule, person: Person) -> tuple[list[Owed], list[str]]:
    """What the checker says about one person and these lines: a verdict for each, and what is wrong."""
    report = judge(rules, (), schedule)
    return ([o for o in report.owed if o.fellow == person],
            [v.sentence for _, v in report.broken if person in v.who])


def fellow(year, letter):
    """Mayo's fellow of this letter."""
    return next(p for p in year.schedule.people if p.name == f"Fellow {letter}")
