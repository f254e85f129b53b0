"""How many people are on a rotation at once."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Claim, Condition, Rule, Violation, Waiver, key
from scheduler.domain.words import Group, Selection, Window, listing


@dataclass(frozen=True, kw_only=True)
class Staffing(Rule):
    """{what} always has {at_least} to {at_most} {who} on it.

    Parameters: of – the rotations, taken together; people – how many, as a range (1-2) or a number; class – count only
    these people (seniors, anesthesiology); when staffed – true: a minimum binds only in periods when somebody at all is
    there; during – only in these dates; waived by – a duty shared by the whole cohort: while people are on it, the
    minimum does not bind, and the report says so.
    Why: a service that nobody covers, or one with more learners than teachers.
    Example: rule: staffing; of: MIPS; people: 1-2; waived by: Anatomy laboratory
    """

    name = "staffing"
    what: Selection = key("of")
    at_least: int = key("people min", default=0)
    at_most: int | None = key("people max", default=None)
    who: Group | None = key("class", default=None)
    when_staffed: bool = key("when staffed", default=False)
    during: Window | None = key("during", default=None)
    waived_by: Selection | None = key("waived by", default=None)

    def _counts(self, person):
        return self.who is None or person in self.who

    def post(self, board):
        counted = [p for p in board.people if self._counts(p)]
        for slot in board.layer.slots:
            if self.during is not None and slot not in self.during:
                continue
            if board.layer.inside:
                staff = Linear.sum(board.staff(p, slot, self.what) for p in counted)
            else:
                staff = board.count(counted, slot, self.what)
            if self.at_most is not None:
                yield Condition(staff, at_most=self.at_most, when=(slot,))
            if self.at_least and self.when_staffed:
                anyone = board.is_any(board.people, slot, self.what)
                yield Condition(staff - anyone * self.at_least, at_least=0, when=(slot,))
            elif self.at_least:
                if self.waived_by is not None:
                    staff = staff + board.is_any(board.people, slot, self.waived_by) * self.at_least
                yield Condition(staff, at_least=self.at_least, when=(slot,))

    def claims(self, board):
        for slot in board.layer.slots:
            if self.during is None or slot in self.during:
                there = tuple(p for p in board.people if self._counts(p) and not board.on(p, slot, self.what).fixed)
                excused = self.when_staffed or (
                    self.waived_by is not None and board.model.upper(board.is_any(board.people, slot, self.waived_by)))
                yield Claim(self.what, there, (slot,), 0 if excused else self.at_least, self.at_most)

    def _waived(self, schedule, slot):
        return self.waived_by is not None and bool(schedule.who(slot, self.waived_by))

    def check(self, schedule):
        for slot in schedule.layer.slots:
            if self.during is not None and slot not in self.during:
                continue
            there = schedule.who(slot, self.what)
            staff = [p for p in there if self._counts(p) and schedule.staff(p, slot, self.what)]
            kind = f" of {self.who}" if self.who is not None else ""
            named = f" ({listing([p.name for p in staff])})" if staff else ""
            if self.at_most is not None and len(staff) > self.at_most:
                yield Violation(f"{self.what} has {len(staff)} people{kind}{named} in {schedule.when([slot])}; "
                                f"at most {self.at_most} allowed.", tuple(staff), (slot,), len(staff) - self.at_most)
            binds = bool(there) if self.when_staffed else not self._waived(schedule, slot)
            if binds and len(staff) < self.at_least:
                yield Violation(f"{self.what} has {len(staff) or 'nobody'}{kind}{named} in {schedule.when([slot])}; "
                                f"at least {self.at_least} needed.", tuple(staff), (slot,), self.at_least - len(staff))

    @property
    def sentence(self):
        low, high = self.at_least, self.at_most
        number = (f"exactly {low}" if low == high else f"at least {low}" if high is None else f"at most {high}"
                  if not low else f"{low} to {high}")
        kind = "people" if self.who is None else f"people of the group “{self.who}”"
        said = f"{self.what} has {number} {kind if number.split()[-1] != '1' else kind.replace('people', 'person')}"
        if self.when_staffed:
            said += " whenever anybody is there"
        if self.during is not None:
            said += f" in {self.during}"
        return said + (f", except while everyone is at {self.waived_by}." if self.waived_by is not None else ".")

    def waivers(self, schedule):
        if self.at_least and not self.when_staffed:
            for slot in schedule.layer.slots:
                if (self.during is None or slot in self.during) and self._waived(schedule, slot):
                    staff = [p for p in schedule.who(slot, self.what) if schedule.staff(p, slot, self.what)]
                    if len(staff) < self.at_least:
                        yield Waiver(f"{self.what} may stand empty in {schedule.when([slot])}: everyone is at "
                                     f"{self.waived_by}.", (slot,))
