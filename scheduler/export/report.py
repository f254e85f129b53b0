"""The director's report: one self-contained page, readable on a phone, printable on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from scheduler.domain.calendar import say_date
from scheduler.domain.layer import Person
from scheduler.domain.program import Leave
from scheduler.domain.result import Result
from scheduler.domain.verdict import Owed
from scheduler.export.files import write_atomically
from scheduler.export.palette import colours, ink, short_shown, shown
from scheduler.export.sheet_grid import ordered, owed_words
from scheduler.export.staffing_chart import charts


def write_report(result: Result, path: Path, *, as_of: date | None = None) -> Path:
    """Write the page. ``as_of`` splits credit into done and planned (default: the day the schedule was made)."""
    return write_atomically(path, report_html(result, as_of or result.made.date()))


def report_html(result: Result, as_of: date) -> str:
    """The whole page as text; nothing in it is loaded from elsewhere."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(loader=PackageLoader("scheduler.export"), autoescape=True, trim_blocks=True,
                              lstrip_blocks=True, undefined=StrictUndefined)
    return environment.get_template("report.html").render(
        result=result, program=result.program, report=result.report, as_of=as_of, say=say_date,
        headline=headline(result),
        people=ordered(result), rows=grid(result), heads=months(result),
        holidays=result.program.year.holiday_slots(),
        legend=legend(result), matrix=matrix(result), charts=charts(result), wishes=wishes(result),
        years=[one_year(result, p, as_of) for p in ordered(result)], owed_words=owed_words)


def headline(result: Result) -> tuple[str, str]:
    """(``good`` | ``open`` | ``bad``, what was proven, in words)."""
    if not result.report.ok:
        number = len(result.report.broken)
        return "bad", f"This schedule breaks {number} rule{'s' if number > 1 else ''} that must hold."
    if result.status == "optimal":
        if not result.tiers:
            return "good", "Every rule holds. The program states no preferences, so there was nothing to improve."
        return "good", ("Every rule holds, and no better year exists: each priority below is proven best, given those "
                        "before it.")
    return "open", "Every rule holds. Better years may exist: the priorities below show how far each is from its bound."


@dataclass(frozen=True)
class Cell:
    """A run of equal periods in the grid."""

    width: int
    label: str
    full: str
    colour: str
    ink: str
    when: str


def grid(result: Result) -> list[tuple[Person, list[Cell]]]:
    """Fellow and runs, in the order of the workbook."""
    program, schedule, palette = result.program, result.schedule, colours(result.program)
    rows = []
    for person in ordered(result):
        cells, slots = [], list(schedule.layer.slots)
        for duties, run in groupby(((schedule.at(person, s), s) for s in slots), key=lambda pair: pair[0]):
            mine = [slot for _, slot in run]
            colour = palette[duties[0]] if duties else "#FFFFFF"
            full = " + ".join(shown(program, d) for d in duties) or "not here"
            label = "+".join(short_shown(program, d) for d in duties)
            if len(full) <= 4 * len(mine):
                label = full if duties else ""
            cells.append(Cell(len(mine), label, full, colour, ink(colour), program.year.when(mine)))
        rows.append((person, cells))
    return rows


def months(result: Result) -> list[tuple[str, int]]:
    """Month (or block) and how many periods begin in it."""
    periods, block_of = result.program.year.periods, result.program.block_of
    names = [f"Block {block_of[p.index] + 1}" if block_of else f"{p.start:%b %Y}" for p in periods]
    return [(name, len(list(run))) for name, run in groupby(names)]


def legend(result: Result) -> list[dict[str, str]]:
    """Every duty in use: label, colour, name, site."""
    program, palette = result.program, colours(result.program)
    used = {d for mine in result.schedule.cells.values() for duties in mine.values() for d in duties}
    return [{"short": short_shown(program, d.name), "name": shown(program, d.name), "site": d.site,
             "colour": palette[d.name], "ink": ink(palette[d.name])} for d in program.duties if d.name in used]


