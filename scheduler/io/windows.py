"""What words for dates mean: the periods of the year that a date, a range, a month or ``holidays`` stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scheduler.domain.calendar import MONTHS, Year, say_date
from scheduler.domain.words import Window
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused, did_you_mean
from scheduler.io.values import every, parse_day, text

UNITS = "week|period|block|month|fortnight"
HELP = ("Write 2026-12-21, 2026-07-01 to 2026-08-31, July to September, weeks 1-8, first 8 weeks, holidays, or the "
        "name of a holiday.")


def read_window(node: Node, year: Year) -> Window:
    """The periods that all the words together stand for."""
    each = every(node, lambda n: frozenset(slots(text(n), year)))
    found = frozenset().union(*each)
    if not found:
        raise Refused("These dates hold no period of the year.", HELP)
    return Window(" and ".join(said(text(n), year) for n in node.each()), found)


def check_dates(node: Node) -> None:
    """Raises Refused for days that are in no year; all that can be said while the year itself is not known."""
    every(node, lambda n: [parse_day(d) for d in re.findall(r"\d{4}-\d{1,2}-\d{1,2}|\d+[/.]\d+[/.]\d+", text(n))])


def said(word: str, year: Year) -> str:
    """Dates as a person says them; a single day is said as the period it stands for."""
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", word):
        return year.when(slots(word, year))
    return re.sub(r"\d{4}-\d{1,2}-\d{1,2}", lambda m: say_date(parse_day(m[0])), word)


def slots(word: str, year: Year) -> Iterable[int]:
    """The periods that one word or range stands for."""
    said = " ".join(word.casefold().replace("–", "-").split())
    if m := re.fullmatch(r"(\d{4}-\d{1,2}-\d{1,2})(?: ?(?:to|until|-) ?(\d{4}-\d{1,2}-\d{1,2}))?", said, re.ASCII):
        return _dates(m[1], m[2] or m[1], year)
    if m := re.match(r"\d{4}-\d{1,2}-\d{1,2}(?=[ T]00:00)|[\d]+[/.][\d]+[/.]\d+", said, re.ASCII):
        return _dates(said, said, year)                                 # says what is wrong with it
    if said in ("holidays", "a holiday"):
        if not year.holidays:
            raise Refused("This year has no holidays.", "List them under year: holidays: US.")
        return year.holiday_slots()
    if m := re.fullmatch(rf"(first|last) (\d+) ({UNITS})s?|({UNITS})s? (\d+)(?: ?(?:-|to) ?(\d+))?", said, re.ASCII):
        return _counted(word, m, year)
    months = {name.casefold(): n + 1 for n, name in enumerate(MONTHS)}
    parts = re.split(r" to | - |-", said)
    if len(parts) <= 2 and all(p in months for p in parts):
        return _months(months[parts[0]], months[parts[-1]], year)
    if by_name := [s for s, names in year.holiday_slots().items() if said in [n.casefold() for n in names]]:
        return by_name
    close = did_you_mean(word, [*MONTHS, "holidays", *dict.fromkeys(year.holidays.values())], 0)
    raise Refused(f"“{word}” is not a date or a range of dates.", close or HELP)


def _dates(one: str, two: str, year: Year) -> Iterable[int]:
    first, last = parse_day(one), parse_day(two)
    if last < first:
        raise Refused(f"{two} is before {one}.", "Write the earlier date first.")
    if last < year.start or first > year.end:
        said = one if one == two else f"{one} to {two}"
        raise Refused(f"{said} is outside the year ({year.start} to {year.end}).", "Check the year of the date.")
    return year.slots_between(first, last)


def _counted(word: str, m: re.Match[str], year: Year) -> Iterable[int]:
    """``first 8 weeks``, ``weeks 3-5``: counted in the periods of the year, or in weeks of periods of equal length."""
    number, noun = len(year.periods), m[3] or m[4]
    worth = year.periods[0].weeks or 1
    if noun not in ("period", year.unit) and not (noun == "week" and m[1] and year.unit != "month"):
        raise Refused(f"The periods of this year are {year.unit}s.", f"Count in {year.unit}s, or write the dates.")
    if m[1]:
        count = int(m[2])
        if noun == "week" and year.unit != "week":
            if count % worth:
                raise Refused(f"{count} weeks are no whole number of periods of {worth} weeks.", "Write the dates.")
            count //= worth
        if count == 0:
            raise Refused(f"“{word}” holds no period.", HELP)
        return range(min(count, number)) if m[1] == "first" else range(max(0, number - count), number)
    low, high = int(m[5]), int(m[6] or m[5])
    if low > high:
        raise Refused(f"The range “{word}” is upside down.", f"Write {noun}s {high}-{low}.")
    if not 1 <= low <= high <= number:
        raise Refused(f"“{word}” is outside the year, which has {year.many(number)}.", "Count from 1.")
    return range(low - 1, high)


def _months(first: int, last: int, year: Year) -> list[int]:
    """Periods whose middle day lies in these months, which may run over the new year."""
    wanted = {(first - 1 + n) % 12 + 1 for n in range((last - first) % 12 + 1)}
    middle = {p.index: p.start + (p.end - p.start) / 2 for p in year.periods}
    return [index for index, day in middle.items() if day.month in wanted]
