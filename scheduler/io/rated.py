"""``rule: rated rotations`` and ``rule: worst off``: what takes more than the names of the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from constraints.few_site_changes import FewSiteChanges
from constraints.worst_off import WorstOff
from scheduler.domain.rule import Rule
from scheduler.domain.shares import Shared
from scheduler.io.names import Names
from scheduler.io.nodes import Node, normal
from scheduler.io.problems import Place, Refused, did_you_mean
from scheduler.io.reading import Reading
from scheduler.io.values import gather, number


def ratings(names: Names) -> Callable[[Node], tuple[tuple[str, str, int], ...]]:
    """Reads ``{Fellow A: {MIPS: 3, EMG: 1}}`` as (fellow, rotation, number); a group or tag is all of its own."""

    def convert(node: Node) -> tuple[tuple[str, str, int], ...]:
        if node.table is None:
            raise Refused(f"Ratings by fellow are expected here, not {node.kind}.",
                          "Write: ratings: {a fellow: {a rotation: 3}}", node.place)
        rows = gather(*(lambda e=entry: _of(names, e.written, e.place, e.value)     # type: ignore[misc]
                        for entry in node.table.values()))
        return tuple(row for each in rows for row in each)

    return convert


def _of(names: Names, said: str, place: Place, node: Node) -> list[tuple[str, str, int]]:
    if node.table is None:
        raise Refused(f"Numbers by rotation are expected here, not {node.kind}.", "Write: {a rotation: 3}", node.place)
    who, *each = gather(lambda: names.group(Node(place, said)), *(
        lambda e=entry: (names.selection(Node(e.place, e.written)), number(e.value))    # type: ignore[misc]
        for entry in node.table.values()))
    return [(person, duty, stars) for person in sorted(who.ids) for what, stars in each for duty in what]


def with_parts(reading: Reading, rules: Sequence[Rule], names: Names, places: Mapping[str, Place]) -> list[Rule]:
    """Rules about the worst-off told which measures they count, and rules about sites where everything is."""
    sites = tuple(sorted((r.name, r.site) for r in names.rotations if r.site and not r.sites))
    told = [replace(rule, site_of=sites) if isinstance(rule, FewSiteChanges) else rule for rule in rules]
    return [_with_parts(reading, rule, told, places) if isinstance(rule, WorstOff) else rule for rule in told]


def _with_parts(reading: Reading, rule: WorstOff, rules: Sequence[Rule], places: Mapping[str, Place]) -> Rule:
    countable = {r.name for r in rules if isinstance(r, Shared) and r.priority == rule.priority}
    place = places.get(rule.place, Place(rule.place))
    counting = tuple(normal(word) for word in rule.counting)
    for word in counting:
        if word not in countable:
            reading.problem(place, f"The rule “worst off” counts “{word}”, which is no measure of fellows in its "
                            "priority.", did_you_mean(word, sorted(countable), 0) or
                            "Add the rule (rated rotations, few gaps, few site changes) with the same priority.")
    return replace(rule, parts=tuple(
        r for r in rules if isinstance(r, Shared) and r.name in counting and r.priority == rule.priority))
