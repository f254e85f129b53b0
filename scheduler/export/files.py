"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


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
