"""Why a fellow is not on something at some time (or is): what it would break now, and the best year that has it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from constraints.few_changes import FewChanges
from scheduler.check.consequences import Consequences, consequences
from scheduler.check.differences import Change, changes
from scheduler.check.duty_times import judge_year
from scheduler.domain.layer import LAYERS, Layer
from scheduler.domain.program import Program
from scheduler.domain.result import Tier
from scheduler.domain.rule import Rule
from scheduler.domain.schedule import Schedule
from scheduler.explain.asking import Answer, Asked, answer, ask, ask_below, closed_by, values_of
from scheduler.explain.keeping import Cell, Frozen
from scheduler.explain.simply import Simply, simply, year_of
from scheduler.solve.driver import Outcome, Progress
from scheduler.solve.layered import solve_layers
from scheduler.solve.settings import Settings

#: the last priority of an example year
FEWEST = "fewest changes"


@dataclass(frozen=True)
class Example:
    """A whole year, checked, that answers the question and changes little. ``fewest``: in each layer, proven.

    ``proven``: every priority, given the layers above it, is as good as can be.
    """

    schedule: Schedule
    effects: Consequences
    changes: tuple[Change, ...]
    fewest: bool = False
    proven: bool = False


@dataclass(frozen=True)
class Why:
    """``has``: the year is as asked already. ``given`` are the layers that the answer holds fixed, by name;
    ``blocked`` those that, as they are, make it impossible.

    ``lines`` explain what is impossible; ``answer`` is None where the year has it already; ``broken``: the year as it
    is breaks rules that must hold.
    """

    asked: Asked
    has: bool = False
    simply: Simply | None = None
    answer: Answer | None = None
    given: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    example: Example | None = None
    broken: bool = False
    seconds: float = 0.0


def why(program: Program, schedule: Schedule, asked: Asked, tiers: tuple[Tier, ...] = (),
        settings: Settings | None = None, *, progress: Progress | None = None) -> Why:
    """Answer a question about a year. ``tiers`` are what was proven of it, if anything.

    ``settings.seconds`` is for everything together. Ctrl-C ends the search; what is known by then is told.
    """
    return _Asking(program, schedule, asked, tiers, settings or Settings(seconds=60.0), progress).found()


@dataclass
class _Asking:
    program: Program
    schedule: Schedule
    asked: Asked
    tiers: tuple[Tier, ...]
    settings: Settings
    progress: Progress | None
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.layers = [x for x in self.program.layers() if _has(self.schedule, x.name)]
        self.before = judge_year(self.program, self.schedule)
        self.rules: tuple[Rule, ...] = (self.asked, *self.program.rules)

    def found(self) -> Why:
        year = year_of(self.schedule, self.asked.layer_name)
        if self.asked.holds(year):
            return Why(self.asked, has=True, broken=not self.before.ok)
        told = Why(self.asked, simply=simply(self.program, self.schedule, self.asked, self.before),
                   broken=not self.before.ok)
        if closed := closed_by(self.program.rules, self.asked, year.layer):
            told = replace(told, answer=Answer("impossible"), lines=tuple(_alone(closed)))
            return replace(told, seconds=time.monotonic() - self.began)
        try:
            told = self._solved(told)
        except KeyboardInterrupt:
            told = replace(told, answer=told.answer or Answer("undecided"))
        return replace(told, seconds=time.monotonic() - self.began)

    def _left(self) -> Settings:
        if self.settings.seconds is None:
            return self.settings
        return replace(self.settings, seconds=max(0.1, self.settings.seconds - (time.monotonic() - self.began)))

    def _solved(self, told: Why) -> Why:
        layer = self.asked.layer_name
        above = tuple(x.name for x in self.layers[:[x.name for x in self.layers].index(layer)])
        values = values_of(self.before, layer)
        asking = ask_below if above else ask
        reply = asking(self.program, self.asked, self.schedule, values, self._left(), proven=self._proven(),
                       progress=self.progress)
        told = replace(told, answer=reply, given=above)
        if reply.verdict in ("equal", "worse"):
            told = self._with_example(told, reply, values, above)
        if told.answer is not None and told.answer.verdict == "impossible":
            return self._from_the_top(replace(told, given=(), blocked=above)) if above else \
                replace(told, lines=tuple(self._conflict()))
        return told

    def _with_example(self, told: Why, reply: Answer, values: Mapping[str, int], above: tuple[str, ...]) -> Why:
        """A whole year, which also shows that the layers below can be filled: until then only a loss is certain."""
        unsure = reply if reply.verdict == "worse" else replace(reply, verdict="undecided")
        try:
            outcome = self._best(reply, above)
        except KeyboardInterrupt:
            return replace(told, answer=unsure)
        if outcome is None or outcome.cells is None:
            gone = outcome is not None and outcome.status == "impossible" and (self.before.ok or not above)
            return replace(told, answer=Answer("impossible", outcome=outcome) if gone else unsure)
        whole = answer(self.program, outcome, [], self.layers, values)
        example = self._checked(Schedule.joined([(x, outcome.cells[x.name]) for x in self.layers]), outcome.tiers)
        if whole.verdict in ("equal", "worse"):
            return replace(told, answer=whole, example=example)
        return replace(told, answer=unsure, example=example)

    def _proven(self) -> bool:
        """Whether it was proven that the rotation year can be no better than it is here.

        What was proven of a layer below was given those above it, which somebody may have changed since.
        """
        mine = {t.name: t for t in self.tiers if t.layer == LAYERS[0]}
        return self.asked.layer_name == LAYERS[0] and all(
            name in mine and mine[name].proven and not mine[name].given and mine[name].value == value
            for name, value in values_of(self.before).items())

    # -- impossible

    def _from_the_top(self, told: Why) -> Why:
        """What the layers above do not allow as they are: is it possible with other ones?"""
        reply = ask(self.program, self.asked, self.schedule, values_of(self.before), self._left(), proven=False,
                    progress=self.progress)
        if reply.verdict == "impossible":
            return replace(told, answer=reply, lines=tuple(self._conflict()))
        outcome = self._best(replace(reply, tier=None), ())
        values = {t.name: t.value for t in self.before.tiers}
        whole = answer(self.program, outcome, [], self.layers, values) if outcome is not None else Answer("undecided")
        if whole.verdict == "impossible":
            return replace(told, answer=whole, lines=tuple(self._conflict()))
        if whole.verdict == "undecided" and reply.verdict == "worse":
            whole = reply
        if outcome is None or outcome.cells is None:
            return replace(told, answer=whole)
        year = Schedule.joined([(x, outcome.cells[x.name]) for x in self.layers])
        return replace(told, answer=whole, example=self._checked(year, outcome.tiers))

    def _conflict(self) -> Iterator[str]:
        """Which rules do not allow it, in words; where nothing can be said, nothing is."""
        left = self._left().seconds
        if left is not None and left < 1:
            return
        from scheduler.explain.conflicts import explain
        told = explain(self.program.layers(), self.rules, seconds=left if left is not None else 60.0)
        if told.status == "impossible":
            yield from told.lines()

    # -- an example

    def _best(self, reply: Answer, above: tuple[str, ...]) -> Outcome | None:
        """The best whole year as asked, with few changes: the priorities after the one that falls are given up.

        The layers ``above`` stay as they are; the year that answered is where the search starts. None where no time is
        left.
        """
        tier, found = reply.tier, reply.outcome.cells if reply.outcome is not None else None
        own = {x.name for x in self.layers[:len(above) + 1]}
        order = [*self.program.priorities]
        falls = next((p for p in order if tier is not None and tier.name.startswith(f"{p}: ")), None)
        dropped = order[order.index(falls) + 1:] if falls is not None else []
        rules = [r for r in self.rules if r.layer_name not in own or r.priority not in dropped]
        fixed = [_frozen(self.schedule, name) for name in above]
        few = self._few([x for x in self.layers if x.name not in above])
        if not self._time():
            return None
        outcome = solve_layers(self.layers, [*rules, *fixed, *few], [*order, FEWEST], self._left(),
                               hint={**self._cells(), **(found or {})}, progress=self.progress)
        if outcome.stopped:
            raise KeyboardInterrupt
        return outcome

    def _time(self) -> bool:
        left = self._left().seconds
        return left is None or left > 0.2

    def _checked(self, year: Schedule, tiers: tuple[Tier, ...]) -> Example | None:
        """The year with what it does; None where the checker does not agree with all that is told."""
        effects = consequences(self.before, judge_year(self.program, year))
        if effects.broken or not self.asked.holds(year_of(year, self.asked.layer_name)):
            return None
        fewest = all(t.proven for t in tiers if t.name.startswith(f"{FEWEST}: "))
        proven = all(t.proven for t in tiers if not t.name.startswith(f"{FEWEST}: "))
        return Example(year, effects, tuple(changes(self.schedule, year)), fewest and proven, proven)

    def _few(self, layers: Iterable[Layer]) -> list[FewChanges]:
        return [FewChanges(layer_name=x.name, priority=FEWEST, earlier=_earlier(self.schedule, x.name))
                for x in layers if x.name in LAYERS[:4] and _has(self.schedule, x.name)]

    def _cells(self) -> Mapping[str, Mapping[str, Mapping[int, tuple[str, ...]]]]:
        return {y.layer.name: y.cells for y in (self.schedule, *self.schedule.beside.values())}


def _alone(closed: list[Rule]) -> Iterator[str]:
    """Rules that forbid it whatever else is decided."""
    yield "This forbids it, whatever else is decided:"
    for rule in closed:
        yield f"  • {rule.sentence}" + (f" ({rule.place})" if rule.place else "")


def _earlier(schedule: Schedule, layer: str) -> tuple[Cell, ...]:
    """The cells of a layer that hold something."""
    return tuple((person, slot, tuple(duties)) for person, mine in sorted(year_of(schedule, layer).cells.items())
                 for slot, duties in sorted(mine.items()))


def _frozen(schedule: Schedule, layer: str) -> Frozen:
    """A layer as it is, empty cells too."""
    year = year_of(schedule, layer)
    return Frozen(cells=tuple((p.id, slot, tuple(duties)) for p in year.people for slot, duties in year.of(p)),
                  said=f"The {layer} stay as they are", layer_name=layer)


def _has(schedule: Schedule, layer: str) -> bool:
    return layer == schedule.layer.name or layer in schedule.beside
