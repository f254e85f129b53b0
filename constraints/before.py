"""Prerequisites."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection


@dataclass(frozen=True, kw_only=True)
class Before(Rule):
    """Before the first time on {then}, each fellow spends {needed} on {what}.

    Parameters: first – the rotation that prepares; weeks – how much of it; then – the rotations it prepares for; for –
    whom it binds (everyone); name here those who owe the preparation, since nobody else can do without it. Credit from
    earlier years counts. Counts, for each period that comes too soon, the periods of preparation still missing.
    Why: some skills must be there before they are needed.
    Example: rule: before; first: Skills; weeks: 1; then: Procedures; for: not anesthesiology
    """

    name = "before"
    what: Selection = key("first")
    needed: Many = key("weeks")
    then: Selection = key("then")
    who: Group | None = key("for", default=None)

    def _earlier(self, layer, person):
        """Whole periods done before this year; credit is stated in weeks."""
        return sum(weeks for duty, weeks in person.credit.items() if duty in self.what) // max(layer.worth, default=1)

    def post(self, board):
        for person in self.bound(board.people):
            missing = self.needed - self._earlier(board.layer, person)
            if missing <= 0:
                continue
            done = Linear()
            for slot in board.layer.slots:
                yield Condition(done - board.on(person, slot, self.then) * missing, at_least=0, who=(person,),
                                when=(slot,))
                done = done + board.on(person, slot, self.what)

    def walk(self, walk):
        missing = self.needed - self._earlier(walk.board.layer, walk.person)
        if missing > 0 and self.bound([walk.person]):
            walk.need(self.what, int(missing), self.then)
        return not self.what.duties & self.then.duties

    def check(self, schedule):
        for person in self.bound(schedule.people):
            earlier, mine = self._earlier(schedule.layer, person), schedule.slots_on(person, self.what)
            early = {}
            for slot in schedule.slots_on(person, self.then):
                had = earlier + sum(s < slot for s in mine)
                if had < self.needed:
                    early.setdefault(had, []).append(slot)
            for had, slots in early.items():
                yield Violation(f"{person} is on {self.then} {schedule.dated(slots)} after only "
                                f"{Many(had, self.needed.noun)} of {self.what}; {self.needed} needed first.", (person,),
                                tuple(slots), (self.needed - had) * len(slots))
