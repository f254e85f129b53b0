"""Mayo: who goes where, and the week that the whole cohort spends at the anatomy laboratory."""

from __future__ import annotations

from datetime import date

from constraints import Staffing
from scheduler.check.judge import judge
from scheduler.domain.words import Group, Selection
from scheduler.year import check_year
from tests.examples.solved import amount, fellow, one, requirements, with_amount

ANES, NEURO = "anesthesiology", "neurology"
BASE, ANATOMY = "Pain Clinic", date(2027, 4, 5)


# -- who goes where

def test_skills_sips_and_spine_follow_the_background(year):
    for person in year.schedule.people:
        here = person.background != ANES
        assert amount(year.schedule, person, "SIPS") == (2 if here else 0)
        assert amount(year.schedule, person, "Anesthesia skills training") in ((1, 2) if here else (0,))
    spine = {letter: amount(year.schedule, fellow(year, letter), "Spine Center") for letter in "ABCDE"}
    assert (spine["B"], spine["C"], spine["E"]) == (1, 1, 1)          # required, and no more: they did not ask
    assert 1 <= spine["A"] <= 3 and 0 <= spine["D"] <= 2              # A is anesthesiology, D owes none; both asked


def test_nobody_goes_to_another_backgrounds_rotation(mayo, year):
    for rotation in ("SIPS", "Anesthesia skills training"):
        broken = check_year(mayo, with_amount(year.schedule, fellow(year, "A"), rotation, 1, BASE)).broken
        assert "who may" in [rule.name for rule, _ in broken]


def test_the_neurologists_spine_week_is_scheduled_and_called_assumed(year):
    spine = {o.fellow.background: o for o in year.report.owed if o.what == "Spine Center" and not o.elective}
    assert set(spine) == {ANES, NEURO}
    assert (spine[NEURO].got, spine[NEURO].verdict) == (1, "assumed")
    assert (spine[ANES].got, spine[ANES].verdict) == (1, "met")
    assert "everyone else" in spine[NEURO].assumption and "Not required for physical medicine" in spine[NEURO].source


def test_an_elective_goes_only_to_who_asked_for_it(mayo, year):
    asked = {(w.fellow.id, w.duty) for w in year.report.wishes if w.kind == "Elective"}
    electives = {o.what for o in year.report.owed if o.elective and o.layer == "rotations"} - {"Spine Center"}
    assert electives == {"Electromyography", "Headache Clinic", "Diagnostic radiology"}
    for rotation in electives:
        for person in year.schedule.people:
            if (person.id, rotation) not in asked:
                assert amount(year.schedule, person, rotation) == 0
                forced = check_year(mayo, with_amount(year.schedule, person, rotation, 1, BASE))
                assert any(rule.name == "who may" and rotation in rule.what for rule, _ in forced.broken)


def test_skills_come_before_the_first_procedure_or_inpatient_week(year):
    later = Selection.of("Gonda 15 procedures", "MIPS", "SIPS")
    for person in (fellow(year, "D"), fellow(year, "E")):
        first = year.schedule.slots_on(person, one("Anesthesia skills training"))[0]
        assert first < year.schedule.slots_on(person, later)[0]


# -- the anatomy week

def test_all_fellows_are_in_anatomy_in_the_same_week_and_mips_is_empty_then(mayo, year):
    slot = mayo.year.slot_of(ANATOMY)
    weeks = [tuple(year.schedule.slots_on(p, one("Anatomy laboratory"))) for p in year.schedule.people]
    assert weeks == [(slot,)] * 5
    assert year.schedule.who(slot, one("MIPS")) == []
    others = [len(year.schedule.who(s, one("MIPS"))) for s in year.schedule.layer.slots if s != slot]
    assert set(others) == {1, 2} and sum(others) == 65


def test_the_empty_week_is_reported_as_waived_and_not_as_broken(mayo, year):
    staffing = [v for v in year.report.rules if isinstance(v.rule, Staffing) and "MIPS" in v.rule.what]
    assert [v.word for v in staffing] == ["waived"]
    (waiver,) = staffing[0].waivers
    assert waiver.when == (mayo.year.slot_of(ANATOMY),)
    assert all(said in waiver.sentence for said in ("MIPS", "the week of 5 April", "Anatomy laboratory"))


def test_any_other_empty_week_is_broken(mayo, year):
    slot = mayo.year.slot_of(ANATOMY) + 1
    schedule = year.schedule
    for person in schedule.who(slot, one("MIPS")):
        schedule = schedule.changed(person.id, slot, (BASE,))
    broken = check_year(mayo, schedule).broken
    assert any(rule.name == "staffing" and v.when == (slot,) and "nobody" in v.sentence for rule, v in broken)


def test_three_on_mips_are_one_too_many(mayo, year):
    schedule = year.schedule
    for person in schedule.people[:3]:
        schedule = schedule.changed(person.id, 10, ("MIPS",))
    staffing = [r for r in mayo.rules if isinstance(r, Staffing) and "MIPS" in r.what]
    assert any("at most 2 allowed" in v.sentence for _, v in judge(staffing, (), schedule).broken)


def test_groups_are_read_as_the_page_means_them(mayo):
    spine = [r.who for r in requirements(mayo, "Spine Center") if not r.elective]
    assert spine == [Group("anesthesiology", frozenset({"fellow-a", "fellow-b", "fellow-c"})),
                     Group("not anesthesiology and not physical medicine and rehabilitation", frozenset({"fellow-e"}))]
