"""Whatever happens to a file on its way, reading it gives a program or a list of problems, and never a traceback."""

import random
from datetime import date

import pytest

from scheduler.domain.program import Program
from scheduler.io.problems import BadInput
from scheduler.io.program_file import read_program
from tests.io.small import ALL_LAYERS, EVERYTHING, workbook

SEED, ROUNDS = 20260701, 480
ALPHABET = "abz019 \n\t:-,;{}[]()\"'#&*!|>%@`?~<>/\\=+.\u00e9\u2013\u0000\x85\u2028"
WORDS = ["null", "2026-02-30", "weeks: 3", "- ", "[", "}", "<<: *a", "&a ", "!!int", "not ", " and ", "{x: 1}", "---",
         "7/1/2026", "-1", "999999", "fellows.csv", "nothing.xlsx!Sheet", "first 0 weeks", "1e9", "one_of",
         "Tuesday afternoon", "17:00-07:00", "by: day", "half-days: 4", "weekends", "not during: Ward"]


def mangled(text: str, chance: random.Random) -> str:
    """One to four small accidents."""
    for _ in range(chance.randint(1, 4)):
        lines, at = text.split("\n"), chance.randrange(max(1, len(text)))
        line = chance.randrange(len(lines))
        match chance.randrange(9):
            case 0:
                del lines[line]
                text = "\n".join(lines)
            case 1:
                text = "\n".join([*lines[:line], lines[line], *lines[line:]])
            case 2:
                other = chance.randrange(len(lines))
                lines[line], lines[other] = lines[other], lines[line]
                text = "\n".join(lines)
            case 3:
                text = text[:at] + text[at + chance.randint(1, 5):]
            case 4:
                text = text[:at] + chance.choice(ALPHABET) + text[at:]
            case 5:
                text = text[:at] + chance.choice(WORDS) + text[at:]
            case 6:
                text = text[:at]
            case 7:
                lines[line] = lines[line][2:] if chance.random() < 0.5 else "  " + lines[line]
                text = "\n".join(lines)
            case 8:                                                     # one value in place of another
                values = [w for w in text.replace(",", " ").replace("}", " ").split() if ":" not in w]
                if values:
                    text = text.replace(chance.choice(values), chance.choice([*WORDS, *values]), 1)
    return text


@pytest.mark.parametrize("part", range(8))
def test_accidents_end_in_a_program_or_in_problems(tmp_path, part):
    chance = random.Random(SEED + part)
    path = tmp_path / "program.yaml"
    (tmp_path / "fellows.csv").write_text("name,background\nFellow A,anesthesiology\n")
    outcomes = {Program: 0, BadInput: 0}
    for n in range(ROUNDS // 8):
        text = mangled(ALL_LAYERS if n % 3 else EVERYTHING, chance)
        path.write_bytes(text.encode())
        try:
            outcome = read_program(path)
        except BadInput as bad:
            outcome = bad
            assert bad.problems and all(p.message for p in bad.problems), text
            assert all(p.place.file for p in bad.problems), text
        outcomes[type(outcome)] += 1
    assert min(outcomes.values()) > 0, outcomes


def test_accidents_in_tables(tmp_path):
    chance = random.Random(SEED)
    start = EVERYTHING.index("fellows:"), EVERYTHING.index("faculty:")
    path = tmp_path / "program.yaml"
    rows = [["name", "background", "level", "start", "credit"],
            ["Fellow A", "anesthesiology", "senior", None, "Ward: 2"],
            ["Fellow B", "physical medicine and rehabilitation", "junior", None, None],
            ["Fellow C", "neurology", 2, date(2026, 9, 1), None]]
    sheet = workbook(rows)
    plain = "\n".join(",".join("" if c is None else str(c) for c in row) for row in rows)
    outcomes = {Program: 0, BadInput: 0}
    for n in range(120):
        path.write_text(EVERYTHING[:start[0]] + f"fellows: fellows.{'xlsx' if n % 3 == 0 else 'csv'}\n"
                        + EVERYTHING[start[1]:], encoding="utf-8")
        (tmp_path / "fellows.csv").write_bytes(mangled(plain, chance).encode())
        at = chance.randrange(len(sheet))
        (tmp_path / "fellows.xlsx").write_bytes(sheet[:at] + chance.randbytes(chance.randint(0, 3)) + sheet[at + 1:])
        try:
            outcomes[type(read_program(path))] += 1
        except BadInput:
            outcomes[BadInput] += 1
    assert min(outcomes.values()) > 0, outcomes


def test_random_bytes_are_problems(tmp_path):
    chance = random.Random(SEED)
    path = tmp_path / "program.yaml"
    for _ in range(100):
        path.write_bytes(chance.randbytes(chance.randint(0, 200)))
        with pytest.raises(BadInput):
            read_program(path)
