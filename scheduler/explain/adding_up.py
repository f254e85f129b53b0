"""A conflict in numbers: what is asked for at least, what is allowed at most, and that one is more than the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.domain.layer import LAYERS
from scheduler.domain.rule import Condition, Rule
from scheduler.explain.oracle import SURE, Oracle
from scheduler.explain.part import base

#: longer sums convince nobody, and shorter ones nobody needs
LINES, PLAIN = 8, 4


def adding_up(oracle: Oracle, parts: Sequence[Rule]) -> Iterator[str]:
    """The sums of a conflict, line by line; nothing where adding up does not prove it or nobody could follow it."""
    if any(part.layer_name != LAYERS[0] for part in parts):
        return
    found = oracle.relaxed(parts)
    if found is None or found.missed < SURE or found.others:
        return
    least, most = _Side(1), _Side(-1)
    net: dict[int, float] = {}
    for weighed in found.core:
        net[id(weighed.condition)] = net.get(id(weighed.condition), 0.0) + weighed.weight
    for weighed in found.core:
        weight = net.pop(id(weighed.condition), 0.0)
        if abs(weight) < SURE:
            continue
        if abs(abs(weight) - 1) > SURE:
            return                                      # not every line counts once: no sum to do in one's head
        (least if weight > 0 else most).add(weighed.rule, weighed.condition, weighed.bound)
    if least.total > max(most.total, PLAIN) and len(least.groups) + len(most.groups) <= LINES:
        yield from least.lines("Asked for, at least")
        yield from most.lines("Allowed, at most")
        yield f"{least.total} is more than {most.total}."


class _Side:
    """One side of the sum: rule by rule, how many times which number."""

    def __init__(self, sign: int):
        self.sign, self.total = sign, 0
        self.groups: dict[tuple[int, int], tuple[Rule, list[Condition]]] = {}

    def add(self, rule: Rule, condition: Condition, bound: int) -> None:
        """One more condition of a rule."""
        self.total += bound
        if bound:
            self.groups.setdefault((id(rule), bound), (rule, []))[1].append(condition)

    def lines(self, head: str) -> Iterator[str]:
        """``Asked for, at least: 51 × 1 (MIPS has 1 to 2 people) + …= 51.``"""
        terms = []
        for (_, bound), (rule, conditions) in self.groups.items():
            number, told = len(conditions), base(rule)
            terms.append((f"{number} × {bound}" if number > 1 else str(bound)) + f" (“{told.sentence.rstrip('.')}”)")
        if terms:
            yield f"{head}: {' + '.join(terms)} = {self.total}."
        else:
            yield f"{head}: 0."
