"""Which rotations may be left for something shorter."""

from dataclasses import dataclass

from scheduler.domain.rule import Ask, Condition, Rule, Violation, key
from scheduler.domain.words import Group, Many, Selection, listing


@dataclass(frozen=True, kw_only=True)
class TakenFrom(Rule):
    """{what} is only for fellows who are on {hosts} at the time.

    Parameters: of – what is taken inside other rotations: a clinic, a short rotation, a day of leave, a call role;
    from – the rotations that may be left for it (for call: whose fellows carry it); for – whom it binds (everyone).
    Nobody on leave for the whole period is on any rotation, so leave is never among them.
    Why: some services cannot spare a fellow, not even for a morning.
    Example: rule: taken from; of: Continuity clinic; from: not inpatient
    """

    name = "taken from"
    layers = ("half-days", "call")
    across = ("hosts",)
    layer_name: str = "half-days"
    what: Selection = key("of")
    hosts: Selection = key("from")
    who: Group | None = key("for", default=None)

    def _fellows(self, people, rotations):
        """Whom it binds; presenters who are in no rotation leave none."""
        known = {p.id for p in rotations.people}
        return [p for p in self.bound(people) if p.id in known]

    def post(self, board):
        rotations = board.beside["rotations"]
        for person in self._fellows(board.people, rotations):
            hosts = rotations.year(person, self.hosts)
            for slot in board.layer.present(person):
                on = board.on(person, slot, self.what)
                if not on.fixed or on.const:
                    yield Condition(on - hosts[board.layer.parent[slot]], at_most=0, who=(person,), when=(slot,))

    def room(self, room):
        for person in self._fellows(room.people, room.above):
            for period in room.periods(person):
                amount = room.amount(person, period, self.what)
                if amount.vars:
                    host = room.host(person, period, self.hosts)
                    yield Condition(amount - host * room.above.model.upper(amount), at_most=0, who=(person,),
                                    when=(period,))

    def asks(self, layer):
        yield Ask(self.what, tuple(self.bound(layer.people)), hosts=self.hosts)

    def check(self, schedule):
        rotations = schedule.beside["rotations"]
        for person in self._fellows(schedule.people, rotations):
            for slot in schedule.slots_on(person, self.what):
                period = schedule.layer.parent[slot]
                doing = rotations.at(person, period)
                if not any(duty in self.hosts for duty in doing):
                    when = f"{schedule.dated([slot])}, in a {rotations.layer.noun} on {listing(doing or ['nothing'])}"
                    yield Violation(f"{person} is on {self.what} {when}; it is only for fellows on {self.hosts}.",
                                    (person,), (slot,))

    def eased(self, violations, layer):
        names = listing(list(dict.fromkeys(str(p) for v in violations for p in v.who)))
        return (f"Allow {self.what} beside other rotations too, {Many(len(violations), 'time')}: {names}, "
                f"{layer.when(sorted({s for v in violations for s in v.when}))}.")
