"""One question, asked alike everywhere: with this condition added, which priority falls first, and how far?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scheduler.check.judge import judge
from scheduler.domain.board import Board
from scheduler.domain.layer import LAYERS, Layer, Person
from scheduler.domain.program import Program
from scheduler.domain.result import Tier
from scheduler.domain.room import Room
from scheduler.domain.rule import Condition, Rule, Violation
from scheduler.domain.schedule import Cells, Schedule
from scheduler.domain.verdict import Report
from scheduler.domain.words import Selection
from scheduler.solve.driver import Outcome, Progress, solve
from scheduler.solve.room import rooms
from scheduler.solve.settings import Settings

Verdict = Literal["impossible", "undecided", "worse", "better", "equal"]


@dataclass(frozen=True, kw_only=True)
class Asked(Rule):
    """{person} is on {what} {when}.

    Parameters: person, what, slots; when – they in words, with a preposition; whole – in all of the slots, not only in
    one of them; wanted – False: in none.
    Why: somebody asks what it would take.
    Example: scheduler why program.yaml schedule.json Ada Vacation 2026-12-21
    """

    name = "asked"
    person: Person
    what: Selection
    slots: frozenset[int]
    when: str
    whole: bool = True
    wanted: bool = True

    def never(self, layer: Layer) -> Iterator[tuple[str, int, str]]:
        """What is ruled out."""
        if not self.wanted:
            yield from ((self.person.id, slot, duty) for slot in sorted(self.slots)
                        for duty in sorted(self.what.duties & set(layer.duties)))

    def post(self, board: Board) -> Iterator[Condition]:
        """Each slot by itself, or all of them together."""
        slots = sorted(self.slots)
        if not self.wanted:
            yield from (Condition(board.on(self.person, s, self.what), at_most=0, who=(self.person,), when=(s,))
                        for s in slots)
        elif self.whole:
            yield from (Condition(board.on(self.person, s, self.what), at_least=1, who=(self.person,), when=(s,))
                        for s in slots)
        else:
            yield Condition(board.count(self.person, slots, self.what), at_least=1, who=(self.person,),
                            when=tuple(slots))

    def room(self, room: Room) -> Iterator[Condition]:
        """At least one slot of each period asked for."""
        periods = sorted({room.layer.parent[s] for s in self.slots})
        if self.wanted and (self.whole or len(periods) == 1):
            for period in periods:
                yield Condition(room.amount(self.person, period, self.what), at_least=1, who=(self.person,),
                                when=(period,))

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Whether it is so."""
        if not self.holds(schedule):
            yield Violation(f"{self.person} is {'not ' if self.wanted else ''}on {self.what} "
                            f"{schedule.dated(sorted(self.slots))}.", (self.person,), tuple(sorted(self.slots)))

    def holds(self, schedule: Schedule) -> bool:
        """Whether a schedule of the layer answers it."""
        on = [schedule.is_on(self.person, slot, self.what) for slot in sorted(self.slots)]
        return not any(on) if not self.wanted else all(on) if self.whole else any(on)

    @property
    def sentence(self) -> str:
        verb = "is" if self.wanted else "is not"
        return f"{self.person} {verb} on {self.what} {self.when} (as asked)."


@dataclass(frozen=True)
class Answer:
    """``tier`` is the first that is different, with its best value with the condition; ``before`` its value without.

    ``outcome`` has a year with the condition, ``report`` is the checker's on it; both None where there is none.
    """

    verdict: Verdict
    tier: Tier | None = None
    before: int = 0
    outcome: Outcome | None = None
    report: Report | None = None


def ask(program: Program, condition: Rule, schedule: Schedule, values: Mapping[str, int], settings: Settings, *,
        proven: bool, progress: Progress | None = None) -> Answer:
    """Solve the rotation year with room for the layers below and one more condition, up to the first tier that differs.

    ``values`` are the tiers of the year as it is, by name; ``proven`` says that nothing better exists. Tells only what
    the checker confirms. Raises KeyboardInterrupt when it is stopped.
    """
    rules = [condition, *program.rules]
    layers = program.layers()
    outcome = solve([layers[0]], [*rules, *rooms(layers, rules)], program.priorities, settings,
                    hint={schedule.layer.name: schedule.cells}, proven=values if proven else None, progress=progress)
    return answer(program, outcome, [], layers[:1], values)


