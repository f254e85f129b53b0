"""The companion sheets: requirements, rosters, leave and requests, rules, tiers, assumptions, and the hidden ids."""

from __future__ import annotations

from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from scheduler.domain.calendar import runs_of
from scheduler.domain.program import Leave
from scheduler.domain.result import Result
from scheduler.export.palette import colours, ink, shown
from scheduler.export.sheet_grid import LEFT, TOP, _noon, ordered, owed_words
from scheduler.export.styles import BAD, GOOD, NOTE, Styles, headline

VERDICTS = {"met": GOOD, "assumed": NOTE, "waived": "#DDDDDD", "short": BAD, "over": BAD}
IDS = "_ids"


def table(sheet: Worksheet, styles: Styles, title: str, note: str, heads: list[tuple[str, float]],
          rows: list[list[Any]], tints: list[str | None] | None = None) -> None:
    """A titled table with a filter and frozen heads; prints in landscape, one page wide."""
    sheet.write(0, 0, title, styles.title)
    sheet.write(1, 0, note, styles.quiet)
    for column, (head, width) in enumerate(heads):
        sheet.write(3, column, head, styles.head)
        sheet.set_column(column, column, width)
    for n, row in enumerate(rows):
        lines = max((_lines(value, heads[column][1]) for column, value in enumerate(row)), default=1)
        if lines > 1:
            sheet.set_row(4 + n, 13.5 * lines)      # programs other than Excel do not grow rows by themselves
        for column, value in enumerate(row):
            tint = tints[n] if tints else None
            style = styles.cell(bg=tint) if tint and column == len(row) - 1 else styles.cell()
            if hasattr(value, "year"):
                sheet.write_datetime(4 + n, column, _noon(value), styles.cell(date="d mmm yyyy", align="left"))
            elif isinstance(value, str):
                sheet.write_string(4 + n, column, value, style)
            else:
                sheet.write(4 + n, column, value, style)
    if rows:
        sheet.autofilter(3, 0, 3 + len(rows), len(heads) - 1)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(1)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    sheet.set_footer("&L&A&RPage &P of &N")


