"""The report's tally of call, and the work hours in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scheduler.domain.duty_hours import SOURCES, Average
from scheduler.export.call_tally import carried, columns, spread, tally
from scheduler.export.hours_words import within
from scheduler.export.phrases import amount
from scheduler.export.view import View


@dataclass(frozen=True)
class CallTable:
    """Columns are (role, kind of day); a row is a fellow and the numbers; ``spreads`` are the least and the most."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    spreads: tuple[str, ...]


def call_table(view: View) -> CallTable:
    """Nights by role and kind of day, all together, and with last year where a rule carries it."""
    counts = tally(view)
    table: list[tuple[tuple[str, str], dict[str, int]]] = [
        (key, {who: mine[key] for who, mine in counts.items()}) for key in columns(view)]
    table.append((("All call", ""), {who: mine.total() for who, mine in counts.items()}))
    for line in carried(view):
        table += [((line.title, "last year"), line.last),
                  ((line.title, "both years"), {who: line.now[who] + line.last[who] for who in line.now})]
    spreads = [spread(view, numbers) for _, numbers in table]
    return CallTable(tuple(head for head, _ in table),
                     tuple((p.name, tuple(numbers.get(p.id, 0) for _, numbers in table)) for p in view.people),
                     tuple(f"{least[0]} to {least[1]}" if least else "" for least in spreads))


def hours(view: View) -> list[dict[str, Any]]:
    """For each fellow the heaviest window, the one with the fewest days off to spare, every window, every finding."""
    rows = []
    for mine in view.report.hours:
        lines = [_average(view, a) for a in mine.averages]
        heaviest = max(mine.averages, key=lambda a: a.average, default=None)
        tightest = min(mine.averages, key=lambda a: (a.free - a.needed, a.free), default=None)
        rows.append({"fellow": mine.fellow, "windows": lines, "findings": mine.findings,
                     "heaviest": _average(view, heaviest) if heaviest else None,
                     "tightest": _average(view, tightest) if tightest else None})
    return rows


def _average(view: View, average: Average) -> dict[str, Any]:
    limits = view.program.limits
    most = f" of {amount(limits.weekly_hours)}" if limits and limits.weekly_hours is not None else ""
    return {"what": average.window.what, "first": average.window.first, "last": average.window.last,
            "days": average.days, "hours": amount(round(average.hours, 1)),
            "average": f"{amount(round(average.average, 1))}{most}", "free": f"{average.free} of {average.needed}",
            "nights": "" if average.most_nights is None else f"{average.nights} of {average.most_nights}",
            "good": within(view.program, average)}


def sources(view: View) -> list[str]:
    """The requirements behind the table and behind every finding, each once."""
    rules = ["weekly hours", "day off", "averaging"]
    rules += ["home call"] if any(role.kind == "home" for role in view.program.calls) else []
    rules += [f.rule for mine in view.report.hours for f in mine.findings]
    return [SOURCES[rule] for rule in dict.fromkeys(rules) if rule in SOURCES]
