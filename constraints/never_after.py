"""What may not follow what."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class NeverAfter(Rule):
    """{then} never comes directly after {what}.

    Parameters: of – what comes first; then – what may not follow it in the very next period (left out: the same again,
    so that nothing in `of` comes twice in a row); for – whom it binds (everyone).
    Why: no clinic after a week of nights; no two heavy services back to back.
    Example: rule: never after; of: Nights; then: Inpatient
    """

    name = "never after"
    what: Selection = key("of")
    then: Selection | None = None
    who: Group | None = key("for", default=None)

    @property
    def _next(self):
        return self.what if self.then is None else self.then

    def post(self, board):
        for person in self.bound(board.people):
            before = board.year(person, self.what)
            after = before if self._next == self.what else board.year(person, self._next)
            for slot in board.layer.slots[1:]:
                yield Condition(before[slot - 1] + after[slot], at_most=1, who=(person,), when=(slot - 1, slot))

    def check(self, schedule):
        for person in self.bound(schedule.people):
            first = set(schedule.slots_on(person, self.what))
            for slot in schedule.slots_on(person, self._next):
                if slot - 1 in first:
                    yield Violation(f"{person} is on {self._next} directly after {self.what}, "
                                    f"{schedule.when([slot - 1, slot])}.", (person,), (slot - 1, slot))

    @property
    def sentence(self):
        return f"{self._next} never comes directly after {self.what}."
