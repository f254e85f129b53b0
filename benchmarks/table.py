"""Results as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]
NAMES = {"ours": "ours", "plain": "plain CP-SAT", "highs": "HiGHS", "year": "reading to exports"}


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def seconds(number: float | None) -> str:
    """``0.42``, ``3.1``, ``47``; a dash where it never happened."""
    if number is None:
        return "–"
    return f"{number:.2f}" if number < 1 else f"{number:.1f}" if number < 10 else f"{number:.0f}"


def gap(step: Record) -> str:
    """Value and bound apart, as a share of the value; ``proven`` where they meet."""
    value, bound = step["value"], step["bound"]
    if value is None or bound is None:
        return "–"
    apart = abs(value - bound) / max(1, abs(value))
    return "proven" if value == bound else f"{apart:.1%}" if apart >= 0.01 else f"{apart:.2%}"


def proof(record: Record) -> float | None:
    """Seconds to the last proof; None where something is left unproven."""
    return record["seconds"] if record["status"] == "optimal" else None


def ratio(ours: Record | None, other: Record | None) -> str:
    """How many times faster ours is to the proof; "at least" where the other did not get there in its time."""
    if ours is None or other is None or other["status"] == "failed":
        return "–"
    if proof(ours) is None:
        return "ours unproven" if proof(other) is not None else "neither"
    times = (proof(other) or max(other["seconds"], other["limit"])) / max(proof(ours) or 0, 0.01)
    return f"{'at least ' if proof(other) is None else ''}{times:.1f} ×"


def machine(results: Record) -> str:
    """One line about the machine and the date."""
    m = results["machine"]
    return (f"{results['date']}: {m['cores']} cores, {m['processor']}, {m['memory_gb']} GB, {m['system']}; OR-Tools "
            f"{m['ortools']}, Python {m['python']}; load {m['load'][0]} when the run began"
            + (f"; settings {', '.join(results['settings'])}" if results["settings"] else "") + ".")


def corpus_runs(results: Record) -> list[Record]:
    """The runs of the corpus, without those that the curves are drawn from."""
    return [r for r in results["runs"] if not r["instance"].startswith("curve-")]


def _rows(results: Record) -> Iterable[list[str]]:
    for r in corpus_runs(results):
        if r["solver"] == "year":
            continue
        size = f"{r['people']} × {r['periods']} × {r['duties']}" if "people" in r else "–"
        steps = r["steps"] or [{"value": None, "bound": None}]
        values = ", ".join("–" if s["value"] is None else str(s["value"]) for s in steps)
        bounds = ", ".join("–" if s["bound"] is None else str(s["bound"]) for s in steps)
        trusted = {True: "", False: " (refused by the checker)"}[r.get("holds", True) and r.get("agrees", True)]
        yield [r["instance"], NAMES[r["solver"]], size, r["status"] + trusted, values, bounds,
               ", ".join(gap(s) for s in steps), seconds(r.get("first")), seconds(r.get("best")), seconds(proof(r)),
               f"{r['peak_mb']:.0f}", " / ".join(str(n) for n in r.get("sizes", ())) or "–"]


def table(results: Record) -> str:
    """Everything, a row a run."""
    head = ["instance", "solver", "people × periods × duties", "status", "value", "bound", "gap", "first, s", "best, s",
            "proof, s", "peak, MB", "variables / rows"]
    return machine(results) + "\n\n" + _markdown(head, _rows(results))


def ratios(results: Record) -> str:
    """Time to proof beside the alternatives, in the same run."""
    runs = {(r["instance"], r["solver"]): r for r in corpus_runs(results)}
    rows = []
    for name in dict.fromkeys(name for name, _ in runs):
        mine, plain, highs = (runs.get((name, solver)) for solver in ("ours", "plain", "highs"))
        if mine is not None:
            rows.append([name, seconds(proof(mine)), *(seconds(proof(r)) if r else "–" for r in (plain, highs)),
                         ratio(mine, plain), ratio(mine, highs)])
    return _markdown(["instance", "ours, s", "plain CP-SAT, s", "HiGHS, s", "against plain CP-SAT", "against HiGHS"],
                     rows)


def tiers(results: Record) -> str:
    """Of programs with several stages, each stage's value, bound and gap, given those before it."""
    rows = []
    for r in corpus_runs(results):
        if r["solver"] == "ours" and len(r["steps"]) > 1:
            rows += [[r["instance"], s["name"], str(s["value"]), str(s["bound"]), gap(s), seconds(s["seconds"])]
                     for s in r["steps"]]
    return _markdown(["instance", "stage", "value", "bound", "gap", "seconds"], rows)


def stories(results: Record) -> str:
    """The examples from reading to exports."""
    rows = [[r["instance"], r["status"], *(seconds(r.get(k)) for k in
             ("read", "solve", "check_and_reasons", "export", "seconds")), f"{r['peak_mb']:.0f}"]
            for r in results["runs"] if r["solver"] == "year"]
    return _markdown(["example", "status", "read, s", "solve, s", "check and reasons, s", "export, s", "in all, s",
                      "peak, MB"], rows)


def steps(results: Record) -> str:
    """Reading, building, checking and exporting a large program; one changed request."""
    return _markdown(["step", "wall, s", "processor, s"], [[s["step"], f"{s['wall']:.2f}", f"{s['processor']:.2f}"]
                                                           for s in results.get("steps", ())])


def history(kept: Mapping[str, Record]) -> str:
    """Our own time to proof, or the gap left, by date: a column for each results file that is kept in git."""
    columns = {date: {r["instance"]: r for r in corpus_runs(results) if r["solver"] == "ours"}
               for date, results in kept.items()}
    names = dict.fromkeys(name for runs in columns.values() for name in runs)

    def cell(record: Record | None) -> str:
        if record is None:
            return "–"
        left = [gap(step) for step in record["steps"] if gap(step) != "proven"]
        return f"{seconds(proof(record))} s" if proof(record) is not None else left[0] if left else record["status"]

    return _markdown(["instance", *columns], [[name, *(cell(runs.get(name)) for runs in columns.values())]
                                              for name in names])
