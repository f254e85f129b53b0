"""Evenly shared."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Measure, Rule, Violation, key
from scheduler.domain.words import Group, Selection, Window


@dataclass(frozen=True, kw_only=True)
class Evenness(Rule):
    """{what} is shared evenly over {over}.

    Parameters: of – the rotations, taken together; over – `fellows` (the difference between the most and the least) or
    `halves` or `quarters` of the year (for each fellow, the difference between the fullest and the emptiest, added up);
    during – counting only these dates, such as holidays; within – the largest difference allowed, for a rule that must
    hold; tally – last year's count of this name is carried over, fellow by fellow; for – whom it counts (everyone).
    Fellows who are not here all year are left out of the comparison.
    Why: fairness that people can count.
    Example: rule: evenness; of: MIPS; over: fellows; during: holidays; priority: evenness
    """

    name = "evenness"
    what: Selection = key("of")
    over: Literal["fellows", "halves", "quarters"] = "fellows"
    during: Window | None = key("during", default=None)
    within: int | None = None
    tally: str | None = None
    who: Group | None = key("for", default=None)

    @property
    def measured(self):
        """A measure, unless it says how even is even enough."""
        return self.within is None

    def _slots(self, layer):
        return [s for s in layer.slots if self.during is None or s in self.during]

    def _compared(self, layer):
        return [p for p in self.bound(layer.people)
                if p.id not in layer.here or len(layer.here[p.id]) == len(layer.slots)]

    def _carried(self, person):
        return person.tally.get(self.tally, 0) if self.tally else 0

    def _parts(self, layer):
        """The year's slots cut into equal parts, the earlier parts taking what does not divide."""
        number, length = {"halves": 2, "quarters": 4}[self.over], len(layer.slots)
        cuts = [-(-length * n // number) for n in range(number + 1)]
        return [[s for s in self._slots(layer) if a <= s < b] for a, b in pairwise(cuts)]

    # -- for the solver: twice the larger less the sum, which keeps its parity (an odd total can never be split evenly)

    def _spreads(self, board) -> Iterator[Linear]:
        model, layer = board.model, board.layer
        if self.over == "fellows":
            groups = [[board.count(p, self._slots(layer), self.what) + self._carried(p) for p in self._compared(layer)]]
        else:
            groups = [[board.count(p, part, self.what) for part in self._parts(layer)] for p in self._compared(layer)]
        for counts in groups:
            if len(counts) == 2:
                yield model.largest(counts) * 2 - counts[0] - counts[1]
            elif len(counts) > 2:
                yield model.largest(counts) - model.smallest(counts)

    def post(self, board):
        if self.within is None:
            yield Measure("difference", Linear.sum(self._spreads(board)))
            return
        for spread in self._spreads(board):
            yield Condition(spread, at_most=self.within)

    # -- for people: count and subtract

    def _counted(self, schedule):
        """(what is compared, count by name) for each comparison."""
        mine = {p: [s for s in schedule.slots_on(p, self.what) if self.during is None or s in self.during]
                for p in self._compared(schedule.layer)}
        if self.over == "fellows":
            if len(mine) > 1:
                yield str(self.what), {str(p): len(slots) + self._carried(p) for p, slots in mine.items()}
            return
        parts = self._parts(schedule.layer)
        for person, slots in mine.items():
            yield f"{self.what} of {person}", {
                f"part {n + 1}": sum(s in part for s in slots) for n, part in enumerate(parts)}

    def check(self, schedule):
        if self.within is None:
            return
        for what, counts in self._counted(schedule):
            difference = max(counts.values()) - min(counts.values())
            if difference > self.within:
                said = ", ".join(f"{name} {n}" for name, n in counts.items())
                yield Violation(f"{what} is uneven: {said}; a difference of {self.within} is allowed.",
                                amount=difference - self.within)

    def measures(self, schedule):
        if self.within is None:
            yield "difference", sum(max(c.values()) - min(c.values()) for _, c in self._counted(schedule))

    @property
    def sentence(self):
        when = f" in {self.during}" if self.during is not None else ""
        much = f", within {self.within}" if self.within is not None else ""
        return f"{self.what}{when} is shared evenly over {self.over}{much}."
