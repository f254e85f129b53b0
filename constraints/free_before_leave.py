"""No call on leave, nor the night before it."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class FreeBeforeLeave(Rule):
    """Nobody has {what} on {leave}, or on the night before it.

    Parameters: of – the call roles; leave – the kinds of leave, whole periods and single days (leave taken inside a
    rotation has no dates, and is left out); for – whom it binds (everyone). Counts every night.
    Why: leave begins in the morning, not after a night of call.
    Example: rule: free before leave; of: Night call; leave: any leave
    """

    name = "free before leave"
    layers = ("call",)
    across = ("leave",)
    layer_name: str = "call"
    what: Selection = key("of")
    leave: Selection
    who: Group | None = key("for", default=None)

    def _weekly(self, rotations):
        """The leave that takes whole periods."""
        return self.leave.without({i.leave for i in rotations.inside})

    # -- for the solver: night by night, what lies on its date and on the next

    def post(self, board):
        rotations, halves = board.beside["rotations"], board.beside.get("half-days")
        day, weekly, single = board.layer.spans["day"], self._weekly(rotations.layer), {}
        for slot in halves.layer.slots if halves is not None else ():
            single.setdefault(halves.layer.spans["day"][slot], []).append(slot)
        period = {day[s]: board.layer.parent[s] for s in board.layer.slots}
        for person in self.bound(board.people):
            for slot in board.layer.present(person):
                on = board.is_any(person, slot, self.what)
                if on.fixed and not on.const:
                    continue
                dates = (day[slot], day[slot] + 1)
                away = [rotations.is_any(person, sorted({period[d] for d in dates if d in period}), weekly)]
                if halves is not None:
                    away.append(halves.is_any(person, [s for d in dates for s in single.get(d, ())], self.leave))
                off = board.model.any_of(away)
                if not off.fixed or off.const:
                    yield Condition(on + off, at_most=1, who=(person,), when=(slot,))

    def room(self, room):
        """Leave takes the last night of the period before it; that its own nights are free, "taken from" says."""
        layer, weekly = room.layer, self._weekly(room.above.layer)
        day, parent = layer.spans["day"], {layer.spans["day"][s]: layer.parent[s] for s in layer.slots}
        duties = [d for d in self.what if d in layer.duties]
        for person in self.bound(room.people):
            for period in room.periods(person):
                open_ = [s for s in room.slots.get(period, ())
                         if any(room.open(person, period, d, (s,)) for d in duties)]
                amount, most = room.amount(person, period, self.what), Linear(const=len(open_))
                for slot in open_:
                    after = parent.get(day[slot] + 1, period)
                    if after != period:
                        most = most - room.host(person, after, weekly)
                if most.vars or most.const < len(open_):
                    yield Condition(amount - most, at_most=0, who=(person,), when=(period,))

    # -- for people: the dates on which someone is away

    def check(self, schedule):
        rotations, halves = schedule.beside["rotations"], schedule.beside.get("half-days")
        day, weekly = schedule.layer.spans["day"], self._weekly(rotations.layer)
        for person in self.bound(schedule.people):
            weeks = set(rotations.slots_on(person, weekly))
            away = {day[s] for s in schedule.layer.slots if schedule.layer.parent[s] in weeks}
            if halves is not None:
                away |= {halves.layer.spans["day"][s] for s in halves.slots_on(person, self.leave)}
            for slot in schedule.slots_on(person, self.what):
                if day[slot] in away or day[slot] + 1 in away:
                    why = "while on leave" if day[slot] in away else "the night before leave"
                    yield Violation(f"{person} has {self.what} {schedule.dated([slot])}, {why}.", (person,), (slot,))
