"""The weekly amounts that a layer below needs, as the rotation year sees them: layers meet through numbers, not luck.

For each fellow, rotation period and duty of the lower layer there is one whole number, how many of its slots the
period holds. Every rule of the lower layer says what it means for these numbers (``Rule.room``), in terms of the
rotations that are still open. What it says is necessary, never more: a rotation year that fails it could not be filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scheduler.domain.board import Board
from scheduler.domain.layer import Layer, Person
from scheduler.domain.linear import Linear
from scheduler.domain.words import Selection


@dataclass
class Room:
    """``below`` is a lower layer's board with its impossible cells left out; ``above`` the rotations' board.

    ``grain`` says of duties that come several slots at a time how many: a whole day is two half-days. ``apart`` are
    duties of which nobody has two at one time.
    """

    above: Board
    below: Board
    grain: Mapping[str, int] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    _amounts: dict[tuple[str, int, str], Linear] = field(default_factory=dict, init=False)
    _shares: dict[tuple[str, int, str, tuple[int, ...]], Linear] = field(default_factory=dict, init=False)
    slots: Mapping[int, tuple[int, ...]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        slots: dict[int, list[int]] = {}
        for slot in self.layer.slots:
            slots.setdefault(self.layer.parent[slot], []).append(slot)
        self.slots = {period: tuple(mine) for period, mine in slots.items()}

    @property
    def layer(self) -> Layer:
        """The lower layer."""
        return self.below.layer

    @property
    def people(self) -> tuple[Person, ...]:
        return self.layer.people

    def periods(self, person: Person) -> list[int]:
        """The rotation periods this person is here for."""
        return list(self.above.layer.present(person))

    def open(self, person: Person, period: int, duty: str, among: Iterable[int] | None = None) -> int:
        """How many of the period's slots this person could spend on the duty at all."""
        slots = self.slots.get(period, ()) if among is None else among
        return self.below.open_slots(person, slots, duty)

    def amount(self, person: Person, period: int, what: Selection) -> Linear:
        """How many of the period's slots the person spends on these duties."""
        return Linear.sum(self._amount(person, period, duty) for duty in what if duty in self.layer.duties)

    def _amount(self, person: Person, period: int, duty: str) -> Linear:
        at = person.id, period, duty
        if at not in self._amounts:
            self._amounts[at] = self._grains(duty, self.open(person, period, duty))
        return self._amounts[at]

    def _grains(self, duty: str, most: int) -> Linear:
        """A number of slots up to the most, in whole grains."""
        grain = self.grain.get(duty, 1)
        return self.above.model.variable(0, most // grain) * grain if most >= grain else Linear()

    def held(self, period: int, duty: str) -> Linear:
        """On how many of the period's slots anybody is on the duty: at least as many as any one person."""
        at = "", period, duty
        if at not in self._amounts:
            open_ = sum(any(self.open(p, period, duty, (s,)) for p in self.people) for s in self.slots.get(period, ()))
            held = self._amounts[at] = self.above.model.variable(0, open_) if open_ else Linear()
            mine = [self._amount(p, period, duty) for p in self.people]
            for amount in mine:
                self.above.model.define(held - amount, at_least=0)
            self.above.model.define(held - Linear.sum(mine), at_most=0)
        return self._amounts[at]

    def within(self, person: Person, slots: Iterable[int], what: Selection) -> Linear:
        """How many of these slots, which may cut through periods, the person spends on these duties."""
        parts: dict[int, list[int]] = {}
        for slot in slots:
            parts.setdefault(self.layer.parent[slot], []).append(slot)
        here = set(self.periods(person))
        return Linear.sum(self._share(person, period, duty, tuple(mine)) for period, mine in parts.items()
                          if period in here for duty in what if duty in self.layer.duties)

    def _share(self, person: Person, period: int, duty: str, part: tuple[int, ...]) -> Linear:
        """The part of an amount that lies in some slots of the period; the rest lies in the others."""
        amount, rest = self._amount(person, period, duty), tuple(s for s in self.slots[period] if s not in part)
        open_, left = (self.open(person, period, duty, some) for some in (part, rest))
        if not open_ or not left:
            return amount if open_ else Linear()
        other = self._shares.get((person.id, period, duty, rest))
        if other is not None:
            return amount - other
        at = person.id, period, duty, part
        if at not in self._shares:
            day = self.layer.spans["day"]
            whole = {day[s] for s in part}.isdisjoint(day[s] for s in rest)     # a morning is no whole number of days
            share = self._grains(duty, open_) if whole else self.above.model.variable(0, open_)
            self._shares[at] = share
            self.above.model.define(amount - share, at_least=0, at_most=left)
        return self._shares[at]

    def total(self, person: Person, what: Selection, periods: Iterable[int] | None = None) -> Linear:
        """The same over several periods (all of them)."""
        return Linear.sum(self.amount(person, p, what) for p in (self.periods(person) if periods is None else periods))

    def host(self, person: Person, period: int, hosts: Selection) -> Linear:
        """1 when the person spends the period on one of these rotations."""
        return self.above.on(person, period, hosts)
