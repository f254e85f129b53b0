"""Law 4: checking needs no OR-Tools; what the solver returns is checked; a disagreement shows nobody anything."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from scheduler.cli import main
from scheduler.domain.rule import Condition, Rule, Violation
from scheduler.io.program_file import read_program
from scheduler.year import Disagreement, plan_year
from tests.sample import sample_result

ROOT = Path(__file__).parent.parent.parent
TINY = ROOT / "examples/tiny/program.yaml"


def test_everything_but_solving_works_without_or_tools(tmp_path):
    assert CliRunner().invoke(main, ["solve", str(TINY), "-o", str(tmp_path / "out")]).exit_code == 0
    script = f"""
import sys
sys.modules["ortools"] = None
from click.testing import CliRunner
from scheduler.cli import main
for args in (["check", {str(TINY)!r}, {str(tmp_path / "out/schedule.json")!r}], ["validate", {str(TINY)!r}], ["rules"],
             ["new", {str(tmp_path / "new.yaml")!r}],
             ["export", {str(TINY)!r}, {str(tmp_path / "out/schedule.json")!r}, "-o", {str(tmp_path / "again")!r}],
             ["check", {str(TINY)!r}, {str(tmp_path / "out/schedule.xlsx")!r}],
             ["diff", {str(TINY)!r}, {str(tmp_path / "out")!r}, {str(tmp_path / "again")!r}],
             ["publish", {str(TINY)!r}, {str(tmp_path / "out")!r}, "-o", {str(tmp_path / "kept")!r}, "--by", "Ann",
              "--why", "first"], ["history", {str(tmp_path / "kept")!r}]):
    result = CliRunner().invoke(main, args, catch_exceptions=False)
    assert result.exit_code == 0, (args, result.output)
assert not any(name.startswith("ortools.") for name in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stderr


@dataclass(frozen=True, kw_only=True)
class Loose(Rule):
    """A rule that forgot to tell the solver."""

    name = "loose"

    def post(self, board):
        return iter(())

    def check(self, schedule):
        yield Violation("Nobody told the solver.")


@dataclass(frozen=True, kw_only=True)
class Miscounted(Rule):
    """A preference that the checker counts differently."""

    name = "miscounted"

    def post(self, board):
        yield Condition(board.duties(board.people, board.layer.slots, _any(board.layer)), at_least=0)

    def check(self, schedule):
        yield Violation("one more", amount=1)


def _any(layer):
    from scheduler.domain.words import Selection
    return Selection.of(*layer.duties)


def with_rule(program, rule):
    from dataclasses import replace
    return replace(program, rules=(*program.rules, rule), priorities=(*program.priorities, "odd"))


@pytest.mark.parametrize("rule, told", [
    (Loose(), "Nobody told the solver."), (Miscounted(priority="odd"), "the solver says 0, the checker 1")])
def test_a_disagreement_stops_the_run(rule, told):
    with pytest.raises(Disagreement) as raised:
        plan_year(with_rule(read_program(TINY), rule))
    assert told in str(raised.value)


def test_a_disagreement_writes_a_bundle_and_nothing_else(tmp_path, monkeypatch):
    import scheduler.cli.solve as command
    monkeypatch.setattr(command, "read", lambda path: with_rule(read_program(path), Loose()))
    result = CliRunner().invoke(main, ["solve", str(TINY), "-o", str(tmp_path)])
    assert result.exit_code == 5
    assert "This is a mistake in this software" in result.output
    assert [p.name for p in tmp_path.iterdir()] == ["disagreement.json"]
    bundle = json.loads((tmp_path / "disagreement.json").read_text())
    assert bundle["differences"] == ["loose: Nobody told the solver."]
    assert set(bundle["cells"]["rotations"]) == {p.id for p in read_program(TINY).people}


def test_the_sample_was_checked():
    assert sample_result().report.ok
