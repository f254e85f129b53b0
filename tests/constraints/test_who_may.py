"""Who may be on a rotation, and when it is open."""

import pytest

from constraints.who_may import WhoMay
from scheduler.domain.board import Board, Model
from scheduler.domain.words import Group, Selection, Window
from tests.agreement import agree, judged, named, picture, some_duties, some_people, some_slots
from tests.constraints.pruned import agree_pruned, cells_alone

SENIORS = Group("seniors", frozenset({"B"}))
JULY = Window("July", frozenset({1, 2}))
ONLY = WhoMay(what=Selection.of("Ward"), only=SENIORS)


def random_rule(rng, layer):
    return WhoMay(what=some_duties(rng, 2), only=some_people(rng, layer), during=some_slots(rng, layer),
                  outside=some_slots(rng, layer))


def test_solver_and_checker_agree():
    agree(random_rule, seeds=120)


def test_only_these_people():
    assert judged(ONLY, picture("A: Clinic Nights\nB: Ward Ward")) == (0, [])
    assert judged(ONLY, picture("A: Ward Nights\nB: Ward Ward\nC: - Ward")) == (2, [
        "A is on Ward in slot 1; only seniors may.", "C is on Ward in slot 2; only seniors may."])


@pytest.mark.parametrize("row, expected", [
    ("Ward Clinic Clinic Ward", []),                                        # the day before and the day after
    ("Clinic Ward Clinic Clinic", ["A is on Ward in slot 2; only seniors may."]),
    ("Clinic Clinic Ward Ward", ["A is on Ward in slot 3; only seniors may."]),
])
def test_only_during(row, expected):
    rule = WhoMay(what=Selection.of("Ward"), only=SENIORS, during=JULY)
    assert judged(rule, picture(f"A: {row}\nB: Ward Ward Ward Ward")) == (len(expected), expected)


@pytest.mark.parametrize("row, expected", [
    ("Clinic Ward Ward Clinic", []),
    ("Ward Ward Clinic Clinic", ["A is on Ward in slot 1; it is closed then."]),
    ("Clinic Ward Ward Ward", ["A is on Ward in slot 4; it is closed then."]),
])
def test_open_in_some_dates_only(row, expected):
    rule = WhoMay(what=Selection.of("Ward"), outside=JULY)
    assert judged(rule, picture(f"A: {row}")) == (len(expected), expected)


def test_closed_in_some_dates_and_closed_altogether():
    july = WhoMay(what=Selection.of("Ward"), during=JULY)
    assert judged(july, picture("A: Ward Clinic Ward Ward")) == (1, ["A is on Ward in slot 3; it is closed then."])
    shut = WhoMay(what=Selection.of("Ward"))
    assert judged(shut, picture("A: Clinic Clinic")) == (0, [])
    assert judged(shut, picture("A: Clinic Ward")) == (1, ["A is on Ward in slot 2; it is closed then."])


def test_during_and_outside_together():
    rule = WhoMay(what=Selection.of("Ward"), during=JULY, outside=Window("the 15 July", frozenset({2})))
    assert judged(rule, picture("A: Ward Ward Ward Ward")) == (1, ["A is on Ward in slot 2; it is closed then."])


def test_each_rotation_of_a_set_by_its_own_name():
    rule = WhoMay(what=Selection("inpatient", frozenset({"Ward", "Nights"})), only=SENIORS)
    assert judged(rule, picture("A: Nights+Ward Clinic\nB: Nights+Ward Clinic", exclusive=False)) == (2, [
        "A is on Nights in slot 1; only seniors may.", "A is on Ward in slot 1; only seniors may."])


def test_whom_and_when_it_names():
    drawn = picture("A: Clinic Ward\nB: Ward Ward\nC: Ward Clinic")
    found = [("A", (1,)), ("C", (0,))]
    assert named(ONLY, drawn) == (found, found)


def test_cells_that_can_never_be():
    layer = picture("A: Ward Ward\nB: Ward Ward\nC: Ward -", here={"C": frozenset({0})}).layer
    rule = WhoMay(what=Selection.of("Ward", "Nights", "Elsewhere"), only=SENIORS, outside=Window("w", frozenset({1})))
    assert set(rule.never(layer)) == cells_alone(rule, layer) == {
        ("A", 0, "Ward"), ("A", 0, "Nights"), ("C", 0, "Ward"), ("C", 0, "Nights")}
    assert set(ONLY.never(layer)) == {("A", 0, "Ward"), ("A", 1, "Ward"), ("C", 0, "Ward")}
    agree_pruned(random_rule)


def test_what_can_never_be_needs_no_condition_and_what_was_decided_does():
    drawn = picture("A: Ward\nB: Ward")
    assert list(ONLY.post(Board(Model(), drawn.layer).open(ONLY.never(drawn.layer)))) == []
    assert [(c.sum.const, c.at_most) for c in ONLY.post(Board(Model(), drawn.layer).decided(drawn))] == [(1, 0)]
    assert len(list(ONLY.post(Board(Model(), drawn.layer).open()))) == 1


@pytest.mark.parametrize("fields, sentence", [
    ({}, "Nobody is on Ward."),
    ({"only": SENIORS}, "Only seniors may be on Ward."),
    ({"only": SENIORS, "during": JULY}, "Only seniors may be on Ward during July."),
    ({"outside": JULY}, "Nobody is on Ward outside July."),
    ({"during": Window("summer", frozenset()), "outside": JULY}, "Nobody is on Ward during summer outside July."),
])
def test_sentence(fields, sentence):
    assert WhoMay(what=Selection.of("Ward"), **fields).sentence == sentence
