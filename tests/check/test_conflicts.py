"""Conferences that meet: each kind once, and what must not be reported."""

from datetime import date

import pytest

from scheduler.check.conflicts import conflicts
from tests.io.small import MINIMAL, read


def said(tmp_path, *lines, more=""):
    text = MINIMAL.replace("2027-06-30}", "2027-06-30, holidays: US}") + more
    return conflicts(read(tmp_path, text + "conferences:\n" + "".join(f"  - {{{line}}}\n" for line in lines)))


def test_overlapping_times_are_one_sentence_for_the_pair(tmp_path):
    [found] = said(tmp_path, "name: A, every: first Friday 07:00-08:00", "name: B, every: Friday 07:30-08:30")
    assert found.sentence.startswith("A and B overlap on 10 dates: 7 August 2026, ")
    assert found.sentence.endswith("and 4 more.")
    assert len(found.dates) == 10 and date(2027, 1, 1) not in found.dates      # holidays: 3 July is one too


@pytest.mark.parametrize("other", [
    "name: B, every: Friday 08:00-09:00",                                       # directly after
    "name: B, every: Friday 07:30-08:30, attends: Fellow B",                    # somebody else
    "name: B, every: Friday 07:30-08:30, opt in: true",                         # nobody is expected
    "name: B, every: first Friday 07:00-08:00, replaces: A",
    "name: B, every: Thursday 07:00-08:00", "name: B, after: A, time: 08:00-08:30"])
def test_nothing_is_said_of_what_does_not_meet(tmp_path, other):
    assert said(tmp_path, "name: A, every: Friday 07:00-08:00, attends: Fellow A", other) == []


def test_without_a_time_it_is_only_possible(tmp_path):
    [found] = said(tmp_path, "name: A, every: 2026-08-10", "name: B, every: 2026-08-10 07:00-08:00")
    assert found.sentence == ("Possible conflict, since their times do not tell: A and B are both on "
                              "10 August 2026.")


def test_a_beginning_without_an_end_tells_only_when_they_begin_together(tmp_path):
    [perhaps] = said(tmp_path, "name: A, every: 2026-08-10 06:30", "name: B, every: 2026-08-10 07:00-08:00")
    assert perhaps.sentence.startswith("Possible conflict")
    [sure] = said(tmp_path, "name: A, every: 2026-08-10 07:00", "name: B, every: 2026-08-10 07:00-08:00")
    assert sure.sentence == "A and B overlap on 10 August 2026."


def test_a_session_kept_on_a_holiday(tmp_path):
    [found] = said(tmp_path, "name: A, every: Thursday 07:00-08:00, on holiday: kept")
    assert found.sentence == "A is held on a holiday (Thanksgiving Day) on 26 November 2026."


def test_a_rotation_that_begins_before_a_session_ends(tmp_path):
    text = MINIMAL.replace("tags: [inpatient]", "hours: {Monday to Friday: 06:00-17:00, Saturday: 07:45-12:00}")
    lines = "  - {name: A, every: 2026-08-14 05:30-06:30%s}\n"
    [found] = conflicts(read(tmp_path, text + "conferences:\n" + lines % ""))
    assert found.sentence == "Ward begins before A ends on 14 August 2026; `cannot attend` does not name it."
    assert conflicts(read(tmp_path, text + "conferences:\n" + lines % ", cannot attend: Ward")) == []
