"""One unbroken run."""

from dataclasses import dataclass
from itertools import pairwise

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class OneRun(Rule):
    """Each fellow takes {what} in one unbroken run.

    Parameters: of – the rotations, taken together; for – whom it binds (everyone). Counts every run after the first.
    Why: two separate weeks teach less than two weeks together, and mean two introductions.
    Example: rule: one run; of: Inpatient cancer pain
    """

    name = "one run"
    what: Selection = key("of")
    who: Group | None = key("for", default=None)

    def post(self, board):
        for person in self.bound(board.people):
            on = [Linear(), *board.year(person, self.what)]
            starts = Linear.sum(board.model.beyond(now - before) for before, now in pairwise(on))
            yield Condition(starts, at_most=1, who=(person,), when=tuple(board.layer.slots))

    def check(self, schedule):
        for person in self.bound(schedule.people):
            runs = schedule.runs(person, self.what)
            if len(runs) > 1:
                slots = [slot for run in runs for slot in run]
                yield Violation(f"{person} takes {self.what} in {len(runs)} separate runs, {schedule.when(slots)}; "
                                "one run needed.", (person,), tuple(slots), len(runs) - 1)
