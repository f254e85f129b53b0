"""Washington University's didactics: every line of its page, holidays in three years, and a vacation that moves."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, time
from itertools import pairwise

import pytest

from scheduler.export.schedule_json import write_schedule
from scheduler.io.program_file import read_program
from tests.examples.solved import edited, program, result, solved, text, written

JOINT = "Joint Journal Club"
PRESENTING = f"{JOINT} (fellows)"


@pytest.fixture(scope="module")
def washu():
    return program("washu")


@pytest.fixture(scope="module")
def year():
    return result("washu")


def in_year(folder, start, end):
    """The conferences alone, in another year; the fellows' made-up dates do not matter for their dates."""
    lines = text("washu").splitlines()
    head = "\n".join(lines[:lines.index("rotations:")])
    tail = "\n".join(lines[lines.index("conferences:"):lines.index("milestones:")])
    begins = next(n for n, line in enumerate(lines) if line.startswith("faculty:"))
    people = "\n".join(lines[begins:lines.index("conferences:")])
    middle = "rotations:\n  - {name: Outpatient, base: true}\n  - {name: Anesthesiology}\n"
    return read_program(written(folder, edited(
        "\n".join([head, middle, people, tail]),
        ("start: 2026-07-01", f"start: {start}"), ("end: 2027-06-30", f"end: {end}"),
        ("every: 2026-07-22", "every: first Wednesday of August"),
        ('"2026-08-12, 2026-08-19, 2026-08-26, 2026-09-02, 2026-09-09, 2026-09-16"', "every Wednesday of August"))))


def dates(program_, series):
    return [s.day for s in program_.sessions if s.series == series]


# -- the dates

def test_the_weekly_series_have_their_published_times(washu):
    times = {s.series: (s.day.weekday(), s.start, s.end) for s in washu.sessions}
    assert times["Lecture"] == (1, time(17), time(18))
    assert times["Weekly Seminar"] == (3, time(6, 30), time(7, 30))
    assert times["Multidisciplinary Pain Meeting"] == (3, time(7, 30), time(8, 30))
    assert times["Journal Club"] == times[JOINT] == (4, time(6, 30), time(7, 30))


def test_the_first_friday_that_is_no_holiday_and_twelve_a_year(washu):
    """3 July 2026 and 1 January 2027 are holidays."""
    joint = dates(washu, JOINT)
    assert len(joint) == 12 and joint[0] == date(2026, 7, 10) and date(2027, 1, 8) in joint
    assert not set(joint) & set(dates(washu, "Journal Club"))
    weeks = {d.isocalendar()[:2] for d in joint} & {d.isocalendar()[:2] for d in dates(washu, "Journal Club")}
    assert not weeks


def test_in_2025_the_seminars_of_christmas_and_new_year_are_cancelled(tmp_path):
    other = in_year(tmp_path, "2025-07-01", "2026-06-30")
    seminars = dates(other, "Weekly Seminar")
    assert not {date(2025, 12, 25), date(2026, 1, 1), date(2025, 11, 27)} & set(seminars)
    why = {d.day: d.why for d in other.dropped if d.series == "Weekly Seminar"}
    assert why[date(2025, 12, 25)] == "on Christmas Day" and why[date(2026, 1, 1)] == "on New Year's Day"
    assert len(dates(other, JOINT)) == 12 and dates(other, JOINT)[0] == date(2025, 7, 11)      # 4 July is a Friday


def test_in_2027_the_leap_year_has_twelve_joint_sessions(tmp_path):
    other = in_year(tmp_path, "2027-07-01", "2028-06-30")
    assert len(dates(other, JOINT)) == 12 and not [s for s in other.sessions if s.series == JOINT and s.moved_from]


def test_what_has_no_time_is_listed_and_never_invented(washu):
    said = [a.text for a in washu.assumptions if "to be determined" in a.text]
    assert [s.split(":")[0] for s in said] == ["Board Review Night", "Anesthesiology Grand Rounds",
                                               "Clinical Conferences", "Case Review and M&M"]
    assert not {"Board Review Night", "Case Review and M&M"} & {s.series for s in washu.sessions}


def test_twelve_themes_from_ten_bullets_with_the_business_month(washu):
    themes = dict(washu.series_named("Lecture").themes)
    assert len(themes) == len(set(themes.values())) == 12 and themes[3] == "Business of Pain Medicine"


def test_a_cadaver_lab_every_month_and_the_project_has_its_dates(washu):
    assert Counter(d.month for d in dates(washu, "Cadaver Lab")) == Counter(range(1, 13))
    assert [m.name for m in washu.milestones] == ["Question chosen", "Study plan ready", "Data collected", "Presented"]


