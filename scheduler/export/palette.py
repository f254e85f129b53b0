"""Colours that the colour-blind can tell apart, and labels that do without colour.

The first seven are Paul Tol's "muted" scheme (personal.sron.nl/~pault); each after them was chosen farthest from all
before it, from white, the base colour and the greys of leave, as seen with normal, deuteranopic and protanopic eyes
(Machado, Oliveira and Fernandes 2009). Every two rotations stay at least 14 apart in CIELAB, and every cell carries
its label too.
"""

from __future__ import annotations

from functools import cache

from scheduler.domain.program import Leave, Program, Rotation
from scheduler.domain.short_names import named, shorts

__all__ = ["BASE", "FEAST", "LEAVE", "NOBODY", "ROTATIONS", "colours", "contrast", "ink", "luminance", "named",
           "shorts"]

BASE, NOBODY, FEAST = "#F2F2EC", "#FFFFFF", "#FFF3CC"
LEAVE = ("#BBBBBB", "#D6D6D6", "#8796B4", "#4B785A")
ROTATIONS = (
    "#332288", "#88CCEE", "#DDCC77", "#117733", "#CC6677", "#44AA99", "#882255", "#6478B4", "#42150A", "#E69F00",
    "#EEEEBB", "#6D4DCB", "#511D63", "#B4A064", "#D55E00", "#CDC098", "#364B9A", "#663333", "#889DDD", "#42788A",
)


def colours(program: Program) -> dict[str, str]:
    """Name → ``#RRGGBB``: the program's own colour, else one from the list, in the file's order."""
    found: dict[str, str] = {}
    free = [c for c in ROTATIONS if c not in {d.colour for d in named(program)}] or list(ROTATIONS)
    taken = leaves = 0
    for duty in named(program):
        if duty.colour:
            found[duty.name] = duty.colour
        elif isinstance(duty, Leave):
            found[duty.name] = LEAVE[leaves % len(LEAVE)]
            leaves += 1
        elif isinstance(duty, Rotation) and duty.base:
            found[duty.name] = BASE
        else:
            found[duty.name] = free[taken % len(free)] if taken < len(free) else _paler(free[taken % len(free)])
            taken += 1
    return found


def _paler(colour: str) -> str:
    """Half way to white: for the few programs with more rotations than colours."""
    return "#" + "".join(f"{(int(colour[n:n + 2], 16) + 255) // 2:02X}" for n in (1, 3, 5))


@cache
def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[n:n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def ink(colour: str) -> str:
    """Black or white, whichever reads better on this colour."""
    return max(("#000000", "#FFFFFF"), key=lambda c: contrast(c, colour))
