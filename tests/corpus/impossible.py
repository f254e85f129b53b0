"""Impossible programs: examples made a little too tight, and counting cases of every kind. Each knows its own cause.

Facts and tightening only: what the explanation must name is what was changed, in the words it will use.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "examples"


@dataclass(frozen=True)
class Case:
    """A program that has no schedule. ``names``: words of which the explanation must contain all (the planted cause);
    ``counting``: it is impossible by adding up."""

    name: str
    text: str
    names: tuple[str, ...]
    counting: bool = False


def edited(name: str, *changes: tuple[str, str]) -> str:
    """An example with each old part replaced once; a part that is not there is a mistake of ours."""
    text = (FOLDER / name / "program.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{name} no longer says {old!r}"
        text = text.replace(old, new, 1)
    return text


def lines(section: str, *more: str) -> tuple[str, str]:
    """A change that adds lines to a section of the file."""
    return f"\n{section}:\n", f"\n{section}:\n" + "".join(f"  - {line}\n" for line in more)


def pins(*more: str) -> tuple[str, str]:
    """A change that adds pins, which no example has."""
    return "\npriorities:", "\npins:\n" + "".join(f"  - {line}\n" for line in more) + "\npriorities:"


def small(*, people: int = 4, weeks: int = 12, rotations: str = "", rest: str = "") -> str:
    """A program of its own, for counting cases."""
    fellows = "".join(f"  - {{name: Fellow {chr(65 + n)}, background: {'anesthesiology' if n % 2 else 'neurology'}}}\n"
                      for n in range(people))
    last = {12: "2026-09-27", 26: "2027-01-03", 52: "2027-07-04"}[weeks]
    return (f"program: Counting\nyear: {{start: 2026-07-06, end: {last}, period: week}}\n\nfellows:\n{fellows}\n"
            f"rotations:\n  - {{name: Clinic, base: true}}\n{rotations}\n{rest}\npriorities: [wishes]\n")


def counting_cases() -> Iterator[Case]:
    """Pigeonholes over a rotation, a set, a window, a class, a sequence, an alignment, half-days, presenters, leave."""
    yield Case("too few to staff a rotation", small(
        people=3, weeks=52, rotations="  - {name: Ward, staffing: 1}\n",
        rest="requirements:\n  - {rotation: Ward, weeks: 13}\n"), ("Ward", "13", "39"), True)
    yield Case("too much owed for the places", small(
        rotations="  - {name: Ward, staffing: 0-1}\n", rest="requirements:\n  - {rotation: Ward, weeks: 4}\n"),
        ("Ward", "16"), True)
    yield Case("a set of rotations", small(
        rotations="  - {name: Ward, staffing: 1, tags: [inpatient]}\n"
                  "  - {name: Consults, staffing: 1, tags: [inpatient]}\n",
        rest="requirements:\n  - {rotation: inpatient, weeks: 0-5}\n"), ("inpatient", "Ward", "Consults"), True)
    yield Case("a window", small(
        rotations="  - {name: Ward}\n",
        rest="requirements:\n  - {rotation: Ward, weeks: 2, during: 2026-07-06 to 2026-07-26}\n"
             "rules:\n  - {rule: staffing, of: Ward, people: 0-2, during: 2026-07-06 to 2026-07-26}\n"),
        ("Ward", "6 July"), True)
    yield Case("a class", small(
        rotations="  - {name: Ward}\n",
        rest="requirements:\n  - {rotation: Ward, weeks: 0-5}\n"
             "rules:\n  - {rule: staffing, of: Ward, people: at least 1, class: neurology}\n"),
        ("Ward", "neurology"), True)
    yield Case("a sequence", small(
        rotations="  - {name: Skills}\n  - {name: Procedures}\n",
        rest="requirements:\n  - {rotation: Procedures, weeks: 11}\n  - {rotation: Skills, weeks: 1}\n"
             "rules:\n  - {rule: before, first: Skills, weeks: 2, then: Procedures}\n"), ("Skills", "Procedures"))
    yield Case("an alignment", small(
        rotations="  - {name: Course}\n  - {name: Ward, staffing: at least 1}\n",
        rest="cohort weeks:\n  - {rotation: Course, in: 2026-08-03}\n"), ("Course", "Ward", "3 August"))
    yield Case("half-day room", small(
        rotations="  - {name: Ward, staffing: 0-4}\n  - {name: Continuity, by: half-day, not during: [Ward]}\n",
        rest="requirements:\n  - {rotation: Ward, weeks: 8}\n"
             "  - {rotation: Continuity, half-days: 20, per week: 0-2}\n"),
        ("Continuity", "Ward", "20"), True)
    yield Case("the presenter pool", small(
        weeks=26, rest="conferences:\n  - {name: Journal Club, every: Friday 07:00-08:00, presenters: fellows}\n"
             "requirements:\n  - {rotation: Journal Club, sessions: 0-5}\n"), ("Journal Club", "5"))
    yield Case("leave at once", small(
        rest="leave:\n  - {name: Vacation, weeks: 4, at once: 1}\n"
             "requirements:\n  - {rotation: Clinic, weeks: 0-12}\n"), ("Vacation", "16"), True)
    yield Case("one fellow owes more than a year", small(
        rotations="  - {name: Ward}\n  - {name: Consults}\n",
        rest="requirements:\n  - {rotation: Ward, weeks: 7}\n  - {rotation: Consults, weeks: 6}\n"),
        ("Ward", "Consults", "13"), True)
    yield Case("weeks apart that do not fit", small(
        rotations="  - {name: Nights}\n",
        rest="requirements:\n  - {rotation: Nights, weeks: 4}\n"
             "rules:\n  - {rule: spacing, of: Nights, weeks: 4}\n  - {rule: max in a row, of: Nights, weeks: 1}\n"),
        ("Nights", "4 weeks"))
    yield Case("200 residents and 13 blocks", residents(), ("Ward", "room for"), True)


def residents(number: int = 200) -> str:
    """Staffing exact in every block, and required amounts beyond it by a little."""
    people = "".join(f"  - {{name: Resident {n + 1}, level: PGY-{n % 3 + 1}}}\n" for n in range(number))
    services = ("Ward", "Critical care", "Emergency", "Cardiology", "Oncology", "Nights", "Consults", "Elective")
    exact = number // len(services)
    rotations = "".join(f"  - {{name: {name}, staffing: {exact}}}\n" for name in services)
    owed = "".join(f"  - {{rotation: {name}, blocks: {2 if name == 'Ward' else 1}-3}}\n" for name in services)
    return ("program: Residency\n"
            "year: {start: 2026-07-01, end: 2027-06-30, period: 4 weeks, week starts: Wednesday}\n"
            f"\nfellows:\n{people}\nrotations:\n{rotations}\nrequirements:\n{owed}\n")


def tight_mayo() -> Iterator[Case]:
    """Mayo's year made too tight, one line at a time."""
    def mayo(name: str, names: tuple[str, ...], *changes: tuple[str, str], counting: bool = False) -> Case:
        return Case(f"Mayo: {name}", edited("mayo", *changes), names, counting)

    owed = "{rotation: MIPS, weeks: 13,"
    yield mayo("MIPS for 23 weeks", ("23 weeks", "MIPS"), (owed, owed.replace("13", "23")), counting=True)
    yield mayo("MIPS for 9 weeks", ("9 weeks", "MIPS"), (owed, owed.replace("13", "9")), counting=True)
    yield mayo("clinic not on palliative and cancer weeks", ("Continuity clinic", "60", "Palliative care"),
               ("not during: [MIPS", "not during: [Palliative care, Inpatient cancer pain, MIPS"), counting=True)
    yield mayo("two pinned vacations in one week", ("Fellow A", "Fellow B", "Vacation", "21 December"), pins(
        "{fellow: Fellow A, rotation: Vacation, during: 2026-12-21}",
        "{fellow: Fellow B, rotation: Vacation, during: 2026-12-21}"))
    yield mayo("three weeks of MIPS pinned", ("Fellow C", "MIPS", "4 January", "2 weeks in a row"), pins(
        "{fellow: Fellow C, rotation: MIPS, during: 2027-01-04 to 2027-01-24}"))
    yield mayo("two conflicts at once", ("Fellow A", "Fellow B", "Fellow C", "independent of that"), pins(
        "{fellow: Fellow A, rotation: Vacation, during: 2026-12-21}",
        "{fellow: Fellow B, rotation: Vacation, during: 2026-12-21}",
        "{fellow: Fellow C, rotation: MIPS, during: 2027-01-04 to 2027-01-24}"))
    yield mayo("nobody may be on MIPS at Christmas", ("MIPS", "21 December"), lines(
        "rules", "{rule: forbidden, of: MIPS, during: 2026-12-21}"))
    yield mayo("two on SIPS", ("SIPS", "Fellow D", "Fellow E"), pins(
        "{fellow: Fellow D, rotation: SIPS, during: 2026-10-05}",
        "{fellow: Fellow E, rotation: SIPS, during: 2026-10-05}"))
    yield mayo("cancer pain in two halves", ("Inpatient cancer pain", "Fellow A"), pins(
        "{fellow: Fellow A, rotation: Inpatient cancer pain, during: 2026-10-05}",
        "{fellow: Fellow A, rotation: Inpatient cancer pain, during: 2027-02-01}"))
    yield mayo("five weeks of psychiatry by Christmas", ("Pain psychiatry", "5 weeks"),
               ("{rotation: Pain psychiatry, weeks: 2,", "{rotation: Pain psychiatry, weeks: 5, "
                "during: 2026-07-06 to 2026-12-20,"), counting=True)
    yield mayo("ultrasound for eleven weeks", ("Pain medicine ultrasound", "11 weeks"),
               ("{rotation: Pain medicine ultrasound, weeks: 1,", "{rotation: Pain medicine ultrasound, weeks: 11,"),
               counting=True)
    yield mayo("meetings only in June", ("Meeting", "1 fellow at once"), lines(
        "rules", "{rule: forbidden, of: Meeting, during: 2026-07-01 to 2027-06-06}"))
    yield mayo("everyone on vacation at Christmas", ("Vacation", "MIPS", "28 December"),
               ("{rule: away at once, people: 1,", "{rule: away at once, people: 5,"), pins(
        *(f"{{fellow: Fellow {who}, rotation: Vacation, during: 2026-12-28}}" for who in "ABCDE")))
    yield mayo("MIPS apart from MIPS", ("MIPS", "8 weeks"), lines("rules", "{rule: spacing, of: MIPS, weeks: 8}"))
    yield mayo("skills before everything", ("Anesthesia skills training", "MIPS", "Fellow"),
               (", priority: safety, source: \"prevent", ", source: \"prevent"), pins(
        "{fellow: Fellow D, rotation: MIPS, during: weeks 1-2}"))
    yield mayo("a call role nobody may hold", ("MIPS weekend call",), lines(
        "rules", "{rule: forbidden, of: MIPS weekend call, during: 2026-12-26}"))
    yield mayo("a simulation day on vacation", ("Simulation Center", "Fellow A", "Vacation"), pins(
        "{fellow: Fellow A, rotation: Vacation, during: 2026-09-14}"))
    yield mayo("clinics one a week", ("Continuity clinic", "60"), lines(
        "rules", "{rule: most per, of: Continuity clinic, half-days: 1, per: week}"), counting=True)


