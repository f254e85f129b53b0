"""One writer at a time in a folder that several people may write to.

The lock belongs to the process, not to a file's being there: the system gives it back when the process ends, however
it ends, so nobody has to clear away what a killed run left behind. Where a disk knows no locks (some network drives)
``one_writer`` says so and lets the writer go on: whoever uses it must be safe without.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = ".lock"
UNSUPPORTED = {errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


class Busy(Exception):
    """Somebody else has been writing into the folder all this time."""


@contextmanager
def one_writer(folder: Path, patience: float = 120.0) -> Iterator[bool]:
    """Hold the folder's lock meanwhile; gives False where the disk knows no locks.

    Raises Busy when another writer holds it for more than ``patience`` seconds, OSError when the folder refuses.
    """
    handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        yield _wait(handle, time.monotonic() + patience)
    finally:
        os.close(handle)                # gives the lock back too


def _wait(handle: int, until: float) -> bool:
    while True:
        try:
            _lock(handle)
            return True
        except OSError as error:
            if error.errno in UNSUPPORTED:
                return False
            if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                raise
        if time.monotonic() > until:
            raise Busy
        time.sleep(0.02)


def _lock(handle: int) -> None:
    """Take the lock at once or raise OSError."""
    if sys.platform == "win32":
        import msvcrt
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
