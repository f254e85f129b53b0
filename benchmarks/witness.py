"""A hidden schedule that keeps every rule of a shape: the program's numbers are read off it, so that it is feasible.

Long runs are laid before short ones, and each goes to whoever has had least so far, so that the amounts come out nearly
equal and the staffing nearly constant, as in a schedule that somebody made with care.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.shape import BASE, LEAVE, Service, Shape


@dataclass
class Witness:
    """``grid[person][period]`` is a rotation's or the leave's name; the base rotation fills what is left."""

    shape: Shape
    rng: random.Random
    grid: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.grid = [[BASE] * self.shape.periods for _ in self.shape.group]

    def build(self) -> Witness:
        """Lay everything; returns the witness."""
        staffed = sorted((s for s in self.shape.services if s.people), key=lambda s: (-s.length, len(s.who)))
        short = [s for s in self.shape.services if not s.people]
        for service in [s for s in staffed if s.length > 1]:
            self._staff(service)
        for service in [s for s in short if s.length > 1]:
            self._give(service)
        self._give(Service(LEAVE, frozenset(self.shape.group), most=1, gap=2, owed=self.shape.leave))
        for service in [s for s in staffed if s.length == 1]:
            self._staff(service)
        for service in [s for s in short if s.length == 1]:
            self._give(service)
        return self

    def amount(self, person: int, name: str) -> int:
        """How many periods of it this person has."""
        return self.grid[person].count(name)

    def there(self, name: str) -> list[int]:
        """How many are on it, period by period."""
        counts = Counter(slot for row in self.grid for slot, duty in enumerate(row) if duty == name)
        return [counts[slot] for slot in range(self.shape.periods)]

    def _staff(self, service: Service) -> None:
        """As many runs, side by side, as the service needs people; fewer where nobody is left."""
        people = [n for n, group in enumerate(self.shape.group) if group in service.who]
        mine, busy = Counter[int](), {n: self.shape.periods - self.amount(n, BASE) for n in people}
        for start in range(0, self.shape.periods, service.length):
            order = sorted(people, key=lambda n: (busy[n] + 2 * mine[n], self.rng.random()))
            chosen = [n for n in order if self._fits(n, service, start)][:service.people]
            for n in chosen:
                self._lay(n, service, start)
                mine[n] += service.length
                busy[n] += service.length

    def _give(self, service: Service) -> None:
        """What everybody of the group owes, wherever there is room; some get less where there is none."""
        people = [n for n, group in enumerate(self.shape.group) if group in service.who]
        most = max(1, -(-len(people) * service.owed * 4 // (3 * self.shape.periods)))
        there = self.there(service.name)
        self.rng.shuffle(people)
        for n in people:
            starts = list(range(self.shape.periods - service.length + 1))
            self.rng.shuffle(starts)
            for start in starts:
                run = range(start, start + service.length)
                if self.amount(n, service.name) >= service.owed:
                    break
                if all(there[slot] < most for slot in run) and self._fits(n, service, start):
                    self._lay(n, service, start)
                    for slot in run:
                        there[slot] += 1

    def _lay(self, person: int, service: Service, start: int) -> None:
        self.grid[person][start:start + service.length] = [service.name] * service.length

    def _fits(self, person: int, service: Service, start: int) -> bool:
        """Whether a run may begin here: free, not too long, far enough from the next, no bad neighbour."""
        row, name, end = self.grid[person], service.name, start + service.length
        if any(duty != BASE for duty in row[start:end]):
            return False
        first, last = start, end
        while first > 0 and row[first - 1] == name:
            first -= 1
        while last < len(row) and row[last] == name:
            last += 1
        if last - first > service.most:
            return False
        if name in row[max(0, first - service.gap):first] or name in row[last:last + service.gap]:
            return False
        before, after = row[start - 1] if start else "", row[end] if end < len(row) else ""
        return (before, name) not in self.shape.never and (name, after) not in self.shape.never
