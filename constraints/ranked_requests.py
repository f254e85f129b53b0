"""What people would like, with equal influence for everyone."""

from dataclasses import dataclass, field
from typing import Literal

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Measure, Rule
from scheduler.domain.verdict import Wish
from scheduler.domain.words import Selection

#: points of the 1st, 2nd, 3rd … request of a kind; everyone has the same, and later ranks are worth 1
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

    Parameters: wishes – the requests; table – points by rank, the same for everyone; most – how many requests of a kind
    can be granted at all (three weeks of vacation: three). A fellow's loss is the best that fellow could have had
    alone, less the points granted. Two measures to make small, in this order: the largest loss of any fellow, then all
    losses.
    Why: a pile of small wishes must not outvote a large one, and nobody may pay for the others.
    Example: requests: fellow: Fellow A; vacation: [2026-12-21, 2027-03-15]
    """

    name = "ranked requests"
    measured = True
    wishes_for: tuple[WishFor, ...] = field(default=(), metadata={"key": "wishes"})
    table: tuple[int, ...] = POINTS
    most: tuple[tuple[str, int], ...] = ()

    def worth(self, rank):
        """What a request of this rank is worth."""
        return self.table[rank - 1] if rank <= len(self.table) else 1

    def _of(self, person_id):
        return [w for w in self.wishes_for if w.person == person_id]

    def best(self, person_id):
        """The most points a fellow could have if nobody else asked for anything."""
        most, total = dict(self.most), 0
        for kind in {w.kind for w in self._of(person_id)}:
            ranked = sorted((self.worth(w.rank) for w in self._of(person_id) if w.kind == kind), reverse=True)
            total += sum(ranked[:most.get(kind, len(ranked))])
        return total

    def _granted(self, board, person, wish):
        """A 0/1 sum: 1 when the wish is granted."""
        slots = sorted(wish.slots)
        if wish.mode == "any":
            return board.is_any(person, slots, wish.what)
        missed = [1 - board.on(person, s, wish.what) if wish.mode == "all" else board.on(person, s, wish.what)
                  for s in slots]
        return 1 - board.model.any_of(missed)

    def post(self, board):
        losses = []
        for person in board.people:
            mine = self._of(person.id)
            if mine:
                got = Linear.sum(self._granted(board, person, w) * self.worth(w.rank) for w in mine)
                losses.append(self.best(person.id) - got)
        yield Measure("worst-off fellow", board.model.largest(losses) if losses else Linear())
        yield Measure("points not granted", Linear.sum(losses))

    def is_granted(self, schedule, wish):
        """Whether a schedule grants the wish."""
        on = set(schedule.slots_on(schedule.layer.person(wish.person), wish.what)) & wish.slots
        return {"any": bool(on), "all": on == wish.slots, "none": not on}[wish.mode]

    def measures(self, schedule):
        losses = []
        for person in schedule.people:
            if mine := self._of(person.id):
                got = sum(self.worth(w.rank) for w in mine if self.is_granted(schedule, w))
                losses.append(self.best(person.id) - got)
        yield "worst-off fellow", max(losses, default=0)
        yield "points not granted", sum(losses)

    def wishes(self, schedule):
        for w in self.wishes_for:
            yield Wish(schedule.layer.person(w.person), w.kind, w.text, w.rank, self.worth(w.rank),
                       self.is_granted(schedule, w), tuple(sorted(w.slots)), str(w.what))
