"""Why a request was not granted: solved again with it granted, and told by what that would cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from constraints.ranked_requests import RankedRequests, WishFor
from scheduler.domain.program import Program
from scheduler.domain.result import Tier
from scheduler.domain.schedule import Schedule
from scheduler.domain.verdict import Report, Wish
from scheduler.domain.words import listing
from scheduler.explain.asking import Answer
from scheduler.explain.decided import decided
from scheduler.explain.granting import Granting
from scheduler.solve.settings import Settings

#: called with what is being looked at and the seconds since the start
Tell = Callable[[str, float], None]
#: whose wish, of what kind, of which rank
Key = tuple[str, str, int]
UNDECIDED = "Not decided in the time given."
UNPROVEN = "The year is not proven best; a better one may grant it."


def with_reasons(program: Program, schedule: Schedule, report: Report, tiers: Sequence[Tier], settings: Settings,
                 *, budget: float = 30.0, tell: Tell | None = None) -> Report:
    """The same report, every refused wish with its reason.

    The layer of each refused wish is solved once more with the wish granted, given the layers above it, tier by tier up
    to the first that gets worse. All of them together take at most about ``budget`` seconds, and Ctrl-C ends it: wishes
    that were not reached say so. In a year that is not proven best nothing can be said of the reasons, but for wishes
    that approved leave, a pin or a closed rotation rules out.
    """
    began = time.monotonic()
    asking = _granting(program, schedule, report, tiers, settings)
    reasons = {key: decided(program, layer.layer, asked) for key, (layer, asked) in asking.items()}
    rest = [wish for wish in report.wishes if reasons.get(_key(wish)) == ""]

    def reason(wish: Wish) -> str:
        layer, asked = asking[_key(wish)]
        left = budget - (time.monotonic() - began)
        if left <= 0:
            return UNDECIDED
        if tell is not None:
            tell(f"why not {wish.text} for {wish.fellow}", time.monotonic() - began)
        return _told(layer, report, layer.ask(asked, left))

    proven = all(t.proven for t in tiers)
    reasons |= {_key(wish): UNDECIDED if proven else UNPROVEN for wish in rest}
    if proven:
        with suppress(KeyboardInterrupt):
            for wish in rest:
                reasons[_key(wish)] = reason(wish)
    return replace(report, wishes=tuple(
        wish if wish.granted else replace(wish, reason=reasons.get(_key(wish), "")) for wish in report.wishes))


def _granting(program: Program, schedule: Schedule, report: Report, tiers: Sequence[Tier], settings: Settings
              ) -> dict[Key, tuple[Granting, WishFor]]:
    """Each refused wish, with its layer to ask; wishes of one layer share one."""
    refused = {_key(wish) for wish in report.wishes if not wish.granted}
    found: dict[Key, tuple[Granting, WishFor]] = {}
    for name in {rule.layer_name: None for rule in program.rules}:
        asked = [(rule, wish) for rule in program.rules if isinstance(rule, RankedRequests) and rule.layer_name == name
                 for wish in rule.wishes_for if (wish.person, wish.kind, wish.rank) in refused]
        if asked:
            layer = Granting(program, schedule, tiers, settings, asked)
            found |= {(wish.person, wish.kind, wish.rank): (layer, wish) for _, wish in asked}
    return found


def _told(layer: Granting, report: Report, found: Answer) -> str:
    """What granting the wish would cost, in a sentence; in a layer below, given those above it."""
    said = _cost(layer, report, found)
    if not layer.given or said == UNDECIDED:
        return said
    return f"Given the {listing([year.layer.name for year in layer.given])}, {said[0].lower()}{said[1:]}"


def _cost(layer: Granting, report: Report, found: Answer) -> str:
    year = layer.noun
    if found.verdict == "impossible":
        return f"No {year} that keeps every rule can grant it."
    if found.report is None or found.verdict not in ("equal", "worse"):
        return UNDECIDED
    lost = list(_lost(report, found.report))
    if found.tier is None:
        return f"An equally good {year} grants it, but refuses {_names(lost)} instead." if lost else \
            f"An equally good {year} grants it; the choice between the two was by chance."
    told = f"With it, “{found.tier.name}” would be {found.tier.value} at best, not {found.before}"
    return f"{told}; for example, {_names(lost)} would be refused." if lost else f"{told}."


def _key(wish: Wish) -> Key:
    return wish.fellow.id, wish.kind, wish.rank


def _lost(ours: Report, other: Report) -> Iterator[Wish]:
    """Wishes that our year grants and the other refuses, dearest first.

    The other has no layers below the one that was asked: nothing is said of wishes there.
    """
    refused = {_key(w) for w in other.wishes if not w.granted}
    yield from sorted((w for w in ours.wishes if w.granted and _key(w) in refused),
                      key=lambda w: (-w.points, w.fellow.name))


def _names(wishes: Sequence[Wish]) -> str:
    return listing([f"{w.fellow}’s request for {w.text} ({w.points} point{'s' if w.points != 1 else ''})"
                    for w in wishes], most=3)
