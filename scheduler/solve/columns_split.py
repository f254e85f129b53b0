"""A model cut by person: what concerns one person alone is a block, what several share is a link.

Every way to cut is right (a row that lies in one block belongs to it, every other row is a link); a good cut only makes
the links few. Cells belong to their person; a helper variable belongs to the person whose variables it is defined by,
and to nobody where that is several people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.domain.board import Model
from scheduler.domain.linear import Linear
from scheduler.solve.posting import Posted

SHARED = ""
#: a row: at_least ≤ Σ coefficient · variable ≤ at_most
Row = tuple[dict[int, int], int | None, int | None]


@dataclass
class Block:
    """One person's own variables and the rows that concern only these. ``links`` are the links its variables are in."""

    name: str
    vars: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass
class Split:
    """Blocks by name, the rows between them, and the variables that are nobody's."""

    blocks: list[Block]
    links: list[Row]
    shared: list[int]
    #: a row that no value of any variable keeps
    broken: bool = False


def owners(posted: Posted) -> dict[int, str]:
    """The person of each open cell, by variable, over all layers."""
    found: dict[int, str] = {}
    for board in posted.boards.values():
        for person in board.people:
            for slot in board.layer.present(person):
                for duty in board.layer.duties:
                    if (var := board.cell(person, slot, duty)) is not None:
                        found[var] = person.id
    return found


def split(model: Model, sums: Iterable[tuple[Linear, int | None, int | None]], cells: Mapping[int, str]) -> Split:
    """Cut the rows (definitions and conditions) by person; ``cells`` are the variables whose person is known."""
    every = [_row(entry) for entry in sums]
    broken = any(not coefs and ((low or 0) > 0 or (high or 0) < 0) for coefs, low, high in every)
    rows = [row for row in every if row[0]]
    owner = _spread(len(model.low), rows, cells)
    blocks: dict[str, Block] = {}
    shared = []
    for var, name in enumerate(owner):
        if name == SHARED:
            shared.append(var)
        else:
            blocks.setdefault(name, Block(name)).vars.append(var)
    links = []
    for row in rows:
        names = {owner[v] for v in row[0]}
        if len(names) == 1 and SHARED not in names:
            blocks[names.pop()].rows.append(row)
        elif not _idle(row, model):
            links.append(row)
    return Split(list(blocks.values()), links, shared, broken)


def _row(entry: tuple[Linear, int | None, int | None]) -> Row:
    sum_, low, high = entry
    return (sum_.merged(), None if low is None else low - sum_.const, None if high is None else high - sum_.const)


def _idle(row: Row, model: Model) -> bool:
    """Whether a row holds whatever its variables are."""
    coefs, low, high = row
    least = sum(c * (model.low if c > 0 else model.high)[v] for v, c in coefs.items())
    most = sum(c * (model.high if c > 0 else model.low)[v] for v, c in coefs.items())
    return (low is None or least >= low) and (high is None or most <= high)


def _spread(number: int, rows: Sequence[Row], cells: Mapping[int, str]) -> list[str]:
    """The person of every variable, ``SHARED`` for nobody: owners spread along rows from the cells to the helpers.

    A helper that meets two people is shared, and spreads nothing; what is met by nobody is shared too.
    """
    owner = [SHARED] * number
    met: dict[int, set[str]] = {}
    for var, name in cells.items():
        owner[var] = name
    touching: dict[int, list[int]] = {}
    for n, (coefs, *_) in enumerate(rows):
        for var in coefs:
            if var not in cells:
                touching.setdefault(var, []).append(n)
    fresh = set(range(len(rows)))
    while fresh:
        seen: dict[int, set[str]] = {}
        for n in fresh:
            names = {owner[v] for v in rows[n][0]} - {SHARED}
            for var in rows[n][0]:
                if var in touching and names - met.get(var, set()):
                    seen.setdefault(var, set()).update(names)
        fresh = set()
        for var, names in seen.items():
            met[var] = met.get(var, set()) | names
            now = next(iter(met[var])) if len(met[var]) == 1 else SHARED
            if now != owner[var]:
                owner[var] = now
                fresh.update(touching[var])
    return owner
