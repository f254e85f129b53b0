"""Two places that are too far apart for one day."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class Travel(Rule):
    """Nobody works at {one} and at {other} on one day.

    Parameters: one and other – two sites; for – whom it binds (everyone). Both halves of a day count, whether spent
    with the host rotation or on a short rotation; a rotation with several sites visits them in turn, week by week, a
    short rotation is at its first. Holidays count like other days. Counts every such day once.
    Why: an hour on the road is an hour late for somebody.
    Example: rule: travel; one: West County; other: Main Campus
    """

    name = "travel"
    layers = ("half-days",)
    layer_name: str = "half-days"
    one: str
    other: str
    who: Group | None = key("for", default=None)
    #: the sites of each duty, in turn; what a rotation's week sends elsewhere: (rotation, half-day of the week, site)
    sites: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sends: tuple[tuple[str, int, str], ...] = ()

    # -- for the solver: the rotations above are decided, so where each half-day's host is, is known

    def _hosts(self, board, person):
        """The site of the host session in each half-day slot; ``""`` where it is not known.

        After a week that is still open, nobody knows whose turn it is among several sites.
        """
        rotations, turn, unsure, found = board.beside["rotations"], {}, set(), {}
        sites, sends = dict(self.sites), {(rotation, n): site for rotation, n, site in self.sends}
        period_site = {}
        for period in rotations.layer.present(person):
            for duty in filter(sites.get, rotations.layer.duties):
                if rotations.cell(person, period, duty) is not None and len(sites[duty]) > 1:
                    unsure.add(duty)
                elif rotations.is_certain(person, period, duty):
                    nth = turn[duty] = turn.get(duty, -1) + 1
                    period_site[period] = duty, "" if duty in unsure else sites[duty][nth % len(sites[duty])]
        for slot in board.layer.present(person):
            duty, site = period_site.get(board.layer.parent[slot], ("", ""))
            found[slot] = sends.get((duty, board.layer.spans["weekday"][slot]), site)
        return found

    def post(self, board):
        sites, places = dict(self.sites), (self.one, self.other)
        at = {place: [d for d in board.layer.duties if place in sites.get(d, ())[:1]] for place in places}
        for person in self.bound(board.people):
            here, hosts = set(board.layer.present(person)), self._hosts(board, person)
            for slots in board.layer.cut("day"):
                mine = [s for s in slots if s in here]
                there = {place: [self._at(board, person, s, at[place], hosts[s] == place) for s in mine]
                         for place in at}
                one, other = (board.model.any_of(there[place]) for place in (self.one, self.other))
                if not ((one.fixed and not one.const) or (other.fixed and not other.const)):
                    yield Condition(one + other, at_most=1, who=(person,), when=tuple(mine))

    def _at(self, board, person, slot, duties, host):
        """1 when the person is at the place in this half-day: by a short rotation there, or with the host there."""
        there = board.is_any(person, slot, Selection("there", frozenset(duties)))
        if not host:
            return there
        away = board.is_any(person, slot, Selection("anything", frozenset(board.layer.duties)))
        return board.model.any_of([there, 1 - away])

    # -- for the rotation year: a short rotation at one place takes whole days away from a week at the other

    def closer_room(self, room):
        sites = dict(self.sites)
        sent = {rotation for rotation, _, _ in self.sends}
        hosts = [d for d in room.above.layer.duties if sites.get(d)]
        if room.above.layer.can_coincide(Selection("hosts", frozenset(hosts))):
            return
        for person in self.bound(room.people):
            turns = [self._turns(room, person, d, sites[d]) for d in hosts if d not in sent]
            for period in room.periods(person):
                for here, there in ((self.one, self.other), (self.other, self.one)):
                    host = Linear.sum(turn[period].get(here, Linear()) for turn in turns)
                    yield from self._whole_days(room, person, period, host, here, there)

    def _turns(self, room, person, duty, sites):
        """Per period and site: 1 when the person spends it on the rotation there. One week after the other is counted
        through the year: whose turn a site is, is the turn before it, moved on by a week there."""
        what, found = Selection.of(duty), {}
        model, number = room.above.model, len(sites)
        whose = [Linear(const=int(n == 0)) for n in range(number)]
        for period in room.periods(person):
            on = room.host(person, period, what)
            if number == 1 or on.fixed:
                at = [on if number == 1 else whose[n] if on.const else Linear() for n in range(number)]
            else:
                at = [model.variable(0, 1) for _ in sites]
                model.define(Linear.sum(at) - on, at_least=0, at_most=0)
                for n in range(number):
                    model.define(whose[n] - at[n], at_least=0)
            found[period] = {site: Linear.sum(at[n] for n in range(number) if sites[n] == site) for site in set(sites)}
            if number > 1:
                moved = [whose[n] - at[n] + at[n - 1] for n in range(number)]
                whose = [self._named(model, turn) for turn in moved]
        return found

    @staticmethod
    def _named(model, turn):
        """A sum of 0 or 1 by a variable of its own, so that sums over the year stay short."""
        if turn.fixed:
            return turn
        name = model.variable(0, 1)
        model.define(turn - name, at_least=0, at_most=0)
        return name

    def _whole_days(self, room, person, period, host, here, there):
        """On each day with a half there, no half is left to the host here, nor spent on another duty here; and where
        nobody has two duties at once, what takes whole days is on other days."""
        sites, duties = dict(self.sites), room.layer.duties
        sizes = {sum(s in room.slots.get(period, ()) for s in day) for day in room.layer.cut("day")} - {0}
        if room.apart.issuperset(duties):
            duties = [d for d in duties if room.grain.get(d, 1) == 1]
        visit = room.amount(person, period, Selection(there, frozenset(
            d for d in duties if there in sites.get(d, ())[:1])))
        most = room.above.model.upper(visit)
        if len(sizes) != 1 or (host.fixed and not host.const) or not most:
            return
        size, days = sizes.pop(), room.above.model.variable(0, most)
        away = room.amount(person, period, Selection("away", frozenset(
            d for d in duties if here not in sites.get(d, ())[:1])))
        yield Condition(visit - days * size, at_most=0, who=(person,), when=(period,))
        yield Condition(days * size - away + host * (most * size), at_most=most * size, who=(person,), when=(period,))

    # -- for people: where everyone is, half-day by half-day

    def check(self, schedule):
        rotations, day = schedule.beside["rotations"], schedule.layer.spans["day"]
        sites, sends = dict(self.sites), {(rotation, n): site for rotation, n, site in self.sends}
        for person in self.bound(schedule.people):
            weeks, places = {}, {}
            for period, duties in rotations.of(person):
                for duty in duties:
                    if sites.get(duty):
                        weeks.setdefault(duty, []).append(period)
            for slot, duties in schedule.of(person):
                period = schedule.layer.parent[slot]
                host = next((d for d in rotations.at(person, period) if sites.get(d)), None)
                if duties:
                    where = {site for d in duties for site in sites.get(d, ())[:1]}
                elif host is None:
                    where = set()
                else:
                    turn = sites[host][weeks[host].index(period) % len(sites[host])]
                    where = {sends.get((host, schedule.layer.spans["weekday"][slot]), turn)}
                places.setdefault(day[slot], []).append((slot, where))
            for halves in places.values():
                seen = set().union(*(where for _, where in halves))
                if {self.one, self.other} <= seen:
                    slots = tuple(s for s, _ in halves)
                    yield Violation(f"{person} works at {self.one} and at {self.other} {schedule.dated(slots)}.",
                                    (person,), slots)
