"""Conferences as facts: series, who presents and attends, themes, topics and milestones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from scheduler.domain.recurrence import Timetabled
from scheduler.domain.words import Group, Selection, slug


@dataclass(frozen=True)
class Role:
    """Presenting in a series, as a duty of the conferences layer; a series that two present together has two.

    ``people`` are the fewest and the most at one session.
    """

    name: str
    series: str
    pool: Group
    people: tuple[int, int | None] = (1, 1)
    short: str = ""
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Topic:
    """Something a series teaches: in how many sessions, under which theme, after which other topics.

    ``needed_on`` are rotations that should find it taught: it comes before a fellow's first week there, or during it.
    """

    name: str
    sessions: int = 1
    theme: str = ""
    after: tuple[str, ...] = ()
    needed_on: Selection | None = None


@dataclass(frozen=True)
class Series:
    """A conference series. ``timetable`` says when (nothing in it: to be determined, and listed as unscheduled).

    ``attends`` are the fellows expected (everyone, unless ``opt_in``: then those named). ``presenters`` says who
    presents in words, also where nobody of them is known by name. ``blocked`` are rotations during which nobody can
    attend; ``least`` is the attendance that must be possible, in percent. ``themes`` are by calendar month.
    """

    name: str
    timetable: Timetabled
    id: str = ""
    short: str = ""
    place: str = ""
    format: str = ""
    attends: Group | None = None
    opt_in: bool = False
    protected: bool = True
    presenters: str = ""
    roles: tuple[Role, ...] = ()
    themes: tuple[tuple[int, str], ...] = ()
    topics: tuple[Topic, ...] = ()
    blocked: Selection | None = None
    least: int | None = None
    contact: str = ""
    about: str = ""
    colour: str = ""
    source: str = ""
    tags: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """What calendars know it by for ever: its id; without one, its name."""
        return self.id or slug(self.name)

    def theme(self, day: date) -> str:
        """The theme of a date's month; ``""`` where there is none."""
        return dict(self.themes).get(day.month, "")


@dataclass(frozen=True)
class Milestone:
    """A date in a year-long task of every fellow: no clinic time, but a reminder. ``mentors`` are by fellow id."""

    task: str
    name: str
    day: date
    who: Group | None = None
    mentors: Mapping[str, str] = field(default_factory=dict, hash=False)
    source: str = ""
