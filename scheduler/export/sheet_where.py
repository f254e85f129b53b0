"""Who is where today: a row a date (or half of it), a column a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import xlsxwriter

from scheduler.check.day_view import DayView
from scheduler.domain.calendar import WEEKDAYS
from scheduler.export.day_sums import NO_SITE, DaySums
from scheduler.export.print_page import set_up
from scheduler.export.sheet_rosters import usual_width
from scheduler.export.sheet_table import LINE, lines_in
from scheduler.export.sheets import note
from scheduler.export.styles import DARK, NOTE, Styles, midnight
from scheduler.export.view import View

TOP, LEFT = 4, 3
OFF, CALL_HEAD, ALL_DAY = "Off", "On call", "all day"


def where_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """Sites, then who is off and who is on call; both halves in one row where they are the same."""
    if view.days is None:
        return
    sheet, heads = book.add_worksheet("Where"), _heads(view, view.days)
    table = list(_rows(view, view.days))
    widths = [usual_width([head, *(row[3][n] for row in table)], 32) for n, head in enumerate(heads)]
    sheet.write(0, 0, "Who is where, day by day", styles.title)
    sheet.write(1, 0, note(view), styles.quiet)
    for column, (head, width) in enumerate(zip(("Date", "Day", "When", *heads), (12, 5, 10, *widths), strict=True)):
        sheet.write(TOP - 1, column, head, styles.head)
        sheet.set_column(column, column, width)
    sheet.set_row(TOP - 1, 2 + LINE * max(lines_in(h, w * 0.85) for h, w in zip(heads, widths, strict=True)))
    periods = {p.start for p in view.program.year.periods}
    last: date | None = None
    for row, (day, half, holiday, cells) in enumerate(table, start=TOP):
        new = last is None or any(last < start <= day for start in periods)
        line = {"top": 2, "top_color": DARK} if new else {}
        tint = {"bg": NOTE} if holiday else {}
        sheet.write_datetime(row, 0, midnight(day), styles.cell(date="d mmm yyyy", align="left", **line, **tint))
        sheet.write_string(row, 1, WEEKDAYS[day.weekday()][:3], styles.cell(**line, **tint))
        sheet.write_string(row, 2, half, styles.cell(**line, **tint))
        for n, there in enumerate(cells):
            quiet = {"ink": "#555555"} if heads[n] == OFF else {}
            sheet.write(row, LEFT + n, there, styles.cell(**line, **quiet))
        sheet.set_row(row, 2 + LINE * max([1, *(lines_in(c, w * 0.95) for c, w in zip(cells, widths, strict=True))]))
        last = day
    sheet.autofilter(TOP - 1, 0, TOP - 1 + len(table), LEFT - 1 + len(heads))
    sheet.freeze_panes(TOP, LEFT)
    set_up(sheet, view, "Who is where")
    sheet.print_area(TOP - 1, 0, TOP - 1 + max(1, len(table)), LEFT - 1 + len(heads))
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TOP - 1)


def _heads(view: View, days: DayView) -> list[str]:
    sites = [site or NO_SITE for site in DaySums(view, days).sites]
    return [*sites, OFF, *([CALL_HEAD] if view.program.calls else [])]


def _rows(view: View, days: DayView) -> Iterator[tuple[date, str, str, list[str]]]:
    """(date, morning | afternoon | all day, holiday, a cell for each head)."""
    sites, on_call = DaySums(view, days).sites, {night.day: night for night in view.nights}
    halves = view.program.working_week.halves
    off = _off(view, days)
    for day in dict.fromkeys(slot.day for slot in days.days.slots):
        night = on_call.get(day)
        pager = grouped([(view.short[role], p.name) for role, who in (night.roles if night else {}).items()
                         for p in who])
        cells = []
        for n in range(len(halves)):
            there = days.by_site.get(day, {}).get(n, {})
            found = [grouped([(view.brief(d.what), p.name) for p, d in there.get(site, ())]) for site in sites]
            cells.append([*found, off.get((day, n), ""), *([pager] if view.program.calls else [])])
        holiday = view.program.year.holidays.get(day, "")
        if all(half == cells[0] for half in cells):
            yield day, ALL_DAY, holiday, cells[0]
        else:
            yield from ((day, words.name, holiday, half) for words, half in zip(halves, cells, strict=True))


def _off(view: View, days: DayView) -> dict[tuple[date, int], str]:
    """Who is on leave, on holiday or free after call, by date and half."""
    found: dict[tuple[date, int], list[tuple[str, str]]] = {}
    for person in view.people:
        for d in days.of(person):
            if d.kind in ("leave", "post-call", "holiday"):
                why = "holiday" if d.kind == "holiday" else view.brief(d.what)
                found.setdefault((d.slot.day, d.slot.index % days.days.per_day), []).append((why, person.name))
    holiday = [("holiday", p.name) for p in view.people]
    return {at: "holiday: everyone" if names == holiday else grouped(names) for at, names in found.items()}


def grouped(pairs: Iterable[tuple[str, str]]) -> str:
    """``PC: Fellow A, Fellow B; CC: Fellow C``."""
    by: dict[str, list[str]] = {}
    for what, who in pairs:
        by.setdefault(what, []).append(who)
    return "; ".join(f"{what}: {', '.join(who)}" for what, who in by.items())
