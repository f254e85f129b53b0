"""Whether one fellow's own year leaves no room below, whatever everybody else does: asked of that fellow alone.

Most years that cannot be filled fail for a single fellow. Asked with the conditions that are about that fellow only,
each question is small; what fails alone fails with the others too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.domain.board import Board
from scheduler.domain.layer import Layer, Person
from scheduler.domain.rule import Condition, Rule
from scheduler.domain.schedule import Schedule
from scheduler.solve.driver import solve
from scheduler.solve.settings import Settings

Item = tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class Own(Rule):
    """The conditions of a rule that are about one person each."""

    name = "own"
    rule: Rule

    def never(self, layer: Layer) -> Iterable[tuple[str, int, str]]:
        """As the rule, for the people of this layer."""
        here = {person.id for person in layer.people}
        return (cell for cell in self.rule.never(layer) if cell[0] in here)

    def post(self, board: Board) -> Iterator[Condition]:
        """What several people share is left out."""
        for said in self.rule.post(board):
            if isinstance(said, Condition) and len(said.who) == 1:
                yield said


def fails_alone(top: Schedule, failed: Sequence[Layer], must: Sequence[Rule], settings: Settings
                ) -> tuple[Person, Callable[[Iterable[Item]], bool]] | None:
    """A fellow whose rotation year alone cannot be filled below, and the question whether part of it still cannot.

    None where nobody's can be shown to fail alone.
    """
    rules = [Own(rule=rule, layer_name=rule.layer_name) for rule in must]
    for person in top.people:
        year = Schedule(replace(top.layer, people=(person,)), {person.id: top.cells.get(person.id, {})})
        layers = [replace(layer, people=tuple(p for p in layer.people if p.id == person.id)) for layer in failed]
        items = [(person.id, slot) for slot in top.layer.present(person)]

        def impossible(held: Iterable[Item], year: Schedule = year, layers: Sequence[Layer] = tuple(layers),
                       items: Sequence[Item] = tuple(items)) -> bool:
            kept = set(held)
            out = solve(layers, rules, (), settings, given={year.layer.name: year},
                        loose=[item for item in items if item not in kept])
            return out.status == "impossible"

        if layers and all(layer.people for layer in layers) and impossible(items):
            return person, impossible
    return None
