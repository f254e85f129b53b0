"""The director's report: one self-contained page, readable on a phone, printable on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from scheduler.domain.calendar import say_date
from scheduler.domain.result import Result
from scheduler.export.credit import done_by
from scheduler.export.files import write_atomically
from scheduler.export.hours_words import assumed
from scheduler.export.pages import page
from scheduler.export.phrases import as_of as stamp
from scheduler.export.phrases import headline, plural
from scheduler.export.report_call import call_table, hours, sources
from scheduler.export.report_days import inside, own_days, sum_tables
from scheduler.export.report_didactics import Actual, didactics
from scheduler.export.report_grid import charts, grid, heads
from scheduler.export.report_people import letters, matrix, wishes, years
from scheduler.export.report_where import months
from scheduler.export.tier_words import called, meaning, points_words, proofs, title
from scheduler.export.view import View


def write_report(result: Result, path: Path, *, as_of: date | None = None, attended: Actual | None = None) -> Path:
    """Write the page. ``as_of`` splits credit into done and planned (default: the day the schedule was made)."""
    return write_atomically(path, report_html(result, as_of or result.made.date(), attended))


def report_html(result: Result, as_of: date, attended: Actual | None = None) -> str:
    """The whole page as text; nothing in it is loaded from elsewhere.

    ``attended`` is what sign-in sheets recorded, (fellow id, series) → percent, shown beside what was possible.
    """
    view = View.of(result)
    report, tiers = view.report, view.result.tiers
    return page(
        "report.html", view=view, program=view.program, result=view.result, report=report, people=view.people,
        say=say_date, plural=plural, stamp=stamp(result), as_of=as_of, headline=headline(result),
        called=called, rows=grid(view), heads=heads(view), holidays=view.program.year.holiday_slots(),
        used=[(duty, *view.paint((duty.name,))) for duty in view.used()], charts=charts(view), matrix=matrix(view),
        tiers=[(t, title(t), meaning(t, report.rules), proof)
               for t, proof in zip(tiers, proofs(tiers, view.schedule.beside), strict=True)],
        wishes=wishes(view), points=points_words(report.wishes),
        must=sum(v.rule.priority is None for v in report.rules),
        must_broken=sum(v.rule.priority is None and bool(v.violations) for v in report.rules),
        broken=[v for v in report.rules if v.violations], years=years(view, inside),
        letters=letters(view, done_by(result, as_of)), didactics=didactics(view, attended), **below_the_week(view))


def below_the_week(view: View) -> dict[str, Any]:
    """What the page needs about days, call and work hours; little in a program that has none of them."""
    found: dict[str, Any] = {"hours": hours(view), "sources": sources(view), "assumed": assumed(view.program),
                             "in_house": any(role.kind == "in-house" for role in view.program.calls)}
    if view.days is not None:
        found |= {"sum_tables": sum_tables(view), "own_days": own_days(view), "months": months(view),
                  "call": call_table(view)}
    return found
