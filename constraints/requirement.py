"""An amount owed by each fellow it applies to."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Ask, Claim, Condition, Rule, Violation, key
from scheduler.domain.verdict import Owed
from scheduler.domain.words import Group, Many, Selection, Window, listing


@dataclass(frozen=True, kw_only=True)
class Requirement(Rule):
    """Each fellow it applies to spends {at_least} to {at_most} {unit} on {what}.

    Parameters: rotation – one rotation or a set; weeks, periods, blocks, months, days or half-days – the amount, a
    range or a number (days and half-days of rotations taken by the day or half-day); for – whom it applies to
    (everyone); waived for – people in that group who are excused, and reported as such; elective – true: nothing, or
    the amount; during – only these dates count, and no credit from earlier years; credit – part credit by rotation in
    percent (Float: 50). An elective line for a rotation that also has a required line comes on top of it: the required
    line is filled first. Credit from earlier years counts up to the most.
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
    #: slots that make one unit: two half-days are a day
    per: int = 1
    #: the most that each line of the other kind (elective beside required) allows on the same rotation, by group
    also: tuple[tuple[Group | None, int | None], ...] = ()

    def applies(self, person):
        """Whether the line binds this person."""
        return (self.who is None or person in self.who) and not (self.waived is not None and person in self.waived)

    @property
    def scale(self):
        """Parts of a unit: part credit is counted in hundredths, a day in its half-days."""
        return self._whole * self.per

    @property
    def _whole(self):
        return 100 if self.part else 1

    def _beside(self, person):
        """The most that lines of the other kind take of the rotation; None where one of them has no limit."""
        mine = [most for group, most in self.also if group is None or person in group]
        return None if None in mine else sum(mine)

    def _bounds(self, person):
        """Least and most of the whole amount on the rotation, both kinds of line together.

        Where an elective line lies beside a required one, the most of both is the elective line's to judge.
        """
        beside = self._beside(person)
        top = None if self.at_most is None or beside is None else self.at_most + beside
        return 0 if self.elective else self.at_least, top if self.elective or beside == 0 else None, top

    def _slots(self, layer, person):
        return [s for s in layer.present(person) if self.during is None or s in self.during]

    def _rate(self, duty):
        """What one unit of this duty earns, in ``scale`` parts."""
        return dict(self.part).get(duty, self._whole if duty in self.what else 0)

    def _earlier(self, layer, person):
        """What earlier years gave, up to the most allowed; people's credit is stated in weeks, or in days or half-days
        for what is owed in these."""
        if self.during is not None:
            return 0
        done = sum(weeks * self._rate(duty) for duty, weeks in person.credit.items()) * self.per
        if self.unit != "weeks" and not layer.parent:
            done //= max(layer.worth, default=1)
        *_, top = self._bounds(person)
        return done if top is None else min(done, top * self.scale)

    # -- for the solver: one weighted sum a person

    def post(self, board):
        part, rates = dict(self.part), {}
        for duty in self.what.duties | set(part):
            rates.setdefault(part.get(duty, self._whole), set()).add(duty)
        for person in filter(self.applies, board.people):
            slots = self._slots(board.layer, person)
            got = Linear(const=self._earlier(board.layer, person))
            for rate, duties in sorted(rates.items()):
                what = Selection(str(self.what), frozenset(duties))
                spent = (board.credit if self.unit == "weeks" else board.count)(person, slots, what)
                got = got + spent * rate
            low, high, _ = self._bounds(person)
            yield Condition(got, at_least=low * self.scale, at_most=None if high is None else high * self.scale,
                            who=(person,), when=tuple(slots))
            first = self._beside(person)
            if self.elective and self.at_least and first is not None:
                taken = board.is_any(person, slots, self.what)
                if first:
                    taken = board.model.both(taken, board.model.at_least(got, first * self.scale + 1))
                yield Condition(got - taken * ((first + self.at_least) * self.scale), at_least=0, who=(person,),
                                when=tuple(slots))

    def walk(self, walk):
        if self.part or self.elective or self.during is not None or walk.board.layer.inside:
            return False
        if self.applies(walk.person):
            earlier, (low, high, _) = self._earlier(walk.board.layer, walk.person), self._bounds(walk.person)
            walk.count(self.what, low * self.per - earlier, None if high is None else high * self.per - earlier)
        return self.unit != "weeks" or set(walk.board.layer.worth) <= {1}

    def room(self, room):
        if self.part:
            return                                  # hundredths: left to the layer itself
        for person in filter(self.applies, room.people):
            slots = set(self._slots(room.layer, person))
            periods = [p for p in room.periods(person) if not slots.isdisjoint(room.slots.get(p, ()))]
            (low, high, _), earlier = self._bounds(person), self._earlier(room.layer, person)
            total = room.total(person, self.what, periods)
            yield Condition(total, at_least=low * self.scale - earlier, who=(person,), when=tuple(periods))
            if high is not None and self.during is None:
                yield Condition(total, at_most=high * self.scale - earlier, who=(person,), when=tuple(periods))

    def asks(self, layer):
        if not self.elective and self.during is None and not self.part:
            for person in filter(self.applies, layer.people):
                yield Ask(self.what, (person,), least=self.at_least * self.per - self._earlier(layer, person))

    def claims(self, board):
        layer = board.layer
        if self.part or any(i.leave in self.what for i in layer.inside):
            return                                  # hundredths and weeks inside a slot do not add up to whole slots
        shrinks = self.unit == "weeks" and any(i.hosts.duties & self.what.duties for i in layer.inside)
        for person in filter(self.applies, board.people):
            slots = self._slots(layer, person)
            worths = [layer.weight(s) for s in slots] if self.unit == "weeks" else []
            (low, high, _), earlier = self._bounds(person), self._earlier(layer, person)
            low, high = low * self.per, None if high is None else high * self.per
            yield Claim(self.what, (person,), tuple(slots), -(-max(0, low - earlier) // max(worths, default=1)),
                        None if high is None or shrinks else (high - earlier) // min(worths, default=1))

    # -- for people: count what each slot earned

    def _earning(self, schedule, person):
        """The slots that count towards the amount."""
        rated = self.what.duties | dict(self.part).keys()
        spent = schedule.slots_on(person, Selection("", frozenset(duty for duty in rated if self._rate(duty))))
        here = set(self._slots(schedule.layer, person)) if spent else ()
        return tuple(s for s in spent if s in here)

    def got(self, schedule, person):
        """The whole amount on this rotation, earlier credit included, in ``scale`` parts of the unit."""
        total = self._earlier(schedule.layer, person)
        for slot in self._earning(schedule, person):
            mine = {}
            for duty in schedule.at(person, slot):
                mine.setdefault(self._rate(duty), []).append(duty)
            for rate, duties in mine.items():
                earned = schedule.credit(person, slot, Selection.of(*duties)) if self.unit == "weeks" else 1
                total += earned * rate
        return total

    def _begun(self, schedule, person):
        """Whether this year holds any of the elective: all of it is the elective, or what is beyond the required."""
        first = self._beside(person)
        taken = any(schedule.is_on(person, s, self.what) for s in self._slots(schedule.layer, person))
        return taken and first is not None and (not first or self.got(schedule, person) > first * self.scale)

    def check(self, schedule):
        for person in filter(self.applies, schedule.people):
            got, (low, high, _), scale = self.got(schedule, person), self._bounds(person), self.scale
            earlier, slots = self._earlier(schedule.layer, person), self._earning(schedule, person)
            credit = f" ({self._say(earlier)} from earlier years)" if earlier else ""
            said = f"{person} has {self._say(got)} of {self.what}{self._within()}{credit}"
            if got < low * scale:
                yield Violation(f"{said}; {self._say(low * scale)} required.", (person,), slots, low * scale - got)
            if high is not None and got > high * scale:
                yield Violation(f"{said}; at most {self._say(high * scale)} allowed.", (person,), slots,
                                got - high * scale)
            if self.elective and self._begun(schedule, person):
                first, least = self._beside(person) * scale, self.at_least * scale
                if got < first + least:
                    on_top = f" on top of the {self._say(first)} required" if first else ""
                    yield Violation(f"{said}; the elective is {self._say(least)}{on_top}, or nothing.", (person,),
                                    slots, first + least - got)

    def eased(self, violations, layer):
        told = {}
        for v in violations:
            low, high, _ = self._bounds(v.who[0])
            short, least, most = v.sentence.endswith("required."), low * self.scale, (high or 0) * self.scale
            if not short and not v.sentence.endswith("allowed."):
                return super().eased(violations, layer)         # an elective that is neither whole nor nothing
            change = ("Ask for only", least - v.amount, least) if short else ("Allow", most + v.amount, most)
            told.setdefault(change, []).append(str(v.who[0]))
        return " ".join(f"{verb} {self._say(now)} of {self.what}{self._within()} instead of {self._say(before)} for "
                        f"{listing(names, most=8)}." for (verb, now, before), names in told.items())

    def _share(self, person, parts):
        """This line's share of the whole amount: a required line is filled first, the elective line takes the rest."""
        beside = self._beside(person)
        if self.elective:
            return 0 if beside is None else max(0, parts - beside * self.scale)
        return parts if beside == 0 or self.at_most is None else min(parts, self.at_most * self.scale)

    def owed(self, schedule):
        for person in self.bound(schedule.people):
            got = self._share(person, self.got(schedule, person))
            low = self.at_least if not self.elective or self._begun(schedule, person) else 0
            word = "assumed" if self.assumption else "met"
            if not self.applies(person):
                low, word = 0, "waived"
            elif got < low * self.scale:
                word = "short"
            elif self.at_most is not None and got > self.at_most * self.scale:
                word = "over"
            credit = self._share(person, self._earlier(schedule.layer, person))
            yield Owed(person, str(self.what), low, self.at_most, self._number(got), self.unit, word, self.elective,
                       self._number(credit), self.source, self.assumption, self._earning(schedule, person),
                       self.layer_name)

    def _number(self, parts):
        return parts // self.scale if parts % self.scale == 0 else parts / self.scale

    def _say(self, parts):
        amount = self._number(parts)
        return f"{amount} {self.unit if amount != 1 else self.unit.removesuffix('s')}"

    def _within(self):
        return f" in {self.during}" if self.during is not None else ""

    @property
    def sentence(self):
        low, most, noun = self.at_least, self.at_most, self.unit.removesuffix("s")
        amount = (f"at least {Many(low, noun)}" if most is None else f"{Many(most, noun)}" if low == most
                  else f"{low} to {Many(most, noun)}" if low else f"up to {Many(most, noun)}")
        whom = "Every fellow" if self.who is None else f"Each fellow of the group “{self.who}”"
        verb, chosen = ("may spend", " as an elective") if self.elective else ("spends", "")
        notes = [f"{duty} counts {percent} %" for duty, percent in self.part]
        if self.waived is not None:
            notes.append(f"waived for {self.waived}")
        return (f"{whom} {verb} {amount} on {self.what}{chosen}{self._within()}"
                + (f" ({listing(notes)})." if notes else "."))
