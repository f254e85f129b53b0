"""Everything in a program that has a name, and the abbreviation of each: files are written and read with the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.domain.program import CallRole, Leave, Program, Rotation


def named(program: Program) -> Iterator[Rotation | Leave | CallRole]:
    """Everything that has a name in some file, each once: duties, then short rotations, services of templates, call."""
    seen: set[str] = set()
    services = (Rotation(service) for r in program.rotations for _, _, service, _ in r.template)
    for duty in (*program.duties, *program.short, *services, *program.calls):
        if duty.name not in seen:
            seen.add(duty.name)
            yield duty


def shorts(program: Program) -> dict[str, str]:
    """Name → abbreviation: the program's own, else initials or the first letters, each used once."""
    found = {d.name: d.short for d in named(program) if d.short}
    for duty in named(program):
        if duty.name not in found:
            words = re.findall(r"\w+", duty.name)
            initials = "".join(w[0] for w in words if w[0].isupper() or w[0].isdigit()) if len(words) > 1 else ""
            candidates = [duty.name if len(duty.name) <= 5 else "", initials, words[0][:4].upper(), words[0][:6],
                          *(f"{words[0][:3].upper()}{n}" for n in range(2, 1000))]
            found[duty.name] = next(c for c in candidates if len(c) > 1 and c not in found.values())
    return found
