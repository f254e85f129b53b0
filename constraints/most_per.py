"""At most so many in a day, a week or a month."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from scheduler.domain.rule import Ask, Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection, Window, listing


@dataclass(frozen=True, kw_only=True)
class MostPer(Rule):
    """No one has more than {limit} of {what} in a {per}.

    Parameters: of – what is counted, taken together; half-days, days, nights or weeks – the most, in half-days or
    nights; per – `day`, `week` (it begins on the weekday on which the rotation weeks begin) or calendar `month`; for –
    whom it binds (everyone); during – counting only these dates. Counts, for each of these, everything beyond the most.
    Why: clinics and short rotations are spread over the year, and the host rotation keeps its fellow.
    Example: rule: most per; of: Continuity clinic; half-days: 2; per: week
    """

    name = "most per"
    layers = ("half-days", "call")
    layer_name: str = "half-days"
    what: Selection = key("of")
    limit: Many = key("weeks")
    per: Literal["day", "week", "month"] = "week"
    who: Group | None = key("for", default=None)
    during: Window | None = key("during", default=None)

    def post(self, board):
        for person in self.bound(board.people):
            for slots in board.layer.cut(self.per):
                mine = [s for s in slots if self.during is None or s in self.during]
                yield Condition(board.count(person, mine, self.what), at_most=int(self.limit), who=(person,),
                                when=tuple(mine))

    def room(self, room):
        """Weeks and months may cut through periods; a period of several holds at most what its parts may hold."""
        spans = [[s for s in slots if self.during is None or s in self.during] for slots in room.layer.cut(self.per)]
        number = {s: n for n, slots in enumerate(spans) for s in slots}
        for person in self.bound(room.people):
            for period in room.periods(person):
                parts = Counter(number.get(s) for s in room.slots.get(period, ()))
                if len(parts) > 1:
                    most = sum(n if part is None else min(n, self.limit) for part, n in parts.items())
                    yield Condition(room.amount(person, period, self.what), at_most=most, who=(person,), when=(period,))
            for slots in spans:
                amount = room.within(person, slots, self.what)
                if room.above.model.upper(amount) > self.limit:
                    yield Condition(amount, at_most=int(self.limit), who=(person,), when=tuple(slots))

    def asks(self, layer):
        if self.per == "week" and self.during is None:
            yield Ask(self.what, tuple(self.bound(layer.people)), most=int(self.limit))

    # -- for people: a tally by span

    def check(self, schedule):
        cut = schedule.layer.spans.get(self.per) or schedule.layer.slots
        for person in self.bound(schedule.people):
            tally = {}
            for slot in schedule.slots_on(person, self.what):
                if self.during is None or slot in self.during:
                    tally.setdefault(cut[slot], []).append(slot)
            for mine in tally.values():
                if len(mine) > self.limit:
                    number = Many(len(mine), self.limit.noun)
                    yield Violation(f"{person} has {number} of {self.what} in one {self.per}, {schedule.when(mine)}; "
                                    f"at most {self.limit} allowed.", (person,), tuple(mine), len(mine) - self.limit)

    def eased(self, violations, layer):
        most = Many(int(self.limit) + max(v.amount for v in violations), self.limit.noun)
        names = listing(list(dict.fromkeys(str(p) for v in violations for p in v.who)))
        times = f" ({Many(len(violations), 'time')}: {names})"
        return f"Allow up to {most} of {self.what} in one {self.per} instead of {int(self.limit)}{times}."

    @property
    def sentence(self):
        whom = f" ({self.who})" if self.who is not None else ""
        when = f" during {self.during}" if self.during is not None else ""
        return f"No one{whom} has more than {self.limit} of {self.what} in a {self.per}{when}."
