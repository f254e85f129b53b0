"""What a measure comes to for each person by themselves, so that another rule can look at the worst-off.

A rule that has shares says them twice, like everything else: ``shares`` for the solver, ``shares_of`` for people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar, runtime_checkable
from weakref import WeakKeyDictionary

from scheduler.domain.board import Board, Model
from scheduler.domain.layer import Person
from scheduler.domain.linear import Linear
from scheduler.domain.schedule import Schedule

T = TypeVar("T")
_MADE: WeakKeyDictionary[Model, dict[object, Any]] = WeakKeyDictionary()


@runtime_checkable
class Shared(Protocol):
    """A rule whose measure is a sum over people. ``large``: to be made large; ``points``: what one unit weighs."""

    name: str
    large: bool
    points: int
    priority: str | None

    def bound(self, people: Iterable[Person]) -> list[Person]:
        """Those of these people whom it counts."""

    def shares(self, board: Board) -> Mapping[str, Linear]:
        """Each person's part of the measure, by id, on an open board."""

    def shares_of(self, schedule: Schedule) -> Mapping[str, int]:
        """The same, counted in a finished schedule."""


def once(board: Board, rule: object, make: Callable[[], T]) -> T:
    """What ``make`` says of this rule on this board, made once: its helper variables serve whoever asks again."""
    made = _MADE.setdefault(board.model, {})
    key = rule, board.layer.name
    if key not in made:
        made[key] = make()
    return made[key]
