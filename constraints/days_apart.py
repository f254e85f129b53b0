"""Time between two sessions of one person."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection


@dataclass(frozen=True, kw_only=True)
class DaysApart(Rule):
    """Nobody has {what} twice within {days} days.

    Parameters: of – the series or call roles, taken together; days apart – the length of a stretch of calendar days
    that holds at most one of them; for – whom it binds (everyone). Every stretch that begins on a day with a session
    (or night) counts what it holds beyond the first.
    Why: presenting well takes weeks of preparation; nobody presents twice running.
    Example: rule: days apart; of: Journal Club; days apart: 28
    """

    name = "days apart"
    layers = ("conferences", "call")
    layer_name: str = "conferences"
    what: Selection = key("of")
    days: int = key("days apart")
    who: Group | None = key("for", default=None)

    def post(self, board):
        day = board.layer.spans["day"]
        firsts = sorted({day[s] for s in board.layer.slots})
        for person in self.bound(board.people):
            here = list(board.layer.present(person))
            for first in firsts:
                stretch = [s for s in here if first <= day[s] < first + self.days]
                held = board.duties(person, stretch, self.what)
                if len(held.vars) + held.const > 1:
                    yield Condition(held, at_most=1, who=(person,), when=tuple(stretch))

    # -- for people: each session, and what follows it too soon

    def check(self, schedule):
        day = schedule.layer.spans["day"]
        firsts = sorted({day[s] for s in schedule.layer.slots})
        for person in self.bound(schedule.people):
            mine = [s for s, duties in schedule.of(person) for d in duties if d in self.what]
            for first in firsts:
                close = [s for s in mine if 0 <= day[s] - first < self.days]
                if len(close) > 1:
                    yield Violation(f"{person} has {self.what} {Many(len(close), 'time')} within {self.days} days, "
                                    f"{schedule.dated(close)}.", (person,), tuple(dict.fromkeys(close)), len(close) - 1)
