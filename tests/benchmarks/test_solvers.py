"""Three independent roads to the same proven value: our solver, a model written by hand, and HiGHS."""

import json
from pathlib import Path

import pytest

import benchmarks
from benchmarks.corpus import SMALL
from benchmarks.generate import generate
from benchmarks.highs import solve_highs
from benchmarks.one import checked, ours
from benchmarks.plain import Plain, solve_plain
from benchmarks.posted import solve_posted
from benchmarks.run import values
from scheduler.io.program_file import read_program
from scheduler.solve.settings import Settings

EXPECTED = json.loads((Path(benchmarks.__file__).parent / "expected.json").read_text())
#: more than any of these needs, so that a clock never decides
LONG = 600.0


@pytest.mark.parametrize(("family", "people", "periods", "rotations"), [
    ("weeks", 4, 20, 8), ("runs", 5, 16, 9), ("blocks", 9, 13, 8)])
def test_ours_by_hand_and_highs_agree(tmp_path, family, people, periods, rotations):
    program = read_program(generate(people, periods, rotations, seed=5, family=family).write(tmp_path / "p.yaml"))
    runs = [ours(program, Settings()), solve_plain(program, LONG, workers=1), solve_highs(program, LONG)]
    assert [run.status for run in runs] == ["optimal"] * 3
    assert len({run.steps[0].value for run in runs}) == 1
    for run in runs:
        assert checked(program, run) == {"holds": True, "agrees": True, "checked": [run.steps[0].value]}


def test_stages_in_order_agree_too(tmp_path):
    program = read_program(generate(4, 16, 8, seed=3, tiers=True).write(tmp_path / "p.yaml"))
    runs = [ours(program, Settings()), solve_posted(program, LONG, workers=1), solve_highs(program, LONG)]
    assert len(runs[0].steps) == 3
    for run in runs:
        assert run.status == "optimal"
        assert [(s.name, s.value) for s in run.steps] == [(s.name, s.value) for s in runs[0].steps]


def test_the_model_by_hand_refuses_what_it_does_not_know(tmp_path):
    program = read_program(generate(4, 16, 8, tiers=True).write(tmp_path / "p.yaml"))
    with pytest.raises(NotImplementedError):
        Plain(program)


def test_the_small_instances_keep_their_values():
    """One worker, seed 1, no clock: what ``python -m benchmarks.run --deterministic`` wrote."""
    assert values() == EXPECTED
    assert set(EXPECTED) == set(SMALL)
