"""Colours that the colour-blind can tell apart, and labels that do without colour.

The order below starts from Paul Tol's "muted" and "light" schemes (personal.sron.nl/~pault), which stay distinct under
deuteranopia and protanopia; beyond that many duties no set of colours does, so every cell also carries its label.
"""

from __future__ import annotations

import re

from scheduler.domain.program import Leave, Program

BASE = "#F2F2EC"
LEAVE = ("#BBBBBB", "#D6D6D6", "#9A9A9A", "#C9C2B8")
ROTATIONS = (
    "#332288", "#88CCEE", "#DDCC77", "#117733", "#CC6677", "#44AA99", "#882255", "#EEDD88", "#77AADD", "#AA4499",
    "#999933", "#EE8866", "#FFAABB", "#225555", "#BBCC33", "#663333", "#99DDFF", "#AAAA00", "#6699CC", "#555599",
)


def colours(program: Program) -> dict[str, str]:
    """Duty → ``#RRGGBB``: the program's own colour, else one from the list, in the file's order."""
    found: dict[str, str] = {}
    free = [c for c in ROTATIONS if c not in {d.colour for d in program.duties}]
    grey = list(LEAVE)
    for duty in program.duties:
        if duty.colour:
            found[duty.name] = duty.colour
        elif isinstance(duty, Leave):
            found[duty.name] = grey[len([d for d in found if d in {x.name for x in program.leaves}]) % len(grey)]
        elif duty.base:
            found[duty.name] = BASE
        else:
            found[duty.name] = free.pop(0) if free else "#FFFFFF"
    return found


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


def shorts(program: Program) -> dict[str, str]:
    """Duty → abbreviation: the program's own, else initials or the first letters, each used once."""
    found = {d.name: d.short for d in program.duties if d.short}
    for duty in program.duties:
        if duty.name not in found:
            words = re.findall(r"\w+", duty.name)
            initials = "".join(w[0] for w in words if w[0].isupper() or w[0].isdigit()) if len(words) > 1 else ""
            candidates = [duty.name if len(duty.name) <= 5 else "", initials, words[0][:4].upper(), words[0][:6],
                          *(f"{words[0][:3].upper()}{n}" for n in range(2, 1000))]
            found[duty.name] = next(c for c in candidates if len(c) > 1 and c not in found.values())
    return found


def shown(program: Program, duty: str) -> str:
    """What others may read: private leave is only ``Away``."""
    facts = program.duty(duty)
    return "Away" if isinstance(facts, Leave) and facts.private else duty


def short_shown(program: Program, duty: str) -> str:
    """The abbreviation that others may read."""
    facts = program.duty(duty)
    return "AWAY" if isinstance(facts, Leave) and facts.private else shorts(program)[duty]
