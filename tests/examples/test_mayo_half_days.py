"""Mayo below the week: sixty continuity clinics, the simulation day, pediatrics by the day, call in both readings."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from scheduler.check.day_view import DayView
from scheduler.check.room_sums import problems
from scheduler.io.program_file import read_program
from scheduler.year import NoSchedule, plan_year
from tests.examples.solved import edited, program, result, solved, text, written

CLINIC, BARRED = "Continuity clinic", "[MIPS, SIPS, Anesthesia skills training, Anatomy laboratory]"
WIDER = "[MIPS, SIPS, Anesthesia skills training, Anatomy laboratory, Palliative care, Inpatient cancer pain]"
TWO, THREE = "half-days: 60, per week: 2", "half-days: 60, per week: 3"
LEAVE = "{name: Vacation, short: VAC, weeks: 3,"


def must(program_):
    """What must hold, and nothing else: enough to know whether a year exists."""
    return replace(program_, priorities=(), rules=tuple(r for r in program_.rules if r.priority is None))


def variant(folder, *changes):
    return must(read_program(written(folder, edited(text("mayo"), *changes))))


@pytest.fixture(scope="module")
def days(year, mayo):
    return DayView(mayo, year.schedule)


# -- sixty half-days of clinic

def test_everyone_has_sixty_clinics_at_most_two_a_week(year, mayo, days):
    for person in year.schedule.people:
        clinics = [d.slot for d in days.of(person) if d.what == CLINIC]
        assert len(clinics) == 60
        assert max(Counter(slot.period for slot in clinics).values()) <= 2
        assert not {slot.day for slot in clinics} & set(mayo.year.holidays)


def test_no_clinic_where_the_issue_bars_it(year, days):
    barred = {"MIPS", "SIPS", "Anesthesia skills training", "Anatomy laboratory"}
    for person in year.schedule.people:
        weeks = {year.schedule.at(person, d.slot.period) for d in days.of(person) if d.what == CLINIC}
        assert not {duty for week in weeks for duty in week} & (barred | {"Vacation", "Meeting"})


def test_the_clinics_are_proven_to_use_as_few_half_days_of_the_week_as_two_a_week_allow(year):
    (tier,) = [t for t in year.tiers if t.name.startswith("convenience")]
    assert tier.proven and tier.value == 2 * 5          # 60 clinics in at most 52 weeks need two half-days each


def test_barred_on_palliative_and_cancer_too_it_is_proven_impossible_and_the_sum_says_why(tmp_path):
    tight = variant(tmp_path, (BARRED, WIDER))
    found = problems(tight.layers(), tight.rules)
    assert [s.split()[1] for s in found] == ["D", "E"]          # the two who are no anesthesiologists
    for sentence in found:
        assert "owes 60 half-days of Continuity clinic" in sentence
        assert "28 × 2 = 56, and 56 is less than 60" in sentence
        said = sentence[sentence.index(": 52 weeks") + 2:sentence.index(" = 28 weeks")]
        parts = {p.rsplit(" ", 1)[0]: int(p.rsplit(" ", 1)[1]) for p in said.split(" − ")[1:]}
        assert parts == {"Vacation": 3, "Meeting": 1, "Anatomy laboratory": 1, "MIPS": 13, "SIPS": 2,
                         "Anesthesia skills training": 1, "Palliative care": 1, "Inpatient cancer pain": 2}
        assert 52 - sum(parts.values()) == 28
    with pytest.raises(NoSchedule) as impossible:
        plan_year(tight)
    assert impossible.value.outcome.status == "impossible"


def test_the_sum_is_at_its_most_favourable(tmp_path):
    """One week of leave fewer is not enough (29 × 2 = 58); two are (30 × 2 = 60)."""
    one_fewer = variant(tmp_path, (BARRED, WIDER), (LEAVE, LEAVE.replace("3", "2")))
    assert all("29 × 2 = 58" in s for s in problems(one_fewer.layers(), one_fewer.rules))
    assert len(problems(one_fewer.layers(), one_fewer.rules)) == 2


@pytest.mark.parametrize("changes", [[(TWO, THREE)], [(LEAVE, LEAVE.replace("3", "1"))]],
                         ids=["three a week", "two weeks of leave fewer"])
def test_it_is_feasible_again(tmp_path, changes):
    loose = variant(tmp_path, (BARRED, WIDER), *changes)
    assert problems(loose.layers(), loose.rules) == []
    found = solved(loose)
    assert found.status == "optimal" and found.report.ok
    clinics = [o for o in found.report.owed if o.what == CLINIC]
    assert [(o.got, o.unit) for o in clinics] == [(60, "half-days")] * 5


# -- the simulation day and pediatrics

def test_the_simulation_day_is_one_day_for_all(year, days):
    where = {p.name: {d.slot.day for d in days.of(p) if d.what == "Simulation Center"} for p in year.schedule.people}
    assert set(map(frozenset, where.values())) == {frozenset({date(2026, 9, 16)})}


def test_pediatrics_is_three_days_together_for_those_who_asked(year, days):
    asked = {w.fellow.name for w in year.report.wishes if w.duty == "Pediatrics" and w.granted}
    assert asked == {"Fellow B", "Fellow E"}
    for person in year.schedule.people:
        halves = [d.slot.index for d in days.of(person) if d.what == "Pediatrics"]
        assert len(halves) == (6 if person.name in asked else 0)
        assert not halves or halves[-1] - halves[0] == 5


# -- call

def test_the_fellow_on_mips_carries_weeknights(year, mayo, days):
    on = {p.id: {c.start.date() for c in days.on_call(p) if c.role.name == "MIPS night call"}
          for p in year.schedule.people}
    for slot in mayo.nights.slots:
        who = [p for p in year.schedule.people if slot.day in on[p.id]]
        weeknight = slot.day.weekday() < 5 and not date(2027, 4, 5) <= slot.day <= date(2027, 4, 9)
        assert len(who) == int(weeknight)
        assert all(year.schedule.at(p, slot.period) == ("MIPS",) for p in who)


def test_weekends_are_shared_as_evenly_as_the_days_allow(year, mayo, days):
    counts = [sum(c.role.name == "MIPS weekend call" for c in days.on_call(p)) for p in year.schedule.people]
    assert sum(counts) == sum(s.day.weekday() >= 5 for s in mayo.nights.slots)
    assert max(counts) - min(counts) <= 1


def test_nobody_is_on_call_on_leave_or_the_night_before_it(year, mayo, days):
    for person in year.schedule.people:
        leave = {s.day for s in mayo.nights.slots if set(year.schedule.at(person, s.period)) & {"Vacation", "Meeting"}}
        for call in days.on_call(person):
            assert call.start.date() not in leave and call.end.date() not in leave


def test_the_other_reading_works_too(tmp_path):
    """All fellows take turns on weeknights, wherever they are, and share them evenly."""
    other = read_program(written(tmp_path, edited(
        text("mayo"), ("    from: MIPS\n", "    from: any rotation\n"),
        ("  - {rule: evenness, of: MIPS weekend call,", "  - {rule: evenness, of: MIPS night call, over: fellows, "
         "priority: evenness}\n  - {rule: evenness, of: MIPS weekend call,"))))
    only = replace(other, rules=tuple(r for r in other.rules if r.priority is None or r.layer_name == "call"),
                   priorities=("evenness",))
    found = solved(only)
    assert found.status == "optimal" and found.report.ok
    view = DayView(only, found.schedule)
    nights = [sum(c.role.name == "MIPS night call" for c in view.on_call(p)) for p in only.people]
    assert sum(nights) == sum(s.day.weekday() < 5 for s in only.nights.slots) - 5
    assert max(nights) - min(nights) <= 1
    on_mips = {only.nights.slots[s].period for p in only.people for s, roles in found.schedule.beside["call"].of(p)
               if "MIPS night call" in roles and "MIPS" not in found.schedule.at(p, only.nights.slots[s].period)}
    assert on_mips                                      # call is carried from other rotations as well


# -- work hours, and the year as a whole

def test_the_work_hours_hold_and_the_heaviest_week_is_the_sum_of_days_and_nights(year):
    assert [h.findings for h in year.report.hours] == [()] * 5
    weeks = [a for h in year.report.hours for a in h.averages if a.window.length in (7, 14)]
    heaviest = max(weeks, key=lambda a: a.average)
    assert heaviest.window.what == "MIPS" and 60 <= heaviest.average <= 64      # 5 × 10 + 5 × 2, or a weekend day more
    assert all(a.free >= a.needed for a in weeks)


def test_every_layer_is_proven_and_checks_clean(year):
    assert year.status == "optimal" and year.report.ok
    assert {t.layer for t in year.tiers} == {"rotations", "half-days", "call"}


def test_a_year_without_these_layers_is_as_good():
    """The clinics and the call cost the rotation year nothing: its tiers are what they were without them."""
    values = {t.name: t.value for t in result("mayo").tiers if t.layer == "rotations"}
    above = replace(program("mayo"), short=(), calls=(),
                    rules=tuple(r for r in program("mayo").rules if r.layer_name == "rotations"))
    assert {t.name: t.value for t in solved(above).tiers} == values
