"""What the files need before the first can be written: libraries read in, templates compiled.

While the solver works Python itself mostly waits, so that this costs nothing then; after it, every second counts.
"""

from __future__ import annotations

import contextlib
from importlib import import_module
from threading import Thread

MODULES = ("calendars", "report", "schedule_json", "wall", "workbook")


def make_ready() -> Thread:
    """Start on it, beside whatever runs meanwhile; whoever writes earlier than it is done finds nothing amiss."""
    thread = Thread(target=_make_ready)
    thread.start()
    return thread


def _make_ready() -> None:
    with contextlib.suppress(Exception):            # whoever writes will meet it again, and say so
        for module in MODULES:
            import_module(f"scheduler.export.{module}")
        pages = import_module("scheduler.export.pages").environment()
        for template in pages.list_templates():
            pages.get_template(template)
