"""Other shapes: thirteen blocks with vacation inside them, four weeks and one of clinic, and a very small year."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scheduler.domain.words import Selection
from scheduler.year import check_year
from tests.examples.solved import amount, one, program, result, text

CENTER, CLINIC, NIGHTS, ELECTIVE = "Pain Medicine Center", "Clinic", "Night float", "Elective"


# -- thirteen blocks of four weeks

@pytest.fixture(scope="module")
def blocks():
    return result("penn-state")


def test_thirteen_blocks_and_the_spare_day_is_listed(blocks):
    periods = blocks.program.year.periods
    assert [p.days for p in periods] == [28] * 12 + [29]
    assert {p.weeks for p in periods} == {4}
    assert any("29 days" in a.text for a in blocks.program.assumptions)


def test_nine_blocks_and_four_of_which_one_is_split(blocks):
    for person in blocks.schedule.people:
        assert [amount(blocks.schedule, person, r) for r in (
            CENTER, "Acute pain and operating room", "Specialty block")] == [9, 1, 3]
    assert any("split block is read as one rotation" in a.text for a in blocks.program.assumptions)


def test_a_week_of_vacation_lies_inside_a_block_that_stays_a_block(blocks):
    vacation = one("Vacation")
    for person in blocks.schedule.people:
        slots = blocks.schedule.slots_on(person, vacation)
        assert len(slots) == 3 and 0 not in slots
        assert all(set(blocks.schedule.at(person, s)) == {CENTER, "Vacation"} for s in slots)
        lost = sum(4 - blocks.schedule.credit(person, s, one(CENTER)) for s in slots)
        assert lost == 3                                    # weeks of credit, while the blocks still count nine
    assert {(o.got, o.unit) for o in blocks.report.owed if o.what == CENTER} == {(9, "blocks")}
    assert {(o.got, o.unit) for o in blocks.report.owed if o.what == "Vacation"} == {(3, "weeks")}


def test_one_is_always_there_and_one_is_away_at_a_time(blocks):
    for slot in blocks.schedule.layer.slots:
        assert sum(blocks.schedule.staff(p, slot, one(CENTER)) for p in blocks.schedule.people) >= 1
        assert len(blocks.schedule.who(slot, one("Vacation"))) <= 1


def test_vacation_inside_another_rotation_is_broken(blocks):
    person = blocks.schedule.people[0]
    slot = blocks.schedule.slots_on(person, one("Specialty block"))[0]
    changed = blocks.schedule.changed(person.id, slot, ("Specialty block", "Vacation"))
    broken = check_year(blocks.program, changed).broken
    assert any(rule.name == "leave inside" and v.when == (slot,) for rule, v in broken)


# -- four weeks and one

@pytest.fixture(scope="module")
def cycles():
    return result("lvhn-4plus1")


def test_one_cohort_covers_the_whole_clinic_in_each_week(cycles):
    for slot in cycles.schedule.layer.slots[2:]:
        there = cycles.schedule.who(slot, one(CLINIC))
        (cohort,) = {tag for p in there for tag in p.tags}
        assert there == [p for p in cycles.schedule.people if cohort in p.tags]
        assert cohort == f"cohort {'ABCDE'[(slot - 2) % 5]}"


def test_ten_cycles_of_five_weeks(cycles):
    for person in cycles.schedule.people:
        weeks = cycles.schedule.slots_on(person, one(CLINIC))
        assert len(weeks) == 10
        assert {b - a for a, b in pairwise(weeks)} == {5}


@pytest.mark.parametrize(("rotation", "least", "most", "length"), [
    ("General medicine", 2, 3, 4), ("Cardiology", 1, 1, 4), ("Critical care", 2, 3, 4), ("Emergency medicine", 1, 1, 4),
    (NIGHTS, 2, 4, 2)])
def test_blocks_as_published(cycles, rotation, least, most, length):
    for person in cycles.schedule.people:
        runs = cycles.schedule.runs(person, one(rotation))
        assert {len(run) for run in runs} == {length}
        assert least <= len(runs) <= most


def test_elective_is_two_to_three_blocks_and_holds_the_vacation(cycles):
    for person in cycles.schedule.people:
        assert 8 <= amount(cycles.schedule, person, ELECTIVE) <= 12
        away = cycles.schedule.slots_on(person, one("Vacation"))
        assert len(away) == 3 and set(away) <= set(cycles.schedule.slots_on(person, one(ELECTIVE)))


def test_orientation_waives_the_wards_and_only_then(cycles):
    waived = {w.when for v in cycles.report.rules for w in v.waivers}
    assert waived == {(0,), (1,)}
    for ward in ("General medicine", "Critical care"):
        assert {len(cycles.schedule.who(s, one(ward))) for s in cycles.schedule.layer.slots[2:]} <= {1, 2, 3}
    assert all(len(cycles.schedule.who(s, one("Orientation"))) == 10 for s in (0, 1))


def test_the_page_is_named_where_it_was_published():
    for name, page in (("penn-state", "https://residency.med.psu.edu/programs/anesthesia-pain-medicine-fellowship/"),
                       ("lvhn-4plus1", "https://lvhn.org/education/residency-and-fellowship-opportunities/"
                                       "internal-medicine-residency-program/curriculum-scheduling")):
        assert page in text(name)


# -- tiny

def test_the_tiny_one_fits_on_a_page_and_shows_every_section():
    lines = text("tiny").splitlines()
    assert len(lines) <= 35 and max(map(len, lines)) <= 100
    for section in ("fellows", "rotations", "leave", "requirements", "rules", "requests"):
        assert f"{section}:" in lines
    for word in ("base: true", "staffing:", "elective: true", "for: not", "assumption:"):
        assert word in text("tiny")


def test_the_tiny_year_is_as_its_lines_say():
    year = result("tiny")
    assert len(year.schedule.layer.slots) == 12 and program("tiny").year.notes == ()
    by_name = {p.name: p for p in year.schedule.people}
    assert {len(year.schedule.who(s, one("Hospital"))) for s in range(12)} == {1}
    assert [amount(year.schedule, by_name[n], "Airway skills") for n in ("Ada", "Ben", "Cleo")] == [0, 1, 0]
    assert [amount(year.schedule, by_name[n], "Headache") for n in ("Ada", "Ben", "Cleo")] == [0, 1, 0]
    assert max(len(run) for p in by_name.values() for run in year.schedule.runs(p, one("Hospital"))) <= 2
    # both want the week of 3 August; one fellow is away at a time, so Ada has her second choice (5 for 8)
    assert [t.value for t in year.tiers] == [3, 3]
    assert len(year.schedule.who(4, Selection.of("Vacation"))) == 1
