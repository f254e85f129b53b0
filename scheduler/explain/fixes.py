"""What would help: the cheapest things to give way, each tried on the whole program before it is offered.

The rules in conflict are made soft, and the least that must be broken of them is solved for; what the best year breaks
is the first fix. Then one of the rules it broke must hold after all, and the next cheapest is looked for, and so on.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from scheduler.check.judge import judge
from scheduler.domain.layer import LAYERS, Layer
from scheduler.domain.result import Tier
from scheduler.domain.rule import Rule, Violation
from scheduler.domain.schedule import Cells, Schedule
from scheduler.explain.one_more import Grown, one_more
from scheduler.explain.part import base
from scheduler.solve.driver import Outcome
from scheduler.solve.layered import solve_layers
from scheduler.solve.room import RoomFor
from scheduler.solve.settings import Settings

#: the tier in which rules give way
GIVES_WAY = "gives way"
Tell = Callable[[str, float], None]


@dataclass(frozen=True)
class Fix:
    """Rules that give way, what the year then breaks of them, and what the year is like with it.

    ``sentences`` say what to do; ``cost`` orders fixes; ``least`` is False where time ran out before less was proven
    not to be enough. ``tiers`` are the program's own, as good as they can be with this fix (where time allowed).
    ``untold``: there was no time to find them. ``grown`` is instead a program with one fellow more, in which nothing
    gives way.
    """

    broken: tuple[tuple[Rule, tuple[Violation, ...]], ...]
    sentences: tuple[str, ...]
    cost: int
    least: bool
    tiers: tuple[Tier, ...] = ()
    grown: Grown | None = None
    untold: bool = False

    def lines(self) -> Iterator[str]:
        """The fix in words, and what it costs elsewhere."""
        yield from self.sentences
        said = [f"{tier.name} {tier.value}" + ("" if tier.proven else " or better")
                for tier in self.tiers if tier.layer == LAYERS[0]]
        if said:
            yield f"Everything else can hold; what is only wished for then comes to {'; '.join(said)}."
        elif self.untold:
            yield "Everything else can hold; there was no time to see what is then left of the wishes."


def fixes(layers: Sequence[Layer], rules: Sequence[Rule], priorities: Sequence[str], blamed: Sequence[Rule], *,
          most: int = 5, seconds: float = 60.0, tell: Tell | None = None) -> Iterator[Fix]:
    """The cheapest fixes as they are found, at most ``most``, cheapest first; ``blamed`` are the rules in conflict.

    Every one is a year that keeps everything but what it says, judged without the solver. ``seconds`` limit everything.
    """
    until, number, dearest = time.monotonic() + seconds, 0, 0
    soft = [rule for rule in dict.fromkeys(map(base, blamed)) if rule.name != "one duty"]
    order = count()
    open_: list[tuple[int, int, frozenset[int], Fix, dict[str, Cells]]] = []
    seen: set[frozenset[int]] = set()
    tried: set[frozenset[int]] = set()

    def consider(hard: frozenset[int]) -> None:
        left = until - time.monotonic()
        giving = [rule for rule in soft if id(rule) not in hard]
        if hard in tried or not giving or left <= 0:
            return
        tried.add(hard)
        if tell is not None:
            tell(f"looking for what would help, {len(tried)} tried", seconds - left)
        one = _cheapest(layers, rules, giving, min(left, 20.0))
        if one is not None:
            heapq.heappush(open_, (one[0].cost, next(order), hard, *one))

    consider(frozenset())
    while open_ and number < most:
        _, _, hard, fix, cells = heapq.heappop(open_)
        which = frozenset(id(rule) for rule, _ in fix.broken)
        if which not in seen:
            seen.add(which)
            number, dearest = number + 1, fix.cost
            yield _with_tiers(fix, layers, rules, priorities, cells, min(10.0, until - time.monotonic()))
        for rule, _ in fix.broken:
            consider(hard | {id(rule)})
    if number < most and time.monotonic() < until:
        grown = one_more(layers, rules, until - time.monotonic())
        if grown is not None:                               # dearer than anything that may give way
            yield Fix((), (f"One fellow more, {grown.like}: then every rule can hold as it is.",), dearest + 1, True,
                      grown=grown)


def weight(rule: Rule) -> int:
    """How dear a rule is: what was only assumed gives way first, then house rules, then what the program promises."""
    promised = rule.name in ("requirement", "pinned")
    return (1 if rule.assumption else 4 if rule.source else 2) * (2 if promised else 1)


def softened(layers: Sequence[Layer], rules: Sequence[Rule], giving: Sequence[Rule]) -> list[Rule]:
    """The same rules, those that give way in a tier of their own; the room they need gives way with them."""
    way = {id(rule) for rule in giving}
    soft = [replace(rule, priority=GIVES_WAY, points=weight(rule)) if id(rule) in way else rule for rule in rules]
    for layer in layers[1:]:
        mine = tuple(rule for rule in rules if rule.priority is None and rule.layer_name == layer.name)
        if any(id(rule) in way for rule in mine):
            soft.append(RoomFor(below=layer, asked=mine, priority=GIVES_WAY))
    return soft


def _cheapest(layers: Sequence[Layer], rules: Sequence[Rule], giving: Sequence[Rule], seconds: float
              ) -> tuple[Fix, dict[str, Cells]] | None:
    """The year that breaks the least of the rules that give way, and keeps all others; None where there is none."""
    out = solve_layers(layers, softened(layers, rules, giving), (GIVES_WAY,), Settings(seconds=seconds, confirm=False))
    if out.cells is None:
        return None
    report = judge(rules, (), Schedule.joined([(layer, out.cells[layer.name]) for layer in layers]))
    way = {id(rule) for rule in giving}
    broken = [(v.rule, v.violations) for v in report.rules if v.rule.priority is None and v.violations]
    if not broken or any(id(rule) not in way for rule, _ in broken):
        return None                                         # never offer what the checker does not confirm
    cost = sum(weight(rule) * sum(v.amount for v in violations) for rule, violations in broken)
    shapes = {layer.name: layer for layer in layers}
    told = tuple(rule.eased(violations, shapes[rule.layer_name]) + (f" ({rule.place})" if rule.place else "")
                 for rule, violations in broken)
    return Fix(tuple(broken), told, cost, out.status == "optimal"), dict(out.cells)


def _with_tiers(fix: Fix, layers: Sequence[Layer], rules: Sequence[Rule], priorities: Sequence[str],
                cells: dict[str, Cells], seconds: float) -> Fix:
    """How good the rest of the year can be with this fix: the same must give way, no more."""
    if not any(rule.priority in priorities for rule in rules):
        return fix
    if seconds <= 1:
        return replace(fix, untold=True)
    out: Outcome = solve_layers(layers, softened(layers, rules, [rule for rule, _ in fix.broken]),
                                (GIVES_WAY, *priorities), Settings(seconds=seconds, confirm=False), hint=cells)
    own = tuple(tier for tier in out.tiers if not tier.name.startswith(f"{GIVES_WAY}:"))
    return replace(fix, tiers=own if out.cells is not None else (), untold=not own or out.cells is None)
