"""What a repair says: what is frozen, who is affected and how, what was given up, what stays to be done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from scheduler.check.differences import Change, in_words
from scheduler.cli.common import console, plural
from scheduler.cli.solve import summary
from scheduler.domain.layer import LAYERS
from scheduler.domain.program import Program
from scheduler.domain.words import listing
from scheduler.explain.notice import Notice
from scheduler.export.tier_words import title
from scheduler.io.added_lines import Added
from scheduler.repairing import Repair


def say_changes(added: Added, notes: Sequence[str]) -> None:
    """What the program no longer knows, and the lines that make the change stay."""
    for note in notes:
        click.echo(f"The published schedule: {note}")
    if added:
        click.echo("So that the change stays, write it into the program file; lines can be copied as they stand here.")
        for told in added.lines:
            click.echo("\n".join([told.where, *told.lines]))
        click.echo()


def say(facts: Program, repair: Repair, output: Path | None, going_on: bool = True) -> None:
    """The whole answer. ``going_on``: the calendars follow those that were published."""
    result = repair.result
    out = console()
    chosen = [change for change, _ in repair.chosen]
    proven = "proven least" if result.status == "optimal" else "not proven least; the gap is below"
    out.print(f"[bold]{facts.name}[/bold]: {counted(facts, chosen)} changed beyond the change itself, weighing "
              f"{repair.weight} ({proven}), in {result.seconds:.1f} s. All {len(result.report.rules)} rules were "
              "checked again without the solver.")
    out.print(f"{repair.notice.frozen_words()} Weights: {repair.notice.weight_words()}.", markup=False)
    _listed("The change itself:", in_words(facts.layers(), repair.forced))
    _listed(f"{plural(len(repair.people), 'person').replace('persons', 'people')} affected. Beyond the change itself:",
            in_words(facts.layers(), chosen) or ["Nothing else changes."])
    _listed("Already so, and no fault of this change:", repair.already)
    _listed("Left for after the year:", repair.later)
    _listed("Training:", [e.assumption for e in repair.extended])
    _listed("Given up:", given_up(repair))
    for tier in result.tiers:
        if not tier.proven:
            out.print(f"Not proven: {title(tier)} is {tier.value}, and at best {tier.bound}.", markup=False)
    for _, finding in result.report.too_long[:5]:
        out.print(f"Work hours: {finding.sentence}", markup=False)
    if output is None:
        out.print("Nothing was written; add -o FOLDER to keep the schedule, workbook, report and calendars.")
    else:
        out.print(f"\nOpen {output / 'report.html'} in a browser, {output / 'schedule.xlsx'} in Excel or LibreOffice. "
                  f"The calendars in {output / 'calendars'} " + (
                      "go on where they were." if going_on else "are new: beside the old schedule there are none to go "
                      "on from, so whoever imported earlier ones would see events twice."), markup=False)


def given_up(repair: Repair) -> list[str]:
    """Wishes, requirements, staffing and tiers that are worse than they were."""
    said = [f"{w.fellow}’s request for {w.text} was granted, and is refused now." for w in repair.refused]
    said += [f"{o.fellow} has {o.got:g} {o.unit} of {o.what}; " + (
        f"{o.owed_min} required." if o.verdict == "short" else f"at most {o.owed_max} allowed.") for o in repair.short]
    said += [f"Waived by the program: {sentence}" for sentence in repair.waived]
    for tier, before in repair.tiers:
        if before is not None and before != tier.value:
            word = "better" if (tier.value > before) == tier.large else "worse"
            said.append(f"{tier.name}: {tier.value} instead of {before} ({word}).")
    return said or ["Nothing."]


def _listed(head: str, lines: Sequence[str]) -> None:
    if lines:
        click.echo(head)
        for line in lines:
            click.echo(f"  • {line}")


def counted(facts: Program, changes: Sequence[Change]) -> str:
    """``3 weeks, 16 half-days and 2 nights``: how many cells of each layer."""
    nouns = {layer.name: layer.noun for layer in facts.layers()}
    numbers = {name: sum(change.layer == name for change in changes) for name in nouns}
    return listing([plural(number, nouns[name]) for name, number in numbers.items() if number]) if changes else \
        "nothing is"


def say_unfrozen(facts: Program, notice: Notice, repair: Repair | None) -> list[str]:
    """What unfreezing the published weeks would do."""
    if notice.today is None or not notice.frozen:
        return []
    if repair is None:
        return ["Unfreezing the published weeks alone would not help."]
    near = [c for c, _ in repair.chosen if notice.is_near(_first(facts, c))]
    return [f"With --frozen 0-weeks the year can be repaired: {counted(facts, [c for c, _ in repair.chosen])} would "
            f"change beyond the change itself, {len(near)} of them in the weeks that are frozen now:",
            *(f"  • {line}" for line in in_words(facts.layers(), near))]


def _first(facts: Program, change: Change) -> Any:
    return next(days[change.slot] for layer, days in facts.dates() if layer.name == change.layer)


def as_dict(facts: Program, repair: Repair) -> dict[str, Any]:
    """The JSON that other programs read."""
    starts = {layer.name: days for layer, days in facts.dates()}

    def one(change: Change, weight: int | None = None) -> dict[str, Any]:
        found = {"layer": change.layer, "person": change.person.name,
                 "from": starts[change.layer][change.slot].isoformat(), "before": list(change.before),
                 "after": list(change.after)}
        return found if weight is None else {**found, "weight": weight}

    notice = repair.notice
    return {
        **summary(repair.result),
        "today": notice.today.isoformat() if notice.today else None, "frozen_weeks": notice.frozen,
        "weights": {"bands": [list(b) for b in notice.bands], "later": notice.later},
        "change_itself": [one(c) for c in repair.forced], "changes": [one(c, w) for c, w in repair.chosen],
        "weight": repair.weight, "people": repair.people, "already_so": list(repair.already),
        "left_for_later": list(repair.later),
        "extended": [{"fellow": e.fellow.name, "days_of_absence": e.days, "most": e.most, "assumed": e.assumed,
                      "last_day": e.last.isoformat()} for e in repair.extended],
        "given_up": given_up(repair), "layers": [name for name in LAYERS if name in starts]}
