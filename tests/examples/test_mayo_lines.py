"""Mayo: every week-level line of the published table, in numbers and at its edges."""

from __future__ import annotations

import pytest

from constraints import Requirement
from scheduler.check.sums import sums
from scheduler.year import check_year
from tests.examples.solved import amount, fellow, program, requirements, verdicts, with_amount

#: the page's table, as printed
TABLE = """
Anatomy dissection laboratory 1 week required
Anesthesia skills training 1-2 weeks required (non-anesthesia-based fellows)
Continuity clinic 60 half days required
Palliative care 1 week required
Pain Rehabilitation Center Up to 1 week required
Spine Center 1 week required* (all anesthesia-based fellows); 2 more weeks available as an elective
Electromyography (EMG) Up to 1 week elective
Headache Clinic 1 week elective
Inpatient cancer-associated pain 2 weeks required
Pediatrics Up to 1 week elective
Diagnostic radiology 1 week elective
Neuroscience course Conferences year-round (elective)
Gonda 15 procedures 7-8 weeks required
Methodist Campus Inpatient Pain Service (MIPS) 13 weeks required (on call for all fellows)
Saint Marys Campus Inpatient Pain Service (SIPS) 2 weeks required (non-anesthesia-based fellows)
Pain psychiatry 2 weeks required
Pain medicine ultrasound 1 week required
Simulation Center 1 day required
*Not required for physical medicine and rehabilitation-based fellows.
""".strip().splitlines()

ANES, PMR, NEURO = "anesthesiology", "physical medicine and rehabilitation", "neurology"

#: what the table means: rotation, fellows (A to C anesthesiology, D physical medicine, E neurology), and the least and
#: most weeks in all, required and elective together; only A and D asked for the elective weeks in the Spine Center
OWED = [
    ("Anatomy laboratory", "ABCDE", 1, 1),
    ("Anesthesia skills training", "DE", 1, 2),
    ("Palliative care", "ABCDE", 1, 1),
    ("Pain Rehabilitation Center", "ABCDE", 1, 1),
    ("Spine Center", "A", 1, 3),
    ("Spine Center", "BC", 1, 1),
    ("Spine Center", "D", 0, 2),
    ("Spine Center", "E", 1, 1),
    ("Electromyography", "ABCDE", 0, 1),
    ("Headache Clinic", "ABCDE", 0, 1),
    ("Inpatient cancer pain", "ABCDE", 2, 2),
    ("Diagnostic radiology", "ABCDE", 0, 1),
    ("Gonda 15 procedures", "ABCDE", 7, 8),
    ("MIPS", "ABCDE", 13, 13),
    ("SIPS", "DE", 2, 2),
    ("Pain psychiatry", "ABCDE", 2, 2),
    ("Pain medicine ultrasound", "ABCDE", 1, 1),
    ("Vacation", "ABCDE", 3, 3),
    ("Meeting", "ABCDE", 1, 1),
]
BASE = "Pain Clinic"


# -- nothing of the page is lost

@pytest.mark.parametrize("line", TABLE)
def test_every_line_of_the_table_is_quoted(mayo, line):
    quoted = ({r.source for r in mayo.rules} | {a.source for a in mayo.assumptions}) - {""}
    assert any(source in line or line in source for source in quoted)


def test_nothing_is_left_for_later(mayo):
    assert not [a for a in mayo.assumptions if "not yet scheduled" in a.text]


def test_both_readings_of_call_are_stated(mayo):
    said = next(a.text for a in mayo.assumptions if "on call for all fellows" in a.text)
    assert "the fellow on MIPS carries the call of all of them" in said and "it could also mean" in said


def test_leave_is_three_weeks_and_one_and_both_are_assumed(mayo, year):
    for kind, weeks in (("Vacation", 3), ("Meeting", 1)):
        assert {amount(year.schedule, p, kind) for p in year.schedule.people} == {weeks}
        assert {o.verdict for o in year.report.owed if o.what == kind} == {"assumed"}
    assert [leave.name for leave in mayo.leaves if not leave.absence] == ["Meeting"]


