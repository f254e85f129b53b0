"""How cost grows with size: one small drawing, four panels, from the results file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.corpus import CURVES
from benchmarks.table import NAMES, proof

#: colours that stay apart for every kind of sight (Okabe and Ito), and a mark of its own for each solver
LOOKS = {"ours": ("#0072B2", "o"), "plain": ("#D55E00", "s"), "highs": ("#009E73", "^")}
AXES = {"people": "people (× 52 weeks × 15 rotations)", "weeks": "weeks (12 people)",
        "rotations": "rotations (12 people)", "rules": "share of services with rules of runs, %"}


def draw(results: Mapping[str, Any], path: Path) -> bool:
    """Draw the curves into an SVG file; False, and nothing drawn, where the results hold none of them.

    Filled marks are proofs; hollow ones stand at the time that was not enough. Raises ImportError without matplotlib,
    which the optional extra ``bench`` brings.
    """
    runs = {(r["instance"], r["solver"]): r for r in results["runs"]}
    if not any(name.startswith("curve-") for name, _ in runs):
        return False
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.fonttype"] = "none"            # words stay words: small, and found by a search
    matplotlib.rcParams["svg.hashsalt"] = "speed"           # the same figures give the same file
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(2, 2, figsize=(9, 6.5), sharey=True, layout="constrained")
    for (axis, label), panel in zip(AXES.items(), panels.flat, strict=True):
        for solver, (colour, mark) in LOOKS.items():
            points = [(size, runs[instance.name, solver]) for (a, size), instance in CURVES.items()
                      if a == axis and (instance.name, solver) in runs]
            shown = [(size, max(0.05, proof(r) or r["limit"]), proof(r) is not None) for size, r in points]
            if shown:
                panel.plot([s for s, *_ in shown], [t for _, t, _ in shown], color=colour, linewidth=1)
                panel.plot([s for s, _, ok in shown if ok], [t for _, t, ok in shown if ok], mark, color=colour,
                           label=NAMES[solver])
                panel.plot([s for s, _, ok in shown if not ok], [t for _, t, ok in shown if not ok], mark,
                           color=colour, fillstyle="none")
        panel.set(xlabel=label, yscale="log")
        panel.grid(alpha=0.3)
    for panel in panels[:, 0]:
        panel.set_ylabel("seconds to the proof")
    panels[0, 0].legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
    return True
