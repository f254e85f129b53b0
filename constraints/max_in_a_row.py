"""No more than so many periods in a row."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection, listing


@dataclass(frozen=True, kw_only=True)
class MaxInARow(Rule):
    """No one is on {what} more than {limit} in a row.

    Parameters: of – the rotations, taken together; weeks – the longest run allowed; for – whom it binds (everyone).
    Why: fatigue, and continuity elsewhere.
    Example: rule: max in a row; of: MIPS; weeks: 2
    """

    name = "max in a row"
    what: Selection = key("of")
    limit: Many = key("weeks")
    who: Group | None = key("for", default=None)

    def post(self, board):
        for person in self.bound(board.people):
            for first in range(len(board.layer.slots) - self.limit):
                window = range(first, first + self.limit + 1)
                yield Condition(board.count(person, window, self.what), at_most=int(self.limit),
                                who=(person,), when=tuple(window))

    def check(self, schedule):
        for person in self.bound(schedule.people):
            for run in schedule.runs(person, self.what):
                if len(run) > self.limit:
                    yield Violation(
                        f"{person} is on {self.what} for {Many(len(run), self.limit.noun)} in a row, "
                        f"{schedule.when(run)}; at most {self.limit} allowed.",
                        (person,), tuple(run), len(run) - self.limit)

    def eased(self, violations, layer):
        longest = Many(int(self.limit) + max(v.amount for v in violations), self.limit.noun)
        runs = listing([f"{listing([str(p) for p in v.who])}, {layer.when(v.when)}" for v in violations], most=4)
        return f"Allow {longest} of {self.what} in a row instead of {int(self.limit)} ({runs})."
