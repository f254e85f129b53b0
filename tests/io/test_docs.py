"""``docs/program-file.md`` documents every key that the reader accepts, and no other; its examples are accepted."""

import re
from pathlib import Path

import pytest
import yaml

from scheduler.domain.days import WorkingWeek
from scheduler.domain.duty_hours import Limits
from scheduler.domain.program import CallRole
from scheduler.io import (
    assumptions_section,
    call_section,
    conference_section,
    duties_section,
    holidays_key,
    milestones_section,
    people_section,
    pins_section,
    requests_section,
    requirement_section,
    rules_section,
    sections,
    work_hours_section,
    year_section,
)
from scheduler.io.amounts import UNITS
from scheduler.io.names import Names
from scheduler.io.nodes import normal
from scheduler.io.year_section import stand_in

PAGE = (Path(__file__).parents[2] / "docs" / "program-file.md").read_text(encoding="utf-8")
NAMES = Names(stand_in())
ACCEPTED = {
    "Sections": sections.SECTIONS, "Year": year_section.KEYS, "Listed periods": year_section.PERIOD_KEYS,
    "Holidays": holidays_key.HOLIDAY_KEYS, "Fellows": people_section.KEYS, "Rotations": duties_section.ROTATION,
    "Leave": duties_section.LEAVE, "Approved leave": pins_section.approved_keys(NAMES),
    "Requirements": requirement_section.keys(NAMES), "Rules": {"rule": None, **rules_section.COMMON},
    "Requests": ("fellow", *requests_section.KINDS), "Pins": pins_section.pin_keys(NAMES),
    "Cohort weeks": pins_section.cohort_keys(NAMES), "Working week": year_section.WORKING_WEEK,
    "Call": call_section.KEYS, "Work hours": dict.fromkeys(work_hours_section.WORDS),
    "Conferences": conference_section.KEYS, "Topics": conference_section.TOPIC, "Milestones": milestones_section.KEYS,
    "Assumptions": assumptions_section.KEYS,
}


def documented():
    """Heading → key → (meaning, example)."""
    found, heading = {}, ""
    for line in PAGE.splitlines():
        if m := re.match(r"##+ (.+)", line):
            heading = m[1]
        elif m := re.fullmatch(r"\| `([^`]+)` \| (.+) \| (.+) \|", line):
            assert m[1] not in found.setdefault(heading, {}), line
            found[heading][m[1]] = (m[2], m[3])
    return found


def test_every_section_is_documented():
    assert set(documented()) == set(ACCEPTED)


@pytest.mark.parametrize("heading", ACCEPTED)
def test_keys_both_ways(heading):
    keys = documented()[heading]
    assert set(keys) == set(ACCEPTED[heading])
    for key, (_, example) in keys.items():
        if m := re.fullmatch(r"`(.+)`", example):
            tree = yaml.load(m[1], yaml.BaseLoader)
            assert key in {normal(k) for k in tree}, example


@pytest.mark.parametrize("heading", [h for h in ACCEPTED if h not in ("Holidays", "Requests")])
def test_what_must_be_there_is_said(heading):
    for key, (meaning, _) in documented()[heading].items():
        read = ACCEPTED[heading][key]
        if read is not None:
            assert read.required == ("must be there" in meaning), (heading, key)


def test_the_units_are_all_named():
    assert set(UNITS) <= set(documented()["Requirements"])


def test_the_points_of_requests_are_those_of_the_rule():
    from constraints.ranked_requests import POINTS
    *most, last = map(str, POINTS)
    assert f"worth {', '.join(most)} and {last} points" in PAGE
    assert {1: "one", 5: "five"}[len(POINTS)] in PAGE


def blocks():
    """Every example of several lines."""
    return [(text.split("\n", 1)[0][:60], text) for text in re.findall(r"```yaml\n(.+?)```", PAGE, re.DOTALL)]


@pytest.mark.parametrize("text", [text for _, text in blocks()], ids=[name for name, _ in blocks()])
def test_the_examples_of_several_lines_use_keys_that_exist(text):
    known = {key for keys in ACCEPTED.values() for key in keys} | {"of", "from", "weight", "per", "ratings", "counting"}
    tree = yaml.load(text, yaml.BaseLoader)
    for line in tree if isinstance(tree, list) else [line for lines in tree.values() for line in lines]:
        assert {normal(key) for key in line} <= known


def test_the_usual_work_hours_are_those_of_the_limits():
    for word, name in work_hours_section.WORDS.items():
        usual = getattr(Limits(), name)
        said = "no limit when left out" if usual is None else f"{usual:g} when left out"
        assert said in documented()["Work hours"][word][0], word


def test_the_usual_working_week_and_call_are_those_of_the_program():
    for half in WorkingWeek().halves:
        assert f"{half.start:%H:%M}-{half.end:%H:%M} when left out" in documented()["Working week"][half.name][0]
    role = CallRole("any")
    assert f"{role.start:%H:%M}-{role.end:%H:%M} when left out" in documented()["Call"]["time"][0]
