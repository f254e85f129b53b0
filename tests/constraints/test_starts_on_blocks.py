"""Runs that begin where blocks begin."""

import pytest

from constraints.starts_on_blocks import StartsOnBlocks
from scheduler.domain.words import Group, Selection
from tests.agreement import agree, judged, named, picture, some_duties, some_people

WARD = StartsOnBlocks(what=Selection.of("Ward"))
BLOCKS = (0, 0, 1, 1, 2)


def test_solver_and_checker_agree():
    agree(lambda rng, layer: StartsOnBlocks(what=some_duties(rng), who=some_people(rng, layer)), seeds=120)


@pytest.mark.parametrize("row, expected", [
    ("Ward Clinic Ward Clinic Ward", []),
    ("Ward Ward Ward Clinic Clinic", []),                                    # where it ends is its own affair
    ("Clinic Ward Ward Clinic Clinic", ["A begins Ward in the middle of a block, in slot 2."]),
    ("Clinic Clinic Clinic Ward Clinic", ["A begins Ward in the middle of a block, in slot 4."]),
    ("Clinic Ward Clinic Ward Ward", ["A begins Ward in the middle of a block, in slot 2.",
                                      "A begins Ward in the middle of a block, in slot 4."]),
    ("- - - - Ward", []),
])
def test_starts(row, expected):
    assert judged(WARD, picture(f"A: {row}", blocks=BLOCKS)) == (len(expected), expected)


def test_without_blocks_every_period_is_one():
    assert judged(WARD, picture("A: Clinic Ward Clinic Ward")) == (0, [])


def test_arriving_in_the_middle_of_a_block_is_no_start():
    late = picture("A: - Ward Ward Clinic Clinic\nB: - Clinic Ward Ward Ward", blocks=BLOCKS,
                   here={"A": frozenset(range(1, 5)), "B": frozenset(range(1, 5))})
    assert judged(WARD, late) == (1, ["A begins Ward in the middle of a block, in slot 2."])


def test_a_set_begins_once_and_only_the_people_named_are_bound():
    both = StartsOnBlocks(what=Selection.of("Ward", "Nights"), who=Group("seniors", frozenset({"B"})))
    assert judged(both, picture("A: Clinic Ward\nB: Ward Nights", blocks=(0, 0))) == (0, [])
    assert judged(both, picture("A: Clinic Ward\nB: Clinic Nights", blocks=(0, 0))) == (
        1, ["B begins Ward or Nights in the middle of a block, in slot 2."])


def test_whom_and_when_it_names():
    drawn = picture("A: Ward Clinic Clinic Ward Ward\nB: Ward Ward Ward Ward Ward", blocks=BLOCKS)
    assert named(WARD, drawn) == ([("A", (3,))], [("A", (3,))])


def test_sentence():
    assert WARD.sentence == "Every run of Ward begins at the start of a block."
