"""Work hours in words: what was assumed, and whether a window keeps the limits."""

from __future__ import annotations

from scheduler.domain.duty_hours import Average
from scheduler.domain.program import Program
from scheduler.domain.words import listing
from scheduler.export.phrases import amount


def within(program: Program, average: Average) -> bool:
    """Whether a window keeps every limit that is averaged."""
    limits = program.limits
    most = limits.weekly_hours if limits else None
    return ((most is None or average.average <= most + 1e-6) and average.free >= average.needed
            and (average.most_nights is None or average.nights <= average.most_nights))


def assumed(program: Program) -> str:
    """The hours that home call is taken to cost, which nobody can read off a schedule; ``""`` without home call."""
    said = [f"{amount(role.hours)} hour{'' if role.hours == 1 else 's'} for {role.name}"
            for role in program.calls if role.kind == "home"]
    return f"Call taken at home counts the hours assumed to be worked: {listing(said)} each time." if said else ""
