"""Runs that begin where blocks begin."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class StartsOnBlocks(Rule):
    """Every run of {what} begins at the start of a block.

    Parameters: of – the rotations, taken together; for – whom it binds (everyone). Blocks are stated under `year`;
    without blocks every period is one. A fellow who arrives in the middle of a block waits for the next one.
    Why: other programs send and receive fellows at block boundaries.
    Example: rule: starts on blocks; of: Inpatient
    """

    name = "starts on blocks"
    what: Selection = key("of")
    who: Group | None = key("for", default=None)

    def post(self, board):
        inside = sorted(set(board.layer.slots) - set(board.layer.block_starts()))
        for person in self.bound(board.people):
            on = board.year(person, self.what)
            for slot in inside:
                yield Condition(on[slot] - on[slot - 1], at_most=0, who=(person,), when=(slot,))

    def check(self, schedule):
        blocks = schedule.layer.blocks
        for person in self.bound(schedule.people):
            for run in schedule.runs(person, self.what):
                if blocks and run[0] > 0 and blocks[run[0]] == blocks[run[0] - 1]:
                    yield Violation(f"{person} begins {self.what} in the middle of a block, in "
                                    f"{schedule.when(run[:1])}.", (person,), (run[0],))
