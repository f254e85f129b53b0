"""Ask every rule what it says, and sort the answers: what must hold, and what each stage counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.check.judge import in_order, stage_name
from scheduler.domain.board import Board, Model
from scheduler.domain.collection import without_collection
from scheduler.domain.layer import LAYERS, Layer
from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Measure, Rule
from scheduler.domain.schedule import Schedule
from scheduler.solve.form import Form, form_of
from scheduler.solve.spelling import spelled_out
from scheduler.solve.tidy import tidied


@dataclass
class Stage:
    """One step of a priority tier: a cost to make small (or a gain to make large), solved to its proven best.

    ``never_better``: by the variables' own bounds, no value is better than this.
    """

    name: str
    priority: str
    cost: Linear
    large: bool = False
    layer: str = LAYERS[0]
    never_better: int | None = None


@dataclass
class Posted:
    """A model, its boards by layer, the conditions that must hold with the rule each comes from, and the stages."""

    model: Model
    boards: dict[str, Board]
    conditions: list[tuple[Rule, Condition]] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    _form: Form | None = field(default=None, init=False)
    _arrays_only: bool = field(default=False, init=False)

    @property
    def form(self) -> Form:
        """The model as arrays: its definitions, then its conditions; made anew where something was posted since."""
        size = len(self.model.low), len(self.model.definitions) + len(self.conditions)
        if self._form is None or (not self._arrays_only and size != (self._form.width, self._form.height)):
            self._form = form_of(self.model, self.rows)
        return self._form

    @property
    def rows(self) -> Iterable[tuple[Linear, int | None, int | None]]:
        """What must hold, beside the model's definitions; nothing any more once only the arrays are kept."""
        return ((c.sum, c.at_least, c.at_most) for _, c in self.conditions)

    def keep_arrays(self) -> None:
        """Keep the arrays only, a third of the sums they came from, without rows that say nothing new."""
        if not self._arrays_only:
            self._form = tidied(self.form)
            self._arrays_only = True
            self.model.definitions.clear()
            self.conditions.clear()

    @property
    def broken_from_the_start(self) -> list[tuple[Rule, Condition]]:
        """Conditions that no assignment can satisfy, by their variables' own bounds."""
        least, most = self.form.reach()
        wrong = np.flatnonzero((most < self.form.least) | (least > self.form.most)) - len(self.model.definitions)
        return [self.conditions[number] for number in wrong.tolist() if number >= 0]


@without_collection()
def post(layers: Iterable[Layer], rules: Sequence[Rule], priorities: Sequence[str], *,
         given: Mapping[str, Schedule] | None = None, prune: bool = True,
         loose: Iterable[tuple[str, int]] = ()) -> Posted:
    """Open one board a layer and post every rule on it.

    ``given`` are layers already decided: their boards hold plain numbers, and rules of those layers are not posted
    again. ``prune`` leaves out the cells that rules which must hold make impossible; explanations keep them, so that
    each rule can be taken away on its own. ``loose`` (person id, slot) are cells of the rotation year that are given,
    but may be anything after all.
    """
    model = Model()
    boards: dict[str, Board] = {}
    for layer in layers:
        never = [cell for rule in rules if prune and rule.priority is None and rule.layer_name == layer.name
                 for cell in rule.never(layer)]
        boards[layer.name] = Board(model, layer, boards).open(never)
    for name, schedule in (given or {}).items():
        boards[name] = Board(model, schedule.layer, boards).decided(schedule)
    for person, slot in loose:
        boards[LAYERS[0]].loosen(person, slot)
    posted = Posted(model, boards)
    parts: dict[tuple[int, str, int], list[tuple[str, Linear, bool]]] = {}
    for rule in rules:
        board = boards.get(rule.layer_name)
        if board is None or rule.layer_name in (given or {}):
            continue
        conditions, measures = _said(rule, board)
        if rule.priority is None:
            posted.conditions += [(c.origin or rule, c) for c in conditions if not _always(model, c)]
            continue
        at = LAYERS.index(rule.layer_name), rule.priority
        if not rule.measured:
            short = Linear.sum(_shortfall(model, c) for c in conditions)
            parts.setdefault((*at, 0), []).append((rule.name, short * rule.points, False))
        for step, measure in enumerate(measures):
            parts.setdefault((*at, step), []).append((measure.name, measure.sum * rule.points, rule.large))
    posted.stages = list(_stages(parts, priorities))
    for stage in posted.stages:
        stage.never_better = model.upper(stage.cost) if stage.large else model.lower(stage.cost)
        if any(model.high[var] - model.low[var] > 1 for var in stage.cost.vars):
            stage.cost = spelled_out(posted.form, stage.cost, stage.large)
    return posted


def _said(rule: Rule, board: Board) -> tuple[list[Condition], list[Measure]]:
    said = list(rule.post(board))
    return [s for s in said if isinstance(s, Condition)], [s for s in said if isinstance(s, Measure)]


def _always(model: Model, c: Condition) -> bool:
    """True when a condition holds whatever is decided: nothing to tell the solver."""
    if c.sum.fixed:
        return ((c.at_least is None or c.sum.const >= c.at_least)
                and (c.at_most is None or c.sum.const <= c.at_most))
    return False


def _shortfall(model: Model, c: Condition) -> Linear:
    """By how much a condition is broken: 0 when it holds."""
    amount = Linear()
    if c.at_most is not None:
        amount = amount + model.beyond(c.sum, c.at_most)
    if c.at_least is not None:
        amount = amount + model.beyond(-c.sum, -c.at_least)
    return amount


def _stages(parts: Mapping[tuple[int, str, int], list[tuple[str, Linear, bool]]], priorities: Sequence[str]):
    for at, priority, step in in_order(parts, priorities):
        entries = parts[at, priority, step]
        large = all(big for _, _, big in entries)
        cost = Linear.sum(-cost if big and not large else cost for _, cost, big in entries)
        yield Stage(stage_name(priority, [name for name, _, _ in entries], LAYERS[at]), priority, cost, large,
                    LAYERS[at])
