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
    program_file,
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


#: an option that says a change → what it takes, and an example
TAKES = {
    "leave": ("FELLOW KIND FROM TO", '--leave "Ann Lee" "Sick leave" 2026-12-14 2026-12-27'),
    "pin": ("FELLOW ROTATION FROM TO", '--pin "Ann Lee" Clinic 2026-12-14 2026-12-27'),
    "not": ("FELLOW ROTATION FROM TO", '--not "Ann Lee" Nights 2026-12-14 2026-12-27'),
    "gone": ("FELLOW LAST-DAY", '--gone "Ann Lee" 2027-03-31'),
    "late": ("FELLOW FIRST-DAY", '--late "Ann Lee" 2026-08-03'),
    "closed": ("ROTATION FROM TO", "--closed Clinic 2026-12-21 2027-01-03"),
}
IN_WORDS = {"FELLOW": "the fellow’s name", "KIND": "the kind of leave", "ROTATION": "the rotation",
            "FROM": "the first day", "TO": "the last day", "LAST-DAY": "the fellow’s last day",
            "FIRST-DAY": "the fellow’s first day"}


def _change(name: str, words: str) -> Any:
    takes, _ = TAKES[name]
    return click.option(f"--{name}", f"change_{name}", nargs=len(takes.split()), multiple=True, metavar=takes,
                        help=words, callback=_whole)


def _whole(ctx: click.Context, param: click.Parameter, value: tuple[tuple[str, ...], ...]
           ) -> tuple[tuple[str, ...], ...]:
    """The values, unless one of them is the next option: then this one has too few."""
    if any(word.startswith("-") for words in value for word in words):
        raise click.UsageError(_takes(str(param.opts[0])), ctx)
    return value


def _takes(option: str) -> str:
    """What an option needs, in plain words, with an example."""
    takes, example = TAKES[option.removeprefix("--")]
    needed = [IN_WORDS[word] for word in takes.split()]
    return (f"{option} needs {len(needed)} things after it: {', '.join(needed[:-1])} and {needed[-1]}. A name of "
            f"several words stands in quotes, a day is year-month-day: {example}")


class Repairing(click.Command):
    """Says what is missing where an option that takes several values has too few."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it."""
        try:
            return super().parse_args(ctx, args)
        except click.BadOptionUsage as wrong:
            if wrong.option_name.removeprefix("--") in TAKES:
                raise click.UsageError(_takes(wrong.option_name), ctx) from None
            raise


@click.command(name="repair", cls=Repairing)
@program_argument
@click.argument("schedule", type=ScheduleFile())
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for everything made.")
@_change("leave", "Leave that was approved. Several times for several; so with all changes.")
@_change("pin", "Put a fellow on something.")
@_change("not", "Keep a fellow off something.")
@_change("gone", "A fellow leaves the program.")
@_change("late", "A fellow starts late.")
@_change("closed", "A rotation closes.")
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
    from scheduler.export.ledger import NAME, Ledger
    from scheduler.io.added_lines import Added
    from scheduler.io.old_schedule import read_old_schedule
    from scheduler.io.program_file import read_program
    from scheduler.repairing import NoRepair, calendars_of, repair_year, within
    from scheduler.solve.settings import Settings
    from scheduler.year import Disagreement

    added = Added(tuple((key.removeprefix("change_"), *map(str.strip, words)) for key, given in changes.items()
                        for words in given))
    facts = read_program(program_file(program), added)
    within(facts, added.words)
    notice = _notice(facts, today, frozen, weights, as_json)
    old, notes = read_old_schedule(schedule, facts)
    if output is not None:
        ready(output, replace, as_json)
        Ledger.read(calendars_of(schedule))         # raises DamagedFile now, not after the solve
    settings = Settings(seed=seed, workers=workers, seconds=time_limit)
    try:
        with Live(as_json) as live:
            repair = repair_year(facts, old, notice, settings, progress=live.tell)
    except NoRepair as none:
        return _none(facts, old, notice, settings, none, as_json)
    except Disagreement as bug:
        return _disagreement(facts, bug, output, as_json)
    going_on = any((folder / NAME).exists() for folder in (calendars_of(schedule), *(
        [output / "calendars"] if output is not None else [])))
    written = _write(repair, schedule, output, as_of, as_json) if output is not None else []
    if as_json:
        print_json({**as_dict(facts, repair), "notes": notes, "lines_to_add": [told.as_json() for told in added.lines],
                    "written": [str(p) for p in written]})
        return FINE
    say_changes(added, notes)
    say(facts, repair, output, going_on)
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


def _write(repair: Repair, schedule: Path, output: Path, as_of: date | None, as_json: bool) -> list[Path]:
    """Everything into the folder; its calendars go on from those beside the old schedule."""
    from scheduler.cli.solve import _version
    from scheduler.cli.solve import _write as write
    from scheduler.export.ledger import Ledger
    from scheduler.repairing import calendars_of

    Ledger.carry_over(calendars_of(schedule), output / "calendars")
    return write(repair.result, output, as_of, as_json, after=_version(schedule))


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
