"""Asking a search to stop from another thread, whatever solver it runs."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Stop:
    """A request to stop that a running search can be told of: once asked, every call registered is made."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: list[Callable[[], object]] = []
        self.asked = False

    def calls(self, call: Callable[[], object]) -> None:
        """Make this call when a stop is asked for; at once if it was already."""
        with self._lock:
            self._calls.append(call)
            late = self.asked
        if late:
            call()

    def ask(self) -> None:
        """Stop whatever runs."""
        with self._lock:
            self.asked = True
            calls = list(self._calls)
        for call in calls:
            call()
