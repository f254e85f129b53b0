"""The companion sheets that are tables: requirements, leave and requests, rules, priorities, assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import xlsxwriter

from scheduler.domain.days import HALF_DAYS
from scheduler.domain.layer import Person
from scheduler.domain.words import Selection
from scheduler.export.phrases import as_of, headline, owed_words, verdict_words
from scheduler.export.sheet_table import Column, Row, table_sheet
from scheduler.export.styles import BAD, GOOD, NOTE, WAIVED, Styles
from scheduler.export.tier_words import called, meaning, proofs, title
from scheduler.export.view import View

VERDICTS = {"met": GOOD, "assumed": NOTE, "waived": WAIVED, "short": BAD, "over": BAD}


def note(view: View) -> str:
    """Which schedule it is and what was proven about it."""
    return f"{as_of(view.result)}. {headline(view.result)[1]}"


def requirements_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """Each fellow's requirements, owed and got, with the verdict in words."""
    rows = []
    for person in view.people:
        mine = [o for o in view.report.owed if o.fellow.id == person.id]
        for n, o in enumerate(mine):
            about = [f"“{o.source}”" if o.source else "", f"Assumed: {o.assumption}" if o.assumption else "",
                     f"{o.credit} {o.unit} credited from earlier years" if o.credit else ""]
            rows.append(Row([person.name, o.what, "elective" if o.elective else "required",
                             owed_words(o.owed_min, o.owed_max), o.got, o.unit, "\n".join(w for w in about if w),
                             verdict_words(o)], "" if verdict_words(o) == "not taken" else VERDICTS[o.verdict],
                            not n))
    unit = 10 if view.days else 8
    table_sheet(book, styles, view, "Requirements", note(view),
                [Column("Fellow", 18), Column("Rotation", 28), Column("Kind", 10), Column("Owed", 10, "right"),
                 Column("Got", 7, "right"), Column("Unit", unit), Column("What the documents say, what is assumed", 70),
                 Column("Verdict", 12)], rows)


def leave_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """Leave taken with its dates, then every request with its points and whether it was granted, fellow by fellow."""
    rows, wishes = [], view.wishes()
    for person in view.people:
        lines = [([person.name, "leave", what, start, end, "", "", "taken"], "")
                 for start, end, what in sorted(_taken(view, person))]
        for wish, layer in wishes:
            if wish.fellow.id == person.id:
                dates = view.span(layer, wish.slots) or ("", "")
                lines.append(([person.name, f"request {wish.rank}", wish.text, *dates, wish.points, wish.reason,
                               "granted" if wish.granted else "not granted"], GOOD if wish.granted else NOTE))
        rows += [Row(values, tint, not n) for n, (values, tint) in enumerate(lines)]
    table_sheet(book, styles, view, "Leave and requests", note(view),
                [Column("Fellow", 18), Column("What", 11), Column("About", 42), Column("From", 12), Column("To", 12),
                 Column("Points", 8, "right"), Column("Reason", 56), Column("Status", 12)], rows)


def _taken(view: View, person: Person) -> Iterator[tuple[date, date, str]]:
    """First day, last day and kind of each run of leave: whole periods, and leave by the day."""
    periods, days = view.program.year.periods, view.program.half_days
    below = view.schedule.beside.get(HALF_DAYS)
    for leave in view.program.leaves:
        what = Selection.of(leave.name)
        for run in view.schedule.runs(person, what):
            yield periods[run[0]].start, periods[run[-1]].end, leave.name
        for run in (below.runs(person, what) if below is not None else ()):
            half = days.slots[run[0]].half if len(run) == 1 and days.per_day > 1 else None
            yield days.slots[run[0]].day, days.slots[run[-1]].day, leave.name + (f", {half.name}" if half else "")


def rules_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """Every rule as a sentence, and what the checker found; broken ones first."""
    rows = []
    for v in sorted(view.report.rules, key=lambda v: v.word != "broken"):
        found = [x.sentence for x in v.violations] + [f"Waived: {w.sentence}" for w in v.waivers]
        found += [f"{name}: {value}" for name, value in v.measures]
        why = [v.rule.because, f"“{v.rule.source}”" if v.rule.source else "",
               f"Assumed: {v.rule.assumption}" if v.rule.assumption else ""]
        strength = "must hold" if v.rule.priority is None else f"priority: {called(v.rule.priority)}"
        rows.append(Row([v.rule.sentence, strength,
                         "\n".join(w for w in why if w), "\n".join(found), v.word],
                        {"held": GOOD, "broken": BAD, "waived": WAIVED}.get(v.word, "")))
    table_sheet(book, styles, view, "Rules", note(view),
                [Column("Rule", 56), Column("Strength", 16), Column("Why", 48), Column("What the checker found", 52),
                 Column("Verdict", 11)], rows)


def tiers_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """The priorities in order, each with value and proven bound."""
    rules, tiers = view.report.rules, view.result.tiers
    rows = [Row([n, title(t), t.value, t.bound, meaning(t, rules), proof], GOOD if t.proven else NOTE)
            for n, (t, proof) in enumerate(zip(tiers, proofs(tiers, view.schedule.beside), strict=True), start=1)]
    if not rows:
        rows = [Row(["", "none stated, or the program has changed since this schedule was made", "", "", "", ""])]
    table_sheet(book, styles, view, "Priorities", note(view),
                [Column("Order", 8, "right"), Column("What", 34), Column("Value", 8, "right"),
                 Column("Proven bound", 14, "right"), Column("What it means", 60), Column("Proof", 50)], rows,
                "Priorities, in this order")


def assumptions_sheet(book: xlsxwriter.Workbook, styles: Styles, view: View) -> None:
    """What the program's documents do not say and somebody decided."""
    table_sheet(book, styles, view, "Assumptions",
                "Values that the program's own documents do not give. Each can be changed in the program file.",
                [Column("Assumption", 80), Column("What the documents say", 60), Column("In the file", 22)],
                [Row([a.text, a.source, a.place]) for a in view.program.assumptions])