# -- who presents

def test_joint_journal_clubs_are_three_each_and_never_on_leave(washu, year):
    sessions = year.schedule.beside["conferences"]
    counts = Counter(p.name for p in sessions.people for _, duties in sessions.of(p) if PRESENTING in duties)
    assert counts == {p.name: 3 for p in washu.people}
    for person in washu.people:
        for slot, duties in sessions.of(person):
            if duties:
                period = washu.session_days.slots[slot].period
                assert not set(year.schedule.at(person, period)) & {"Vacation", "Meeting"}


def test_every_fellow_gives_five_or_six_lectures_three_weeks_apart_and_has_one_suture_lab(washu, year):
    sessions = year.schedule.beside["conferences"]
    for person in washu.people:
        lectures = [washu.sessions[s].day for s, duties in sessions.of(person) if "Lecture" in duties]
        assert 5 <= len(lectures) <= 6
        assert min((b - a).days for a, b in pairwise(lectures)) >= 21
        assert lectures[0] >= date(2026, 7, 29)
        assert sum("Suture Lab" in duties for _, duties in sessions.of(person)) == 1
    every = Counter(slot for p in sessions.people for slot, duties in sessions.of(p) if "Lecture" in duties)
    assert set(every.values()) == {1} and len(every) == len(dates(washu, "Lecture"))


def test_the_tiers_of_the_conferences_are_proven(year):
    tiers = [t for t in year.tiers if t.layer == "conferences"]
    assert tiers and all(t.proven for t in tiers) and tiers[0].value == 0


# -- life happens

def test_a_vacation_on_a_presenting_date_changes_that_presenter_and_little_else(tmp_path, washu, year):
    write_schedule(year, tmp_path / "earlier.json")
    sessions = year.schedule.beside["conferences"]
    person, slot = next((p, s) for p in washu.people for s, duties in sessions.of(p) if PRESENTING in duties
                        and year.schedule.at(p, washu.session_days.slots[s].period) == ("Outpatient Chronic Pain",))
    period = washu.session_days.slots[slot].period
    away = next(s for s in year.schedule.slots_on(person, washu_vacation()))
    swapped = year.schedule.changed(person.id, period, ("Vacation",)).changed(
        person.id, away, ("Outpatient Chronic Pain",))
    again = read_program(written(tmp_path, edited(
        text("washu"), ("rules:\n", "rules:\n  - {rule: few changes, from: earlier.json, priority: stability}\n"),
        ("priorities: [wishes, evenness, convenience]", "priorities: [evenness, stability]"),
        ("priority: convenience, ", "priority: evenness, "))))
    outcome = below(again, swapped)
    now = {(p.id, s): d for p in outcome.people for s, d in outcome.of(p) if d}
    before = {(p.id, s): d for p in sessions.people for s, d in sessions.of(p) if d}
    assert (person.id, slot) in before and (person.id, slot) not in now
    counts = Counter(p for (p, _), duties in now.items() if PRESENTING in duties)
    assert set(counts.values()) == {3}
    fellows = {p.id for p in washu.people}
    changed = {s for p, s in set(before) - set(now) if p in fellows}
    assert slot in changed and len(changed) <= 3


def washu_vacation():
    from scheduler.domain.words import Selection
    return Selection.of("Vacation")


def below(program_, schedule):
    """The conferences, solved given a rotation year made by hand."""
    from scheduler.domain.schedule import Schedule
    from scheduler.solve.driver import solve
    layers = {layer.name: layer for layer in program_.layers()}
    top = Schedule(layers["rotations"], schedule.cells)
    rules = tuple(r for r in program_.rules if r.layer_name == "conferences")
    halves = Schedule(layers["half-days"], {}, {"rotations": top})
    out = solve([layers["conferences"]], rules, program_.priorities, given={"rotations": top, "half-days": halves})
    assert out.status == "optimal" and all(t.proven for t in out.tiers)
    return Schedule(layers["conferences"], out.cells["conferences"])


def test_the_year_without_conferences_is_as_good(washu, year):
    """The conferences cost the rotation year nothing but what attendance asks."""
    bare = replace(washu, series=(), sessions=(), presenters=(), milestones=(),
                   rules=tuple(r for r in washu.rules if r.layer_name not in ("conferences", "topics")
                               and r.name != "attendance"))
    found = solved(bare)
    values = {t.name: t.value for t in year.tiers if t.layer == "rotations"}
    assert {t.name: t.value for t in found.tiers if t.layer == "rotations"} == values
