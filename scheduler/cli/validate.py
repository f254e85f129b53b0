"""scheduler validate: every problem of a program file, and the page of sums."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import (
    FINE,
    IMPOSSIBLE,
    as_json,
    console,
    plural,
    print_json,
    program_argument,
    read,
    speaks_plainly,
)

if TYPE_CHECKING:
    from scheduler.check.sums import PersonSum, Sum
    from scheduler.domain.program import Program


@click.command(name="validate")
@program_argument
@as_json
@speaks_plainly
def command(program: Path, as_json: bool) -> int:
    """Read PROGRAM, list every problem with its place, and add up what is owed and what there is."""
    from scheduler.check.conflicts import conflicts
    from scheduler.check.room_sums import problems as every_problem
    from scheduler.check.sums import sums

    facts = read(program)
    layers = facts.layers()
    rotations, people = sums(layers[0], facts.rules)
    problems = every_problem(layers, facts.rules)
    below = [(layer.noun, sums(layer, facts.rules)[0]) for layer in layers[1:]]
    clashes = [conflict.sentence for conflict in conflicts(facts)]
    if as_json:
        print_json({
            "status": "impossible" if problems else "fine", "problems": problems,
            "conference_conflicts": clashes,
            "sums": [_line(line) for line in rotations],
            "below": [{"counted_in": f"{noun}s", "sums": [_line(line) for line in lines]} for noun, lines in below],
            "fellows": [{"fellow": p.person.name, "here": p.here, "owed": p.owed} for p in people],
            "assumptions": [asdict(a) for a in facts.assumptions]})
    else:
        _show(facts, rotations, people, problems, below, clashes)
    return IMPOSSIBLE if problems else FINE


def _line(line: Sum) -> dict[str, Any]:
    return {key: value for key, value in asdict(line).items() if key != "duties"}


def _show(facts: Program, rotations: list[Sum], people: list[PersonSum], problems: list[str],
          below: list[tuple[str, list[Sum]]], clashes: list[str]) -> None:
    from rich.table import Table

    out, noun = console(), facts.year.unit
    out.print(f"[bold]{facts.name}[/bold]: {plural(len(facts.people), 'fellow')}, "
              f"{plural(len(facts.year.periods), noun)} from {facts.year.start} to {facts.year.end}, "
              f"{plural(len(facts.rules), 'rule')}, {plural(len(facts.assumptions), 'assumption')}.\n")
    for unit, lines in [(noun, rotations), *below]:
        table = Table(title=f"Owed and available, in fellow-{unit}s", title_justify="left")
        table.add_column("Call" if unit == "night" else "Rotation")
        for head in ("owed at least", "owed at most", "must be staffed", "room for"):
            table.add_column(head, justify="right")
        table.add_column("")
        for line in lines:
            table.add_row(line.what, str(line.owed_min), _or_none(line.owed_max), str(line.needed),
                          _or_none(line.room), "[red]impossible[/red]" if line.problems else "fits")
        if lines:
            out.print(table)
    owed = Table(title=f"Fellows, in {noun}s", title_justify="left")
    owed.add_column("Fellow")
    for head in ("here", "owed at least", "left"):
        owed.add_column(head, justify="right")
    for one in people:
        owed.add_row(one.person.name, str(one.here), str(one.owed), str(one.here - one.owed))
    out.print(owed)
    if facts.assumptions:
        out.print("\nAssumed, because the program's documents do not say:")
        for assumption in facts.assumptions:
            out.print(f"  • {assumption.text}", markup=False)
    if clashes:
        out.print("\nConferences to look at:")
        for clash in clashes:
            out.print(f"  • {clash}", markup=False)
    if problems:
        out.print("\n[red bold]No schedule can exist:[/red bold]")
        for problem in problems:
            out.print(f"  • {problem}", markup=False)
    else:
        out.print("\nThe file reads well and no sum forbids a schedule. Next: scheduler solve.")


def _or_none(number: int | None) -> str:
    return "no limit" if number is None else str(number)
