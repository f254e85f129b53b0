"""Where things stand on the sheet of the grid, and where its pages break."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from scheduler.export.print_page import HEIGHT, pixels, scale_for
from scheduler.export.view import View

TOP, LEFT = 6, 2            # the first fellow's row, the first period's column
TALLY, TALLIES = 6.6, 22    # a tally's width in letters, and how many go on a page
HEAD = 86                   # the header's height in points


@dataclass(frozen=True)
class Layout:
    """Columns and pages for one view. Up to 30 periods go on one page, more on two that part at a block."""

    view: View

    @property
    def periods(self) -> int:
        return len(self.view.program.year.periods)

    @property
    def width(self) -> float:
        """A period's column, in letters."""
        return 11 if self.periods <= 13 else 5.7 if self.periods <= 30 else 5.1

    @property
    def names(self) -> tuple[float, float]:
        """The two columns of names: a fellow, and the level or background."""
        longest = max((len(p.name) for p in self.view.people), default=0)
        return max(13, min(26, longest + 2)), 15

    @property
    def heads(self) -> list[tuple[str, int]]:
        """Blocks (or, without blocks, months), each with how many periods it has."""
        program = self.view.program
        periods = program.year.periods
        names = [program.block(p.index) for p in periods]
        if not any(names):
            names = [f"{p.start:%B}" for p in periods]
        return [(name, len(list(run))) for name, run in groupby(names)]

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """The period that opens the second page: a block's first, near the middle, cutting the fewest runs."""
        if self.periods <= 30:
            return ()
        edges, at = [], 0
        for _, width in self.heads:
            at += width
            edges.append(at)
        middle = self.periods / 2
        near = [e for e in edges if 0.4 * self.periods <= e <= 0.6 * self.periods] or [round(middle)]
        cells = self.view.schedule.at
        return (min(near, key=lambda e: (sum(cells(p, e - 1) == cells(p, e) for p in self.view.people),
                                         abs(e - middle))),)

    def parts(self, first: int, width: int) -> list[tuple[int, int]]:
        """A run of columns, cut where a page ends so that each part shows its label: (first, width) pairs."""
        inside = [b for b in self.breaks if first < b < first + width]
        ends = [*inside, first + width]
        return [(start, end - start) for start, end in zip([first, *inside], ends, strict=True)]

    @property
    def tally_left(self) -> int:
        """The first column of the tallies: one empty column after the grid."""
        return LEFT + self.periods + 1

    def scale(self, tallies: int) -> int:
        """The print scale at which each page of the grid, and the tallies, fit across."""
        fixed = sum(map(pixels, self.names))
        cuts = [0, *self.breaks, self.periods]
        pages = [(b - a) * pixels(self.width) for a, b in pairwise(cuts)]
        pages[-1] += pixels(2)
        return scale_for([fixed + page for page in pages] + [fixed + min(tallies, TALLIES) * pixels(TALLY)])

    def tally_pages(self, tallies: int) -> list[int]:
        """The columns that open a page of tallies."""
        return [self.tally_left + n for n in range(0, max(1, tallies), TALLIES)]

    def row_height(self, below: int, scale: int) -> float:
        """A fellow's row: as high as fills the page with ``below`` lines under the grid, within reason."""
        room = HEIGHT * 100 / scale - HEAD - below * 15
        return max(27.0, min(58.0, int(room / max(1, len(self.view.people)))))
