"""No idle time before the last period of work."""

from dataclasses import dataclass
from itertools import pairwise

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Measure, Rule, key
from scheduler.domain.shares import once
from scheduler.domain.walk import NEVER, Trait
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class FewGaps(Rule):
    """Fellows wait as little as possible for their last time on {what}.

    Parameters: of – the rotations that are not idle time; for – whom it counts (everyone). A measure to make small: for
    each fellow, the periods before the last one on these rotations that are spent on none of them, added up. Periods in
    which a fellow is not here count for nothing.
    Why: who is done early can leave early, and nobody pays rent to wait.
    Example: rule: few gaps; of: any rotation; priority: comfort
    """

    name = "few gaps"
    measured = True
    layers = ("rotations",)
    what: Selection = key("of")
    who: Group | None = key("for", default=None)

    # -- for the solver: a flag that falls once, after the last period of work, and what it covers without work

    def shares(self, board):
        return once(board, self, lambda: {p.id: self._waited(board, p) for p in self.bound(board.people)})

    def _waited(self, board, person):
        model, on = board.model, [board.on(person, s, self.what) for s in board.layer.present(person)]
        more = self._more(board)[person.id]
        for now, later in pairwise(more):
            model.define(now - later, at_least=0)
        for now, there in zip(more, on, strict=True):
            model.define(now - there, at_least=0)
        return Linear.sum(more) - Linear.sum(on)

    def _more(self, board):
        """For each person a flag for every period: there is work to come, or now."""
        return once(board, (self, "more"), lambda: {
            p.id: [board.model.variable() for _ in board.layer.present(p)] for p in self.bound(board.people)})

    def walk(self, walk):
        slots = walk.board.layer.present(walk.person)
        if self.bound([walk.person]) and not all(walk.board.on(walk.person, s, self.what).fixed for s in slots):
            more = self._more(walk.board)[walk.person.id]
            # state 0: more is to come, 1: no more is; in a period without work the walk chooses which it is
            works, waits, is_done = (0, NEVER), (0, NEVER), (1, 1)
            walk.remember(Trait(2, dict.fromkeys(self.what.duties, (works,)), frozenset({0, 1}),
                                lambda slot, _, after: () if after else tuple(more[slot].vars),
                                others=(waits, is_done)))
        return True

    def post(self, board):
        yield Measure("periods of waiting", Linear.sum(self.shares(board).values()))

    # -- for people: look from the end of the year

    def shares_of(self, schedule):
        found = {}
        for person in self.bound(schedule.people):
            busy = [any(d in self.what for d in duties) for _, duties in schedule.of(person)]
            while busy and not busy[-1]:
                busy.pop()
            found[person.id] = busy.count(False)
        return found

    def measures(self, schedule):
        yield "periods of waiting", sum(self.shares_of(schedule).values())
