"""Impossible programs explained, and every claim of the explanations confirmed by other solves.

Run it as ``python -m tests.corpus.explain [NAME …] [--fixes N] [--say]``. Each case: the cause that was planted is
named; every conflict is impossible alone and possible without any one member; every fix is solved again on the whole
program.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from ortools.linear_solver import pywraplp

from scheduler.check.judge import judge
from scheduler.domain.layer import LAYERS, Layer
from scheduler.domain.program import Program
from scheduler.domain.rule import Rule
from scheduler.domain.schedule import Schedule
from scheduler.explain.conflicts import explain
from scheduler.explain.explanation import Conflict, Explanation
from scheduler.explain.fixes import Fix, fixes, softened
from scheduler.io.program_file import read_program
from scheduler.solve.driver import solve
from scheduler.solve.layered import solve_layers
from scheduler.solve.posting import Posted, post
from scheduler.solve.settings import Settings
from tests.corpus.impossible import Case, cases

#: another seed, two other searches: not the run that made the claim
OTHER = Settings(seed=7, workers=2, confirm=False)


@dataclass
class Told:
    """What one case gave. ``wrong`` are sentences about everything that was not as it must be; ``first`` is when the
    first sum or conflict was told, ``seconds`` when it was known whether there are more."""

    case: Case
    explanation: Explanation
    fixes: list[Fix]
    first: float
    seconds: float
    wrong: list[str]


def program(text: str) -> Program:
    """The program of a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "program.yaml"
        path.write_text(text, encoding="utf-8")
        return read_program(path)


def run(case: Case, number: int, seconds: float = 60.0) -> Told:
    """Explain one case, look for ``number`` fixes, and confirm everything; ``seconds`` limits each of the two."""
    facts = program(case.text)
    layers = facts.layers()
    began = time.monotonic()
    heard: list[float] = []
    found = explain(layers, facts.rules, seconds=seconds, heard=lambda _: heard.append(time.monotonic() - began))
    took = time.monotonic() - began
    said = "\n".join(found.lines())
    wrong = [f"does not name {word!r}" for word in case.names if word not in said]
    if found.status != "impossible":
        wrong.append(f"was said to be {found.status}")
    if case.counting and not (found.counting or any(c.sums for c in found.conflicts)):
        wrong.append("is a counting case, and no sum was told")
    for conflict in found.conflicts:
        wrong += confirm(layers, conflict)
    blamed = [rule for conflict in found.conflicts for rule in conflict.rules]
    helps = list(fixes(layers, facts.rules, facts.priorities, blamed, most=number, seconds=seconds)) if number else []
    for fix in helps:
        wrong += confirm_fix(facts, fix)
    return Told(case, found, helps, (heard or [took])[0], took, wrong)


def confirm(layers: Sequence[Layer], conflict: Conflict) -> Iterator[str]:
    """What is not true of a conflict: the set alone is impossible, and without any one member possible."""
    if not conflict.smallest:
        yield "a conflict was not made smallest"
    if possible(layers, conflict.parts) is not False:
        yield "a set is not impossible: " + " / ".join(m.sentence for m in conflict.members)
    for at, member in enumerate(conflict.members):
        others = conflict.parts[:at] + conflict.parts[at + 1:]
        if others and possible(layers, others) is not True:
            yield f"not needed: {member.sentence}"


def possible(layers: Sequence[Layer], rules: Sequence[Rule], seconds: float = 60.0) -> bool | None:
    """Whether these rules alone can hold, as one model of all layers concerned: another search, then HiGHS."""
    last = max((LAYERS.index(rule.layer_name) for rule in rules), default=0)
    some = [layer for layer in layers if LAYERS.index(layer.name) <= last]
    out = solve(some, rules, (), Settings(seed=OTHER.seed, workers=OTHER.workers, seconds=seconds / 3, confirm=False))
    if out.cells is not None or out.status == "impossible":
        return out.cells is not None
    word = mixed_integer(post(some, rules, (), prune=False), seconds)
    if word is None and len(some) > 1:
        out = solve_layers(some, rules, (), Settings(seed=3, seconds=seconds, confirm=False))
        word = True if out.cells is not None else False if out.status == "impossible" else None
    return word


