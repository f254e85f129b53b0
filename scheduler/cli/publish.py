"""scheduler publish: keep a schedule as the next version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import (
    BROKEN,
    FINE,
    ScheduleFile,
    as_json,
    plural,
    print_json,
    program_argument,
    program_file,
    read,
    speaks_plainly,
    stop,
)

if TYPE_CHECKING:
    from scheduler.domain.program import Program
    from scheduler.domain.result import Result
    from scheduler.export.versions import Kept

by = click.option("--by", "who", metavar="NAME", help="Who publishes it.")
why = click.option("--why", metavar="TEXT", help="Why, in a few words: shown in the history.")
even_if_broken = click.option("--even-if-broken", is_flag=True,
                              help="Publish although rules are broken that must hold; the version says so.")


@click.command(name="publish")
@program_argument
@click.argument("schedule", type=ScheduleFile())
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True,
              help="The folder of all versions; each gets a numbered folder of its own in it.")
@by
@why
@even_if_broken
@as_json
@speaks_plainly
def command(program: Path, schedule: Path, output: Path, who: str | None, why: str | None, even_if_broken: bool,
            as_json: bool) -> int:
    """Keep SCHEDULE as the next version: who, when, why, and what changed since the version before.

    Each version holds the schedule, its program, the workbook, the report and the calendars, and is never changed
    again.
    """
    from scheduler.publishing import BrokenRules, publish
    name, reason = said(who, why)
    path = program_file(program)
    facts = read(program)
    result = any_result(schedule, facts)
    try:
        kept = publish(output, path, result, who=name, why=reason, even_if_broken=even_if_broken)
    except BrokenRules as broken:
        return refuse(broken.sentences, as_json)
    except KeyboardInterrupt:
        stop(f"Stopped. The version is there whole, or not at all: see `scheduler history {output}`.", as_json)
    tell(kept, as_json)
    return FINE


def said(who: str | None, why: str | None) -> tuple[str, str]:
    """Both, in one line each. Raises UsageError when one of them is missing."""
    name, reason = (" ".join((words or "").split()) for words in (who, why))
    if not name or not reason:
        raise click.UsageError("A version says who published it and why. Add " + " and ".join(
            word for word, given in (('--by "Your name"', name), ('--why "a few words"', reason)) if not given) + ".")
    return name, reason


def any_result(path: Path, facts: Program) -> Result:
    """The schedule of any file, judged; what was proven of it is known to our own schedule.json only."""
    from datetime import UTC, datetime

    from scheduler.domain.result import Result
    from scheduler.io.any_schedule import read_any_schedule
    from scheduler.io.schedule_json import read_result
    from scheduler.year import check_year

    if path.suffix.lower() == ".json":
        return read_result(path, facts)
    found = read_any_schedule(path, facts)
    return Result(facts, found, check_year(facts, found), "feasible", (), datetime.now(UTC).replace(microsecond=0))


def refuse(sentences: tuple[str, ...], as_json: bool) -> int:
    """The schedule breaks rules: say which, and how to publish it all the same."""
    if as_json:
        print_json({"status": "broken", "violations": list(sentences)})
        return BROKEN
    for sentence in sentences[:10]:
        click.echo(f"✗ {sentence}", err=True)
    if len(sentences) > 10:
        click.echo(f"  and {len(sentences) - 10} more", err=True)
    click.echo("Rules that must hold are broken, so nothing was published. Mend the schedule; or publish it all the "
               "same with --even-if-broken, and the version will say so.", err=True)
    return BROKEN


def tell(kept: Kept, as_json: bool) -> None:
    """What was published, and what changed."""
    from scheduler.export.versions import summary

    version = kept.version
    if as_json:
        print_json({"folder": str(kept.folder), **version.as_json()})
        return
    click.echo(f"Published version {version.number} in {kept.folder}. {summary(version)}")
    for sentence in version.said[:10]:
        click.echo(f"  • {sentence}")
    if len(version.said) > 10:
        click.echo(f"  and {len(version.said) - 10} more, in {kept.folder / 'changes.txt'}")
    if version.broken:
        click.echo(f"It breaks rules that must hold in {plural(len(version.broken), 'place')}; the version says so.")
