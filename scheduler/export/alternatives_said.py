"""What a search for alternatives found, and how it ended, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from scheduler.domain.program import Program
from scheduler.domain.result import Result

#: why the search ended: there are enough, no other exists, time ran out, Ctrl-C, or only the layers below were worse
Ended = Literal["enough", "no other", "time", "stopped", "below"]


@dataclass(frozen=True)
class Alternatives:
    """The schedules found, the best first, and for each other one how far it is from the nearest before it.

    ``proven`` says of each distance whether it is the largest possible, given those before.
    """

    program: Program
    found: tuple[Result, ...]
    distances: tuple[int, ...] = ()
    proven: tuple[bool, ...] = ()
    ended: Ended = "enough"
    within: Mapping[str, int] = field(default_factory=dict)

    @property
    def only_rotations(self) -> bool:
        """Whether the program has nothing below the rotations."""
        return len(self.program.layers()) == 1


def said(alternatives: Alternatives) -> list[str]:
    """How the search ended, in sentences."""
    found, ended = alternatives.found, alternatives.ended
    loss = [f"“{name}” may be {value} worse" for name, value in alternatives.within.items() if value]
    lines = []
    if len(found) > 1:
        lines.append(f"{len(found)} schedules that are equal in every priority" + (
            f", except that {', '.join(loss)}." if loss else "."))
    if any(not tier.proven for tier in found[0].tiers):
        lines.append("The first schedule is not proven best: a better one may exist, with alternatives of its own.")
    for n, (distance, proven) in enumerate(zip(alternatives.distances, alternatives.proven, strict=True), start=2):
        lines.append(f"Alternative {n} differs from {'the one' if n == 2 else 'the nearest'} before it in {distance} "
                     f"cells of the rotation year: {'proven the most possible' if proven else 'not proven the most'}.")
    year = "schedule" if alternatives.only_rotations else "rotation year"
    lines += {"no other": [f"No other {year} is as good: this is proven."],
              "time": ["Time ran out before the next one was found. Give it more (--time-limit)."],
              "stopped": ["Stopped with Ctrl-C; what was found is kept."],
              "below": ["Other rotation years are as good, but in those that were tried the layers below were not. "
                        "Allow a loss with --within."], "enough": []}[ended]
    return lines
