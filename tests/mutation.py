"""Would the tests notice? Every single-token slip in a rule's file must make that rule's own tests fail; so must
silencing one of the ways in which it speaks (``post``, ``check``, ``measures`` …).

``python -m tests.mutation [rule ...]`` copies the repository to a temporary folder, and there, one slip at a time, runs
``tests/constraints/test_RULE.py`` on the slipped ``constraints/RULE.py``. A slip that no test notices is a survivor:
either a test is missing, or the slip changes nothing that anybody can see; then it is listed in ``EQUIVALENT`` with
the reason. Exit 1 if a survivor is not explained. Needs ``os.fork`` (not on Windows).
"""

from __future__ import annotations

import ast
import importlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 60                                # longer than this is as good as failed
OPPOSITES = [(ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.In, ast.NotIn), (ast.Is, ast.IsNot),
             (ast.Add, ast.Sub), (ast.And, ast.Or)]
SWAPPED = {a: b for one, two in OPPOSITES for a, b in ((one, two), (two, one))}
SPEAKS = ("post", "check", "measures", "never", "claims", "waivers", "owed", "wishes", "room")
BOUNDS = {"at_least": "at_most", "at_most": "at_least"}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "largest": "smallest", "smallest": "largest"}

#: slips that change nothing, by rule: (the slipped line, why nobody can see it)
EQUIVALENT: dict[str, list[tuple[str, str]]] = {
    "before": [
        ("if missing < 0:", "nothing missing: the conditions, if posted, say only that a sum is not negative"),
        ("if missing <= -1:", "the same")],
    "most_per": [
        ("if room.above.model.upper(amount) >= self.limit:", "a sum that cannot be too large is posted for nothing"),
        *((f"if len(parts) {slip}:", "one part or two are told exactly by the parts themselves")
          for slip in (">= 1", "> 0", "> 2"))],
    "by_the_week": [
        (f"if model.upper(both) {slip}:", "a sum that cannot be too large is posted for nothing")
        for slip in (">= 1", "> 0")],
    "days_apart": [
        (f"if len(held.vars) + held.const {slip}:", "a single cell, which cannot be too many, is posted for nothing")
        for slip in (">= 1", "> 0")],
    "free_before_leave": [
        ("if most.vars or most.const <= len(open_):", "a sum that cannot be too large is posted for nothing")],
    "ranked_requests": [
        ("choices = chain.from_iterable((combinations(dear, n) for n in range(len(dear) + 2)))",
         "nothing can be chosen in more ways than there are wishes"),
        *((f"losses.append(loss if board.model.lower(loss) {slip} else board.model.beyond(loss))",
           "the slower way to the same value") for slip in ("> 0", ">= 1"))],
    "run_length": [
        ("on += [Linear()] * (length + 1)", "one more slot after the year, in which nothing can be meant")],
    "whole_days": [
        ("if len(each) == 1:", "two halves told the longer way"),
        ("days = room.above.model.variable(-1, room.above.model.upper(amount) // size)", "amounts are never negative")],
}


@dataclass(frozen=True)
class Mutant:
    """A slipped file: its text, the line in the original file, and that line as slipped."""

    text: str
    line: int
    said: str


