"""The first sheet: one row a fellow, one column a period."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from scheduler.domain.layer import Person
from scheduler.domain.result import Result
from scheduler.domain.words import Selection
from scheduler.export.palette import colours, ink, short_shown, shown
from scheduler.export.styles import BAD, GOOD, NOTE, Styles, headline

NAME = "Schedule"
TOP, LEFT, WIDTH = 6, 2, 5.3


def ordered(result: Result) -> list[Person]:
    """Fellows grouped by level and background, in the file's order inside a group."""
    groups: dict[tuple[str, str], list[Person]] = {}
    for person in result.schedule.people:
        groups.setdefault((person.level, person.background), []).append(person)
    return [person for group in groups.values() for person in group]


def grid_sheet(book: xlsxwriter.Workbook, styles: Styles, result: Result) -> None:
    """The year at a glance: grid, tallies to the right, coverage below, legend."""
    sheet = book.add_worksheet(NAME)
    people, periods = ordered(result), result.program.year.periods
    last = LEFT + len(periods) - 1
    _head(sheet, styles, result)
    for row, person in enumerate(people, start=TOP):
        sheet.write(row, 0, person.name, styles(bold=True, border=1))
        sheet.write(row, 1, person.level or person.background, styles(border=1, ink="#555555", wrap=True, size=9))
        _row(sheet, styles, result, row, person)
        sheet.set_row(row, 26)
    _tallies(sheet, styles, result, people, last + 2)
    below = _coverage(sheet, styles, result, TOP + len(people) + 1)
    end = _legend(sheet, styles, result, below + 2)
    sheet.set_column(0, 0, max(14, *(len(p.name) + 2 for p in people)))
    sheet.set_column(1, 1, 18)
    sheet.set_column(LEFT, last, WIDTH if len(periods) > 26 else 11)
    sheet.freeze_panes(TOP, LEFT)
    sheet.set_landscape()
    sheet.set_paper(1)
    sheet.fit_to_pages(2 if len(periods) > 26 else 1, 0)
    sheet.repeat_rows(2, TOP - 1)
    sheet.repeat_columns(0, 1)
    sheet.print_area(0, 0, end, last)
    if len(periods) > 26:
        sheet.set_v_pagebreaks([LEFT + len(periods) // 2])
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.set_footer(f"&L{result.program.name}&C{headline(result).split('. ')[0].replace('&', '&&')}&RPage &P of &N")


def _head(sheet: Worksheet, styles: Styles, result: Result) -> None:
    program = result.program
    periods, holidays = program.year.periods, program.year.holiday_slots()
    sheet.write(0, 0, f"{program.name}, {program.institution}".rstrip(", "), styles.title)
    sheet.write(1, 0, headline(result), styles.quiet)
    for n, word in enumerate(("Block", program.year.unit.capitalize(), "from", "to")):
        sheet.write(2 + n, 1, word, styles(bold=True, ink="#555555", align="right"))
    blocks = [(p.block or (f"Block {program.block_of[p.index] + 1}" if program.block_of else "")) for p in periods]
    if not any(blocks):
        blocks = [f"{p.start:%B}" for p in periods]
    column = LEFT
    for name, run in groupby(blocks):
        width = len(list(run))
        style = styles(bold=True, bg="#E3E8ED", border=1, centre=True)
        _merged(sheet, 2, column, width, name, style)
        column += width
    for p in periods:
        at, holiday = LEFT + p.index, p.index in holidays
        tint = NOTE if holiday else "#FFFFFF"
        sheet.write(3, at, p.index + 1, styles(bold=True, bg=tint, border=1, centre=True))
        sheet.write_datetime(4, at, _noon(p.start), styles(bg=tint, border=1, centre=True, size=8, date="d mmm"))
        sheet.write_datetime(5, at, _noon(p.end), styles(bg=tint, border=1, centre=True, size=8, date="d mmm"))
        if holiday:
            sheet.write_comment(3, at, ", ".join(holidays[p.index]), {"author": "schedule"})


def _noon(day):
    from datetime import datetime
    return datetime(day.year, day.month, day.day)


def _merged(sheet: Worksheet, row: int, column: int, width: int, text: str, style) -> None:
    if width > 1:
        sheet.merge_range(row, column, row, column + width - 1, text, style)
    else:
        sheet.write(row, column, text, style)


def _row(sheet: Worksheet, styles: Styles, result: Result, row: int, person: Person) -> None:
    program, palette = result.program, colours(result.program)
    cells = [result.schedule.at(person, slot) for slot in result.schedule.layer.slots]
    wide = WIDTH if len(cells) > 26 else 11
    column = LEFT
    for duties, run in groupby(cells):
        width = len(list(run))
        if duties:
            colour = palette[duties[0]]
            text = " + ".join(shown(program, d) for d in duties)
            if len(text) > width * wide * 0.95:
                text = "+".join(short_shown(program, d) for d in duties)
            style = styles(bg=colour, ink=ink(colour), border=1, centre=True, shrink=True, size=9)
            _merged(sheet, row, column, width, text, style)
        column += width


def _tallies(sheet: Worksheet, styles: Styles, result: Result, people: Sequence[Person], left: int) -> None:
    """Weeks got against weeks owed, green when met and red when not, for each rotation somebody owes."""
    owed = {(o.fellow.id, o.what, o.elective): o for o in result.report.owed}
    lines = list(dict.fromkeys((o.what, o.elective) for o in result.report.owed))
    sheet.write(2, left, "Tallies: got (owed)", styles(bold=True))
    for n, (what, elective) in enumerate(lines):
        label = what + (" (elective)" if elective else "")
        sheet.merge_range(3, left + n, 5, left + n, label, styles(bold=True, wrap=True, border=1, size=8, rotation=0,
                                                                   centre=True, bg="#E3E8ED"))
        for row, person in enumerate(people, start=TOP):
            o = owed.get((person.id, what, elective))
            if o is None:
                sheet.write(row, left + n, "", styles(border=1))
                continue
            good = o.verdict in ("met", "assumed", "waived")
            style = styles(border=1, centre=True, bg=GOOD if good else BAD, size=9)
            sheet.write(row, left + n, o.got, style)
            if not good:
                sheet.write_comment(row, left + n, f"{o.verdict} by {o.by}: owed {owed_words(o.owed_min, o.owed_max)}",
                                    {"author": "schedule"})
    sheet.set_column(left, left + len(lines), 10.5)


def owed_words(low: int, high: int | None) -> str:
    """``7-8``, ``13``, ``at least 2``."""
    return str(low) if low == high else f"at least {low}" if high is None else f"{low}-{high}"


def _coverage(sheet: Worksheet, styles: Styles, result: Result, row: int) -> int:
    """How many are on each staffed rotation, red where the staffing is broken, grey where it is waived."""
    schedule = result.schedule
    sheet.write(row, 0, "On service", styles(bold=True))
    for verdict in result.report.rules:
        rule = verdict.rule
        if rule.name != "staffing" or not getattr(rule, "at_least", 0):
            continue
        what: Selection = rule.what  # type: ignore[attr-defined]
        row += 1
        sheet.write(row, 0, str(what), styles(border=1))
        bounds = owed_words(rule.at_least, rule.at_most)  # type: ignore[attr-defined]
        sheet.write(row, 1, f"needs {bounds}", styles(border=1, ink="#555555"))
        wrong = {s for v in verdict.violations for s in v.when}
        waived = {s for w in verdict.waivers for s in w.when}
        for slot in schedule.layer.slots:
            there = sum(schedule.staff(p, slot, what) for p in schedule.people)
            tint = BAD if slot in wrong else "#DDDDDD" if slot in waived else "#FFFFFF"
            sheet.write(row, LEFT + slot, there, styles(border=1, centre=True, bg=tint, size=9))
            if slot in waived:
                sheet.write_comment(row, LEFT + slot, "Waived by the program", {"author": "schedule"})
    return row


def _legend(sheet: Worksheet, styles: Styles, result: Result, row: int) -> int:
    program, palette = result.program, colours(result.program)
    sheet.write(row, 0, "Legend", styles(bold=True))
    used = {d for mine in result.schedule.cells.values() for duties in mine.values() for d in duties}
    span = 8 if len(program.year.periods) > 26 else 2
    place = 0
    half = len(program.year.periods) // (2 if len(program.year.periods) > 26 else 1)     # stay on the first page
    per_row = max(1, half // (span + 1))
    for duty in program.duties:
        if duty.name not in used:
            continue
        at_row, at = row + 1 + place // per_row, LEFT + (place % per_row) * (span + 1)
        colour = palette[duty.name]
        style = styles(bg=colour, ink=ink(colour), border=1, centre=True, shrink=True, size=9)
        sheet.write(at_row, at, short_shown(program, duty.name), style)
        _merged(sheet, at_row, at + 1, span - 1, shown(program, duty.name) + (f", {duty.site}" if duty.site else ""),
                styles(size=9, shrink=True))
        place += 1
    return row + 1 + place // per_row
