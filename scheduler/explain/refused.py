"""Why a request was not granted: solved again with it granted, and told by what that would cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from constraints.ranked_requests import RankedRequests, WishFor
from scheduler.domain.program import Program
from scheduler.domain.result import Tier
from scheduler.domain.rule import Condition, Rule
from scheduler.domain.schedule import Schedule
from scheduler.domain.verdict import Report, Wish
from scheduler.domain.words import listing
from scheduler.explain.asking import ask
from scheduler.explain.decided import decided
from scheduler.solve.settings import Settings

#: called with what is being looked at and the seconds since the start
Tell = Callable[[str, float], None]
UNDECIDED = "Not decided in the time given."


@dataclass(frozen=True, kw_only=True)
class _Granted(Rule):
    """{wish} is granted."""

    name = "granted"
    asked: RankedRequests
    wish: WishFor

    def post(self, board):
        person = board.layer.person(self.wish.person)
        yield Condition(self.asked.granted(board, person, self.wish), at_least=1, who=(person,))


def with_reasons(program: Program, schedule: Schedule, report: Report, tiers: Sequence[Tier], settings: Settings,
                 *, budget: float = 30.0, tell: Tell | None = None) -> Report:
    """The same report, every refused wish with its reason.

    Each refused wish is solved once more with the wish granted, tier by tier up to the first that gets worse; all of
    them together take at most about ``budget`` seconds, and Ctrl-C ends it: wishes that were not reached say so. In a
    year that is not proven best nothing can be said of the reasons, but for wishes that approved leave, a pin or a
    closed rotation rules out.
    """
    began = time.monotonic()
    proven = all(t.proven for t in tiers)
    stopped = False
    wishes = []
    for wish in report.wishes:
        left = budget - (time.monotonic() - began)
        if wish.granted:
            wishes.append(wish)
        elif fixed := _decided(program, wish):
            wishes.append(replace(wish, reason=fixed))
        elif not proven:
            wishes.append(replace(wish, reason="The year is not proven best; a better one may grant it."))
        elif left <= 0 or stopped:
            wishes.append(replace(wish, reason=UNDECIDED))
        else:
            if tell is not None:
                tell(f"why not {wish.text} for {wish.fellow}", time.monotonic() - began)
            try:
                reason = _reason(program, schedule, report, tiers, replace(settings, seconds=left), wish)
            except KeyboardInterrupt:
                reason, stopped = UNDECIDED, True
            wishes.append(replace(wish, reason=reason))
    return replace(report, wishes=tuple(wishes))


def _reason(program: Program, schedule: Schedule, report: Report, tiers: Sequence[Tier], settings: Settings,
            wish: Wish) -> str:
    wished = _rule_of(program, wish)
    if wished is None:
        return ""
    rule, asked = wished
    value = {t.name: t.value for t in tiers if t.layer == schedule.layer.name}
    found = ask(program, _Granted(asked=rule, wish=asked), schedule, value, settings, proven=True)
    if found.verdict == "impossible":
        return "No year that keeps every rule can grant it."
    if found.report is None or found.verdict not in ("equal", "worse"):
        return UNDECIDED
    lost = list(_lost(report, found.report))
    if found.tier is None:
        return f"An equally good year grants it, but refuses {_names(lost)} instead." if lost else \
            "An equally good year grants it; the choice between the two was by chance."
    told = f"With it, “{found.tier.name}” would be {found.tier.value} at best, not {found.before}"
    return f"{told}; for example, {_names(lost)} would be refused." if lost else f"{told}."


def _decided(program: Program, wish: Wish) -> str:
    """What was decided for its dates, where that alone rules the wish out."""
    wished = _rule_of(program, wish)
    layers = {layer.name: layer for layer in program.layers()}
    return decided(program, layers[wished[0].layer_name], wished[1]) if wished is not None else ""


def _rule_of(program: Program, wish: Wish) -> tuple[RankedRequests, WishFor] | None:
    for rule in program.rules:
        if isinstance(rule, RankedRequests):
            for asked in rule.wishes_for:
                if (asked.person, asked.kind, asked.rank) == (wish.fellow.id, wish.kind, wish.rank):
                    return rule, asked
    return None


def _lost(ours: Report, other: Report) -> Iterator[Wish]:
    """Wishes that our year grants and the other refuses, dearest first."""
    granted = {(w.fellow.id, w.kind, w.rank) for w in other.wishes if w.granted}
    yield from sorted((w for w in ours.wishes if w.granted and (w.fellow.id, w.kind, w.rank) not in granted),
                      key=lambda w: (-w.points, w.fellow.name))


def _names(wishes: Sequence[Wish]) -> str:
    return listing([f"{w.fellow}’s request for {w.text} ({w.points} point{'s' if w.points != 1 else ''})"
                    for w in wishes], most=3)
