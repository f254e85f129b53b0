"""Cells that a rule makes impossible are never created: is that the same rule?"""

import random

from scheduler.domain.board import Board, Model
from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition
from scheduler.domain.schedule import Schedule
from scheduler.solve.cpsat import CpSat
from scheduler.solve.form import form_of
from scheduler.solve.posting import _shortfall
from tests.agreement import FAST, random_layer, random_schedule


def cells_alone(rule, layer):
    """Every cell of the layer that breaks the rule when nothing else is on the schedule."""
    return {(person.id, slot, duty) for person in layer.people for slot in layer.present(person)
            for duty in layer.duties if list(rule.check(Schedule(layer, {person.id: {slot: (duty,)}})))}


def without(schedule, never):
    """The schedule with these cells taken out."""
    return Schedule(schedule.layer, {p: {s: tuple(d for d in duties if (p, s, d) not in never)
                                         for s, duties in mine.items()} for p, mine in schedule.cells.items()})


def shortfall_pruned(rule, schedule, never):
    """What the solver says of a schedule on a board that was opened without the cells that can never be."""
    model = Model()
    board = Board(model, schedule.layer).open(never)
    short = Linear.sum(_shortfall(model, c) for c in rule.post(board) if isinstance(c, Condition))
    fixed = [(Linear([var], [1]), on, on) for p in schedule.people for s in schedule.layer.present(p)
             for d in schedule.layer.duties if (var := board.cell(p, s, d)) is not None
             for on in (int(d in schedule.at(p, s)),)]
    answer = CpSat(form_of(model, fixed)).solve(short, False, FAST)
    assert answer.status == "optimal"
    return short.value(answer.values)


def agree_pruned(make, by=None, *, seeds=30, shapes=("week", "block", "sparse")):
    """``make(rng, layer)`` agrees with its checker on a board without the cells that ``by(rng, layer)`` closes."""
    closed = 0
    for seed in range(seeds):
        rng, shape = random.Random(seed), shapes[seed % len(shapes)]
        layer = random_layer(rng, shape)
        rule = make(rng, layer)
        never = set((by(rng, layer) if by else rule).never(layer))
        schedule = without(random_schedule(rng, layer, shape), never)
        closed += len(never)
        assert shortfall_pruned(rule, schedule, never) == sum(v.amount for v in rule.check(schedule)), rule.sentence
    assert closed, "nothing was ever closed: the test proves nothing"
