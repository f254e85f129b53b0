"""Solver settings, chosen by measurement (docs/solving.md), not by default."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """``seed`` and ``workers`` are recorded with every result.

    One worker is repeatable: the same program and seed give the same year. Several race each other, which is faster on
    programs with much evenness and not repeatable. ``linearization`` 2 gives a single worker the whole relaxation,
    which on this problem is nearly integral; ``race`` are the searches that several workers run instead, both led by
    the relaxation, since CP-SAT's own choice for few workers proves little here. ``seconds`` limits the whole solve in
    wall time (None: until proven), which can make two runs differ too. ``fix_hint`` asks only how the hinted values
    complete; ``confirm`` asks twice before anything is called impossible.
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

    def apply(self, parameters, seconds: float | None) -> None:
        """Write the settings into CP-SAT's parameters; ``seconds`` is what is left for this solve."""
        parameters.random_seed = self.seed
        parameters.num_workers = self.workers
        parameters.linearization_level = self.linearization if self.workers == 1 else 1
        parameters.catch_sigint_signal = False
        parameters.cp_model_presolve = self.presolve
        parameters.log_search_progress = self.log
        parameters.fix_variables_to_their_hinted_value = self.fix_hint
        if self.workers > 1:
            parameters.subsolvers.extend(self.race)
        if seconds is not None:
            parameters.max_time_in_seconds = max(0.01, seconds)
