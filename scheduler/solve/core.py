"""A hint which rules may be to blame: the solver's own core. It is a hint, not a proof, and never shown as it is."""

from __future__ import annotations

from scheduler.domain.rule import Rule
from scheduler.solve.posting import Posted


def core(posted: Posted, seconds: float = 3.0) -> list[Rule] | None:
    """Rules that the solver found to be in conflict, each switched by one literal; None where it found nothing in time.

    One worker and no objective, without which the core is of no use (and with interleaved search it is wrong:
    google/or-tools#4875).
    """
    from scheduler.solve.form import form_of, of_rows
    from scheduler.solve.handed import Handed, Run
    from scheduler.solve.settings import Settings

    rules = list({id(rule): rule for rule, _ in posted.conditions}.values())
    number = {id(rule): n for n, rule in enumerate(rules)}
    handed = Handed(form_of(posted.model, []))
    switches = handed.switched(of_rows(posted.form.low, posted.form.high, posted.rows),
                               [number[id(rule)] for rule, _ in posted.conditions])
    run = Run()
    Settings().apply(run.parameters, seconds)
    if not run.solve(handed).impossible:
        return None
    blamed = set(run.blamed())
    return [rule for rule, switch in zip(rules, switches, strict=True) if switch in blamed] or None
