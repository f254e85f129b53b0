"""scheduler export: write the files of a schedule again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from scheduler.domain.program import Program
    from scheduler.domain.result import Result


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
    """Check SCHEDULE and write its workbook, report and calendars.

    SCHEDULE is a schedule.json, our workbook (edited or not), or anybody's grid. What was proven is said of a
    schedule.json only, and only as far as it is still the schedule that was proven.
    """
    from scheduler.year import write_year

    facts = read(program)
    attended = None
    if attendance is not None:
        from scheduler.io.attendance_csv import actual, read_attendance
        attended = actual(facts, read_attendance(attendance, facts))
    ready(output, replace, as_json)
    result, unjudged = _read(schedule, facts, output)
    written = write_year(result, output, as_of, attended)
    if as_json:
        print_json({"written": [str(p) for p in written], "broken": len(result.report.broken),
                    "proven": result.status == "optimal"})
        return None
    out = console()
    if not result.report.ok:
        out.print(f"This schedule breaks the rules in {plural(len(result.report.broken), 'place')}; the report marks "
                  "them.")
    for line in unjudged:
        out.print(line, markup=False)
    out.print(f"Wrote {len(written)} files into {output}.")
    return None


def _read(path: Path, facts: Program, output: Path) -> tuple[Result, list[str]]:
    """The schedule of any file, judged, and what the file says nothing of.

    Of a file that people write in, nothing is proven; it counts on from the version that ``output`` holds.
    """
    from scheduler.cli import marking
    from scheduler.cli.solve import _version
    from scheduler.domain.result import Result
    from scheduler.io.any_schedule import read_anything
    from scheduler.io.schedule_json import read_result
    from scheduler.publishing import still_true

    found = read_anything(path, facts)
    if found.kind == "schedule.json":
        return still_true(read_result(path, facts)), []
    result = Result(facts, found.schedule, marking.judged(facts, found), "feasible", (),
                    datetime.now(UTC).replace(microsecond=0), version=_version(output / "schedule.json") + 1)
    return result, list(marking.unjudged(facts, found))
