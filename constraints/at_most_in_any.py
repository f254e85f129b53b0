"""At most so many in any stretch."""

from dataclasses import dataclass

from scheduler.domain.calendar import runs_of
from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection


@dataclass(frozen=True, kw_only=True)
class AtMostInAny(Rule):
    """In any {span}, no one is on {what} for more than {limit}.

    Parameters: of – the rotations, taken together; weeks – the most allowed; in any – the length of the stretch; for –
    whom it binds (everyone). Every stretch of that length counts what it holds too much; a stretch longer than the year
    is the year.
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
            on = board.year(person, self.what)
            for first in range(max(1, len(slots) - self.span + 1)):
                window = slots[first:first + self.span]
                yield Condition(Linear.sum(on[first:first + self.span]), at_most=int(self.limit), who=(person,),
                                when=tuple(window))

    # -- for people: walk through the year with a tally, and tell each crowded part of it once

    def _crowded(self, schedule, person):
        """The last slot of each stretch that holds too many, with the slots spent on it."""
        mine, inside = schedule.slots_on(person, self.what), []
        for slot in schedule.layer.slots:
            inside = [s for s in inside if s > slot - self.span] + [slot] * (slot in mine)
            full = slot >= self.span - 1 or slot == len(schedule.layer.slots) - 1
            if full and len(inside) > self.limit:
                yield slot, inside

    def check(self, schedule):
        for person in self.bound(schedule.people):
            crowded = dict(self._crowded(schedule, person))
            for part in runs_of(crowded):
                worst = max((crowded[last] for last in part), key=len)
                yield Violation(f"{person} is on {self.what} for {Many(len(worst), self.limit.noun)} within "
                                f"{self.span}, {schedule.when(worst)}; at most {self.limit} allowed.", (person,),
                                tuple(sorted({s for last in part for s in crowded[last]})),
                                sum(len(crowded[last]) - self.limit for last in part))
