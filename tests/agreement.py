"""Law 2: what a rule posts and what it checks are the same rule, measured on random schedules in both directions.

For a finished schedule the solver, with every cell fixed, must find exactly the shortfall that the checker's violations
add up to (so: satisfiable exactly when there is no violation), and every measure exactly as the checker recomputes it.
"""

from __future__ import annotations

import random
from dataclasses import replace

from scheduler.domain.board import Board, Model
from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule
from scheduler.domain.schedule import Schedule
from scheduler.solve.cpsat import CpSat
from scheduler.solve.form import form_of
from scheduler.solve.posting import _shortfall
from scheduler.solve.settings import Settings
from tests.shapes import (
    BELOW,
    DUTIES,
    SESSIONS,
    SHAPES,
    layer_of,
    picture,
    picture_below,
    picture_sessions,
    random_layer,
    random_schedule,
    small_year,
    some_duties,
    some_people,
    some_slots,
    weeks,
)

__all__ = ["BELOW", "DUTIES", "FAST", "SESSIONS", "SHAPES", "agree", "assert_agrees", "judged", "layer_of", "named",
           "on_paper", "picture", "picture_below", "picture_sessions", "posted_amounts", "random_layer",
           "random_schedule", "sentences", "small_year", "some_duties", "some_people", "some_slots", "weeks"]
FAST = Settings(linearization=0)
#: rules that are posted only where the layers above them are decided
GIVEN = ("travel", "topics in time")


def _posted(rule: Rule, schedule: Schedule, decided: bool = False):
    """What the rule posts on a board with every cell fixed as in the schedule, and a solver for it.

    The layers beside it are boards too: ``decided``, or open and fixed by conditions like its own.
    """
    model = Model()
    layers = {schedule.layer.name: schedule, **schedule.beside}
    boards: dict[str, Board] = {}
    for name, view in layers.items():
        board = Board(model, view.layer, boards)
        boards[name] = board.decided(view) if decided and name != schedule.layer.name else board.open()
    said = list(rule.post(boards[rule.layer_name]))
    short = Linear.sum(_shortfall(model, c) for c in said if isinstance(c, Condition))
    conditions = []
    for name, view in layers.items():
        for person in view.layer.people:
            for slot in view.layer.present(person):
                for duty in view.layer.duties:
                    var = boards[name].cell(person, slot, duty)
                    if var is not None:
                        on = int(duty in view.at(person, slot))
                        conditions.append((Linear([var], [1]), on, on))

    def best(cost: Linear, large: bool) -> list[int]:
        answer = CpSat(form_of(model, conditions)).solve(cost, large, FAST)
        assert answer.status == "optimal", f"definitions of {rule.name} cannot be satisfied"
        return answer.values

    return said, short, best


def posted_amounts(rule: Rule, schedule: Schedule, decided: bool = False) -> tuple[int, list[tuple[str, int]]]:
    """What the solver says of a finished schedule: the least total shortfall, and each measure at its best."""
    said, short, best = _posted(rule, schedule, decided)
    measures = [m for m in said if not isinstance(m, Condition)]
    return short.value(best(short, False)), [(m.name, m.sum.value(best(m.sum, rule.large))) for m in measures]


def on_paper(rule: Rule, schedule: Schedule) -> list[tuple[int, ...]]:
    """For pictures: where the rule's conditions are broken on boards that are decided altogether."""
    boards: dict[str, Board] = {}
    for name, view in {schedule.layer.name: schedule, **schedule.beside}.items():
        boards[name] = Board(Model(), view.layer, boards).decided(view)
    said = [c for c in rule.post(boards[rule.layer_name]) if isinstance(c, Condition)]
    return [c.when for c in said if c.at_most is not None and c.sum.const > c.at_most]


def named(rule: Rule, schedule: Schedule) -> tuple[list, list]:
    """For pictures: (names, slots) of each violation, and of each posted condition that is broken."""
    said, short, best = _posted(rule, schedule, rule.name in GIVEN)
    values = best(short, False)
    broken = [c for c in said if (c.at_most is not None and c.sum.value(values) > c.at_most)
              or (c.at_least is not None and c.sum.value(values) < c.at_least)]
    return tuple([(" ".join(p.name for p in x.who), x.when) for x in found]
                 for found in (list(rule.check(schedule)), broken))


def assert_agrees(rule: Rule, schedule: Schedule) -> int:
    """Posted and checked are equal on this schedule; returns the shortfall, so that tests can see both kinds occur.

    Rules of a layer below are asked twice: the layers above decided, and (but for those that need them decided) open.
    """
    violations = list(rule.check(schedule))
    checked = sum(v.amount for v in violations)
    if violations:
        assert rule.eased(violations, schedule.layer).endswith("."), "what to allow is a sentence"
    grids = [f"{view.layer.name}\n" + "\n".join(
        f"{p.name:10} " + " ".join("+".join(view.at(p, s)) or "-" for s in view.layer.slots) for p in view.people)
        for view in (schedule, *schedule.beside.values())]
    for decided in [True, False] if schedule.beside else [False]:
        if decided or rule.name not in GIVEN or not schedule.beside:
            posted, measures = posted_amounts(rule, schedule, decided)
            told = [f"solver: {posted}, checker: {checked}", *grids, *(v.sentence for v in rule.check(schedule))]
            assert posted == checked, "\n".join([rule.sentence, *told])
            assert measures == list(rule.measures(schedule)), "\n".join([rule.sentence, str(measures), *grids])
    return checked


def agree(make, *, seeds: int = 60, shapes=SHAPES) -> None:
    """``make(rng, layer)`` builds a random rule; it must agree on every schedule, and be kept and broken somewhere.

    On the shapes of the layers below, the same rule speaks of that layer.
    """
    found = []
    for seed in range(seeds):
        rng = random.Random(seed)
        shape = shapes[seed % len(shapes)]
        layer = random_layer(rng, shape)
        rule = replace(make(rng, layer), layer_name=layer.name)
        found.append((assert_agrees(rule, random_schedule(rng, layer, shape)), rule.measured))
    if not any(measured for _, measured in found):
        assert any(short == 0 for short, _ in found), "never kept: the test proves nothing"
        assert any(short > 0 for short, _ in found), "never broken: the test proves nothing"


def sentences(rule: Rule, schedule: Schedule) -> list[str]:
    """What the checker says."""
    return [v.sentence for v in rule.check(schedule)]


def judged(rule: Rule, schedule: Schedule) -> tuple[int, list[str]]:
    """For pictures: the shortfall, on which solver and checker agree, and what the checker says."""
    return assert_agrees(rule, schedule), sentences(rule, schedule)