SIGNS = {"met": "✓", "assumed": "✓*", "waived": "–", "short": "▼", "over": "▲"}


def matrix(result: Result) -> list[dict[str, Any]]:
    """One row a requirement, one cell a fellow: verdict as sign and words."""
    people = ordered(result)
    lines = list(dict.fromkeys((o.what, o.elective, o.source, o.assumption) for o in result.report.owed))
    found = {(o.what, o.elective, o.source, o.assumption, o.fellow.id): o for o in result.report.owed}
    return [{"what": _shown_what(result, what), "elective": elective, "source": source, "assumption": assumption,
             "cells": [_verdict(found.get((what, elective, source, assumption, p.id))) for p in people]}
            for what, elective, source, assumption in lines]


def _shown_what(result: Result, what: str) -> str:
    return shown(result.program, what) if what in {d.name for d in result.program.duties} else what


def _verdict(owed: Owed | None) -> dict[str, str] | None:
    if owed is None:
        return None
    words = owed.verdict + (f" by {owed.by}" if owed.by else "")
    if owed.elective and not owed.got and owed.verdict == "met":
        return {"sign": "·", "class": "", "words": "not taken", "amount": f"up to {owed.owed_max} {owed.unit}"}
    return {"sign": SIGNS[owed.verdict], "class": owed.verdict, "words": words,
            "amount": f"{owed.got} of {owed_words(owed.owed_min, owed.owed_max)} {owed.unit}"}


def wishes(result: Result) -> list[dict[str, Any]]:
    """Points and wishes by fellow."""
    private = {d.name for d in result.program.leaves if isinstance(d, Leave) and d.private}
    rows = []
    for person in ordered(result):
        mine = [w for w in result.report.wishes if w.fellow.id == person.id]
        if mine:
            rows.append({"fellow": person, "granted": sum(w.points for w in mine if w.granted),
                         "asked": sum(w.points for w in mine),
                         "wishes": [(w, "Away" if w.duty in private else w.text) for w in mine]})
    return rows


def one_year(result: Result, person: Person, as_of: date) -> dict[str, Any]:
    """A fellow's own page: runs with dates, and each requirement done and planned as of a date."""
    program, schedule = result.program, result.schedule
    periods, palette = program.year.periods, colours(program)
    runs = []
    for (_, duties), run in groupby(enumerate(schedule.of(person)), key=lambda n: (n[1][0] - n[0], n[1][1])):
        slots = [slot for _, (slot, _) in run]
        duty = program.duty(duties[0]) if duties else None
        colour = palette[duties[0]] if duties else "#FFFFFF"
        runs.append({"start": periods[slots[0]].start, "end": periods[slots[-1]].end,
                     "many": program.year.many(len(slots)),
                     "name": " + ".join(shown(program, d) for d in duties) or "nothing assigned",
                     "site": duty.site if duty and not isinstance(duty, Leave) else "", "colour": colour,
                     "holidays": [h for s in slots for h in program.year.holiday_slots().get(s, ())]})
    return {"fellow": person, "runs": runs, "owed": [_credit(result, o, as_of) for o in result.report.owed
                                                     if o.fellow.id == person.id]}


def _credit(result: Result, owed: Owed, as_of: date) -> dict[str, Any]:
    """What is done when the last day of a period has passed, and what is still planned."""
    periods = result.program.year.periods
    slots = [s for s in owed.slots if periods[s].end < as_of]
    done_share = len(slots) / len(owed.slots) if owed.slots else 0
    this_year = max(0, owed.got - owed.credit)
    done = owed.credit + round(this_year * done_share)
    return {"what": _shown_what(result, owed.what), "elective": owed.elective, "unit": owed.unit, "got": owed.got,
            "owed": owed_words(owed.owed_min, owed.owed_max), "done": done, "planned": owed.got - done,
            "verdict": owed.verdict + (f" by {owed.by}" if owed.by else ""), "source": owed.source,
            "assumption": owed.assumption}
