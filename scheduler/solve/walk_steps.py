"""The steps of a walk: what a person can do next, in every slot, and which variables of the model that is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.walk import Trait, Walk

Ints = NDArray[np.int64]
#: a cost that no path has
FAR = np.int64(1) << 52


@dataclass(frozen=True)
class Step:
    """A run of a duty. ``tables``: for each trait, the state after it by the state before it; None: it stays."""

    duty: str
    length: int
    tables: tuple[tuple[int, ...] | None, ...]


class Steps:
    """What a person can do next, in every slot: ``open[step, slot]``, and ``cells[step, slot]``, the model's variables
    of a run that begins there (``width``, a variable that there is not, where a run is shorter)."""

    def __init__(self, walk: Walk, traits: Sequence[Trait], width: int):
        self.slots, self.traits, self.width = len(walk.board.layer.slots), traits, width
        self.steps: list[Step] = []
        for duty in walk.board.layer.duties:
            if any(walk.board.cell(walk.person, slot, duty) is not None for slot in walk.board.layer.slots):
                each = [trait.ways.get(duty, trait.others or (None,)) for trait in traits]
                self.steps += [Step(duty, walk.length(duty), tables) for tables in itertools.product(*each)]
        longest = max((step.length for step in self.steps), default=1)
        self.open = np.zeros((len(self.steps), self.slots), bool)
        self.cells = np.full((len(self.steps), self.slots, longest), width, np.int64)
        for n, step in enumerate(self.steps):
            var = [walk.board.cell(walk.person, slot, step.duty) for slot in range(self.slots)]
            for slot in range(self.slots - step.length + 1):
                run = [v for v in var[slot:slot + step.length] if v is not None]
                if len(run) == step.length:
                    self.open[n, slot] = True
                    self.cells[n, slot, :step.length] = run

    def costs(self, cost: Ints) -> Ints:
        """What each step costs in each slot; ``cost`` by variable, with a 0 at the end."""
        return np.where(self.open, cost[self.cells].sum(2), FAR)
