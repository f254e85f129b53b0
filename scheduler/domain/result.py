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
