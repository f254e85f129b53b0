"""Leave taken inside a rotation."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Selection


@dataclass(frozen=True, kw_only=True)
class LeaveInside(Rule):
    """{what} is taken only inside {hosts}.

    Parameters: of – the kind of leave; hosts – the rotations it may be taken inside. The assignment stays; the
    rotation's credit and staffing shrink as the leave says (`weeks each`, `keeps staffing`).
    Why: with blocks of four weeks or months, a week of vacation lies inside a rotation that can spare the fellow.
    Example: rule: leave inside; of: Vacation; hosts: [Clinic, Elective]
    """

    name = "leave inside"
    what: Selection = key("of")
    hosts: Selection = key("hosts")

    def post(self, board):
        for person in board.people:
            for slot in board.layer.present(person):
                there = board.on(person, slot, self.what) - board.is_any(
                    person, slot, self.hosts.without(self.what.duties))
                yield Condition(there, at_most=0, who=(person,), when=(slot,))

    def check(self, schedule):
        for person in schedule.people:
            for slot in schedule.slots_on(person, self.what):
                others = [d for d in schedule.at(person, slot) if d not in self.what]
                if not any(d in self.hosts for d in others):
                    yield Violation(f"{person} takes {self.what} {schedule.dated([slot])} while on "
                                    f"{' and '.join(others) or 'nothing'}; it is possible only inside {self.hosts}.",
                                    (person,), (slot,))
