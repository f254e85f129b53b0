"""Years as walks: exactly the years that the checker accepts, at what they cost, whatever is left to the labels."""

import itertools
import random

import pytest

import scheduler.solve.walk_memory as memory
from constraints import (
    Before,
    FewGaps,
    FewSiteChanges,
    MaxInARow,
    OneDuty,
    RatedRotations,
    Requirement,
    RunLength,
    Staffing,
    WorstOff,
)
from scheduler.check.judge import judge
from scheduler.domain.layer import Layer, Person
from scheduler.domain.schedule import Schedule
from scheduler.domain.walk import Walk
from scheduler.domain.words import Many, Selection
from scheduler.solve.posting import post
from scheduler.solve.settings import Settings
from scheduler.solve.walk_pricing import walkers
from scheduler.solve.walk_steps import FAR

WORK, SLOTS, SITES = ("A", "B", "C"), 6, (("A", "north"), ("B", "south"), ("C", "south"))
one = Selection.of


def program(seed):
    """One fellow, six weeks, three rotations at two sites, rules and wishes drawn by lot."""
    rng = random.Random(seed)
    long = rng.choice(WORK)
    rules = [OneDuty(what=one(*WORK, "Free")), FewGaps(what=one(*WORK), priority="wishes", points=rng.randint(1, 4)),
             FewSiteChanges(site_of=SITES, priority="wishes", points=rng.randint(1, 4)),
             RatedRotations(priority="wishes", rated=tuple(("p", duty, rng.randint(0, 3)) for duty in WORK)),
             RunLength(what=one(long), length=Many(2)), Requirement(what=one(long), at_most=2, unit="periods"),
             Requirement(what=one("A", "B"), at_least=rng.randint(0, 2), at_most=rng.randint(2, 4), unit="periods")]
    rules += [Requirement(what=one(duty), at_most=rng.randint(1, 2), unit="periods") for duty in WORK if duty != long]
    if rng.random() < 0.6:
        rules.append(Before(what=one("A"), needed=Many(rng.randint(1, 2)), then=one("B")))
    if rng.random() < 0.4:
        rules.append(Requirement(what=one("C"), at_least=1, unit="periods"))
    return Layer("rotations", (Person("p", "Fellow"),), range(SLOTS), (*WORK, "Free")), rules


def years(layer, rules):
    """Every year that keeps the rules, by the checker, with what it costs."""
    for duties in itertools.product(layer.duties, repeat=SLOTS):
        report = judge(rules, ("wishes",), Schedule(layer, {"p": {n: (d,) for n, d in enumerate(duties)}}))
        if report.ok:
            yield duties, report.tiers[0].value


def walked(layer, rules):
    """The posted model, its cost in parts, and the fellow's walker."""
    posted = post([layer], rules, ("wishes",))
    board, (stage,) = posted.boards["rotations"], posted.stages
    cost = {v: c * (-1000 if stage.large else 1000) for v, c in stage.cost.merged().items()}
    found = walkers(rules, board, len(posted.model.low))
    return board, cost, -1 if stage.large else 1, found and found["p"]


def remember(monkeypatch, whole, few):
    """Let a graph that remembers everything have so many arcs, one that does not so few."""
    made = memory.Graph
    monkeypatch.setattr(memory, "FEW_ARCS", few)
    monkeypatch.setattr(memory, "Graph", lambda steps, kept, most, within=None: made(
        steps, kept, whole if most == memory.MOST_ARCS and within else most, within))


def duties_of(board, column):
    on = {var for var, _ in column.values}
    return tuple(next(d for d in board.layer.duties if board.cell(board.people[0], slot, d) in on)
                 for slot in board.layer.slots)


@pytest.mark.parametrize("arcs", [(10**6, 10**6), (1, 10**6), (1, 40)], ids=["all kept", "some kept", "few kept"])
@pytest.mark.parametrize("seed", range(12))
def test_the_cheapest_walk_is_the_cheapest_year_at_any_prices(seed, arcs, monkeypatch):
    layer, rules = program(seed)
    allowed = list(years(layer, rules))
    remember(monkeypatch, *arcs)
    board, cost, sign, walker = walked(layer, rules)
    rng = random.Random(seed)
    for _ in range(4):
        more = {board.cell(board.people[0], slot, d): rng.randint(-3000, 3000) for slot in range(SLOTS) for d in WORK}
        asked = {v: cost.get(v, 0) + more.get(v, 0) for v in {*cost, *more}}
        found = walker.price(asked, Settings(), 1.0)
        if not allowed:
            assert found.impossible
            continue
        each = {duties: sign * 1000 * value + sum(more.get(board.cell(board.people[0], slot, d), 0)
                                                  for slot, d in enumerate(duties)) for duties, value in allowed}
        assert (found.value, found.bound) == (min(each.values()),) * 2
        assert each[duties_of(board, found.column)] == found.value