def mixed_integer(posted: Posted, seconds: float) -> bool | None:
    """The same question to HiGHS, a solver of another kind; None where it has no answer in time."""
    solver = pywraplp.Solver.CreateSolver("HIGHS")
    solver.SetTimeLimit(int(seconds * 1000))
    vars_ = [solver.IntVar(low, high, "") for low, high in zip(posted.model.low, posted.model.high, strict=True)]
    infinity = solver.infinity()
    for sum_, low, high in (*posted.model.definitions,
                            *((c.sum, c.at_least, c.at_most) for _, c in posted.conditions)):
        row = solver.RowConstraint(-infinity if low is None else low - sum_.const,
                                   infinity if high is None else high - sum_.const, "")
        for var, coef in sum_.merged().items():
            row.SetCoefficient(vars_[var], coef)
    status = solver.Solve()
    return {pywraplp.Solver.OPTIMAL: True, pywraplp.Solver.FEASIBLE: True,
            pywraplp.Solver.INFEASIBLE: False}.get(status)


def confirm_fix(facts: Program, fix: Fix) -> Iterator[str]:
    """What is not true of a fix: with these rules alone given way there is a year that keeps all others."""
    if fix.grown is not None:
        layers, rules, way = fix.grown.layers, fix.grown.rules, frozenset[int]()
    else:
        layers, rules, way = tuple(facts.layers()), facts.rules, frozenset(id(rule) for rule, _ in fix.broken)
    giving = [rule for rule in rules if id(rule) in way]
    out = solve_layers(layers, softened(layers, rules, giving), ("gives way",) if giving else (),
                       Settings(seed=7, seconds=300, confirm=False))
    if out.cells is None:
        yield f"{'does not help' if out.status == 'impossible' else 'not confirmed again'}: {fix.sentences[0]}"
        return
    report = judge(rules, (), Schedule.joined([(layer, out.cells[layer.name]) for layer in layers]))
    broken = {id(v.rule) for v in report.rules if v.rule.priority is None and v.violations}
    if not broken <= way:
        yield f"breaks more than it says: {fix.sentences[0]}"


def main() -> None:
    """Run the cases; exit code 1 when anything was wrong."""
    said = argparse.ArgumentParser()
    said.add_argument("names", nargs="*", help="cases whose name holds one of these words; all without any")
    said.add_argument("--fixes", type=int, default=3)
    said.add_argument("--say", action="store_true", help="print every explanation")
    given = said.parse_args()
    told = []
    for case in cases():
        if given.names and not any(word in case.name for word in given.names):
            continue
        one = run(case, given.fixes)
        told.append(one)
        print(f"{'WRONG' if one.wrong else 'right'} {one.first:6.2f} s {one.seconds:6.2f} s  "
              f"{len(one.explanation.conflicts)} conflicts, {len(one.fixes)} fixes  "
              f"{'counting' if case.counting else '        '}  {case.name}", flush=True)
        for sentence in one.wrong:
            print(f"      {sentence}", flush=True)
        if given.say:
            print("\n".join(f"    {line}" for line in one.explanation.lines()))
            print("\n".join(f"    FIX {line}" for fix in one.fixes for line in fix.lines()), flush=True)
    for kind, some in (("counting", [t for t in told if t.case.counting]),
                       ("other", [t for t in told if not t.case.counting])):
        for what, times in (("first answer", [t.first for t in some]), ("everything", [t.seconds for t in some])):
            if some:
                print(f"{len(some)} {kind} cases, {what}: median {median(times):.2f} s, longest {max(times):.2f} s")
    sys.exit(any(t.wrong for t in told))


if __name__ == "__main__":
    main()
