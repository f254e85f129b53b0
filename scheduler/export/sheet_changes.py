"""What changed, as a workbook: the new year with its changed cells framed, then by fellow, by week and by rule."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from scheduler.check.differences import Stretch, when_run
from scheduler.domain.layer import LAYERS, Person
from scheduler.domain.words import listing
from scheduler.export.changed import WORDS, Changed
from scheduler.export.files import write_atomically
from scheduler.export.grid_layout import LEFT, TOP, Layout
from scheduler.export.print_page import set_up
from scheduler.export.sheet_grid import COMMENT, NAME, grid_sheet
from scheduler.export.sheet_rules_changed import rules_sheet
from scheduler.export.sheet_table import Column, Row, table_sheet
from scheduler.export.styles import BAD, Styles
from scheduler.export.view import Run, View
from scheduler.export.workbook import OPTIONS

WORKBOOK = "changes.xlsx"
FRAME = "#1F4FBF"
KEY = ("Changed cells have a thick blue frame, and a note with what was there. A dashed frame: only something below "
       "the {unit} changed.")


def write_changes(changed: Changed, path: Path) -> Path:
    """Write the workbook of what changed; private leave appears as Away. Raises OSError when the disk refuses."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    new = changed.new
    book.set_properties({"title": f"What changed, {new.program.name}", "company": new.program.institution,
                         "created": new.result.made.replace(tzinfo=None)})
    styles = Styles(book)
    _grid(book, styles, changed)
    _by_fellow(book, styles, changed)
    _by_week(book, styles, changed)
    rules_sheet(book, styles, changed)
    book.close()
    return write_atomically(path, buffer.getvalue())


@dataclass(frozen=True)
class _Marked(View):
    """A view whose runs end where what is said about a cell does. ``notes`` are (sentences, only below) by cell."""

    notes: Mapping[tuple[str, int], tuple[str, bool]] = field(default_factory=dict)

    def runs(self, person: Person) -> Iterator[Run]:
        for run in super().runs(person):
            for _, part in groupby(run.slots, key=lambda slot: self.notes.get((person.id, slot))):
                yield replace(run, slots=tuple(part))


def _notes(changed: Changed) -> dict[tuple[str, int], tuple[str, bool]]:
    """(person id, period) → what was there, and whether only the layers below the rotations changed."""
    said: dict[tuple[str, int], list[str]] = {}
    above = set()
    for period, mine in changed.weeks.items():
        for one in mine:
            at = one.person.id, period
            if one.layer == LAYERS[0]:
                above.add(at)
                said.setdefault(at, []).insert(0, f"was {listing(one.before) if one.before else 'empty'}")
            else:
                said.setdefault(at, []).append(changed.said(one))
    return {at: ("\n".join(words), at not in above) for at, words in said.items()}


def _grid(book: xlsxwriter.Workbook, styles: Styles, changed: Changed) -> None:
    """The grid of the new year; then the changed cells once more, framed and with their note."""
    view = _Marked(**vars(changed.new), notes=_notes(changed))
    grid_sheet(book, styles, view)
    sheet, layout = book.get_worksheet_by_name(NAME), Layout(view)
    sheet.write(1, 0, KEY.format(unit=view.program.year.unit), styles.quiet)
    set_up(sheet, view, "What changed: framed in blue")
    for row, person in enumerate(view.people, start=TOP):
        for run in view.runs(person):
            if note := view.notes.get((person.id, run.slots[0])):
                for first, width in layout.parts(run.slots[0], len(run.slots)):
                    _frame(sheet, styles, view, (row, first, width, layout.width), run, note, _wrong(view, person, run))


def _frame(sheet: Worksheet, styles: Styles, view: _Marked, at: tuple[int, int, int, float], run: Run,
           note: tuple[str, bool], wrong: list[str]) -> None:
    row, first, width, room = at
    fill, ink = view.paint(run.duties) if run.duties else (BAD, "#000000")
    style = styles(bg=fill, ink=ink, centre=True, shrink=True, size=10, bold=True, border=8 if note[1] else 5,
                   border_color=FRAME)
    sheet.write(row, LEFT + first, view.label(run.duties, width * room * 0.95) if run.duties else "", style)
    for column in range(first + 1, first + width):
        sheet.write_blank(row, LEFT + column, None, style)
    sheet.write_comment(row, LEFT + first, "\n".join([note[0], *wrong]), COMMENT)


def _wrong(view: View, person: Person, run: Run) -> list[str]:
    """What must hold and is broken there, which the grid's own note says too."""
    return list(dict.fromkeys(
        violation.sentence for rule, violation in view.report.broken if person.id in {p.id for p in violation.who}
        and set(view.periods(rule.layer_name, violation.when)) & set(run.slots)))


def _by_fellow(book: xlsxwriter.Workbook, styles: Styles, changed: Changed) -> None:
    rows = []
    people = {one.person.id: one.person for one in changed.stretches}
    order = [p.id for p in changed.new.people if p.id in people]
    for id_ in [*order, *(other for other in people if other not in order)]:
        mine = [one for one in changed.stretches if one.person.id == id_]
        rows += [Row([one.person.name, WORDS[one.layer], *changed.span(one), _many(changed, one), *_cells(one)],
                     begins=not n) for n, one in enumerate(mine)]
    table_sheet(book, styles, changed.new, "By fellow", _count(changed),
                [Column("Who", 20), Column("What", 12), Column("From", 13), Column("To", 13), Column("How long", 13),
                 Column("Old", 34), Column("New", 34)], rows, "What changes, by fellow")


def _by_week(book: xlsxwriter.Workbook, styles: Styles, changed: Changed) -> None:
    rows = []
    periods, unit = changed.new.program.year.periods, changed.new.program.year.unit
    for period, mine in changed.weeks.items():
        for n, one in enumerate(mine):
            when = "" if one.layer == LAYERS[0] else when_run(changed.layers[one.layer], one.slots)
            rows.append(Row([periods[period].start, periods[period].end, one.person.name, WORDS[one.layer], when,
                             *_cells(one)], begins=not n))
    table_sheet(book, styles, changed.new, f"By {unit}", _count(changed),
                [Column("From", 13), Column("To", 13), Column("Who", 20), Column("What", 12), Column("When", 34),
                 Column("Old", 30), Column("New", 30)], rows, f"What changes, by {unit}")


def _cells(one: Stretch) -> tuple[str, str]:
    return " + ".join(one.before) or "–", " + ".join(one.after) or "–"


def _many(changed: Changed, one: Stretch) -> str:
    noun, number = changed.layers[one.layer].noun, len(one.slots)
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _count(changed: Changed) -> str:
    people = {one.person.id for one in changed.stretches if one.person.role != "series"}
    cells = len(changed.changes)
    return (f"{cells} cell{'' if cells == 1 else 's'} differ{'s' if cells == 1 else ''}; {len(people)} "
            f"{'person is' if len(people) == 1 else 'people are'} affected.")
