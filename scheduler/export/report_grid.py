"""The report's picture of the year: the grid of fellows and the staffing charts below it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from scheduler.domain.layer import Person
from scheduler.export.coverage import Coverage
from scheduler.export.view import View

LETTERS = 4                 # how many letters fit into one column of a year of weeks


@dataclass(frozen=True)
class Cell:
    """A run of equal periods in the grid.

    ``kind``: ``away`` for periods before or after the fellow is here, ``nothing`` where a duty is missing, ``slim``
    where the label is printed upright.
    """

    width: int
    label: str
    full: str
    fill: str
    ink: str
    when: str
    kind: str = ""


def grid(view: View) -> list[tuple[Person, list[Cell]]]:
    """Fellow and runs, in the order of the workbook."""
    year = view.program.year
    letters = LETTERS * max(1.0, 52 / len(year.periods))
    rows = []
    for person in view.people:
        cells = []
        for run in view.runs(person):
            fill, ink = view.paint(run.duties)
            full = " + ".join(run.duties) or ("nothing assigned" if run.here else "not here")
            slim = "slim" if len(run.slots) * letters <= LETTERS else ""
            cells.append(Cell(len(run.slots), view.label(run.duties, letters * len(run.slots)), full, fill, ink,
                              year.when(run.slots), slim if run.duties else "nothing" if run.here else "away"))
        rows.append((person, cells))
    return rows


def heads(view: View) -> list[tuple[str, int]]:
    """Month (or the program's own block) and how many periods begin in it."""
    periods, block_of = view.program.year.periods, view.program.block_of
    names = [f"Block {block_of[p.index] + 1}" if block_of else f"{p.start:%b %Y}" for p in periods]
    return [(name, len(list(run))) for name, run in groupby(names)]


@dataclass(frozen=True)
class Chart:
    """An SVG's numbers. ``bars`` are (x, y, width, height, class, title)."""

    title: str
    bounds: str
    height: int
    low_y: int
    high_y: int | None
    bars: tuple[tuple[float, int, float, int, str, str], ...]
    words: str


WIDTH, UNIT = 1040, 14      # the drawing's width; what one person is high


def charts(view: View) -> list[Chart]:
    """One chart for each staffing rule with a minimum: the ones somebody has to keep."""
    return [_chart(view, cover) for cover in view.coverage if cover.least]


def _chart(view: View, cover: Coverage) -> Chart:
    counts = [count or 0 for count in cover.counts]
    bound = [count for count in cover.counts if count is not None] or [0]
    height = max([*counts, cover.most or 0, cover.least, 1]) * UNIT + 4
    step = WIDTH / len(counts)
    bars = []
    for n, count in enumerate(counts):
        kind = "wrong" if n in cover.wrong else "waived" if n in cover.waived else ""
        title = f"{view.schedule.when([n])}: {count}" + {"wrong": ", broken", "waived": ", waived", "": ""}[kind]
        high = max(count * UNIT, 2)
        bars.append((round(n * step + 1, 1), height - high, round(step - 2, 1), high, kind, title))
    noun = view.program.year.unit
    words = (f"Between {min(bound)} and {max(bound)} at once; {cover.bounds} needed. "
             f"Broken in {_many(len(cover.wrong), noun)}, waived in {_many(len(cover.waived), noun)}.")
    return Chart(cover.title, cover.bounds, height, height - cover.least * UNIT,
                 None if cover.most is None else height - cover.most * UNIT, tuple(bars), words)


def _many(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}" + ("" if number == 1 else "s" if number else "")
