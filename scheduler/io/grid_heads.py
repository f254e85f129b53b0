"""The heads of a grid's columns: which periods each column stands for, from dates, labels or numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from scheduler.domain.calendar import MONTHS, Year, say_date
from scheduler.domain.program import Program
from scheduler.io.grid_words import close
from scheduler.io.problems import Refused
from scheduler.io.sheet_cells import Cell, Sheet

#: column → the periods it stands for
Columns = dict[int, tuple[int, ...]]
_MONTH = "|".join(f"{m[:3]}(?:{m[3:]})?\\.?" if len(m) > 3 else m for m in MONTHS) + r"|Sept\.?"
_UNTIL = r"(?:\s*(?:-|–|—|to\b).*)?"
#: how people write the first day of a period; what follows a dash is its last
_FORMS = (re.compile(rf"(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}})(?:[ T]\d\d:\d\d.*)?{_UNTIL}", re.I | re.A),
          re.compile(rf"(?:[A-Za-z]{{3,9}},? )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?[ .-]+"
                     rf"(?P<n>{_MONTH})(?:[ ,-]+(?P<y>\d{{4}}|\d\d))?{_UNTIL}", re.I | re.A),
          re.compile(rf"(?:[A-Za-z]{{3,9}},? )?(?P<n>{_MONTH})[ .-]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?"
                     rf"(?:,? +(?P<y>\d{{4}}))?{_UNTIL}", re.I | re.A),
          re.compile(rf"(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})(?:/(?P<y>\d{{4}}|\d\d))?{_UNTIL}", re.I | re.A))
_COUNTED = re.compile(r"(?P<noun>week|wk|w|block|blk|b|period|p|fortnight|month|m)\s*#?\s*(?P<n>\d+)(?:\.0+)?",
                      re.I | re.A)
_NOUNS = {"wk": "week", "w": "week", "blk": "block", "b": "block", "p": "period", "m": "month"}


class NoHeads(Refused):
    """What seemed to be a grid has no heads that stand for periods."""


class Gap(Refused):
    """A grid of this year in which periods have no column; ``small`` where most periods surely do have one."""

    small = False


@dataclass(frozen=True)
class Day:
    """A date in a head; ``year`` is None where nobody wrote one."""

    year: int | None
    month: int
    day: int

    def dated(self, year: Year, *, guess: bool = False) -> date | None:
        """The date itself; without a year (or where its year was a ``guess``) the one in this academic year."""
        for y in ([self.year] if self.year and not guess else range(year.start.year, year.end.year + 1)):
            try:
                found = date(y or 1, self.month, self.day)
            except ValueError:
                continue
            if (self.year and not guess) or year.start - timedelta(6) <= found <= year.end + timedelta(6):
                return found
        return None


def day_of(cell: Cell) -> Day | None:
    """The date that a cell says, or None."""
    if cell.day is not None:
        return Day(cell.day.year, cell.day.month, cell.day.day)
    for form in _FORMS:
        if m := form.fullmatch(cell.text):
            said = m.groupdict()
            year = int(said["y"]) if said.get("y") else None
            months = [name[:3].casefold() for name in MONTHS]
            month = months.index(said["n"][:3].casefold()) + 1 if said.get("n") else int(said["m"])
            if 1 <= month <= 12 and 1 <= int(said["d"]) <= 31:
                return Day(year + 2000 if year is not None and year < 100 else year, month, int(said["d"]))
    return None


def heads(program: Program, sheet: Sheet, rows: Iterable[int], left: int) -> tuple[int, Columns]:
    """The row of heads above a grid, and the periods of its columns right of ``left``.

    Dates come before labels, labels before numbers. Raises Refused, with its place, where there are none, where they
    are another year's, or where a period has no column.
    """
    lines = sheet.rows()
    found: list[tuple[int, dict[int, Day], Columns]] = []
    for row in rows:
        cells = {column: cell for column, cell in lines.get(row, {}).items() if column > left}
        dates = {column: day for column, cell in cells.items() if (day := day_of(cell)) is not None}
        found.append((row, dates, _labels(program, cells)))
    least = 1 if len(program.year.periods) == 1 else 2
    best = max((len(columns) for _, _, columns in found), default=0)
    for row, dates, _ in found:
        if len(dates) >= max(least, best / 2):
            return row, _dated(program, sheet, row, dates)
    row, _, columns = max(found, key=lambda one: (len({s for c in one[2].values() for s in c}), len(one[2])),
                          default=(0, {}, {}))
    if len(columns) < least:
        raise NoHeads("No row above the fellows says which column is which period.",
                      f"Write the first day of each {program.year.unit} above its column, or its number.",
                      sheet.place(min(rows, default=1), left + 1))
    _whole(program, sheet, row, columns)
    return row, columns


def _dated(program: Program, sheet: Sheet, row: int, days: Mapping[int, Day]) -> Columns:
    """Columns by their dates."""
    year, columns = program.year, sorted(days)
    typed = [days[c].dated(year) for c in columns]
    backwards = any(a is not None and b is not None and b < a for a, b in pairwise(typed))
    if backwards and all(days[c].year for c in columns):                # Excel put this year into “4 Jan”
        typed = [days[c].dated(year, guess=True) for c in columns]
    slots: dict[int, int] = {}
    for column, day in zip(columns, typed, strict=True):
        slot = _slot(year, day)
        if slot is None:
            raise Refused(f"{_said(day, days[column])} is outside the year of this program ({say_date(year.start)} "
                          f"{year.start.year} to {say_date(year.end)} {year.end.year}).",
                          "Take the schedule of this year, or correct the dates above the columns.",
                          sheet.place(row, column))
        slots[column] = slot
    edges = {d for p in year.periods for d in (p.start, p.end)}
    if any(days[c].year is None for c in columns) and sum(day in edges for day in typed) * 2 < len(typed):
        first = columns[0]
        raise Refused(f"{_said(typed[0], days[first])} is not the first day of a {year.unit} of this program "
                      f"({', '.join(say_date(p.start) for p in year.periods[:3])} …): this may be another year's file.",
                      "Take the schedule of this year, or write the dates with their year.", sheet.place(row, first))
    return _stretched(program, sheet, row, slots)


def _slot(year: Year, day: date | None) -> int | None:
    """The period of a date; the week that holds the year's first or last day may begin before it or end after it."""
    if day is None:
        return None
    return year.slot_of(min(max(day, year.start), year.end)) if (
        year.start - timedelta(6) <= day <= year.end + timedelta(6)) else None


