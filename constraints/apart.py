"""Not at the same time."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection, listing


@dataclass(frozen=True, kw_only=True)
class Apart(Rule):
    """At most {most} of these people at a time is on {what}.

    Parameters: of – the rotations; for – the people to keep apart (everyone); people – how many of them may be there at
    a time (1); each – true: counted for each of the rotations separately.
    Why: two people who should not work together, or cover each other.
    Example: rule: apart; for: [Fellow A, Fellow B]; of: Inpatient
    """

    name = "apart"
    what: Selection = key("of")
    who: Group | None = key("for", default=None)
    most: int = key("people", default=1)
    each: bool = False

    def _parts(self):
        return [Selection.of(duty) for duty in self.what] if self.each else [self.what]

    def post(self, board):
        group = self.bound(board.people)
        for what in self._parts():
            for slot in board.layer.slots:
                yield Condition(board.count(group, slot, what), at_most=self.most, who=tuple(group), when=(slot,))

    def check(self, schedule):
        group = self.bound(schedule.people)
        for slot in schedule.layer.slots:
            for what in self._parts():
                there = [p for p in schedule.who(slot, what) if p in group]
                if len(there) > self.most:
                    yield Violation(f"{listing(there)} are on {what} at once {schedule.dated([slot])}; "
                                    f"at most {self.most} at a time.", tuple(there), (slot,), len(there) - self.most)

    @property
    def sentence(self):
        whom = f"of {self.who}" if self.who is not None else "of all fellows"
        where = f"any one of {self.what}" if self.each else str(self.what)
        return f"At most {self.most} {whom} {'is' if self.most == 1 else 'are'} on {where} at a time."
