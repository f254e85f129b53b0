"""scheduler pins: keep what somebody changed by hand, for the next solve."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import (
    ScheduleFile,
    as_json,
    console,
    plural,
    print_json,
    program_argument,
    program_file,
    read,
    speaks_plainly,
    stop,
)

if TYPE_CHECKING:
    from scheduler.check.differences import Change
    from scheduler.domain.program import Program
    from scheduler.domain.schedule import Schedule
    from scheduler.export.pins_csv import Pin
    from scheduler.io.any_schedule import AnySchedule


@click.command(name="pins")
@program_argument
@click.argument("edited", type=ScheduleFile())
@click.option("--from", "before", type=ScheduleFile(), required=True,
              metavar="SCHEDULE", help="The schedule.json that EDITED was made from, or its folder.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="PINS.csv",
              help="The table to write, beside the program file.")
@click.option("--replace", "over", is_flag=True, help="Write over an earlier table.")
@as_json
@speaks_plainly
def command(program: Path, edited: Path, before: Path, output: Path, over: bool, as_json: bool) -> int | None:
    """Keep the cells of EDITED that somebody changed, as pins for the next repair or solve.

    EDITED is the workbook after hand edits, or any other schedule. Cells emptied by hand are left free.
    """
    from scheduler.check.differences import changes
    from scheduler.export.files import write_atomically
    from scheduler.export.pins_csv import as_csv, pins
    from scheduler.io.any_schedule import read_any_schedule, read_anything

    if output.suffix.lower() != ".csv":
        stop(f"{output}: pins are a CSV table. Give it a name that ends in .csv.", as_json)
    if output.exists() and not over:
        stop(f"{output} is there already. Use --replace to write over it, or give another name.", as_json)
    facts = read(program)
    old = read_any_schedule(before, facts)
    new = read_anything(edited, facts, old)
    _made_from(new, old, edited, before, as_json)
    found = changes(_only(old, new), new.schedule)
    lines, left = pins(facts, found)
    free = [c for c in found if not c.after]
    if lines:
        write_atomically(output, as_csv(lines))
    if as_json:
        print_json({"written": str(output) if lines else None, "pins": [asdict(pin) for pin in lines],
                    "free": _said(facts, free), "not_pinned": _said(facts, left), "layers_missing": list(new.absent)})
    else:
        _show(facts, program, output, lines, found, free, left)
        if lines:
            _then(program, edited if not new.absent else before)
    return None


def _only(old: Schedule, new: AnySchedule) -> Schedule:
    """The old schedule without the layers that the new file says nothing of."""
    return replace(old, beside={name: s for name, s in old.beside.items() if name not in new.absent})


def _made_from(new: AnySchedule, old: Schedule, edited: Path, before: Path, as_json: bool) -> None:
    """Refuse a workbook made from another schedule: everything that differs would become a pin."""
    if new.written is None:
        return
    kept = {(p.id, s) for p in old.people for s in old.layer.slots
            if sorted(new.written.get(p.id, {}).get(s, ())) != sorted(old.at(p, s))}
    if kept:
        stop(f"{edited.name} was not made from {before.name}: before any change by hand, {plural(len(kept), 'cell')} "
             "of it already differed. Give the schedule.json that lay beside the workbook.", as_json)


def _said(facts: Program, found: list[Change]) -> list[str]:
    from scheduler.check.differences import in_words
    return in_words(facts.layers(), found)


def _show(facts: Program, program: Path, output: Path, lines: list[Pin], found: list[Change], free: list[Change],
          left: list[Change]) -> None:
    out = console()
    if not found:
        out.print("Nothing was changed by hand. Nothing was written.")
        return
    for title, mine in (("Kept:", [c for c in found if c.after and c not in left]),
                        ("Free, since the cell was emptied (not pinned):", free),
                        ("Changed, but no pin can say it (topics, and dates with several sessions):", left)):
        if mine:
            out.print(title)
            for sentence in _said(facts, mine):
                out.print(f"  {sentence}", markup=False)
    if not lines:
        out.print("There is nothing to pin. Nothing was written.")
        return
    out.print(f"Wrote {plural(len(lines), 'pin')} into {output}.", markup=False)
    for line in _next(program, output, lines):
        out.print(line, markup=False)


def _next(program: Path, output: Path, lines: list[Pin]) -> list[str]:
    """What to add to the program, which may have pins already."""
    path = program_file(program)
    name = Path(os.path.relpath(output, path.parent)).as_posix()
    there = re.search(r"^pins[ \t]*:[ \t]*(\S*)", path.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    if there is None:
        return [f"Add this line to {path.name}:", f"pins: {name}"]
    if there[1].strip("\"'") == name:
        return [f"{path.name} names it already."]
    if there[1] and not there[1].startswith(("[", "#")):
        return [f"{path.name} has pins in {there[1]}: add the rows of {name} to that table."]
    return [f"{path.name} has pins already: add these lines to them:", *(f"  {pin.yaml()}" for pin in lines)]


def _then(program: Path, schedule: Path) -> None:
    """What to run next: a repair keeps the year that people know, a solve makes another."""
    out = console()
    out.print("Then, for a year that people have seen (everything else stays as far as it can):", markup=False)
    out.print(f"  {shlex.join(['scheduler', 'repair', str(program), str(schedule), '-o', 'FOLDER'])}", markup=False)
    out.print("or, for a year that nobody has seen yet (everything else may change):", markup=False)
    out.print(f"  {shlex.join(['scheduler', 'solve', str(program), '-o', 'FOLDER'])}", markup=False)
