"""Law 7: what is claimed optimal is optimal. Small random programs, against trying every schedule there is."""

import itertools
import random
from dataclasses import replace

import pytest

from constraints import Evenness, FewSwitches, MaxInARow, OneDuty, RankedRequests, Requirement, Staffing
from constraints.ranked_requests import WishFor
from scheduler.check.judge import judge
from scheduler.domain.layer import Layer, Person
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Many, Selection
from scheduler.solve.driver import solve

DUTIES = ("Ward", "Clinic", "Vacation")
PRIORITIES = ("wishes", "rest")
one = Selection.of


def random_program(seed):
    """Two fellows, four weeks, three duties: 6561 schedules, most of which break something."""
    rng = random.Random(seed)
    layer = Layer("rotations", (Person("a", "A"), Person("b", "B")), range(4), DUTIES)
    wishes = tuple(WishFor(p, "Vacation", "", rank, one("Vacation"), frozenset({slot}), "all")
                   for p in "ab" for rank, slot in enumerate(rng.sample(range(4), rng.randint(1, 3)), 1))
    rules = [OneDuty(what=one(*DUTIES)), RankedRequests(wishes_for=wishes, priority="wishes"),
             Requirement(what=one("Vacation"), at_least=0, at_most=rng.randint(1, 2)),
             Staffing(what=one("Vacation"), at_most=1),
             Requirement(what=one("Ward"), at_least=rng.randint(0, 3), at_most=rng.randint(3, 4)),
             Staffing(what=one("Ward"), at_least=1, at_most=rng.randint(1, 2), priority=rng.choice([None, "rest"])),
             MaxInARow(what=one("Ward"), limit=Many(rng.randint(1, 2)), priority=rng.choice([None, "rest"])),
             Evenness(what=one("Clinic"), over=rng.choice(["fellows", "halves"]), priority="rest"),
             FewSwitches(priority="rest", points=rng.randint(1, 3))]
    return layer, tuple(r for r in rules if rng.random() < 0.85 or isinstance(r, OneDuty))


def best_of_all(layer, rules):
    """Tier values of the best schedule, found by trying them all; None when every one breaks a rule."""
    best = None
    cells = list(itertools.product(DUTIES, repeat=len(layer.slots)))
    must = [r for r in rules if r.priority is None]
    own = [r for r in must if isinstance(r, Requirement | MaxInARow)]
    rows = {p.id: [row for row in cells if not any(True for r in own for _ in r.check(_row(layer, p, row)))]
            for p in layer.people}
    for one_, other in itertools.product(rows["a"], rows["b"]):
        schedule = Schedule(layer, {"a": {s: (d,) for s, d in enumerate(one_)},
                                    "b": {s: (d,) for s, d in enumerate(other)}})
        if any(True for r in must for _ in r.check(schedule)):
            continue
        values = tuple(-t.value if t.large else t.value for t in judge(rules, PRIORITIES, schedule).tiers)
        best = values if best is None or values < best else best
    return best


def _row(layer, person, row):
    """One person's year, alone."""
    return Schedule(replace(layer, people=(person,)), {person.id: {s: (d,) for s, d in enumerate(row)}})


@pytest.mark.parametrize("seed", range(12))
def test_nothing_better_exists(seed):
    layer, rules = random_program(seed)
    expected = best_of_all(layer, rules)
    outcome = solve([layer], rules, PRIORITIES)
    if expected is None:
        assert outcome.status == "impossible"
        return
    assert outcome.status == "optimal"
    assert tuple(t.value for t in outcome.tiers) == expected
    assert all(t.proven and not t.given for t in outcome.tiers)


def test_both_kinds_occur():
    found = [solve([layer], rules, PRIORITIES).status for layer, rules in map(random_program, range(12))]
    assert {"optimal", "impossible"} <= set(found)
