"""Column generation: the same proven values as the whole model at once, and an honest cut by person."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from constraints import FewGaps, MaxInARow, OneDuty, RatedRotations, Requirement, Staffing, WorstOff
from scheduler.domain.layer import Layer, Person
from scheduler.domain.linear import Linear
from scheduler.domain.words import Many, Selection
from scheduler.solve.columns import Columns
from scheduler.solve.columns_bound import Lagrangian
from scheduler.solve.columns_dive import Dive
from scheduler.solve.columns_known import Known
from scheduler.solve.columns_master import Master, Mix
from scheduler.solve.columns_pricing import Column
from scheduler.solve.columns_split import owners, split
from scheduler.solve.driver import solve
from scheduler.solve.posting import post
from scheduler.solve.settings import Settings

DUTIES = ("Ward", "Clinic", "Nights", "Free")
one = Selection.of


def program(seed, needed=1, worst=True):
    """Four fellows, six weeks; everyone rates, somebody is always on the ward."""
    rng = random.Random(seed)
    layer = Layer("rotations", tuple(Person(f"p{n}", f"Fellow {n}") for n in range(4)), range(6), DUTIES)
    rated = RatedRotations(priority="wishes", rated=tuple(
        (p.id, duty, rng.randint(0, 4)) for p in layer.people for duty in DUTIES[:3]))
    gaps = FewGaps(what=one("Ward", "Clinic", "Nights"), priority="wishes", points=rng.randint(1, 3))
    rules = [OneDuty(what=one(*DUTIES)), rated, gaps, Staffing(what=one("Ward"), at_least=needed, at_most=2),
             Staffing(what=one("Clinic"), at_most=1), MaxInARow(what=one("Ward"), limit=Many(2)),
             Requirement(what=one("Nights"), at_least=1, at_most=1)]
    return layer, [*rules, WorstOff(parts=(rated, gaps), priority="wishes")] if worst else rules


def posted(layer, rules):
    """The model, all its rows, and its one stage."""
    made = post([layer], rules, ("wishes",))
    rows = [*made.model.definitions, *((c.sum, c.at_least, c.at_most) for _, c in made.conditions)]
    return made, rows, made.stages[0]


@pytest.mark.parametrize("seed", range(4))
def test_the_same_proven_value_as_the_whole_model(seed):
    layer, rules = program(seed, worst=seed % 2 == 0)
    made, rows, stage = posted(layer, rules)
    told = []
    answer = Columns(made.model, rows, owners(made)).solve(
        stage.cost, stage.large, Settings(), progress=lambda value, bound: told.append((value, bound)))
    expected = solve([layer], rules, ("wishes",)).tiers[0].value
    assert (answer.status, answer.value, answer.bound) == ("optimal", expected, expected)
    assert all(stage.cost.value(answer.values) == expected and (low is None or s.value(answer.values) >= low)
               and (high is None or s.value(answer.values) <= high) for s, low, high in rows)
    assert all(value is None or value >= expected for value, _ in told)                  # to be made small
    assert all(bound <= expected for _, bound in told)
    assert [bound for _, bound in told] == sorted(bound for _, bound in told)


def test_a_schedule_to_start_from_is_never_lost():
    layer, rules = program(1)
    made, rows, stage = posted(layer, rules)
    columns = Columns(made.model, rows, owners(made))
    best = columns.solve(stage.cost, stage.large, Settings())
    again = columns.solve(stage.cost, stage.large, Settings(), seconds=0.01, start=best.values)
    assert again.value == best.value and again.bound <= best.value


def test_what_links_people_is_a_link_and_nothing_else():
    made, rows, _ = posted(*program(0))
    cut = split(made.model, rows, owners(made))
    assert [block.name for block in cut.blocks] == ["p0", "p1", "p2", "p3"]
    assert len(cut.shared) == 1                                              # what nobody's points are below
    assert len(cut.links) == 6 + 6 + 6 + 4                                   # least and most ward, most clinic, worst
    own = [set(block.vars) for block in cut.blocks]
    assert not any(a & b for n, a in enumerate(own) for b in own[:n])
    assert all(set(row[0]) <= set(block.vars) for block in cut.blocks for row in block.rows)
    assert sum(len(block.rows) for block in cut.blocks) + len(cut.links) <= len(rows)


def test_impossible_for_one_person_alone_and_for_all_together():
    layer, rules = program(0)
    too_much = Requirement(what=one("Nights"), at_least=7)
    for more in (too_much, Staffing(what=one("Ward"), at_least=4)):
        made, rows, stage = posted(layer, [*rules, more])
        assert Columns(made.model, rows, owners(made)).solve(stage.cost, stage.large, Settings()).status == "impossible"


def test_a_row_that_nothing_can_keep_is_impossible():
    layer, rules = program(0)
    made, rows, stage = posted(layer, rules)
    for row in ((Linear(const=0), 1, None), (Linear(const=2), None, 1)):
        assert Columns(made.model, [*rows, row], owners(made)).solve(
            stage.cost, stage.large, Settings()).status == "impossible"


def test_the_grain_is_of_the_whole_cost():
    told = []
    known = Known(-100, None, 10, 2, lambda _, bound: told.append(bound))
    known.raise_bound(7)                                                    # costs are 8, 18, 28 …
    assert known.bound == 8 and told == [8]


def test_one_pricer_for_each_person():
    layer, rules = program(0)
    made, rows, _ = posted(layer, rules)
    with pytest.raises(ValueError, match="pricer"):
        Columns(made.model, rows, owners(made), {})


def test_a_dive_holds_what_stands_together_in_one_year():
    layer, rules = program(0)
    made, rows, stage = posted(layer, rules)
    cut = split(made.model, rows, owners(made))
    cost = stage.cost.merged()
    with ThreadPoolExecutor(1) as executor:
        dive = Dive(Master(cut, made.model, cost, 10.0), Lagrangian(cut, made.model, cost, Settings(), executor),
                    owners(made))
        one_, other, third = (v for v, name in list(owners(made).items())[:3])
        mix = Mix([], 0.0, 0.0, {Column("p0", ((one_, 1), (third, 1))): 0.5, Column("p0", ((other, 1),)): 0.5})
        dive._hold([(0.5, one_), (0.5, other), (0.5, third)], mix)
        assert list(dive.held) == [one_, third]
        assert dive._chosen(mix) is None                                    # three people have no year
