"""A file named behind a command, as bytes; where it is not there, which file was looked for and what to give."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scheduler.io.problems import BadInput, Place, Problem, did_you_mean

#: how schedules end, and what to give where none was found
SCHEDULES = (".json", ".xlsx", ".csv")
SCHEDULE = "Give a schedule.json, a workbook or a CSV; or the folder that `scheduler solve -o` wrote."


def schedule_bytes(path: Path) -> bytes:
    """The bytes of a schedule of any kind. Raises as ``given``."""
    return given(path, SCHEDULES, SCHEDULE)


def given(path: Path, endings: Sequence[str], wanted: str) -> bytes:
    """The bytes of a file that was given.

    ``endings`` are those of its kind: files beside it that are called alike are offered, else the remedy is ``wanted``.
    Raises BadInput where it is a folder or is not there; OSError, with its name, where it cannot be read.
    """
    if path.is_dir():
        raise _refused(path, "This is a folder.", wanted)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        folder = path.parent
        if not folder.is_dir():
            raise _refused(path, f"There is no folder “{folder}”.", "Check the spelling of the path.") from None
        beside = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in endings)
        raise _refused(path, "There is no such file.", did_you_mean(path.name, beside, 0) or wanted) from None


def _refused(path: Path, message: str, remedy: str) -> BadInput:
    return BadInput([Problem(Place(str(path)), message, remedy)])
