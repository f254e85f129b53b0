"""How many people are on a rotation at once."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Ask, Claim, Condition, Rule, Violation, Waiver, key
from scheduler.domain.words import Group, Selection, Window, listing


def _people(number):
    return "nobody" if not number else "1 person" if number == 1 else f"{number} people"


def _dates(violations, layer):
    return ("on " if layer.parent else "in ") + layer.when(sorted({s for v in violations for s in v.when}))


@dataclass(frozen=True, kw_only=True)
class Staffing(Rule):
    """{what} always has {at_least} to {at_most} people on it.

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

    def _slots(self, layer):
        return [s for s in layer.slots if self.during is None or s in self.during]

    def post(self, board):
        counted = self.bound(board.people)
        for slot in self._slots(board.layer):
            if board.layer.inside:
                staff = Linear.sum(board.staff(p, slot, self.what) for p in counted)
            else:
                staff = board.count(counted, slot, self.what)
            if self.at_most is not None:
                yield Condition(staff, at_most=self.at_most, when=(slot,))
            if self.at_least:
                if self.when_staffed:
                    staff = staff + (1 - board.is_any(board.people, slot, self.what)) * self.at_least
                if self.waived_by is not None:
                    staff = staff + board.is_any(board.people, slot, self.waived_by) * self.at_least
                yield Condition(staff, at_least=self.at_least, when=(slot,))

    def walk(self, walk):
        """Nothing about one person alone, unless nobody else may do what must be done."""
        counted, duties = self.bound(walk.board.people), [d for d in self.what if d in walk.board.layer.duties]
        return not self.bound([walk.person]) or (not self.at_least and self.at_most != 0) or all(
            any(p is not walk.person and walk.board.is_possible(p.id, slot, duty) for p in counted for duty in duties)
            for slot in self._slots(walk.board.layer)
            if any(walk.board.is_possible(walk.person.id, slot, duty) for duty in duties))

    def room(self, room):
        counted = self.bound(room.people)
        for period, slots in room.slots.items():
            mine = [s for s in slots if self.during is None or s in self.during]
            here = [p for p in counted if period in room.periods(p)]
            staff = Linear.sum(room.amount(p, period, self.what) for p in here)
            if self.at_least and not self.when_staffed and self.waived_by is None:
                yield Condition(staff, at_least=self.at_least * len(mine), when=(period,))
                if len(self.what.duties) == 1:
                    yield Condition(room.held(period, *self.what.duties), at_least=len(mine), when=(period,))
            if self.at_most is not None and len(mine) == len(slots):
                duties = [d for d in self.what if d in room.layer.duties]
                open_ = sum(any(room.open(p, period, d, (s,)) for p in here for d in duties) for s in mine)
                yield Condition(staff, at_most=self.at_most * open_, when=(period,))

    def asks(self, layer):
        if self.at_least and not self.when_staffed and self.waived_by is None:
            yield Ask(self.what, tuple(self.bound(layer.people)), needed=self.at_least, when=tuple(self._slots(layer)))

    def claims(self, board):
        """People on leave inside the rotation are there, but may not count: then the most is no limit to claim."""
        counted, upper = self.bound(board.people), board.model.upper
        uncounted = any(i.hosts.duties & self.what.duties and not i.keeps_staffing for i in board.layer.inside)
        for slot in self._slots(board.layer):
            there = tuple(p for p in counted if upper(board.on(p, slot, self.what)))
            excused = self.when_staffed or (
                self.waived_by is not None and upper(board.is_any(board.people, slot, self.waived_by)))
            yield Claim(self.what, there, (slot,), 0 if excused else self.at_least, None if uncounted else self.at_most)

    def _staff(self, schedule, slot):
        return [p for p in self.bound(schedule.who(slot, self.what)) if schedule.staff(p, slot, self.what)]

    def _missed(self, schedule):
        """Where the minimum is not reached: the slot, by how many, and who is on the duty that waives it."""
        for slot in self._slots(schedule.layer):
            missing = self.at_least - len(self._staff(schedule, slot))
            if missing > 0 and (not self.when_staffed or schedule.who(slot, self.what)):
                yield slot, missing, schedule.who(slot, self.waived_by) if self.waived_by is not None else []

    def _has(self, schedule, slot):
        """``Ward has 1 person (A; B is on leave) in slot 3``."""
        staff = self._staff(schedule, slot)
        away = [p for p in self.bound(schedule.who(slot, self.what)) if p not in staff]
        names = [listing(staff)] * bool(staff)
        if away:
            names.append(f"{listing(away)} {'is' if len(away) == 1 else 'are'} on leave")
        group = f" of the group “{self.who}”" if self.who is not None else ""
        named = f" ({'; '.join(names)})" if names else ""
        return f"{self.what} has {_people(len(staff))}{group}{named} {schedule.dated([slot])}"

    def check(self, schedule):
        for slot in self._slots(schedule.layer):
            staff = self._staff(schedule, slot)
            if self.at_most is not None and len(staff) > self.at_most:
                yield Violation(f"{self._has(schedule, slot)}; at most {self.at_most} allowed.", tuple(staff), (slot,),
                                len(staff) - self.at_most)
        for slot, missing, excuse in self._missed(schedule):
            if not excuse:
                yield Violation(f"{self._has(schedule, slot)}; at least {self.at_least} needed.",
                                tuple(self._staff(schedule, slot)), (slot,), missing)

    def waivers(self, schedule):
        for slot, _, excuse in self._missed(schedule):
            if excuse:
                yield Waiver(f"{self._has(schedule, slot)}; at least {self.at_least} needed, but waived while "
                             f"{listing(excuse)} {'is' if len(excuse) == 1 else 'are'} on {self.waived_by}.", (slot,))

    def eased(self, violations, layer):
        short = [v for v in violations if "needed" in v.sentence]
        long = [v for v in violations if v not in short]
        parts = [f"Let {self.what} do with {self.at_least - max(v.amount for v in short)} instead of {self.at_least} "
                 f"{_dates(short, layer)}."] if short else []
        parts += [f"Allow {self.at_most + max(v.amount for v in long)} instead of {self.at_most} on {self.what} "
                  f"{_dates(long, layer)}."] if long else []
        return " ".join(parts)

    @property
    def sentence(self):
        low, high = self.at_least, self.at_most
        number = (f"at least {low}" if high is None else f"exactly {low}" if low == high else f"{low} to {high}" if low
                  else f"at most {high}")
        last = low if high is None else high
        said = f"{self.what} has {number} {'person' if last == 1 else 'people'}"
        if self.who is not None:
            said += f" of the group “{self.who}”"
        if self.when_staffed:
            said += " whenever anybody is there"
        if self.during is not None:
            said += f" in {self.during}"
        return said + (f", except while people are on {self.waived_by}." if self.waived_by is not None else ".")
