"""Two schedules of one program as others may read them: what differs, by fellow and by week, with dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scheduler.check.differences import Change, Stretch, by_period, changes, stretches, when_and_what
from scheduler.check.verdict_changes import VerdictChanges, verdict_changes
from scheduler.domain.layer import LAYERS, Layer
from scheduler.domain.result import Result
from scheduler.export.view import View

#: what a layer is called where it stands in a table
WORDS = {LAYERS[0]: "rotation", "half-days": "half-day", "call": "call", "conferences": "conference",
         "topics": "topic"}


@dataclass(frozen=True)
class Changed:
    """The old and the new year, both in public words: private leave is Away in either."""

    old: View
    new: View

    @classmethod
    def of(cls, old: Result, new: Result) -> Changed:
        """Both must answer the same program."""
        return cls(View.of(old), View.of(new))

    @cached_property
    def changes(self) -> list[Change]:
        """Every cell that differs in public words."""
        return changes(self.old.schedule, self.new.schedule)

    @cached_property
    def verdicts(self) -> VerdictChanges:
        """What the checker says otherwise."""
        return verdict_changes(self.old.report, self.new.report)

    @cached_property
    def layers(self) -> dict[str, Layer]:
        """The layers of the year by name."""
        schedule = self.new.schedule
        return {schedule.layer.name: schedule.layer, **{name: x.layer for name, x in schedule.beside.items()}}

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The changes, neighbours that change alike taken together, in the order in which they happen."""
        order = list(self.layers)
        return sorted(stretches(self.changes), key=lambda one: (self.span(one)[0], order.index(one.layer)))

    @cached_property
    def weeks(self) -> dict[int, list[Stretch]]:
        """The same by the rotation period they lie in."""
        return {period: stretches(mine) for period, mine in by_period(self.layers, self.changes).items()}

    def span(self, one: Stretch) -> tuple[date, date]:
        """The first and the last day of a stretch."""
        if not self.layers[one.layer].parent:
            periods = self.new.program.year.periods
            return periods[one.slots[0]].start, periods[one.slots[-1]].end
        days = self._days[one.layer]
        return days[one.slots[0]], days[one.slots[-1]]

    def said(self, one: Stretch) -> str:
        """``Clinic instead of Hospital in the week of 6 July``."""
        return when_and_what(self.layers[one.layer], one)

    @cached_property
    def _days(self) -> Mapping[str, list[date]]:
        return {layer.name: days for layer, days in self.new.program.dates()}
