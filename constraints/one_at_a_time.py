"""Nobody is in two places."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Selection, listing


@dataclass(frozen=True, kw_only=True)
class OneAtATime(Rule):
    """Nobody has two of {what} at one time.

    Parameters: of – the clinics, short rotations and days of leave, or the call roles. Nothing at all is allowed: then
    the fellow is with the host rotation, or off call.
    Why: a fellow cannot be in two places.
    Example: rule: one at a time; of: [Continuity clinic, Physiatry]
    """

    name = "one at a time"
    layers = ("half-days", "call")
    layer_name: str = "half-days"
    what: Selection = key("of")

    def post(self, board):
        for person in board.people:
            for slot in board.layer.present(person):
                mine = board.duties(person, slot, self.what)
                if len(mine.vars) + mine.const > 1:
                    yield Condition(mine, at_most=1, who=(person,), when=(slot,))

    def room(self, room):
        for person in room.people:
            for period in room.periods(person):
                mine = room.amount(person, period, self.what)
                if mine.vars:
                    open_ = sum(any(room.open(person, period, d, (s,)) for d in self.what if d in room.layer.duties)
                                for s in room.slots[period])
                    yield Condition(mine, at_most=open_, who=(person,), when=(period,))

    def apart(self, layer):
        return self.what.duties

    def check(self, schedule):
        for person in schedule.people:
            for slot, duties in schedule.of(person):
                mine = [d for d in duties if d in self.what]
                if len(mine) > 1:
                    yield Violation(f"{person} has {listing(mine)} at once {schedule.dated([slot])}.", (person,),
                                    (slot,), len(mine) - 1)
