"""A rule for some of its people and dates only: what a conflict needs of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.domain.board import Board
from scheduler.domain.layer import Layer
from scheduler.domain.room import Room
from scheduler.domain.rule import Condition, Rule


@dataclass(frozen=True, kw_only=True)
class Part(Rule):
    """The conditions of a rule that lie within some people and rotation periods, or (``outside``) all its others.

    ``people`` are ids (None: all); a condition about several people at once belongs to all of them and stays.
    ``periods`` None are all of them. It is for the solver alone: people are told the rule, and which people and dates.
    """

    name = "part"
    rule: Rule
    people: frozenset[str] | None = None
    periods: frozenset[int] | None = None
    outside: bool = False

    @classmethod
    def of(cls, rule: Rule, people: frozenset[str] | None, periods: frozenset[int] | None,
           outside: bool = False) -> Part:
        """The part of a rule, in the rule's own layer and priority."""
        return cls(rule=rule, people=people, periods=periods, outside=outside, layer_name=rule.layer_name,
                   priority=rule.priority, place=rule.place)

    def holds(self, condition: Condition, layer: Layer) -> bool:
        """Whether a condition lies within these people and periods; without people or dates it lies everywhere."""
        return self._within(condition, [layer.parent[s] if layer.parent else s for s in condition.when
                                        if s in layer.slots])

    def _within(self, condition: Condition, periods: Iterable[int]) -> bool:
        if self.people is not None and len(condition.who) == 1 and condition.who[0].id not in self.people:
            return False
        return self.periods is None or all(p in self.periods for p in periods)

    def post(self, board: Board) -> Iterator[Condition]:
        """The conditions that are kept; measures are never part of a conflict."""
        for said in self.rule.post(board):
            if isinstance(said, Condition) and self.holds(said, board.layer) != self.outside:
                yield said

    def room(self, room: Room) -> Iterator[Condition]:
        """The room that the part needs: of each person who is wholly in it, and of all where all dates are meant."""
        for said in self.rule.room(room):
            if self._whole(said.who[0].id if len(said.who) == 1 else None):
                yield said

    def never(self, layer: Layer) -> Iterable[tuple[str, int, str]]:
        """What the rule makes impossible for the people who are wholly in the part."""
        return (cell for cell in self.rule.never(layer) if self._whole(cell[0]))

    def _whole(self, person: str | None) -> bool:
        """Whether everything that the rule says of a person (None: of several) is in the part."""
        if self.outside:
            return person is not None and self.people is not None and person not in self.people
        return self.periods is None and (person is None or self.people is None or person in self.people)

    def apart(self, layer: Layer) -> frozenset[str]:
        """The rule's own, where the whole rule is meant."""
        whole = not self.outside and self.periods is None and self.people is None
        return self.rule.apart(layer) if whole else frozenset()

    def grain(self, layer: Layer) -> Mapping[str, int]:
        """The rule's own, where the whole rule is meant."""
        return self.rule.grain(layer) if not self.outside and self.periods is None and self.people is None else {}


def base(rule: Rule) -> Rule:
    """The program's own rule behind a part of it, or of a part of a part."""
    return base(rule.rule) if isinstance(rule, Part) else rule
