"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

#: files written at a time: each mostly waits for the disk to say that it has it
AT_ONCE = 8


class DamagedFile(Exception):
    """A file of ours that cannot be read back; the message says which, and what to do."""


def write_atomically(path: Path | str, content: bytes | str) -> Path:
    """Write beside the target, flush to disk, then rename over it: a reader sees the old file or the new, never half.

    Folders are made as needed. Returns the path. Raises OSError when the disk refuses, leaving the old file as it was.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode("utf-8") if isinstance(content, str) else content
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def write_all(files: Iterable[tuple[Path, bytes]]) -> list[Path]:
    """Write several files, each as ``write_atomically`` does; returns their paths in the same order.

    Each is handed over as soon as it is made. Raises OSError when the disk refuses one; the others may be there.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        writing = [pool.submit(write_atomically, path, content) for path, content in files]
        return [each.result() for each in writing]
