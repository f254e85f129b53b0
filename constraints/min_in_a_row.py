"""No run shorter than so many periods."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection


@dataclass(frozen=True, kw_only=True)
class MinInARow(Rule):
    """Every run of {what} lasts at least {limit}.

    Parameters: of – the rotations, taken together; weeks – the shortest run allowed; for – whom it binds (everyone).
    A run cut short by the start or end of the fellow's time counts as it stands: it is not excused. Counts every
    missing period.
    Why: it takes time to become useful on a service.
    Example: rule: min in a row; of: Inpatient; weeks: 2
    """

    name = "min in a row"
    what: Selection = key("of")
    limit: Many = key("weeks")
    who: Group | None = key("for", default=None)

    def post(self, board):
        for person in self.bound(board.people):
            on = board.year(person, self.what) + [Linear()] * self.limit    # nothing after the year, nor before: on[-1]
            for slot in board.layer.slots:
                for length in range(1, self.limit):
                    # 1 when a run of exactly this length begins at `slot`, else at most 0
                    whole = Linear.sum(on[s] for s in range(slot, slot + length)) - (length - 1)
                    short = whole - on[slot - 1] - on[slot + length]
                    yield Condition(short * (self.limit - length), at_most=0, who=(person,), when=(slot,))

    def check(self, schedule):
        for person in self.bound(schedule.people):
            for run in schedule.runs(person, self.what):
                if len(run) < self.limit:
                    yield Violation(
                        f"{person} is on {self.what} for only {Many(len(run), self.limit.noun)}, "
                        f"{schedule.when(run)}; at least {self.limit} in a row needed.", (person,), tuple(run),
                        self.limit - len(run))
