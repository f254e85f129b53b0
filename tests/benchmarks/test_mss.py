"""Medical student scheduling: small instances against trying every schedule there is; the verifier against slips."""

import itertools
import json

import numpy as np
import pytest
from click.testing import CliRunner

from benchmarks.mss.__main__ import main
from benchmarks.mss.published import BEST
from benchmarks.mss.reader import Instance
from benchmarks.mss.run import FOLDER, Line, run
from benchmarks.mss.verify import verify
from constraints import Before
from scheduler.check.judge import judge
from scheduler.domain.schedule import Schedule
from scheduler.solve.columns_search import Search
from scheduler.solve.settings import Settings


def made_up(seed, length=1, students=3):
    """A small instance: two hospitals, three disciplines, the last of which needs the first."""
    rng = np.random.default_rng(seed)
    horizon, hospitals, disciplines = {1: 4, 2: 7}[length], 2, 3
    before = np.zeros((disciplines, disciplines), int)
    before[2, 0] = 1
    least = np.zeros((hospitals, disciplines, horizon), int)
    least[0, 0, rng.integers(horizon - length)] = 1
    away = rng.random((students, horizon)) < 0.1
    facts = {"Students": students, "Disciplines": disciplines, "Hospitals": hospitals, "Duration": length,
             "Horizon": horizon, "Groups": 2, "MaxDiscPerHosp": 2, "DiscGroup": np.array([1, 1, 2]),
             "StudDiscGroup": np.array([[1, 1], [2, 0], [1, 0]])[:students],
             "AllowedDisc": np.ones((students, disciplines), int), "Precededby": before,
             "Availability": 1 - away.astype(int), "Ability": (rng.random(students * 6) < 0.9).astype(int),
             "MaxPosHosp": np.full(least.size, 1), "MinPosHosp": least.ravel(),
             "WeightPref": np.stack([rng.integers(1, 4, students), rng.integers(1, 4, students),
                                     -rng.integers(1, 4, students), -rng.integers(1, 4, students)], axis=1),
             "PrefStudDisc": rng.integers(1, 6, (students, disciplines)),
             "PrefStudHosp": rng.integers(1, 6, (students, hospitals)), "ManPref": rng.integers(0, 6, disciplines)}
    return Instance(f"made up {seed}", facts)


def years(facts, s):
    """Every year of one student that the rules allow, as period × hospital × discipline, with its value."""
    horizon, length = facts["Horizon"], facts["Duration"]
    alone = {**facts, "Students": 1, **{name: facts[name][s:s + 1] for name in (
        "StudDiscGroup", "AllowedDisc", "Availability", "WeightPref", "PrefStudDisc", "PrefStudHosp")}}
    alone["Ability"] = facts["Ability"].reshape(facts["Students"], -1)[s]
    alone["MinPosHosp"] = np.zeros_like(facts["MinPosHosp"])
    each = [None, *itertools.product(range(facts["Hospitals"]), range(horizon - length + 1))]
    for choice in itertools.product(each, repeat=facts["Disciplines"]):
        x = np.zeros((1, horizon, facts["Hospitals"], facts["Disciplines"]), int)
        for d, place in enumerate(choice):
            if place is not None:
                x[0, place[1]:place[1] + length, place[0], d] = 1
        broken, value, _ = verify(alone, x)
        if not broken:
            yield x[0], value


def best_of_all(facts):
    """The best objective over every combination of years; None where none keeps the staffing."""
    least, most = (facts[name].reshape(facts["Hospitals"], facts["Disciplines"], -1).transpose(2, 0, 1).ravel()
                   for name in ("MinPosHosp", "MaxPosHosp"))
    staff, total, worst = np.zeros((1, least.size), int), np.zeros(1, int), np.full(1, 10**6)
    for s in range(facts["Students"]):
        mine = list(years(facts, s))
        more, value = np.array([x.ravel() for x, _ in mine]), np.array([v for _, v in mine])
        staff = (staff[:, None, :] + more[None]).reshape(-1, least.size)
        total = (total[:, None] + value[None]).ravel()
        worst = np.minimum(worst[:, None], value[None]).ravel()
        kept = (staff <= most).all(1)
        staff, total, worst = staff[kept], total[kept], worst[kept]
    kept = (staff >= least).all(1)
    return int((total + worst)[kept].max()) if kept.any() else None


