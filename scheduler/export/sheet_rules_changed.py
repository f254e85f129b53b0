"""The sheet “By rule” of what changed: rules, priorities, requirements, wishes and work hours, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import xlsxwriter

from scheduler.check.verdict_changes import VerdictChanges, better
from scheduler.export.changed import Changed
from scheduler.export.phrases import amount, verdict_words
from scheduler.export.sheet_table import Column, Row, table_sheet
from scheduler.export.styles import BAD, GOOD, Styles

BETTER, WORSE, OTHER = ("better", GOOD), ("worse", BAD), ("other", "")


def rules_sheet(book: xlsxwriter.Workbook, styles: Styles, changed: Changed) -> None:
    """What is judged otherwise, kind by kind; a priority that stays is shown too."""
    found = changed.verdicts
    rows = []
    for part in (_rules(found), _tiers(found), _owed(found), _wishes(found), _hours(found)):
        rows += [Row([*values, word], tint, not n) for n, (values, (word, tint)) in enumerate(part)]
    table_sheet(book, styles, changed.new, "By rule",
                "Rules that are judged as before are left out. Both schedules were checked without the solver.",
                [Column("Kind", 14), Column("What", 52), Column("Old", 36), Column("New", 36), Column("", 10)], rows,
                "What the checker says otherwise, by rule")


def _rules(found: VerdictChanges) -> Iterator[tuple[list[Any], tuple[str, str]]]:
    for one in found.rules:
        must = "rule that must hold" if one.rule.priority is None else "rule"
        was = [one.before.word, *one.gone, *(f"{name}: {value}" for name, value, _ in one.measured)]
        now = [one.after.word, *one.new, *(f"{name}: {value}" for name, _, value in one.measured)]
        amounts = [sum(x.amount for x in v.violations) for v in (one.before, one.after)]
        word = BETTER if amounts[0] > amounts[1] else WORSE if amounts[0] < amounts[1] else OTHER
        yield [must, one.rule.sentence, "\n".join(was), "\n".join(now)], word


def _tiers(found: VerdictChanges) -> Iterator[tuple[list[Any], tuple[str, str]]]:
    for was, now in found.tiers:
        word = {True: BETTER, False: WORSE, None: ("the same", "")}[better(was, now)]
        note = "priority (more is better)" if now.large else "priority (less is better)"
        yield [note, now.name, was.value, now.value], word


def _owed(found: VerdictChanges) -> Iterator[tuple[list[Any], tuple[str, str]]]:
    for was, now in found.owed:
        word = BETTER if was.by > now.by else WORSE if was.by < now.by else OTHER
        said = [f"{amount(o.got)} {o.unit.removesuffix('s') if o.got == 1 else o.unit}: {verdict_words(o)}"
                for o in (was, now)]
        yield ["requirement", f"{now.fellow}: {now.what}", *said], word


def _wishes(found: VerdictChanges) -> Iterator[tuple[list[Any], tuple[str, str]]]:
    for wishes, was, now, word in ((found.lost, "granted", "not granted", WORSE),
                                   (found.gained, "not granted", "granted", BETTER)):
        for wish in wishes:
            yield ["wish", f"{wish.fellow}: {wish.text} (request {wish.rank})", was, now], word


def _hours(found: VerdictChanges) -> Iterator[tuple[list[Any], tuple[str, str]]]:
    for sentence in found.hours_gone:
        yield ["work hours", sentence, "broken", "kept"], BETTER
    for sentence in found.hours_new:
        yield ["work hours", sentence, "kept", "broken"], WORSE
