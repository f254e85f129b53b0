"""What the layers below the rotations ask of the rotation year: the weekly amounts they need, and cuts.

Both are implied: they follow from the program's own rules, so they are posted and never judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from scheduler.domain.board import Board, Model
from scheduler.domain.layer import Layer
from scheduler.domain.linear import Linear
from scheduler.domain.room import Room
from scheduler.domain.rule import Condition, Rule
from scheduler.domain.words import Selection


@dataclass(frozen=True, kw_only=True)
class RoomFor(Rule):
    """The rotation year leaves room for {name}."""

    name = "room"
    below: Layer
    asked: tuple[Rule, ...]
    closer: bool = False

    def post(self, board: Board) -> Iterator[Condition]:
        """Every rule of the layer below, in weekly amounts; what can never be broken is not worth saying."""
        never = (cell for rule in self.asked for cell in rule.never(self.below))
        grain = {duty: number for rule in self.asked for duty, number in rule.grain(self.below).items()}
        apart = frozenset[str]().union(*(rule.apart(self.below) for rule in self.asked))
        room = Room(board, Board(Model(), self.below).open(never), grain, apart)
        first = len(board.model.low)
        said = [c._replace(origin=rule) for rule in self.asked for c in rule.room(room)]
        said += [c._replace(origin=rule) for rule in self.asked if self.closer for c in rule.closer_room(room)]
        for condition in said:
            tighten(board.model, condition, first)
        yield from (strengthened(board.model, c, first) for c in said if not always(board.model, c))


@dataclass(frozen=True, kw_only=True)
class Cut(Rule):
    """These fellows cannot all spend these weeks like that: the layer below could not be filled.

    ``cells`` are (person id, period, duties that leave no more room than the one that was tried): proven insufficient
    together, whatever everybody else does and whatever these fellows do in other weeks.
    """

    name = "cut"
    cells: tuple[tuple[str, int, frozenset[str]], ...]

    def post(self, board: Board) -> Iterator[Condition]:
        """At least one of them is something else."""
        each = (board.on(board.layer.person(person), slot, Selection("cut", duties))
                for person, slot, duties in self.cells)
        yield Condition(Linear.sum(each), at_most=len(self.cells) - 1)


def tighten(model: Model, condition: Condition, first: int) -> None:
    """Lower the upper bounds of the amounts (variables from ``first`` on) that a sum of amounts limits by itself."""
    if condition.at_most is None or any(var < first for var in condition.sum.vars):
        return
    terms = condition.sum.merged()
    if any(coef < 0 for coef in terms.values()):
        return
    for var, coef in terms.items():
        model.high[var] = max(model.low[var], min(model.high[var], (condition.at_most - condition.sum.const) // coef))


def strengthened(model: Model, condition: Condition, first: int) -> Condition:
    """The same condition for whole numbers, stronger in the relaxation: amounts ≤ 10 × (there), where they can only be
    2, says amounts ≤ 2 × (there)."""
    if condition.at_most != 0 or condition.at_least is not None or condition.sum.const:
        return condition
    terms = condition.sum.merged()
    amounts = {var: coef for var, coef in terms.items() if coef > 0}
    hosts = {var: coef for var, coef in terms.items() if coef < 0}
    if not hosts or any(var >= first for var in hosts):
        return condition
    most = sum(coef * model.high[var] for var, coef in amounts.items())
    closer = Linear([*amounts, *hosts], [*amounts.values(), *(max(coef, -most) for coef in hosts.values())])
    return condition._replace(sum=closer)


def always(model: Model, c: Condition) -> bool:
    """Whether a condition holds by the bounds of its variables alone."""
    return ((c.at_least is None or model.lower(c.sum) >= c.at_least)
            and (c.at_most is None or model.upper(c.sum) <= c.at_most))


def rooms(layers: Sequence[Layer], rules: Sequence[Rule], closer: bool = False) -> list[Rule]:
    """One rule a layer below the rotations, for all its rules that must hold; ``closer``: with what is dear to say."""
    asked = {layer.name: tuple(r for r in rules if r.priority is None and r.layer_name == layer.name)
             for layer in layers}
    return [RoomFor(below=layer, asked=asked[layer.name], closer=closer) for layer in layers if layer.parent]


def signature(duty: str, rules: Sequence[Rule]) -> tuple[object, ...]:
    """All that the rules of the layers below know of a rotation: rotations of one signature leave the same room.

    One that visits several sites in turn is like no other: where it is depends on its own earlier weeks.
    """
    found: list[object] = []
    for rule in rules:
        for field in fields(rule):
            value = getattr(rule, field.name)
            if isinstance(value, Rule):                     # a part of a rule knows what the rule knows
                found += signature(duty, [value])
            elif isinstance(value, Selection):
                found.append(duty in value)
            elif isinstance(value, tuple):
                mine = [entry[1:] for entry in value if isinstance(entry, tuple) and entry[:1] == (duty,)]
                turns = any(isinstance(part, tuple) and len(part) > 1 for entry in mine for part in entry)
                found.append((tuple(mine), duty if turns else ""))
    return tuple(found)
