"""The report's tables about people: requirements, requests, each fellow's year and letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.domain.layer import Person
from scheduler.domain.program import Leave, Rotation
from scheduler.domain.verdict import Owed
from scheduler.export.phrases import amount, owed_words, verdict_words
from scheduler.export.view import Run, View

SIGNS = {"met": "✓", "assumed": "✓*", "waived": "–", "short": "▼", "over": "▲"}
A_LINE = 32                 # letters of a line in the list of a fellow's year, on paper
A_TABLE = 8                 # fellows in one table of requirements: what fits on a page
MANY_RUNS, MANY_LINES = 44, 18      # more than these are set in smaller print, so that one page holds them


@dataclass(frozen=True)
class Matrix:
    """Requirements (rows) by some of the fellows (columns). A cell is None where the line does not apply."""

    people: tuple[Person, ...]
    rows: tuple[tuple[Owed, tuple[dict[str, str] | None, ...]], ...]


def matrix(view: View) -> list[Matrix]:
    """One row a requirement, one cell a fellow: verdict as sign and words. Large cohorts get several tables."""
    found: dict[tuple[Any, ...], Owed] = {}
    lines: dict[tuple[Any, ...], Owed] = {}
    for owed in view.report.owed:
        nth = 0
        while (*_line(owed), nth, owed.fellow.id) in found:
            nth += 1
        found[(*_line(owed), nth, owed.fellow.id)] = owed
        lines.setdefault((*_line(owed), nth), owed)
    tables = []
    for start in range(0, len(view.people), A_TABLE):
        people = view.people[start:start + A_TABLE]
        rows = ((first, tuple(_cell(found.get((*line, p.id))) for p in people)) for line, first in lines.items())
        tables.append(Matrix(people, tuple(row for row in rows if any(row[1]))))
    return tables


def _line(owed: Owed) -> tuple[Any, ...]:
    return owed.what, owed.elective, owed.source, owed.assumption


def _cell(owed: Owed | None) -> dict[str, str] | None:
    if owed is None:
        return None
    words = verdict_words(owed)
    if words == "not taken":
        return {"sign": "·", "class": "", "words": words,
                "amount": f"{owed_words(owed.owed_min, owed.owed_max)} {owed.unit}"}
    return {"sign": SIGNS[owed.verdict], "class": owed.verdict, "words": words,
            "amount": f"{amount(owed.got)} of {owed_words(owed.owed_min, owed.owed_max)} {owed.unit}"}


def wishes(view: View) -> list[dict[str, Any]]:
    """Points and wishes by fellow."""
    rows = []
    for person in view.people:
        mine = [w for w in view.report.wishes if w.fellow.id == person.id]
        if mine:
            rows.append({"fellow": person, "granted": sum(w.points for w in mine if w.granted),
                         "asked": sum(w.points for w in mine), "wishes": mine})
    return rows


def years(view: View, inside: Callable[..., list[str]]) -> list[dict[str, Any]]:
    """Each fellow's own page: runs with dates, sites and holidays, and what lies ``inside`` them by the day."""
    program = view.program
    periods, holidays = program.year.periods, program.year.holiday_slots()
    pages = []
    for person in view.people:
        runs: list[dict[str, Any]] = []
        for run in view.runs(person):
            if run.here:
                duty = program.duty(run.duties[0]) if run.duties else None
                runs.append({"start": periods[run.slots[0]].start, "end": periods[run.slots[-1]].end,
                             "many": program.year.many(len(run.slots)), "fill": view.paint(run.duties)[0],
                             "name": " + ".join(run.duties) or "nothing assigned",
                             "inside": inside(view, person, run.slots),
                             "site": _site(view, person, run, duty) if duty and not isinstance(duty, Leave) else "",
                             "holidays": [name for s in run.slots for name in holidays.get(s, ())]})
        whole = inside(view, person, view.schedule.layer.present(person), full=True)
        lines = sum((len(r["name"] + r["site"]) + 9 * len(r["inside"])) // A_LINE for r in runs) if whole else 0
        pages.append({"fellow": person, "runs": runs, "inside": whole, "dense": len(runs) + lines > MANY_RUNS})
    return pages


def _site(view: View, person: Person, run: Run, rotation: Rotation) -> str:
    """The rotation's site; of several that it visits in turn, those of these weeks."""
    if not rotation.sites or view.days is None:
        return rotation.site
    return ", ".join(dict.fromkeys(d.site for d in view.days.of(person) if d.slot.period in run.slots
                                   and d.what == rotation.name and d.site in rotation.sites))


def letters(view: View, done: Sequence[float]) -> list[dict[str, Any]]:
    """Each fellow's requirements, with what is done and what is planned; ``done`` goes with ``report.owed``."""
    pages = []
    for person in view.people:
        lines = [(owed, min(got, owed.got)) for owed, got in zip(view.report.owed, done, strict=True)
                 if owed.fellow.id == person.id]
        pages.append({"fellow": person, "dense": len(lines) > MANY_LINES, "lines": [
            {"owed": owed, "done": amount(got), "planned": amount(owed.got - got), "words": verdict_words(owed),
             "amount": f"{owed_words(owed.owed_min, owed.owed_max)} {owed.unit}"} for owed, got in lines]})
    return pages
