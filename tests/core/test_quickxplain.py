"""QuickXplain: what it returns fails, and nothing of it can be left out, for random families of failing sets."""

import random

import pytest

from scheduler.solve.quickxplain import quickxplain


def test_nothing_is_blamed_when_nothing_is_needed():
    assert quickxplain([1, 2, 3], lambda items: True) == []
    assert quickxplain([], lambda items: True) == []


def test_items_in_front_are_kept_where_there_is_a_choice():
    either = [{1, 9}, {2, 8}]
    assert quickxplain(list(range(10)), lambda items: any(one <= set(items) for one in either)) == [2, 8]


@pytest.mark.parametrize("seed", range(40))
def test_the_answer_is_one_of_the_smallest_sets(seed):
    rng = random.Random(seed)
    items = list(range(rng.randint(1, 30)))
    failing = [set(rng.sample(items, rng.randint(1, min(5, len(items))))) for _ in range(rng.randint(1, 4))]
    asked = []

    def fails(some):
        asked.append(some)
        return any(one <= set(some) for one in failing)

    found = quickxplain(items, fails)
    assert found == sorted(found)
    assert set(found) in failing and not any(one < set(found) for one in failing)
    assert len(asked) <= 2 * len(found) * (len(items).bit_length() + 1) + 2
