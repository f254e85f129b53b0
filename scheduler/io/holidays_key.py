"""``holidays:`` of the year: the federal ones, some of them, the program's own, or all but some."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

from scheduler.io.nodes import Entry, Node
from scheduler.io.problems import Refused, did_you_mean
from scheduler.io.values import every, gather, parse_day, placed, text

HOLIDAY_KEYS = ("us", "also", "except")
OBSERVED = " (observed)"


def read_holidays(node: Node, start: date, end: date, observed: bool) -> dict[date, str]:
    """Date → name. ``US``; a list of names or dates; or a group {US: names, also: {date: name}, except: names}.

    Where a holiday is observed on another weekday, that is the date that counts, unless ``observed: false``.
    """
    if node.table is not None:
        return _composed(node.table, start, end, observed)
    found: dict[date, str] = {}
    for some in every(node, lambda n: _one(text(n), start, end, observed)):
        found |= some
    return found


def _one(word: str, start: date, end: date, observed: bool) -> dict[date, str]:
    if word.casefold() in ("none", "no"):
        return {}
    if re.match(r"\d+[-/.]\d", word):
        first, _, name = word.partition(" ")
        return _dated(first, name or "Holiday", start, end)
    return national(word, start, end, observed)


def _dated(word: str, name: str, start: date, end: date) -> dict[date, str]:
    day = parse_day(word)
    if not start <= day <= end:
        raise Refused(f"{day} is outside the year ({start} to {end}).", "Check the year of the date.")
    return {day: name}


def _composed(table: Mapping[str, Entry], start: date, end: date, observed: bool) -> dict[date, str]:
    def us(n: Node) -> dict[date, str]:
        return national("US" if text(n).casefold() in ("all", "yes", "true", "us") else text(n), start, end, observed)

    readings = []
    for word, entry in table.items():
        if word == "us":
            readings.append(partial(every, entry.value, us))
        elif word == "also":
            readings.append(partial(_also, entry, start, end))
        elif word != "except":
            readings.append(partial(_other, entry, start, end))
    found: dict[date, str] = {}
    for several in gather(*readings):
        for some in several:
            found |= some
    if "except" in table:
        gone = every(table["except"].value, lambda n: _known(text(n), found))
        return {d: name for d, name in found.items() if _plain(name) not in gone}
    return found


def _also(entry: Entry, start: date, end: date) -> list[dict[date, str]]:
    if entry.value.table is None:
        raise Refused(f"“also” must be a group of dates and names, not {entry.value.kind}.",
                      "Write also: {2026-12-24: Christmas Eve}.", entry.place)
    return gather(*(partial(_named_date, one, start, end) for one in entry.value.table.values()))


def _other(entry: Entry, start: date, end: date) -> list[dict[date, str]]:
    if not re.match(r"\d+[-/.]\d", entry.written):
        raise Refused(f"Holidays have no key “{entry.written}”.", "Write US, also, except, or dates with names.",
                      entry.place)
    return [_named_date(entry, start, end)]


def _named_date(entry: Entry, start: date, end: date) -> dict[date, str]:
    return placed(entry.value, lambda n: _dated(entry.written, text(n), start, end), entry.place)


def _plain(name: str) -> str:
    return name.removesuffix(OBSERVED).casefold()


def _known(word: str, found: dict[date, str]) -> str:
    if word.casefold() not in map(_plain, found.values()):
        raise Refused(f"“{word}” is not among the holidays.",
                      did_you_mean(word, [n.removesuffix(OBSERVED) for n in found.values()]))
    return word.casefold()


def national(word: str, start: date, end: date, observed: bool) -> dict[date, str]:
    """The federal holidays, or the one of this name, each once a year: on the day it is observed."""
    import holidays as library

    calendar = library.country_holidays("US", years=range(start.year, end.year + 2), observed=observed)
    named = {day: name for day, names in sorted(calendar.items()) for name in names.split("; ")}
    kept = {day: name for day, name in named.items()
            if start <= day <= end and (name.endswith(OBSERVED) or not _moved(named, day, name))}
    if word.casefold() in ("us", "usa", "federal"):
        return kept
    chosen = {d: n for d, n in kept.items() if _plain(n) == word.casefold()}
    if not chosen:
        raise Refused(f"“{word}” is no US holiday.", did_you_mean(
            word, dict.fromkeys(n.removesuffix(OBSERVED) for n in kept.values())))
    return chosen


def _moved(named: dict[date, str], day: date, name: str) -> bool:
    """Whether this actual day has an observed day beside it."""
    return any(named.get(day + timedelta(n)) == f"{name}{OBSERVED}" for n in (-2, -1, 1, 2))
