"""Fixed block length."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection


@dataclass(frozen=True, kw_only=True)
class RunLength(Rule):
    """Every run of {what} is exactly {length} long.

    Parameters: of – the rotations, taken together; weeks – the length; for – whom it binds (everyone).
    Two runs that touch are one run: the rule forbids them to touch.
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
                first = on[slot] - on[slot - 1]
                # too short: the run from `slot` ends after exactly k < length periods
                for k in range(1, length):
                    inner = sum((on[slot + n] for n in range(1, k)), 0)
                    yield Condition(first + inner - on[slot + k], at_most=k - 1, who=(person,), when=(slot,))
                # too long: it goes on after `length` periods
                whole = sum((on[slot + n] for n in range(1, length + 1)), 0)
                yield Condition(first + whole, at_most=length, who=(person,), when=(slot,))

    def check(self, schedule):
        for person in self.bound(schedule.people):
            for run in schedule.runs(person, self.what):
                if len(run) != self.length:
                    yield Violation(f"{person} is on {self.what} for {Many(len(run), self.length.noun)}, "
                                    f"{schedule.when(run)}; it must be exactly {self.length}.", (person,), tuple(run))
