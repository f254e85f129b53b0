"""scheduler export: write the files of a schedule again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from scheduler.cli.common import (
    ScheduleFile,
    as_json,
    as_of,
    console,
    plural,
    print_json,
    program_argument,
    read,
    ready,
    replace,
    speaks_plainly,
)


@click.command(name="export")
@program_argument
@click.argument("schedule", type=ScheduleFile())
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True,
              help="Folder for the files; calendars there are brought up to date event by event.")
@click.option("--attendance", type=click.Path(path_type=Path, dir_okay=False),
              help="A CSV of who was there (date, series, fellow, present), for the report.")
@replace
@as_of
@as_json
@speaks_plainly
def command(program: Path, schedule: Path, output: Path, attendance: Path | None, replace: bool, as_of: date | None,
            as_json: bool) -> int | None:
    """Check SCHEDULE and write its workbook, report and calendars."""
    from scheduler.io.schedule_json import read_result
    from scheduler.year import write_year

    facts = read(program)
    attended = None
    if attendance is not None:
        from scheduler.io.attendance_csv import actual, read_attendance
        attended = actual(facts, read_attendance(attendance, facts))
    ready(output, replace, as_json)
    result = read_result(schedule, facts)
    written = write_year(result, output, as_of, attended)
    if as_json:
        print_json({"written": [str(p) for p in written], "broken": len(result.report.broken)})
        return None
    out = console()
    if not result.report.ok:
        out.print(f"This schedule breaks the rules in {plural(len(result.report.broken), 'place')}; the report marks "
                  "them.")
    out.print(f"Wrote {len(written)} files into {output}.")
    return None