def slips(node: ast.AST) -> Iterator[tuple[str, object]]:
    """Every (field, new value) that is one token away from this node."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield "value", node.value + 1
        yield "value", node.value - 1
    elif isinstance(node, ast.Compare):
        for n, op in enumerate(node.ops):
            if type(op) in SWAPPED:
                yield "ops", [*node.ops[:n], SWAPPED[type(op)](), *node.ops[n + 1:]]
    elif isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp) and type(node.op) in SWAPPED:
        yield "op", SWAPPED[type(node.op)]()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "operand", ast.UnaryOp(ast.Not(), node.operand)       # `not x` → `not not x`
    elif isinstance(node, ast.Name) and node.id in NAMES:
        yield "id", NAMES[node.id]
    elif isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield "attr", NAMES[node.attr]
    elif isinstance(node, ast.Call) and sum(k.arg in BOUNDS for k in node.keywords) == 1:
        yield "keywords", [ast.keyword(BOUNDS.get(k.arg or "", k.arg), k.value) for k in node.keywords]
    elif isinstance(node, ast.FunctionDef) and node.name in SPEAKS:
        yield "body", ast.parse("return iter(())").body


def mutants(source: str) -> Iterator[Mutant]:
    """Every slip of a file, one at a time."""
    tree = ast.parse(source)
    plain = ast.unparse(tree).splitlines()
    for node in list(ast.walk(tree)):
        for name, new in list(slips(node)):
            old = getattr(node, name)
            setattr(node, name, new)
            text = ast.unparse(ast.fix_missing_locations(tree))
            setattr(node, name, old)
            said = next(b for a, b in zip(plain, text.splitlines(), strict=False) if a != b)
            yield Mutant(text, node.lineno, said.strip() if name != "body" else f"{node.name} says nothing")


def passes(rule: str, text: str, copy: Path) -> bool:
    """Whether the rule's own tests pass on this text of its file: in a child process, which has everything loaded."""
    (copy / "constraints" / f"{rule}.py").write_text(text, encoding="utf-8")
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        try:
            import pytest
            code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--assert=plain",
                                    f"tests/constraints/test_{rule}.py"]))
            used = sys.modules.get(f"constraints.{rule}")
            if used is not None and not Path(used.__file__ or "").is_relative_to(copy):
                code = 99
        except BaseException:
            code = 98
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code == 99:
        raise RuntimeError("the tests did not run on the copy")
    return code == 0


def examine(rule: str, copy: Path) -> tuple[int, int, int, list[str]]:
    """Mutants, killed, equivalent, and what is wrong: survivors without a reason, and reasons without a survivor."""
    home = copy / "constraints" / f"{rule}.py"
    source = home.read_text(encoding="utf-8")
    if not passes(rule, ast.unparse(ast.parse(source)), copy):
        raise SystemExit(f"{rule}: its tests fail already, without any slip")
    reasons = dict(EQUIVALENT.get(rule, []))
    made, killed, used, wrong = 0, 0, [], []
    for mutant in mutants(source):
        made += 1
        if not passes(rule, mutant.text, copy):
            killed += 1
        elif mutant.said in reasons:
            used.append(mutant.said)
        else:
            wrong.append(f"  survives: constraints/{rule}.py:{mutant.line}: {mutant.said}")
    home.write_text(source, encoding="utf-8")
    wrong += [f"  no such survivor any more: {rule}: {said}" for said in reasons if said not in used]
    return made, killed, len(used), wrong


def main(rules: list[str]) -> int:
    """Examine these rules (all that have tests, if none is named) and print what was found."""
    tested = {p.stem.removeprefix("test_") for p in (ROOT / "tests" / "constraints").glob("test_*.py")}
    rules = rules or sorted(r for r in tested if (ROOT / "constraints" / f"{r}.py").exists())
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder).resolve()
        for name in ("constraints", "scheduler", "tests"):
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "vendor"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        os.chdir(copy)
        sys.dont_write_bytecode = True
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"        # they cost more time than the tests
        sys.path[:] = [str(copy), *(p for p in sys.path if p and Path(p).resolve() != ROOT)]
        for module in [m for m in sys.modules if m.split(".")[0] in ("tests", "scheduler", "constraints")]:
            del sys.modules[module]
        for module in ("pytest", "_pytest.assertion.rewrite", "ortools.sat.python.cp_model_helper"):
            importlib.import_module(module)                         # once, before every fork
        for rule in rules:
            began = time.monotonic()
            made, killed, same, wrong = examine(rule, copy)
            print(f"{rule:18} {made:4} mutants {killed:4} killed {same:3} equivalent {len(wrong):3} unexplained"
                  f"  ({time.monotonic() - began:.0f} s)", *wrong, sep="\n", flush=True)
            bad += bool(wrong)
        os.chdir(ROOT)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
