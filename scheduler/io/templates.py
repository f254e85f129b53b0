"""What a rotation's week looks like: its half-days that belong elsewhere, and its hours of duty."""

from __future__ import annotations

from datetime import time
from functools import partial
from itertools import pairwise

from scheduler.domain.calendar import WEEKDAYS
from scheduler.domain.days import WorkingWeek
from scheduler.io.clock import hours
from scheduler.io.day_windows import weekdays
from scheduler.io.nodes import Entry, Node
from scheduler.io.problems import Refused
from scheduler.io.values import every, gather, placed, text


def template(node: Node, week: WorkingWeek) -> tuple[tuple[int, int, str, str], ...]:
    """``{morning: Clinic at Gonda, Friday afternoon: Rounds}`` as (weekday, half, service, site); the narrower wins."""
    if node.table is None:
        raise Refused("A template is a group of half-days and what they are spent on.",
                      "Write template: {morning: Outpatient clinic, afternoon: Rounds}.")
    said = gather(*(partial(_half_day, entry, week) for entry in node.table.values()))
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for days, half, service, site in sorted(said, key=lambda one: (-len(one[0]), one[1] is not None)):
        for day in days:
            for n in range(len(week.halves)) if half is None else (half,):
                found[day, n] = service, site
    return tuple((day, n, service, site) for (day, n), (service, site) in sorted(found.items()))


def _half_day(entry: Entry, week: WorkingWeek) -> tuple[frozenset[int], int | None, str, str]:
    """The weekdays and the half of one entry, and the service and site they are spent on."""
    (days, half), service = gather(lambda: _placed(entry), lambda: placed(entry.value, lambda n: _service(text(n))))
    if days - set(week.weekdays) and len(days) < 7:
        raise Refused(f"“{entry.written}” is not in the working week.",
                      "Choose days of the working week, or change working week: under year:.", entry.place)
    return days & set(week.weekdays), half, *service


def _service(words: str) -> tuple[str, str]:
    """``Clinic at Gonda``: the service and the site, if one is named."""
    name, at, site = words.rpartition(" at ")
    return (name.strip(), site.strip()) if at else (words, "")


def _placed(entry: Entry) -> tuple[frozenset[int], int | None]:
    """The weekdays and the half that a key stands for."""
    return placed(Node(entry.place, entry.written), lambda n: weekdays(text(n)))


def hours_of_week(node: Node, week: WorkingWeek) -> tuple[tuple[int, time, time], ...]:
    """``07:00-17:00`` on every working day, or ``{Monday to Friday: 07:00-17:00, Saturday: 07:00-12:00}``."""
    if node.table is None:
        stretches = every(node, hours)
        return tuple((day, *stretch) for day in week.weekdays for stretch in stretches)
    found: list[tuple[int, time, time]] = []
    for entry in node.table.values():
        days, half = _placed(entry)
        if half is not None:
            raise Refused("Hours are stated for whole days.", "Write Monday to Friday: 07:00-17:00.", entry.place)
        stretches = placed(entry.value, lambda n: every(n, hours))
        found += [(day, *stretch) for stretch in stretches for day in days]
    found.sort()
    for (day, _, end), (other, start, _) in pairwise(found):
        if day == other and start < end:
            raise Refused(f"The hours of {WEEKDAYS[day]} overlap between {start:%H:%M} and {end:%H:%M}.",
                          "Write each hour once.")
    return tuple(found)