def tight_others() -> Iterator[Case]:
    """The other examples."""
    owed = "{rotation: Acute Pain Service, weeks: 12-14,"
    yield Case("WashU: acute pain for 15 weeks", edited("washu", (owed, owed.replace("12-14", "15-16"))),
               ("Acute Pain Service", "15"), True)
    yield Case("WashU: both services pinned", edited("washu", pins(
        "{fellow: Fellow A, rotation: Acute Pain Service, during: 2026-10-05}",
        "{fellow: Fellow B, rotation: Acute Pain Service, during: 2026-10-05}")),
        ("Acute Pain Service", "Fellow A", "Fellow B", "5 October"))
    yield Case("WashU: a single week on service", edited("washu", pins(
        "{fellow: Fellow A, rotation: Outpatient Chronic Pain, during: 2026-10-05}",
        "{fellow: Fellow A, rotation: Acute Pain Service, during: 2026-10-12}",
        "{fellow: Fellow A, rotation: Outpatient Chronic Pain, during: 2026-10-19}")),
        ("Fellow A", "2 weeks", "inpatient"))
    yield Case("WashU: physiatry eighty days", edited("washu", (
        "{rotation: Physiatry, days: 8, per week: 1,", "{rotation: Physiatry, days: 30, per week: 1,")),
        ("Physiatry", "30"), True)
    yield Case("WashU: thirty lectures each", edited("washu", (
        "{rotation: Lecture, sessions: 5-6,", "{rotation: Lecture, sessions: 15-16,")), ("Lecture", "15"))
    yield Case("Penn State: ten blocks at the center", edited("penn-state", (
        "{rotation: Pain Medicine Center, blocks: 9,", "{rotation: Pain Medicine Center, blocks: 10,")),
        ("Pain Medicine Center", "10"), True)
    yield Case("Penn State: both vacations in one block", edited("penn-state", pins(
        "{fellow: Fellow A, rotation: Vacation, during: block 5}",
        "{fellow: Fellow B, rotation: Vacation, during: block 5}")), ("Vacation", "Fellow A", "Fellow B"))
    yield Case("Penn State: three blocks in a row", edited("penn-state", (
        "of: Pain Medicine Center, blocks: 4, because: variety",
        "of: Pain Medicine Center, blocks: 1, because: variety")),
        ("Pain Medicine Center", "1 block"))
    yield Case("Lehigh Valley: clinic in another cohort's week", edited("lvhn-4plus1", pins(
        "{fellow: Resident A1, rotation: Clinic, during: week 4}")), ("Resident A1", "Clinic"))
    yield Case("Lehigh Valley: nights for ten weeks", edited("lvhn-4plus1", (
        "{rotation: Night float, weeks: 4-8,", "{rotation: Night float, weeks: 12-14,")), ("Night float", "12"), True)
    yield Case("Lehigh Valley: five critical care blocks", edited("lvhn-4plus1", (
        "{rotation: Critical care, weeks: 8-12,", "{rotation: Critical care, weeks: 16,")),
        ("Critical care", "16"), True)
    yield Case("tiny: five weeks of hospital", edited("tiny", (
        "{rotation: Hospital, weeks: 4}", "{rotation: Hospital, weeks: 5}")), ("Hospital", "5"), True)
    yield Case("tiny: hospital one week at a time, apart", edited("tiny", (
        "of: Hospital, weeks: 2", "of: Hospital, weeks: 1"), lines(
        "rules", "{rule: spacing, of: Hospital, weeks: 3}")), ("Hospital", "3 weeks"))
    yield Case("tiny: Ada owes more", edited("tiny", lines("requirements", "{rotation: Headache, weeks: 8, for: Ada}",
                                                         )), ("Ada", "Headache"))
    yield Case("Iowa: everyone away on a teaching Tuesday", edited("iowa", (
        "weeks: 3, at once: 1,", "weeks: 3, at once: 4,"), pins(
        *(f"{{fellow: Fellow {who}, rotation: Vacation, during: 2026-10-05}}" for who in "ABCD"))),
        ("Fellow Teaches Residents", "Vacation", "Fellow A"))


def cases() -> list[Case]:
    """Every impossible program."""
    return [*counting_cases(), *tight_mayo(), *tight_others()]
