"""scheduler alternatives: other schedules that are as good, and differ as much as possible."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import (
    FINE,
    NOT_FOUND,
    as_json,
    console,
    print_json,
    program_argument,
    read,
    replace,
    speaks_plainly,
    stop,
)
from scheduler.domain.words import listing

if TYPE_CHECKING:
    from scheduler.alternatives import Alternatives
    from scheduler.domain.program import Program


@click.command(name="alternatives")
@program_argument
@click.argument("number", metavar="N", type=click.IntRange(2, 20))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True,
              help="Folder for the schedules, one folder each, and the page that compares them.")
@click.option("--within", multiple=True, metavar="LOSS",
              help="How much worse a priority may be: 2 for the last one, wishes=2 for another. In the number that "
              "`scheduler solve` shows; several times for several. Without it: not at all.")
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
              help="Stop after so long and keep what was found (default: until each is proven).")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same schedules.")
@click.option("--workers", type=click.IntRange(1, 8), default=1, show_default=True,
              help="Solver threads. One is quickest up to a hundred people; with several the schedules may differ from "
              "run to run.")
@replace
@as_json
@speaks_plainly
def command(program: Path, number: int, output: Path, within: tuple[str, ...], time_limit: float | None, seed: int,
            workers: int, replace: bool, as_json: bool) -> int:
    """Find N schedules for PROGRAM, equal in every priority, that differ as much as possible.

    The first is the one that `scheduler solve` would make. Ctrl-C keeps what was found so far.
    """
    from scheduler.alternatives import find_alternatives, write_alternatives
    from scheduler.cli.live import Live
    from scheduler.cli.solve import _disagreement, _no_schedule
    from scheduler.solve.settings import Settings
    from scheduler.year import Disagreement, NoSchedule

    facts = read(program)
    loss = _losses(facts, within)
    if (there := _in_the_way(output)) and not replace:
        stop(f"{output} already holds {listing(there, most=3)}. Use --replace to write over "
             f"{'it' if len(there) == 1 else 'them'}, or give another folder.", as_json)
    try:
        with Live(as_json) as live:
            found = find_alternatives(facts, number, Settings(seed=seed, workers=workers, seconds=time_limit),
                                      within=loss, progress=live.tell)
    except NoSchedule as none:
        return _no_schedule(facts, none.outcome, as_json)
    except Disagreement as bug:
        return _disagreement(facts, bug, output, as_json)
    written = write_alternatives(found, output)
    if as_json:
        print_json({**summary(found), "written": [str(path) for path in written]})
    else:
        _show(found, written[-1])
    return NOT_FOUND if len(found.found) == 1 and found.ended != "no other" else FINE


def _losses(facts: Program, within: tuple[str, ...]) -> dict[str, int]:
    """Priority → how much worse it may be. Raises BadInput with every problem."""
    from scheduler.io.problems import BadInput, Place, Problem, did_you_mean

    used = [name for name in facts.priorities if any(facts.in_tier(name))]
    found, problems = dict[str, int](), list[Problem]()
    for said in within:
        name, _, number = said.rpartition("=")
        name = name.strip() or (used[-1] if used else "")
        if not number.strip().isascii() or not number.strip().isdigit():
            problems.append(Problem(Place("--within"), f"“{said}” is not a loss.", "Write a whole number, such as 2, "
                                    "or a priority and a number: wishes=2."))
        elif name not in used:
            problems.append(Problem(Place("--within"), f"“{name}” is no priority of the program with any rules."
                                    if name else "The program has no priorities, so nothing can be given up.",
                                    did_you_mean(name, used)))
        else:
            found[name] = int(number)
    if problems:
        raise BadInput(problems)
    return found


def _in_the_way(folder: Path) -> list[str]:
    """What stands where alternatives would be written."""
    from scheduler.alternatives import FILES, MOST

    names = [f"alternative-{n}/{name}" for n in range(1, MOST + 1) for name in FILES] + ["alternatives.html"]
    return [name for name in names if (folder / name).exists()]


def summary(found: Alternatives) -> dict[str, Any]:
    """The JSON that other programs read."""
    from scheduler.export.alternatives_page import side_by_side
    from scheduler.export.alternatives_said import said

    table = side_by_side(found.found)
    return {
        "found": len(found.found), "ended": found.ended, "said": said(found),
        "distances": [{"alternative": n, "cells": cells, "proven_the_most": proven} for n, (cells, proven) in enumerate(
            zip(found.distances, found.proven, strict=True), start=2)],
        "table": [{"what": what, "values": list(values)} for what, values in table.rows],
        "pairs": [{"between": [p.one, p.other], "cells": p.cells, "fewest_if_names_are_swapped": p.renamed,
                   "most": p.most} for p in table.pairs]}


def _show(found: Alternatives, where: Path) -> None:
    from rich.table import Table

    from scheduler.export.alternatives_page import side_by_side
    from scheduler.export.alternatives_said import said

    out, facts = console(), side_by_side(found.found)
    for line in said(found):
        out.print(line, markup=False)
    if facts.rows:
        table = Table()
        table.add_column("Alternative")
        for n in range(1, len(found.found) + 1):
            table.add_column(str(n), justify="right")
        for what, values in facts.rows:
            table.add_row(what, *values)
        out.print(table)
    for line in _pairs(facts.pairs):
        out.print(line, markup=False)
    out.print(f"\nOpen {where} in a browser; each schedule has its own folder beside it.", markup=False)


def _pairs(pairs: Any) -> Iterator[str]:
    for pair in pairs:
        yield (f"{pair.one} and {pair.other} differ in {pair.cells}, most for {pair.most} "
               f"(rotation year: {pair.swapped}).")
