"""``year:``: dates, periods, blocks and holidays."""

from __future__ import annotations

import re
from datetime import date, timedelta

from scheduler.domain.calendar import WEEKDAYS, Year, year_of_dates, year_of_months, year_of_weeks
from scheduler.domain.days import Half, WorkingWeek
from scheduler.io.clock import hours
from scheduler.io.day_windows import weekdays
from scheduler.io.holidays_key import read_holidays
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused
from scheduler.io.reading import Key, Reading
from scheduler.io.values import day, every, one_of, raw, text, yes

KEYS = {
    "start": Key(day, required=True), "end": Key(day), "period": Key(raw), "blocks": Key(raw),
    "week starts": Key(one_of(WEEKDAYS), default="monday"),
    "holidays": Key(raw), "observed": Key(yes, default=True), "working week": Key(raw),
}
WORKING_WEEK = {"days": Key(raw), "morning": Key(hours), "afternoon": Key(hours)}
PERIOD_KEYS = {"start": Key(day, required=True), "label": Key(text, default="")}


def read_working_week(reading: Reading, node: Node) -> WorkingWeek:
    """``working week: {days: Monday to Friday, morning: 08:00-12:00, afternoon: 13:00-17:00}``."""
    usual = WorkingWeek()
    found = reading.group(node, WORKING_WEEK, "The working week")
    if found is None:
        return usual
    days = reading.value(found["days"], lambda n: frozenset().union(*every(n, _whole_days))) if found["days"] else None
    halves = tuple(Half(half.name, *found[half.name]) if found[half.name] else half for half in usual.halves)
    if halves[0].end > halves[1].start:
        reading.problem(node.place, "The afternoon begins before the morning ends.", "Check the times.")
        return usual
    return WorkingWeek(tuple(sorted(days)) if days else usual.weekdays, halves)


def _whole_days(node: Node) -> frozenset[int]:
    days, half = weekdays(text(node))
    if half is not None:
        raise Refused("A working day has both halves.", "Write the weekdays only: Monday to Friday.")
    return days


def read_year(reading: Reading, node: Node) -> tuple[Year, tuple[int, ...], WorkingWeek] | None:
    """The year, the block of each period, and the working week; None when it cannot be read."""
    found = reading.group(node, KEYS, "The year")
    if found is None:
        return None
    assert node.table is not None
    start: date = found["start"]
    end: date = found["end"] or _year_later(start)
    if "end" in node.table and found["end"] is None:
        return None                                     # the end is written, and wrong
    if end <= start:
        reading.problem(node.table["end"].place, f"The year ends on {end}, before it starts on {start}.",
                        "Check both dates.")
        return None
    if (end - start).days > 3 * 366:
        reading.problem(node.table["end"].place, f"The year from {start} to {end} is longer than three years.",
                        "Check both dates.")
        return None
    holidays: dict[date, str] = {}
    if found["holidays"] is not None:
        holidays = reading.value(found["holidays"], lambda n: read_holidays(n, start, end, found["observed"]), {})
    period, weekday = found["period"], [w.casefold() for w in WEEKDAYS].index(found["week starts"])
    if period is not None and period.items is not None:
        year = reading.value(period, lambda n: _listed(reading, n, start, end, holidays))
    else:
        year = reading.value(period or node, lambda n: _regular(
            text(n) if period is not None else "week", start, end, weekday, holidays))
    length = reading.value(found["blocks"], _block_length) if found["blocks"] else None
    if year is None:
        return None
    blocks = reading.value(found["blocks"], lambda _: _blocks(length[0], length[1], year), ()) if length else ()
    week = read_working_week(reading, found["working week"]) if found["working week"] is not None else WorkingWeek()
    return year, blocks, week


def stand_in() -> Year:
    """Any year, for reading on when the real one cannot be read."""
    return year_of_weeks(date(2026, 7, 1), date(2027, 6, 30))


def _year_later(start: date) -> date:
    if (start.month, start.day) == (2, 29):
        return date(start.year + 1, 2, 28)
    return date(start.year + 1, start.month, start.day) - timedelta(1)


def _regular(said: str, start: date, end: date, weekday: int, holidays: dict[date, str]) -> Year:
    word = said.casefold()
    if word in ("month", "months", "calendar month", "calendar months", "1 month"):
        return year_of_months(start, end, holidays=holidays)
    m = re.fullmatch(r"(?:(\d{1,4})[ -]?)?(weeks?|fortnights?)", word, re.ASCII)
    if not m:
        raise Refused(f"“{said}” is not a length of period.",
                      "Write week, 2 weeks, 4 weeks, month, or a list of dates.")
    length = int(m[1] or 1) * (2 if m[2].startswith("fortnight") else 1)
    if not 1 <= length <= 26 or (end - start).days + 1 < 7 * length:
        raise Refused(f"A period of “{said}” does not fit into the year.", "Write week, 2 weeks or 4 weeks.")
    return year_of_weeks(start, end, length=length, week_starts=weekday, holidays=holidays)


def _listed(reading: Reading, node: Node, start: date, end: date, holidays: dict[date, str]) -> Year | None:
    if not node.items:
        raise Refused("This list of periods is empty.", f"Begin it with {start}.")
    starts: list[date] = []
    labels: list[str] = []
    for item in node.items:
        line = {"start": reading.value(item, day), "label": ""} if item.table is None else reading.group(
            item, PERIOD_KEYS, "A listed period")
        if line is None or line["start"] is None:
            return None
        first, label = line["start"], line["label"]
        if not starts and first != start:
            reading.problem(item.place, f"The first period starts on {first}, but the year on {start}.",
                            f"Begin the list with {start}.")
        if starts and first <= starts[-1]:
            reading.problem(item.place, f"{first} does not come after {starts[-1]}.", "Put the dates in order.")
        if first > end:
            reading.problem(item.place, f"{first} is after the end of the year ({end}).", "Check the year of the date.")
        starts.append(first)
        labels.append(label)
    if starts[0] != start or starts[-1] > end or starts != sorted(set(starts)):
        return None
    return year_of_dates(starts, end, labels=[name or f"Block {n + 1}" for n, name in enumerate(labels)],
                         holidays=holidays)


def _block_length(node: Node) -> tuple[int, str]:
    m = re.fullmatch(r"(\d{1,3}) (week|period|month|fortnight|block)s?", text(node).casefold(), re.ASCII)
    if not m or int(m[1]) == 0:
        raise Refused(f"“{text(node)}” is not a length of block.", "Write blocks: 4 weeks.")
    return int(m[1]), m[2]


def _blocks(length: int, noun: str, year: Year) -> tuple[int, ...]:
    """Which block each period lies in: every so many periods, from the first."""
    said = f"{length} {noun}{'s' * (length != 1)}"
    worths = {p.weeks for p in year.periods}
    if noun == "week" and None not in worths and len(worths) == 1:
        worth = worths.pop() or 1
        if length % worth:
            raise Refused(f"Blocks of {said} cannot be made of periods of {worth} weeks.",
                          f"Give a multiple of {worth} weeks.")
        length //= worth
    elif noun not in ("period", year.unit):
        raise Refused(f"The periods of this year are {year.unit}s.", f"Write blocks: 3 {year.unit}s.")
    return tuple(n // length for n in range(len(year.periods)))


