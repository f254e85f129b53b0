"""Few gaps: a measure."""

import pytest

from constraints.few_gaps import FewGaps
from constraints.requirement import Requirement
from constraints.staffing import Staffing
from scheduler.domain.layer import Layer, Person
from scheduler.domain.words import Group, Selection
from scheduler.solve.driver import solve
from tests.agreement import agree, assert_agrees, picture, some_duties, some_people

WORK = FewGaps(what=Selection.of("Ward", "Clinic"), priority="comfort")
ROTATIONS = ("week", "block", "sparse")


def test_solver_and_checker_agree():
    agree(lambda rng, layer: FewGaps(what=some_duties(rng), who=some_people(rng, layer), priority="comfort"),
          seeds=90, shapes=ROTATIONS)


def waited(rule, drawn):
    """The measure's value, on which solver and checker agree."""
    assert_agrees(rule, drawn)
    (name, value), = rule.measures(drawn)
    assert name == "periods of waiting"
    return value


@pytest.mark.parametrize("row, value", [
    ("Ward Clinic Ward", 0),
    ("Ward - Clinic", 1),
    ("- Ward - - Clinic", 3),                                                # time before the first one counts too
    ("Ward Vacation Nights Ward -", 2),                                      # other duties are waiting
    ("Ward - -", 0),                                                         # nothing waits for nothing
    ("- - -", 0),
])
def test_waiting_is_counted(row, value):
    assert waited(WORK, picture(f"A: {row}")) == value


def test_only_the_people_named_and_the_time_they_are_here():
    drawn = picture("A: - Ward\nB: - Clinic\nC: - Ward", here={"C": frozenset({1})})
    assert waited(WORK, drawn) == 2
    assert waited(FewGaps(what=WORK.what, who=Group("seniors", frozenset({"B"})), priority="comfort"), drawn) == 1
    assert WORK.shares_of(drawn) == {"A": 1, "B": 1, "C": 0}


def test_the_solver_makes_it_small():
    layer = Layer("rotations", (Person("a", "A"), Person("b", "B")), range(5), ("Ward", "Clinic"))
    ward = Selection.of("Ward")
    rules = (WORK, Requirement(what=ward, at_least=2, at_most=2, unit="weeks"), Staffing(what=ward, at_most=1),
             Requirement(what=Selection.of("Clinic"), at_most=0))
    outcome = solve([layer], rules, ("comfort",))
    assert (outcome.status, [t.value for t in outcome.tiers]) == ("optimal", [2])


def test_it_has_nothing_to_say_of_a_finished_schedule():
    assert list(WORK.check(picture("A: - Ward"))) == []
    assert WORK.measured and not WORK.large


def test_sentence():
    assert WORK.sentence == "Fellows wait as little as possible for their last time on Ward or Clinic."
