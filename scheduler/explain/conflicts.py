"""Why no schedule exists: sums that cannot hold, and smallest sets of rules that cannot all hold.

Sets are made small with the quickest test that will do (adding up, then solving); what is told is confirmed by solving:
the set alone is impossible, and without any one member the rest is possible. A solver's own core is only a hint.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from scheduler.check.room_sums import problems
from scheduler.domain.layer import LAYERS, Layer
from scheduler.domain.rule import Rule
from scheduler.explain.explanation import Conflict, Explanation, by_counting, told_next
from scheduler.explain.narrowing import Narrowed, certain, narrowed
from scheduler.explain.oracle import Oracle, OutOfTime, Verdict
from scheduler.explain.part import Part
from scheduler.solve.quickxplain import quickxplain

#: how many independent conflicts are looked for
MOST = 5
#: having found one, how long another is looked for at least, in seconds; or as long again as the first took
OTHERS = 10.0
Tell = Callable[[str, float], None]


def explain(layers: Sequence[Layer], rules: Sequence[Rule], *, seconds: float = 60.0, tell: Tell | None = None,
            heard: Callable[[Sequence[str]], None] | None = None) -> Explanation:
    """Find out whether these rules can hold, and if not, why.

    Only rules that must hold count. ``seconds`` limit everything (wall time); what was not finished says so. ``tell``
    hears what is being done and the seconds since the start; ``heard`` each sum and each conflict as soon as it is
    known, in sentences: of ``Explanation.lines`` all but ``last``.
    """
    began = time.monotonic()
    must = in_order_of_interest([rule for rule in rules if rule.priority is None])
    counting = tuple(problems(layers, must))
    names = tuple(p.name for layer in layers for p in layer.people)
    heard = heard or (lambda lines: None)
    if counting:
        heard(by_counting(counting, names))
    oracle = Oracle(layers, seconds, tell=tell)
    conflicts: list[Conflict] = []
    status: Verdict = "unknown"
    try:
        status, some = _first(oracle, must)
        rest: list[Rule] = must
        while status == "impossible" and len(conflicts) < MOST:
            found = _conflict(oracle, some)
            if conflicts and not found.smallest:            # not certain in time, and one is told already
                raise OutOfTime
            conflict = found.conflict(oracle)
            heard(told_next(conflicts, conflict))
            conflicts.append(conflict)
            rest = found.others(rest)
            oracle.limit(max(OTHERS, time.monotonic() - began))
            status, some = _next(oracle, rest)
    except OutOfTime:
        status = "unknown"
    said: Verdict = "impossible" if conflicts or counting else status
    return Explanation(said, counting, tuple(conflicts), status == "possible", time.monotonic() - began, names)


def _first(oracle: Oracle, rules: Sequence[Rule]) -> tuple[Verdict, Sequence[Rule]]:
    """Whether the rules can hold, and if not, a part of them that cannot: sums are tried before solving."""
    if counted := oracle.counted(rules):
        return "impossible", counted
    if not oracle.adds_up(rules):
        return "impossible", rules
    if alone := oracle.alone(rules):
        return "impossible", alone
    return oracle.verdict(rules), rules


def _next(oracle: Oracle, rules: Sequence[Rule]) -> tuple[Verdict, Sequence[Rule]]:
    """The same once a conflict is told: mostly the rest can hold, and a year that shows it is soonest found."""
    if not oracle.adds_up(rules):
        return "impossible", rules
    word = oracle.verdict(rules)
    if word == "unknown" and (alone := oracle.alone(rules)):
        return "impossible", alone
    return word, rules


def in_order_of_interest(rules: Sequence[Rule]) -> list[Rule]:
    """Where a conflict may be told in several ways, rules in front are told: what a person decided before what always
    holds."""
    first = {"pinned": 0, "forbidden": 1, "away at once": 2, "requirement": 3, "staffing": 4, "one duty": 9}
    return sorted(rules, key=lambda rule: first.get(rule.name, 5))


def _conflict(oracle: Oracle, rules: Sequence[Rule]) -> Narrowed:
    """One smallest conflict among rules that cannot all hold: few rules, then few people and dates, then certain.

    Where one fellow's year cannot hold by itself, everything is asked of that fellow alone: it is much the quickest.
    """
    if oracle.adds_up(rules):
        rules = _where(oracle, rules)
    summed = not oracle.adds_up(rules)
    few = list(rules) if summed else oracle.suspects(rules)
    alone = oracle.one_person(rules) if len(few) == len(rules) else None
    if alone is not None:
        whole = {id(part := Part.of(rule, alone, None)): (part, rule) for rule in few}
        few = [part for part, _ in whole.values()]
        found, fails = _fewest(oracle, few)
        return certain(oracle, narrowed(oracle, [whole[id(part)][1] for part in found], fails, alone))
    if not summed and len(few) < len(rules) and oracle.verdict(few) != "impossible":
        few = list(rules)
    return certain(oracle, narrowed(oracle, *_fewest(oracle, few)))


def _fewest(oracle: Oracle, rules: Sequence[Rule]) -> tuple[list[Rule], Callable[[Sequence[Rule]], bool]]:
    """A smallest part of the rules that cannot hold, and the quickest test that shows it."""
    if not oracle.adds_up(rules):
        return oracle.fewest(rules), oracle.too_much
    return quickxplain(rules, oracle.fails), oracle.fails


def _where(oracle: Oracle, rules: Sequence[Rule]) -> list[Rule]:
    """The rules of the rotation year alone where these fail already; else those and the rules of one layer below."""
    top = [rule for rule in rules if rule.layer_name == LAYERS[0]]
    if oracle.fails(top):
        return top
    for layer in oracle.layers[1:]:
        some = [rule for rule in rules if rule.layer_name in (LAYERS[0], layer.name)]
        if len(some) > len(top) and oracle.fails(some):
            return some
    return list(rules)
