"""The ledger of every event ever published: what makes an import update an event instead of doubling it.

Calendars ignore a changed event unless its SEQUENCE grows; an unchanged one must stay the same to the byte. So each
event's content hash, sequence and time of change are kept beside the calendars.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from scheduler.export.events import Event
from scheduler.export.files import DamagedFile, write_atomically

NAME = "ledger.json"


@dataclass
class Entry:
    """One event's history; ``gone`` events are remembered, so that one that comes back goes on counting."""

    content: str
    sequence: int
    modified: str
    gone: bool = False
    summary: str = ""
    start: str = ""
    end: str = ""

    @property
    def when(self) -> datetime:
        return _when(self.modified)


@cache
def _when(modified: str) -> datetime:
    return datetime.fromisoformat(modified).astimezone(UTC)


@dataclass
class Ledger:
    """Entries by UID, and every calendar file ever written here with its title."""

    entries: dict[str, Entry] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Ledger:
        """The ledger of a folder; an empty one where there is none. Raises DamagedFile when it cannot be read."""
        path = folder / NAME
        if not path.exists():
            return cls()
        try:
            data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return cls({uid: Entry(**entry) for uid, entry in data["events"].items()}, dict(data.get("files", {})))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedFile(f"{path} is damaged; move it away to start afresh (calendars already imported will then "
                             "show some events twice).") from error

    @classmethod
    def carry_over(cls, before: Path, folder: Path) -> bool:
        """Go on in ``folder``, which has no ledger yet, from the one in the folder ``before``; returns whether there
        was one. Raises DamagedFile when it cannot be read, OSError when the disk refuses."""
        if (folder / NAME).exists() or not (before / NAME).exists():
            return False
        cls.read(before).write(folder)
        return True

    def update(self, events: Iterable[Event], now: datetime) -> None:
        """Take in what is published now; what has disappeared is kept as gone."""
        stamp = now.astimezone(UTC).replace(microsecond=0).isoformat()
        present = {event.uid: event for event in events}
        for uid, event in present.items():
            old = self.entries.get(uid)
            if old is None:
                self.entries[uid] = Entry(event.content, 0, stamp)
            elif old.gone or old.content != event.content:
                self.entries[uid] = Entry(event.content, old.sequence + 1, stamp)
            else:
                continue
            entry = self.entries[uid]
            entry.summary, entry.start, entry.end = event.summary, event.start.isoformat(), event.end.isoformat()
        for uid, old in self.entries.items():
            if uid not in present and not old.gone:
                self.entries[uid] = replace(old, sequence=old.sequence + 1, modified=stamp, gone=True)

    def reword(self, say: Callable[[str], str]) -> None:
        """Say what the events were called in words that may be read today."""
        for entry in self.entries.values():
            entry.summary = say(entry.summary)

    def write(self, folder: Path) -> Path:
        """Written before the calendars: if they never come, the next export counts on from here, and nothing that a
        reader may have seen is forgotten."""
        events = {uid: vars(entry) for uid, entry in sorted(self.entries.items())}
        return write_atomically(folder / NAME, json.dumps({"version": 1, "files": dict(sorted(self.files.items())),
                                                          "events": events}, indent=1, ensure_ascii=False) + "\n")