def _said(day: date | None, head: Day) -> str:
    return say_date(day, year=True) if day is not None else f"{head.day} {MONTHS[head.month - 1]}"


def _stretched(program: Program, sheet: Sheet, row: int, slots: Mapping[int, int]) -> Columns:
    """A column whose neighbours begin several periods later stands for all of them: blocks over a year of weeks."""
    begins = sorted(set(slots.values()))
    gaps = [b - a for a, b in pairwise(begins)]
    counts = Counter(gaps)
    usual = max(counts, key=lambda gap: (counts[gap], gap == 1), default=1)
    ends = dict(pairwise(begins))
    ends[begins[-1]] = min(begins[-1] + usual + (1 if usual > 1 else 0), len(program.year.periods))
    found = {c: tuple(range(s, ends[s])) if usual > 1 else (s,) for c, s in slots.items()}
    _whole(program, sheet, row, found, sure=True)
    return found


def _whole(program: Program, sheet: Sheet, row: int, columns: Columns, *, sure: bool = False) -> None:
    """Every period needs a column. ``sure``: the heads are dates, and cannot be a tally's numbers."""
    seen = {slot for slots in columns.values() for slot in slots}
    missing = [p.index for p in program.year.periods if p.index not in seen]
    if missing:
        said, after = program.year.when(missing), [c for c, slots in columns.items() if slots and slots[0] > missing[0]]
        many = program.year.many(len(program.year.periods))
        gap = Gap(f"{said[:1].upper()}{said[1:]} {'has' if len(missing) == 1 else 'have'} no column.",
                  f"Insert {'it' if len(missing) == 1 else 'them'} here again, with the date above; the cells may stay "
                  f"empty. The whole year has {many} from {say_date(program.year.start, year=True)}."
                  if after else f"Add {'it' if len(missing) == 1 else 'them'} behind this column, with the date above; "
                  f"the cells may stay empty. The whole year has {many}.",
                  sheet.place(row, min(after, default=max(columns))))
        gap.small = sure and 2 * len(missing) < len(program.year.periods)
        raise gap


# -- labels and numbers


def _labels(program: Program, cells: Mapping[int, Cell]) -> Columns:
    """Columns by what their heads are called, or counted."""
    meant = {column: _meant(program, cell.text) for column, cell in cells.items()}
    found = {column: slots for column, slots in meant.items() if slots}
    bare = {column: int(float(cell.text)) for column, cell in cells.items() if re.fullmatch(r"\d+(\.0+)?", cell.text)}
    if len(bare) > len(found):
        found = _numbered(program, bare)
    whole: Columns = {}
    for column, slots in found.items():
        first, last = cells[column].columns
        each = len(slots) // (last - first + 1)
        apart = each and each * (last - first + 1) == len(slots) and last > first
        whole[column] = slots[(column - first) * each:(column - first + 1) * each] if apart else slots
    return whole


def _meant(program: Program, text: str) -> tuple[int, ...]:
    """The periods that a label stands for: a period's own, a block's, a month's, ``Week 3``."""
    said, year = close(text), program.year
    for names in ({p.index: p.label for p in year.periods}, {p.index: program.block(p.index) for p in year.periods}):
        if mine := tuple(slot for slot, name in names.items() if name and close(name) == said):
            return mine
    if m := _COUNTED.fullmatch(text.strip()):
        noun = _NOUNS.get(m["noun"].casefold(), m["noun"].casefold())
        if noun == "block" and year.unit != "block":
            return tuple(p.index for p in year.periods if program.block_of and
                         program.block_of[p.index] == int(m["n"]) - 1)
        if noun in ("period", year.unit) and 1 <= int(m["n"]) <= len(year.periods):
            return (int(m["n"]) - 1,)
        return ()
    month = re.sub(r"(?:20)?\d\d$", "", said)
    number = next((n for n, name in enumerate(MONTHS, 1) if len(month) > 2 and name.casefold().startswith(month)), 0)
    return tuple(p.index for p in year.periods if number and (p.start + (p.end - p.start) / 2).month == number)


def _numbered(program: Program, numbers: Mapping[int, int]) -> Columns:
    """Columns by number: of the periods, or of the blocks where there are just as many of these."""
    many, blocks = len(program.year.periods), len(set(program.block_of))
    most = max(numbers.values())
    if blocks > 1 and most == blocks and len(set(numbers.values())) == blocks:
        return {c: tuple(s for s in range(many) if program.block_of[s] == n - 1) for c, n in numbers.items()}
    return {c: (n - 1,) for c, n in numbers.items() if 1 <= n <= many} if most <= many else {}
