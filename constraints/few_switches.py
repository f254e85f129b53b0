"""Few moves."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Measure, Rule, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class FewSwitches(Rule):
    """Fellows begin a new run of {what} as seldom as possible.

    Parameters: of – the rotations; each of them counts for itself; for – whom it counts (everyone). A measure to make
    small: the number of runs.
    Why: every change costs an introduction and a hand-over.
    Example: rule: few switches; of: any duty; priority: comfort
    """

    name = "few switches"
    measured = True
    what: Selection = key("of")
    who: Group | None = key("for", default=None)

    def post(self, board):
        starts = []
        for person in self.bound(board.people):
            for duty in self.what:
                one = Selection.of(duty)
                for slot in board.layer.slots:
                    starts.append(board.model.beyond(board.on(person, slot, one) - board.on(person, slot - 1, one)))
        yield Measure("runs", Linear.sum(starts))

    def measures(self, schedule):
        yield "runs", sum(len(schedule.runs(person, Selection.of(duty)))
                          for person in self.bound(schedule.people) for duty in self.what)
