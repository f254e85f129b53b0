"""Few moves from site to site."""

from dataclasses import dataclass
from itertools import pairwise

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Measure, Rule, key
from scheduler.domain.shares import once
from scheduler.domain.walk import Trait
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class FewSiteChanges(Rule):
    """Fellows move from one site to another as seldom as possible.

    Parameters: for – whom it counts (everyone). A measure to make small: how often a fellow's site differs from the
    last one they were at. Periods without a site (leave, rotations that name none or visit several) change nothing: who
    comes back to the same site has not moved. Of two sites at once, the first in the alphabet counts.
    Why: every move costs a badge, a computer account and a flat.
    Example: rule: few site changes; priority: comfort
    """

    name = "few site changes"
    measured = True
    layers = ("rotations",)
    who: Group | None = key("for", default=None)
    #: the site of each rotation that has one
    site_of: tuple[tuple[str, str], ...] = ()

    # -- for the solver: one place at a time, kept until another is needed; every arrival but the first is a move

    def shares(self, board):
        return once(board, self, lambda: {p.id: self._moves(board, p) for p in self.bound(board.people)})

    def _moves(self, board, person):
        visits = self._visits(board)[person.id]
        last = visits[-1][0].values() if visits else ()
        return Linear.sum(arrival for _, arrivals in visits for arrival in arrivals.values()) - Linear.sum(last)

    def _places(self, layer):
        return sorted({site for duty, site in self.site_of if duty in layer.duties})

    def _visits(self, board):
        """For each person and period two sets of flags by place: is the last one visited, is arrived at."""
        return once(board, (self, "visits"), lambda: {
            p.id: list(self._visited(board, p)) for p in self.bound(board.people)})

    def _visited(self, board, person):
        model, last, places = board.model, {}, self._places(board.layer)
        for slot in board.layer.present(person):
            there, now = self._there(board, person, slot, places), {place: model.variable() for place in places}
            for place in places:
                model.define(now[place] - there[place], at_least=0)
            arrivals = {place: model.beyond(now[place] - last.get(place, Linear())) for place in places}
            model.define(Linear.sum(now.values()), at_most=1)
            yield now, arrivals
            last = now

    def walk(self, walk):
        if self.bound([walk.person]):
            visits, places = self._visits(walk.board)[walk.person.id], self._places(walk.board.layer)
            number = {place: n for n, place in enumerate(places, 1)}

            def marks(slot, before, after):
                """The place of the state after it is the last one visited; a new one is arrived at."""
                now, arrivals = visits[slot]
                made = [now[places[after - 1]]] if after else []
                return tuple(v for flag in [*made, *(arrivals[places[after - 1]] for _ in made if before != after)]
                             for v in flag.vars)

            ways = {duty: ((number[site],) * (len(places) + 1),) for duty, site in self.site_of
                    if duty in walk.board.layer.duties}
            walk.remember(Trait(len(places) + 1, ways, frozenset(range(len(places) + 1)), marks))
        return not walk.board.layer.can_coincide(Selection("anywhere", frozenset(dict(self.site_of))))

    def _there(self, board, person, slot, places):
        """Whether the fellow is at each of these places then; in one cell with two sites, at the first."""
        duties = {place: frozenset(d for d, site in self.site_of if site == place) for place in places}
        there, taken = {}, Linear()
        for place in places:
            on = board.on(person, slot, Selection(place, duties[place]))
            if board.layer.can_coincide(Selection("anywhere", frozenset().union(*duties.values()))):
                on = board.model.both(on, 1 - taken)
                taken = taken + on
            there[place] = on
        return there

    def post(self, board):
        yield Measure("site changes", Linear.sum(self.shares(board).values()))

    # -- for people: walk through the year

    def shares_of(self, schedule):
        places, found = dict(self.site_of), {}
        for person in self.bound(schedule.people):
            visited = [min(where) for _, duties in schedule.of(person)
                       if (where := {places[d] for d in duties if d in places})]
            found[person.id] = sum(one != other for one, other in pairwise(visited))
        return found

    def measures(self, schedule):
        yield "site changes", sum(self.shares_of(schedule).values())
