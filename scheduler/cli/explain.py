"""scheduler explain: why no schedule exists, in rules and numbers, and what would help."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.common import (
    FINE,
    IMPOSSIBLE,
    NOT_FOUND,
    as_json,
    print_json,
    program_argument,
    read,
    ready,
    replace,
    speaks_plainly,
)
from scheduler.cli.live import Live

if TYPE_CHECKING:
    from scheduler.domain.program import Program
    from scheduler.explain.explanation import Conflict, Explanation
    from scheduler.explain.fixes import Fix


@click.command(name="explain")
@program_argument
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True,
              metavar="SECONDS", help="For the explanation, and as long again for what would help.")
@click.option("--fixes", "most", type=click.IntRange(0, 20), default=5, show_default=True, metavar="N",
              help="How many things that would help are looked for.")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False),
              help="Also make the best year that breaks the least, with what is broken marked, into this folder.")
@replace
@as_json
@speaks_plainly
def command(program: Path, time_limit: float, most: int, output: Path | None, replace: bool, as_json: bool) -> int:
    """Say why no schedule exists for PROGRAM: sums that cannot hold, smallest sets of rules that cannot all hold, and
    what would help, each tried on the whole program."""
    from scheduler.explain.conflicts import explain

    facts = read(program)
    if output is not None:
        ready(output, replace, as_json)
    layers = facts.layers()
    with Live(as_json) as live:
        found = explain(layers, facts.rules, seconds=time_limit, tell=live.say, heard=live.aside)
    helps: list[Fix] = []
    if not as_json:
        for line in found.last():
            click.echo(line)
    if found.status == "impossible" and most:
        helps = list(_helps(facts, found, most, time_limit, as_json))
    written = _least_broken(facts, output, time_limit, as_json) if output is not None else []
    if as_json:
        print_json({**_as_json(found), "fixes": [_fix(fix) for fix in helps], "written": [str(p) for p in written]})
    if found.status == "possible":
        return FINE
    return IMPOSSIBLE if found.status == "impossible" else NOT_FOUND


def _helps(facts: Program, found: Explanation, most: int, seconds: float, quiet: bool) -> Iterator[Fix]:
    """What would help, each shown as soon as it is found."""
    from scheduler.explain.fixes import fixes

    blamed = [rule for conflict in found.conflicts for rule in conflict.rules]
    number = 0
    live = Live(quiet)
    for fix in fixes(facts.layers(), facts.rules, facts.priorities, blamed, most=most, seconds=seconds,
                     tell=live.say_once):
        number += 1
        if not quiet:
            if number == 1:
                click.echo("\nWhat would help, each tried on the whole program, cheapest first:")
            first, *rest = fix.lines()
            click.echo("\n".join([f"{number}. {first}", *(f"   {line}" for line in rest)]))
        yield fix
    if not number and not quiet:
        click.echo("\nNo single change was found in the time given that makes a schedule possible.")


def _least_broken(facts: Program, output: Path, seconds: float, quiet: bool) -> list[Path]:
    from scheduler.explain.least_broken import least_broken
    from scheduler.solve.settings import Settings
    from scheduler.year import write_year

    with Live(quiet) as live:
        result = least_broken(facts, Settings(seconds=seconds), live.tell)
    if result is None:
        if not quiet:
            click.echo("\nNo year that breaks the least was found in the time given.")
        return []
    written = write_year(result, output)
    if not quiet:
        broken = list(dict.fromkeys(v.sentence for _, v in result.report.broken))
        click.echo(f"\nThe best year that breaks the least is in {output}; it breaks:")
        click.echo("\n".join(f"  ✗ {sentence}" for sentence in broken) or "  nothing")
    return written


def _as_json(found: Explanation) -> dict[str, Any]:
    """The JSON that other programs read."""
    return {"status": found.status, "seconds": round(found.seconds, 3), "counting": list(found.counting),
            "all_found": found.all_found, "conflicts": [_conflict(conflict) for conflict in found.conflicts]}


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {"smallest": conflict.smallest, "sums": list(conflict.sums), "rules": [
        {"rule": m.rule.title, "sentence": m.rule.sentence, "place": m.rule.place, "source": m.rule.source,
         "people": [p.name for p in m.people], "when": m.when} for m in conflict.members]}


def _fix(fix: Fix) -> dict[str, Any]:
    return {"sentences": list(fix.sentences), "cost": fix.cost, "proven_least": fix.least,
            "tiers": [{"name": t.name, "value": t.value, "bound": t.bound} for t in fix.tiers]}
