"""Work hours as facts: one person's stretches of duty on the clock, the rotations they fall in, and the limits.

Times are local and naive. The limits are those of the ACGME Common Program Requirements: numbered 6.20 to 6.28 since
2025, VI.F.1 to VI.F.8 before. ``SOURCES`` says each in short, with its numbers, for reports to print.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Kind = Literal["work", "in-house", "home"]

SOURCES: dict[str, str] = {
    "weekly hours": "ACGME Common Program Requirements 6.20 (before 2025: VI.F.1): at most 80 hours a week, averaged "
                    "over four weeks, with in-house education, clinical work done from home and all moonlighting.",
    "day off": "ACGME Common Program Requirements 6.21.b (VI.F.2.c): one day in seven free of clinical work and "
               "required education, averaged over four weeks; no at-home call on it.",
    "longest duty": "ACGME Common Program Requirements 6.22 and 6.22.a (VI.F.3.a): at most 24 hours of continuous "
                    "scheduled duty, and up to four more for handing over and for education, without new patients.",
    "rest after long duty": "ACGME Common Program Requirements 6.21.a (VI.F.2.b): at least 14 hours free of clinical "
                            "work and education after 24 hours of in-house call.",
    "rest between": "ACGME Common Program Requirements 6.21 (VI.F.2.a): there should be eight hours off between "
                    "scheduled periods of clinical work and education. The 10 hours of 2003 and 2011 no longer apply.",
    "in-house nights": "ACGME Common Program Requirements 6.27 (VI.F.7): in-house call no more often than every third "
                       "night, averaged over four weeks. At-home call has no such limit (6.28, VI.F.8).",
    "nights in a row": "ACGME Common Program Requirements of 2011, VI.G.6: at most six nights of night float in a row. "
                       "Today 6.26 (VI.F.6) has no number; a review committee may set one.",
    "home call": "ACGME Common Program Requirements 6.28 (VI.F.8): the hours worked on at-home call count toward the "
                 "80; it must leave one day in seven free.",
    "averaging": "ACGME Common Program Requirements, frequently asked questions: averaged by rotation, over four weeks "
                 "or the rotation where it is shorter, never rolling; days of leave count on neither side.",
}


@dataclass(frozen=True)
class Stretch:
    """One stretch of duty, from ``start`` to ``end``.

    Kinds: ``work`` is everything done at a set time – clinical work, conferences and other required education,
    moonlighting, night float; ``in-house`` is call spent in the hospital; ``home`` is call taken at home.
    ``hours`` is how many of them count: None is the whole length. For home call, give the hours assumed to be worked.
    Raises ValueError when it ends before it starts or counts more hours than it has.
    """

    start: datetime
    end: datetime
    what: str
    kind: Kind = "work"
    hours: float | None = None

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"{self.what} ends at {self.end}, not after its start at {self.start}")
        if self.hours is not None and not 0 <= self.hours <= self.length:
            raise ValueError(f"{self.what} counts {self.hours} of its {self.length} hours")

    @property
    def length(self) -> float:
        """Hours on the clock."""
        return (self.end - self.start) / timedelta(hours=1)

    @property
    def counted(self) -> float:
        """Hours that count toward the week."""
        return self.length if self.hours is None else self.hours


@dataclass(frozen=True)
class Window:
    """A rotation from ``first`` to ``last``, both included: a run of it, or the part that is averaged over."""

    what: str
    first: date
    last: date

    @property
    def length(self) -> int:
        """Calendar days, both ends included."""
        return (self.last - self.first).days + 1

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of it."""
        return tuple(self.first + timedelta(n) for n in range(self.length))


@dataclass(frozen=True)
class Limits:
    """Every limit; None switches it off. The defaults are what the requirements say today (numbers: ``SOURCES``).

    * ``weekly_hours`` – hours a week on average, 6.20. A review committee may grant 88 (6.24).
    * ``averaged_days`` – days averaged over where a rotation is longer, 6.20. None: over each rotation whole.
    * ``free_days_in`` – one free day in so many, 6.21.b.
    * ``longest`` – hours of duty without a break, 6.22; ``transition`` – hours more for handing over, 6.22.a.
    * ``long_duty`` and ``rest_after_long`` – after a duty of so many hours, so many hours free, 6.21.a.
    * ``rest_between`` – hours between duties that *should* be free, 6.21. The older rule (2003, 2011): 10.
    * ``in_house_every`` – in-house call at most every so many nights on average, 6.27.
    * ``nights_in_a_row`` – nights on duty in a row. Off today; the older rule (2011, VI.G.6): 6.
    * ``pause`` – a pause of up to so many hours does not end a duty. Ours, not of the requirements: a lunch hour, or
      the way from a conference to the clinic.
    """

    weekly_hours: float | None = 80.0
    averaged_days: int | None = 28
    free_days_in: int | None = 7
    longest: float | None = 24.0
    transition: float | None = 4.0
    long_duty: float = 24.0
    rest_after_long: float | None = 14.0
    rest_between: float | None = 8.0
    in_house_every: int | None = 3
    nights_in_a_row: int | None = None
    pause: float = 1.0


@dataclass(frozen=True)
class Finding:
    """One limit that is broken, on the days ``first`` to ``last``.

    ``amount`` is how much too much or too little, in the limit's unit: hours (a week, for weekly hours), days, nights.
    ``should`` marks what is advised and not required.
    """

    rule: str
    sentence: str
    first: date
    last: date
    should: bool
    amount: float


@dataclass(frozen=True)
class Average:
    """One window's line: hours that count, over how many days, a week on average, and days off and nights.

    ``days`` are those without leave. ``most_nights`` is the most in-house nights allowed (None: no limit).
    """

    window: Window
    hours: float
    days: int
    average: float
    free: int
    needed: int
    nights: int
    most_nights: int | None
