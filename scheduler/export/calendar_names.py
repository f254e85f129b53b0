"""What calendars know fellows and rotations by: keys for events, names for files. No two share one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from scheduler.domain.program import Program
from scheduler.domain.words import slug

#: names that Windows keeps for itself
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def rotation_keys(program: Program) -> dict[str, str]:
    """Rotation → its key; where two have the same, each gets a few letters of its own that depend on its name only."""
    many = Counter(rotation.key for rotation in program.rotations)
    return {r.name: r.key if many[r.key] == 1 else f"{r.key}-{_mark(r.name)}" for r in program.rotations}


def file_names(fellows: Iterable[str], rotations: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """(``fellow``, id) or (``rotation``, name) → file name, for fellows by id and rotations by name → key.

    ``fellow-a.ics``, ``rotation-mips.ics``. Names that a file system could take for the same (capital letters, a
    fellow called like a rotation's file) are told apart by letters that stay the same from year to year.
    """
    stems = {("fellow", id_): _safe(id_) for id_ in fellows}
    stems |= {("rotation", name): _safe(f"rotation-{key}") for name, key in rotations.items()}
    many = Counter(stem.casefold() for stem in stems.values())
    return {who: (stem if many[stem.casefold()] == 1 and stem.casefold() not in _RESERVED
                  else f"{stem}-{_mark('/'.join(who))}") + ".ics" for who, stem in stems.items()}


def _safe(name: str) -> str:
    """Without slashes and dots: a name can never point out of its folder."""
    return name if slug(name) == name.casefold() and name else slug(name) or _mark(name)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]
