"""Which part of a schedule to open next: a few people, a few weeks, or some of both; chosen by what has worked.

The choice is by a seeded random number, never by the clock, so it can be repeated.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.board import Board
from scheduler.solve.form import Form, Ints, ranges

#: helpers that follow from helpers that follow from … what is opened
HOPS = 3
#: the first part opens so many cells; then it grows where parts are solved at once, and shrinks where they are not
CELLS = 3000
LEAST_CELLS, MOST_CELLS = 200, 20000
#: weeks of everybody that hold so many times the cells wanted are opened for some people only
SPREAD = 4


@dataclass(frozen=True)
class Places:
    """Where each variable of the model is: the number of its person and its slot; −1 for helpers."""

    person: Ints
    slot: Ints

    @property
    def helper(self) -> NDArray[np.bool_]:
        """Which variables are no cell of any board."""
        return self.person < 0


def places_of(boards: Mapping[str, Board], width: int) -> Places:
    """The places of all open cells; slots of several layers are set side by side by their share of the year."""
    person_of, slot_of = np.full(width, -1, np.int64), np.full(width, -1, np.int64)
    numbers: dict[str, int] = {}
    longest = max((len(board.layer.slots) for board in boards.values()), default=1)
    for board in boards.values():
        shape = len(board.people), len(board.layer.slots), len(board.layer.duties)
        stretch = longest / max(1, shape[1])
        number = np.array([numbers.setdefault(person.id, len(numbers)) for person in board.people], np.int64)
        cells = np.array(board.variables, np.int64).reshape(shape)
        row, position, _ = at = np.nonzero(cells >= 0)
        person_of[cells[at]], slot_of[cells[at]] = number[row], (position * stretch).astype(np.int64)
    return Places(person_of, slot_of)


@dataclass
class Kind:
    """One kind of neighbourhood: its size in cells, and how well it has done (gain for its work, fading).

    ``relaxed``: of what is opened, only the cells that the part's own relaxation uses are searched, with those that
    the last ``memory`` such relaxations used.
    """

    name: str
    cells: float = CELLS
    most: float = MOST_CELLS
    relaxed: bool = False
    merit: float = 1.0
    memory: int = 1

    def learn(self, gain: float, solved: bool, at_once: bool = False) -> None:
        """``solved``: the part was searched to its end, so a larger one can be afforded; ``at_once``: a much larger."""
        self.merit = 0.8 * self.merit + 0.2 * min(gain, 5.0)
        growth = 1.5 if at_once else 1.15 if solved else 0.75
        self.cells = min(self.most, max(LEAST_CELLS, self.cells * growth))
        self.memory = self.memory + 1 if at_once else self.memory if solved else max(1, self.memory // 2)


@dataclass
class Neighbourhoods:
    """Chooses parts. ``pull`` says how much each variable's present value costs beyond the relaxation's best."""

    form: Form
    places: Places
    seed: int = 1
    kinds: list[Kind] = field(default_factory=lambda: [Kind("people"), Kind("dearest people"), Kind("weeks"),
                                                      Kind("people and weeks"),
                                                      Kind("many people", 25_000, 80_000, relaxed=True, merit=2.0)])

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._cells = np.flatnonzero(~self.places.helper)
        self._people = int(self.places.person.max(initial=-1)) + 1
        self._slots = int(self.places.slot.max(initial=-1)) + 1
        self._used, self._relaxations = np.zeros(self.form.width, np.int64), 0

    def choose(self, movable: NDArray[np.bool_], pull: NDArray[np.float64], near: bool = True,
               around: Ints | None = None) -> tuple[Kind, Ints]:
        """A kind, and the variables it opens: cells that may move, and the helpers that follow from them.

        ``near``: the schedule is already close to the relaxation, so that the two can be mixed. ``around`` are
        variables to open first: weeks are chosen with one of them, and people rather who have some of them.
        """
        kinds = [k for k in self.kinds if near or not k.relaxed]
        kind = self._random.choices(kinds, [0.15 + k.merit for k in kinds])[0]
        cells = self._cells[movable[self._cells]]
        middles = np.unique(self.places.slot[around]) if around is not None else np.zeros(0, np.int64)
        middle = self._random.choice([int(s) for s in middles if s >= 0] or [None])
        wanted = min(len(cells), int(kind.cells))
        person, slot = self.places.person[cells], self.places.slot[cells]
        weight = None if around is None else self._of_each_person(around)
        if kind.name in ("weeks", "people and weeks"):
            part = len(cells) // 3 if kind.name == "people and weeks" else 0
            inside = self._window(slot, min(max(wanted, part), MOST_CELLS * SPREAD), middle)
            if around is not None:
                there = around[np.isin(self.places.slot[around], np.unique(slot[inside]))]
                weight = self._of_each_person(there)
            chosen = cells[inside]
            if kind.name == "people and weeks" or len(chosen) > SPREAD * wanted:
                chosen = chosen[self._of_people(person[inside], wanted, weight)]
        else:
            if kind.name == "dearest people" and around is None:
                weight = np.bincount(person, np.maximum(pull[cells], 0.0), self._people).astype(np.float64)
            chosen = cells[self._of_people(person, wanted, None if kind.name == "people" else weight)]
        return kind, self.with_helpers(chosen, movable)

    def used(self, vars_: Ints, used: NDArray[np.bool_], kind: Kind) -> NDArray[np.bool_]:
        """Which of these variables a relaxation used, this one or one of those that the kind remembers."""
        self._relaxations += 1
        known = vars_ < len(self._used)
        self._used[vars_[used & known]] = self._relaxations
        return used | (self._used[np.where(known, vars_, 0)] > max(0, self._relaxations - kind.memory)) & known

    def _of_each_person(self, vars_: Ints) -> NDArray[np.float64]:
        """How many of these variables each person has."""
        person = self.places.person[vars_]
        return np.bincount(person[person >= 0], minlength=self._people).astype(np.float64)

    def _of_people(self, person: Ints, wanted: int, weight: NDArray[np.float64] | None) -> NDArray[np.bool_]:
        """Whole people, drawn by weight, until ``wanted`` cells are open; at least two."""
        counts = np.bincount(person, minlength=self._people)
        keys = [(self._random.random() ** (1.0 / (0.05 + (0.0 if weight is None else weight[n]))), n)
                for n in range(self._people)]
        taken, total = np.zeros(self._people, bool), 0
        for number, (_, n) in enumerate(sorted(keys, reverse=True)):
            if total >= wanted and number >= 2:
                break
            taken[n] = True
            total += int(counts[n])
        return taken[person]

    def _window(self, slot: Ints, wanted: int, middle: int | None = None) -> NDArray[np.bool_]:
        """Some slots in a row that hold about ``wanted`` cells, with ``middle`` among them; at least two."""
        each = max(1.0, len(slot) / max(1, self._slots))
        length = max(2, min(self._slots, round(wanted / each)))
        last = max(0, self._slots - length)
        least, most = (0, last) if middle is None else (min(last, max(0, middle - length + 1)), min(last, middle))
        first = self._random.randint(least, most)
        return (slot >= first) & (slot < first + length)

    def with_helpers(self, cells: Ints, movable: NDArray[np.bool_]) -> Ints:
        """These cells and the helper variables that share a row with them, or with such helpers."""
        opened, near = np.zeros(self.form.width, bool), np.zeros(self.form.width, bool)
        opened[cells] = True
        follows, new = self.places.helper & movable, cells
        for _ in range(HOPS):
            near[self.form.cols[ranges(self.form.start, self.form.rows_with(new))]] = True
            new = np.flatnonzero(near & follows & ~opened)
            if not len(new):
                break
            opened[new] = True
        return np.flatnonzero(opened)
