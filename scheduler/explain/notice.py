"""How much notice a change gives, and what it weighs for that: sooner is dearer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.domain.calendar import say_date
from scheduler.domain.program import Program

#: weeks of notice → what a change of one cell weighs when it gives less
BANDS = ((4, 5), (8, 3), (13, 2))


@dataclass(frozen=True)
class Notice:
    """The day a repair is made, the weeks ahead that are frozen, and the weights.

    ``today`` None: the year is not running; nothing is frozen and every change weighs the same. ``bands`` are (weeks,
    weight): a change with less than so many weeks of notice weighs so much; with more than all of them, ``later``.
    """

    today: date | None = None
    frozen: int = 2
    bands: tuple[tuple[int, int], ...] = BANDS
    later: int = 1

    @property
    def horizon(self) -> date | None:
        """The first day that is no longer frozen."""
        return None if self.today is None else self.today + timedelta(weeks=self.frozen)

    def is_past(self, last: date) -> bool:
        """Whether what ended on this day is over."""
        return self.today is not None and last < self.today

    def is_near(self, first: date) -> bool:
        """Whether what begins on this day has been published too lately to be changed."""
        return self.horizon is not None and first < self.horizon

    def weight(self, first: date) -> int:
        """What a change weighs that begins on this day."""
        if self.today is None:
            return self.later
        days = (first - self.today).days
        return next((weight for weeks, weight in sorted(self.bands) if days < 7 * weeks), self.later)

    def frozen_words(self) -> str:
        """What is frozen, in a sentence."""
        if self.today is None or self.horizon is None:
            return "The year is not running today, so nothing is frozen and all changes weigh the same."
        until = say_date(self.horizon, year=True)
        near = f", and what begins before {until} ({self.frozen} week{'s' * (self.frozen != 1)} ahead)" \
            if self.frozen else ""
        return f"Frozen: everything before {say_date(self.today, year=True)}{near}."

    def weight_words(self) -> str:
        """``5 with less than 4 weeks of notice, 3 with less than 8, 2 with less than 13, then 1``."""
        if self.today is None or not self.bands:
            return f"{self.later} each"
        (weeks, weight), *rest = sorted(self.bands)
        said = [f"{weight} with less than {weeks} week{'s' * (weeks != 1)} of notice"]
        said += [f"{weight} with less than {weeks}" for weeks, weight in rest]
        return ", ".join(said) + f", then {self.later}"


def read_bands(text: str) -> tuple[tuple[tuple[int, int], ...], int]:
    """``4:5, 8:3, 13:2, 1`` as bands and the weight of what is later. Raises ValueError with what is wrong."""
    *parts, last = [part.strip() for part in text.split(",")]
    bands = []
    for part in parts:
        m = re.fullmatch(r"(\d{1,3}):(\d{1,4})", part, re.ASCII)
        if not m:
            raise ValueError(f"“{part}” is not weeks:weight")
        bands.append((int(m[1]), int(m[2])))
    if not re.fullmatch(r"\d{1,4}", last, re.ASCII):
        raise ValueError("the last number is the weight of every later change, alone")
    weights = [weight for _, weight in sorted(bands)] + [int(last)]
    if sorted(weights, reverse=True) != weights or weights[-1] < 1:
        raise ValueError("less notice may not weigh less than more notice, and nothing weighs less than 1")
    return tuple(sorted(bands)), int(last)


def today_in(program: Program, day: date | None, now: date) -> date | None:
    """The day of the repair: the one given; else today, if the year is running."""
    if day is not None:
        return day
    return now if program.year.start <= now <= program.year.end else None
