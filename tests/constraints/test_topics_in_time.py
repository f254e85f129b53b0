"""Topics taught before they are needed."""

import pytest

from constraints.topics_in_time import TopicsInTime
from scheduler.domain.words import Selection
from tests.agreement import agree, assert_agrees, picture_sessions, some_duties

PUMPS = TopicsInTime(needed=(("Pumps", Selection.of("Procedures", "Theatre")),), priority="topics")
BOTH = TopicsInTime(needed=(*PUMPS.needed, ("Blocks", Selection.of("Ward"))), priority="topics")
ABOVE = "A: Ward Procedures Ward Ward\nB: Ward Ward Ward Theatre\nC: Ward Ward Ward Ward"


def late(rule, row, above=ABOVE):
    """How many fellows are too early, on which solver and checker agree."""
    shown = picture_sessions("topics", above, f"lecture: {row}", "Tue1 Tue2 Fri2 Tue3 Tue4")
    assert_agrees(TopicsInTime(needed=rule.needed, priority="topics", layer_name="topics"), shown)
    return dict(rule.measures(shown))["fellows too early"]


def test_solver_and_checker_agree():
    agree(lambda rng, layer: TopicsInTime(needed=tuple((d, some_duties(rng)) for d in rng.sample(layer.duties, 2)),
                                          priority="topics"), seeds=60, shapes=("topics",))


@pytest.mark.parametrize("row, number", [
    ("Pumps - - - -", 0),
    ("- Pumps - - -", 0),                       # in the very week is in time
    ("- - Pumps - -", 0),
    ("- - - Pumps -", 1),
    ("- - - - Pumps", 1),
    ("- - - - -", 2),                           # never taught: too late for both who need it
    ("- Pumps - Pumps -", 0),                   # the first of two sessions counts
])
def test_the_first_session_against_the_first_week(row, number):
    assert late(PUMPS, row) == number


def test_only_the_first_week_on_any_of_the_rotations_counts():
    assert late(PUMPS, "- - - Pumps -", "A: Ward Theatre Ward Procedures") == 1
    assert late(PUMPS, "- - - Pumps -", "A: Ward Ward Procedures Theatre") == 0
    assert late(PUMPS, "- - - Pumps -", "A: Ward Ward Ward Ward") == 0


def test_each_topic_counts_its_own_fellows():
    assert late(BOTH, "Pumps Blocks - - -") == 3
    assert late(BOTH, "Blocks - - - Pumps") == 1


def test_a_first_week_on_the_very_first_period():
    assert late(PUMPS, "- Pumps - - -", "A: Procedures Ward Ward Ward") == 1
    assert late(PUMPS, "Pumps - - - -", "A: Procedures Ward Ward Ward") == 0


def test_sentence():
    assert PUMPS.sentence == "Each topic is taught before or during the rotation that needs it."
