"""Small charts: how many are on each staffed rotation through the year, against its least and most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scheduler.domain.result import Result
from scheduler.domain.verdict import RuleVerdict
from scheduler.domain.words import Selection

STEP, UNIT = 12, 14


@dataclass(frozen=True)
class Chart:
    """An SVG's numbers. ``bars`` are (x, y, height, class, title)."""

    title: str
    bounds: str
    width: int
    height: int
    low_y: int | None
    high_y: int | None
    bars: tuple[tuple[int, int, int, str, str], ...]
    words: str


def charts(result: Result) -> list[Chart]:
    """One chart for each staffing rule with a minimum: the ones somebody has to keep."""
    return [_chart(result, v, v.rule) for v in result.report.rules
            if v.rule.name == "staffing" and vars(v.rule)["at_least"]]


def _chart(result: Result, verdict: RuleVerdict, rule: Any) -> Chart:
    schedule = result.schedule
    what: Selection = rule.what
    counts = [sum(schedule.staff(p, s, what) for p in schedule.people) for s in schedule.layer.slots]
    top = max([*counts, rule.at_most or 0, rule.at_least, 1])
    height = top * UNIT + 4
    wrong = {s for v in verdict.violations for s in v.when}
    waived = {s for w in verdict.waivers for s in w.when}
    bars = tuple(
        (n * STEP, height - count * UNIT, max(count * UNIT, 2),
         "wrong" if n in wrong else "waived" if n in waived else "",
         f"{schedule.when([n])}: {count}" + (", waived" if n in waived else ", broken" if n in wrong else ""))
        for n, count in enumerate(counts))
    bounds = f"at least {rule.at_least}" + (f", at most {rule.at_most}" if rule.at_most is not None else "")
    words = (f"{what}: between {min(counts)} and {max(counts)} on service; {bounds} needed; "
             f"{len(wrong)} periods broken, {len(waived)} waived.")
    return Chart(str(what), bounds, len(counts) * STEP, height, height - rule.at_least * UNIT,
                 None if rule.at_most is None else height - rule.at_most * UNIT, bars, words)
