"""Sums across layers: is there room in the weeks for what is owed by the half-day, and somebody for every call?

Every sum is at its most favourable: the least time on rotations that may not be left, the best weeks, the most in
each.
A line that cannot hold is a proof, in numbers a coordinator can check on paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.check.sums import _disjoint, _most, _possible, _shares, sums
from scheduler.domain.board import Board, Model
from scheduler.domain.layer import Layer, Person
from scheduler.domain.rule import Ask, Rule
from scheduler.domain.words import Many, Selection


def problems(layers: Sequence[Layer], rules: Sequence[Rule]) -> list[str]:
    """Every sum that cannot hold, of any layer: sentences, none twice."""
    found = [p for layer in layers for table in sums(layer, rules) for line in table for p in line.problems]
    for layer in layers[1:]:
        found += _Across(layers[0], layer, rules).problems()
    return list(dict.fromkeys(found))


class _Across:
    """One layer below the rotations, and what the rotations claim."""

    def __init__(self, top: Layer, layer: Layer, rules: Sequence[Rule]):
        must = [rule for rule in rules if rule.priority is None]
        above = [rule for rule in must if rule.layer_name == top.name]
        self.top, self.layer = top, layer
        own = [rule for rule in must if rule.layer_name == layer.name]
        self.asks = [ask for rule in own for ask in rule.asks(layer)]
        self.board = Board(Model(), top).open(cell for rule in above for cell in rule.never(top))
        self.below = Board(Model(), layer).open(cell for rule in own for cell in rule.never(layer))
        self.claims = [claim for rule in above for claim in rule.claims(self.board)]

    def problems(self) -> Iterator[str]:
        """What cannot hold; faculty and guests are in no rotation, so nothing there limits them."""
        fellows = set(self.top.people)
        for ask in self.asks:
            if ask.least:
                for person in filter(fellows.__contains__, ask.who):
                    yield from self._too_few_weeks(ask, person)
            if ask.needed and fellows.issuperset(ask.who):
                yield from self._nobody(ask)

    def _hosts(self, what: Selection, person: Person) -> Selection:
        """The rotations from which this may be taken."""
        said = [ask.hosts for ask in self.asks if ask.hosts is not None and person in ask.who
                and what.duties <= ask.what.duties]
        hosts = frozenset(self.top.duties).intersection(*(each.duties for each in said))
        return Selection(str(said[0]) if len(said) == 1 else " or ".join(sorted(hosts)), hosts)

    def _too_few_weeks(self, ask: Ask, person: Person) -> Iterator[str]:
        """What is owed against the weeks that are left, and the most that each can hold."""
        barred = frozenset(self.top.duties) - self._hosts(ask.what, person).duties
        taken = _disjoint([c for c in self.claims if c.who == (person,) and len(c.when) > 1
                           and c.what.duties <= barred])
        here = list(self.top.present(person))
        left = max(0, len(here) - sum(low for _, low in taken))
        rooms = sorted((self._most_in(ask.what, person, period) for period in here), reverse=True)[:left]
        if sum(rooms) >= ask.least:
            return
        minus = "".join(f" − {what} {low}" for what, low in taken)
        each = (f"{left} × {rooms[0]} = {sum(rooms)}" if rooms and rooms[0] == rooms[-1]
                else f"the best {left} of them hold {sum(rooms)}")
        weeks = Many(left, self.top.noun)
        owed = Many(ask.least, self.layer.noun)
        yield (f"{person} owes {owed} of {ask.what}, which may not be taken from everything: "
               f"{len(here)} {self.top.noun}s{minus} = {weeks}; {each}, and {sum(rooms)} is less than {ask.least}.")

    def _most_in(self, what: Selection, person: Person, period: int) -> int:
        """The most half-days of one week: those that are open, and no more than the week's own limit."""
        slots = [s for s in self.layer.slots if self.layer.parent[s] == period]
        open_ = sum(1 for s in slots if self.below.model.upper(self.below.on(person, s, what)))
        weeks = len({self.layer.spans["week"][s] for s in slots})
        return min([open_, *(ask.most * weeks for ask in self.asks if ask.most is not None and person in ask.who
                             and what.duties <= ask.what.duties)])

    def _nobody(self, ask: Ask) -> Iterator[str]:
        """Whether those whose rotation carries a call can be on it in every week that needs them."""
        periods = {self.layer.parent[s] for s in ask.when}
        supply = {}
        for person in ask.who:
            hosts = self._hosts(ask.what, person)
            own = [c for c in self.claims if c.who == (person,) and len(c.when) > 1 and c.what.duties <= hosts.duties]
            supply[person] = min(_possible(self.board, person, hosts), _most(own, hosts))
        need, total = ask.needed * len(periods), sum(supply.values())
        if total < need:
            hosts = self._hosts(ask.what, ask.who[0]) if ask.who else ask.what
            who = "one fellow" if ask.needed == 1 else f"{ask.needed} fellows"
            yield (f"{ask.what} needs {who} on {hosts} in each of {len(periods)} {self.top.noun}s: {need}. "
                   f"{_shares(supply, 'can give at most')}: {total}. {need} is more than {total}.")
