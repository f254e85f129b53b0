"""``year:``: dates, periods, blocks and holidays."""

from __future__ import annotations

import re
from datetime import date, timedelta

from scheduler.domain.calendar import WEEKDAYS, Year, year_of_dates, year_of_months, year_of_weeks
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused, did_you_mean
from scheduler.io.reading import Key, Reading, day, one_of, parse_day, text, yes

KEYS = {
    "start": Key(day, required=True), "end": Key(day), "period": Key(lambda n: n), "blocks": Key(text),
    "week starts": Key(one_of(w.casefold() for w in WEEKDAYS), default="monday"),
    "holidays": Key(lambda n: n), "observed": Key(yes, default=True),
}


def read_year(reading: Reading, node: Node) -> tuple[Year, tuple[int, ...]] | None:
    """The year and the block of each period; None when it cannot be read."""
    found = reading.group(node, KEYS, "The year")
    if found is None:
        return None
    start = found["start"]
    end = found["end"] or _year_later(start)
    if end <= start:
        reading.problem(node.place, f"The year ends on {end}, before it starts on {start}.", "Check both dates.")
        return None
    if (end - start).days > 3 * 366:
        reading.problem(node.place, f"The year from {start} to {end} is longer than three years.", "Check both dates.")
        return None
    assert node.table is not None
    holidays = {}
    if found["holidays"] is not None:
        holidays = reading.value(found["holidays"], lambda n: read_holidays(n, start, end, found["observed"]), {})
    period = found["period"]
    try:
        if period is not None and period.items is not None:
            year = _listed(period, start, end, holidays)
        else:
            year = _regular(text(period) if period is not None else "week", start, end,
                            [w.casefold() for w in WEEKDAYS].index(found["week starts"]), holidays)
    except Refused as refused:
        reading.problem((period or node).place, refused.message, refused.remedy)
        return None
    return year, reading.value(node, lambda n: _blocks(found["blocks"], year), ())


def _year_later(start: date) -> date:
    following = date(start.year + 1, start.month, 28 if (start.month, start.day) == (2, 29) else start.day)
    return following - timedelta(1)


def _regular(said: str, start: date, end: date, weekday: int, holidays: dict[date, str]) -> Year:
    word = said.casefold()
    if word in ("month", "months", "calendar month"):
        return year_of_months(start, end, holidays=holidays)
    m = re.fullmatch(r"(?:(\d+)[ -]?)?(weeks?|fortnights?)", word)
    if not m:
        raise Refused(f"“{said}” is not a length of period.",
                      "Write week, 2 weeks, 4 weeks, month, or a list of dates.")
    length = int(m[1] or 1) * (2 if m[2].startswith("fortnight") else 1)
    if not 1 <= length <= 26 or (end - start).days + 1 < 7 * length:
        raise Refused(f"A period of “{said}” does not fit into the year.", "Write week, 2 weeks or 4 weeks.")
    return year_of_weeks(start, end, length=length, week_starts=weekday, holidays=holidays)


def _listed(node: Node, start: date, end: date, holidays: dict[date, str]) -> Year:
    starts, labels = [], []
    for item in node.items or ():
        if item.table is not None:
            entry, label = item.table.get("start"), item.table.get("label")
            if entry is None or set(item.table) - {"start", "label"}:
                raise Refused("A listed period has start and label.", "Write {start: 2026-07-01, label: Block 1}.")
            starts.append(day(entry.value))
            labels.append(text(label.value) if label else "")
        else:
            starts.append(day(item))
            labels.append("")
    if starts != sorted(set(starts)) or not starts or starts[0] != start or starts[-1] > end:
        raise Refused("The periods must start on the first day of the year and follow each other inside it.",
                      f"Begin the list with {start}, and put the dates in order.")
    return year_of_dates(starts, end, labels=[name or f"Block {n + 1}" for n, name in enumerate(labels)],
                         holidays=holidays)


def _blocks(said: str | None, year: Year) -> tuple[int, ...]:
    """Which block each period lies in: every so many periods, from the first."""
    if said is None:
        return ()
    m = re.fullmatch(r"(\d+) (weeks?|periods?|months?)", said.casefold())
    if not m:
        raise Refused(f"“{said}” is not a length of block.", "Write blocks: 4 weeks.")
    worth = (year.periods[0].weeks or 1) if m[2].startswith("week") else 1
    length = int(m[1])
    if length < 1 or length % worth:
        raise Refused(f"Blocks of {said} do not divide into periods of {worth} weeks.", "")
    return tuple(n // (length // worth) for n in range(len(year.periods)))


def read_holidays(node: Node, start: date, end: date, observed: bool) -> dict[date, str]:
    """Date → name. ``US``; a list of names or dates; or a group {US: names, also: {date: name}, except: names}.

    Where a holiday is observed on another weekday, that is the date that counts, unless ``observed: false``.
    """
    if node.table is not None:
        return _composed(node, start, end, observed)
    found: dict[date, str] = {}
    for item in node.each():
        word = text(item)
        if word.casefold() in ("none", "no"):
            continue
        if re.match(r"\d{4}-", word):
            first, _, name = word.partition(" ")
            found[parse_day(first)] = name or "Holiday"
        else:
            found |= _national(word, start, end, observed)
    return found


def _composed(node: Node, start: date, end: date, observed: bool) -> dict[date, str]:
    found: dict[date, str] = {}
    for word, entry in (node.table or {}).items():
        if word == "us":
            for name in entry.value.each():
                found |= _national("US" if text(name).casefold() in ("all", "yes", "true") else text(name), start, end,
                                   observed)
        elif word == "also":
            for date_, named in (entry.value.table or {}).items():
                found[parse_day(date_.replace(" ", "-"))] = text(named.value)
        elif word == "except":
            gone = {text(n).casefold() for n in entry.value.each()}
            found = {d: name for d, name in found.items() if name.casefold().replace(" (observed)", "") not in gone}
        elif re.match(r"\d{4} ", word):
            found[parse_day(word.replace(" ", "-"))] = text(entry.value)
        else:
            raise Refused(f"Holidays have no key “{entry.written}”.", "Write US, also, except, or dates with names.")
    return found


def _national(word: str, start: date, end: date, observed: bool) -> dict[date, str]:
    """The federal holidays, or the one of this name, each once a year: on the day it is observed."""
    import holidays as library

    calendar = library.country_holidays("US", years=range(start.year, end.year + 2), observed=observed)
    named = {day: name for day, names in sorted(calendar.items()) for name in names.split("; ")
             if start <= day <= end}
    moved = {name.removesuffix(" (observed)") for name in named.values() if name.endswith(" (observed)")}
    kept = {day: name for day, name in named.items()
            if name.endswith(" (observed)") or name not in moved or not _near(named, day, name)}
    if word.casefold() in ("us", "usa", "federal"):
        return kept
    chosen = {d: n for d, n in kept.items() if n.removesuffix(" (observed)").casefold() == word.casefold()}
    if not chosen:
        raise Refused(f"“{word}” is no US holiday.", did_you_mean(
            word, dict.fromkeys(n.removesuffix(" (observed)") for n in kept.values())))
    return chosen


def _near(named: dict[date, str], day: date, name: str) -> bool:
    """Whether this actual day has an observed day beside it."""
    return any(named.get(day + timedelta(n)) == f"{name} (observed)" for n in (-2, -1, 1, 2))
