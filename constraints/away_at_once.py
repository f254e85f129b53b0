"""How many may be away at once."""

from dataclasses import dataclass

from scheduler.domain.rule import Claim, Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection, Window, listing


@dataclass(frozen=True, kw_only=True)
class AwayAtOnce(Rule):
    """At most {most} of {who} on {what} at once.

    Parameters: of – the kinds of leave, taken together; people – how many may be away at a time; for – counting only
    these people; during – only in these dates (the whole year).
    Why: somebody has to be there.
    Example: rule: away at once; of: any leave; people: 1
    """

    name = "away at once"
    what: Selection = key("of")
    most: int = key("people")
    who: Group | None = key("for", default=None)
    during: Window | None = key("during", default=None)

    def post(self, board):
        group = self.bound(board.people)
        for slot in board.layer.slots:
            if self.during is None or slot in self.during:
                yield Condition(board.count(group, slot, self.what), at_most=self.most, who=tuple(group), when=(slot,))

    def claims(self, board):
        for slot in board.layer.slots:
            if self.during is None or slot in self.during:
                yield Claim(self.what, tuple(self.bound(board.people)), (slot,), high=self.most)

    def check(self, schedule):
        for slot in schedule.layer.slots:
            if self.during is None or slot in self.during:
                away = self.bound(schedule.who(slot, self.what))
                if len(away) > self.most:
                    yield Violation(f"{listing(away)} {'is' if len(away) == 1 else 'are'} away on {self.what} "
                                    f"{schedule.dated([slot])}; at most {self.most} at once.", tuple(away), (slot,),
                                    len(away) - self.most)

    @property
    def sentence(self):
        whom = f" of the group “{self.who}”" if self.who is not None else ""
        when = f" during {self.during}" if self.during is not None else ""
        return f"At most {Many(self.most, 'fellow')}{whom} at once on {self.what}{when}."
