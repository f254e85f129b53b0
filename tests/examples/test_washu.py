"""Washington University: the lines given in weeks. The lines given in days are in ``test_washu_days``."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.check.sums import sums
from scheduler.domain.words import Selection
from scheduler.io.program_file import read_program
from scheduler.year import check_year
from tests.examples.solved import amount, edited, one, program, requirements, result, solved, text, with_amount, written

BASE, OR = "Outpatient Chronic Pain", "Anesthesiology"
APS, CCPS = "Acute Pain Service", "Chronic and Cancer Pain Service"

IN_WEEKS = ["Anesthesiology: 2 weeks with OR anesthesiologist",
            "Palliative Care: 1 week with Palliative Care Medicine Faculty"]


@pytest.fixture(scope="module")
def washu():
    return program("washu")


@pytest.fixture(scope="module")
def year():
    return result("washu")


def test_what_the_page_gives_in_weeks_is_owed_in_weeks(year):
    for source, rotation, weeks in zip(IN_WEEKS, (OR, "Palliative Care"), (2, 1), strict=True):
        lines = [o for o in year.report.owed if o.source == source]
        assert [(o.what, o.owed_min, o.owed_max, o.got) for o in lines] == [(rotation, weeks, weeks, weeks)] * 4


def test_the_totals_of_external_rotations_with_and_without_the_waiver():
    """8 + 3 + 1-2 + 10 + 5 + 2-3 days; both totals stand at the top of the file."""
    least, most = 8 + 3 + 1 + 10 + 5 + 2, 8 + 3 + 2 + 10 + 5 + 3
    assert (least, most, least - 10, most - 10) == (29, 31, 19, 21)
    assert f"{least}-{most} days ({least / 5}-{most / 5} weeks)" in text("washu")
    assert f"{least - 10}-{most - 10} days ({(least - 10) / 5}-{(most - 10) / 5} weeks)" in text("washu")


def test_anesthesiology_is_for_all_and_waived_by_one_line(tmp_path, washu):
    assert all(r.waived is None for r in requirements(washu, OR))
    waiving = read_program(written(tmp_path, edited(text("washu"), ("# waived for: anes", "waived for: anes"))))
    must = replace(waiving, rules=tuple(r for r in waiving.rules if r.priority is None), priorities=())
    year = solved(must)
    got = {o.fellow.name: (o.verdict, o.got) for o in year.report.owed if o.what == OR}
    assert got == {"Fellow A": ("waived", 0), "Fellow B": ("waived", 0), "Fellow C": ("assumed", 2),
                   "Fellow D": ("assumed", 2)}


@pytest.mark.parametrize("service", [APS, CCPS])
def test_both_services_have_exactly_one_fellow_in_every_week(year, service):
    assert {len(year.schedule.who(s, one(service))) for s in year.schedule.layer.slots} == {1}
    weeks = [amount(year.schedule, p, service) for p in year.schedule.people]
    assert sum(weeks) == 52 and min(weeks) >= 12 and max(weeks) <= 14


def test_stints_on_service_are_two_or_three_weeks(washu, year):
    inpatient = Selection.of(APS, CCPS)
    for person in year.schedule.people:
        assert {len(run) for run in year.schedule.runs(person, inpatient)} <= {2, 3}
        assert max(len(run) for service in (APS, CCPS) for run in year.schedule.runs(person, one(service))) <= 2
        assert len(year.schedule.runs(person, one(OR))) == 1


def test_leave_is_fifteen_days_and_five(washu, year):
    for person in year.schedule.people:
        assert amount(year.schedule, person, "Vacation") == 3
    vacation = [o for o in year.report.owed if o.what == "Vacation" and o.unit == "days"]
    assert [(o.owed_min, o.owed_max, o.got) for o in vacation] == [(15, 15, 15)] * 4
    assert [leave.source for leave in washu.leaves] == ["15 vacation days", "5 meeting days"]
    away = Selection.of("Vacation", "Meeting")
    assert max(len(year.schedule.who(s, away)) for s in year.schedule.layer.slots) == 1


@pytest.mark.parametrize("elective", ["Psychology", "Physical Therapy"])
def test_what_it_may_include_is_an_elective_for_who_asks(washu, year, elective):
    asked = {w.fellow.name for w in year.report.wishes if w.duty == elective}
    assert {p.name for p in year.schedule.people if amount(year.schedule, p, elective)} <= asked
    person = next(p for p in year.schedule.people if p.name not in asked)
    forced = check_year(washu, with_amount(year.schedule, person, elective, 1, BASE))
    assert any(rule.name == "who may" and elective in rule.what for rule, _ in forced.broken)


def test_lengths_that_are_not_published_are_assumed(year):
    for rotation in (APS, CCPS, BASE, OR):
        assert {o.verdict for o in year.report.owed if o.what == rotation} == {"assumed"}


def test_the_sums():
    rotations, fellows = sums(program("washu").layer(), program("washu").rules)
    by_name = {line.what: line for line in rotations}
    assert [(by_name[s].owed_min, by_name[s].owed_max, by_name[s].needed) for s in (APS, CCPS)] == [(48, 56, 52)] * 2
    assert {p.owed for p in fellows} == {12 + 12 + 2 + 1 + 3}
