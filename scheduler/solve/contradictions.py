"""CP-SAT's search by contradictions, and what it can count.

Which parts of a cost cannot all stay at their least? Each such set (a core, in the solver's words) raises the bound,
and the first schedule found is the best, proven. Without a relaxation and without preparation, either of which takes
longer than the search, a dozen people's wishes are decided in a tenth of a second (docs/solving.md: measured).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from scheduler.solve.form import Ints

BY_CORES: dict[str, Any] = {
    "linearization_level": 0, "optimize_with_core": True, "core_minimization_level": 1, "cover_optimization": False,
    "use_sat_inprocessing": False, "cp_model_presolve": False, "symmetry_level": 0, "cp_model_probing_level": 0}
#: all parts of the cost at once; the others begin with the dearest
AT_ONCE: dict[str, Any] = {**BY_CORES, "max_sat_stratification": "STRATIFICATION_NONE"}
#: where the search begins is luck, and decides much: another order is another chance
BACKWARDS, SHUFFLED = ({"preferred_variable_order": f"IN_{order}_ORDER"} for order in ("REVERSE", "RANDOM"))
#: the ways that take turns, with deterministic work for ``VARIABLES`` or fewer: quick up to a dozen people; steadier;
#: and another chance
WAYS: tuple[tuple[float, dict[str, Any]], ...] = (
    (0.1, {**AT_ONCE, **BACKWARDS}), (0.4, {**BY_CORES, **BACKWARDS}), (0.4, {**BY_CORES, **SHUFFLED}))
VARIABLES = 10_000


def countable(cost: Ints, low: Ints, high: Ints) -> bool:
    """Whether there is something to count from: yes or no each, or amounts that all pull the same way.

    ``cost`` has a coefficient for each variable, between its bounds. A difference of two amounts begins far below
    nothing, and would be counted up from there.
    """
    used = cost != 0
    signs = np.sign(cost[used])
    return bool(np.all(high[used] - low[used] <= 1) or np.all(signs == signs[0]))
