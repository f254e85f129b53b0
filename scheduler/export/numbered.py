"""Numbered folders, each there whole or not at all, none ever written over.

A folder is built under another name beside its place, flushed to disk, and renamed to its number in one step. The
rename onto a number that is taken fails, and the next number is tried: that alone keeps two writers from losing
anything. The lock only spares them the second try, and tells what a killed run left behind from what is being built.
"""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import re
import shutil
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from scheduler.export.files import write_atomically
from scheduler.export.one_writer import one_writer

BUILDING, NEWEST = ".building-", ".newest"
DAY = 24 * 3600.0


def place(number: int) -> str:
    """The name of a numbered folder: ``0001``."""
    return f"{number:04}"


def taken(folder: Path) -> list[int]:
    """The numbers that are taken, in order; none where there is no folder."""
    names = os.listdir(folder) if folder.is_dir() else []
    return sorted(int(name) for name in names if re.fullmatch(r"\d{4,9}", name, re.ASCII))


def newest(folder: Path) -> int:
    """The highest number ever given, also where its folder has been deleted since; 0 where there is none."""
    try:
        noted = int((folder / NEWEST).read_text(encoding="ascii"))
    except (OSError, ValueError):
        noted = 0
    return max(noted, *taken(folder), 0)


def keep(folder: Path, build: Callable[[Path, int], None]) -> Path:
    """Add the next number: ``build(somewhere, number)`` fills an empty folder, which becomes ``folder/number``.

    ``build`` is called again, with the next number, when another writer took the number meanwhile. Raises Busy,
    OSError, and what ``build`` raises; the folder is then as it was.
    """
    _make(folder)
    with one_writer(folder) as alone:
        _clear(folder, alone)
        while True:
            number = newest(folder) + 1
            if _land(folder, number, build):
                return folder / place(number)


def _make(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _flush_folder(folder.absolute().parent)


def _land(folder: Path, number: int, build: Callable[[Path, int], None]) -> bool:
    """Build and rename; False when the number has been taken meanwhile."""
    somewhere, target = folder / f"{BUILDING}{_machine()}-{uuid.uuid4().hex}", folder / place(number)
    os.mkdir(somewhere)
    try:
        build(somewhere, number)
        flush(somewhere)
        rename(somewhere, target)
    except BaseException as error:
        shutil.rmtree(somewhere, ignore_errors=True)
        if isinstance(error, FileExistsError) and error.filename2 == str(target):
            return False
        raise
    _flush_folder(folder)
    with contextlib.suppress(OSError):      # the version is in its place: this is only a note of it
        write_atomically(folder / NEWEST, f"{number}\n")
    return True


def rename(somewhere: Path, target: Path) -> None:
    """Rename a folder to a name that nothing has. Raises FileExistsError when something has, OSError otherwise."""
    for tries_left in range(5, 0, -1):
        if os.path.lexists(target):     # an empty folder would be replaced without a word
            break
        try:
            os.rename(somewhere, target)
            return
        except OSError:
            if os.path.lexists(target):
                break                   # somebody was faster
            if os.name != "nt" or tries_left == 1:
                raise
        time.sleep(0.2)                 # on Windows a scanner may have a file of ours open
    raise FileExistsError(errno.EEXIST, "it is taken", str(somewhere), None, str(target))


def flush(folder: Path) -> None:
    """Have everything in a folder written to the disk itself, files before the folders that name them."""
    for path, _, files in os.walk(folder, topdown=False):
        for name in files:
            _flush(Path(path) / name, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
        _flush_folder(Path(path))


def _flush_folder(folder: Path) -> None:
    if os.name != "nt":                 # Windows has no such thing, and needs none
        _flush(folder, os.O_RDONLY)


def _flush(path: Path, how: int) -> None:
    handle = os.open(path, how)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear(folder: Path, alone: bool) -> None:
    """Remove what killed runs left behind.

    With the lock, nobody of this machine can be building anything. Another machine's lock may not reach here, and some
    disks have none: what may be somebody's work must not have been touched for a day.
    """
    mine = f"{BUILDING}{_machine()}-"
    for path in folder.glob(f"{BUILDING}*"):
        with contextlib.suppress(OSError):      # gone meanwhile, or not ours to judge
            if (alone and path.name.startswith(mine)) or time.time() - _touched(path) > DAY:
                shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob(f".{NEWEST}.*.tmp") if alone else ():
        path.unlink(missing_ok=True)


def _touched(folder: Path) -> float:
    return max(p.stat().st_mtime for p in (folder, *folder.rglob("*")))


def _machine() -> str:
    return re.sub(r"[^a-z0-9]", "", platform.node().casefold())[:40] or "machine"
