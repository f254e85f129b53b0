"""The checker: every rule, every requirement, every wish, and each tier's value recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from scheduler.domain.layer import LAYERS
from scheduler.domain.rule import Rule
from scheduler.domain.schedule import Schedule
from scheduler.domain.verdict import Owed, Report, RuleVerdict, TierValue, Wish


def judge(rules: Sequence[Rule], priorities: Sequence[str], schedule: Schedule) -> Report:
    """Check ``schedule`` against ``rules`` and recompute the tiers in ``priorities`` order.

    ``schedule`` is the rotation layer; rules of another layer are checked on ``schedule.beside[layer_name]`` and
    skipped where the year has no such layer.
    """
    verdicts: list[RuleVerdict] = []
    owed: list[Owed] = []
    wishes: list[Wish] = []
    for rule in rules:
        view = _view(schedule, rule.layer_name)
        if view is None:
            continue
        verdicts.append(RuleVerdict(rule, tuple(rule.check(view)), tuple(rule.waivers(view)),
                                    tuple(rule.measures(view))))
        owed += rule.owed(view)
        wishes += rule.wishes(view)
    return Report(tuple(verdicts), tuple(owed), tuple(wishes), tuple(tier_values(verdicts, priorities)))


def _view(schedule: Schedule, layer: str) -> Schedule | None:
    """The layer with all the others beside it, as they are in this schedule."""
    if schedule.layer.name == layer:
        return schedule
    other = schedule.beside.get(layer)
    return other and replace(other, beside={**schedule.beside, schedule.layer.name: schedule})


def tier_values(verdicts: Iterable[RuleVerdict], priorities: Sequence[str]) -> list[TierValue]:
    """One value a stage: broken amounts plus measures, weighed in points. Stages are tiers split by measure step.

    The rotation year has all its tiers before the layers below it have theirs.
    """
    stages: dict[tuple[int, str, int], list[tuple[str, int, bool]]] = {}
    for verdict in verdicts:
        rule = verdict.rule
        if rule.priority is None:
            continue
        at = LAYERS.index(rule.layer_name), rule.priority
        broken = sum(v.amount for v in verdict.violations) * rule.points
        if not rule.measured:
            stages.setdefault((*at, 0), []).append((rule.name, broken, False))
        for step, (name, value) in enumerate(verdict.measures):
            stages.setdefault((*at, step), []).append((name, value * rule.points, rule.large))
    return [stage_value(stage_name(priority, [p[0] for p in stages[at, priority, step]], LAYERS[at]),
                        [p[1:] for p in stages[at, priority, step]])
            for at, priority, step in in_order(stages, priorities)]


def in_order(stages: Iterable[tuple[int, str, int]], priorities: Sequence[str]) -> list[tuple[int, str, int]]:
    """Stages (layer, priority, step) in the order in which they are decided."""
    known = [stage for stage in stages if stage[1] in priorities]
    return sorted(known, key=lambda stage: (stage[0], priorities.index(stage[1]), stage[2]))


def stage_name(priority: str, names: Sequence[str], layer: str = LAYERS[0]) -> str:
    """What a stage is called: the tier, what it counts, and its layer where that is not the rotation year."""
    distinct = [name for name, _ in groupby(sorted(set(names)))]
    return f"{priority}: {', '.join(distinct)}" + (f" ({layer})" if layer != LAYERS[0] else "")


def stage_value(name: str, parts: Sequence[tuple[int, bool]]) -> TierValue:
    """Add up a stage: all large → more is better; otherwise large parts count as minus."""
    if parts and all(large for _, large in parts):
        return TierValue(name, sum(value for value, _ in parts), True)
    return TierValue(name, sum(-value if large else value for value, large in parts))
