"""scheduler repair: after a change, keep the past and what was published, and change as little as possible."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import (
    FINE,
    IMPOSSIBLE,
    NOT_FOUND,
    Day,
    ScheduleFile,
    as_json,
    as_of,
    print_json,
    program_argument,
    ready,
    replace,
    speaks_plainly,
    stop,
)

if TYPE_CHECKING:
    from scheduler.domain.program import Program
    from scheduler.domain.schedule import Schedule
    from scheduler.explain.notice import Notice
    from scheduler.repairing import NoRepair, Repair
    from scheduler.solve.settings import Settings


class Weeks(click.ParamType):
    """A number of weeks: ``2``, ``2-weeks``."""

    name = "weeks"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"(\d{1,3})(?:[- ]?weeks?)?", value.strip(), re.ASCII)
        if not found:
            self.fail(f"“{value}” is not a number of weeks. Write 2-weeks.", param, ctx)
        return int(found[1])


def _change(name: str, number: int, metavar: str, words: str) -> Any:
    return click.option(f"--{name}", f"change_{name}", nargs=number, multiple=True, metavar=metavar, help=words)


@click.command(name="repair")
@program_argument
@click.argument("schedule", type=ScheduleFile())
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for everything made.")
@_change("leave", 4, "FELLOW KIND FROM TO", "Leave that was approved. Several times for several; so with all changes.")
@_change("pin", 4, "FELLOW ROTATION FROM TO", "Put a fellow on something.")
@_change("not", 4, "FELLOW ROTATION FROM TO", "Keep a fellow off something.")
@_change("gone", 2, "FELLOW LAST-DAY", "A fellow leaves the program.")
@_change("late", 2, "FELLOW FIRST-DAY", "A fellow starts late.")
@_change("closed", 3, "ROTATION FROM TO", "A rotation closes.")
@click.option("--today", type=Day(), metavar="DATE", help="The day of the change (default: today, within the year).")
@click.option("--frozen", type=Weeks(), default=2, show_default="2-weeks", metavar="N-WEEKS",
              help="Weeks ahead that stay as published, apart from what the change itself says.")
@click.option("--weights", metavar="WEEKS:WEIGHT,…", help="What a change weighs by its notice "
              "[default: 4:5,8:3,13:2,1: five with less than four weeks of notice, … then one].")
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
              help="Stop after so long and keep the best found (default: until proven).")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same year.")
@click.option("--workers", type=click.IntRange(1, 8), default=1, show_default=True, help="Solver threads.")
@replace
@as_of
@as_json
@speaks_plainly
def command(program: Path, schedule: Path, output: Path | None, today: date | None, frozen: int, weights: str | None,
            time_limit: float | None, seed: int, workers: int, replace: bool, as_of: date | None, as_json: bool,
            **changes: tuple[tuple[str, ...], ...]) -> int:
    """Repair SCHEDULE after a change of PROGRAM: the past stays, and as little as possible is changed.

    Either edit the program first (approved leave, pins, a fellow's start or end, a closed rotation), or say the change
    here: the lines to add to the program are then told.
    """
    from scheduler.cli.live import Live
    from scheduler.cli.repair_words import as_dict, say, say_changes
    from scheduler.cli.solve import _disagreement
    from scheduler.io.added_lines import Added
    from scheduler.io.old_schedule import read_old_schedule
    from scheduler.io.program_file import read_program
    from scheduler.repairing import NoRepair, repair_year
    from scheduler.solve.settings import Settings
    from scheduler.year import Disagreement

    added = Added(tuple((key.removeprefix("change_"), *map(str.strip, words)) for key, given in changes.items()
                        for words in given))
    facts = read_program(program / "program.yaml" if program.is_dir() else program, added)
    notice = _notice(facts, today, frozen, weights, as_json)
    old, notes = read_old_schedule(schedule, facts)
    if output is not None:
        ready(output, replace, as_json)
    settings = Settings(seed=seed, workers=workers, seconds=time_limit)
    try:
        with Live(as_json) as live:
            repair = repair_year(facts, old, notice, settings, progress=live.tell)
    except NoRepair as none:
        return _none(facts, old, notice, settings, none, as_json)
    except Disagreement as bug:
        return _disagreement(facts, bug, output, as_json)
    written = _write(repair, output, as_of, as_json) if output is not None else []
    if as_json:
        print_json({**as_dict(facts, repair), "notes": notes, "lines_to_add": added.lines,
                    "written": [str(p) for p in written]})
        return FINE
    say_changes(added, notes)
    say(facts, repair, output)
    return FINE


def _notice(facts: Program, today: date | None, frozen: int, weights: str | None, as_json: bool) -> Notice:
    """The day, what is frozen, and the weights; what is wrong with them ends the command."""
    from scheduler.explain.notice import Notice, read_bands, today_in
    day = today_in(facts, today, date.today())
    if day is not None and day > facts.year.end:
        stop(f"The year ended on {facts.year.end}; on {day} nothing of it can be changed. Give --today.", as_json)
    if weights is None:
        return Notice(day, frozen)
    try:
        bands, later = read_bands(weights)
    except ValueError as error:
        stop(f"--weights: {error}. Write 4:5,8:3,13:2,1: five with less than four weeks of notice, three with less "
             "than eight, two with less than thirteen, one for all that is later.", as_json)
    return Notice(day, frozen, bands, later)


def _write(repair: Repair, output: Path, as_of: date | None, as_json: bool) -> list[Path]:
    from scheduler.cli.solve import _write as write
    return write(repair.result, output, as_of, as_json)


def _none(facts: Program, old: Schedule, notice: Notice, settings: Settings, none: NoRepair, as_json: bool) -> int:
    """Why there is no repair, and what it would do to change the published weeks too."""
    from scheduler.cli.live import Live
    from scheduler.cli.repair_words import say_unfrozen
    from scheduler.repairing import NoRepair, repair_year, without_notice

    status = none.outcome.status
    if status != "impossible":
        if as_json:
            print_json({"status": status, "explanation": []})
        else:
            click.echo("No schedule was found in the time given, and none was proven impossible. Give it more time "
                       "(--time-limit).", err=True)
        return NOT_FOUND
    unfrozen = None
    with Live(as_json, "Looking for the reason …") as live:
        lines = why_none(none, live.say)
        if notice.today is not None and notice.frozen:
            try:
                unfrozen = repair_year(facts, old, without_notice(notice), settings, progress=live.tell, reasons=0.0)
            except NoRepair:
                unfrozen = None
    said = say_unfrozen(facts, notice, unfrozen)
    if as_json:
        print_json({"status": status, "explanation": lines, "unfreezing": said})
        return IMPOSSIBLE
    click.echo("The year cannot be repaired like this: it is proven that no schedule keeps every rule, the past and "
               "the frozen weeks.", err=True)
    for line in [*lines, *said]:
        click.echo(line, err=True)
    return IMPOSSIBLE


def why_none(none: NoRepair, tell: Callable[[str, float], None] | None = None) -> list[str]:
    """The smallest sets of rules that cannot all hold, the frozen weeks among them."""
    from scheduler.explain.conflicts import explain
    program = none.prepared.program
    return list(explain(program.layers(), program.rules, tell=tell).lines())