def _lines(value: Any, width: float) -> int:
    """How many lines a text takes in a column of this width."""
    return sum(max(1, -(-len(part) // max(1, int(width)))) for part in str(value).split("\n"))


def requirements_sheet(book: xlsxwriter.Workbook, styles: Styles, result: Result) -> None:
    """Each fellow's requirements, owed and got, with the verdict in words."""
    owed = sorted(result.report.owed, key=lambda o: [p.id for p in ordered(result)].index(o.fellow.id))
    rows = [[o.fellow.name, shown_what(result, o.what), "elective" if o.elective else "required",
             owed_words(o.owed_min, o.owed_max), o.got, o.unit, o.source, o.assumption and f"Assumed: {o.assumption}",
             o.verdict + (f" by {o.by}" if o.by else "")] for o in owed]
    table(book.add_worksheet("Requirements"), styles, "Requirements", headline(result),
          [("Fellow", 20), ("Rotation", 30), ("Kind", 10), ("Owed", 10), ("Got", 7), ("Unit", 9),
           ("Source", 48), ("Assumption", 42), ("Verdict", 12)], rows, [VERDICTS[o.verdict] for o in owed])


def shown_what(result: Result, what: str) -> str:
    """A duty's name as others may read it; other words unchanged."""
    return shown(result.program, what) if what in {d.name for d in result.program.duties} else what


def rosters_sheet(book: xlsxwriter.Workbook, styles: Styles, result: Result) -> None:
    """Who is on each rotation in each period."""
    sheet, program, schedule = book.add_worksheet("Rosters"), result.program, result.schedule
    palette = colours(program)
    used = [d for d in program.duties if any(d.name in duties for mine in schedule.cells.values()
                                              for duties in mine.values())]
    sheet.write(0, 0, "Who is where", styles.title)
    sheet.write(1, 0, headline(result), styles.quiet)
    for column, head in enumerate((program.year.unit.capitalize(), "from", "to")):
        sheet.write(3, column, head, styles.head)
    for n, duty in enumerate(used):
        colour = palette[duty.name]
        style = styles(bold=True, bg=colour, ink=ink(colour), wrap=True, border=1)
        sheet.write(3, 3 + n, shown(program, duty.name), style)
    for p in program.year.periods:
        row = 4 + p.index
        sheet.write(row, 0, p.index + 1, styles.cell())
        sheet.write_datetime(row, 1, _noon(p.start), styles.cell(date="d mmm yyyy"))
        sheet.write_datetime(row, 2, _noon(p.end), styles.cell(date="d mmm yyyy"))
        for n, duty in enumerate(used):
            there = [x.name for x in schedule.people if duty.name in schedule.at(x, p.index)]
            sheet.write_string(row, 3 + n, ", ".join(there), styles.cell())
    sheet.set_column(0, 0, 7)
    sheet.set_column(1, 2, 12)
    sheet.set_column(3, 3 + len(used), 17)
    sheet.freeze_panes(4, 3)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)


def leave_sheet(book: xlsxwriter.Workbook, styles: Styles, result: Result) -> None:
    """Leave taken with its dates, then every request with its points and whether it was granted."""
    program, schedule = result.program, result.schedule
    rows: list[list[Any]] = []
    tints: list[str | None] = []
    for person in ordered(result):
        for leave in program.leaves:
            slots = [s for s, duties in schedule.of(person) if leave.name in duties]
            for run in runs_of(slots):
                rows.append([person.name, "leave", shown(program, leave.name), program.year.periods[run[0]].start,
                             program.year.periods[run[-1]].end, "", "", "taken"])
                tints.append(None)
    for wish in result.report.wishes:
        first = program.year.periods[wish.slots[0]].start if len(wish.slots) < len(program.year.periods) else ""
        last = program.year.periods[wish.slots[-1]].end if len(wish.slots) < len(program.year.periods) else ""
        private = any(isinstance(d, Leave) and d.private and d.name == wish.duty for d in program.leaves)
        rows.append([wish.fellow.name, f"request {wish.rank}", "Away" if private else wish.text, first, last,
                     wish.points, wish.reason, "granted" if wish.granted else "not granted"])
        tints.append(GOOD if wish.granted else NOTE)
    table(book.add_worksheet("Leave and requests"), styles, "Leave and requests", headline(result),
          [("Fellow", 20), ("What", 11), ("About", 42), ("From", 13), ("To", 13), ("Points", 8), ("Reason", 60),
           ("Status", 13)], rows, tints)


def rules_sheet(book: xlsxwriter.Workbook, styles: Styles, result: Result) -> None:
    """Every rule as a sentence, and what the checker found."""
    rows, tints = [], []
    for v in result.report.rules:
        found = [x.sentence for x in v.violations] + [f"Waived: {w.sentence}" for w in v.waivers]
        found += [f"{name}: {value}" for name, value in v.measures]
        rows.append([v.rule.sentence, "must hold" if v.rule.priority is None else f"priority: {v.rule.priority}",
                     v.rule.because or v.rule.source, "\n".join(found), v.word])
        tints.append({"held": GOOD, "broken": BAD, "waived": "#DDDDDD"}.get(v.word))
    table(book.add_worksheet("Rules"), styles, "Rules", headline(result),
          [("Rule", 60), ("Strength", 20), ("Why", 40), ("Found", 70), ("Verdict", 11)], rows, tints)


def tiers_sheet(book: xlsxwriter.Workbook, styles: Styles, result: Result) -> None:
    """The priorities in order, each with value and proven bound."""
    rows = [[n + 1, t.name, t.value, t.bound, "more is better" if t.large else "less is better",
             ("proven best" if t.proven else "not proven") + (", given unproven tiers before" if t.given else "")]
            for n, t in enumerate(result.tiers)]
    table(book.add_worksheet("Tiers"), styles, "Priorities, in this order", headline(result),
          [("Order", 8), ("What", 45), ("Value", 9), ("Proven bound", 13), ("Direction", 16), ("Proof", 40)], rows,
          [GOOD if t.proven else NOTE for t in result.tiers])


def assumptions_sheet(book: xlsxwriter.Workbook, styles: Styles, result: Result) -> None:
    """What the program's documents do not say and somebody decided."""
    table(book.add_worksheet("Assumptions"), styles, "Assumptions",
          "Values that the program's own documents do not give. Each can be changed in the program file.",
          [("Assumption", 80), ("What the documents say", 60), ("In the file", 22)],
          [[a.text, a.source, a.place] for a in result.program.assumptions])


def ids_sheet(book: xlsxwriter.Workbook, styles: Styles, result: Result) -> None:
    """Hidden: which program, fellows and periods the grid holds, so that a reader knows it from last month's file."""
    sheet = book.add_worksheet(IDS)
    program = result.program
    for row, (word, value) in enumerate((("format", 1), ("digest", program.digest), ("version", result.version),
                                         ("grid", "Schedule"), ("first row", TOP), ("first column", LEFT))):
        sheet.write(row, 0, word)
        sheet.write(row, 1, value)
    for n, person in enumerate(ordered(result)):
        sheet.write(n, 3, person.id)
        sheet.write(n, 4, person.name)
        for slot in result.schedule.layer.slots:
            duties = result.schedule.at(person, slot)
            sheet.write(n, 8 + slot, " + ".join(shown(program, d) for d in duties))
    for p in program.year.periods:
        sheet.write(p.index, 6, p.start.isoformat())
    sheet.very_hidden()


