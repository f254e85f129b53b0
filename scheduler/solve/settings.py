"""Solver settings, chosen by measurement (docs/solving.md), not by default."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from scheduler.solve.contradictions import VARIABLES, WAYS

#: CP-SAT prepares by probing and by looking for symmetry; without both it is often ten times as fast here. What one
#: round of the rest leaves, more rounds seldom lessen, and they take as long as the search
QUICK: dict[str, float] = {"symmetry_level": 0, "cp_model_probing_level": 0, "max_presolve_iterations": 1}
#: deterministic work of the first turns, without relaxation and with one, and the round from which the full preparation
#: has a turn too
FIRST_GLANCE, FIRST_TURN, FULL_FROM = 0.15, 0.5, 3
#: variables from which a stage is solved by relaxation, parts and proof (``search``)
LARGE = 20_000


class MissingEngine(Exception):
    """An engine was asked for that is not installed here; says what to install."""


@dataclass(frozen=True)
class Settings:
    """``seed`` and ``workers`` are recorded with every result.

    One worker without a time limit is repeatable: the same program, seed and version give the same year, since every
    decision is made by the solvers' deterministic work and none by the clock. Several workers share large programs and
    race for what small ones leave, which is not repeatable. ``seconds`` limits the whole solve in wall time (None:
    until proven), which can make two runs differ too.

    ``linearization`` 2 (a single worker given the whole relaxation) also lets several ways of searching take turns;
    another value asks for that one way. ``race`` are the searches that several workers run after them. From
    ``large`` variables on a stage is solved by relaxation, parts and proof (``search``), on ``engine`` (``local``,
    ``processes``, ``ray``; None: by the number of workers). ``fix_hint`` asks only how the hinted values complete;
    ``confirm`` asks twice before anything is called impossible; ``glance`` and ``cores`` give a search without
    relaxation, and one by contradictions, their turns.
    """

    seed: int = 1
    workers: int = 1
    seconds: float | None = None
    linearization: int = 2
    race: tuple[str, ...] = ("default_lp", "reduced_costs")
    presolve: bool = True
    log: bool = False
    fix_hint: bool = False
    confirm: bool = True
    engine: str | None = None
    large: int = LARGE
    glance: bool = True
    cores: bool = True

    @property
    def takes_turns(self) -> bool:
        """Whether several ways of searching take turns: for one worker, unless one way was asked for."""
        return self.workers == 1 and self.linearization == 2 and self.presolve and not self.fix_hint

    @property
    def turns_a_round(self) -> int:
        """How many turns one round has, before the full preparation has one too."""
        return len(WAYS) * self.cores + self.glance + 2

    def turns(self, hinted: bool = False, width: int = 0) -> Iterator[dict[str, Any]]:
        """CP-SAT's parameters of one turn after another, for ever: each way gets twice as much work as before.

        Work is the solver's own deterministic time, so the turns are repeatable. The ways differ by a hundred times
        from one stage to the next, either way round, and nothing seen beforehand tells which is the quick one.
        ``hinted``: there is a whole schedule already; often it is the best, and (of rotations, where there are glances)
        is seen to be without any preparation.
        ``width`` is the number of variables.
        """
        for number in count():
            light = {**QUICK, "cp_model_presolve": not (hinted and self.glance) or number > 0}
            if self.cores:
                for work, parameters in WAYS:
                    yield {**parameters, "max_deterministic_time": work * max(1.0, width / VARIABLES) * 2 ** number,
                           "random_seed": self.seed + number}
            if self.glance:
                yield {**light, "max_deterministic_time": FIRST_GLANCE * 2 ** number, "linearization_level": 0}
            limit = {"max_deterministic_time": FIRST_TURN * 2 ** number}
            yield {**limit, **light, "linearization_level": 1}
            yield {**limit, **QUICK, "linearization_level": 2}
            if number >= FULL_FROM:
                yield limit

    def apply(self, parameters, seconds: float | None) -> None:
        """Write the settings into CP-SAT's parameters; ``seconds`` is what is left for this solve."""
        parameters.random_seed = self.seed
        parameters.num_workers = self.workers
        parameters.linearization_level = self.linearization if self.workers == 1 else 1
        parameters.cp_model_presolve = self.presolve
        parameters.log_search_progress = self.log
        parameters.fix_variables_to_their_hinted_value = self.fix_hint
        if self.workers > 1:
            parameters.subsolvers.extend(self.race)
        if seconds is not None:
            parameters.max_time_in_seconds = max(0.01, seconds)
