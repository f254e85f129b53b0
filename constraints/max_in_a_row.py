"""No more than so many periods in a row."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
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
        slots = board.layer.slots
        windows = [tuple(slots[first:first + self.limit + 1]) for first in range(len(slots) - self.limit)]
        for person in self.bound(board.people):
            on = board.year(person, self.what)
            for window in windows:
                yield Condition(Linear.sum([on[s] for s in window]), at_most=int(self.limit), who=(person,),
                                when=window)

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
