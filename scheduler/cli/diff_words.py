"""What differs between two schedules, line by line for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.cli.common import plural

if TYPE_CHECKING:
    from scheduler.comparing import Comparison
    from scheduler.domain.program import Program


def said(found: Comparison, written: list[Path]) -> Iterator[str]:
    """Everything for the terminal, line by line."""
    from scheduler.check.differences import amounts

    if found.left_out:
        yield (f"Not compared, because one of the two files says nothing of it: {', '.join(found.left_out)}.")
    if not found.changes:
        yield "The two schedules are the same: nothing changes for anybody."
        return
    people = len(found.people)
    yield (f"{plural(len(found.changes), 'cell')} differ{'s' if len(found.changes) == 1 else ''} "
           f"({', '.join(amounts(found.program.layers(), found.changes))}, counted by person); "
           f"{'1 person is' if people == 1 else f'{people} people are'} affected.")
    yield from _by_fellow(found)
    yield from _by_week(found)
    yield from _by_rule(found)
    if written:
        folder = written[0].parent
        yield ""
        send = f", or send the {plural(len(written) - 2, 'notice')} in {folder / 'notices'}" if written[2:] else ""
        yield f"Open {written[0]} in Excel or LibreOffice; print {written[1]}{send}."
    else:
        yield ""
        yield "Nothing was written; add -o FOLDER for a marked workbook and a notice for each fellow."


def _by_fellow(found: Comparison) -> Iterator[str]:
    from scheduler.check.differences import stretches, when_and_what

    layers, days = {layer.name: layer for layer in found.program.layers()}, dict(_days(found.program))
    series = {change.person.id: change.person for change in found.changes if change.person.role == "series"}
    for person in (*found.people, *series.values()):
        yield ""
        yield person.name
        mine = stretches([change for change in found.changes if change.person.id == person.id])
        for one in sorted(mine, key=lambda one: days[one.layer][one.slots[0]]):
            yield f"  {when_and_what(layers[one.layer], one)}"


def _by_week(found: Comparison) -> Iterator[str]:
    from scheduler.check.differences import by_period, stretches, when_run

    layers, unit = {layer.name: layer for layer in found.program.layers()}, found.program.year.unit
    yield ""
    yield f"By {unit}"
    for period, mine in by_period(layers, found.changes).items():
        when = found.program.year.when([period])
        yield f"  {when[0].upper()}{when[1:]}"
        for person in {change.person.id: change.person for change in mine}.values():
            said = [one.words + (f", {when_run(layers[one.layer], one.slots)}" if layers[one.layer].parent else "")
                    for one in stretches(mine) if one.person.id == person.id]
            yield f"    {person}: {'; '.join(said)}"


def _by_rule(found: Comparison) -> Iterator[str]:
    judged = found.verdicts
    yield ""
    yield "By rule"
    if not judged.any:
        yield "  Every rule, priority, requirement and wish is judged as before."
    tiers = {(was.value, now.value) for was, now in judged.tiers}
    for rule in judged.rules:
        must = rule.rule.priority is None
        yield from (f"  {'✗' if must else '–'} now: {sentence}" for sentence in rule.new)
        yield from (f"  ✓ no longer: {sentence}" for sentence in rule.gone)
        yield from (f"  {rule.rule.title}, {name}: {was} → {now}" for name, was, now in rule.measured
                    if (was, now) not in tiers)                             # else the priority says the same
    for was, now in judged.tiers:
        same = was.value == now.value
        yield f"  {now.name}: {was.value}" + (" in both" if same else f" → {now.value}"
                                              + (" (more is better)" if now.large else " (less is better)"))
    for before, after in judged.owed:
        if before.verdict != after.verdict:
            yield (f"  {'✗' if after.verdict in ('short', 'over') else '✓'} {after.fellow}: {after.what} "
                   f"{before.got:g} → {after.got:g} {after.unit}, {before.verdict} → {after.verdict}")
    yield from (f"  ✓ granted now: {w.fellow}, {w.text}" for w in judged.gained)
    yield from (f"  – no longer granted: {w.fellow}, {w.text}" for w in judged.lost)
    yield from (f"  ✗ work hours, now: {sentence}" for sentence in judged.hours_new)
    yield from (f"  ✓ work hours, no longer: {sentence}" for sentence in judged.hours_gone)


def _days(program: Program) -> Iterator[tuple[str, list[Any]]]:
    return ((layer.name, days) for layer, days in program.dates())
