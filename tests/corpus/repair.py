"""Random mid-year changes of every example: each is repaired with proven least changes, or its impossibility explained.

Run it as ``python -m tests.corpus.repair [EXAMPLE …] [--number 50]``: each case, then a table for docs/repair.md.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from scheduler.check.duty_times import judge_year
from scheduler.domain.program import Program
from scheduler.domain.schedule import Schedule
from scheduler.explain.conflicts import explain
from scheduler.explain.forced import slot_dates
from scheduler.explain.notice import Notice
from scheduler.io.added_lines import Added
from scheduler.io.program_file import read_program
from scheduler.repairing import NoRepair, Repair, repair_year
from scheduler.solve.settings import Settings
from scheduler.year import plan_year

FOLDER = Path(__file__).parents[2] / "examples"
KINDS = ("leave", "leave", "long leave", "pin", "not", "gone", "late", "closed", "sick tomorrow", "sick tomorrow")
SICK = "Sick leave"
BINS = ((0, 0), (1, 2), (3, 5), (6, 10), (11, 20), (21, 10**6))


@dataclass(frozen=True)
class Case:
    """One change: what kind, the option's words, the day it is made."""

    kind: str
    words: tuple[str, ...]
    today: date


@dataclass
class Told:
    """What became of a case. ``wrong`` says what should not have happened; nothing, when all is well."""

    case: Case
    word: str                                   # repaired, explained, undecided
    cells: int = 0
    weight: int = 0
    forced: int = 0
    people: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


def cases(program: Program, seed: int, number: int) -> list[Case]:
    """So many random changes, the same for the same seed; every kind of change comes in turn."""
    rng = random.Random(seed)
    return [_case(program, rng, KINDS[n % len(KINDS)]) for n in range(number)]


