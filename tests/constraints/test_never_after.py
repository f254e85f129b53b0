"""What may not follow what."""

import pytest

from constraints.never_after import NeverAfter
from scheduler.domain.words import Group, Selection
from tests.agreement import agree, judged, named, picture, some_duties, some_people

REST = NeverAfter(what=Selection.of("Nights"), then=Selection.of("Ward", "Clinic"))
SINGLE = NeverAfter(what=Selection.of("Vacation"))


def test_solver_and_checker_agree():
    agree(lambda rng, layer: NeverAfter(what=some_duties(rng), then=some_duties(rng) if rng.random() < 0.7 else None,
                                        who=some_people(rng, layer)), seeds=120)


@pytest.mark.parametrize("row, expected", [
    ("Ward Nights Nights Elective Clinic", []),                              # before it, and later, is fine
    ("Nights Ward Elective", ["A is on Ward or Clinic directly after Nights, slot 1, 2."]),
    ("Elective Elective Nights Clinic", ["A is on Ward or Clinic directly after Nights, slot 3, 4."]),
    ("Nights - Ward", []),                                                   # an empty period lies between
    ("Nights Ward Nights Clinic", ["A is on Ward or Clinic directly after Nights, slot 1, 2.",
                                   "A is on Ward or Clinic directly after Nights, slot 3, 4."]),
    ("Elective Elective Elective Nights", []),                               # the year ends first
])
def test_pairs(row, expected):
    assert judged(REST, picture(f"A: {row}")) == (len(expected), expected)


@pytest.mark.parametrize("rule", [SINGLE, NeverAfter(what=Selection.of("Vacation"), then=Selection.of("Vacation"))])
def test_never_twice_in_a_row(rule):
    assert rule.sentence == "Vacation never comes directly after Vacation."
    assert judged(rule, picture("A: Vacation Ward Vacation")) == (0, [])
    assert judged(rule, picture("A: Ward Vacation Vacation Vacation")) == (
        2, ["A is on Vacation directly after Vacation, slot 2, 3.",
            "A is on Vacation directly after Vacation, slot 3, 4."])


def test_both_in_one_period_is_not_after():
    assert judged(REST, picture("A: Nights+Ward Elective", exclusive=False)) == (0, [])
    assert judged(REST, picture("A: Nights+Ward Ward+Clinic", exclusive=False)) == (
        1, ["A is on Ward or Clinic directly after Nights, slot 1, 2."])


def test_only_the_people_named():
    seniors = NeverAfter(what=Selection.of("Nights"), then=Selection.of("Ward"), who=Group("s", frozenset({"B"})))
    assert judged(seniors, picture("A: Nights Ward\nB: Nights Ward")) == (
        1, ["B is on Ward directly after Nights, slot 1, 2."])


def test_whom_and_when_it_names():
    drawn = picture("A: Elective Elective Nights Clinic\nB: Ward Nights Elective Ward")
    assert named(REST, drawn) == ([("A", (2, 3))], [("A", (2, 3))])


def test_sentence():
    assert REST.sentence == "Ward or Clinic never comes directly after Nights."
