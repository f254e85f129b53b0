"""Time between two runs of the same thing."""

from dataclasses import dataclass
from itertools import pairwise

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection


@dataclass(frozen=True, kw_only=True)
class Spacing(Rule):
    """Between two runs of {what} lie at least {gap}.

    Parameters: of – the rotations, taken together; weeks – the least time free of them between two runs; for – whom it
    binds (everyone). Counts every missing period.
    Why: rest after heavy services, and learning spread over the year.
    Example: rule: spacing; of: Nights; weeks: 4
    """

    name = "spacing"
    what: Selection = key("of")
    gap: Many = key("weeks")
    who: Group | None = key("for", default=None)

    def post(self, board):
        for person in self.bound(board.people):
            on = board.year(person, self.what)
            for end in board.layer.slots:
                for free in range(1, self.gap):
                    # 1 when a run ends at `end` and the next begins at `again`, too soon; else at most 0
                    again = end + free + 1
                    if again in board.layer.slots:
                        back = on[end] + on[again] - Linear.sum(on[end + 1:again]) - 1
                        yield Condition(back * (self.gap - free), at_most=0, who=(person,), when=(end, again))

    def check(self, schedule):
        for person in self.bound(schedule.people):
            runs = schedule.runs(person, self.what)
            for one, two in pairwise(runs):
                free = two[0] - one[-1] - 1
                if free < self.gap:
                    yield Violation(f"{person} is back on {self.what} after only {Many(free, self.gap.noun)}, "
                                    f"{schedule.when([one[-1], two[0]])}; at least {self.gap} between runs.",
                                    (person,), (one[-1], two[0]), self.gap - free)
