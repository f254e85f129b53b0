"""scheduler export: write the files of a schedule again."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.cli.common import as_json, console, print_json, program_argument, read, speaks_plainly, stop


@click.command(name="export")
@program_argument
@click.argument("schedule", type=click.Path(path_type=Path, dir_okay=False))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True,
              help="Folder for the files; calendars there are brought up to date event by event.")
@click.option("--replace", is_flag=True, help="Write over an earlier result in the same folder.")
@as_json
@speaks_plainly
def command(program: Path, schedule: Path, output: Path, replace: bool, as_json: bool) -> int | None:
    """Check SCHEDULE and write its workbook, report and calendars."""
    from scheduler.io.schedule_json import read_result
    from scheduler.year import write_year

    facts = read(program)
    if (output / "schedule.json").exists() and not replace:
        stop(f"{output} already holds a schedule. Use --replace to write over it, or another folder.", as_json)
    result = read_result(schedule, facts)
    written = write_year(result, output)
    if as_json:
        print_json({"written": [str(p) for p in written], "broken": len(result.report.broken)})
        return None
    out = console()
    if not result.report.ok:
        out.print(f"This schedule breaks {len(result.report.broken)} rules; the report marks them.")
    out.print(f"Wrote {len(written)} files into {output}.")
    return None
