"""Clinics, short rotations and days of leave: when they are open, what may be left for them, dates by the day."""

from datetime import date, time

import pytest

from constraints.forbidden import Forbidden
from constraints.most_per import MostPer
from constraints.pinned import Pinned
from constraints.ranked_requests import RankedRequests
from constraints.requirement import Requirement
from constraints.taken_from import TakenFrom
from constraints.together import Together
from constraints.travel import Travel
from constraints.who_may import WhoMay
from scheduler.domain.days import HALF_DAYS
from scheduler.io.day_windows import read_day_window, weekdays
from scheduler.io.nodes import Node
from scheduler.io.problems import Place
from tests.io.small import ALL_LAYERS, MINIMAL, read, wrong

CLINIC = MINIMAL.replace("leave:\n  - Vacation\n", """\
  - {name: Continuity clinic, short: CC, by: half-day, open: [Tuesday, Friday morning], not during: Ward}
  - {name: Physiatry, by: day, from: Clinic, only: Fellow A, available: September to May}
leave:
  - {name: Vacation, days: 15, from: Clinic}
""").replace("end: 2027-06-30", "end: 2027-06-30, holidays: US")


def of(program, kind, layer=HALF_DAYS, what=None):
    return [r for r in program.rules if type(r) is kind and r.layer_name == layer
            and what in (None, str(getattr(r, "what", "")))]


def dates(program, slots):
    return sorted({program.half_days.slots[s].day for s in slots})


@pytest.mark.parametrize("said, expected", [
    ("Monday", ({0}, None)), ("Mondays", ({0}, None)), ("every tues", ({1}, None)), ("Mon-Thu", ({0, 1, 2, 3}, None)),
    ("Friday to Monday", ({4, 5, 6, 0}, None)), ("Tuesday AM", ({1}, 0)), ("weekday afternoons", ({0, 1, 2, 3, 4}, 1)),
    ("weekends", ({5, 6}, None)), ("mornings", (set(range(7)), 0)), ("every day", (set(range(7)), None)),
    ("Friday nights", ({4}, None))])
def test_weekdays(said, expected):
    assert weekdays(said) == expected


@pytest.mark.parametrize("said, number, text", [
    ("2026-09-16", 2, "16 September"), ("2026-09-16 morning", 1, "16 September (morning)"),
    ("2026-09-16 00:00:00", 2, "16 September"),
    ("2026-09-14 to 2026-09-20 pm", 5, "14 September to 20 September (afternoon)"), ("Tuesdays", 104, "Tuesdays"),
    ("December", 46, "December"), ("Labor Day", 2, "Labor Day"), ("holidays", 22, "holidays"),
    ("first 2 weeks", 16, "first 2 weeks")])
def test_dates_are_exact_below_the_week(tmp_path, said, number, text):
    days = read(tmp_path, CLINIC).half_days
    window = read_day_window(Node(Place("program.yaml"), said), days)
    assert (len(window.slots), window.text) == (number, text)


def test_when_a_clinic_is_open(tmp_path):
    program = read(tmp_path, CLINIC)
    outside = next(r for r in of(program, WhoMay, what="Continuity clinic") if r.outside).outside
    slots = [program.half_days.slots[s] for s in outside.slots]
    assert {(s.day.weekday(), s.half.name) for s in slots} == {
        (1, "morning"), (1, "afternoon"), (4, "morning")}
    assert date(2026, 12, 25) not in {s.day for s in slots}             # a Friday, and a holiday
    only = next(r for r in of(program, WhoMay, what="Physiatry") if r.only)
    assert only.only.ids == {"fellow-a"}
    open_ = next(r for r in of(program, WhoMay, what="Physiatry") if r.outside).outside
    assert dates(program, open_.slots)[0] == date(2026, 9, 1)
    works = read(tmp_path, CLINIC.replace("by: half-day,", "by: half-day, works holidays: true,"))
    assert date(2026, 12, 25) in dates(works, next(
        r for r in of(works, WhoMay, what="Continuity clinic") if r.outside).outside.slots)


def test_which_rotations_may_be_left(tmp_path):
    program = read(tmp_path, CLINIC)
    hosts = {str(r.what): r.hosts.duties for r in of(program, TakenFrom)}
    assert hosts == {"Continuity clinic": {"Clinic"}, "Physiatry": {"Clinic"}, "Vacation": {"Clinic"}}


