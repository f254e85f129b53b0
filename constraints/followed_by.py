"""What must follow what."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class FollowedBy(Rule):
    """Each run of {what} is followed at once by {then}.

    Parameters: of – what comes first; then – what must come in the very next period; for – whom it binds (everyone).
    A run that ends with the year or with the fellow's time here needs nothing after it.
    Why: a recovery week after nights, or a second half that completes the first.
    Example: rule: followed by; of: Nights; then: Clinic
    """

    name = "followed by"
    what: Selection = key("of")
    then: Selection = key("then")
    who: Group | None = key("for", default=None)

    def post(self, board):
        for person in self.bound(board.people):
            here = set(board.layer.present(person))
            for slot in board.layer.slots:
                if slot in here and slot + 1 in here:
                    # on `of` now: next period is `of` again or `then`
                    after = board.is_any(person, slot + 1, self.what.with_(self.then))
                    yield Condition(board.on(person, slot, self.what) - after, at_most=0, who=(person,),
                                    when=(slot, slot + 1))

    def check(self, schedule):
        for person in self.bound(schedule.people):
            here = set(schedule.layer.present(person))
            for run in schedule.runs(person, self.what):
                after = run[-1] + 1
                if after in here and not schedule.is_on(person, after, self.then):
                    doing = " and ".join(schedule.at(person, after)) or "nothing"
                    yield Violation(f"{person} has {doing} after {self.what}, {schedule.when([run[-1], after])}; "
                                    f"{self.then} must follow.", (person,), (run[-1], after))
