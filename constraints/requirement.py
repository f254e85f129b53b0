"""An amount owed by each fellow it applies to."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Claim, Condition, Rule, Violation, key
from scheduler.domain.verdict import Owed
from scheduler.domain.words import Group, Many, Selection, Window


@dataclass(frozen=True, kw_only=True)
class Requirement(Rule):
    """Each fellow it applies to spends {at_least} to {at_most} {unit} on {what}.

    Parameters: rotation – one rotation or a set; weeks, periods, blocks or months – the amount, a range or a number;
    for – whom it applies to (everyone); waived for – people in that group who are excused, and reported as such;
    elective – true: nothing, or the amount; during – only these dates count; credit – part credit by rotation in
    percent (Float: 50). An elective line for a rotation that also has a required line comes on top of it.
    Why: it is what the program promises, and what the accreditor checks.
    Example: rotation: MIPS; weeks: 13
    """

    name = "requirement"
    what: Selection = key("rotation")
    at_least: int = 0
    at_most: int | None = None
    unit: str = "weeks"
    who: Group | None = key("for", default=None)
    waived: Group | None = key("waived for", default=None)
    elective: bool = False
    during: Window | None = key("during", default=None)
    part: tuple[tuple[str, int], ...] = key("credit", default=())
    #: most that the other kind of line (elective beside required) allows on the same rotation, by group
    also: tuple[tuple[Group | None, int], ...] = ()

    def applies(self, person):
        """Whether the line binds this person."""
        return (self.who is None or person in self.who) and not (self.waived is not None and person in self.waived)

    def _also(self, person):
        return [most for group, most in self.also if group is None or person in group]

    def _bounds(self, person):
        """Least and most of the whole amount on this rotation, and what a required line takes first."""
        others = self._also(person)
        if self.elective:
            first = sum(others)
            return 0, None if self.at_most is None else first + self.at_most, first
        return self.at_least, None if others else self.at_most, 0

    def _slots(self, layer, person):
        return [s for s in layer.present(person) if self.during is None or s in self.during]

    @property
    def scale(self):
        """Part credit is counted in hundredths."""
        return 100 if self.part else 1

    def _earlier(self, person):
        part = dict(self.part)
        return sum(weeks * (self.scale if duty in self.what else 0) * part.get(duty, 100) // 100
                   for duty, weeks in person.credit.items())

    # -- for the solver: one weighted sum a person

    def post(self, board):
        part = dict(self.part)
        rates = {rate: frozenset(d for d in self.what.duties | set(part) if part.get(d, 100) == rate)
                 for rate in {100, *part.values()}}
        for person in filter(self.applies, board.people):
            slots = self._slots(board.layer, person)
            got = Linear(const=self._earlier(person))
            for rate, duties in sorted(rates.items()):
                what = Selection(str(self.what), duties)
                each = ((board.credit(person, s, what) for s in slots) if self.unit == "weeks"
                        else [board.count(person, slots, what)])
                got = got + Linear.sum(each) * (rate * self.scale // 100)
            low, high, _ = self._bounds(person)
            yield Condition(got, at_least=low * self.scale, at_most=None if high is None else high * self.scale,
                            who=(person,), when=tuple(slots))
            if self.elective and self.at_least > 1:
                taken = board.is_any(person, slots, self.what)
                yield Condition(got - taken * (self.at_least * self.scale), at_least=0, who=(person,),
                                when=tuple(slots))

    def claims(self, board):
        if self.part or board.layer.inside:
            return                                  # hundredths and part weeks do not add up to whole slots
        for person in filter(self.applies, board.people):
            slots = self._slots(board.layer, person)
            worth = max((board.layer.weight(s) for s in slots), default=1) if self.unit == "weeks" else 1
            low, high, _ = self._bounds(person)
            earlier = self._earlier(person)
            yield Claim(self.what, (person,), tuple(slots), -(-max(0, low - earlier) // worth),
                        None if high is None else max(0, high - earlier) // worth)

    # -- for people: count what each slot earned

    def got(self, schedule, person):
        """The whole amount on this rotation, earlier credit included, in ``scale`` parts of the unit."""
        part = dict(self.part)
        total = self._earlier(person)
        for slot in self._slots(schedule.layer, person):
            mine = {}
            for duty in schedule.at(person, slot):
                mine.setdefault(part.get(duty, 100 if duty in self.what else 0), []).append(duty)
            for rate, duties in mine.items():
                earned = schedule.credit(person, slot, Selection.of(*duties)) if self.unit == "weeks" else 1
                total += earned * rate * self.scale // 100
        return total

    def check(self, schedule):
        for person in filter(self.applies, schedule.people):
            got, (low, high, _) = self.got(schedule, person), self._bounds(person)
            said = f"{person} has {self._say(got)} of {self.what}"
            if got < low * self.scale:
                yield Violation(f"{said}; {self._say(low * self.scale)} required{self._within()}.", (person,),
                                tuple(schedule.slots_on(person, self.what)), low * self.scale - got)
            if high is not None and got > high * self.scale:
                yield Violation(f"{said}; at most {self._say(high * self.scale)} allowed{self._within()}.", (person,),
                                tuple(schedule.slots_on(person, self.what)), got - high * self.scale)
            counted = self._slots(schedule.layer, person)
            taken = any(slot in counted for slot in schedule.slots_on(person, self.what))
            if self.elective and self.at_least > 1 and taken and got < self.at_least * self.scale:
                yield Violation(f"{said}; the elective is {self._say(self.at_least * self.scale)} or nothing.",
                                (person,), tuple(schedule.slots_on(person, self.what)),
                                self.at_least * self.scale - got)

    @property
    def sentence(self):
        low, most, noun = self.at_least, self.at_most, self.unit.removesuffix("s")
        amount = (f"at least {Many(low, noun)}" if most is None else str(Many(low, noun)) if most == low
                  else f"{low} to {Many(most, noun)}" if low else f"up to {Many(most, noun)}")
        whom = "Every fellow" if self.who is None else f"Each fellow of the group “{self.who}”"
        chosen = " as an elective" if self.elective else ""
        return f"{whom} spends {amount} on {self.what}{chosen}{self._within()}."

    def owed(self, schedule):
        for person in schedule.people:
            if self.who is not None and person not in self.who:
                continue
            line = {"what": str(self.what), "unit": self.unit, "elective": self.elective, "source": self.source,
                    "assumption": self.assumption, "slots": tuple(schedule.slots_on(person, self.what))}
            if not self.applies(person):
                yield Owed(person, owed_min=0, owed_max=self.at_most, got=self.got(schedule, person) // self.scale,
                           verdict="waived", **line)
                continue
            whole, (_, _, first) = self.got(schedule, person) // self.scale, self._bounds(person)
            others = self._also(person)
            got = max(0, whole - first) if self.elective else whole
            if others and not self.elective and self.at_most is not None:
                got = min(got, self.at_most)
            low = (self.at_least if got and self.at_least > 1 else 0) if self.elective else self.at_least
            word = "short" if got < low else "over" if self.at_most is not None and got > self.at_most else (
                "assumed" if self.assumption else "met")
            yield Owed(person, owed_min=low, owed_max=self.at_most, got=got, verdict=word,
                       credit=self._earlier(person) // self.scale, **line)

    def _say(self, parts):
        amount = parts / self.scale
        noun = self.unit if amount != 1 else self.unit.removesuffix("s")
        return f"{amount:g} {noun}"

    def _within(self):
        return f" in {self.during}" if self.during is not None else ""
