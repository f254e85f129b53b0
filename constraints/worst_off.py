"""Nobody pays for the others."""

from dataclasses import dataclass, field
from typing import NewType

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Measure, Rule, key
from scheduler.domain.shares import Shared
from scheduler.domain.words import Group, listing

RuleName = NewType("RuleName", str)


@dataclass(frozen=True, kw_only=True)
class WorstOff(Rule):
    """The fellow who comes off worst in {counting} comes off as well as possible.

    Parameters: counting – other measures of the same priority, by their rules' names (rated rotations, few gaps, few
    site changes), each with its own points; for – whom it compares (everyone whom one of them counts). A measure to
    make large: the smallest of the fellows' own sums, where what is to be made small counts as minus.
    Why: the best year for all together may be a bad one for somebody.
    Example: rule: worst off; counting: [few gaps, few site changes]; priority: comfort
    """

    name = "worst off"
    measured = True
    large = True
    layers = ("rotations",)
    counting: tuple[RuleName, ...] = key("counting", default=())
    who: Group | None = key("for", default=None)
    #: the rules of these names
    parts: tuple[Shared, ...] = field(default=(), metadata={"key": "counting"})

    # -- for the solver: a variable below every fellow's sum

    def post(self, board):
        sums = {}
        for part in self.parts:
            sign = part.points if part.large else -part.points
            for person, share in part.shares(board).items():
                sums.setdefault(person, []).append(share * sign)
        mine = [Linear.sum(sums[p.id]) for p in self.bound(board.people) if p.id in sums]
        yield Measure("worst-off points", board.model.smallest(mine) if mine else Linear())

    def walk(self, walk):
        return len(self.bound(walk.board.people)) > 1       # of one person alone it would say something

    # -- for people: everyone's points, and the least of them

    def points_of(self, schedule):
        """Each fellow's own sum, by id."""
        counted = {p.id for part in self.parts for p in part.bound(schedule.people)}
        each = [(part, part.shares_of(schedule)) for part in self.parts]
        return {p.id: sum(shares.get(p.id, 0) * part.points * (1 if part.large else -1) for part, shares in each)
                for p in self.bound(schedule.people) if p.id in counted}

    def measures(self, schedule):
        yield "worst-off points", min(self.points_of(schedule).values(), default=0)

    @property
    def sentence(self):
        about = listing(list(self.counting or dict.fromkeys(part.name for part in self.parts)))
        return f"The fellow who comes off worst in {about} comes off as well as possible."
