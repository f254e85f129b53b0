"""A wish that no schedule could grant is a problem when the file is read, not a disappointment later.

What happens during the year (approved leave, a pin, a rotation that closes, a fellow who leaves) is no mistake in the
wish that it rules out: such a wish stays in the file, and is told as refused, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from constraints.forbidden import Forbidden
from constraints.pinned import Pinned
from constraints.ranked_requests import WishFor
from constraints.requirement import Requirement
from constraints.together import Together
from constraints.who_may import WhoMay
from scheduler.domain.layer import Layer, Person
from scheduler.domain.rule import Rule
from scheduler.domain.words import Selection
from scheduler.io.reading import Reading
from scheduler.io.requests_section import Placed

Closed = Mapping[tuple[str, int, str], Rule]
Fixed = dict[tuple[str, int], list[tuple[Selection, Rule]]]


def refuse_impossible(reading: Reading, placed: Sequence[Placed], layers: Sequence[Layer], rules: Sequence[Rule]
                      ) -> None:
    """Note every wish that the rules that must hold rule out by themselves, each in the first layer it is about.

    What was decided for single dates since the wish was made is left aside.
    """
    left = list(placed)
    for layer in layers:
        mine = [item for item in left if item.wish.what.duties <= set(layer.duties)]
        left = [item for item in left if item not in mine]
        if mine:
            _refuse(reading, mine, layer, [r for r in rules if r.priority is None and r.layer_name == layer.name
                                           and not _since(r)])


def _since(rule: Rule) -> bool:
    """Whether a rule speaks of something that happens during the year: a pin or approved leave, a time that is ruled
    out for somebody, a rotation that closes for a while."""
    return (isinstance(rule, Pinned) or (isinstance(rule, Forbidden) and rule.who is not None
                                         and rule.during is not None)
            or (isinstance(rule, WhoMay) and rule.only is None and rule.during is not None))


def _refuse(reading: Reading, placed: Sequence[Placed], layer: Layer, binding: Sequence[Rule]) -> None:
    closed = {cell: rule for rule in binding for cell in rule.never(layer)}
    fixed = _fixed(layer, binding)
    for item in placed:
        person = layer.person(item.wish.person)
        why = _why_not(layer, item.wish, person, closed, fixed) or _too_much(layer, item.wish, person, binding)
        if why:
            reading.problem(item.place, f"{person} asks for {item.wish.text}, which is impossible: {why}.",
                            "Take the request out, or change what rules it out.")


def _fixed(layer: Layer, rules: Iterable[Rule]) -> Fixed:
    """Person and slot → what must be done there, and the rule that says so."""
    found: Fixed = {}
    for rule in rules:
        if isinstance(rule, Together) and rule.dates is not None:
            for person in rule.bound(layer.people):
                for slot in layer.present(person):
                    if slot in rule.dates:
                        found.setdefault((person.id, slot), []).append((rule.what, rule))
    return found


def _why_not(layer: Layer, wish: WishFor, person: Person, closed: Closed, fixed: Fixed) -> str:
    here = set(layer.present(person))
    if wish.mode == "none":
        sure = {s: rule for s in wish.slots for what, rule in fixed.get((person.id, s), ())
                if what.duties <= wish.what.duties}
        return f"{wish.what} is fixed in {layer.when(sure)} ({next(iter(sure.values())).place})" if sure else ""
    open_ = {s: [d for d in wish.what.duties if (person.id, s, d) not in closed] for s in wish.slots & here}
    barred = [s for s, duties in open_.items() if not duties]
    taken = [(s, what, rule) for s, duties in open_.items() if duties for what, rule in fixed.get((person.id, s), ())
             if not any(_together(layer, d, what) for d in duties)]
    bad = {*barred, *(s for s, _, _ in taken)}
    if not bad or (wish.mode == "any" and len(bad) < len(open_)):
        return ""
    if taken:
        what, rule = taken[0][1:]
        return f"{what} is fixed in {layer.when([s for s, w, _ in taken if w == what])} ({rule.place})"
    shut = sorted(barred)
    rule = next(iter(closed[person.id, shut[0], d] for d in sorted(wish.what.duties)))
    return f"{wish.what} is ruled out for this fellow " + (
        "all year" if len(shut) >= len(here) else "in " + layer.when(shut)) + (f" ({rule.place})" if rule.place else "")


def _together(layer: Layer, duty: str, what: Selection) -> bool:
    """Whether somebody on this duty can be on one of those at the same time: the same, or leave inside its host."""
    return duty in what or any((i.leave == duty and i.hosts.duties & what.duties)
                               or (i.leave in what and duty in i.hosts) for i in layer.inside)


def _too_much(layer: Layer, wish: WishFor, person: Person, rules: Iterable[Rule]) -> str:
    """More than a requirement allows: four weeks of vacation in one wish, when three are owed."""
    if wish.mode != "all":
        return ""
    inside = {i.leave: i.weeks for i in layer.inside}
    for most in _allowed(wish, person, rules):
        each = min(inside.get(d, 0) for d in wish.what.duties)
        asked = sum(each or layer.weight(s) for s in wish.slots)
        if asked > most:
            return f"only {most} week{'s' * (most != 1)} of {wish.what} {'are' if most != 1 else 'is'} allowed"
    return ""


def _allowed(wish: WishFor, person: Person, rules: Iterable[Rule]) -> Iterator[int]:
    for rule in rules:
        if isinstance(rule, Requirement) and rule.unit == "weeks" and rule.at_most is not None and not rule.part \
                and rule.during is None and not rule.also and rule.applies(person) \
                and wish.what.duties <= rule.what.duties:
            yield rule.at_most
