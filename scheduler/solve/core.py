"""A hint which rules may be to blame: the solver's own core. It is a hint, not a proof, and never shown as it is."""

from __future__ import annotations

from scheduler.domain.rule import Rule
from scheduler.solve.posting import Posted


def core(posted: Posted, seconds: float = 3.0) -> list[Rule] | None:
    """Rules that the solver found to be in conflict, each switched by one literal; None where it found nothing in time.

    One worker and no objective, without which the core is of no use (and with interleaved search it is wrong:
    google/or-tools#4875).
    """
    from scheduler.solve.cpsat import CpSat
    from scheduler.solve.settings import Settings

    engine = CpSat(posted.model, [])
    rules = list({id(rule): rule for rule, _ in posted.conditions}.values())
    switch = {id(rule): engine.model.new_bool_var("") for rule in rules}
    for rule, condition in posted.conditions:
        low = engine.INT_MIN if condition.at_least is None else condition.at_least
        high = engine.INT_MAX if condition.at_most is None else condition.at_most
        engine.model.add_linear_constraint(engine.expression(condition.sum), low, high).only_enforce_if(
            switch[id(rule)])
    engine.model.add_assumptions(list(switch.values()))
    solver = engine.solver()
    Settings().apply(solver.parameters, seconds)
    if solver.solve(engine.model) != engine.INFEASIBLE:
        return None
    found = set(solver.sufficient_assumptions_for_infeasibility())
    return [rule for rule in rules if switch[id(rule)].index in found] or None
