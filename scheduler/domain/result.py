"""A solved, checked year: everything an export needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from scheduler.domain.program import Program
from scheduler.domain.schedule import Schedule
from scheduler.domain.verdict import Report

Status = Literal["optimal", "feasible", "impossible", "unknown"]

#: the priorities that a repair puts before the program's own: what the past has broken, what cannot be done inside the
#: year, and how much of the earlier schedule changes
ALREADY, LATER, CHANGES = REPAIRS = ("already so", "left for later", "fewest changes")


@dataclass(frozen=True)
class Tier:
    """A stage's value and proven bound. ``given`` is True when an earlier stage stopped unproven.

    ``layer`` is the layer it was proven in: a layer below the rotations is proven given the layers above it.
    """

    name: str
    value: int
    bound: int
    large: bool = False
    seconds: float = 0.0
    given: bool = False
    layer: str = "rotations"

    @property
    def proven(self) -> bool:
        """Whether nothing better exists, given the stages before."""
        return self.value == self.bound

    @property
    def repairs(self) -> str:
        """Which of a repair's own priorities this is; ``""`` where it is one of the program's."""
        priority = self.name.partition(": ")[0]
        return priority if priority in REPAIRS else ""


@dataclass(frozen=True)
class Result:
    """A schedule with its program, its verdicts, and what was proven about it.

    ``status`` ``optimal`` means proven in every tier; ``made`` is when it was made (aware, UTC); ``run`` records seed,
    workers, versions and sizes, so that the same year can be made again.
    """

    program: Program
    schedule: Schedule
    report: Report
    status: Status
    tiers: tuple[Tier, ...]
    made: datetime
    seconds: float = 0.0
    version: int = 1
    run: Mapping[str, object] = field(default_factory=dict)

    @property
    def repaired(self) -> bool:
        """Whether it is an earlier schedule that was repaired: what was proven holds given what stayed of that."""
        return "repair" in self.run
