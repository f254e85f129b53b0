"""Solver settings, chosen by measurement (docs/solving.md), not by default."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """``seed`` and ``workers`` are recorded with every result: the same program, seed and workers give the same year.

    ``fix_hint`` asks only how the hinted values complete.

    ``linearization`` 2 gives CP-SAT the whole relaxation, which on this problem is nearly integral; ``seconds`` limits
    the whole solve in wall time (None: until proven), which is the one setting that can make two runs differ.
    """

    seed: int = 1
    workers: int = 1
    seconds: float | None = None
    linearization: int = 2
    subsolvers: tuple[str, ...] = ()
    presolve: bool = True
    log: bool = False
    fix_hint: bool = False

    def apply(self, parameters, seconds: float | None) -> None:
        """Write the settings into CP-SAT's parameters; ``seconds`` is what is left for this solve."""
        parameters.random_seed = self.seed
        parameters.num_workers = self.workers
        parameters.linearization_level = self.linearization
        parameters.catch_sigint_signal = False
        parameters.cp_model_presolve = self.presolve
        parameters.log_search_progress = self.log
        parameters.fix_variables_to_their_hinted_value = self.fix_hint
        if self.subsolvers:
            parameters.subsolvers.extend(self.subsolvers)
        if seconds is not None:
            parameters.max_time_in_seconds = max(0.01, seconds)
