"""A marked copy of a workbook: red frames and comments where a rule is broken, and a sheet that lists what is wrong.

The copy keeps what the coordinator wrote and how it looks. It is made with openpyxl, which loses drawings and text
boxes: it is for reading, and the original is never written to.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scheduler.domain.result import Result
from scheduler.domain.rule import Violation
from scheduler.domain.schedule import Schedule
from scheduler.export.public import public
from scheduler.export.sheet_table import lines_in
from scheduler.export.styles import FONT

#: sheet, row and column, counted from 1
Spot = tuple[str, int, int]
NAME, TITLE = "What is wrong", "What is wrong with this schedule"
RED, AMBER, PALE, DARK = "FFC0392B", "FFD9A441", "FFF6D5D0", "FF34495E"
LINKS, SENTENCES = 8, 12        # cells linked for a sentence; sentences in one comment


@dataclass(frozen=True)
class Places:
    """Where things stand in the workbook: cells of people, heads of slots, names of people; all by layer."""

    spots: Mapping[tuple[str, str, int], Spot] = field(default_factory=dict)
    heads: Mapping[tuple[str, int], Spot] = field(default_factory=dict)
    names: Mapping[tuple[str, str], Spot] = field(default_factory=dict)

    def of(self, schedule: Schedule, layer: str, violation: Violation) -> tuple[Spot, ...]:
        """The cells that a violation is about; names or heads where it is about no cell of its own."""
        view = schedule if schedule.layer.name == layer else schedule.beside[layer]
        long = len(violation.when) * 2 > max(2, len(view.layer.slots))
        if violation.who and (long or not violation.when):
            found = [self.names.get((layer, p.id)) or self.names.get((schedule.layer.name, p.id))
                     for p in violation.who]
        elif violation.who:
            found = [self._cell(view, layer, p.id, slot) for p in violation.who for slot in violation.when]
        else:
            found = [self.heads.get((layer, slot)) for slot in (() if long else violation.when)]
        return tuple(dict.fromkeys(spot for spot in found if spot is not None))

    def _cell(self, view: Schedule, layer: str, person: str, slot: int) -> Spot | None:
        spot = self.spots.get((layer, person, slot)) or self.heads.get((layer, slot))
        parent = view.layer.parent
        if spot is None and parent and slot < len(parent):
            return self.spots.get(("rotations", person, parent[slot]))
        return spot


@dataclass(frozen=True)
class Mark:
    """A sentence, the rule it breaks, how strong that is (``must hold`` or a priority), and the cells it is about."""

    sentence: str
    rule: str
    strength: str
    spots: tuple[Spot, ...] = ()

    @property
    def bad(self) -> bool:
        return not self.strength.startswith(("priority", "advised"))


def marks(result: Result, places: Places) -> list[Mark]:
    """Everything the checker found, in words that others may read: what must hold first, then by priority."""
    seen = public(result)
    found = [Mark(v.sentence, verdict.rule.sentence,
                  "must hold" if verdict.rule.priority is None else f"priority: {verdict.rule.priority}",
                  places.of(seen.schedule, verdict.rule.layer_name, v))
             for verdict in seen.report.rules for v in verdict.violations]
    for hours in seen.report.hours:
        found += [Mark(f.sentence, "Work hours", "advised" if f.should else "must hold",
                       _between(result, places, hours.fellow.id, f.first, f.last)) for f in hours.findings]
    return sorted(found, key=lambda m: (not m.bad, m.strength != "must hold"))


def _between(result: Result, places: Places, person: str, first: date, last: date) -> tuple[Spot, ...]:
    slots = result.program.year.slots_between(first, last)
    found = [places.spots.get(("rotations", person, s)) for s in slots]
    return tuple(dict.fromkeys(spot for spot in found if spot is not None)) if len(slots) < 9 else ()


def marked(source: bytes, found: Iterable[Mark], heading: str) -> bytes:
    """The workbook ``source`` with everything in ``found`` marked and listed; ``heading`` stands above the list."""
    from openpyxl import load_workbook

    found = list(found)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")             # of parts that openpyxl does not keep
        book = load_workbook(io.BytesIO(source), rich_text=True)
        by_spot: dict[Spot, list[Mark]] = {}
        for mark in found:
            for spot in mark.spots:
                by_spot.setdefault(spot, []).append(mark)
        for sheet in {spot[0] for spot in by_spot}:
            _mark_sheet(book[sheet], {s: m for s, m in by_spot.items() if s[0] == sheet})
        _list(book, found, heading)
        book.calculation.fullCalcOnLoad = True      # openpyxl drops the values of formulas
        out = io.BytesIO()
        book.save(out)
    return out.getvalue()


def _mark_sheet(sheet: Any, by_spot: Mapping[Spot, list[Mark]]) -> None:
    merges = {(m.min_row, m.min_col): (m.max_row, m.max_col) for m in sheet.merged_cells.ranges}
    for (_, row, column), mine in sorted(by_spot.items()):
        last = merges.get((row, column), (row, column))
        _frame(sheet, (row, column), last, any(m.bad for m in mine))
        _comment(sheet.cell(row, column), list(dict.fromkeys(m.sentence for m in mine)))


def _frame(sheet: Any, first: tuple[int, int], last: tuple[int, int], bad: bool) -> None:
    """A thick frame around the cell or the merge; a fill only where there is none, since colours mean something."""
    from openpyxl.styles import Border, PatternFill, Side

    side = Side(style="thick" if bad else "medium", color=RED if bad else AMBER)
    for row, column in _inside(first, last):
        cell, old = sheet.cell(row, column), sheet.cell(row, column).border
        cell.border = Border(
            left=side if column == first[1] else old.left, right=side if column == last[1] else old.right,
            top=side if row == first[0] else old.top, bottom=side if row == last[0] else old.bottom)
        if bad and cell.fill.fill_type is None:
            cell.fill = PatternFill("solid", start_color=PALE)


def _inside(first: tuple[int, int], last: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for row in range(first[0], min(last[0], first[0] + 50) + 1):
        for column in range(first[1], min(last[1], first[1] + 400) + 1):
            yield row, column


def _comment(cell: Any, sentences: list[str]) -> None:
    from openpyxl.comments import Comment

    old = cell.comment.text if cell.comment is not None else ""
    new = [s for s in sentences if s not in old]
    if len(new) > SENTENCES:
        new = [*new[:SENTENCES], f"… and {len(new) - SENTENCES} more."]
    if new:
        text = "\n".join([*([old] if old else []), *new])
        cell.comment = Comment(text, cell.comment.author if cell.comment is not None else "schedule", width=320,
                               height=min(400, 40 + 18 * sum(1 + len(line) // 44 for line in text.splitlines())))


def _list(book: Any, found: list[Mark], heading: str) -> None:
    """The sheet with every sentence, and links to its cells; it takes the place of one from an earlier check."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.properties import PageSetupProperties

    if NAME in book.sheetnames and book[NAME]["A1"].value == TITLE:
        del book[NAME]
    sheet = book.create_sheet(NAME, 0)
    sheet["A1"], sheet["A2"] = TITLE, heading
    sheet["A1"].font, sheet["A2"].font = Font(FONT, bold=True, sz=14), Font(FONT, sz=10)
    heads = ["What is wrong", "The rule", "Strength", "Cells"]
    for column, head in enumerate(heads, start=1):
        cell = sheet.cell(4, column, head)
        cell.font, cell.fill = Font(FONT, bold=True, sz=10, color="FFFFFFFF"), PatternFill("solid", start_color=DARK)
    for row, mark in enumerate(found, start=5):
        for column, text in enumerate((mark.sentence, mark.rule, mark.strength), start=1):
            cell = sheet.cell(row, column)
            cell.value, cell.data_type = text, "s"              # a name that begins with = stays a name
            cell.alignment, cell.font = Alignment(wrap_text=True, vertical="top"), Font(FONT, sz=10)
        if mark.bad:
            sheet.cell(row, 1).fill = PatternFill("solid", start_color=PALE)
        sheet.row_dimensions[row].height = 13.5 * max(lines_in(mark.sentence, 70), lines_in(mark.rule, 50)) + 3
        _links(sheet, row, mark.spots)
    if not found:
        sheet["A5"] = "Nothing: every rule that was judged holds."
    for letter, width in zip("ABCDEFGHIJKL", (70, 50, 16, 18, *[7] * 7, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes, sheet.print_title_rows = "A5", "4:4"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.tabSelected = True
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    book.active = 0


def _links(sheet: Any, row: int, spots: tuple[Spot, ...]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.hyperlink import Hyperlink

    several = len({name for name, *_ in spots}) > 1
    for n, (name, line, at) in enumerate(spots[:LINKS]):
        cell, target = sheet.cell(row, 4 + n), f"{get_column_letter(at)}{line}"
        cell.value = f"{name}!{target}" if several or n == 0 else target
        quoted = name.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{target}")
        cell.font, cell.alignment = Font(FONT, sz=10, color="FF1F4E9E", u="single"), Alignment(vertical="top")
    if len(spots) > LINKS:
        sheet.cell(row, 4 + LINKS, f"and {len(spots) - LINKS} more")
