"""The relaxation: what it misses, and the sum behind it, on programs small enough for a sheet of paper."""

import pytest

from constraints import OneDuty, Requirement, Staffing
from scheduler.domain.layer import Layer, Person
from scheduler.domain.words import Many, Selection
from scheduler.solve.core import core
from scheduler.solve.posting import post
from scheduler.solve.relaxation import relax

DUTIES = ("Ward", "Clinic")
ONE = OneDuty(what=Selection("any duty", frozenset(DUTIES)))


def layer(people, slots):
    return Layer("rotations", tuple(Person(f"p{n}", f"Fellow {n}") for n in range(people)), range(slots), DUTIES)


def ward(low=None, high=None):
    return Requirement(what=Selection.of("Ward"), at_least=Many(low or 0), at_most=None if high is None else Many(high))


def test_what_can_hold_misses_nothing():
    found = relax(post([layer(3, 12)], (ONE, ward(4), Staffing(what=Selection.of("Ward"), at_least=1)), ()))
    assert (found.missed, found.core) == (0.0, ())


@pytest.mark.parametrize("people, slots, most", [(3, 52, 13), (2, 12, 5), (5, 13, 1)])
def test_too_few_to_staff_a_rotation(people, slots, most):
    rules = (ONE, ward(high=most), Staffing(what=Selection.of("Ward"), at_least=1))
    found = relax(post([layer(people, slots)], rules, ()))
    assert found.missed == pytest.approx(slots - people * most)
    assert {w.rule for w in found.core} - {ONE} == set(rules[1:])
    assert sum(w.weight * w.bound for w in found.core) == pytest.approx(found.missed)       # the sum is the proof
    assert not found.others


def test_what_adding_up_cannot_see_it_does_not_claim():
    """Three fellows, each in Ward half of two weeks on average: no sum forbids it."""
    some = Layer("rotations", (Person("a", "A"),), range(2), DUTIES)
    rules = (ONE, ward(1, 1), Staffing(what=Selection.of("Clinic"), at_least=0, at_most=1))
    assert relax(post([some], rules, ())).missed == 0.0


def test_the_core_is_a_hint_that_leaves_out_the_innocent():
    innocent = Requirement(what=Selection.of("Clinic"), at_least=Many(1))
    rules = (ONE, ward(high=5), Staffing(what=Selection.of("Ward"), at_least=1), innocent)
    hint = core(post([layer(2, 12)], rules, (), prune=False))
    assert hint is not None and innocent not in hint and set(hint) <= set(rules)
    assert core(post([layer(3, 12)], rules, (), prune=False)) is None                       # there is no conflict
