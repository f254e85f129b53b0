"""What `scheduler why` says: the answer read aloud, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.cli.common import plural
from scheduler.domain.layer import LAYERS
from scheduler.domain.words import listing

if TYPE_CHECKING:
    from scheduler.domain.program import Program
    from scheduler.domain.schedule import Schedule
    from scheduler.explain.why import Example, Why

#: how many broken rules, and how many lines of changes, are told
MOST = 6


def lines(facts: Program, year: Schedule, found: Why, program: Path, schedule: Path, today: date | None = None
          ) -> Iterator[str]:
    """The answer, read aloud. ``today``: the day, where the year is running."""
    asked = found.asked
    mine = year if asked.layer_name == year.layer.name else year.beside[asked.layer_name]
    dated = mine.dated(sorted(asked.slots))
    now = list(dict.fromkeys(" and ".join(mine.at(asked.person, s)) or "nothing" for s in sorted(asked.slots)))
    if found.has:
        yield (f"{asked.person} is {'' if asked.wanted else 'not '}on {asked.what} {dated} already."
               + (" To ask what else could be, add --not." if asked.wanted else ""))
        return
    yield f"Why is {asked.person} {'not ' if asked.wanted else ''}on {asked.what} {dated}? Now: {listing(now)}."
    if found.broken:
        yield "The year as it is breaks rules that must hold (see scheduler check); the answer is about others."
    yield from _simply(found)
    yield from _answer(facts, found, program, schedule, today)


def _simply(found: Why) -> Iterator[str]:
    """What the one change by itself would do."""
    from scheduler.check.consequences import in_plain_words
    if found.simply is None:
        return
    asked, effects = found.asked, found.simply.effects
    told = f"Putting {asked.what} there now" if asked.wanted else f"Taking {asked.what} away there now"
    if effects.possible:
        yield f"{told}, and changing nothing else, would break no rule."
        said = in_plain_words(effects)
    else:
        yield f"{told}, and changing nothing else, would break:"
        said = [v.sentence for _, v in effects.broken] + [f.sentence for f in effects.hours]
    yield from (f"  • {sentence}" for sentence in said[:MOST])
    if len(said) > MOST:
        yield f"  … and {len(said) - MOST} more"


def _answer(facts: Program, found: Why, program: Path, schedule: Path, today: date | None) -> Iterator[str]:
    """What the best year with it is, or why there is none."""
    assert found.answer is not None
    verdict, tier = found.answer.verdict, found.answer.tier
    given = f"With the {listing(found.given)} as they are, " if found.given else ""
    wanted, layer = found.asked.wanted, found.asked.layer_name
    if found.blocked and verdict != "impossible":
        yield f"With the {listing(found.blocked)} as they are it is impossible: this is proven."
    if verdict == "impossible":
        yield f"No year that keeps every rule {'has it' if wanted else 'is without it'}: this is proven."
        yield from found.lines
    elif verdict == "undecided":
        yield (f"Whether a good year {'has it' if wanted else 'is without it'} was not decided in "
               f"{found.seconds:.0f} s; --time-limit gives it more.")
        if found.answer.report is not None and tier is None and layer == LAYERS[0]:
            yield "In the rotations by themselves one is as good; the layers below it could not be filled in that time."
    elif verdict == "better" and tier is not None:
        yield (f"This year is not the best there is: a year {'with' if wanted else 'without'} it has “{tier.name}” at "
               f"{tier.value}, not {found.answer.before}. Solve again to have it.")
    elif verdict == "worse" and tier is not None:
        told = f"{given}{'with' if wanted else 'without'} it, “{tier.name}” would be {tier.value} at best, not"
        yield f"{told[0].upper()}{told[1:]} {found.answer.before}: this is proven."
    else:
        told = f"{given}an equally good {'year' if not found.given else f'choice of {layer}'}"
        chance = f"that it is {'not ' if wanted else ''}so now is chance."
        if found.example is not None and any(found.example.effects.losses):
            chance = f"but not below the {layer}: the example says what is lost there." if found.example.proven else \
                "what the layers below it would lose was not decided in time; the example may lose too much."
        yield f"{told[0].upper()}{told[1:]} {'has it' if wanted else 'is without it'}; {chance}"
    if found.example is not None:
        yield from _example(facts, found.example)
    elif verdict == "worse":
        yield "There was no time to find a whole year as an example; --time-limit gives it more."
    if found.example is not None or verdict == "worse":
        yield from _how(facts, found, program, schedule, today)
        if not wanted:
            yield f"Who could take it in a trade: {swap_line(facts, found, program, schedule)}"


def _how(facts: Program, found: Why, program: Path, schedule: Path, today: date | None) -> Iterator[str]:
    """The command that makes a year as asked, and in what it is not the year that was told."""
    from scheduler.explain.notice import Notice
    if today is not None and _dates(facts, found)[1] < today:
        return                                          # nobody can repair what is over
    yield f"To have it: {command_line(facts, found, program, schedule)}"
    kept = f"keeps what is over and the next {plural(Notice.frozen, 'week')}, and " if today is not None else ""
    yield (f"  A repair {kept}puts few changes before the priorities, so it may cost more than is said here; without "
           "-o FOLDER it only tells.")


def _example(facts: Program, example: Example) -> Iterator[str]:
    """An example year: how much changes and whose, and what it costs."""
    from scheduler.check.consequences import in_plain_words
    from scheduler.check.differences import in_words
    by = Counter(c.layer for c in example.changes)
    where = f" ({', '.join(f'{by[name]} in the {name}' for name in LAYERS if name in by)})" if len(by) > 1 else ""
    whose = dict.fromkeys(str(c.person) for c in example.changes)
    few = " (no fewer are possible)" if example.fewest and len(by) == 1 else "" if example.fewest else \
        " (there was no time to find fewer)"
    yield f"For example, with {plural(len(example.changes), 'changed cell')}{where}{few}, of {listing(list(whose))}:"
    said = in_words(facts.layers(), example.changes)
    yield from (f"  • {sentence}" for sentence in said[:MOST])
    if len(said) > MOST:
        yield f"  … and {len(said) - MOST} more changes"
    effects = in_plain_words(example.effects)
    if effects:
        yield "  It would do this:"
        yield from (f"  – {sentence}" for sentence in effects[:2 * MOST])


def command_line(facts: Program, found: Why, program: Path, schedule: Path) -> str:
    """The repair that makes a year as asked."""
    asked = found.asked
    first, last = _dates(facts, found)
    words = [f"scheduler repair {program} {schedule}", "--pin" if asked.wanted else "--not", f'"{asked.person}"',
             f'"{asked.what}"', first.isoformat(), last.isoformat(), "-o FOLDER"]
    return " ".join(words)


def _dates(facts: Program, found: Why) -> tuple[date, date]:
    """The first and the last day of what is asked."""
    asked = found.asked
    days = {layer.name: days for layer, days in facts.dates()}[asked.layer_name]
    last = max(asked.slots)
    return days[min(asked.slots)], facts.year.periods[last].end if asked.layer_name == LAYERS[0] else days[last]


def swap_line(facts: Program, found: Why, program: Path, schedule: Path) -> str:
    """The command that looks for trades of what the fellow has then."""
    layer = found.asked.layer_name
    first = {x.name: days for x, days in facts.dates()}[layer][min(found.asked.slots)]
    kind = f" --layer {layer}" if layer != LAYERS[0] else ""
    return f'scheduler swap {program} {schedule} "{found.asked.person}" {first.isoformat()}{kind}'


def as_dict(facts: Program, year: Schedule, found: Why, program: Path, schedule: Path, today: date | None = None
            ) -> dict[str, Any]:
    """The same for other programs."""
    from scheduler.check.consequences import in_plain_words
    days = {layer.name: [day.isoformat() for day in dates] for layer, dates in facts.dates()}
    answer, simple, example = found.answer, found.simply, found.example
    return {
        "fellow": found.asked.person.name, "what": str(found.asked.what), "wanted": found.asked.wanted,
        "layer": found.asked.layer_name,
        "dates": list(dict.fromkeys(days[found.asked.layer_name][s] for s in sorted(found.asked.slots))),
        "has": found.has, "verdict": answer.verdict if answer is not None else "already so",
        "given": list(found.given), "impossible_given": list(found.blocked), "seconds": round(found.seconds, 3),
        "tier": {"name": answer.tier.name, "best": answer.tier.value, "now": answer.before}
        if answer is not None and answer.tier is not None else None,
        "breaks_now": [v.sentence for _, v in simple.effects.broken] + [f.sentence for f in simple.effects.hours]
        if simple is not None else [],
        "explanation": list(found.lines),
        "example": None if example is None else {
            "changes": [{"layer": c.layer, "person": c.person.name, "date": days[c.layer][c.slot],
                         "before": list(c.before), "after": list(c.after)} for c in example.changes],
            "fewest_proven": example.fewest, "consequences": in_plain_words(example.effects)},
        "lines": list(lines(facts, year, found, program, schedule, today))}
