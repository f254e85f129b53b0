"""The year day by day: a row a date, two halves a fellow, and who is on call."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from scheduler.check.day_view import DayView, Doing
from scheduler.domain.calendar import WEEKDAYS
from scheduler.domain.days import HALF_DAYS
from scheduler.domain.layer import Person
from scheduler.export.call_nights import Night
from scheduler.export.print_page import HEIGHT, pixels, scale_for, set_up
from scheduler.export.sheet_table import LINE
from scheduler.export.sheets import note
from scheduler.export.styles import BAD, DARK, NOTE, RED, SOFT, Styles, merged, midnight
from scheduler.export.view import View

NAME = "Days"
TOP, LEFT = 5, 3                    # the first date's row, the first fellow's column
HALF, ROW = 6.4, 14                 # a half-day's width in letters, a date's height in points
COMMENT = {"author": "schedule", "x_scale": 2}
CLOSED, PER_PAGE = "#EFEFEF", 8     # days that nobody works; fellows on one page where all do not fit


def days_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """What every fellow does in every half-day, coloured as in the year; the pages are months."""
    if view.days is not None:
        _DaySheet(book.add_worksheet(NAME), styles, view, view.days).write()


class _DaySheet:
    def __init__(self, sheet: Worksheet, styles: Styles, view: View, days: DayView):
        self.sheet, self.styles, self.view, self.days = sheet, styles, view, days
        self.halves = days.days.per_day
        self.calls = {night.day: night for night in view.nights}
        self.call_left = LEFT + self.halves * len(view.people)
        self.last = self.call_left + len(view.program.calls)        # the column of holidays
        self.widths = [6, 9, 5, *[HALF] * (self.call_left - LEFT), *[_names(view)] * len(view.program.calls), 22]
        self.doing = {p.id: {d.slot.index: d for d in days.of(p)} for p in view.people}
        self.wrong = self._wrong()
        year = view.program.year
        self.period = {p.start + timedelta(n): p for p in year.periods for n in range(p.days)}
        self.dates = [day for day in self.period if days.days.on(day) or day in self.calls]

    def write(self) -> None:
        """Title, heads, one row a date, pages."""
        self.sheet.write(0, 0, f"{self.view.program.name}, day by day", self.styles.title)
        self.sheet.write(1, 0, note(self.view), self.styles.quiet)
        legend = self._heads()
        for row, day in enumerate(self.dates, start=TOP):
            self._date(row, day)
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self.sheet.freeze_panes(TOP, LEFT)
        self._pages(legend)

    def _wrong(self) -> dict[tuple[str, int], list[str]]:
        """(fellow id, half-day) → sentences of broken rules that must hold."""
        found: dict[tuple[str, int], list[str]] = {}
        for rule, violation in self.view.report.broken:
            for slot in violation.when if rule.layer_name == HALF_DAYS else ():
                for person in violation.who:
                    found.setdefault((person.id, slot), []).append(violation.sentence)
        return found

    def _heads(self) -> float:
        """The legend and the two rows of heads, which every page repeats; returns the legend's height."""
        view, styles = self.view, self.styles
        brief = ", ".join(f"{view.short[d.name]} {d.name}" for d in (*view.used(), *_short(view))
                          if view.short[d.name] != d.name)
        room = sum(self.widths[:min(self.last, LEFT + PER_PAGE * self.halves)])
        height = LINE * (1 + len(brief) // max(1, int(room * 1.15))) + 2
        merged(self.sheet, 2, 0, min(self.last, LEFT + PER_PAGE * self.halves - 1) + 1, brief,
               styles(ink="#555555", wrap=True, size=9, valign="top"))
        self.sheet.set_row(2, height)
        for column, word in enumerate((view.program.year.unit.capitalize(), "Date", "Day")):
            self.sheet.merge_range(3, column, 4, column, word, styles.head)
        for n, person in enumerate(view.people):
            at = LEFT + n * self.halves
            merged(self.sheet, 3, at, self.halves, person.name, styles(
                bold=True, bg=DARK, ink="#FFFFFF", border=1, centre=True, shrink=True, left=2))
            for half, words in enumerate(view.program.working_week.halves):
                self.sheet.write(4, at + half, words.name, styles(
                    bg=SOFT, border=1, centre=True, shrink=True, size=8, **({} if half else {"left": 2})))
        for n, role in enumerate(view.program.calls):
            fill, ink = view.paint((role.name,))
            self.sheet.merge_range(3, self.call_left + n, 4, self.call_left + n, role.name, styles(
                bold=True, bg=fill, ink=ink, border=1, centre=True, wrap=True, size=8, **({} if n else {"left": 2})))
        self.sheet.merge_range(3, self.last, 4, self.last, "Holiday", styles.head)
        return height

    def _date(self, row: int, day: date) -> None:
        period, styles = self.period[day], self.styles
        holiday = self.view.program.year.holidays.get(day, "")
        before = self.dates[self.dates.index(day) - 1] if row > TOP else None
        line: dict[str, Any] = {"border": 1, "border_color": "#BBBBBB", "size": 9}
        if before is None or self.period[before] is not period:
            line |= {"top": 2, "top_color": DARK}                   # a new week begins
        tint = NOTE if holiday else CLOSED if not self.days.days.on(day) else "#FFFFFF"
        self.sheet.set_row(row, ROW)
        self.sheet.write(row, 0, period.index + 1, styles(**line, bg=tint, ink="#555555", centre=True))
        style = styles(**line, bg=tint, date="d mmm", align="right", bold=True, indent=1)
        self.sheet.write_datetime(row, 1, midnight(day), style)
        self.sheet.write(row, 2, WEEKDAYS[day.weekday()][:3], styles(**line, bg=tint))
        for n, person in enumerate(self.view.people):
            self._fellow(row, LEFT + n * self.halves, person, day, line)
        for n, role in enumerate(self.view.program.calls):
            self._call(row, self.call_left + n, role.name, self.calls.get(day), line | ({} if n else {"left": 2}), tint)
        self.sheet.write(row, self.last, holiday, styles(**line, bg=tint, shrink=True, indent=1))

    def _fellow(self, row: int, left: int, person: Person, day: date, line: dict[str, Any]) -> None:
        """The halves of one date; equal neighbours are one cell."""
        slots = self.days.days.on(day)
        if not slots:
            merged(self.sheet, row, left, self.halves, "", self.styles(**line | {"left": 2}, bg=CLOSED))
            return
        doing = self.doing[person.id]
        cells = [(self._label(doing.get(s)), tuple(self.wrong.get((person.id, s), ())), s) for s in slots]
        at = left
        for (what, wrong), run in groupby(cells, key=lambda cell: cell[:2]):
            mine = [slot for *_, slot in run]
            text, style = self._painted(what, doing.get(mine[0]), len(mine), bool(wrong),
                                        line | ({"left": 2} if at == left else {}))
            merged(self.sheet, row, at, len(mine), text, style)
            if wrong:
                self.sheet.write_comment(row, at, "\n".join(wrong), COMMENT)
            at += len(mine)

    @staticmethod
    def _label(doing: Doing | None) -> str | None:
        return None if doing is None else "holiday" if doing.kind == "holiday" else doing.what

    def _painted(self, what: str | None, doing: Doing | None, width: int, wrong: bool,
                 line: dict[str, Any]) -> tuple[str, Any]:
        if doing is None or what is None:
            return "", self.styles(**line, pattern=14, bg_color="#FFFFFF", fg_color="#BBBBBB")      # not here
        if wrong:
            line = line | {"border": 2, "border_color": RED}
        fill, ink = self.view.paint_doing(doing)
        if doing.kind == "nothing":
            fill = BAD
        text = what if len(what) <= HALF * width else self.view.brief(what)
        return text, self.styles(**line, bg=fill, ink=ink, centre=True, shrink=True)

    def _call(self, row: int, column: int, role: str, night: Night | None, line: dict[str, Any], tint: str) -> None:
        who = night.roles.get(role, ()) if night else ()
        wrong = night.wrong.get(role, ()) if night else ()
        if wrong:
            line = line | {"border": 2, "border_color": RED}
        self.sheet.write(row, column, ", ".join(p.name for p in who),
                         self.styles(**line, bg=BAD if wrong else tint, shrink=True, indent=1))
        if wrong:
            self.sheet.write_comment(row, column, "\n".join(dict.fromkeys(wrong)), COMMENT)

    def _pages(self, legend: float) -> None:
        """A month a page, as wide as it stays readable."""
        months = [len(list(run)) for _, run in groupby(self.dates, key=lambda d: (d.year, d.month))]
        ends = [TOP + sum(months[:n]) for n in range(1, len(months))]
        wide = list(map(pixels, self.widths))
        parts = [sum(wide)]
        set_up(self.sheet, self.view, "Days")
        if scale_for(parts) < 55:
            cuts = list(range(LEFT, self.call_left, PER_PAGE * self.halves))
            cuts += [self.call_left] if self.call_left - cuts[-1] > PER_PAGE * self.halves - 4 else []
            self.sheet.set_v_pagebreaks(cuts[1:])
            parts = [sum(wide[:LEFT]) + sum(wide[a:b]) for a, b in zip(cuts, [*cuts[1:], len(wide)], strict=True)]
        high = max(months, default=1) * ROW + legend + 32
        self.sheet.set_h_pagebreaks(ends)
        self.sheet.set_print_scale(min(scale_for(parts), int(97 * HEIGHT / high)))
        self.sheet.repeat_rows(2, TOP - 1)
        self.sheet.repeat_columns(0, LEFT - 1)
        self.sheet.print_area(2, 0, TOP + len(self.dates) - 1, self.last)


def _names(view: View) -> float:
    return max(9.0, min(20.0, 1.5 + max((len(p.name) for p in view.people), default=0)))


def _short(view: View) -> list[Any]:
    calls = {role.name for role in view.program.calls}
    return [x for x in view.below() if x.name not in calls]
