"""What a finished rotation year leaves for the layers below it, by the amounts that their rules ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from scheduler.domain.board import Board, Model
from scheduler.domain.layer import Layer
from scheduler.domain.room import Room
from scheduler.domain.rule import Rule
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Selection
from scheduler.solve.cpsat import CpSat
from scheduler.solve.form import form_of
from scheduler.solve.room import RoomFor
from tests.agreement import FAST

#: how many slots of a period a fellow spends on a duty: (person id, period, duty) → number
Amounts = Mapping[tuple[str, int, str], int]


def leaves_room(top: Schedule, below: Layer, rules: Iterable[Rule], amounts: Amounts | None = None) -> bool:
    """Whether a finished rotation year leaves the room that the rules ask for; with these amounts, if any are given.

    What is posted on the rotation year, which is tightened, must never say less room than the rules themselves.
    """
    model, must = Model(), tuple(rule for rule in rules if rule.priority is None)
    grain = {duty: number for rule in must for duty, number in rule.grain(below).items()}
    never = (cell for rule in must for cell in rule.never(below))
    room = Room(Board(model, top.layer).decided(top), Board(Model(), below).open(never), grain,
                frozenset[str]().union(*(rule.apart(below) for rule in must)))
    said = [(c.sum, c.at_least, c.at_most) for rule in must for c in (*rule.room(room), *rule.closer_room(room))]
    for (person, period, duty), number in (amounts or {}).items():
        said.append((room.amount(below.person(person), period, Selection.of(duty)), number, number))
    found = CpSat(form_of(model, said)).solve(None, False, FAST).status == "optimal"
    if found:
        model = Model()
        board = Board(model, top.layer).decided(top)
        posted = [(c.sum, c.at_least, c.at_most) for c in RoomFor(below=below, asked=must, closer=True).post(board)]
        assert CpSat(form_of(model, posted)).solve(None, False, FAST).status == "optimal", "tightened too far"
    return found


def amounts_of(schedule: Schedule) -> Amounts:
    """How many slots of each period each fellow spends on each duty, noughts included."""
    layer = schedule.layer
    found: Counter[tuple[str, int, str]] = Counter({
        (p.id, layer.parent[s], duty): 0 for p in layer.people for s in layer.present(p) for duty in layer.duties})
    for person in layer.people:
        for slot, duties in schedule.of(person):
            found.update((person.id, layer.parent[slot], duty) for duty in duties)
    return found


def fits(rule: Rule, drawn: Schedule, amounts: Amounts, *others: Rule) -> bool:
    """For pictures: whether the room of the rule (and of others) admits these amounts under the rotations drawn."""
    return leaves_room(drawn.beside["rotations"], drawn.layer, [rule, *others], amounts)
