"""What one solver found on one instance, and the watch that times it."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.domain.schedule import Cells


@dataclass(frozen=True)
class Step:
    """One stage: its value and proven bound (None: nothing found, no bound), and the wall seconds it took."""

    name: str
    value: int | None
    bound: int | None
    seconds: float

    @property
    def gap(self) -> float | None:
        """How far apart value and bound are, as a share of the value, as solvers count it; None without both."""
        if self.value is None or self.bound is None:
            return None
        return abs(self.value - self.bound) / max(1, abs(self.value))


@dataclass(frozen=True)
class Found:
    """One run. Times are wall seconds from when building the model began; None where it never happened.

    ``steps`` are the stages in order: one where there is one objective. ``status`` ``optimal``: every stage is proven.
    ``sizes`` are the model's variables and rows. ``cells`` by layer are for the checker and are not recorded.
    """

    status: str
    steps: tuple[Step, ...] = ()
    build: float | None = None
    first: float | None = None
    best: float | None = None
    seconds: float = 0.0
    sizes: tuple[int, int] = (0, 0)
    cells: Mapping[str, Cells] = field(default_factory=dict)


class Watch:
    """Seconds since it was made: when the model stood, the first schedule came, and the best one of the last stage."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.build: float | None = None
        self.first: float | None = None
        self.best: float | None = None
        self.value: int | None = None
        self.steps: list[Step] = []

    def now(self) -> float:
        """Seconds so far."""
        return time.monotonic() - self.began

    def built(self) -> None:
        """The model stands."""
        self.build = self.now()

    def left(self, seconds: float) -> float:
        """What is left of the time allowed, never quite nothing."""
        return max(0.1, seconds - self.now())

    def found(self, value: int | None) -> None:
        """A schedule of this value came."""
        at = self.now()
        self.first = at if self.first is None else self.first
        if value != self.value:
            self.value, self.best = value, at

    def stage(self, name: str, value: int | None, bound: int | None) -> None:
        """A stage ended; the next one counts something else."""
        self.steps.append(Step(name, value, bound, self.now() - sum(s.seconds for s in self.steps)))
        self.value = None

    def done(self, status: str, sizes: tuple[int, int], cells: Mapping[str, Cells], left: int = 0) -> Found:
        """The run; an empty ``status`` is read off the stages, of which ``left`` (0: all there are) must be proven."""
        proven = len(self.steps) >= left and all(s.value == s.bound for s in self.steps)
        return Found(status or ("optimal" if proven else "feasible"), tuple(self.steps), self.build, self.first,
                     self.best, self.now(), sizes, cells)


def whole(bound: float, large: bool = False) -> int | None:
    """A proven bound rounded to the nearest whole number it allows; None where there is none."""
    if not abs(bound) < 1e15:
        return None
    return math.floor(bound + 1e-6) if large else math.ceil(bound - 1e-6)
