"""Made-up programs with a realistic structure, the same for the same seed: what settings are measured on.

Two families, because they disagree about settings: ``wishes`` (Mayo's shape: amounts, staffing of one service,
requests) and ``fair`` (staffing of several services, forbidden successions, run lengths, an even share of nights).
"""

from __future__ import annotations

import random
from datetime import date

from constraints import Evenness, MaxInARow, MinInARow, NeverAfter, OneDuty, RankedRequests, Requirement, Staffing
from constraints.ranked_requests import WishFor
from scheduler.domain.calendar import year_of_weeks
from scheduler.domain.layer import Person
from scheduler.domain.program import Leave, Program, Rotation
from scheduler.domain.rule import Rule
from scheduler.domain.words import Many, Selection

one = Selection.of


def made_up(family: str, fellows: int, seed: int = 1) -> Program:
    """A program of ``fellows`` × 52 weeks of the family ``wishes`` or ``fair``; KeyError for another family."""
    rng = random.Random(seed)
    people = tuple(Person(f"f{n:03}", f"Fellow {n + 1}", level="senior" if n % 2 else "junior") for n in range(fellows))
    names, rules = {"wishes": _wishes, "fair": _fair}[family](rng, people)
    rotations = tuple(Rotation(name, base=name == "Clinic") for name in names)
    leaves = (Leave("Vacation"),)
    every = Selection("any duty", frozenset([*names, "Vacation"]))
    return Program(
        name=f"{family} {fellows}", year=year_of_weeks(date(2026, 7, 1), date(2027, 6, 30)), people=people,
        rotations=rotations, leaves=leaves, priorities=("wishes", "evenness"),
        rules=(OneDuty(what=every), *rules,
               Requirement(what=one("Vacation"), at_least=3, at_most=3),
               Staffing(what=one("Vacation"), at_most=max(1, fellows // 6)),
               _requests(rng, people)))


def _requests(rng: random.Random, people: tuple[Person, ...]) -> Rule:
    """Three ranked vacation weeks each; half of them fall on the weeks that everybody wants."""
    popular = [8, 21, 25, 26, 37]
    wishes = []
    for person in people:
        weeks = rng.sample(popular, 2) + rng.sample(sorted(set(range(52)) - set(popular)), 1)
        wishes += [WishFor(person.id, "Vacation", f"week {w + 1}", rank, one("Vacation"), frozenset({w}), "all")
                   for rank, w in enumerate(weeks, start=1)]
    return RankedRequests(wishes_for=tuple(wishes), most=(("Vacation", 3),), priority="wishes")


def _wishes(rng: random.Random, people: tuple[Person, ...]) -> tuple[list[str], list[Rule]]:
    number = len(people)
    weeks = {"Ward": 13, "Procedures": 7, "Consults": 4, "Cancer": 2, "Psychiatry": 2, "Palliative": 1, "Spine": 1,
             "Ultrasound": 1, "Rehabilitation": 1}
    rules: list[Rule] = [
        Requirement(what=one(r), at_least=w, at_most=w + (r == "Procedures")) for r, w in weeks.items()]
    rules += [Staffing(what=one("Ward"), at_least=13 * number // 52, at_most=-(-13 * number // 52) + 1)]
    rules += [Staffing(what=one(r), at_most=max(1, -(-w * number // 40))) for r, w in weeks.items() if r != "Ward"]
    rules += [MaxInARow(what=one("Ward"), limit=Many(2)), MaxInARow(what=one("Procedures"), limit=Many(2))]
    return ["Clinic", *weeks], rules


def _fair(rng: random.Random, people: tuple[Person, ...]) -> tuple[list[str], list[Rule]]:
    number = len(people)
    names = ["Clinic", "ICU", "Nights", "Ward", "Consults", "Elective"]
    cover = {"ICU": max(1, number // 6), "Nights": max(1, number // 8), "Ward": max(1, number // 4)}
    rules: list[Rule] = []
    for name, least in cover.items():
        share = 52 * least // number
        rules += [Staffing(what=one(name), at_least=least, at_most=least + 1),
                  Requirement(what=one(name), at_least=max(1, share - 2), at_most=share + 3)]
    rules += [Requirement(what=one("Elective"), at_least=4, at_most=8), MinInARow(what=one("ICU"), limit=Many(2)),
              MaxInARow(what=one("ICU"), limit=Many(4)), MinInARow(what=one("Ward"), limit=Many(2)),
              MaxInARow(what=one("Ward"), limit=Many(4)), MaxInARow(what=one("Nights"), limit=Many(2)),
              NeverAfter(what=one("Nights"), then=one("ICU")), NeverAfter(what=one("ICU"), then=one("Nights")),
              Evenness(what=one("Nights"), over="fellows", priority="evenness"),
              Evenness(what=one("ICU", "Nights"), over="halves", priority="evenness")]
    return names, rules
