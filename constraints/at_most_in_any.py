"""At most so many in any stretch."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection


@dataclass(frozen=True, kw_only=True)
class AtMostInAny(Rule):
    """In any {span}, no one is on {what} for more than {limit}.

    Parameters: of – the rotations, taken together; weeks – the most allowed; in any – the length of the stretch; for –
    whom it binds (everyone).
    Why: heavy services may not be crowded into one part of the year.
    Example: rule: at most in any; of: MIPS; weeks: 4; in any: 8
    """

    name = "at most in any"
    what: Selection = key("of")
    limit: Many = key("weeks")
    span: Many = key("in any")
    who: Group | None = key("for", default=None)

    def post(self, board):
        slots = board.layer.slots
        for person in self.bound(board.people):
            for first in range(max(1, len(slots) - self.span + 1)):
                window = slots[first:first + self.span]
                yield Condition(board.count(person, window, self.what), at_most=int(self.limit), who=(person,),
                                when=tuple(window))

    def check(self, schedule):
        last = max(0, len(schedule.layer.slots) - self.span)
        for person in self.bound(schedule.people):
            slots = schedule.slots_on(person, self.what)
            for first in range(last + 1):
                inside = [s for s in slots if first <= s < first + self.span]
                if len(inside) > self.limit:
                    yield Violation(f"{person} is on {self.what} for {Many(len(inside), self.limit.noun)} of {self.span}"
                                    f", {schedule.when(inside)}; at most {self.limit} allowed.", (person,),
                                    tuple(inside), len(inside) - self.limit)