def test_what_is_off_is_nowhere_but_in_the_assumptions(mayo):
    for name in ("Center for Pain and Supportive Care", "Neuroscience course", "Research courses"):
        assert name not in mayo.layer().duties
        assert any(a.text.startswith(name) and "off" in a.text for a in mayo.assumptions)


# -- the sums of the year (the simulation day, 0.2 of a week, is not among them)

def test_the_weeks_of_each_background():
    lines, fellows = sums(program("mayo").layer(), program("mayo").rules)
    leave = 3 + 1
    least = {p.person.background: p.owed - leave for p in fellows}
    assert least == {ANES: 29, PMR: 31, NEURO: 32}
    assert all(p.here == 52 for p in fellows)
    by_name = {line.what: line for line in lines}
    mips, gonda = by_name["MIPS"], by_name["Gonda 15 procedures"]
    assert (mips.owed_min, mips.owed_max, mips.needed, mips.room) == (65, 65, 51, 104)
    assert (gonda.owed_min, gonda.owed_max, gonda.room) == (35, 40, 52)
    assert [by_name[n].owed_min for n in ("Pain psychiatry", "Inpatient cancer pain", "Palliative care", "SIPS")] == [
        10, 10, 5, 4]


@pytest.mark.parametrize(("letters", "least", "most"), [("ABC", 29, 30), ("D", 31, 33), ("E", 32, 34)])
def test_required_weeks_from_least_to_most(year, letters, least, most):
    for person in (fellow(year, letter) for letter in letters):
        lines = [o for o in year.report.owed if o.fellow == person and not o.elective
                 and o.layer == "rotations" and o.what not in (BASE, "Vacation", "Meeting")]
        assert (sum(o.owed_min for o in lines), sum(o.owed_max for o in lines)) == (least, most)


def test_the_base_rotation_takes_exactly_what_is_left(year):
    for person in year.schedule.people:
        others = sum(amount(year.schedule, person, d) for d in year.schedule.layer.duties if d != BASE)
        assert amount(year.schedule, person, BASE) == 52 - others
        assert 7 <= 52 - others <= 19


# -- every line, at its edges: the schedule changed by hand, one cell at a time

CASES = [(rotation, letter, number, low, high) for rotation, letters, low, high in OWED for letter in letters
         for number in sorted({low - 1, low, high, high + 1}) if number >= 0]


@pytest.mark.parametrize(("rotation", "letter", "number", "low", "high"), CASES,
                         ids=[f"{rotation}-{letter}-{number}" for rotation, letter, number, _, _ in CASES])
def test_one_week_too_few_or_too_many_fails_and_the_edge_passes(mayo, year, rotation, letter, number, low, high):
    person = fellow(year, letter)
    changed = with_amount(year.schedule, person, rotation, number, BASE)
    found, sentences = verdicts(requirements(mayo, rotation), changed, person)
    words, by = {o.verdict for o in found}, sum(o.by for o in found)
    if low <= number <= high:
        assert sentences == [] and by == 0 and words <= {"met", "assumed"}
    else:
        assert len(sentences) == 1 and by == 1
        assert ("short" if number < low else "over") in words
        assert person.name in sentences[0] and rotation in sentences[0]


def test_the_edges_are_tried_for_every_line_of_the_file(mayo):
    lines = {duty for rule in mayo.rules if isinstance(rule, Requirement) and rule.layer_name == "rotations"
             for duty in rule.what}
    assert lines - {rotation for rotation, *_ in OWED} == {BASE}      # it owes 0 to 52 of 52: no year can break it


def test_a_short_year_is_broken_as_a_whole(mayo, year):
    report = check_year(mayo, with_amount(year.schedule, fellow(year, "A"), "MIPS", 12, BASE))
    short = next(v.sentence for rule, v in report.broken if isinstance(rule, Requirement))
    assert "Fellow A" in short and "12 weeks" in short and "13 weeks" in short