@pytest.mark.parametrize("seed, length", [(1, 1), (6, 1), (7, 1), (7, 2), (8, 2)])
def test_proven_optimum_against_every_schedule(seed, length):
    instance = made_up(seed, length)
    expected = best_of_all(instance.facts)
    assert expected is not None
    line = run(instance, Settings(), None)
    assert (line.ours, line.bound) == (expected, expected)
    assert line.verified


@pytest.mark.parametrize("seed, length", [(6, 1), (7, 2)])
def test_the_dive_finds_it_too(seed, length, monkeypatch):
    instance = made_up(seed, length)
    monkeypatch.setattr(Search, "choose", lambda *_: None)
    monkeypatch.setattr(Search, "improve", lambda *_: pytest.fail("the dive was enough"))
    line = run(instance, Settings(), None)
    assert line.verified and line.ours == line.bound == best_of_all(instance.facts)


def test_a_rule_that_is_walked_wrongly_is_noticed(monkeypatch):
    monkeypatch.setattr(Before, "walk", lambda *_: True)
    wrong = 0
    for seed in range(8):
        instance = made_up(seed)
        if best_of_all(instance.facts) is not None:
            try:
                assert run(instance, Settings(), None).verified
            except RuntimeError:
                wrong += 1
    assert wrong


def test_the_published_instances_are_read_whole():
    for name, best in BEST.items():
        facts = Instance.read(FOLDER / f"{name}.dzn").facts
        students, disciplines, duration = (int(n) for n in name[1:].split("_"))
        assert (facts["Students"], facts["Disciplines"], facts["Duration"]) == (students, disciplines, duration)
        assert facts["Ability"].size == students * facts["Hospitals"] * disciplines
        assert facts["MinPosHosp"].size == facts["Hospitals"] * disciplines * facts["Horizon"]
        assert 3000 < best < 17000


def some_years(instance):
    """One allowed year a student, whatever the staffing; everyone is able to do everything, and always there."""
    facts = instance.facts
    facts["MinPosHosp"][:], facts["MaxPosHosp"][:] = 0, 2
    facts["Ability"][:], facts["Availability"][:] = 1, 1
    return np.array([next(years(facts, s))[0] for s in range(facts["Students"])])


def broken_by(instance, grid):
    """What the verifier finds, and whether our own checker finds anything."""
    program, facts = instance.program(), instance.facts
    cells = {}
    for s, person in enumerate(instance.students):
        mine = cells.setdefault(person.id, {})
        for t in range(facts["Horizon"]):
            duties = tuple(name for h, d, name in instance.places if grid[s, t, h, d])
            mine[t] = duties or ("Free",)
    report = judge(program.rules, program.priorities, Schedule(program.layer(), cells))
    violations, total, worst = verify(facts, grid)
    if not violations:
        assert report.tiers[0].value == -(total + worst) * instance.scale
    return violations, report.ok


@pytest.mark.parametrize("length", [1, 2])
def test_verifier_and_checker_agree_on_random_slips(length):
    told = set()
    for seed in range(12):
        instance, rng = made_up(seed, length), np.random.default_rng(seed)
        grid = some_years(instance)
        s, t, h, d = (int(rng.integers(n)) for n in grid.shape)
        if seed % 4 == 1:
            instance.facts["Availability"][s, t] = 0
        elif seed % 4 > 1:
            grid[s, t] = 0
            grid[s, t, h, d] = seed % 4 - 2
        violations, ok = broken_by(instance, grid)
        assert ok == (not violations), (seed, violations)
        told.add(ok)
    assert told == {True, False}


def test_the_staffing_is_verified():
    instance = made_up(1)
    grid = some_years(instance)
    instance.facts["MaxPosHosp"][:] = 1
    instance.facts["StudDiscGroup"][:] = instance.facts["StudDiscGroup"][2]
    grid[:] = grid[2]                                                        # all three on the same
    violations, ok = broken_by(instance, grid)
    assert violations["MaxPosHosp"] > 0 and not ok


def test_the_table_goes_into_a_folder_that_is_not_there_yet(tmp_path, monkeypatch):
    line = Line("I40_12_1", 4127, 4127, 4127, 0.0, 1.0, True)
    monkeypatch.setattr("benchmarks.mss.__main__.run", lambda *_: line)
    path = tmp_path / "out" / "mss.json"
    done = CliRunner().invoke(main, ["--only", "I40_12_1", "--quiet", "--json", str(path)])
    assert done.exit_code == 0 and json.loads(path.read_text(encoding="utf-8"))["lines"] == [line.told]
