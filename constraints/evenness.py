"""Evenly shared."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from scheduler.domain.layer import Person
from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Measure, Rule, Violation, key
from scheduler.domain.words import Group, Selection, Window, listing

PARTS = {"halves": ("first half", "second half"),
         "quarters": ("first quarter", "second quarter", "third quarter", "fourth quarter")}


@dataclass(frozen=True, kw_only=True)
class Evenness(Rule):
    """{what} is shared evenly over {over}.

    Parameters: of – the rotations, taken together; over – `fellows` (the difference between the most and the least) or
    `halves` or `quarters` of the year (for each fellow, the difference between the fullest and the emptiest, added up);
    during – counting only these dates, such as holidays; within – the largest difference allowed, for a rule that must
    hold (left out: as small as possible, in a priority); tally – last year's count of this name is carried over, fellow
    by fellow, where fellows are compared; for – whom it counts (everyone). Fellows who are not here all year are left
    out of the comparison. Periods are counted, not weeks; parts of the year are as equal as whole periods allow.
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
        return [p for p in self.bound(layer.people) if len(list(layer.present(p))) == len(layer.slots)]

    def _carried(self, person):
        return person.tally.get(self.tally, 0) if self.tally else 0

    def _parts(self, layer):
        """The year's slots cut into parts as equal as can be; a half is always two quarters."""
        number, length = len(PARTS[self.over]), len(layer.slots)
        cuts = [-(-length * n // number) for n in range(number + 1)]
        return [[s for s in self._slots(layer) if a <= s < b] for a, b in pairwise(cuts)]

    # -- for the solver: twice the larger less the sum, which keeps its parity (an odd total can never be split evenly)

    def _spreads(self, board) -> Iterator[tuple[tuple[Person, ...], Linear]]:
        """Whom it is about, and the largest count less the smallest, for each comparison."""
        model, layer, compared = board.model, board.layer, self._compared(board.layer)
        if self.over == "fellows":
            slots = self._slots(layer)
            groups = [(tuple(compared), [board.count(p, slots, self.what) + self._carried(p) for p in compared])]
        else:
            groups = [((p,), [board.count(p, part, self.what) for part in self._parts(layer)]) for p in compared]
        for who, counts in groups:
            if len(counts) == 2:
                yield who, model.largest(counts) * 2 - counts[0] - counts[1]
            elif counts:
                yield who, model.largest(counts) - model.smallest(counts)

    def post(self, board):
        spreads = list(self._spreads(board))
        if self.within is None:
            yield Measure("difference", Linear.sum(spread for _, spread in spreads))
        else:
            for who, spread in spreads:
                yield Condition(spread, at_most=self.within, who=who)

    # -- for people: count and subtract

    def _counted(self, schedule):
        """(what is compared, whom it is about, the counts, the counts in words) for each comparison."""
        compared = self._compared(schedule.layer)
        mine = {p.id: [s for s in schedule.slots_on(p, self.what) if self.during is None or s in self.during]
                for p in compared}
        if self.over != "fellows":
            parts = self._parts(schedule.layer)
            for p in compared:
                counts = [len(set(mine[p.id]) & set(part)) for part in parts]
                yield f"{self._about} of {p}", (p,), counts, [
                    f"{name} {n}" for name, n in zip(PARTS[self.over], counts, strict=True)]
        elif compared:
            counts = [len(mine[p.id]) + self._carried(p) for p in compared]
            words = [f"{p} {n}" + (f" ({self._carried(p)} carried over)" if self._carried(p) else "")
                     for p, n in zip(compared, counts, strict=True)]
            yield self._about, tuple(compared), counts, words

    def check(self, schedule):
        left_out = [p for p in self.bound(schedule.people) if p not in self._compared(schedule.layer)]
        for what, who, counts, words in self._counted(schedule):
            difference = max(counts) - min(counts)
            if self.within is not None and difference > self.within:
                said = f"{what} is uneven: {', '.join(words)}; a difference of at most {self.within} is allowed."
                if self.over == "fellows" and left_out:
                    said += f" Not here all year, so left out: {listing(left_out)}."
                yield Violation(said, who, amount=difference - self.within)

    def measures(self, schedule):
        if self.within is None:
            yield "difference", sum(max(counts) - min(counts) for _, _, counts, _ in self._counted(schedule))

    @property
    def _about(self):
        return f"{self.what} during {self.during}" if self.during is not None else str(self.what)

    @property
    def sentence(self):
        much = f", within {self.within}" if self.within is not None else ""
        whom = f" of {self.who}" if self.who is not None else ""
        last = ", last year's tally carried over" if self.tally else ""
        return f"{self._about}{whom} is shared evenly over {self.over}{much}{last}."
