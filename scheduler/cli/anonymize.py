"""scheduler anonymize: a program and its schedule under other names, for a bug report."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.cli.common import (
    DISAGREE,
    FINE,
    ScheduleFile,
    as_json,
    print_json,
    program_argument,
    program_file,
    read,
    replace,
    speaks_plainly,
    stop,
)


@click.command(name="anonymize")
@program_argument
@click.argument("schedule", required=False, type=ScheduleFile())
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True,
              help="Folder for the copy.")
@replace
@as_json
@speaks_plainly
def command(program: Path, schedule: Path | None, output: Path, replace: bool, as_json: bool) -> int:
    """Write PROGRAM, and SCHEDULE if one is given, with names and free text replaced, fit to share in a bug report.

    Dates, amounts and rules stay what they are, so the copy gives the same proven values and the same verdicts.
    """
    from scheduler.anonymizing import Unfaithful, anonymized
    from scheduler.cli.publish import any_result

    path = program_file(program)
    result = any_result(schedule, read(path)) if schedule is not None else None
    if output.resolve() == path.parent.resolve():
        stop(f"{output} is the program's own folder. Give another one.", as_json)
    try:
        copy = anonymized(path, result)
    except Unfaithful as mistake:
        return _refuse(mistake.differences, as_json)
    there = [name for name in (*copy.files, "schedule.json") if (output / name).exists()]
    if there and not replace:
        stop(f"{output} already holds {' and '.join(there)}. Use --replace to write over "
             f"{'it' if len(there) == 1 else 'them'}, or give another folder.", as_json)
    if result is None:
        (output / "schedule.json").unlink(missing_ok=True)      # of another copy, under other names
    written = copy.write(output)
    if as_json:
        print_json({"written": [str(p) for p in written]})
        return FINE
    click.echo(f"Wrote {' and '.join(p.name for p in written)} into {output}. Names and free text are replaced; dates, "
               "amounts and rules are what they were. Look it over before you send it.")
    return FINE


def _refuse(differences: tuple[str, ...], as_json: bool) -> int:
    if as_json:
        print_json({"status": "disagreement", "differences": list(differences)})
        return DISAGREE
    click.echo("The copy would not be the same program. This is a mistake in this software, not in your program; "
               "nothing was written. What differs:", err=True)
    for what in differences[:10]:
        click.echo(f"  • {what}", err=True)
    return DISAGREE
