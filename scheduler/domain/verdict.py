"""What a checked schedule says about each rule, each requirement and each wish. Filled by rules, shown by exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scheduler.domain.duty_hours import Average, Finding
from scheduler.domain.layer import Person
from scheduler.domain.rule import Rule, Violation, Waiver

Word = Literal["met", "short", "over", "waived", "assumed"]


@dataclass(frozen=True)
class Owed:
    """One requirement of one fellow: what is owed, what the year gives, and the verdict.

    Amounts are in ``unit`` (weeks, blocks, half-days …). ``credit`` is what earlier years gave and is part of ``got``.
    ``assumed`` means met, but on a reading that the program's documents do not settle. ``slots`` are
    those of ``layer`` that earn it.
    """

    fellow: Person
    what: str
    owed_min: int
    owed_max: int | None
    got: float
    unit: str
    verdict: Word
    elective: bool = False
    credit: float = 0
    source: str = ""
    assumption: str = ""
    slots: tuple[int, ...] = ()
    layer: str = "rotations"

    @property
    def by(self) -> float:
        """How much is missing (short) or too much (over)."""
        if self.got < self.owed_min:
            return self.owed_min - self.got
        return max(0, self.got - self.owed_max) if self.owed_max is not None else 0


@dataclass(frozen=True)
class Wish:
    """One ranked request of one fellow, its points, and whether the year grants it."""

    fellow: Person
    kind: str
    text: str
    rank: int
    points: int
    granted: bool
    slots: tuple[int, ...] = ()
    duty: str = ""
    reason: str = ""


@dataclass(frozen=True)
class RuleVerdict:
    """What the checker found for one rule."""

    rule: Rule
    violations: tuple[Violation, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    measures: tuple[tuple[str, int], ...] = ()

    @property
    def word(self) -> str:
        """``held``, ``broken``, ``waived`` or ``measured``."""
        if self.violations:
            return "broken"
        return "waived" if self.waivers else "measured" if self.measures else "held"


@dataclass(frozen=True)
class TierValue:
    """A priority tier, recomputed from the schedule without any solver. ``large``: more is better."""

    name: str
    value: int
    large: bool = False


@dataclass(frozen=True)
class Hours:
    """One fellow's work hours: every window they are averaged over, and every limit that is broken."""

    fellow: Person
    averages: tuple[Average, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Report:
    """The checker's verdict on a whole schedule. ``hours`` is empty where the program names no work-hour limits."""

    rules: tuple[RuleVerdict, ...]
    owed: tuple[Owed, ...]
    wishes: tuple[Wish, ...]
    tiers: tuple[TierValue, ...]
    hours: tuple[Hours, ...] = ()

    @property
    def too_long(self) -> tuple[tuple[Person, Finding], ...]:
        """Every work-hour limit that is broken and required (not only advised)."""
        return tuple((h.fellow, f) for h in self.hours for f in h.findings if not f.should)

    @property
    def broken(self) -> tuple[tuple[Rule, Violation], ...]:
        """Every violation of a rule that must hold."""
        return tuple((v.rule, x) for v in self.rules if v.rule.priority is None for x in v.violations)

    @property
    def ok(self) -> bool:
        """True when every rule that must hold does, and no required work-hour limit is broken."""
        return not self.broken and not self.too_long
