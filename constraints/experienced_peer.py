"""Nobody's first time without somebody who knows the place."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection


@dataclass(frozen=True, kw_only=True)
class ExperiencedPeer(Rule):
    """A fellow's first time on {what} is beside somebody experienced.

    Parameters: of – the rotations, taken together; weeks – how much of them makes a person experienced (1); experts –
    people who always count as experienced; for – whose first time is protected (everyone). Credit from earlier years
    counts for both: who has any needs no peer, who has enough is one.
    Why: safety; a first week alone teaches the wrong things.
    Example: rule: experienced peer; of: MIPS; weeks: 2
    """

    name = "experienced peer"
    what: Selection = key("of")
    needed: Many = key("weeks", default=Many(1))
    experts: Group | None = key("experts", default=None)
    who: Group | None = key("for", default=None)

    def _earlier(self, person):
        return sum(amount for duty, amount in person.credit.items() if duty in self.what)

    def _expert(self, person):
        return self.experts is not None and person in self.experts

    def post(self, board):
        model = board.model
        knows = {}
        for person in board.people:
            for slot in board.layer.slots:
                there = board.on(person, slot, self.what)
                if not self._expert(person):
                    done = board.count(person, range(slot), self.what) + self._earlier(person)
                    there = model.both(there, model.at_least(done, self.needed))
                knows[person.id, slot] = there
        for person in self.bound(board.people):
            if self._earlier(person) or self._expert(person):
                continue
            for slot in board.layer.slots:
                first = board.on(person, slot, self.what) - board.count(person, range(slot), self.what)
                peers = Linear.sum(knows[p.id, slot] for p in board.people if p.id != person.id)
                # `first` is 1 in the very first period only, and never more than 0 afterwards
                yield Condition(first - peers, at_most=0, who=(person,), when=(slot,))

    def check(self, schedule):
        runs = {p.id: schedule.slots_on(p, self.what) for p in schedule.people}
        for person in self.bound(schedule.people):
            if not runs[person.id] or self._earlier(person) or self._expert(person):
                continue
            first = runs[person.id][0]
            peers = [p for p in schedule.who(first, self.what) if p.id != person.id and (
                self._expert(p) or self._earlier(p) + sum(s < first for s in runs[p.id]) >= self.needed)]
            if not peers:
                yield Violation(f"{person} is on {self.what} for the first time in {schedule.when([first])} without "
                                f"anybody who has done {self.needed} of it.", (person,), (first,))

