"""What a night of call leaves of the next day."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class FreeAfterCall(Rule):
    """Nobody has {then} on the {halves} half-days after {what}.

    Parameters: of – the call roles; then – the clinics, short rotations and conferences that cannot be missed;
    half days – how many halves of the next day are off duty (1: the morning, 2: the day); for – whom it binds
    (everyone). Only the very next day counts, if it is worked at all. Counts every half-day that is not free.
    Why: after a night of in-house call nobody sees clinic patients, and no clinic is booked that will be cancelled.
    Example: rule: free after call; of: Night call; then: Continuity clinic; half days: 1
    """

    name = "free after call"
    layers = ("call",)
    across = ("then",)
    layer_name: str = "call"
    what: Selection = key("of")
    then: Selection
    halves: int = key("half days", default=2)
    who: Group | None = key("for", default=None)

    def _after(self, night, halves):
        """The half-day slots that each night takes, by its slot."""
        days = {}
        for slot in halves.slots:
            days.setdefault(halves.spans["day"][slot], []).append(slot)
        return {s: days.get(night.spans["day"][s] + 1, [])[:self.halves] for s in night.slots}

    def post(self, board):
        below = board.beside.get("half-days")
        if below is None:
            return                                  # nothing is taken by the half-day, so nothing can be missed
        after = self._after(board.layer, below.layer)
        for person in self.bound(board.people):
            for slot in board.layer.present(person):
                on = board.is_any(person, slot, self.what)
                for half in after[slot]:
                    busy = below.is_any(person, half, self.then)
                    if not (on.fixed and not on.const) and not (busy.fixed and not busy.const):
                        yield Condition(on + busy, at_most=1, who=(person,), when=(slot,))

    def check(self, schedule):
        halves = schedule.beside.get("half-days")
        if halves is None:
            return
        day, date = halves.layer.spans["day"], schedule.layer.spans["day"]
        for person in self.bound(schedule.people):
            nights = {date[slot]: slot for slot in schedule.slots_on(person, self.what)}
            for half in halves.slots_on(person, self.then):
                night = nights.get(day[half] - 1)
                late = half >= self.halves and day[half - self.halves] == day[half]     # so many halves were free
                if night is not None and not late:
                    yield Violation(f"{person} has {self.then} {halves.dated([half])}, after {self.what} "
                                    f"{schedule.dated([night])}.", (person,), (night,))
