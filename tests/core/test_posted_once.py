"""A year posted once, and asked one condition after another."""

import pytest

from constraints import OneDuty, Requirement, Staffing
from scheduler.domain.layer import Layer, Person
from scheduler.domain.rule import Condition
from scheduler.domain.words import Group, Selection
from scheduler.solve.driver import solve, solve_with
from scheduler.solve.posting import post
from scheduler.solve.settings import Settings

one = Selection.of


@pytest.mark.parametrize("large", [20_000, 1])
def test_each_answer_is_that_of_a_solve_of_its_own(large):
    """Whatever was asked before; also where only arrays are kept."""
    shape = Layer("rotations", (Person("p0", "Fellow 0"), Person("p1", "Fellow 1")), range(6), ("Ward", "Clinic"))
    settings = Settings(large=large)
    rules = (OneDuty(what=one("Ward", "Clinic")), Staffing(what=one("Ward"), at_least=1),
             Requirement(what=one("Ward"), at_least=2), Requirement(what=one("Ward"), at_most=3, priority="comfort"))
    first = solve([shape], rules, ("comfort",), settings)
    values = {tier.name: tier.value for tier in first.tiers}
    posted = post([shape], rules, ("comfort",))
    board = posted.boards["rotations"]
    weeks = board.count(board.people[0], shape.slots, one("Ward"))
    for number in (3, 5, 7, 4, 3):
        found = solve_with(posted, Condition(weeks, at_least=number), settings, near=first.cells, proven=values)
        fewest = Requirement(what=one("Ward"), at_least=number, who=Group("the first", frozenset({"p0"})))
        alone = solve([shape], (*rules, fewest), ("comfort",), settings)
        assert (found.status, [t.value for t in found.tiers]) == (alone.status, [t.value for t in alone.tiers])
        assert [t.value for t in found.tiers] == ([max(0, number - 3)] if number < 7 else [])
