"""How many may be away at once."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Claim, Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection, Window, listing


@dataclass(frozen=True, kw_only=True)
class AwayAtOnce(Rule):
    """At most {most} of {who} on {what} at once.

    Parameters: of – the kinds of leave, taken together; people – how many may be away at a time; for – counting only
    these people; during – only in these dates (the whole year). By the half-day, a whole week of leave counts beside a
    single day.
    Why: somebody has to be there.
    Example: rule: away at once; of: any leave; people: 1
    """

    name = "away at once"
    layers = ("rotations", "half-days", "call")
    what: Selection = key("of")
    most: int = key("people")
    who: Group | None = key("for", default=None)
    during: Window | None = key("during", default=None)

    def post(self, board):
        group, above = tuple(self.bound(board.people)), board.beside.get("rotations") if board.layer.parent else None
        for slot in board.layer.slots:
            if self.during is None or slot in self.during:
                if above is None:
                    away = board.count(group, slot, self.what)
                else:
                    period = board.layer.parent[slot]
                    away = Linear.sum(board.model.any_of([board.is_any(p, slot, self.what),
                                                          above.is_any(p, period, self.what)]) for p in group)
                yield Condition(away, at_most=self.most, who=group, when=(slot,))

    def claims(self, board):
        for slot in board.layer.slots:
            if self.during is None or slot in self.during:
                yield Claim(self.what, tuple(self.bound(board.people)), (slot,), high=self.most)

    def check(self, schedule):
        for slot in schedule.layer.slots:
            if self.during is None or slot in self.during:
                away = self.bound(schedule.people)
                away = [p for p in away if schedule.is_on(p, slot, self.what) or self._week_off(schedule, p, slot)]
                if len(away) > self.most:
                    yield Violation(f"{listing(away)} {'is' if len(away) == 1 else 'are'} away on {self.what} "
                                    f"{schedule.dated([slot])}; at most {self.most} at once.", tuple(away), (slot,),
                                    len(away) - self.most)

    def _week_off(self, schedule, person, slot):
        above = schedule.beside.get("rotations") if schedule.layer.parent else None
        return above is not None and above.is_on(person, schedule.layer.parent[slot], self.what)

    def eased(self, violations, layer):
        when = layer.when(sorted({s for v in violations for s in v.when}))
        names = listing(list(dict.fromkeys(str(p) for v in violations for p in v.who)))
        return (f"Allow {self.most + max(v.amount for v in violations)} instead of {self.most} on {self.what} at once "
                f"{'on' if layer.parent else 'in'} {when} ({names}).")

    @property
    def sentence(self):
        whom = f" of the group “{self.who}”" if self.who is not None else ""
        when = f" during {self.during}" if self.during is not None else ""
        return f"At most {Many(self.most, 'fellow')}{whom} at once on {self.what}{when}."
