"""The story of a trade that is made: the year with it → checked from the start → written, its calendars continued."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from scheduler.check.duty_times import judge_year
from scheduler.check.swaps import Offer
from scheduler.check.trades import changed, in_words
from scheduler.domain.layer import LAYERS
from scheduler.domain.program import Program
from scheduler.domain.result import Result
from scheduler.domain.schedule import Schedule
from scheduler.domain.verdict import Report
from scheduler.export.ledger import Ledger
from scheduler.io.problems import BadInput
from scheduler.io.schedule_json import read_result
from scheduler.year import write_year


def make_trade(program: Program, schedule: Schedule, offer: Offer, path: Path, folder: Path, as_of: date | None = None
               ) -> tuple[Result, list[Path]]:
    """The year with the trade, and the files written into ``folder``.

    ``path`` is the file that the schedule was read from; where it stands beside calendars and ``folder`` has none yet,
    theirs are continued, so that people who imported them are told what changed. Raises OSError, DamagedFile.
    """
    result = traded(program, schedule, offer, _earlier(path, program), _version(folder / "schedule.json"))
    Ledger.carry_over(path.parent / "calendars", folder / "calendars")
    return result, write_year(result, folder, as_of)


def traded(program: Program, schedule: Schedule, offer: Offer, earlier: Result | None = None, version: int = 0
           ) -> Result:
    """The result with the trade made, judged from the start; one version more than any before.

    What was proven of a priority stays proven where its value is the same; of the layers below the traded one nothing
    is claimed any more, for it was proven given the schedule before.
    """
    new = changed(schedule, offer.new)
    report = judge_year(program, new)
    values = {tier.name: tier.value for tier in report.tiers}
    said = earlier.tiers if earlier is not None and not earlier.repaired else ()     # a repair's are given its changes
    tiers = tuple(replace(t, value=values[t.name]) for t in said
                  if t.name in values and LAYERS.index(t.layer) <= LAYERS.index(offer.trade.layer))
    same = earlier is not None and not earlier.repaired and len(tiers) == len(said) and tiers == said
    year = schedule if offer.trade.layer == schedule.layer.name else schedule.beside[offer.trade.layer]
    run: dict[str, object] = dict(earlier.run) if earlier is not None else {}
    return Result(
        program, new, _with_reasons(report, earlier if same else None), earlier.status if same and earlier else
        "feasible", tiers, datetime.now(UTC).replace(microsecond=0), 0.0,
        max(version, earlier.version if earlier is not None else 0) + 1,
        {**run, "trades": [*_texts(run.get("trades")), in_words(offer.trade, year)]})


def _with_reasons(report: Report, earlier: Result | None) -> Report:
    """Why a wish was refused is told again where the year is as good as it was."""
    told = {(w.fellow.id, w.kind, w.rank): w.reason for w in earlier.report.wishes} if earlier is not None else {}
    return replace(report, wishes=tuple(
        w if w.granted else replace(w, reason=told.get((w.fellow.id, w.kind, w.rank), "")) for w in report.wishes))


def _texts(value: object) -> Iterable[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _earlier(path: Path, program: Program) -> Result | None:
    """What the schedule's own file says of it; None where it is no schedule.json."""
    try:
        return read_result(path, program)
    except BadInput:
        return None


def _version(path: Path) -> int:
    """The version of the schedule that stands there now; 0 when there is none."""
    try:
        return int(json.loads(path.read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0
