"""scheduler swap: who could trade with a fellow, and what each trade would do."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import (
    BROKEN,
    FINE,
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
    stop,
)
from scheduler.domain.layer import LAYERS

if TYPE_CHECKING:
    from scheduler.check.swaps import Offers
    from scheduler.domain.layer import Person
    from scheduler.domain.program import Program
    from scheduler.domain.schedule import Schedule
    from scheduler.io.command_words import CommandWords


@click.command(name="swap")
@program_argument
@click.argument("schedule", type=ScheduleFile())
@click.argument("fellow", metavar="FELLOW")
@click.argument("when", metavar="DATE")
@click.option("--to", "until", metavar="DATE", help="The last date, where it is more than one week, night or day.")
@click.option("--with", "partner", metavar="FELLOW", help="Only trades with this fellow.")
@click.option("--layer", type=click.Choice(LAYERS[:4]), default=LAYERS[0], show_default=True,
              help="What is traded: a week's rotation, or the half-day, the night of call or the conference.")
@click.option("--call", "layer", flag_value="call", help="Short for --layer call.")
@click.option("--all", "everything", is_flag=True, help="Show every trade, and what forbids the impossible ones.")
@click.option("--apply", "number", type=click.IntRange(1), metavar="N",
              help="Make the trade that stands at N in the list; give a folder for the year with it (-o).")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for the year with it.")
@replace
@as_of
@as_json
@speaks_plainly
def command(program: Path, schedule: Path, fellow: str, when: str, until: str | None, partner: str | None, layer: str,
            everything: bool, number: int | None, output: Path | None, replace: bool, as_of: date | None,
            as_json: bool) -> int:
    """Say who could trade with FELLOW on DATE, the best trades first, each checked against every rule.

    DATE is any day of the week that is traded, as 2026-10-12. SCHEDULE is a schedule.json, a workbook or a grid.
    """
    from scheduler.check.swaps import swaps
    from scheduler.cli.swap_words import as_dict, show
    from scheduler.io.any_schedule import read_any_schedule

    if (number is None) != (output is None):
        stop("--apply N and -o FOLDER belong together: which trade is made, and where the year with it is written.",
             as_json)
    facts = read(program)
    if output is not None:
        ready(output, replace, as_json)
    year = read_any_schedule(schedule, facts)
    person, other, slots = _asked(facts, year, layer, fellow, partner, when, until)
    with _Count(as_json) as count:
        offers = swaps(facts, year, person, layer, slots, partner=other, tell=count.tell)
    if number is not None and output is not None:
        return _apply(facts, year, schedule, offers, number, output, as_of, as_json)
    if as_json:
        print_json(as_dict(facts, year, person, slots, layer, offers, everything))
    else:
        show(year, person, slots, layer, offers, everything)
    return FINE if offers.possible else BROKEN


def _asked(facts: Program, year: Schedule, layer: str, fellow: str, partner: str | None, when: str, until: str | None
           ) -> tuple[Person, Person | None, list[int]]:
    """Who asks, with whom, and the slots; everything that is wrong with the words is told at once."""
    from scheduler.io.command_words import CommandWords

    words = CommandWords(facts)
    if words.layer(layer) is None:
        words.done()
    if layer != year.layer.name and layer not in year.beside:
        words.wrong("SCHEDULE", f"This schedule has no {layer}.", "Give the schedule.json.")
    person = words.person(fellow, layer)
    other = words.person(partner, layer, "--with") if partner else None
    window = words.slots(when, layer, until)
    words.done()
    assert person is not None and window is not None
    if other is not None and other.id == person.id:
        words.wrong("--with", f"{person} cannot trade with {person}.", "Name somebody else.")
    slots = _slots(words, year if layer == year.layer.name else year.beside[layer], person, sorted(window.slots))
    words.done()
    return person, other, slots


def _slots(words: CommandWords, year: Schedule, person: Person, asked: list[int]) -> list[int]:
    """Those of the slots in which the person has something to trade; it is told where there is nothing."""
    have = [slot for slot in asked if year.at(person, slot)]
    if not have:
        mine = sorted(year.cells.get(person.id, {}), key=lambda s: min((abs(s - a) for a in asked), default=0))
        near = f"The nearest is {year.when(mine[:1])}." if mine else ""
        what = {"call": "call", "conferences": "conference to present"}.get(
            year.layer.name, "clinic or short rotation" if year.layer.parent else "rotation")
        words.wrong("DATE", f"{person} has no {what} {year.dated(asked)}.", near)
    return have


class _Count:
    """One line on standard error while trades are tried."""

    def __init__(self, quiet: bool):
        self.quiet = quiet

    def __enter__(self) -> _Count:
        if not self.quiet:
            self.status = console(stderr=True).status("Looking for trades …")
            self.status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if not self.quiet:
            self.status.stop()

    def tell(self, done: int, of: int) -> None:
        if not self.quiet and done % 10 == 0:
            self.status.update(f"Trying trade {done} of {of} …")


# -- making one

def _apply(facts: Program, year: Schedule, path: Path, offers: Offers, number: int, output: Path, as_of: date | None,
           as_json: bool) -> int:
    """Write the year with a trade made, checked again from the start."""
    from scheduler.cli.swap_words import effect_lines, title
    from scheduler.trading import make_trade

    if number > len(offers.possible):
        stop(f"There is no trade {number}; {plural(len(offers.possible), 'trade')} of this list can be made."
             if offers.possible else "No trade can be made; --all shows what forbids each.", as_json)
    offer = offers.possible[number - 1]
    source = year if offer.trade.layer == year.layer.name else year.beside[offer.trade.layer]
    result, written = make_trade(facts, year, offer, path, output, as_of)
    if as_json:
        print_json({"applied": title(source, offer), "consequences": effect_lines(year, offer),
                    "broken": len(result.report.broken), "written": [str(p) for p in written]})
        return FINE if result.report.ok else BROKEN
    out = console()
    out.print(f"Made: {title(source, offer)}", markup=False)
    for line in effect_lines(year, offer):
        out.print(f"   {line}", markup=False)
    if not result.report.ok:
        out.print("The schedule broke rules before the trade and still does; the report marks them.")
    out.print(f"Wrote {len(written)} files into {output}, version {result.version}.")
    return FINE if result.report.ok else BROKEN
