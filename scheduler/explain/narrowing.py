"""Of a conflict's rules, the people and dates that the conflict needs; and what the sums in it are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.domain.layer import LAYERS, Layer, Person
from scheduler.domain.rule import Condition, Rule
from scheduler.explain.adding_up import adding_up
from scheduler.explain.explanation import Conflict, Member
from scheduler.explain.oracle import Oracle, OutOfTime
from scheduler.explain.part import Part, base
from scheduler.solve.posting import post
from scheduler.solve.quickxplain import quickxplain

#: more people or periods than this are not told one by one, so nothing is gained by leaving some out
FEW = 12


@dataclass(frozen=True)
class Narrowed:
    """Rules in conflict, within these people (ids) and rotation periods (None: all)."""

    rules: tuple[Rule, ...]
    people: frozenset[str] | None = None
    periods: frozenset[int] | None = None
    smallest: bool = True

    def parts(self) -> list[Rule]:
        """The rules, cut down to what the conflict needs of them."""
        return [Part.of(rule, self.people, self.periods) for rule in self.rules]

    def others(self, rules: Sequence[Rule]) -> list[Rule]:
        """All these rules without this conflict, to look for another: of its own rules only the other people and dates.

        That nobody is in two places at once stays, or nothing would be left to conflict with.
        """
        mine = {id(rule) for rule in self.rules}
        return [Part.of(rule, self.people, self.periods, outside=True) if id(rule) in mine and rule.name != "one duty"
                else rule for rule in rules]

    def conflict(self, oracle: Oracle) -> Conflict:
        """The same for people, with the sums where adding up is enough."""
        layers, parts = oracle.layers_of(self.rules), self.parts()
        whole = _conditions(layers, [base(rule) for rule in self.rules])
        needed = _conditions(layers, parts)
        members = tuple(self._member(base(rule), whole.get(id(base(rule)), []), needed.get(id(part), []), layers)
                        for rule, part in zip(self.rules, parts, strict=True))
        return Conflict(members, tuple(adding_up(oracle, parts)), self.smallest, tuple(parts))

    def _member(self, rule: Rule, said: Sequence[Condition], needed: Sequence[Condition], layers: Sequence[Layer]
                ) -> Member:
        layer = next(one for one in layers if one.name == rule.layer_name)
        people, when = list(_people(needed)), sorted({s for c in needed for s in c.when})
        some = len(people) < len(list(_people(said))) and len(people) <= FEW
        dates = bool(when) and len(when) < len({s for c in said for s in c.when})
        told = f"{'on' if layer.parent else 'in'} {layer.when(when)}"
        return Member(rule, tuple(people) if some else (), told if dates else "")


def _conditions(layers: Sequence[Layer], rules: Sequence[Rule]) -> dict[int, list[Condition]]:
    """What each rule (by its identity) posts."""
    found: dict[int, list[Condition]] = {}
    for rule, condition in post(layers, rules, (), prune=False).conditions:
        found.setdefault(id(rule), []).append(condition)
    return found


def _people(conditions: Sequence[Condition]) -> Iterator[Person]:
    """Those whom conditions about one person are about, none twice."""
    yield from dict.fromkeys(c.who[0] for c in conditions if len(c.who) == 1)


def narrowed(oracle: Oracle, rules: Sequence[Rule], fails: Callable[[Sequence[Rule]], bool],
             people: frozenset[str] | None = None) -> Narrowed:
    """Leave out people (but those given), then periods, as long as the rules still ``fails``; what is not decided in
    time stays."""
    layers = oracle.layers_of(rules)
    everyone = list(dict.fromkeys(p.id for layer in layers for p in layer.people))
    found = Narrowed(tuple(rules), people)
    try:
        if people is None and len(everyone) <= 3 * FEW and fails(found.parts()):
            found = replace(found, people=frozenset(quickxplain(
                everyone, lambda some: fails(replace(found, people=frozenset(some)).parts()))))
        if not _wide(found, layers):
            found = replace(found, periods=frozenset(quickxplain(
                list(layers[0].slots), lambda some: fails(replace(found, periods=frozenset(some)).parts()))))
    except OutOfTime:
        pass
    return found


def _wide(found: Narrowed, layers: Sequence[Layer]) -> bool:
    """Whether some rule of the conflict speaks of most of the year at once: then no dates can be left out."""
    by_name = {layer.name: layer for layer in layers}
    posted = post(layers, found.parts(), (), prune=False)
    spans: dict[int, list[int]] = {}
    for rule, c in posted.conditions:
        layer = by_name[rule.layer_name]
        periods = {layer.parent[s] if layer.parent else s for s in c.when if s in layer.slots}
        spans.setdefault(id(rule), []).append(len(periods))
    return any(min(lengths) > FEW for lengths in spans.values())


def certain(oracle: Oracle, found: Narrowed) -> Narrowed:
    """Confirm by solving that these cannot hold, and leave out whatever they cannot hold without.

    ``smallest`` afterwards says that the set alone is impossible and the set less any one of it possible.
    """
    def exact() -> bool:
        return found.periods is not None and any(rule.layer_name != LAYERS[0] for rule in found.rules)

    try:
        if oracle.verdict(found.parts(), exact=exact(), confirm=True) != "impossible":
            found = Narrowed(found.rules)
            found = replace(found, smallest=oracle.verdict(found.parts(), confirm=True) == "impossible")
        for rule in found.rules:
            others = replace(found, rules=tuple(other for other in found.rules if other is not rule))
            word = oracle.verdict(others.parts(), exact=exact()) if others.rules else "possible"
            found = others if word == "impossible" else replace(
                found, smallest=found.smallest and word == "possible")
    except OutOfTime:
        return replace(found, smallest=False)
    return found
