"""Everyone has exactly one duty in each period."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Selection, listing


@dataclass(frozen=True, kw_only=True)
class OneDuty(Rule):
    """Everyone has exactly one of {what} in each period they are here.

    Parameters: of – the duties that fill a period (rotations and leave that takes a period of its own).
    Why: a fellow cannot be in two places, and a hole in the year is a mistake.
    Example: rule: one duty; of: any duty
    """

    name = "one duty"
    what: Selection = key("of")

    def post(self, board):
        for person in board.people:
            for slot in board.layer.present(person):
                yield Condition(board.duties(person, slot, self.what), at_least=1, at_most=1,
                                who=(person,), when=(slot,))

    def walk(self, walk):
        walk.one_of(self.what)
        return True

    def check(self, schedule):
        for person in schedule.people:
            for slot, duties in schedule.of(person):
                mine = [d for d in duties if d in self.what]
                if not mine:
                    yield Violation(f"{person} has nothing to do {schedule.dated([slot])}.", (person,), (slot,))
                elif len(mine) > 1:
                    yield Violation(f"{person} is on {listing(mine)} at once {schedule.dated([slot])}.",
                                    (person,), (slot,), len(mine) - 1)
