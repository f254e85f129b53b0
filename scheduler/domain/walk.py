"""One person's year as a walk, run by run: what must be remembered on the way so that every rule is kept.

The third way to say a rule, beside ``post`` and ``check``, for rules that concern one person: a *trait* is a small
automaton that reads the year one run of a duty after another. Where every rule can be said so, somebody's best year at
any prices is a shortest path (``scheduler/solve/walk_graph.py``), found in a millisecond and proven.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scheduler.domain.board import Board
from scheduler.domain.layer import Person
from scheduler.domain.words import Selection

#: what a run leads to: for each state the one after it, or NEVER where the run is not allowed
Way = tuple[int, ...]
NEVER = -1
#: the model's variables that are 1 because of a slot (its number, the state before it, the state after it)
Marks = Callable[[int, int, int], tuple[int, ...]]


@dataclass(frozen=True)
class Trait:
    """A small automaton. Its states are 0 to ``size`` - 1; it starts in 0 and must end in one of ``ends``.

    ``ways``: for each duty that it names, what a run of it leads to; several ways where the walk may choose; ``others``
    the same for every other duty (nothing said: the state stays). ``marks`` are the helper variables that follow it.
    A trait that counts says how much each run adds (``amount``) and the ``most`` that is allowed: a price can stand for
    it.
    """

    size: int
    ways: Mapping[str, tuple[Way, ...]]
    ends: frozenset[int]
    marks: Marks | None = None
    amount: Mapping[str, int] = field(default_factory=dict)
    most: int = 0
    others: tuple[Way, ...] = ()

    @property
    def must_arrive(self) -> bool:
        """Whether a walk that it never moves would be wrong."""
        return 0 not in self.ends


class Walk:
    """What the rules say of one person's year, collected; ``board`` is the posted board of the layer."""

    def __init__(self, board: Board, person: Person):
        self.board, self.person = board, person
        self.duties: frozenset[str] = frozenset()           # exactly one of these in every slot
        self._clear = True                                  # whether no two rules say different things of these
        self.lengths: dict[str, int] = {}                   # slots in one run; 1 where nothing is said
        self._counted: list[tuple[Selection, int, int | None]] = []
        self._needed: list[tuple[Selection, int, Selection]] = []
        self._traits: list[Trait] = []

    def one_of(self, what: Selection) -> None:
        """Exactly one of these duties fills every slot."""
        self._clear &= self.duties in (frozenset(), what.duties)
        self.duties = what.duties

    def runs(self, what: Selection, length: int) -> None:
        """A duty comes in runs of so many slots."""
        for duty in what.duties:
            self._clear &= self.lengths.setdefault(duty, length) == length

    def count(self, what: Selection, low: int, high: int | None) -> None:
        """Between so many slots are spent on these duties, in all."""
        self._counted.append((what, low, high))

    def need(self, first: Selection, slots: int, then: Selection) -> None:
        """So many slots of one come before any of the other."""
        self._needed.append((first, slots, then))

    def remember(self, trait: Trait) -> None:
        """Anything else that is remembered."""
        self._traits.append(trait)

    def length(self, duty: str) -> int:
        """Slots in one run of this duty."""
        return self.lengths.get(duty, 1)

    @property
    def whole(self) -> bool:
        """Whether this is all: the person is here in every slot, with one duty in each and nothing decided yet, and
        runs of a fixed length are kept apart by what is counted (two that touch would be one too long)."""
        layer, person = self.board.layer, self.person
        cells = [(duty, self.board.cell(person, slot, duty)) for slot in layer.slots for duty in layer.duties
                 if self.board.is_possible(person.id, slot, duty)]
        return (self._clear and list(layer.present(person)) == list(range(len(layer.slots)))
                and all(duty in self.duties and cell is not None for duty, cell in cells)
                and all(self._once(duty) for duty, length in self.lengths.items() if length > 1))

    def _once(self, duty: str) -> bool:
        return any(duty in what.duties and high is not None and high <= self.length(duty)
                   for what, _, high in self._counted)

    def traits(self) -> list[Trait]:
        """All of them."""
        return [*self._traits, *(self._before(*entry) for entry in self._needed),
                *(self._counter(*entry) for entry in self._counted)]

    def _counter(self, what: Selection, low: int, high: int | None) -> Trait:
        """States are slots so far; where there is no most, what lies beyond the least is all the same."""
        top = max(low, 0) if high is None else high
        amount = {duty: self.length(duty) for duty in what.duties & self.duties}
        ways = {duty: (tuple(min(n + more, top) if high is None or n + more <= top else NEVER for n in range(top + 1)),)
                for duty, more in amount.items()}
        return Trait(top + 1, ways, frozenset(range(max(low, 0), top + 1)), amount={} if high is None else amount,
                     most=top)

    def _before(self, first: Selection, slots: int, then: Selection) -> Trait:
        more = {duty: self.length(duty) for duty in first.duties & self.duties}
        ways = {duty: (tuple(min(n + more[duty], slots) for n in range(slots + 1)),) for duty in more}
        ways |= {duty: ((*[NEVER] * slots, slots),) for duty in then.duties & self.duties}
        return Trait(slots + 1, ways, frozenset(range(slots + 1)))
