"""A calendar event, as every layer makes them: rotations, leave, clinics, call, conferences."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

Busy = Literal["free", "busy", "away"]


@dataclass(frozen=True)
class Event:
    """``key`` never changes while the event is about the same thing (fellow, layer, slot), whatever its content.

    ``start`` and ``end`` are dates for an all-day event (``end`` is the day after the last, as calendars want it) or
    local datetimes without zone. ``reminder`` is in minutes before the start.
    """

    key: str
    summary: str
    start: date | datetime
    end: date | datetime
    location: str = ""
    description: str = ""
    categories: tuple[str, ...] = ()
    busy: Busy = "free"
    reminder: int | None = None

    @property
    def all_day(self) -> bool:
        return not isinstance(self.start, datetime)

    @cached_property
    def uid(self) -> str:
        """Derived from the key alone, so that names and content can change without making a second event."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:32] + "@rotation-year"

    @cached_property
    def content(self) -> str:
        """A hash of everything a reader would see."""
        seen = (self.summary, self.start.isoformat(), self.end.isoformat(), self.location, self.description,
                self.categories, self.busy, self.reminder)
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:24]
