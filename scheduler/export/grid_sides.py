"""What stands beside and below the grid: tallies, coverage, legend."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from scheduler.domain.verdict import Owed
from scheduler.export.coverage import Coverage
from scheduler.export.grid_layout import LEFT, TOP, Layout
from scheduler.export.phrases import owed_words, verdict_words
from scheduler.export.print_page import pixels
from scheduler.export.styles import BAD, GOOD, RED, SOFT, WAIVED, Styles, merged
from scheduler.export.view import View

Line = tuple[str, bool, int]            # what, elective, and which of a fellow's lines that say the same


def tally_lines(view: View) -> dict[Line, dict[str, Owed]]:
    """A column for each requirement: line → fellow id → what is owed and got."""
    lines: dict[Line, dict[str, Owed]] = {}
    for owed in view.report.owed:
        nth = 0
        while owed.fellow.id in lines.get((owed.what, owed.elective, nth), {}):
            nth += 1
        lines.setdefault((owed.what, owed.elective, nth), {})[owed.fellow.id] = owed
    return lines


def tallies(sheet: Worksheet, styles: Styles, view: View, layout: Layout, lines: dict[Line, dict[str, Owed]]) -> None:
    """Got and owed, green when met and red (with a mark) when not."""
    sheet.write(1, layout.tally_left, "Tallies: got of owed" if lines else "", styles(bold=True))
    for column, ((what, elective, _), owed) in enumerate(lines.items(), start=layout.tally_left):
        unit = next(iter(owed.values())).unit
        sheet.merge_range(2, column, 5, column, f"{what}{' (elective)' if elective else ''}, {unit}",
                          styles(bold=True, wrap=True, border=1, size=8, rotation=90, centre=True, bg=SOFT))
        for row, person in enumerate(view.people, start=TOP):
            mine = owed.get(person.id)
            if mine is None:
                sheet.write(row, column, "", styles(border=1, bg="#F4F4F4"))
                continue
            good = mine.verdict in ("met", "assumed", "waived")
            words = owed_words(mine.owed_min, mine.owed_max).replace("up to ", "0–").replace("at least ", "≥ ")
            digits = "0" if mine.got == int(mine.got) else "0.0#"
            style = styles(border=1, centre=True, size=9, shrink=True, bg=GOOD if good else BAD,
                           number=f'{"" if good else chr(34) + "▼ " + chr(34)}{digits}" of {words}"',
                           **({} if good else {"bold": True, "ink": RED}))
            sheet.write_number(row, column, mine.got, style)
            if not good:
                sheet.write_comment(row, column, f"{verdict_words(mine)}: owed {words} {mine.unit}",
                                    {"author": "schedule"})


def coverage_rows(sheet: Worksheet, styles: Styles, view: View, row: int) -> int:
    """How many are on each staffed rotation: red where the staffing is broken, grey where it is waived.

    Zeros stay blank where nobody has to be there. Returns the row below the last.
    """
    rows = [*view.coverage, *([view.away] if view.away else [])]
    if not rows:
        return row
    sheet.write(row, 0, "How many are on", styles(bold=True))
    for cover in rows:
        row += 1
        sheet.set_row(row, 15)
        needed = cover.bounds if cover.least or cover.most is not None else ""
        said = f"{cover.title}: {needed}{' needed' if cover.least else ''}" if needed else cover.title
        sheet.merge_range(row, 0, row, 1, said, styles(border=1, size=9, shrink=True))
        for slot, count in enumerate(cover.counts):
            _count(sheet, styles, cover, row, slot, count)
    return row + 1


def _count(sheet: Worksheet, styles: Styles, cover: Coverage, row: int, slot: int, count: int | None) -> None:
    number = "0" if cover.least else "0;;"
    if count is None:
        sheet.write(row, LEFT + slot, "", styles(border=1, bg="#F4F4F4"))
        return
    wrong = slot in cover.wrong
    tint = BAD if wrong else WAIVED if slot in cover.waived else "#FFFFFF"
    sheet.write_number(row, LEFT + slot, count, styles(
        border=1, border_color="#BBBBBB", centre=True, bg=tint, size=9, number=f'"▼ "{number}' if wrong else number))
    if slot in cover.waived:
        sheet.write_comment(row, LEFT + slot, "Waived by the program", {"author": "schedule"})


def legend(sheet: Worksheet, styles: Styles, view: View, layout: Layout, row: int) -> int:
    """Abbreviation in its colour, then name and site, in columns on the first page. Returns the last row."""
    sheet.write(row, LEFT, "Legend", styles(bold=True))
    row += 1
    one, width = pixels(layout.width), (layout.breaks or (layout.periods,))[0]
    chip = max(1, -(-38 // one))
    span = max(2, -(-245 // one))
    across = max(1, min(4, width // (chip + span)))
    duties = view.used()
    deep = -(-len(duties) // across)
    for place, duty in enumerate(duties):
        at_row, at = row + place % max(1, deep), LEFT + place // max(1, deep) * (chip + span)
        fill, ink = view.paint((duty.name,))
        merged(sheet, at_row, at, chip, view.short[duty.name],
               styles(bg=fill, ink=ink, border=1, centre=True, shrink=True, size=9))
        said = duty.name + (f", {duty.site}" if duty.site else "")
        merged(sheet, at_row, at + chip, span, said, styles(size=9, shrink=True, indent=1))
    for n in range(max(1, deep)):
        sheet.set_row(row + n, 15)
    return row + max(0, deep - 1)
