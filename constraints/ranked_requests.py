"""What people would like, with equal influence for everyone."""

from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import Literal

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Measure, Rule
from scheduler.domain.verdict import Wish
from scheduler.domain.words import Selection

#: points of the 1st, 2nd, 3rd … request of a kind: the purse, the same for everyone; later ranks are worth nothing
POINTS = (8, 5, 3, 2, 1)


@dataclass(frozen=True)
class WishFor:
    """One request: these duties in ``any``, ``all`` or ``none`` of these slots. ``rank`` starts at 1, the dearest."""

    person: str
    kind: str
    text: str
    rank: int
    what: Selection
    slots: frozenset[int]
    mode: Literal["any", "all", "none"] = "any"


@dataclass(frozen=True, kw_only=True)
class RankedRequests(Rule):
    """Requests are granted by rank, with equal influence for every fellow.

    Parameters: wishes – the requests; table – points by rank, the same for everyone, nothing for later ranks; most –
    how many periods of a kind can be granted at all (three weeks of vacation: three), as (kind, number) for everyone or
    (fellow, kind, number) for one. A fellow's loss is the best that fellow could have had alone, less the points
    granted; more than that is no gain. Two measures to make small, in this order: the largest loss of any fellow, then
    all losses.
    Why: a pile of small wishes must not outvote a large one, and nobody may pay for the others.
    Example: requests: fellow: Fellow A; vacation: [2026-12-21, 2027-03-15]
    """

    name = "ranked requests"
    measured = True
    wishes_for: tuple[WishFor, ...] = field(default=(), metadata={"key": "wishes"})
    table: tuple[int, ...] = POINTS
    most: tuple[tuple[str, int] | tuple[str, str, int], ...] = ()

    def worth(self, rank):
        """What a request of this rank is worth."""
        return dict(enumerate(self.table, 1)).get(rank, 0)

    def _of(self, person_id):
        return [w for w in self.wishes_for if w.person == person_id]

    def best(self, person_id):
        """The most points a fellow could have if nobody else asked for anything."""
        mine, most = self._of(person_id), {tuple(about): number for *about, number in self.most}
        return sum(self._best_of([w for w in mine if w.kind == kind], most.get((person_id, kind), most.get((kind,))))
                   for kind in {w.kind for w in mine})

    def _best_of(self, wishes, most):
        """The dearest wishes of one kind that fit into so many periods together."""
        dear = [w for w in wishes if self.worth(w.rank)]
        choices = chain.from_iterable(combinations(dear, n) for n in range(len(dear) + 1))
        return max(sum(self.worth(w.rank) for w in chosen) for chosen in choices
                   if most is None or _periods(chosen) <= most)

    # -- for the solver: each wish as a 0/1 sum

    def granted(self, board, person, wish):
        slots = sorted(wish.slots)
        if wish.mode == "any":
            return board.is_any(person, slots, wish.what)
        missed = [1 - board.on(person, s, wish.what) if wish.mode == "all" else board.on(person, s, wish.what)
                  for s in slots]
        return 1 - board.model.any_of(missed)

    def post(self, board):
        losses = []
        for person in board.people:
            if mine := self._of(person.id):
                got = Linear.sum(self.granted(board, person, w) * self.worth(w.rank) for w in mine)
                loss = self.best(person.id) - got
                # a sum that is never negative stands for itself: a helper would cost the solver time
                losses.append(loss if board.model.lower(loss) >= 0 else board.model.beyond(loss))
        yield Measure("worst-off fellow", board.model.largest(losses) if losses else Linear())
        yield Measure("points not granted", Linear.sum(losses))

    # -- for people: look, and add up

    def is_granted(self, schedule, wish):
        """Whether a schedule grants the wish."""
        on = set(schedule.slots_on(schedule.layer.person(wish.person), wish.what)) & wish.slots
        return {"any": bool(on), "all": on == wish.slots, "none": not on}[wish.mode]

    def measures(self, schedule):
        points = {person.id: 0 for person in schedule.people if self._of(person.id)}
        for wish in self.wishes(schedule):
            points[wish.fellow.id] += wish.points if wish.granted else 0
        losses = [max(0, self.best(person_id) - got) for person_id, got in points.items()]
        yield "worst-off fellow", max(losses, default=0)
        yield "points not granted", sum(losses)

    def wishes(self, schedule):
        people = {p.id: p for p in schedule.people}
        for w in self.wishes_for:
            if w.person in people:
                yield Wish(people[w.person], w.kind, w.text, w.rank, self.worth(w.rank), self.is_granted(schedule, w),
                           tuple(sorted(w.slots)), str(w.what))


def _periods(wishes):
    """How many periods these wishes take together: what overlaps counts once; to be somewhere at any time takes one."""
    whole = frozenset().union(*(w.slots for w in wishes if w.mode == "all"))
    return len(whole) + sum(w.mode == "any" for w in wishes)
