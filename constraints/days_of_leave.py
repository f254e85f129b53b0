"""Leave counted in working days, whole weeks and single days together."""

from collections import Counter
from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.verdict import Owed
from scheduler.domain.words import Group, Many, Selection, Window


@dataclass(frozen=True, kw_only=True)
class DaysOfLeave(Rule):
    """Each fellow has {at_least} to {at_most} working days of {what}.

    Parameters: of – the kind of leave; days – how many working days, a range or a number; off – days that are off
    anyway and count nothing (the holidays); for – whom it applies to (everyone). A week of leave counts its working
    days less those; a single day counts one, a half-day one half; leave taken inside a rotation, whose dates are open,
    its weeks in full. Counts every half-day that is missing, or too many.
    Why: programs grant leave in days, and a holiday inside a week of vacation is not a day of vacation.
    Example: rule: days of leave; of: Vacation; days: 15; off: holidays
    """

    name = "days of leave"
    layers = ("half-days",)
    layer_name: str = "half-days"
    what: Selection = key("of")
    at_least: int = key("days min")
    at_most: int | None = key("days max")
    off: Window | None = None
    who: Group | None = key("for", default=None)

    def _working(self, layer):
        """The half-days that count, by rotation period; and how many half-days are a day."""
        found = {}
        for slot in layer.slots:
            if self.off is None or slot not in self.off:
                found.setdefault(layer.parent[slot], []).append(slot)
        return found, max(len(day) for day in layer.cut("day"))

    def _inside(self, above, layer):
        """The half-days of leave that is taken inside a rotation, by kind."""
        week = len(set(layer.spans["weekday"]))
        return {i.leave: i.weeks * week for i in above.inside if i.leave in self.what}

    def _bounded(self, got, per, who, when):
        yield Condition(got, at_least=self.at_least * per, at_most=None if self.at_most is None else self.at_most * per,
                        who=(who,), when=when)

    def post(self, board):
        layer, rotations = board.layer, board.beside["rotations"]
        working, per = self._working(layer)
        for person in self.bound(board.people):
            days = [board.count(person, slots, self.what) for slots in working.values()]
            yield from self._bounded(Linear.sum([self._weeks(rotations, person, layer), *days]), per, person,
                                     tuple(layer.slots))

    def _weeks(self, rotations, person, layer):
        """The half-days that whole weeks of leave count, and weeks inside a rotation."""
        inside, (working, _) = self._inside(rotations.layer, layer), self._working(layer)
        whole = self.what.without(inside)
        parts = [rotations.on(person, p, whole) * len(working.get(p, ())) for p in rotations.layer.present(person)]
        parts += [rotations.on(person, p, Selection.of(leave)) * number for leave, number in inside.items()
                  for p in rotations.layer.present(person)]
        return Linear.sum(parts)

    def room(self, room):
        _, per = self._working(room.layer)
        for person in self.bound(room.people):
            periods = room.periods(person)
            got = self._weeks(room.above, person, room.layer) + room.total(person, self.what)
            spare = sum(room.open(person, p, duty, [s for s in room.slots.get(p, ()) if s in self.off])
                        for duty in self.what.duties & set(room.layer.duties) for p in periods) if self.off else 0
            for c in self._bounded(got, per, person, tuple(periods)):       # leave on days that are off counts nothing
                yield c._replace(at_most=None if c.at_most is None else c.at_most + spare)

    # -- for people: walk through the working half-days

    def _taken(self, schedule, person):
        """The half-days taken (twice where a week and a day of leave meet), how many count, and how many are a day."""
        rotations = schedule.beside["rotations"]
        inside = self._inside(rotations.layer, schedule.layer)
        found = []
        for slot, duties in schedule.of(person):
            week = rotations.at(person, schedule.layer.parent[slot])
            if self.off is None or slot not in self.off:
                found += [slot] * any(d in self.what and d not in inside for d in week)
                found += [slot] * any(d in self.what for d in duties)
        in_rotations = sum(inside.get(d, 0) for _, week in rotations.of(person) for d in week)
        return found, len(found) + in_rotations, max(Counter(schedule.layer.spans["day"]).values())

    def check(self, schedule):
        for person in self.bound(schedule.people):
            taken, number, per = self._taken(schedule, person)
            said, when = f"{person} has {_number(number, per)} of {self.what}", tuple(dict.fromkeys(taken))
            if number < self.at_least * per:
                yield Violation(f"{said}; {Many(self.at_least, 'day')} owed.", (person,), when,
                                self.at_least * per - number)
            if self.at_most is not None and number > self.at_most * per:
                yield Violation(f"{said}; at most {Many(self.at_most, 'day')} allowed.", (person,), when,
                                number - self.at_most * per)

    def owed(self, schedule):
        for person in self.bound(schedule.people):
            taken, number, per = self._taken(schedule, person)
            got = number / per
            word = ("short" if got < self.at_least else "over" if self.at_most is not None and got > self.at_most
                    else "assumed" if self.assumption else "met")
            yield Owed(person, str(self.what), self.at_least, self.at_most, int(got) if got == int(got) else got,
                       "days", word, source=self.source, assumption=self.assumption,
                       slots=tuple(dict.fromkeys(taken)), layer=self.layer_name)

    @property
    def sentence(self):
        low, most = self.at_least, self.at_most
        amount = (f"at least {Many(low, 'day')}" if most is None else f"{Many(low, 'day')}" if low == most
                  else f"{low} to {Many(most, 'day')}" if low else f"up to {Many(most, 'day')}")
        whom = "Every fellow" if self.who is None else f"Each fellow of the group “{self.who}”"
        off = f"; {self.off} are off anyway and do not count" if self.off is not None else ""
        return f"{whom} has {amount} of {self.what}, weeks and single days together{off}."


def _number(halves, per):
    days = halves / per
    return str(Many(int(days), "day")) if days == int(days) else f"{days:g} days"
