"""Made-up programs: their hidden schedule keeps every rule, they are tight, and the seed decides everything."""

import pytest

from benchmarks.generate import generate
from benchmarks.shape import BASE
from constraints import Staffing
from scheduler.check.judge import judge
from scheduler.domain.schedule import Schedule
from scheduler.io.program_file import read_program

SIZES = [("weeks", 4, 52, 15), ("weeks", 30, 26, 20), ("runs", 5, 52, 15), ("runs", 24, 52, 20), ("runs", 31, 26, 24),
         ("blocks", 12, 13, 10), ("blocks", 60, 13, 20)]


def read(made, folder):
    return read_program(made.write(folder / "program.yaml"))


@pytest.mark.parametrize(("family", "people", "periods", "rotations"), SIZES)
@pytest.mark.parametrize("tiers", [False, True])
def test_the_hidden_schedule_keeps_every_rule(tmp_path, family, people, periods, rotations, tiers):
    made = generate(people, periods, rotations, seed=3, family=family, tiers=tiers)
    program = read(made, tmp_path)
    layer = program.layer()
    assert (len(layer.people), len(layer.slots), len(program.rotations)) == (people, periods, rotations)
    report = judge(program.rules, program.priorities, Schedule(layer, made.witness))
    assert [violation.sentence for _, violation in report.broken] == []


@pytest.mark.parametrize(("family", "people", "periods", "rotations"), SIZES)
def test_people_are_nearly_used_up(tmp_path, family, people, periods, rotations):
    """The least staffing alone takes a good part of everybody's time, and little is left to the base rotation."""
    made = generate(people, periods, rotations, seed=3, family=family)
    needed = sum(r.at_least * periods for r in read(made, tmp_path).rules if isinstance(r, Staffing))
    assert 0.4 <= needed / (people * periods) <= 0.9
    base = sum(duties == (BASE,) for row in made.witness.values() for duties in row.values())
    assert base / (people * periods) < 0.2


def test_the_seed_decides_everything():
    assert generate(5, seed=1, family="runs").text == generate(5, seed=1, family="runs").text
    assert generate(5, seed=1, family="runs").text != generate(5, seed=2, family="runs").text


def test_one_sum_of_points_is_one_stage_and_tiers_are_several(tmp_path):
    for tiers, stages in ((False, 1), (True, 3)):
        made = generate(5, 26, 10, seed=1, tiers=tiers)
        program = read(made, tmp_path)
        report = judge(program.rules, program.priorities, Schedule(program.layer(), made.witness))
        assert len(report.tiers) == stages


@pytest.mark.parametrize(("people", "periods", "rotations"), [(2, 52, 15), (8, 7, 15), (8, 52, 5)])
def test_too_small_for_a_program_is_refused(people, periods, rotations):
    with pytest.raises(ValueError, match="at least 3 people"):
        generate(people, periods, rotations)