def test_amounts_and_their_spread(tmp_path):
    program = read(tmp_path, CLINIC + """requirements:
  - {rotation: CC, half-days: 20-30, per week: 2, per month: up to 6}
  - {rotation: Physiatry, days: 8, per week: 1, for: Fellow A}
""")
    clinic, days = of(program, Requirement)
    assert (clinic.at_least, clinic.at_most, clinic.unit, clinic.per) == (20, 30, "half-days", 1)
    assert (days.at_least, days.unit, days.per) == (8, "days", 2)
    assert [(int(r.limit), r.per, r.who and r.who.ids) for r in of(program, MostPer)] == [
        (2, "week", None), (6, "month", None), (2, "week", {"fellow-a"})]       # one day is two half-days


def test_a_requirement_of_what_is_off_is_off(tmp_path):
    program = read(tmp_path, CLINIC.replace("by: half-day,", "by: half-day, off: true,") + """requirements:
  - {rotation: Continuity clinic, half-days: 20, per week: 2}
""")
    assert [r.name for r in program.short] == ["Physiatry"]
    assert not of(program, MostPer) and not of(program, Requirement)


def test_credit_is_in_the_unit_of_what_is_owed(tmp_path):
    text = CLINIC.replace("[Fellow A, Fellow B]", "[{name: Fellow A, credit: {Physiatry: 3, CC: 5}}, Fellow B]")
    program = read(tmp_path, text + """requirements:
  - {rotation: CC, half-days: 20}
  - {rotation: Physiatry, days: 8, for: Fellow A}
""")
    layer, person = program.layers()[1], program.people[0]
    clinic, days = of(program, Requirement)
    assert clinic._earlier(layer, person) == 5
    assert days._earlier(layer, person) == 6                            # in half-days


def test_pins_and_cohort_days(tmp_path):
    program = read(tmp_path, CLINIC + """pins:
  - {fellow: Fellow A, rotation: CC, during: 2026-09-15 morning}
  - {fellow: Fellow B, not: CC, during: Fridays}
cohort weeks:
  - {rotation: Physiatry, in: 2026-10-14, for: Fellow A}
""")
    (pin,), (never,), (together,) = of(program, Pinned), of(program, Forbidden), of(program, Together)
    assert [program.half_days.slots[s].start.hour for s in pin.during.slots] == [8]
    assert {program.half_days.slots[s].day.weekday() for s in never.during.slots} == {4}
    assert dates(program, together.dates.slots) == [date(2026, 10, 14)]


def test_wishes_of_every_layer_are_kept(tmp_path):
    program = read(tmp_path, CLINIC + """call:
  - {name: Night call, kind: in-house}
requests:
  - fellow: Fellow A
    timing: [{rotation: Physiatry, during: October}, {rotation: Ward, during: October}]
    avoid: [{rotation: Night call, during: Christmas Day}]
""")
    found = {r.layer_name: [w.text for w in r.wishes_for] for r in program.rules if isinstance(r, RankedRequests)}
    assert found == {"rotations": ["Ward in October"], HALF_DAYS: ["Physiatry in October"],
                     "call": ["no Night call in Christmas Day"]}
    assert [m for m in wrong(tmp_path, CLINIC + """requests:
  - {fellow: Fellow B, timing: [{rotation: Physiatry, during: October}]}
""") if "impossible: Physiatry is ruled out" in m]


# -- what a week looks like

def test_the_week_of_a_rotation(tmp_path):
    program = read(tmp_path, ALL_LAYERS.replace("morning: Clinic at West", "morning: clinic at West"))
    offices = next(r for r in program.rotations if r.name == "Offices")
    assert offices.sites == ("Main building", "West")
    assert offices.template[0] == (0, 0, "Clinic", "West") and offices.template[-1] == (4, 1, "Teaching", "")
    nights = next(r for r in program.rotations if r.name == "Night service")
    assert nights.hours[-1] == (5, time(7), time(12)) and nights.works_holidays
    assert [h.start for h in program.working_week.halves] == [time(8), time(13)]
    (travel,) = of(program, Travel)
    assert dict(travel.sites)["Offices"] == ("Main building", "West")
    assert ("Offices", 0, "West") in travel.sends and len(travel.sends) == 5
    assert not next(r for r in program.short if r.name == "Scholarly time").clinical


def test_the_narrower_line_of_a_template_wins(tmp_path):
    text = MINIMAL.replace("{name: Clinic, base: true}", "{name: Clinic, base: true, template: {Friday afternoon: "
                           "Rounds, every day: Ward, Friday: Teaching}}")
    week = {(day, half): service for day, half, service, _ in read(tmp_path, text).rotations[0].template}
    assert len(week) == 10
    assert (week[3, 1], week[4, 0], week[4, 1]) == ("Ward", "Teaching", "Rounds")
