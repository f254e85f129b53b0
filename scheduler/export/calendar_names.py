"""What calendars know fellows and rotations by: keys for events, names for files. No two share one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from scheduler.domain.days import CONFERENCES
from scheduler.domain.program import CallRole, Program, Rotation
from scheduler.domain.words import slug

#: names that Windows keeps for itself
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def rotation_keys(program: Program) -> dict[str, str]:
    """Rotation → its key; where two have the same, each gets a few letters of its own that depend on its name only."""
    return _keys(program.rotations)


def short_keys(program: Program) -> dict[str, str]:
    """The same for what is taken by the day or half-day."""
    return _keys(program.short)


def call_keys(program: Program) -> dict[str, str]:
    """The same for roles of call."""
    return _keys(program.calls)


def _keys(things: Sequence[Rotation | CallRole]) -> dict[str, str]:
    many = Counter(thing.key for thing in things)
    return {t.name: t.key if many[t.key] == 1 else f"{t.key}-{_mark(t.name)}" for t in things}


def file_names(fellows: Iterable[str], rotations: Mapping[str, str], shorts: Mapping[str, str] | None = None,
               roles: Mapping[str, str] | None = None, parts: Iterable[str] = ()) -> dict[tuple[str, str], str]:
    """(``fellow``, id), (``rotation``, name), (``short``, name), (``role``, name), (``all``, ``conferences``) or
    (part, id) → file name.

    Fellows are given by id, the others by name → key; ``parts`` are the layers that each fellow has a file of.
    ``fellow-a.ics``, ``rotation-mips.ics``, ``call-nights.ics``, ``fellow-a-call.ics``. Names that a file system could
    take for the same (capital letters, a fellow called like a rotation's file) are told apart by letters that stay the
    same from year to year. The layers below the week never change the names of the first two.
    """
    fellows, parts = list(fellows), list(parts)
    stems = {("fellow", id_): _safe(id_) for id_ in fellows}
    stems |= {("rotation", name): _safe(f"rotation-{key}") for name, key in rotations.items()}
    found = _apart(stems, set())
    more = {("short", name): _safe(f"rotation-{key}") for name, key in (shorts or {}).items()}
    more |= {("all", part): part for part in parts if part == CONFERENCES}
    more |= {("role", name): _safe(f"call-{key}") for name, key in (roles or {}).items()}
    more |= {(part, id_): _safe(f"{_safe(id_)}-{part}") for part in parts for id_ in fellows}
    return found | _apart(more, {name.removesuffix(".ics").casefold() for name in found.values()})


def _apart(stems: Mapping[tuple[str, str], str], taken: Set[str]) -> dict[tuple[str, str], str]:
    many = Counter(stem.casefold() for stem in stems.values())
    return {who: (stem if many[stem.casefold()] == 1 and stem.casefold() not in _RESERVED | taken
                  else f"{stem}-{_mark('/'.join(who))}") + ".ics" for who, stem in stems.items()}


def _safe(name: str) -> str:
    """Without slashes and dots: a name can never point out of its folder."""
    return name if slug(name) == name.casefold() and name else slug(name) or _mark(name)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]
