"""The checker: every rule, every requirement, every wish, and each tier's value recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

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
    return schedule if schedule.layer.name == layer else schedule.beside.get(layer)


def tier_values(verdicts: Iterable[RuleVerdict], priorities: Sequence[str]) -> list[TierValue]:
    """One value a stage: broken amounts plus measures, weighed in points. Stages are tiers split by measure step."""
    stages: dict[tuple[str, int], list[tuple[str, int, bool]]] = {}
    for verdict in verdicts:
        rule = verdict.rule
        if rule.priority is None:
            continue
        broken = sum(v.amount for v in verdict.violations) * rule.points
        if not rule.measured:
            stages.setdefault((rule.priority, 0), []).append((rule.name, broken, False))
        for step, (name, value) in enumerate(verdict.measures):
            stages.setdefault((rule.priority, step), []).append((name, value * rule.points, rule.large))
    found = []
    for priority in priorities:
        steps = sorted(step for name, step in stages if name == priority)
        for step in steps:
            parts = stages[priority, step]
            found.append(stage_value(stage_name(priority, step, [p[0] for p in parts]), [p[1:] for p in parts]))
    return found


def stage_name(priority: str, step: int, names: Sequence[str]) -> str:
    """What a stage is called: the tier, and its measure where the tier has more than one step."""
    distinct = [name for name, _ in groupby(sorted(set(names)))]
    return f"{priority}: {', '.join(distinct)}"


def stage_value(name: str, parts: Sequence[tuple[int, bool]]) -> TierValue:
    """Add up a stage: all large → more is better; otherwise large parts count as minus."""
    if parts and all(large for _, large in parts):
        return TierValue(name, sum(value for value, _ in parts), True)
    return TierValue(name, sum(-value if large else value for value, large in parts))
