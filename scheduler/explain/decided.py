"""What was decided for single dates, and so rules a wish out: approved leave, pins, rotations that close, absence.

This needs no solver: whatever else the year may be, such a wish cannot be granted.
"""

from __future__ import annotations

from collections.abc import Iterator

from constraints.pinned import Pinned
from constraints.ranked_requests import WishFor
from constraints.together import Together
from constraints.who_may import WhoMay
from scheduler.domain.layer import Layer, Person
from scheduler.domain.program import Program
from scheduler.domain.rule import Rule
from scheduler.domain.words import Selection
from scheduler.explain.keeping import Frozen


def decided(program: Program, layer: Layer, wish: WishFor) -> str:
    """Why a wish cannot be granted, in a sentence; ``""`` where nothing that was decided rules it out.

    A wish for all of its dates falls with the first of them, one for any of them with the last.
    """
    person, here = layer.person(wish.person), set(layer.present(layer.person(wish.person)))
    if wish.mode == "none":
        return next((_fixed(layer, rule, sorted(wish.slots & _dates(rule) & here)) for rule in _pins(program, layer)
                     if person in rule.bound(layer.people) and rule.what.duties <= wish.what.duties
                     and wish.slots & _dates(rule) & here), "")
    reasons = dict(_reasons(program, layer, wish, person, here))
    if not reasons or (wish.mode == "any" and len(reasons) < len(wish.slots)):
        return ""
    said = reasons[min(reasons)]
    return _sentence(layer, person, wish, said, sorted(s for s, why in reasons.items() if why is said))


def _reasons(program: Program, layer: Layer, wish: WishFor, person: Person, here: set[int]
             ) -> Iterator[tuple[int, Rule | None]]:
    """Each slot in which the wish is ruled out, with the rule that does it; None: the person is not here."""
    pins = [rule for rule in _pins(program, layer) if person in rule.bound(layer.people)]
    never: dict[tuple[int, str], Rule] = {}
    for rule in program.rules:
        if rule.priority is None and rule.layer_name == layer.name:
            never |= {(slot, duty): rule for who, slot, duty in rule.never(layer)
                      if who == person.id and slot in wish.slots and duty in wish.what}
    for slot in sorted(wish.slots):
        if slot not in here:
            yield slot, None
            continue
        open_ = [duty for duty in wish.what.duties if (slot, duty) not in never]
        pin = next((rule for rule in pins if slot in _dates(rule)
                    and not any(_together(layer, duty, rule.what) for duty in wish.what.duties)), None)
        if pin is not None:
            yield slot, pin
        elif not open_:
            yield slot, never[slot, min(wish.what.duties)]


def _pins(program: Program, layer: Layer) -> list[Pinned | Together]:
    return [rule for rule in program.rules if isinstance(rule, (Pinned, Together)) and rule.priority is None
            and rule.layer_name == layer.name]


def _dates(rule: Pinned | Together) -> frozenset[int]:
    window = rule.during if isinstance(rule, Pinned) else rule.dates
    return window.slots if window is not None else frozenset()


def _together(layer: Layer, duty: str, what: Selection) -> bool:
    """Whether somebody on this duty can be on one of those at the same time: the same, or leave inside its host."""
    return duty in what or any((i.leave == duty and i.hosts.duties & what.duties)
                               or (i.leave in what and duty in i.hosts) for i in layer.inside)


def _sentence(layer: Layer, person: Person, wish: WishFor, rule: Rule | None, slots: list[int]) -> str:
    if rule is None:
        return f"{person} is not here in {layer.when(slots)}."
    if isinstance(rule, (Pinned, Together)):
        return _fixed(layer, rule, slots)
    if isinstance(rule, Frozen):
        return f"{rule.said}."
    if isinstance(rule, WhoMay) and rule.only is None:
        return f"{wish.what} is closed in {layer.when(slots)}."
    return f"{wish.what} is ruled out for {person} in {layer.when(slots)}."


def _fixed(layer: Layer, rule: Pinned | Together, slots: list[int]) -> str:
    """``Sick leave is approved for the week of 14 December.``; what is no leave is fixed."""
    approved = rule.what.duties <= set(layer.leave)
    return f"{rule.what} is {'approved for' if approved else 'fixed in'} {layer.when(slots)}."
