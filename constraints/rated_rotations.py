"""What fellows think of each rotation."""

from dataclasses import dataclass, field

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Measure, Rule
from scheduler.domain.shares import once
from scheduler.domain.words import Selection


@dataclass(frozen=True, kw_only=True)
class RatedRotations(Rule):
    """Fellows spend their time on the rotations they rated highest.

    Parameters: ratings – for each fellow (or group) a whole number by rotation, what one period there is worth to them;
    rotations without a number are worth nothing. A measure to make large: the ratings of all periods, added up.
    Why: people learn most where they want to be.
    Example: rule: rated rotations; ratings: {Fellow A: {MIPS: 3}}; priority: wishes
    """

    name = "rated rotations"
    measured = True
    large = True
    layers = ("rotations",)
    rated: tuple[tuple[str, str, int], ...] = field(default=(), metadata={"key": "ratings"})

    def bound(self, people):
        """Those of these people who rated anything."""
        rating = {person for person, *_ in self.rated}
        return [p for p in people if p.id in rating]

    # -- for the solver: a weighted sum a person

    def shares(self, board):
        return once(board, self, lambda: dict(self._worth(board)))

    def _worth(self, board):
        for person in self.bound(board.people):
            each = [(Selection.of(duty), stars) for who, duty, stars in self.rated if who == person.id]
            yield person.id, Linear.sum(board.duties(person, board.layer.slots, what) * stars for what, stars in each)

    def post(self, board):
        yield Measure("ratings", Linear.sum(self.shares(board).values()))

    def walk(self, walk):
        return True                                 # cells have their own worth

    # -- for people: look up each period's rating

    def shares_of(self, schedule):
        found = {}
        for person in self.bound(schedule.people):
            rating = {}
            for who, duty, stars in self.rated:
                if who == person.id:
                    rating[duty] = rating.get(duty, 0) + stars
            found[person.id] = sum(rating.get(duty, 0) for _, duties in schedule.of(person) for duty in duties)
        return found

    def measures(self, schedule):
        yield "ratings", sum(self.shares_of(schedule).values())