def paths(graph):
    """The classes of every path of a graph."""
    todo = [(0, 0, ())]
    while todo:
        node, slot, steps = todo.pop()
        if slot == SLOTS:
            yield steps
            continue
        nodes, begin, comes, kind, _ = graph.layers[slot]
        at = nodes.tolist().index(node)
        for arc in range(begin[at], begin[at + 1] if at + 1 < len(begin) else len(kind)):
            step = graph.steps.steps[graph.members[kind[arc]][0]]
            todo.append((int(comes[arc]), slot + step.length, (*steps, *[step.duty] * step.length)))


@pytest.mark.parametrize("seed", range(12))
def test_the_paths_of_the_whole_graph_are_the_years_that_the_checker_accepts(seed):
    layer, rules = program(seed)
    *_, walker = walked(layer, rules)
    assert walker.labels is None
    found = list(paths(walker.graph)) if walker.graph.possible else []
    assert set(found) == {duties for duties, _ in years(layer, rules)}


def test_a_bound_is_a_bound_and_rises_to_the_best_year(monkeypatch):
    layer, rules = program(3)
    best = min(value for _, value in years(layer, rules))
    remember(monkeypatch, 1, 40)
    _, cost, sign, walker = walked(layer, rules)
    assert walker.labels is not None
    bounds = []
    for _ in range(5):
        bounds.append(walker.labels.bound(*_priced(walker, cost), sign * 1000 * best)[0])
    assert bounds == sorted(bounds) and -FAR < bounds[-1] <= sign * 1000 * best


def _priced(walker, cost):
    own = walker._cost
    own[:] = 0
    own[list(cost)] = list(cost.values())
    return walker.graph.steps.costs(own), walker.graph.mark_costs(own)


def test_what_cannot_be_walked_is_not():
    layer, rules = program(0)
    assert walked(layer, [*rules, MaxInARow(what=one("A"), limit=Many(1))])[-1] is None
    assert walked(layer, [r for r in rules if not isinstance(r, OneDuty)])[-1] is None
    loose = [r for r in rules if not isinstance(r, Requirement)]                   # a run of 2 could come twice
    assert walked(layer, loose)[-1] is None
    softer = [*rules, Requirement(what=one("C"), at_least=1, unit="periods", priority="wishes")]
    assert walked(layer, softer)[-1] is None


def test_what_is_not_about_one_person_alone():
    layer, rules = program(0)
    assert walked(layer, rules)[-1] is not None
    assert walked(layer, [*rules, WorstOff(parts=(rules[1],), priority="wishes")])[-1] is None   # only one to compare
    assert walked(layer, [*rules, Staffing(what=one("B"), at_least=1)])[-1] is None              # nobody else can
    assert walked(layer, [*rules, Staffing(what=one("B"), at_most=1)])[-1] is not None


def test_rules_that_do_not_go_together_are_not_walked():
    layer, rules = program(0)
    three = [*rules, RunLength(what=one("A"), length=Many(3)), RunLength(what=one("A"), length=Many(2))]
    assert walked(layer, three)[-1] is None
    assert walked(layer, [*rules, RunLength(what=one("B"), length=Many(1))])[-1] is None
    assert walked(layer, [*rules, OneDuty(what=one("A", "Free"))])[-1] is None


def test_who_has_no_year_at_all():
    layer, rules = program(0)
    *_, walker = walked(layer, [*rules, Requirement(what=one("A"), at_least=SLOTS + 1, unit="periods")])
    assert walker.price({}, Settings(), 1.0).impossible


def test_equal_rules_count_twice_and_mark_once():
    layer, rules = program(0)
    twice = [*rules, rules[1], FewSiteChanges(site_of=(*SITES, ("elsewhere", "west")), priority="wishes")]
    _, cost, sign, walker = walked(layer, twice)
    found = walker.price(cost, Settings(), 1.0)
    assert found.value == found.bound == min(sign * 1000 * value for _, value in years(layer, twice))


def test_a_run_is_counted_in_its_slots():
    layer, rules = program(0)
    board = post([layer], rules, ("wishes",)).boards["rotations"]
    walk = Walk(board, layer.people[0])
    walk.one_of(one(*WORK, "Free"))
    walk.runs(one("A"), 2)
    walk.count(one("A", "B"), 1, 3)
    (trait,) = walk.traits()
    assert trait.ways == {"A": ((2, 3, -1, -1),), "B": ((1, 2, 3, -1),)}
    assert trait.ends == {1, 2, 3} and trait.must_arrive and trait.most == 3
