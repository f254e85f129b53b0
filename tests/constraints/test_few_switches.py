"""Few moves: a measure."""

import pytest

from constraints.few_switches import FewSwitches
from constraints.one_duty import OneDuty
from constraints.requirement import Requirement
from scheduler.domain.layer import Layer, Person
from scheduler.domain.words import Group, Selection
from scheduler.solve.driver import solve
from tests.agreement import agree, assert_agrees, picture, some_duties, some_people

ANY = FewSwitches(priority="comfort")


def test_solver_and_checker_agree():
    agree(lambda rng, layer: FewSwitches(what=some_duties(rng, 6) if rng.random() < 0.8 else None,
                                         who=some_people(rng, layer), priority="comfort"), seeds=100)


def runs(rule, drawn):
    """The measure's value, on which solver and checker agree."""
    assert_agrees(rule, drawn)
    (name, value), = rule.measures(drawn)
    assert name == "runs"
    return value


@pytest.mark.parametrize("row, value", [
    ("Ward Ward Ward", 1),
    ("Ward Ward Clinic", 2),
    ("Clinic Ward Ward", 2),
    ("Ward Clinic Ward Clinic", 4),
    ("Ward - Ward", 2),                                                      # back after a hole is a new start
    ("- - -", 0),
    ("Ward Ward+Vacation Ward", 2),                                          # one run of each
])
def test_runs_are_counted(row, value):
    assert runs(ANY, picture(f"A: {row}", exclusive=False)) == value


def test_only_the_rotations_and_people_named():
    drawn = picture("A: Ward Clinic Ward Nights\nB: Ward Nights Ward Nights")
    assert runs(FewSwitches(what=Selection.of("Ward"), priority="comfort"), drawn) == 4
    assert runs(FewSwitches(what=Selection.of("Ward", "Nights"), priority="comfort"), drawn) == 7
    assert runs(FewSwitches(who=Group("seniors", frozenset({"A"})), priority="comfort"), drawn) == 4


def test_the_solver_makes_it_small():
    layer = Layer("rotations", (Person("a", "A"), Person("b", "B")), range(6), ("Ward", "Clinic"))
    rules = (OneDuty(what=Selection.of("Ward", "Clinic")), ANY,
             Requirement(what=Selection.of("Ward"), at_least=3, at_most=3))
    outcome = solve([layer], rules, ("comfort",))
    assert outcome.status == "optimal"
    assert [t.value for t in outcome.tiers] == [4]


def test_it_has_nothing_to_say_of_a_finished_schedule():
    assert list(ANY.check(picture("A: Ward Clinic Ward"))) == []


def test_sentence():
    assert ANY.sentence == "Fellows begin a new run of any duty as seldom as possible."
    ward = FewSwitches(what=Selection.of("Ward"), priority="comfort")
    assert ward.sentence == "Fellows begin a new run of Ward as seldom as possible."
