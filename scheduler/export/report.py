"""The director's report: one self-contained page, readable on a phone, printable on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from scheduler.domain.calendar import say_date
from scheduler.domain.result import Result
from scheduler.export.credit import done_by
from scheduler.export.files import write_atomically
from scheduler.export.phrases import as_of as stamp
from scheduler.export.phrases import headline, plural
from scheduler.export.report_grid import charts, grid, heads
from scheduler.export.report_people import letters, matrix, wishes, years
from scheduler.export.tier_words import meaning, points_words, proof
from scheduler.export.view import View


def write_report(result: Result, path: Path, *, as_of: date | None = None) -> Path:
    """Write the page. ``as_of`` splits credit into done and planned (default: the day the schedule was made)."""
    return write_atomically(path, report_html(result, as_of or result.made.date()))


def report_html(result: Result, as_of: date) -> str:
    """The whole page as text; nothing in it is loaded from elsewhere."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(loader=PackageLoader("scheduler.export"), autoescape=True, trim_blocks=True,
                              lstrip_blocks=True, undefined=StrictUndefined)
    view = View.of(result)
    report = view.report
    return environment.get_template("report.html").render(
        view=view, program=view.program, result=view.result, report=report, people=view.people,
        say=say_date, plural=plural, stamp=stamp(result), as_of=as_of, headline=headline(result),
        rows=grid(view), heads=heads(view), holidays=view.program.year.holiday_slots(),
        used=[(duty, *view.paint((duty.name,))) for duty in view.used()], charts=charts(view), matrix=matrix(view),
        tiers=[(t, meaning(t, report.rules), proof(t, not n)) for n, t in enumerate(view.result.tiers)],
        wishes=wishes(view), points=points_words(report.wishes),
        must=sum(v.rule.priority is None for v in report.rules),
        must_broken=sum(v.rule.priority is None and bool(v.violations) for v in report.rules),
        broken=[v for v in report.rules if v.violations], years=years(view),
        letters=letters(view, done_by(result, as_of)))
