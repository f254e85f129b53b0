"""Days that are not split."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class WholeDays(Rule):
    """{what} is taken by the whole day.

    Parameters: of – the short rotations or leave, each by itself; for – whom it binds (everyone). Counts every half-day
    whose other half is spent elsewhere; a working day of one half only is a whole day.
    Why: what is owed in days is taught and travelled to by the day.
    Example: rule: whole days; of: Physiatry
    """

    name = "whole days"
    layers = ("half-days",)
    layer_name: str = "half-days"
    what: Selection = key("of")
    who: Group | None = key("for", default=None)

    def post(self, board):
        for person in self.bound(board.people):
            here = set(board.layer.present(person))
            for duty in sorted(self.what.duties & set(board.layer.duties)):
                year = board.year(person, Selection.of(duty))
                for slots in board.layer.cut("day"):
                    each = [year[s] for s in slots if s in here]
                    if len(each) < 2 or not any(part.vars or part.const for part in each):
                        continue
                    if len(each) == 2:
                        yield Condition(each[0] - each[1], at_least=0, at_most=0, who=(person,), when=tuple(slots))
                    else:
                        yield Condition(board.model.largest(each) * len(each) - sum(each[1:], each[0]), at_most=0,
                                        who=(person,), when=tuple(slots))

    def grain(self, layer):
        sizes = {len(slots) for slots in layer.cut("day")}
        return dict.fromkeys(self.what.duties, sizes.pop()) if self.who is None and len(sizes) == 1 else {}

    def room(self, room):
        """Two halves a day: a period holds an even number of them. Where days differ, nothing can be said."""
        sizes = {len(halves) for halves in room.layer.cut("day")}
        if len(sizes) != 1:
            return
        size = sizes.pop()
        for person in self.bound(room.people):
            for duty in sorted(self.what.duties & set(room.layer.duties)):
                for period in room.periods(person):
                    amount = room.amount(person, period, Selection.of(duty))
                    if amount.vars:
                        days = room.above.model.variable(0, room.above.model.upper(amount) // size)
                        yield Condition(amount - days * size, at_least=0, at_most=0, who=(person,), when=(period,))

    def check(self, schedule):
        day = schedule.layer.spans.get("day") or schedule.layer.slots
        for person in self.bound(schedule.people):
            halves = {}
            for slot in schedule.layer.present(person):
                halves.setdefault(day[slot], []).append(slot)
            for duty in sorted(self.what.duties):
                for slots in halves.values():
                    mine = [s for s in slots if duty in schedule.at(person, s)]
                    if mine and len(mine) < len(slots):
                        yield Violation(f"{person} is on {duty} for only a part of the day, {schedule.when(mine)}; it "
                                        "is taken by the whole day.", (person,), tuple(mine), len(slots) - len(mine))
