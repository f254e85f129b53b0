"""Alternatives side by side: what each is worth, who is granted what, and how much every two differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from scheduler.check.differences import Change, amounts, changes
from scheduler.check.renamed import least_renamed
from scheduler.domain.layer import LAYERS
from scheduler.domain.result import Result
from scheduler.domain.words import listing
from scheduler.export.files import write_atomically
from scheduler.export.pages import page
from scheduler.export.public import public


@dataclass(frozen=True)
class Pair:
    """Two schedules, numbered from 1: the cells that differ, in words; how many of the rotation year at the least,
    whoever is called what; and who differs most."""

    one: int
    other: int
    cells: str
    renamed: int
    most: str

    @property
    def swapped(self) -> str:
        """What is left when fellows may swap names."""
        return "only names are swapped" if not self.renamed else f"{self.renamed} if fellows could swap names"


@dataclass(frozen=True)
class SideBySide:
    """``rows`` are (what, a value for each schedule): every priority, then the wishes granted to each fellow."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]
    pairs: tuple[Pair, ...]


def side_by_side(found: Sequence[Result]) -> SideBySide:
    """The facts of the table, in public words."""
    seen = [public(result) for result in found]
    rows = []
    for n, tier in enumerate(seen[0].report.tiers):
        note = "more is better" if tier.large else "less is better"
        rows.append((f"{tier.name} ({note})", tuple(str(result.report.tiers[n].value) for result in seen)))
    for person in seen[0].schedule.people:
        granted = [[w.granted for w in result.report.wishes if w.fellow.id == person.id] for result in seen]
        if granted[0]:
            rows.append((f"Requests granted to {person.name}",
                         tuple(f"{sum(mine)} of {len(mine)}" for mine in granted)))
    return SideBySide(tuple(rows), tuple(_pair(found, *two) for two in combinations(range(len(found)), 2)))


def _pair(found: Sequence[Result], one: int, other: int) -> Pair:
    first, second = found[one].schedule, found[other].schedule
    moved = changes(first, second)
    cells = ", ".join(amounts(found[0].program.layers(), moved)) or "none"
    return Pair(one + 1, other + 1, cells, least_renamed(first, second), _most(found[0], moved))


def _most(result: Result, moved: Sequence[Change]) -> str:
    """``Ada and Ben (5 weeks each)``."""
    count = Counter(change.person.name for change in moved if change.layer == LAYERS[0])
    if not count:
        return "nobody"
    top = max(count.values())
    names = [name for name, number in count.items() if number == top]
    return f"{listing(names)} ({result.program.year.many(top)}{' each' if len(names) > 1 else ''})"


def write_page(found: Sequence[Result], said: Sequence[str], path: Path) -> Path:
    """The page that compares the schedules, each linked to its report and workbook."""
    return write_atomically(path, page("alternatives.html", program=public(found[0]).program, said=said,
                                       table=side_by_side(found), number=len(found)))
