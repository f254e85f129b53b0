"""What is already decided."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection, Window, listing


@dataclass(frozen=True, kw_only=True)
class Pinned(Rule):
    """{who} is on {what} in {during}.

    Parameters: of – the rotation or leave; for – who; during – in all of these dates.
    Why: approved leave, and what has been promised or already happened.
    Example: rule: pinned; for: Fellow A; of: Vacation; during: 2026-12-21
    """

    name = "pinned"
    what: Selection = key("of")
    who: Group = key("for")
    during: Window = key("during")

    def _slots(self, layer, person):
        return [s for s in layer.present(person) if s in self.during]

    def post(self, board):
        for person in self.bound(board.people):
            for slot in self._slots(board.layer, person):
                yield Condition(board.on(person, slot, self.what), at_least=1, who=(person,), when=(slot,))

    def room(self, room):
        for person in self.bound(room.people):
            mine = self._slots(room.layer, person)
            for period in sorted({room.layer.parent[s] for s in mine}):
                number = sum(room.layer.parent[s] == period for s in mine)
                yield Condition(room.amount(person, period, self.what), at_least=number, who=(person,), when=(period,))

    def check(self, schedule):
        for person in self.bound(schedule.people):
            for slot in self._slots(schedule.layer, person):
                if not schedule.is_on(person, slot, self.what):
                    doing = " and ".join(schedule.at(person, slot)) or "nothing"
                    yield Violation(f"{person} has {doing} {schedule.dated([slot])}; {self.what} is fixed there.",
                                    (person,), (slot,))

    def eased(self, violations, layer):
        when = layer.when(sorted({s for v in violations for s in v.when}))
        names = listing(list(dict.fromkeys(str(p) for v in violations for p in v.who)))
        return f"Do not fix {names} to {self.what} {'on' if layer.parent else 'in'} {when}."
