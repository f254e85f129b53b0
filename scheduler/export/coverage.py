"""How many are on each staffed rotation in each period: the rows below the grid and the report's charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scheduler.domain.result import Result
from scheduler.domain.verdict import RuleVerdict
from scheduler.export.phrases import owed_words


@dataclass(frozen=True)
class Coverage:
    """One staffing rule. ``counts`` holds None where the rule does not bind (outside its dates)."""

    title: str
    least: int
    most: int | None
    counts: tuple[int | None, ...]
    wrong: frozenset[int] = frozenset()
    waived: frozenset[int] = frozenset()

    @property
    def bounds(self) -> str:
        """``1–2``, ``up to 1``."""
        return owed_words(self.least, self.most)


def coverage(true: Result, seen: Result) -> tuple[Coverage, ...]:
    """A row for each staffing rule, those with a minimum first.

    Counted in the ``true`` schedule, since kinds of leave that others may not tell apart can differ in whether the
    fellow still counts; titled in the words of the ``seen`` one.
    """
    rows = [_row(true, real, shown.rule) for real, shown in zip(true.report.rules, seen.report.rules, strict=True)
            if real.rule.name == "staffing" and real.rule.layer_name == true.schedule.layer.name
            and not real.rule.what.duties <= true.schedule.layer.leave]          # type: ignore[attr-defined]
    return tuple(sorted(rows, key=lambda row: not row.least))


def _row(result: Result, verdict: RuleVerdict, shown: Any) -> Coverage:
    schedule, rule = result.schedule, verdict.rule
    what, group, during = rule.what, rule.who, rule.during                       # type: ignore[attr-defined]
    counts = tuple(
        None if during is not None and slot not in during else
        sum(schedule.staff(p, slot, what) for p in schedule.who(slot, what) if group is None or p in group)
        for slot in schedule.layer.slots)
    title = str(shown.what) + (f" ({shown.who})" if shown.who is not None else "")
    return Coverage(title, shown.at_least, shown.at_most, counts,
                    frozenset(s for v in verdict.violations for s in v.when),
                    frozenset(s for w in verdict.waivers for s in w.when))


def away(seen: Result) -> Coverage | None:
    """How many are on leave of any kind; None in a program without leave."""
    schedule = seen.schedule
    if not schedule.layer.leave:
        return None
    counts = [sum(bool(schedule.layer.leave & set(schedule.at(p, s))) for p in schedule.people)
              for s in schedule.layer.slots]
    return Coverage("On leave", 0, None, tuple(counts))
