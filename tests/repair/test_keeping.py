"""The rules that a repair adds: solver and checker agree on them, as on any other."""

import pytest

from constraints.max_in_a_row import MaxInARow
from scheduler.domain.words import Many, Selection
from scheduler.explain.keeping import ChangesByNotice, Frozen, NoWorse
from scheduler.solve.driver import solve
from tests.agreement import DUTIES, agree, assert_agrees, picture

NIGHTS = MaxInARow(what=Selection.of("Nights"), limit=Many(2))


def random_frozen(rng, layer):
    people = [*(p.id for p in layer.people), "somebody else"]
    cells = {(rng.choice(people), rng.choice(list(layer.slots))): tuple(rng.sample(DUTIES, rng.choice([0, 1, 1, 2])))
             for _ in range(6)}
    here = {p.id: set(layer.present(p)) for p in layer.people}
    return Frozen(cells=tuple((p, s, d) for (p, s), d in cells.items() if s in here.get(p, {s})), said="It is over")


def random_no_worse(rng, layer):
    return NoWorse(rule=MaxInARow(what=Selection.of(*rng.sample(DUTIES, 2)), limit=Many(rng.randint(1, 2))),
                   most=rng.randint(0, 3))


def random_changes(rng, layer):
    cells = tuple((p.id, s, tuple(rng.sample(DUTIES, rng.choice([0, 1])))) for p in layer.people for s in layer.slots)
    return ChangesByNotice(earlier=cells, weight=tuple((s, rng.randint(1, 5)) for s in layer.slots), priority="changes")


@pytest.mark.parametrize("make", [random_frozen, random_no_worse, random_changes])
def test_solver_and_checker_agree(make):
    agree(make, seeds=60)


def test_frozen_cells_stay_and_the_sentence_says_why():
    drawn = picture("A: Ward Clinic Nights -")
    rule = Frozen(cells=(("A", 0, ("Ward",)), ("A", 3, ())), said="What was before 4 January is over")
    assert rule.sentence == "What was before 4 January is over."
    assert_agrees(rule, drawn)
    assert not list(rule.check(drawn))
    moved = picture("A: Clinic Clinic Nights Ward")
    assert [v.when for v in rule.check(moved)] == [(0,), (3,)]
    assert set(rule.never(drawn.layer)) >= {("A", 0, "Clinic"), ("A", 3, "Ward")}
    assert ("A", 0, "Ward") not in set(rule.never(drawn.layer))


def test_a_rule_that_the_past_broke_is_broken_no_further():
    rule = NoWorse(rule=NIGHTS, most=1)
    assert not list(rule.check(picture("A: Nights Nights Nights Ward")))
    assert [v.amount for v in rule.check(picture("A: Nights Nights Nights Nights"))] == [1]
    assert "broken this by 1" in rule.sentence


def test_the_solver_keeps_frozen_cells():
    layer = picture("A: - - - -").layer
    kept = Frozen(cells=(("A", 1, ("Nights",)), ("A", 2, ("Ward",)), ("A", 3, ())), said="It is over")
    found = solve([layer], [kept], ()).cells["rotations"]["A"]
    assert (found[1], found[2], found.get(3)) == (("Nights",), ("Ward",), None)