def _case(program: Program, rng: random.Random, kind: str) -> Case:
    periods = program.year.periods
    here = max(1, len(periods) // 12)
    now = rng.randrange(len(periods) // 5, 4 * len(periods) // 5)
    today = periods[now].start + timedelta(rng.randrange(min(5, periods[now].days)))
    fellow = rng.choice(program.people).name
    later = rng.randrange(now, len(periods))
    first, last = periods[later], periods[min(len(periods) - 1, later + rng.randrange(here + 1))]
    kind_of_leave = rng.choice([leave.name for leave in program.leaves])
    rotation = rng.choice(program.rotations).name
    dates = first.start.isoformat(), last.end.isoformat()
    if kind == "leave":
        return Case(kind, ("leave", fellow, kind_of_leave, *dates), today)
    if kind == "sick tomorrow":
        tomorrow = min(today + timedelta(1), program.year.end)
        back = min(tomorrow + timedelta(4), program.year.end)
        return Case(kind, ("leave", fellow, SICK, tomorrow.isoformat(), back.isoformat()), today)
    if kind == "long leave":
        end = periods[min(len(periods) - 1, later + max(1, len(periods) // 8))].end
        return Case(kind, ("leave", fellow, SICK, dates[0], end.isoformat()), today)
    if kind == "gone":
        return Case(kind, ("gone", fellow, periods[min(later, len(periods) - 2)].end.isoformat()), today)
    if kind == "late":
        day = periods[rng.randrange(1, max(2, len(periods) // 6))].start
        return Case(kind, ("late", fellow, day.isoformat()), day - timedelta(rng.randrange(1, 20)))
    if kind == "closed":
        return Case(kind, ("closed", rotation, *dates), today)
    return Case(kind, (kind, fellow, rotation, *dates), today)


def run(path: Path, old: Schedule, case: Case, settings: Settings) -> Told:
    """Repair one case and look at the answer with other eyes than the repair's own."""
    began = time.monotonic()
    program = read_program(path, Added((case.words,)))
    notice = Notice(max(case.today, program.year.start - timedelta(30)))
    try:
        repair = repair_year(program, old, notice, settings, reasons=0.0)
    except NoRepair as none:
        return _unrepaired(case, none, began)
    told = Told(case, "repaired", len(repair.chosen), repair.weight, len(repair.forced), len(repair.people),
                time.monotonic() - began)
    if repair.result.status != "optimal":
        told.word = "undecided"
    told.wrong += [f"{rule.title}: {v.sentence}" for rule, v in judge_year(
        repair.result.program, repair.result.schedule).broken]
    told.wrong += past_changed(program, old, repair.result.schedule, notice, case)
    told.wrong += _miscounted(repair)
    return told


def _unrepaired(case: Case, none: NoRepair, began: float) -> Told:
    told = Told(case, "undecided", seconds=time.monotonic() - began)
    if none.outcome.status == "impossible":
        program = none.prepared.program
        why = explain(program.layers(), program.rules, seconds=60.0)
        told.word = "explained" if why.status == "impossible" and why.lines() else "undecided"
        if why.status == "possible":
            told.wrong.append("called impossible, but the explanation finds it possible")
        told.seconds = time.monotonic() - began
    return told


def past_changed(program: Program, old: Schedule, new: Schedule, notice: Notice, case: Case) -> list[str]:
    """Cells of the past that differ: none may, apart from those of the fellow whose change reaches back."""
    wrong = []
    for layer, spans in slot_dates(program):
        was, now = (s if s.layer.name == layer.name else s.beside.get(layer.name) for s in (old, new))
        if was is None or now is None:
            continue
        for person in layer.people:
            for slot in layer.present(person):
                if notice.is_past(spans[slot][1]) and sorted(was.at(person, slot)) != sorted(now.at(person, slot)) \
                        and person.name != case.words[1]:
                    wrong.append(f"the past has changed: {person} {layer.when([slot])}")
    return wrong


def _miscounted(repair: Repair) -> list[str]:
    """The weights of the changes, added up cell by cell, are what was proven least."""
    proven = sum(t.value for t in repair.result.tiers if t.name.startswith("fewest changes"))
    return [] if proven == repair.weight else [f"changes weigh {repair.weight}, but {proven} was proven"]


def fewer_is_impossible(repair: Repair, settings: Settings) -> bool:
    """Ask again, as a condition: one less than the weight that was called least in the rotation year."""
    from scheduler.domain.rule import Condition, Rule
    from scheduler.explain.keeping import ChangesByNotice
    from scheduler.solve.driver import solve
    from scheduler.solve.room import rooms

    program = repair.result.program
    least = next(t for t in repair.result.tiers if t.name.startswith("fewest changes") and t.layer == "rotations")
    measure = next(r for r in program.rules if isinstance(r, ChangesByNotice) and r.layer_name == "rotations")

    class Fewer(Rule):
        name = "fewer"

        def post(self, board):
            for said in measure.post(board):
                yield Condition(said.sum, at_most=least.value - 1)

    before = [r for r in program.rules if r.priority is None or r.priority in ("already so", "left for later")]
    held = {t.name: t.value for t in repair.result.tiers if t.name.startswith(("already so", "left for later"))}
    out = solve([program.layer()], [*before, Fewer(), *rooms(program.layers(), program.rules)], program.priorities,
                settings)
    return out.status == "impossible" or any(held.get(t.name, t.value) < t.bound for t in out.tiers)


def with_sick_leave(name: str) -> Path:
    """The example in a folder of its own, with a kind of leave of which nothing is owed: it is given where approved."""
    lines = (FOLDER / name / "program.yaml").read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("leave:"))
    first = next(n for n in range(at + 1, len(lines)) if lines[n].lstrip().startswith("- "))
    indent = lines[first][:len(lines[first]) - len(lines[first].lstrip())]
    lines.insert(first, f"{indent}- {{name: {SICK}, private: true}}")
    path = Path(tempfile.mkdtemp(prefix=f"repair-{name}-")) / "program.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def corpus(name: str, number: int, seed: int = 1, seconds: float = 120.0) -> list[Told]:
    """All cases of one example."""
    path = with_sick_leave(name)
    program = read_program(path)
    old = plan_year(program, Settings(), reasons=0.0).schedule
    found = []
    for case in cases(program, seed, number):
        told = run(path, old, case, Settings(seconds=seconds))
        found.append(told)
        wrong = "".join(f" WRONG: {sentence}" for sentence in told.wrong[:3])
        print(f"{name}: {case.kind}: {' '.join(case.words)} (on {case.today}): {told.word}, {told.cells} cells "
              f"weighing {told.weight}, {told.seconds:.1f} s{wrong}", flush=True)
    return found


HEAD = ("| example | changes | repaired | explained | open | 0 cells | 1–2 | 3–5 | 6–10 | 11–20 | more | median cells "
        "| median seconds |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|")


def row(name: str, found: list[Told]) -> str:
    """One line of the table."""
    words = Counter(t.word for t in found)
    sizes = [t.cells for t in found if t.word == "repaired"]
    bins = [str(sum(low <= size <= high for size in sizes)) for low, high in BINS]
    return (f"| {name} | {len(found)} | {words['repaired']} | {words['explained']} | {words['undecided']} | "
            f"{' | '.join(bins)} | {median(sizes) if sizes else '–':g} | {median(t.seconds for t in found):.1f} |"
            if sizes else f"| {name} | {len(found)} | 0 | {words['explained']} | {words['undecided']} |" + " – |" * 8)


def main() -> int:
    """All examples, or those named."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("examples", nargs="*")
    asked.add_argument("--number", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--seconds", type=float, default=120.0, help="the most for one repair")
    given = asked.parse_args()
    names = given.examples or sorted(p.parent.name for p in FOLDER.glob("*/program.yaml"))
    rows, bad = [HEAD], 0
    for name in names:
        found = corpus(name, given.number, given.seed, given.seconds)
        rows.append(row(name, found))
        bad += sum(bool(t.wrong) or t.word == "undecided" for t in found)
    print("\n".join(rows))
    print(f"{bad} cases wrong or undecided.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
