"""Washington University below the week: external days, non-clinical days, leave by the day, split days, three sites."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from scheduler.check.day_view import DayView
from scheduler.io.program_file import read_program
from tests.examples.solved import edited, program, result, solved, text, written

APS, CCPS, OUT = "Acute Pain Service", "Chronic and Cancer Pain Service", "Outpatient Chronic Pain"
EXTERNAL = {"Physiatry": (8, 8), "Neurology": (3, 3), "Toxicology": (1, 2), "Pediatric Pain": (2, 3),
            "Anesthesiology": (10, 10), "Palliative Care": (5, 5)}


@pytest.fixture(scope="module")
def washu():
    return program("washu")


@pytest.fixture(scope="module")
def year():
    return result("washu")


@pytest.fixture(scope="module")
def days(washu, year):
    return DayView(washu, year.schedule)


def test_every_fellow_has_29_to_31_external_days(year, days):
    for person in year.schedule.people:
        tally = days.tally(person)
        for rotation, (least, most) in EXTERNAL.items():
            assert least <= tally[rotation] <= most, (person.name, rotation)
        assert 29 <= sum(tally[rotation] for rotation in EXTERNAL) <= 31


def test_with_the_waiver_anesthesiologists_have_19_to_21(tmp_path):
    waiving = read_program(written(tmp_path, edited(text("washu"), ("# waived for: anes", "waived for: anes"))))
    must = replace(waiving, rules=tuple(r for r in waiving.rules if r.priority is None), priorities=())
    found = solved(must)
    view = DayView(must, found.schedule)
    for person in found.schedule.people:
        total = sum(view.tally(person).get(rotation, 0) for rotation in EXTERNAL)
        low, high = (19, 21) if person.background == "anesthesiology" else (29, 31)
        assert low <= total <= high


def test_they_are_placed_in_outpatient_weeks_and_spread_as_required(washu, year, days):
    for person in year.schedule.people:
        weeks = {rotation: [d.slot.period for d in days.of(person) if d.what == rotation] for rotation in EXTERNAL}
        for rotation in ("Physiatry", "Neurology", "Toxicology", "Pediatric Pain"):
            assert all(year.schedule.at(person, week) == (OUT,) for week in weeks[rotation])
        assert max(Counter(weeks["Neurology"]).values()) == 1
        assert max(Counter(weeks["Physiatry"]).values()) == 2          # one day: both its halves
        physiatry = sorted({d.slot.day for d in days.of(person) if d.what == "Physiatry"})
        assert len(physiatry) == 8
        for together in ("Toxicology", "Pediatric Pain"):
            halves = [d.slot.index for d in days.of(person) if d.what == together]
            assert halves[-1] - halves[0] == len(halves) - 1


def test_the_days_add_up_to_the_working_days_of_the_real_year(washu, year, days):
    for person in year.schedule.people:
        assert days.working_days(person) == 261         # Monday to Friday, 1 July 2026 to 30 June 2027
        kinds, tally = days.by_kind(person), days.tally(person)
        assert sum(kinds.values()) == sum(tally.values()) == 261
        assert kinds["leave"] == 15 + tally.get("Meeting", 0) and kinds["non-clinical"] == 12
        services = tally[APS] + tally[CCPS] + tally[OUT]
        electives = tally.get("Psychology", 0) + tally.get("Physical Therapy", 0)
        external = sum(tally[rotation] for rotation in EXTERNAL)
        assert services + electives + external + kinds["leave"] + kinds["holiday"] + 12 == 261


def test_a_split_day_credits_both_services(year, days):
    for person in year.schedule.people:
        split = [d for d in days.of(person) if d.rotation == CCPS]
        halves = Counter((d.slot.half.name, d.what, d.site) for d in split)
        number = len(split) // 2
        assert halves == {("morning", OUT, "Center for Advanced Medicine"): number,
                          ("afternoon", CCPS, "Barnes-Jewish Hospital"): number}
        assert days.tally(person)[CCPS] == number / 2


def test_a_service_goes_on_on_holidays_and_nobody_else_works(washu, year, days):
    for person in year.schedule.people:
        for doing in days.of(person):
            if doing.slot.day in washu.year.holidays:
                on_service = set(year.schedule.at(person, doing.slot.period)) & {APS, CCPS}
                assert (doing.kind == "holiday") == (not on_service)


def test_the_twelve_non_clinical_days_are_spread(year, days):
    for person in year.schedule.people:
        months = Counter(d.slot.day.strftime("%Y-%m") for d in days.of(person) if d.what == "Non-clinical day")
        assert sum(months.values()) == 24 and max(months.values()) <= 4     # both halves of twelve days, two a month


def test_outpatient_weeks_visit_the_three_sites_in_turn(year, days):
    for person in year.schedule.people:
        weeks = [slot for slot, duties in year.schedule.of(person) if duties == (OUT,)]
        sites = {d.slot.period: d.site for d in days.of(person) if d.what == OUT and d.rotation == OUT}
        turn = ["Center for Advanced Medicine", "Barnes-Jewish West County", "Missouri Baptist"]
        assert all(sites[week] == turn[n % 3] for n, week in enumerate(weeks) if week in sites)


def test_nobody_works_at_the_hospital_and_across_the_county_on_one_day(year, days):
    for person in year.schedule.people:
        where = {}
        for doing in days.of(person):
            where.setdefault(doing.slot.day, set()).add(doing.site)
        for sites in where.values():
            assert not ("Barnes-Jewish Hospital" in sites
                        and sites & {"Barnes-Jewish West County", "Missouri Baptist"})


def test_every_layer_is_proven_and_checks_clean(year):
    assert year.status == "optimal" and year.report.ok
    assert {t.layer for t in year.tiers} == {"rotations", "half-days", "conferences"}
    assert all(h.findings == () for h in year.report.hours)