def ask_below(program: Program, condition: Rule, schedule: Schedule, values: Mapping[str, int], settings: Settings, *,
              proven: bool, progress: Progress | None = None) -> Answer:
    """The same for a layer below, given the layers above it as they are in ``schedule``."""
    layer = next(layer for layer in program.layers() if layer.name == condition.layer_name)
    given = above(program, schedule, layer.name)
    outcome = solve([layer], [condition, *program.rules], program.priorities, settings,
                    given={year.layer.name: year for year in given}, hint={layer.name: cells_of(schedule, layer.name)},
                    proven=values if proven else None, progress=progress)
    return answer(program, outcome, given, [layer], values)


def above(program: Program, schedule: Schedule, name: str) -> list[Schedule]:
    """The layers of a schedule above the one of that name, in order, each with those before it beside it."""
    names = [layer.name for layer in program.layers()]
    layers = [x for x in program.layers()[:names.index(name)]
              if x.name == schedule.layer.name or x.name in schedule.beside]
    if not layers:
        return []
    year = Schedule.joined([(layer, cells_of(schedule, layer.name)) for layer in layers])
    return [year, *year.beside.values()]


def answer(program: Program, outcome: Outcome, given: Sequence[Schedule], solved: Sequence[Layer],
           values: Mapping[str, int]) -> Answer:
    """What an outcome says, once the checker has confirmed it: ``solved`` are its layers, ``given`` those above."""
    if outcome.stopped:
        raise KeyboardInterrupt
    if outcome.cells is None:
        return Answer("impossible" if outcome.status == "impossible" else "undecided", outcome=outcome)
    year = Schedule.joined([*((y.layer, y.cells) for y in given), *((x, outcome.cells[x.name]) for x in solved)])
    report = judge(program.rules, program.priorities, year)
    names = {layer.name for layer in solved}
    checked = {tier.name: tier.value for tier in report.tiers}
    broken = any(rule.layer_name in names for rule, _ in report.broken)
    told = [t for t in outcome.tiers if t.name in values]
    if broken or any(checked.get(t.name) != t.value for t in told):
        return Answer("undecided", outcome=outcome)
    for tier in told:
        before = values[tier.name]
        if not tier.proven:
            return Answer("undecided", tier, before, outcome, report)
        if tier.value != before:
            worse = (tier.value < before) == tier.large
            return Answer("worse" if worse else "better", tier, before, outcome, report)
    return Answer("equal", outcome=outcome, report=report)


def closed_by(rules: Sequence[Rule], asked: Asked, layer: Layer) -> list[Rule]:
    """The rules that, each by itself, close every cell that would do; none where something is left open.

    Asked for all of several slots, those of the first slot that is closed.
    """
    must = [r for r in rules if r.priority is None and r.layer_name == layer.name]
    never = {id(rule): set(rule.never(layer)) for rule in must}
    every = set[tuple[str, int, str]]().union(*never.values())
    duties = asked.what.duties & set(layer.duties)
    groups = [[s] for s in sorted(asked.slots)] if asked.whole else [sorted(asked.slots)]
    for slots in groups if asked.wanted else []:
        cells = {(asked.person.id, slot, duty) for slot in slots for duty in duties}
        if cells <= every:
            return [rule for rule in must if never[id(rule)] & cells]
    return []


def values_of(report: Report, layer: str = LAYERS[0]) -> dict[str, int]:
    """The tiers of one layer of a judged year, by name."""
    last = f" ({layer})"
    return {t.name: t.value for t in report.tiers
            if (t.name.endswith(last) if layer != LAYERS[0] else not t.name.endswith(tuple(
                f" ({other})" for other in LAYERS[1:])))}


def cells_of(schedule: Schedule, layer: str) -> Cells:
    """The cells of one layer of a schedule, by name; none where it has no such layer."""
    if layer == schedule.layer.name:
        return schedule.cells
    other = schedule.beside.get(layer)
    return other.cells if other is not None else {}
