"""What may not follow what."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class NeverAfter(Rule):
    """{then} never comes directly after {what}.

    Parameters: of – what comes first; then – what may not follow it in the very next period; for – whom it binds
    (everyone).
    Why: no clinic after a week of nights; no two heavy services back to back.
    Example: rule: never after; of: Nights; then: Inpatient
    """

    name = "never after"
    what: Selection = key("of")
    then: Selection = key("then")
    who: Group | None = key("for", default=None)

    def post(self, board):
        for person in self.bound(board.people):
            for slot in board.layer.slots[1:]:
                pair = board.on(person, slot - 1, self.what) + board.on(person, slot, self.then)
                yield Condition(pair, at_most=1, who=(person,), when=(slot - 1, slot))

    def check(self, schedule):
        for person in self.bound(schedule.people):
            first = set(schedule.slots_on(person, self.what))
            for slot in schedule.slots_on(person, self.then):
                if slot - 1 in first:
                    yield Violation(f"{person} is on {self.then} directly after {self.what}, "
                                    f"{schedule.when([slot - 1, slot])}.", (person,), (slot - 1, slot))
