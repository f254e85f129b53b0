"""Few moves."""

from dataclasses import dataclass
from itertools import pairwise

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Measure, Rule, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class FewSwitches(Rule):
    """Fellows begin a new run of {what} as seldom as possible.

    Parameters: of – the rotations, each counted for itself (left out: every duty); for – whom it counts (everyone). A
    measure to make small: the number of runs. With one duty in each period that is one a fellow, and one more for every
    change.
    Why: every change costs an introduction and a hand-over.
    Example: rule: few switches; of: any duty; priority: comfort
    """

    name = "few switches"
    measured = True
    what: Selection | None = key("of", default=None)
    who: Group | None = key("for", default=None)

    def _duties(self, layer):
        return layer.duties if self.what is None else tuple(self.what)

    def post(self, board):
        starts = []
        for person in self.bound(board.people):
            for duty in self._duties(board.layer):
                on = [Linear(), *(board.on(person, s, Selection.of(duty)) for s in board.layer.slots)]
                starts += [board.model.beyond(now - before) for before, now in pairwise(on)]
        yield Measure("runs", Linear.sum(starts))

    def measures(self, schedule):
        yield "runs", sum(len(schedule.runs(person, Selection.of(duty)))
                          for person in self.bound(schedule.people) for duty in self._duties(schedule.layer))

    @property
    def sentence(self):
        return f"Fellows begin a new run of {self.what or 'any duty'} as seldom as possible."
