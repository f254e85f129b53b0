"""Our own VTIMEZONE: one STANDARD and one DAYLIGHT, each with a yearly rule.

``icalendar``'s generated zones list dozens of dates and no rule: one reader then shows every July conference an hour
off, and Outlook ignores the dates by its own specification. The zone file's last line (its POSIX footer, such as
``CST6CDT,M3.2.0,M11.1.0``) holds all that is needed for the years to come.
"""

from __future__ import annotations

import re
import zoneinfo
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from pathlib import Path

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_NAME = r"(<[^>]+>|[A-Za-z]{3,})"
_OFFSET = r"([+-]?\d{1,3}(?::\d{2}){0,2})"


@cache
def posix_footer(zone: str) -> str:
    """The last line of a zone file. Raises KeyError when there is no such zone."""
    for folder in zoneinfo.TZPATH:
        path = Path(folder) / zone
        if path.is_file():
            return path.read_bytes().rstrip(b"\n").rsplit(b"\n", 1)[-1].decode()
    try:
        package = "tzdata.zoneinfo" + "".join(f".{part}" for part in zone.split("/")[:-1])
        data = (resources.files(package) / zone.split("/")[-1]).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        raise KeyError(zone) from None
    return data.rstrip(b"\n").rsplit(b"\n", 1)[-1].decode()


def _span(text: str) -> timedelta:
    sign = -1 if text.startswith("-") else 1
    parts = [int(p) for p in text.lstrip("+-").split(":")] + [0, 0]
    return sign * timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2])


def _onset(rule: str) -> tuple[vRecur, datetime]:
    """``M3.2.0/2`` → the yearly recurrence and its first onset: month, week (5 = last), weekday, local time."""
    m = re.fullmatch(r"M(\d+)\.(\d)\.(\d)(?:/([+-]?[\d:]+))?", rule)
    if not m:
        raise ValueError(f"a rule this module does not read: {rule}")
    month, week, weekday = int(m[1]), int(m[2]), int(m[3])
    time = _span(m[4] or "2")
    byday = f"{-1 if week == 5 else week}{_DAYS[weekday]}"
    first = datetime(1970, month, 1)
    day = first + timedelta((weekday - (first.weekday() + 1) % 7) % 7 + 7 * (week - 1))
    while day.month != month:
        day -= timedelta(7)
    if not timedelta(0) <= time < timedelta(1):       # such as -1 or 24: the day before or after; rare, kept exact
        return _shifted(month, week, weekday, time, day)
    return vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": byday}), day + time


def _shifted(month: int, week: int, weekday: int, time: timedelta, day: datetime) -> tuple[vRecur, datetime]:
    """A change at an hour outside its day falls on a neighbouring weekday: name the days of the month it can be."""
    moved = time // timedelta(1)
    onset = day + time
    byday = _DAYS[(weekday + moved) % 7]
    first = 1 + 7 * (week - 1) + moved
    if week == 5 or first < 1:
        raise ValueError("a last-week rule outside its day cannot be said as a yearly rule")
    days = list(range(first, first + 7))
    return vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYMONTHDAY": days, "BYDAY": byday}), onset


def vtimezone(zone: str) -> Timezone:
    """The zone's rules from its footer on, good for every date since its last change of law.

    Raises KeyError for an unknown zone, ValueError for a footer that yearly rules cannot express.
    """
    footer = posix_footer(zone) or "UTC0"
    m = re.fullmatch(rf"{_NAME}{_OFFSET}(?:{_NAME}{_OFFSET}?(?:,([^,]+),([^,]+))?)?", footer)
    if not m:
        raise ValueError(f"a footer this module does not read: {footer}")
    standard = -_span(m[2])
    made = Timezone()
    made.add("tzid", zone)
    if m[3] is None:
        made.add_component(_part(TimezoneStandard(), m[1], standard, standard, None, datetime(1970, 1, 1)))
        return made
    daylight = -_span(m[4]) if m[4] else standard + timedelta(hours=1)
    spring, autumn = _onset(m[5]), _onset(m[6])
    made.add_component(_part(TimezoneDaylight(), m[3], standard, daylight, *spring))
    made.add_component(_part(TimezoneStandard(), m[1], daylight, standard, *autumn))
    return made


def _part(component, name: str, before: timedelta, after: timedelta, rule: vRecur | None, start: datetime):
    component.add("tzname", name.strip("<>"))
    component.add("dtstart", start)
    component.add("tzoffsetfrom", before)
    component.add("tzoffsetto", after)
    if rule is not None:
        component.add("rrule", rule)
    return component
