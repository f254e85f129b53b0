"""The shape of a made-up program: its groups of people, its rotations, and how much of a year each takes.

Nothing here is copied from a real program; the proportions are those of the two founding examples, so that the people
are nearly used up: about five eighths of their time on services that must be staffed, the rest on shorter rotations,
leave, and a base rotation that takes what is left. Three families, because they are hard in different ways:

``weeks``  every service changes hands by the week, at most two weeks in a row: Mayo's shape;
``runs``   services are taken in runs of two or four weeks, some of them exact or on blocks, heavy ones some time apart
           and never one directly after another;
``blocks`` a residency of blocks of four weeks.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

BACKGROUNDS = ("anesthesiology", "physical medicine", "neurology")
LEVELS = ("PGY-1", "PGY-2", "PGY-3")
Family = Literal["weeks", "runs", "blocks"]
#: programs of fewer people are fellowships, whose people differ by background and not by level
RESIDENCY = 30
BASE, LEAVE = "Clinic", "Vacation"


@dataclass(frozen=True)
class Service:
    """One rotation. ``people`` must be there in every period (0: nobody must); ``length`` is the run it is taken in.

    Runs are at most ``most`` periods long, ``gap`` periods apart, and begin on blocks where ``on_blocks``. ``who`` may
    be there. ``owed`` are the periods each of them takes of a rotation that need not be staffed.
    """

    name: str
    who: frozenset[str]
    people: int = 0
    length: int = 1
    most: int = 2
    gap: int = 1
    on_blocks: bool = False
    owed: int = 0
    heavy: bool = False


@dataclass(frozen=True)
class Shape:
    """A program without its schedule. ``group[n]`` is the group of person n; ``never`` are successions forbidden."""

    periods: int
    group: tuple[str, ...]
    services: tuple[Service, ...]
    never: frozenset[tuple[str, str]]
    leave: int
    family: Family

    @property
    def blocks(self) -> bool:
        """Whether a period is a block of four weeks."""
        return self.family == "blocks"


def made_shape(people: int, periods: int, rotations: int, rng: random.Random, family: Family,
               share: float = 1.0) -> Shape:
    """Draw a shape; ``rotations`` includes the base. In ``runs``, only a ``share`` of the services has rules of runs.

    Raises ValueError when the numbers are too small for a program.
    """
    if people < 3 or periods < 8 or rotations < 6:
        raise ValueError("A program has at least 3 people, 8 periods and 6 rotations.")
    blocks = family == "blocks"
    groups = LEVELS if people >= RESIDENCY or blocks else BACKGROUNDS
    group = tuple(groups[n * len(groups) // people] for n in range(people))
    staffed = _staffed(people, periods, rotations, rng, groups, family, share)
    leave = 1 if blocks else max(1, round(periods * 3 / 52))
    left = periods - leave - round(periods / 13) - periods * sum(s.people for s in staffed) / people
    short = _short(round(left), rotations - 1 - len(staffed), rng, groups, blocks)
    heavy = [s.name for s in staffed if s.heavy]
    never = frozenset(pairwise(heavy)) if family != "weeks" and share else frozenset()
    return Shape(periods, group, (*staffed, *short), never, leave, family)


def _staffed(people: int, periods: int, rotations: int, rng: random.Random, groups: tuple[str, ...], family: Family,
             share_bound: float) -> list[Service]:
    """The services that must be staffed: together five eighths of the people, in unequal shares."""
    load = max(1, people * 5 // 8)
    number = min(load, max(2, rotations // 2))
    shares = [1] * number
    for _ in range(load - number):
        shares[min(rng.randrange(number), rng.randrange(number))] += 1
    found = []
    for n, share in enumerate(shares):
        bound = family == "runs" and (share_bound >= 1 or rng.random() < share_bound)
        length = rng.choice([k for k in (1, 1, 2, 2, 4) if periods % k == 0]) if bound else 1
        exact = length == 4 or (length == 2 and rng.random() < 0.5)
        heavy = n % 4 == 1
        found.append(Service(
            f"Service {n + 1:02}", _some(groups, share, people, rng), share, length,
            most=length if exact else 2 * length if length > 1 else 1 if heavy and family == "blocks" else 2,
            gap=2 if heavy and (bound or family == "blocks") else 1,
            on_blocks=length == 4 and rng.random() < 0.5, heavy=heavy))
    return found


def _short(left: int, number: int, rng: random.Random, groups: tuple[str, ...], blocks: bool) -> list[Service]:
    """The rotations that people owe but that need nobody: each group owes about ``left`` periods of them."""
    owed = dict.fromkeys(groups, 0)
    found = []
    for n in range(number):
        amount = 1 if blocks else rng.choice((1, 1, 2, 2, 3, 4) if number < 15 else (1, 1, 2))
        who = frozenset(g for g in groups if owed[g] + amount <= left and rng.random() < 0.8)
        if not who:
            who, amount = frozenset([min(groups, key=lambda g: owed[g])]), 1
        for g in who:
            owed[g] += amount
        found.append(Service(f"Elective {n + 1:02}", who, length=2 if amount == 2 else 1, most=2, owed=amount))
    return found


def _some(groups: tuple[str, ...], share: int, people: int, rng: random.Random) -> frozenset[str]:
    """Everybody; or, where enough of them are left for it, one or two groups."""
    if rng.random() < 0.6 or share * 4 > people or people < 12:
        return frozenset(groups)
    return frozenset(rng.sample(groups, 2))
