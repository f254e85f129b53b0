"""The published versions of a schedule: what each says of itself, and whether its files are still what they were.

A version is a numbered folder, complete in itself. ``version.json`` is written last and names every file with its
hash, so that a version that was damaged or edited afterwards can be told.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from scheduler.domain.calendar import say_date
from scheduler.domain.words import listing
from scheduler.export.files import write_atomically
from scheduler.export.numbered import newest, place, taken

FACTS, WORDS, SCHEDULE, PROGRAM, CALENDARS = "version.json", "changes.txt", "schedule.json", "program", "calendars"
FORMAT = 1
#: the status of a repaired schedule of which it is proven that none changes less
LEAST = "least changes"


@dataclass(frozen=True, kw_only=True)
class Version:
    """One published version. Its own words, as they stand in ``version.json``:

    ``since`` is the version it was compared with (None: there was none), ``cells`` how many cells differ and ``people``
    whose (None: they could not be compared), ``said`` what differs, in words; ``broken`` the sentences of rules that
    must hold and do not; ``restored`` the version it brought back. ``key``, ``start`` and ``end`` tell another program
    or another year; ``program`` is the program file, relative to the version's folder.
    """

    number: int
    when: datetime
    who: str
    why: str
    status: str
    made: datetime
    key: str
    start: str
    end: str
    program: str
    since: int | None = None
    cells: int | None = None
    people: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    restored: int | None = None

    @property
    def proven(self) -> bool:
        """Whether the schedule was proven best in every tier."""
        return self.status == "optimal"

    @property
    def proof(self) -> str:
        """What was proven of the schedule, in a few words."""
        return ("proven best" if self.proven else "proven to change the earlier schedule least"
                if self.status == LEAST else "not proven best")

    def as_json(self) -> dict[str, Any]:
        """Plain values, by name."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {key: value.isoformat() if isinstance(value, datetime) else
                list(value) if isinstance(value, tuple) else value for key, value in found.items()}


@dataclass(frozen=True)
class Kept:
    """A version where it is kept. ``touched`` are files that are missing or not what they were, and not needed to
    read the version again."""

    folder: Path
    version: Version
    touched: tuple[str, ...] = ()

    @property
    def program(self) -> Path:
        """The program as it was."""
        return self.folder / self.version.program

    @property
    def schedule(self) -> Path:
        """The schedule."""
        return self.folder / SCHEDULE


@dataclass(frozen=True)
class Shelf:
    """What a folder holds: versions that can be read, in order, and what is wrong with the other numbers."""

    kept: tuple[Kept, ...] = ()
    damaged: tuple[tuple[int, str], ...] = ()

    def at(self, number: int) -> Kept | None:
        """The version of this number, if it can be read."""
        return next((k for k in self.kept if k.version.number == number), None)


class _Damaged(Exception):
    """Says what is wrong with a version."""


def read_shelf(folder: Path) -> Shelf:
    """Every version in a folder. One that is damaged is told, and does not keep the others from being read."""
    kept: list[Kept] = []
    damaged: list[tuple[int, str]] = []
    numbers = taken(folder)
    for number in range(1, newest(folder) + 1):
        try:
            if number not in numbers:
                raise _Damaged("its folder is gone")
            kept.append(_kept(folder / place(number), number))
        except _Damaged as wrong:
            damaged.append((number, str(wrong)))
    return Shelf(tuple(kept), tuple(damaged))


def _kept(folder: Path, number: int) -> Kept:
    if not folder.is_dir():
        raise _Damaged("it is a file, not the folder of a version")
    version, files = _version(folder)
    if version.number != number:
        raise _Damaged(f"it holds version {version.number} under another number; give its folder the name "
                       f"{place(version.number)} again")
    touched = [name for name, hash_ in files.items() if _hash(folder / name) != hash_]
    if needed := [name for name in touched if name == SCHEDULE or name.startswith(f"{PROGRAM}/")]:
        one = len(needed) == 1
        raise _Damaged(f"{listing(needed)} {'is' if one else 'are'} missing or {'was' if one else 'were'} changed "
                       "after publishing")
    return Kept(folder, version, tuple(touched))


def _version(folder: Path) -> tuple[Version, dict[str, str]]:
    """What a version's own version.json says: the version, and file → hash."""
    try:
        data = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise _Damaged("it was written by another version of this software")
        found = {f.name: data[f.name] for f in fields(Version)}
        lists = {key: tuple(value) for key, value in found.items() if isinstance(value, list)}
        times = {key: datetime.fromisoformat(found[key]) for key in ("when", "made")}
        version, files = Version(**{**found, **lists, **times}), dict(data["files"])
        if not isinstance(version.number, int) or SCHEDULE not in files or version.program not in files:
            raise ValueError
        return version, files
    except FileNotFoundError:
        raise _Damaged(f"its {FACTS} is missing") from None
    except OSError as error:
        raise _Damaged(f"its {FACTS} cannot be read: {(error.strerror or str(error)).lower()}") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _Damaged(f"its {FACTS} was changed after publishing") from None


def _hash(path: Path) -> str:
    """The hash of a file's bytes; nothing where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def write_version(folder: Path, version: Version) -> None:
    """Write what a version says of itself, when all its other files are there."""
    write_atomically(folder / WORDS, "\n".join(words(version)) + "\n")
    files = {p.relative_to(folder).as_posix(): _hash(p) for p in sorted(folder.rglob("*")) if p.is_file()}
    write_atomically(folder / FACTS, json.dumps({"format": FORMAT, **version.as_json(), "files": files}, indent=1,
                                                ensure_ascii=False) + "\n")


def words(version: Version) -> Sequence[str]:
    """A version in lines for people: who, when, why, what changed, what is broken."""
    lines = [f"Version {version.number}, published by {version.who} on {say_date(version.when.date(), year=True)} at "
             f"{version.when:%H:%M} UTC", f"Why: {version.why}"]
    if version.restored is not None:
        lines.append(f"Brings back version {version.restored}.")
    lines.append("Proven best in every tier." if version.proven else
                 "Proven: with what was over and published kept, no year changes the earlier schedule less."
                 if version.status == LEAST else "Not proven best.")
    lines += [summary(version), *(f"  • {sentence}" for sentence in version.said)]
    if version.broken:
        lines += ["Published although rules are broken that must hold:", *(f"  • {x}" for x in version.broken)]
    return lines


def summary(version: Version) -> str:
    """How much changed, in a sentence."""
    if version.since is None:
        return "The first version."
    if version.cells is None:
        return f"Not compared with version {version.since}."
    if not version.cells:
        return f"Nobody's schedule changed since version {version.since}."
    cells = f"{version.cells} cell{'s' * (version.cells != 1)}"
    whose = listing(version.people) if len(version.people) < 5 else f"{len(version.people)} people"
    return f"Changed since version {version.since}: {cells}" + (f" of {whose}." if whose else ".")
