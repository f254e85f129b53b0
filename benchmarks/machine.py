"""The machine's facts, without which no figure means anything."""

from __future__ import annotations

import os
import platform
import re
from importlib import metadata
from pathlib import Path


def facts() -> dict[str, object]:
    """Cores, processor, memory in GB, versions, and the load when the run begins (1, 5, 15 minutes)."""
    return {
        "cores": os.cpu_count(), "processor": _first("/proc/cpuinfo", r"model name\s*:\s*(.+)") or platform.processor(),
        "memory_gb": round(int(_first("/proc/meminfo", r"MemTotal:\s*(\d+)") or 0) / 2**20, 1),
        "system": f"{platform.system()} {platform.machine()}", "python": platform.python_version(),
        "ortools": metadata.version("ortools"), "load": [round(x, 2) for x in os.getloadavg()],
    }


def _first(path: str, pattern: str) -> str:
    """What the pattern finds first in a file; nothing where there is no such file."""
    file = Path(path)
    found = re.search(pattern, file.read_text(encoding="utf-8")) if file.exists() else None
    return found[1].strip() if found else ""
