"""What words for dates mean below the week: weekdays, mornings, weekends, holidays, and dates by the day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from scheduler.domain.calendar import MONTHS, WEEKDAYS, say_date
from scheduler.domain.days import Days, DaySlot
from scheduler.domain.words import Window
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused, did_you_mean
from scheduler.io.values import every, parse_day, text
from scheduler.io.windows import slots

DATES = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[ T]00:00(?::00)?)?(?: ?(?:to|until|-) ?(\d{4}-\d{1,2}-\d{1,2}))?"
                   r"(?: ?,? (am|pm|mornings?|afternoons?))?", re.ASCII)
HALF_WORDS = {"am": 0, "morning": 0, "mornings": 0, "pm": 1, "afternoon": 1, "afternoons": 1}
HALVES = ("morning", "afternoon")
HELP = ("Write 2026-12-21, 2026-07-01 to 2026-08-31, Tuesday, Monday to Thursday, Friday afternoon, weekends, July to "
        "September, first 8 weeks, holidays, or the name of a holiday.")
Matches = Callable[[DaySlot], bool]


def read_day_window(node: Node, days: Days) -> Window:
    """The slots that all the words together stand for: each is a weekday, a half of one, or a stretch of dates."""
    def found(one: Node) -> frozenset[int]:
        matches = _matches(text(one), days)
        slots_ = frozenset(slot.index for slot in days.slots if matches(slot))
        if slots_:
            return slots_
        if days.per_day > 1:
            raise Refused(f"“{text(one)}” holds no half-day of the working week.",
                          "Choose days of the working week, or change working week: under year:.")
        raise Refused(f"“{text(one)}” holds no night of call.", "Write dates or weekdays; nights have no halves.")

    each = every(node, found)
    if not each:
        raise Refused("A date is expected here.", HELP, node.place)
    return Window(" and ".join(_said(text(n)) for n in node.each()), frozenset[int]().union(*each))


def weekdays(word: str) -> tuple[frozenset[int], int | None]:
    """``Monday``, ``Mon-Thu``, ``Tuesday afternoon``, ``weekends``: the weekdays (0 = Monday) and the half, if one.

    Raises Refused for anything else.
    """
    words = re.sub(r"^(every|each) (?!day)", "", word.casefold().replace("–", "-")).split()
    half = HALF_WORDS.get(words[-1]) if words else None
    rest = " ".join(words[:-1] if half is not None or words[-1:] in (["night"], ["nights"]) else words)
    if (not rest and half is not None) or rest in ("every day", "daily", "all days"):
        return frozenset(range(7)), half
    if rest in ("weekday", "weekdays"):
        return frozenset(range(5)), half
    if rest in ("weekend", "weekends"):
        return frozenset((5, 6)), half
    found = [_weekday(part.strip()) for part in re.split(r" to |-", rest)]
    first, last = found[0], found[-1]
    if len(found) > 2 or first is None or last is None:
        raise Refused(f"“{word}” is not a weekday.", did_you_mean(rest, WEEKDAYS, 0) or
                      "Write Monday, Monday to Thursday, Tuesday morning, weekdays or weekends.")
    return frozenset((first + n) % 7 for n in range((last - first) % 7 + 1)), half


def _weekday(word: str) -> int | None:
    """The weekday that a word names, in full, with an s, or by its first letters."""
    known = [f"{name.casefold()}s" for name in WEEKDAYS]
    return next((n for n, name in enumerate(known) if len(word) > 2 and name.startswith(word)), None)


def _matches(word: str, days: Days) -> Matches:
    """Which slots one word or range stands for."""
    folded = " ".join(word.casefold().replace("–", "-").split())
    if m := DATES.fullmatch(folded):
        return _dates(parse_day(m[1]), parse_day(m[2] or m[1]), HALF_WORDS.get(m[3] or ""), days)
    if folded in ("holidays", "a holiday"):
        if not days.year.holidays:
            raise Refused("This year has no holidays.", "List them under year: holidays: US.")
        return lambda slot: slot.day in days.year.holidays
    if folded in {name.casefold() for name in days.year.holidays.values()}:
        return lambda slot: days.year.holidays.get(slot.day, "").casefold() == folded
    months = {name.casefold(): n + 1 for n, name in enumerate(MONTHS)}
    parts = re.split(r" to | - |-", folded)
    if len(parts) <= 2 and all(part in months for part in parts):
        first, last = months[parts[0]], months[parts[-1]]
        within = {(first - 1 + n) % 12 + 1 for n in range((last - first) % 12 + 1)}
        return lambda slot: slot.day.month in within
    try:
        wanted, half = weekdays(word)
    except Refused as refused:
        return _periods(word, days, refused)
    return lambda slot: slot.day.weekday() in wanted and half in (None, _half(slot, days))


def _dates(begin: date, end: date, half: int | None, days: Days) -> Matches:
    if end < begin:
        raise Refused(f"{end} is before {begin}.", "Write the earlier date first.")
    if end < days.year.start or begin > days.year.end:
        said = str(begin) if begin == end else f"{begin} to {end}"
        raise Refused(f"{said} is outside the year ({days.year.start} to {days.year.end}).",
                      "Check the year of the date.")
    return lambda slot: begin <= slot.day <= end and half in (None, _half(slot, days))


def _periods(word: str, days: Days, refused: Refused) -> Matches:
    """Whole periods of the rotations: ``weeks 3-5``, ``first 8 weeks``; or what is wrong with the word."""
    try:
        periods = frozenset(slots(word, days.year))
    except Refused as other:
        if "is not a date or a range of dates" not in other.message:
            raise
        close = did_you_mean(word, [*MONTHS, *WEEKDAYS, "holidays", "weekdays", "weekends",
                                    *dict.fromkeys(days.year.holidays.values())], 0)
        raise Refused(f"“{word}” is not a weekday, a date or a range of dates.",
                      close or (refused.remedy if "Did you mean" in refused.remedy else HELP)) from None
    return lambda slot: slot.period in periods


def _half(slot: DaySlot, days: Days) -> int:
    return slot.index % days.per_day if days.per_day > 1 else -1


def _said(word: str) -> str:
    """Dates as a person says them; words as they are."""
    m = DATES.fullmatch(" ".join(word.casefold().replace("–", "-").split()))
    if not m:
        return re.sub(r"\d{4}-\d{1,2}-\d{1,2}", lambda d: say_date(parse_day(d[0])), " ".join(word.split()))
    until = f" to {say_date(parse_day(m[2]))}" if m[2] else ""
    half = f" ({HALVES[HALF_WORDS[m[3]]]})" if m[3] else ""
    return f"{say_date(parse_day(m[1]))}{until}{half}"
