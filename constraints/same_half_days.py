"""The same half-day every week."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Measure, Rule, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class SameHalfDays(Rule):
    """Each fellow has {what} on as few different half-days of the week as possible.

    Parameters: of – the clinics, each by itself; for – whom it counts (everyone). Counts, for each fellow and clinic,
    the different half-days of the week (Tuesday morning is one) that are used at all in the year.
    Why: a clinic that is always on Tuesday morning can be remembered, and booked for patients months ahead.
    Example: rule: same half-days; of: Continuity clinic; priority: convenience
    """

    name = "same half days"
    measured = True
    layers = ("half-days",)
    layer_name: str = "half-days"
    what: Selection = key("of")
    who: Group | None = key("for", default=None)

    def post(self, board):
        used = []
        for person in self.bound(board.people):
            here = set(board.layer.present(person))
            for duty in sorted(self.what.duties & set(board.layer.duties)):
                for slots in board.layer.cut("weekday"):
                    used.append(board.is_any(person, [s for s in slots if s in here], Selection.of(duty)))
        yield Measure("half-days of the week", Linear.sum(used))

    def measures(self, schedule):
        weekday = schedule.layer.spans.get("weekday") or schedule.layer.slots
        yield "half-days of the week", sum(
            len({weekday[s] for s in schedule.slots_on(person, Selection.of(duty))})
            for person in self.bound(schedule.people) for duty in self.what.duties)
