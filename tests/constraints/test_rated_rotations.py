"""Rated rotations: a measure."""

from constraints.one_duty import OneDuty
from constraints.rated_rotations import RatedRotations
from constraints.staffing import Staffing
from scheduler.domain.layer import Layer, Person
from scheduler.domain.words import Selection
from scheduler.solve.driver import solve
from tests.agreement import DUTIES, agree, assert_agrees, picture

RATED = RatedRotations(rated=(("A", "Ward", 3), ("A", "Clinic", 1), ("B", "Ward", 2)), priority="wishes")
ROTATIONS = ("week", "block", "sparse")


def test_solver_and_checker_agree():
    def make(rng, layer):
        people = [*(p.id for p in layer.people), "p9"]                       # and somebody who is not here
        return RatedRotations(priority="wishes", rated=tuple(
            (rng.choice(people), rng.choice(DUTIES), rng.randint(0, 5)) for _ in range(rng.randint(0, 6))))

    agree(make, seeds=90, shapes=ROTATIONS)


def ratings(rule, drawn):
    """The measure's value, on which solver and checker agree."""
    assert_agrees(rule, drawn)
    (name, value), = rule.measures(drawn)
    assert name == "ratings"
    return value


def test_every_period_earns_its_rating():
    assert ratings(RATED, picture("A: Ward Ward Clinic\nB: Clinic Ward Ward\nC: Ward Ward Ward")) == 11
    assert ratings(RATED, picture("A: Nights - Vacation\nB: - - -")) == 0
    assert ratings(RATED, picture("A: Ward+Clinic", exclusive=False)) == 4
    assert RATED.shares_of(picture("A: Ward Clinic\nB: Ward -\nC: Ward Ward")) == {"A": 4, "B": 2}


def test_two_ratings_of_one_rotation_add_up():
    twice = RatedRotations(rated=(("A", "Ward", 3), ("A", "Ward", 1)), priority="wishes")
    assert ratings(twice, picture("A: Ward Ward")) == 8


def test_the_solver_makes_it_large():
    layer = Layer("rotations", (Person("A", "A"), Person("B", "B")), range(3), ("Ward", "Clinic"))
    rules = (OneDuty(what=Selection.of("Ward", "Clinic")), RATED, Staffing(what=Selection.of("Ward"), at_most=1))
    outcome = solve([layer], rules, ("wishes",))
    assert (outcome.status, [(t.value, t.large) for t in outcome.tiers]) == ("optimal", [(9, True)])


def test_it_has_nothing_to_say_of_a_finished_schedule():
    assert list(RATED.check(picture("A: Ward Clinic"))) == []
    assert RATED.measured and RATED.large


def test_sentence():
    assert RATED.sentence == "Fellows spend their time on the rotations they rated highest."
