"""Fixed block length."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection


@dataclass(frozen=True, kw_only=True)
class RunLength(Rule):
    """Every run of {what} is exactly {length} long.

    Parameters: of – the rotations, taken together; weeks – the length; for – whom it binds (everyone).
    Two runs that touch are one run, so the rule keeps them apart; a run cut short by the start or end of the fellow's
    time is not excused. Counts every period missing or too many.
    Why: some services take fellows in fixed blocks.
    Example: rule: run length; of: Inpatient; weeks: 2
    """

    name = "run length"
    what: Selection = key("of")
    length: Many = key("weeks")
    who: Group | None = key("for", default=None)

    def post(self, board):
        length = int(self.length)
        for person in self.bound(board.people):
            on = {s: board.on(person, s, self.what) for s in range(-1, len(board.layer.slots) + length)}
            for slot in board.layer.slots:
                # too short: 1 when a run of exactly k periods begins at `slot`, else at most 0
                for k in range(1, length):
                    run = Linear.sum(on[s] for s in range(slot, slot + k)) - (k - 1)
                    yield Condition((run - on[slot - 1] - on[slot + k]) * (length - k), at_most=0, who=(person,),
                                    when=(slot,))
                # too long: one period more in a row, wherever that happens
                yield Condition(Linear.sum(on[s] for s in range(slot, slot + length + 1)), at_most=length,
                                who=(person,), when=(slot,))

    def check(self, schedule):
        for person in self.bound(schedule.people):
            for run in schedule.runs(person, self.what):
                if len(run) != self.length:
                    yield Violation(f"{person} is on {self.what} for {Many(len(run), self.length.noun)} in a row, "
                                    f"{schedule.when(run)}; it must be exactly {self.length}.", (person,), tuple(run),
                                    abs(len(run) - self.length))
