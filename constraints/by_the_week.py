"""Call that is held for a week at a time."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class ByTheWeek(Rule):
    """{what} is held for whole weeks.

    Parameters: of – the call roles, each by itself; for – whom it binds (everyone). Within a week (it begins on the
    weekday on which the rotation weeks begin) whoever has the role has it on every night on which it is held at all.
    Counts every night of such a week that was left to somebody else alone.
    Why: a week-long call is planned for, and handed over once.
    Example: rule: by the week; of: Backup call
    """

    name = "by the week"
    layers = ("call",)
    layer_name: str = "call"
    what: Selection = key("of")
    who: Group | None = key("for", default=None)

    def post(self, board):
        model = board.model
        for duty in sorted(self.what.duties & set(board.layer.duties)):
            one = Selection.of(duty)
            for nights in board.layer.cut("week"):
                held = {s: board.is_any(board.people, s, one) for s in nights}
                for person in self.bound(board.people):
                    mine = board.is_any(person, nights, one)
                    for slot in set(nights).intersection(board.layer.present(person)):
                        both = mine + held[slot] - board.on(person, slot, one)
                        if model.upper(both) > 1:
                            yield Condition(both, at_most=1, who=(person,), when=(slot,))

    def room(self, room):
        """A period that lies in one week holds, for each fellow, all the nights of the role that are held, or none."""
        model = room.above.model
        for duty in sorted(self.what.duties & set(room.layer.duties)):
            for period, nights in room.slots.items():
                if len({room.layer.spans["week"][s] for s in nights}) > 1:
                    continue
                held = room.held(period, duty)
                for person in self.bound(room.people):
                    amount = room.amount(person, period, Selection.of(duty))
                    if amount.vars:
                        some = model.at_least(amount, 1)
                        yield Condition(held - amount - (1 - some) * model.upper(held), at_most=0, who=(person,),
                                        when=(period,))

    def check(self, schedule):
        week = schedule.layer.spans.get("week") or schedule.layer.slots
        for duty in sorted(self.what.duties):
            held = {}
            for slot in schedule.layer.slots:
                if schedule.who(slot, Selection.of(duty)):
                    held.setdefault(week[slot], []).append(slot)
            for person in self.bound(schedule.people):
                nights = set(schedule.slots_on(person, Selection.of(duty)))
                here = set(schedule.layer.present(person))
                for slots in held.values():
                    mine, left = ([s for s in slots if s in part] for part in (nights, here - nights))
                    if mine and left:
                        yield Violation(f"{person} has {duty} {schedule.dated(mine)}, but in the same week not "
                                        f"{schedule.dated(left)}.", (person,), tuple(left), len(left))
