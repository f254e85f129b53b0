"""Nobody's first time without somebody who knows the place."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection


@dataclass(frozen=True, kw_only=True)
class ExperiencedPeer(Rule):
    """A fellow's first time on {what} is beside somebody who has done {needed} of it.

    Parameters: of – the rotations, taken together; weeks – how much of them, in earlier periods, makes a person
    experienced (1); experts – people who always count as experienced; for – whose first time is protected (everyone).
    Credit from earlier years counts for both: who has any needs no peer, who has enough is one. Newcomers who begin
    together each need a peer, and are none for each other; one peer is enough for all.
    Why: safety; a first week alone teaches the wrong things.
    Example: rule: experienced peer; of: MIPS; weeks: 2
    """

    name = "experienced peer"
    what: Selection = key("of")
    needed: Many = key("weeks", default=Many(1))
    experts: Group | None = key("experts", default=None)
    who: Group | None = key("for", default=None)

    def _credit(self, person):
        """Weeks done before this year."""
        return sum(weeks for duty, weeks in person.credit.items() if duty in self.what)

    def _earlier(self, layer, person):
        """Whole periods done before this year; credit is stated in weeks."""
        return self._credit(person) // max(layer.worth, default=1)

    def _expert(self, person):
        return self.experts is not None and person in self.experts

    def _newcomers(self, people):
        return [p for p in self.bound(people) if not self._credit(p) and not self._expert(p)]

    def post(self, board):
        model, slots = board.model, board.layer.slots
        knows = {}
        for person in board.people:
            done = Linear(const=self._earlier(board.layer, person))
            for slot in slots:
                there = board.on(person, slot, self.what)
                knows[person.id, slot] = (
                    there if self._expert(person) else model.both(there, model.at_least(done, self.needed)))
                done = done + there
        for person in self._newcomers(board.people):
            for slot in slots:
                # 1 in the very first period only, and never more than 0 afterwards
                first = board.on(person, slot, self.what) - board.count(person, range(slot), self.what)
                peers = Linear.sum(knows[p.id, slot] for p in board.people if p.id != person.id)
                yield Condition(first - peers, at_most=0, who=(person,), when=(slot,))

    def check(self, schedule):
        times = {p.id: schedule.slots_on(p, self.what) for p in schedule.people}
        for person in self._newcomers(schedule.people):
            first = min(times[person.id], default=None)
            if first is None:
                continue
            beside = [p for p in schedule.who(first, self.what) if p.id != person.id]
            if not any(self._expert(p) or self._earlier(schedule.layer, p) + sum(s < first for s in times[p.id])
                       >= self.needed for p in beside):
                yield Violation(f"{person} is on {self.what} for the first time {schedule.dated([first])} without "
                                f"anybody who has done {self.needed} of it.", (person,), (first,))

    @property
    def sentence(self):
        expert = f", or beside {self.experts}" if self.experts is not None else ""
        whose = f"The first time of {self.who}" if self.who is not None else "A fellow's first time"
        return f"{whose} on {self.what} is beside somebody who has done {self.needed} of it{expert}."
