"""Enough of the conferences can be attended."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class Attendance(Rule):
    """Each fellow can attend at least {least} percent of {series}.

    Parameters: series – the conferences; least – the percentage; cannot attend – rotations during which nobody can
    attend (off site, or an early start in the operating room); excused – leave, whose sessions count on neither side;
    for – the fellows expected; sessions – how many each period holds. What is missing is counted in hundredths of a
    session.
    Why: programs promise protected teaching, and count it.
    Example: conferences: name: Lecture; attendance: 80; cannot attend: Anesthesiology
    """

    name = "attendance"
    layers = ("rotations",)
    series: str
    least: int
    blocked: Selection = key("cannot attend")
    excused: Selection = key("excused", default=Selection("nothing", frozenset()))
    who: Group | None = key("for", default=None)
    #: how many sessions each period holds
    sessions: tuple[tuple[int, int], ...] = ()

    def post(self, board):
        allowed = 100 - self.least
        for person in self.bound(board.people):
            here = set(board.layer.present(person))
            mine = [(period, number) for period, number in self.sessions if period in here]
            missed = Linear.sum(self._missed(board, person, period) * (100 * number)
                                + board.on(person, period, self.excused) * (allowed * number)
                                for period, number in mine)
            yield Condition(missed, at_most=allowed * sum(number for _, number in mine), who=(person,),
                            when=tuple(period for period, _ in mine))

    def _missed(self, board, person, period):
        """1 when the person is blocked and not excused."""
        what = self.blocked.without(self.excused.duties)
        blocked, excused = board.on(person, period, what), board.on(person, period, self.excused)
        return blocked - board.model.both(blocked, excused) if board.layer.can_coincide(
            what.with_(self.excused)) else blocked

    # -- for people: expected, excused, possible

    def counted(self, schedule, person):
        """Sessions expected of a fellow (those excused left out), and those of them that can be attended."""
        expected = possible = 0
        number = dict(self.sessions)
        for period, duties in schedule.of(person):
            n = number.get(period, 0)
            expected += 0 if any(d in self.excused for d in duties) else n
            possible += 0 if any(d in self.excused or d in self.blocked for d in duties) else n
        return expected, possible

    def check(self, schedule):
        for person in self.bound(schedule.people):
            expected, possible = self.counted(schedule, person)
            short = self.least * expected - 100 * possible
            if short > 0:
                missed = tuple(s for s in schedule.slots_on(person, self.blocked) if dict(self.sessions).get(s))
                yield Violation(f"{person} can attend {possible} of {expected} sessions of {self.series} "
                                f"({100 * possible // expected} percent); at least {self.least} percent.", (person,),
                                missed, short)
