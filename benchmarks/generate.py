"""Made-up program files of any size, feasible by construction and the same for the same seed.

``python -m benchmarks.generate --people 200 --rotations 40 --seed 1 [--runs] [--blocks] [--tiers] [-o FILE]``
writes the file that a coordinator would write. All preferences are one priority, one sum of points, unless ``--tiers``
asks for the ranked requests and the evenness of a usual program.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
import yaml

from benchmarks.shape import BASE, LEAVE, RESIDENCY, Family, Service, Shape, made_shape
from benchmarks.witness import Witness

START = date(2026, 7, 6)        # a Monday: every period is whole
#: points of a person's wishes for leave, dearest first: the table of ranked requests
POINTS = (8, 5, 3, 2, 1)
#: the weeks that everybody wants: Labor Day, Thanksgiving, Christmas, New Year, spring break (weeks from July)
POPULAR = (9, 20, 24, 25, 36)


Line = dict[str, Any]


@dataclass(frozen=True)
class Made:
    """A program as text, and the hidden schedule that keeps its rules: person's id → period → rotation or leave."""

    text: str
    witness: dict[str, dict[int, tuple[str, ...]]]

    def write(self, path: Path) -> Path:
        """Write the program file; returns its path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.text, encoding="utf-8")
        return path


def generate(people: int, periods: int = 52, rotations: int = 15, seed: int = 1, *,
             family: Family = "weeks", tiers: bool = False, share: float = 1.0) -> Made:
    """A program of ``people`` × ``periods`` × ``rotations`` of a family (``benchmarks.shape``).

    Raises ValueError when the numbers are too small.
    """
    rng = random.Random(f"{people} {periods} {rotations} {seed} {family}")
    shape = made_shape(people, periods, rotations, rng, family, share)
    witness = Witness(shape, rng).build()
    approved = _approved(shape, witness, rng)
    wishes = _ranked(shape, approved, rng) if tiers else _points(shape, rng)
    kind = "residency" if people >= RESIDENCY or shape.blocks else "fellowship"
    program = {
        "program": f"Made-up {kind} by {family}, {people} people, seed {seed}",
        "year": _year(shape), "fellows": _people(shape), "rotations": _rotations(shape, witness),
        "leave": {"kinds": [{"name": LEAVE, "periods": shape.leave, "at once": max(witness.there(LEAVE))}],
                  "approved": [_leave_line(shape, n, slot) for n, slot in approved.items()]},
        "requirements": _requirements(shape, witness), "rules": [*_rules(shape), *wishes.get("rules", [])],
        "priorities": ["wishes", "evenness"] if tiers else ["preferences"],
        **({"requests": wishes["requests"]} if tiers else {}),
    }
    cells: dict[str, dict[int, tuple[str, ...]]] = {
        _id(n): {slot: (duty,) for slot, duty in enumerate(row)} for n, row in enumerate(witness.grid)}
    return Made(yaml.safe_dump(program, sort_keys=False, default_flow_style=None, width=2000), cells)


def _id(person: int) -> str:
    return f"p{person + 1:04}"


def _days(shape: Shape) -> int:
    return 28 if shape.blocks else 7


def _date(shape: Shape, slot: int) -> str:
    """The first day of a period."""
    return str(START + timedelta(slot * _days(shape)))


def _range(shape: Shape, first: int, last: int) -> str:
    """From the first day of one period to the last day of another."""
    return f"{_date(shape, first)} to {START + timedelta((last + 1) * _days(shape) - 1)}"


def _year(shape: Shape) -> dict[str, str]:
    end = START + timedelta(shape.periods * _days(shape) - 1)
    return {"start": str(START), "end": str(end), "period": "4 weeks" if shape.blocks else "week", "blocks": "4 weeks"}


def _people(shape: Shape) -> list[Line]:
    word = "level" if shape.group[0].startswith("PGY") else "background"
    return [{"name": f"Person {n + 1:04}", "id": _id(n), word: group} for n, group in enumerate(shape.group)]


def _rotations(shape: Shape, witness: Witness) -> list[Line]:
    """Each with the fewest and the most that the hidden schedule ever has there; the base takes the rest."""
    everybody, found = frozenset(shape.group), list[Line]([{"name": BASE, "base": True}])
    for service in shape.services:
        there = witness.there(service.name)
        line: Line = {"name": service.name, "staffing": f"{min(there)}-{max(max(there), 1)}"}
        if service.who != everybody:
            line["only"] = sorted(service.who)
        if service.heavy:
            line["tags"] = ["heavy"]
        found.append(line)
    return found


def _requirements(shape: Shape, witness: Witness) -> list[Line]:
    """What each group owes: from the least to the most that anybody of it has in the hidden schedule."""
    found = []
    for service in shape.services:
        for group in sorted(service.who):
            had = [witness.amount(n, service.name) for n, g in enumerate(shape.group) if g == group]
            found.append({"rotation": service.name, "periods": f"{min(had)}-{max(max(had), 1)}", "for": group})
    return found


def _rules(shape: Shape) -> list[Line]:
    """Lengths of runs, distances, successions."""
    found: list[Line] = []
    for s in shape.services:
        found += _lengths(s)
        if s.on_blocks:
            found.append({"rule": "starts on blocks", "of": s.name})
        if s.people and s.gap > 1:
            found.append({"rule": "spacing", "of": s.name, "periods": s.gap})
    found += [{"rule": "never after", "of": one, "then": two} for one, two in sorted(shape.never)]
    return [*found, {"rule": "never after", "of": LEAVE}]


def _lengths(service: Service) -> list[Line]:
    if service.length > 1 and service.most == service.length:
        return [{"rule": "run length", "of": service.name, "periods": service.length}]
    least = [{"rule": "min in a row", "of": service.name, "periods": service.length}] if service.length > 1 else []
    return [*least, {"rule": "max in a row", "of": service.name, "periods": service.most}]


def _approved(shape: Shape, witness: Witness, rng: random.Random) -> dict[int, int]:
    """One leave of the hidden schedule, for every fifth person, is promised already: person → period."""
    had = {n: [slot for slot, duty in enumerate(witness.grid[n]) if duty == LEAVE]
           for n in range(0, len(shape.group), 5)}
    return {n: rng.choice(slots) for n, slots in had.items() if slots}


def _leave_line(shape: Shape, person: int, slot: int) -> Line:
    first, last = _range(shape, slot, slot).split(" to ")
    return {"fellow": _id(person), "kind": LEAVE, "from": first, "to": last}


def _leave_wished(shape: Shape, rng: random.Random) -> list[int]:
    """Five periods that somebody would like off, dearest first: three popular ones among them."""
    popular = sorted({min(shape.periods - 1, week * shape.periods // 52) for week in POPULAR})
    first = rng.sample(popular, min(3, len(popular)))
    return first + rng.sample([s for s in range(shape.periods) if s not in popular], len(POINTS) - len(first))


def _places(shape: Shape, rng: random.Random, group: str, length: int) -> tuple[str, int, int]:
    """A service open to the group, and a stretch of the year: name, first and last period."""
    name = rng.choice([s.name for s in shape.services if group in s.who and s.people])
    first = rng.randrange(shape.periods - length + 1)
    return name, first, first + length - 1


def _points(shape: Shape, rng: random.Random) -> dict[str, list[Line]]:
    """One sum of points: five periods of leave, three services at some time of the year, two to avoid."""
    found: list[Line] = []
    stretch = 1 if shape.blocks else 4
    for n, group in enumerate(shape.group):
        at = {"for": _id(n), "priority": "preferences"}
        for slot, points in zip(_leave_wished(shape, rng), POINTS, strict=True):
            found.append({"rule": "pinned", "of": LEAVE, "during": _date(shape, slot), **at, "points": points})
        for rule, points in (("pinned", 3), ("pinned", 2), ("pinned", 1), ("forbidden", 3), ("forbidden", 2)):
            name, first, last = _places(shape, rng, group, stretch)
            found.append({"rule": rule, "of": name, "during": _range(shape, first, last), **at, "points": points})
    return {"rules": found}


def _ranked(shape: Shape, approved: dict[int, int], rng: random.Random) -> dict[str, list[Line]]:
    """The same wishes in the purse of ranked requests, and an even share of each heavy service within each group."""
    requests: list[Line] = []
    for n, group in enumerate(shape.group):
        requests.append({"fellow": _id(n), LEAVE.casefold(): [_date(shape, s) for s in _leave_wished(shape, rng)]})
        for word in ("timing", "avoid"):
            places = {_places(shape, rng, group, 1 if shape.blocks else 4) for _ in range(2)}
            places = {p for p in places if not p[1] == p[2] == approved.get(n)}     # nobody asks for the impossible
            requests += [{"fellow": _id(n), word: [{"rotation": name, "during": _range(shape, first, last)}]}
                         for name, first, last in sorted(places)]
    rules = [{"rule": "evenness", "of": s.name, "over": "fellows", "priority": "evenness"}
             for s in shape.services if s.heavy]
    return {"requests": requests, "rules": rules}


@click.command(help=__doc__.splitlines()[0])
@click.option("--people", type=int, required=True)
@click.option("--weeks", type=int, default=52, show_default=True)
@click.option("--rotations", type=int, default=15, show_default=True, help="the base rotation included")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--runs", is_flag=True, help="services in runs of two or four weeks")
@click.option("--blocks", is_flag=True, help="periods of four weeks")
@click.option("--tiers", is_flag=True, help="ranked requests and evenness instead of one sum of points")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="the file; printed when left out")
def main(people: int, weeks: int, rotations: int, seed: int, runs: bool, blocks: bool, tiers: bool,
         output: Path | None) -> None:
    """Write or print one program."""
    made = generate(people, weeks // 4 if blocks else weeks, rotations, seed,
                    family="blocks" if blocks else "runs" if runs else "weeks", tiers=tiers)
    if output is None:
        click.echo(made.text)
    else:
        made.write(output)


if __name__ == "__main__":
    main()
