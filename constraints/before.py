"""Prerequisites."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection


@dataclass(frozen=True, kw_only=True)
class Before(Rule):
    """Before the first time on {then}, a fellow has {needed} of {what}.

    Parameters: first – the rotation that prepares; weeks – how much of it; then – the rotations it prepares for; for –
    whom it binds (everyone). Credit from earlier years counts.
    Why: some skills must be there before they are needed.
    Example: rule: before; first: Skills; weeks: 1; then: Procedures; for: not anesthesiology
    """

    name = "before"
    what: Selection = key("first")
    needed: Many = key("weeks")
    then: Selection = key("then")
    who: Group | None = key("for", default=None)

    def _earlier(self, person):
        return sum(amount for duty, amount in person.credit.items() if duty in self.what)

    def post(self, board):
        for person in self.bound(board.people):
            missing = self.needed - self._earlier(person)
            for slot in board.layer.slots if missing > 0 else ():
                done = board.count(person, range(slot), self.what)
                yield Condition(done - board.on(person, slot, self.then) * missing, at_least=0, who=(person,),
                                when=(slot,))

    def check(self, schedule):
        for person in self.bound(schedule.people):
            done = self._earlier(person)
            for slot in schedule.layer.slots:
                if schedule.is_on(person, slot, self.then) and done < self.needed:
                    yield Violation(f"{person} is on {self.then} in {schedule.when([slot])} after only "
                                    f"{Many(done, self.needed.noun)} of {self.what}; {self.needed} needed first.",
                                    (person,), (slot,), self.needed - done)
                done += schedule.is_on(person, slot, self.what)
