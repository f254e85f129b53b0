"""Fixed block length."""

from dataclasses import dataclass
from itertools import pairwise

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

    # -- for the solver: where runs begin says where they must be, period by period, which keeps the relaxation tight

    def post(self, board):
        length, slots = int(self.length), board.layer.slots
        for person in self.bound(board.people):
            on = [Linear(), *board.year(person, self.what)]
            begins = [board.model.both(now, 1 - before) for before, now in pairwise(on)]
            on += [Linear()] * (length - 1)
            for slot, there in enumerate(on[1:]):
                meant = Linear.sum(begins[max(0, slot - length + 1):slot + 1])
                yield Condition(there - meant, at_least=0, at_most=0, who=(person,), when=(min(slot, slots[-1]),))

    def walk(self, walk):
        if self.bound([walk.person]):
            walk.runs(self.what, int(self.length))
        return len(self.what.duties) == 1 and self.length > 1

    def check(self, schedule):
        for person in self.bound(schedule.people):
            for run in schedule.runs(person, self.what):
                if len(run) != self.length:
                    yield Violation(f"{person} is on {self.what} for {Many(len(run), self.length.noun)} in a row, "
                                    f"{schedule.when(run)}; it must be exactly {self.length}.", (person,), tuple(run),
                                    abs(len(run) - self.length))
