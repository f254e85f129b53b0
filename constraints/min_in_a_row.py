"""No run shorter than so many periods."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection


@dataclass(frozen=True, kw_only=True)
class MinInARow(Rule):
    """Every run of {what} lasts at least {limit}.

    Parameters: of – the rotations, taken together; weeks – the shortest run allowed; for – whom it binds (everyone).
    A run at the very start or end of a fellow's time counts as it stands: it is not excused.
    Why: it takes time to become useful on a service.
    Example: rule: min in a row; of: Inpatient; weeks: 2
    """

    name = "min in a row"
    what: Selection = key("of")
    limit: Many = key("weeks")
    who: Group | None = key("for", default=None)

    def post(self, board):
        for person in self.bound(board.people):
            for slot in board.layer.slots:
                starts = board.on(person, slot, self.what) - board.on(person, slot - 1, self.what)
                for later in range(slot + 1, slot + self.limit):
                    # a run that starts here is still going on `later`, or a longer run has restarted the count
                    gap = Condition(starts - board.on(person, later, self.what), at_most=0, who=(person,), when=(slot,))
                    if later == slot + 1:
                        yield gap
                        continue
                    within = board.count(person, [s for s in range(slot + 1, later) if s in board.layer.slots],
                                         self.what)
                    yield Condition(gap.sum + within - (later - slot - 1), at_most=0, who=(person,), when=(slot,))

    def check(self, schedule):
        for person in self.bound(schedule.people):
            for run in schedule.runs(person, self.what):
                if len(run) < self.limit:
                    yield Violation(
                        f"{person} is on {self.what} for only {Many(len(run), self.limit.noun)}, "
                        f"{schedule.when(run)}; at least {self.limit} in a row needed.", (person,), tuple(run))
