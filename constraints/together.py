"""The whole cohort at once."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection, Window, listing


@dataclass(frozen=True, kw_only=True)
class Together(Rule):
    """The whole cohort is on {what} together.

    Parameters: of – the rotation; for – the cohort (everyone); in – the dates, if they are fixed: then they are on it
    in exactly these; waives – the rotations whose least staffing does not bind on those dates. Who is not here at the
    time is not missed; people outside the cohort may go when they like. Counts everyone who is missing, or there on
    another date.
    Why: a course that is held once for all: orientation, an anatomy laboratory.
    Example: rule: together; of: Anatomy laboratory; in: 2027-04-05; waives: MIPS
    """

    name = "together"
    what: Selection = key("of")
    who: Group | None = key("for", default=None)
    dates: Window | None = key("in", default=None)
    waives: Selection | None = None

    def never(self, layer):
        if self.dates is not None:
            for person in self.bound(layer.people):
                for slot in layer.present(person):
                    if slot not in self.dates:
                        for duty in self.what.duties & set(layer.duties):
                            yield person.id, slot, duty

    def _here(self, layer, slot):
        return [p for p in self.bound(layer.people) if p.id not in layer.here or slot in layer.here[p.id]]

    def post(self, board):
        for slot in board.layer.slots:
            cohort = self._here(board.layer, slot)
            if self.dates is not None:
                fixed = int(slot in self.dates)
                for person in cohort:
                    yield Condition(board.on(person, slot, self.what), at_least=fixed, at_most=fixed, who=(person,),
                                    when=(slot,))
            elif cohort:
                anyone = board.is_any(cohort, slot, self.what)
                for person in cohort:
                    yield Condition(anyone - board.on(person, slot, self.what), at_most=0, who=(person,), when=(slot,))

    def room(self, room):
        for period, slots in room.slots.items():
            for person in self.bound(room.people):
                number = sum(person in self._here(room.layer, s) for s in slots if self.dates and s in self.dates)
                if number:
                    yield Condition(room.amount(person, period, self.what), at_least=number, who=(person,),
                                    when=(period,))

    def check(self, schedule):
        for slot in schedule.layer.slots:
            cohort = self._here(schedule.layer, slot)
            there = [p for p in cohort if schedule.is_on(p, slot, self.what)]
            missing = [p for p in cohort if p not in there]
            when = schedule.dated([slot])
            if self.dates is None:
                if there and missing:
                    yield Violation(f"{_are(missing)} not on {self.what} {when}, while {_are(there)}; "
                                    "the cohort goes together.", tuple(missing), (slot,), len(missing))
            elif slot in self.dates and missing:
                yield Violation(f"{_are(missing)} not on {self.what} {when}, when the whole cohort must be.",
                                tuple(missing), (slot,), len(missing))
            elif slot not in self.dates and there:
                yield Violation(f"{_are(there)} on {self.what} {when}, which is not its date.", tuple(there),
                                (slot,), len(there))

    @property
    def sentence(self):
        whom = f" ({self.who})" if self.who is not None else ""
        when = f": {self.dates}" if self.dates is not None else ""
        waived = f"; the least staffing of {self.waives} does not bind then" if self.waives is not None else ""
        return f"The whole cohort{whom} is on {self.what} together{when}{waived}."


def _are(people):
    return f"{listing(people)} {'is' if len(people) == 1 else 'are'}"
