"""Nobody's first time without somebody who knows the place."""

from dataclasses import replace

import pytest

from constraints.experienced_peer import ExperiencedPeer
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Group, Many, Selection
from tests.agreement import agree, judged, named, picture, some_duties, some_people, weeks

ONE = ExperiencedPeer(what=Selection.of("Ward"), who=Group("newcomers", frozenset({"A", "B"})),
                      experts=Group("faculty", frozenset({"X"})))
TWO = replace(ONE, needed=Many(2))


def alone(name, slot, much="1 week"):
    return f"{name} is on Ward for the first time in slot {slot} without anybody who has done {much} of it."


def credited(drawn, **credit):
    """The same picture, some people with weeks on Ward in earlier years."""
    people = tuple(replace(p, credit={"Ward": credit[p.id]} if p.id in credit else {"Clinic": 9})
                   for p in drawn.people)
    return Schedule(replace(drawn.layer, people=people), drawn.cells)


def test_solver_and_checker_agree():
    agree(lambda rng, layer: ExperiencedPeer(
        what=some_duties(rng), needed=weeks(rng, 1, 3), who=some_people(rng, layer),
        experts=some_people(rng, layer) if rng.random() < 0.4 else None), seeds=150)


@pytest.mark.parametrize("rows, expected", [
    ("A: Clinic Ward\nX: Clinic Ward", []),                                  # beside an expert
    ("A: Clinic Clinic\nX: Clinic Clinic", []),                              # never there
    ("A: Clinic Ward\nX: Ward Clinic", [alone("A", 2)]),                     # the expert has left
    ("A: Ward Clinic\nX: Clinic Ward", [alone("A", 1)]),                     # or comes later
    ("A: Ward Ward Ward\nX: Ward Clinic Clinic", []),                        # the second week may be alone
    ("A: Ward Ward Ward\nX: Clinic Ward Ward", [alone("A", 1)]),             # the first may not; told once
    ("A: Clinic Clinic Ward\nX: - - -", [alone("A", 3)]),                    # nobody else there at all
    ("A: Ward Clinic Ward\nB: Clinic Clinic Ward\nX: Ward Clinic Clinic", []),          # A knows it by now
    ("A: Ward Ward\nB: Clinic Ward\nX: Ward Clinic", []),
    ("A: Ward Ward\nB: Ward Clinic\nX: Ward Clinic", []),                    # one peer is enough for two newcomers
    ("A: Ward Clinic\nB: Ward Clinic\nX: Clinic Clinic", [alone("A", 1), alone("B", 1)]),   # but they are none
    ("A: Clinic Ward\nB: Clinic Ward\nX: Clinic Clinic", [alone("A", 2), alone("B", 2)]),
])
def test_the_first_time(rows, expected):
    assert judged(ONE, picture(rows)) == (len(expected), expected)


@pytest.mark.parametrize("rows, expected", [
    ("A: Ward Ward Ward\nB: Clinic Clinic Ward\nX: Ward Clinic Clinic", []),
    ("A: Ward Clinic Ward\nB: Clinic Clinic Ward\nX: Ward Clinic Clinic", [alone("B", 3, "2 weeks")]),
    ("A: Ward Ward Clinic\nB: Clinic Ward Clinic\nX: Ward Clinic Clinic", [alone("B", 2, "2 weeks")]),
    ("A: Ward Ward Clinic\nB: Clinic Clinic Ward\nX: Ward Clinic Clinic", [alone("B", 3, "2 weeks")]),
])
def test_how_much_makes_experienced(rows, expected):
    assert judged(TWO, picture(rows)) == (len(expected), expected)


def test_one_week_is_what_the_file_leaves_out():
    rule = ExperiencedPeer(what=Selection.of("Ward"))
    assert str(rule.needed) == "1 week" and rule.experts is None and rule.who is None
    assert judged(rule, picture("A: Ward Ward\nB: Clinic Ward")) == (1, [alone("A", 1)])


def test_credit_from_earlier_years():
    drawn = picture("A: Ward Clinic\nB: Ward Clinic")
    assert judged(TWO, credited(drawn)) == (2, [alone("A", 1, "2 weeks"), alone("B", 1, "2 weeks")])
    # A has been there before and needs nobody; but one week is not enough to be the peer
    assert judged(TWO, credited(drawn, A=1)) == (1, [alone("B", 1, "2 weeks")])
    assert judged(TWO, credited(drawn, A=2)) == (0, [])
    later = picture("A: Ward Ward\nB: Clinic Ward")                          # one of credit and one this year are two
    assert judged(TWO, credited(later, A=1)) == (0, [])
    assert judged(TWO, credited(later, A=0)) == (2, [alone("A", 1, "2 weeks"), alone("B", 2, "2 weeks")])


def test_credit_is_in_weeks_and_periods_may_be_longer():
    blocks = replace(TWO, needed=Many(2, "block"))
    drawn = picture("A: Ward Clinic\nB: Ward Clinic", worth=(4, 4), noun="block")
    assert judged(blocks, credited(drawn, A=8)) == (0, [])
    assert judged(blocks, credited(drawn, A=7)) == (1, [alone("B", 1, "2 blocks")])
    assert judged(blocks, credited(drawn, A=1)) == (1, [alone("B", 1, "2 blocks")])         # A has been there at all
    months = picture("A: Ward Clinic\nB: Ward Clinic", worth=(4, 5), noun="month")
    assert judged(blocks, credited(months, A=10)) == (0, [])
    assert judged(blocks, credited(months, A=9)) == (1, [alone("B", 1, "2 blocks")])


def test_an_expert_needs_no_peer_and_others_are_not_protected():
    everyone = replace(ONE, who=None)
    assert judged(everyone, picture("A: Clinic Clinic\nX: Ward Clinic")) == (0, [])
    assert judged(everyone, picture("A: Clinic Clinic\nY: Ward Clinic")) == (1, [alone("Y", 1)])
    assert judged(ONE, picture("A: Clinic Ward\nY: Ward Ward")) == (0, [])   # Y learns alone, and is A's peer
    assert judged(ONE, picture("A: Ward Clinic\nY: Ward Ward")) == (1, [alone("A", 1)])


def test_rotations_are_taken_together():
    both = replace(ONE, what=Selection.of("Ward", "Nights"))
    assert judged(both, picture("A: Ward Clinic\nX: Nights Clinic")) == (0, [])
    assert judged(both, picture("A: Ward Nights\nX: Ward Clinic")) == (0, [])
    assert judged(both, picture("A: Ward+Nights Ward\nB: Clinic Nights\nX: Nights -", exclusive=False)) == (0, [])


def test_who_comes_late_begins_late():
    late = picture("A: - - Ward\nX: Ward Ward Ward", here={"A": frozenset({2})})
    assert judged(ONE, late) == (0, [])
    gone = picture("A: - - Ward\nX: Ward Ward -", here={"A": frozenset({2}), "X": frozenset({0, 1})})
    assert judged(ONE, gone) == (1, [alone("A", 3)])


def test_whom_and_when_it_names():
    drawn = picture("A: Clinic Ward Ward\nB: Clinic Clinic Ward\nX: Ward Clinic Clinic")
    assert named(ONE, drawn) == ([("A", (1,))], [("A", (1,))])


def test_sentence():
    assert ExperiencedPeer(what=Selection.of("Ward")).sentence == (
        "A fellow's first time on Ward is beside somebody who has done 1 week of it.")
    assert TWO.sentence == (
        "The first time of newcomers on Ward is beside somebody who has done 2 weeks of it, or beside faculty.")
