"""What may not be for somebody at some time."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection, Window


@dataclass(frozen=True, kw_only=True)
class Forbidden(Rule):
    """{who} is not on {what} in {during}.

    Parameters: of – the rotations; for – who (everyone); during – in these dates (the whole year).
    Why: a promise, a conflict of dates, a blackout for leave.
    Example: rule: forbidden; for: Fellow A; of: Nights; during: 2026-12-21
    """

    name = "forbidden"
    what: Selection = key("of")
    who: Group | None = key("for", default=None)
    during: Window | None = key("during", default=None)

    def _binds(self, slot):
        return self.during is None or slot in self.during

    def never(self, layer):
        duties = self.what.duties & set(layer.duties)
        for person in self.bound(layer.people):
            for slot in filter(self._binds, layer.present(person)):
                for duty in duties:
                    yield person.id, slot, duty

    def post(self, board):
        for person in self.bound(board.people):
            for slot in filter(self._binds, board.layer.present(person)):
                there = board.on(person, slot, self.what)
                if not there.fixed or there.const:
                    yield Condition(there, at_most=0, who=(person,), when=(slot,))

    def walk(self, walk):
        return True                                 # a cell that cannot be is not open

    def check(self, schedule):
        for person in self.bound(schedule.people):
            for slot in schedule.slots_on(person, self.what):
                if self._binds(slot):
                    yield Violation(f"{person} is on {self.what} {schedule.dated([slot])}, which is ruled out.",
                                    (person,), (slot,))

    @property
    def sentence(self):
        whom = str(self.who) if self.who is not None else "Nobody"
        verb = "is never" if self.who is not None else "is ever"
        when = f" in {self.during}" if self.during is not None else ""
        return f"{whom} {verb} on {self.what}{when}."
