"""The obvious model, as an expert would first write it: straight from the program's facts, CP-SAT's own settings.

One 0/1 variable for each person × period × rotation, each rule by the usual idiom, no variable left out beforehand and
no row added that the rules do not ask for. It shares nothing with the product's own model, so that two proven values
that agree are two independent proofs. It knows the rules that made-up programs use, and one sum of points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ortools.sat.python import cp_model

from benchmarks.found import Found, Watch, whole
from constraints import (
    AwayAtOnce,
    Forbidden,
    MaxInARow,
    MinInARow,
    NeverAfter,
    OneDuty,
    OneRun,
    Pinned,
    Requirement,
    RunLength,
    Spacing,
    Staffing,
    StartsOnBlocks,
    WhoMay,
)
from scheduler.check.judge import stage_name
from scheduler.domain.layer import Person
from scheduler.domain.program import Program
from scheduler.domain.rule import Rule


class Plain:
    """The model of one program. Raises NotImplementedError for what made-up programs do not have."""

    def __init__(self, program: Program):
        if len(program.layers()) > 1:
            raise NotImplementedError("one layer only")
        self.layer = layer = program.layer()
        self.model = cp_model.CpModel()
        self.x = {(p.id, s, d): self.model.new_bool_var("") for p in layer.people for s in layer.slots
                  for d in layer.duties}
        self.cost: list[Any] = []
        self.rows: dict[type[Rule], Callable[[Any], None]] = {
            OneDuty: self.one_duty, Requirement: self.requirement, Staffing: self.staffing, AwayAtOnce: self.away,
            WhoMay: self.who_may, MaxInARow: self.most, MinInARow: self.least, RunLength: self.run_length,
            OneRun: self.one_run, StartsOnBlocks: self.on_blocks, NeverAfter: self.never_after, Spacing: self.spacing,
            Pinned: self.pinned, Forbidden: self.forbidden}
        for rule in program.rules:
            if rule.priority is not None and not isinstance(rule, (Pinned, Forbidden)):
                raise NotImplementedError(f"{rule.name} as a wish")
            if type(rule) not in self.rows:
                raise NotImplementedError(rule.name)
            self.rows[type(rule)](rule)
        wishes = [rule for rule in program.rules if rule.priority is not None]
        #: the stage's name, as the checker spells it
        self.stage = stage_name(wishes[0].priority or "", [rule.name for rule in wishes]) if wishes else ""
        self.model.minimize(sum(self.cost))

    def on(self, person: Person, slot: int, what: Iterable[str]) -> Any:
        """How many of these duties the person has then: an expression."""
        return sum(self.x[person.id, slot, duty] for duty in what)

    def lit(self, person: Person, slot: int, what: Iterable[str]) -> Any:
        """The one variable of a single duty."""
        (duty,) = what
        return self.x[person.id, slot, duty]

    def one_duty(self, rule: OneDuty) -> None:
        for person in self.layer.people:
            for slot in self.layer.present(person):
                self.model.add_exactly_one(self.x[person.id, slot, duty] for duty in rule.what)

    def requirement(self, rule: Requirement) -> None:
        if rule.elective or rule.part or rule.during or rule.also:
            raise NotImplementedError("a plain amount only")
        for person in filter(rule.applies, self.layer.people):
            worth = self.layer.weight if rule.unit == "weeks" else lambda _: 1
            got = sum(self.on(person, s, rule.what) * worth(s) for s in self.layer.slots)
            self.model.add(got >= rule.at_least)
            if rule.at_most is not None:
                self.model.add(got <= rule.at_most)

    def staffing(self, rule: Staffing) -> None:
        if rule.when_staffed or rule.during or rule.waived_by:
            raise NotImplementedError("plain staffing only")
        for slot in self.layer.slots:
            there = sum(self.on(p, slot, rule.what) for p in rule.bound(self.layer.people))
            self.model.add(there >= rule.at_least)
            if rule.at_most is not None:
                self.model.add(there <= rule.at_most)

    def away(self, rule: AwayAtOnce) -> None:
        for slot in self.layer.slots:
            if rule.during is None or slot in rule.during:
                self.model.add(sum(self.on(p, slot, rule.what) for p in rule.bound(self.layer.people)) <= rule.most)

    def who_may(self, rule: WhoMay) -> None:
        for person_id, slot, duty in rule.never(self.layer):
            self.model.add(self.x[person_id, slot, duty] == 0)

    def most(self, rule: MaxInARow) -> None:
        for person in rule.bound(self.layer.people):
            self._windows(person, rule.what, int(rule.limit))

    def _windows(self, person: Person, what: Iterable[str], limit: int) -> None:
        for first in self.layer.slots[:len(self.layer.slots) - limit]:
            self.model.add_bool_or(~self.lit(person, s, what) for s in range(first, first + limit + 1))

    def least(self, rule: MinInARow) -> None:
        for person in rule.bound(self.layer.people):
            self._no_short_runs(person, rule.what, int(rule.limit))

    def _no_short_runs(self, person: Person, what: Iterable[str], limit: int) -> None:
        """No run of 1 … limit - 1 periods, cut off by another duty or by the year at either end."""
        slots = self.layer.slots
        for length in range(1, limit):
            for first in slots[:len(slots) - length + 1]:
                ends = [s for s in (first - 1, first + length) if s in slots]
                self.model.add_bool_or([*(~self.lit(person, s, what) for s in range(first, first + length)),
                                        *(self.lit(person, s, what) for s in ends)])

    def run_length(self, rule: RunLength) -> None:
        for person in rule.bound(self.layer.people):
            self._windows(person, rule.what, int(rule.length))
            self._no_short_runs(person, rule.what, int(rule.length))

    def one_run(self, rule: OneRun) -> None:
        for person in rule.bound(self.layer.people):
            starts = []
            for slot in self.layer.slots:
                begin = self.model.new_bool_var("")
                before = [self.lit(person, slot - 1, rule.what)] if slot else []
                self.model.add_bool_or([begin, ~self.lit(person, slot, rule.what), *before])
                starts.append(begin)
            self.model.add_at_most_one(starts)

    def on_blocks(self, rule: StartsOnBlocks) -> None:
        starts = set(self.layer.block_starts())
        for person in rule.bound(self.layer.people):
            for slot in self.layer.slots:
                if slot not in starts:
                    self.model.add_implication(self.lit(person, slot, rule.what), self.lit(person, slot - 1, rule.what))

    def never_after(self, rule: NeverAfter) -> None:
        then = rule.what if rule.then is None else rule.then
        for person in rule.bound(self.layer.people):
            for slot in self.layer.slots[1:]:
                self.model.add_bool_or(~self.lit(person, slot - 1, rule.what), ~self.lit(person, slot, then))

    def spacing(self, rule: Spacing) -> None:
        for person in rule.bound(self.layer.people):
            for end in self.layer.slots:
                for again in range(end + 2, min(end + int(rule.gap) + 1, len(self.layer.slots))):
                    between = [self.lit(person, s, rule.what) for s in range(end + 1, again)]
                    self.model.add_bool_or([~self.lit(person, end, rule.what), ~self.lit(person, again, rule.what),
                                            *between])

    def pinned(self, rule: Pinned) -> None:
        for person in rule.bound(self.layer.people):
            for slot in (s for s in self.layer.present(person) if s in rule.during):
                there = self.on(person, slot, rule.what)
                if rule.priority is None:
                    self.model.add(there == 1)
                else:
                    self.cost.append(rule.points * (1 - there))

    def forbidden(self, rule: Forbidden) -> None:
        for person in rule.bound(self.layer.people):
            for slot in (s for s in self.layer.present(person) if rule.during is None or s in rule.during):
                there = self.on(person, slot, rule.what)
                if rule.priority is None:
                    self.model.add(there == 0)
                else:
                    self.cost.append(rule.points * there)


def solve_plain(program: Program, seconds: float, workers: int | None = None) -> Found:
    """Solve the obvious model with CP-SAT's own settings; ``workers`` None: as many as there are cores.

    Raises NotImplementedError for programs with rules that made-up programs do not have.
    """
    watch = Watch()
    plain = Plain(program)
    watch.built()
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = watch.left(seconds)
    if workers is not None:
        solver.parameters.num_workers = workers

    class Each(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
        def on_solution_callback(self) -> None:
            watch.found(round(self.objective_value))

    status = solver.solve(plain.model, Each())
    sizes = len(plain.model.proto.variables), len(plain.model.proto.constraints)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        watch.stage(plain.stage, None, whole(solver.best_objective_bound) if plain.cost else None)
        return watch.done("impossible" if status == cp_model.INFEASIBLE else "unknown", sizes, {})
    watch.stage(plain.stage, round(solver.objective_value), whole(solver.best_objective_bound))
    cells: dict[str, dict[int, tuple[str, ...]]] = {}
    for (person, slot, duty), variable in plain.x.items():
        if solver.boolean_value(variable):
            cells.setdefault(person, {})[slot] = (duty,)
    return watch.done("", sizes, {plain.layer.name: cells})
