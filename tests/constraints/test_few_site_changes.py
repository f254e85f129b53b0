"""Few site changes: a measure."""

import pytest

from constraints.few_site_changes import FewSiteChanges
from constraints.one_duty import OneDuty
from constraints.requirement import Requirement
from scheduler.domain.layer import Layer, Person
from scheduler.domain.words import Group, Selection
from scheduler.solve.driver import solve
from tests.agreement import DUTIES, agree, assert_agrees, picture, some_people

SITES = (("Ward", "North"), ("Clinic", "South"), ("Nights", "North"), ("Elective", "East"))
MOVES = FewSiteChanges(site_of=SITES, priority="comfort")
ROTATIONS = ("week", "block", "sparse")


def test_solver_and_checker_agree():
    def make(rng, layer):
        sites = tuple((d, rng.choice("XYZ")) for d in DUTIES if d not in layer.leave and rng.random() < 0.8)
        return FewSiteChanges(site_of=sites, who=some_people(rng, layer), priority="comfort")

    agree(make, seeds=90, shapes=ROTATIONS)


def moves(rule, drawn):
    """The measure's value, on which solver and checker agree."""
    assert_agrees(rule, drawn)
    (name, value), = rule.measures(drawn)
    assert name == "site changes"
    return value


@pytest.mark.parametrize("row, value", [
    ("Ward Ward Nights", 0),                                                 # another rotation at the same site
    ("Ward Clinic Ward", 2),
    ("Ward Clinic Elective", 2),
    ("Ward - Vacation Nights", 0),                                           # idle time in between is no move
    ("Ward - Vacation Clinic", 1),
    ("- Clinic", 0),                                                         # the first site is no move
    ("- - -", 0),
])
def test_moves_are_counted(row, value):
    assert moves(MOVES, picture(f"A: {row}")) == value


def test_of_two_sites_at_once_the_first_counts():
    drawn = picture("A: Ward+Clinic Clinic Ward", exclusive=False)           # North before South
    assert moves(MOVES, drawn) == 2
    assert moves(MOVES, picture("A: Ward Ward+Clinic+Elective Ward", exclusive=False)) == 2


def test_only_the_people_named():
    drawn = picture("A: Ward Clinic Ward\nB: Ward Clinic Clinic")
    assert moves(MOVES, drawn) == 3
    assert moves(FewSiteChanges(site_of=SITES, who=Group("b", frozenset({"B"})), priority="comfort"), drawn) == 1
    assert MOVES.shares_of(drawn) == {"A": 2, "B": 1}


def test_the_solver_makes_it_small():
    layer = Layer("rotations", (Person("a", "A"),), range(6), ("Ward", "Clinic", "Nights", "Vacation"))
    rules = (OneDuty(what=Selection.of(*layer.duties)), MOVES, *(
        Requirement(what=Selection.of(d), at_least=1, at_most=2) for d in layer.duties))
    outcome = solve([layer], rules, ("comfort",))
    assert (outcome.status, [t.value for t in outcome.tiers]) == ("optimal", [1])


def test_it_has_nothing_to_say_of_a_finished_schedule():
    assert list(MOVES.check(picture("A: Ward Clinic"))) == []
    assert MOVES.measured and not MOVES.large


def test_sentence():
    assert MOVES.sentence == "Fellows move from one site to another as seldom as possible."
