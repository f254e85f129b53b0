"""Another rotation year as good as those there are, and as different from them as can be.

Every tier is held at what it may be; the number of cells in which the new year differs from the nearest of the others
is then made as large as possible.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.domain.board import Board
from scheduler.domain.layer import Layer, Person
from scheduler.domain.linear import Linear
from scheduler.domain.result import Status
from scheduler.domain.rule import Condition, Rule
from scheduler.domain.schedule import Cells
from scheduler.domain.words import Selection
from scheduler.solve.cpsat import CpSat
from scheduler.solve.driver import hint_values
from scheduler.solve.form import form_of
from scheduler.solve.posting import post
from scheduler.solve.room import rooms
from scheduler.solve.settings import Settings


@dataclass(frozen=True)
class Other:
    """What one search found. ``distance`` are the cells in which it differs from the nearest of the others, and
    ``bound`` what no year can exceed: where both are equal, the distance is proven the largest.

    ``impossible``: proven that no other year keeps every rule and every tier.
    """

    status: Status
    cells: Cells | None = None
    distance: int = 0
    bound: int = 0
    stopped: bool = False

    @property
    def proven(self) -> bool:
        return self.distance == self.bound


@dataclass(frozen=True, kw_only=True)
class Exactly(Rule):
    """The rotation year is the one that was found."""

    name = "exactly"
    cells: tuple[tuple[str, int, tuple[str, ...]], ...]

    @classmethod
    def of(cls, layer: Layer, cells: Cells) -> Exactly:
        """The rule for a finished year."""
        return cls(layer_name=layer.name, cells=tuple(
            (person.id, slot, tuple(cells.get(person.id, {}).get(slot, ())))
            for person in layer.people for slot in layer.present(person)))

    def never(self, layer: Layer) -> Iterator[tuple[str, int, str]]:
        for person, slot, duties in self.cells:
            yield from ((person, slot, duty) for duty in layer.duties if duty not in duties)

    def post(self, board: Board) -> Iterator[Condition]:
        for person, slot, duties in self.cells:
            for duty in duties:
                yield Condition(board.duties(board.layer.person(person), slot, Selection.of(duty)), at_least=1)


def another(layers: Sequence[Layer], rules: Sequence[Rule], priorities: Sequence[str], bounds: Mapping[str, int],
            others: Sequence[Cells], settings: Settings, *, implied: Iterable[Rule] = (),
            refused: Sequence[Cells] = (), tell: Callable[[int | None, int | None], None] | None = None) -> Other:
    """A rotation year that keeps every rule and every tier, and differs as much as can be from each of ``others``.

    ``layers`` are all of the program's, the rotations first; ``bounds`` the worst value that each stage of the rotation
    year may have, by name; ``implied`` are cuts known from earlier; ``refused`` years that are not wanted again.
    """
    began = time.monotonic()
    top = layers[0]
    posted = post([top], (*rules, *rooms(layers, rules), *implied), priorities)
    if posted.broken_from_the_start:
        return Other("impossible")
    board = posted.boards[top.name]
    apart, never = ([_apart(board, cells) for cells in years] for years in (others, refused))
    nearest = posted.model.smallest(apart) if len(apart) > 1 else apart[0]
    engine = CpSat(form_of(posted.model, ((c.sum, c.at_least, c.at_most) for _, c in posted.conditions)))
    for stage in posted.stages:
        worst = bounds[stage.name]
        engine.add(stage.cost, worst if stage.large else None, None if stage.large else worst)
    for sum_ in (*apart, *never):
        engine.add(sum_, 1, None)
    engine.hint_some(hint_values(posted, {top.name: others[-1]}))
    left = None if settings.seconds is None else max(0.1, settings.seconds - (time.monotonic() - began))
    answer = engine.solve(nearest, True, settings, left, tell)
    if answer.values is None:
        return Other(_again(engine, answer.status, settings), stopped=answer.stopped)
    found = board.cells_on(answer.values)
    distance = min(sum_.value(answer.values) for sum_ in apart)
    return Other(answer.status, found, distance, max(distance, answer.bound or 0), answer.stopped)


def _again(engine: CpSat, status: Status, settings: Settings) -> Status:
    """Ask once more without presolve before saying that there is no other (google/or-tools#5274)."""
    if status != "impossible" or not settings.confirm:
        return status
    answer = engine.solve(None, False, replace(settings, presolve=False, workers=1), 10.0)
    return "unknown" if answer.values is not None else "impossible"


def _apart(board: Board, cells: Cells) -> Linear:
    """The number of cells that differ from another year."""
    return Linear.sum(_differs(board, person, slot, cells.get(person.id, {}).get(slot, ()))
                      for person in board.people for slot in board.layer.present(person))


def _differs(board: Board, person: Person, slot: int, duties: Sequence[str]) -> Linear:
    """A 0/1 sum: 1 when the cell is another."""
    layer = board.layer
    if layer.exclusive and not layer.inside and len(duties) == 1:           # nothing else fits into the cell
        return 1 - board.duties(person, slot, Selection.of(*duties))
    each = {duty: board.duties(person, slot, Selection.of(duty)) for duty in layer.duties}
    return board.model.any_of([1 - on if duty in duties else on for duty, on in each.items()])
