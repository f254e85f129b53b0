"""scheduler why: why a fellow is not on something (or is), and what it would cost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import (
    FINE,
    IMPOSSIBLE,
    NOT_FOUND,
    ScheduleFile,
    as_json,
    console,
    print_json,
    program_argument,
    read,
    speaks_plainly,
)
from scheduler.domain.layer import LAYERS

if TYPE_CHECKING:
    from scheduler.domain.program import Program
    from scheduler.domain.result import Tier
    from scheduler.domain.schedule import Schedule
    from scheduler.explain.asking import Asked


@click.command(name="why")
@program_argument
@click.argument("schedule", type=ScheduleFile())
@click.argument("fellow", metavar="FELLOW")
@click.argument("what", metavar="WHAT")
@click.argument("when", metavar="DATE")
@click.option("--to", "until", metavar="DATE", help="The last date, where it is more than one week: all of them.")
@click.option("--not", "ruled_out", is_flag=True, help="The opposite: why is the fellow on WHAT then?")
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", default=60.0,
              show_default=True, help="Stop after so long, and say what is known by then.")
@as_json
@speaks_plainly
def command(program: Path, schedule: Path, fellow: str, what: str, when: str, until: str | None, ruled_out: bool,
            time_limit: float, as_json: bool) -> int:
    """Say why FELLOW is not on WHAT on DATE: what forbids it, or what would be lost.

    WHAT is a rotation, leave, clinic, call role or conference; DATE any day of the week that is meant, as 2026-12-21.
    Of clinics, it is about any half-day of the date.
    """
    from scheduler.cli.live import Live
    from scheduler.cli.why_words import as_dict, lines
    from scheduler.explain.notice import today_in
    from scheduler.explain.why import why
    from scheduler.io.any_schedule import read_any_schedule
    from scheduler.solve.settings import Settings

    facts = read(program)
    year = read_any_schedule(schedule, facts)
    asked = _asked(facts, year, fellow, what, when, until, not ruled_out)
    with Live(as_json) as live:
        found = why(facts, year, asked, _proven(schedule, facts), Settings(seconds=time_limit), progress=live.tell)
    today = today_in(facts, None, date.today())
    if as_json:
        print_json(as_dict(facts, year, found, program, schedule, today))
    else:
        out = console()
        for line in lines(facts, year, found, program, schedule, today):
            out.print(line, markup=False)
    verdict = found.answer.verdict if found.answer is not None else "equal"
    return IMPOSSIBLE if verdict == "impossible" else NOT_FOUND if verdict == "undecided" else FINE


def _asked(facts: Program, year: Schedule, fellow: str, what: str, when: str, until: str | None, wanted: bool) -> Asked:
    """The question; everything that is wrong with its words is told at once."""
    from scheduler.explain.asking import Asked
    from scheduler.io.command_words import CommandWords

    words = CommandWords(facts)
    duties = words.duties(what)
    layer = duties[1] if duties is not None else LAYERS[0]
    person = words.person(fellow, layer)
    window = words.slots(when, layer, until)
    if layer != year.layer.name and layer not in year.beside:
        words.wrong("SCHEDULE", f"This schedule has no {layer}.", "Give the schedule.json.")
    words.done()
    assert duties is not None and person is not None and window is not None
    mine = year if layer == year.layer.name else year.beside[layer]
    here = frozenset(window.slots) & frozenset(mine.layer.present(person))
    if layer == "conferences":
        own = {role.series for series in facts.series for role in series.roles if role.name in duties[0]}
        here = frozenset(s for s in here if facts.sessions[s].series in own)
        if not here:
            words.wrong("DATE", f"There is no session of {duties[0]} then.", "Give the date of one.")
    elif not here:
        words.wrong("DATE", f"{person} is not here then.", "")
    words.done()
    return Asked(person=person, what=duties[0], slots=here, when=mine.dated(sorted(here)), whole=not mine.layer.parent,
                 wanted=wanted, layer_name=layer)


def _proven(path: Path, facts: Program) -> tuple[Tier, ...]:
    """What was proven of the year, where the file says so and the program is still the same."""
    from scheduler.io.problems import BadInput
    from scheduler.io.schedule_json import read_result
    try:
        result = read_result(path, facts)
        return () if result.repaired else result.tiers          # what a repair proves is given its few changes
    except BadInput:
        return ()
