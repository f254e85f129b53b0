"""The order of fellows, rotations, rules and lines changes nothing that is read."""

import random
from dataclasses import replace

import pytest
import yaml

from tests.io.small import ALL_LAYERS, EVERYTHING, read

LISTS = ("fellows", "rotations", "requirements", "rules", "requests", "pins", "cohort weeks", "call",
         "assumptions", "guests", "milestones")


def facts(program):
    """Everything but the order of people and duties, and the places of lines."""
    rules = frozenset(replace(r, place="") for r in program.rules)
    return (rules, frozenset(program.people), frozenset(program.rotations), frozenset(program.leaves),
            frozenset(program.short), frozenset(program.calls), program.limits,
            frozenset(a.text for a in program.assumptions), dict(program.here), program.priorities, program.year)


@pytest.mark.parametrize("seed", range(12))
def test_another_order_reads_to_the_same_facts(tmp_path, seed):
    chance = random.Random(seed)
    tree = yaml.load(ALL_LAYERS, yaml.BaseLoader)
    for section in LISTS:
        chance.shuffle(tree[section])
    chance.shuffle(tree["leave"]["kinds"])
    keys = list(tree)
    chance.shuffle(keys)
    turned = yaml.dump({key: tree[key] for key in keys}, sort_keys=False, allow_unicode=True)
    assert facts(read(tmp_path, turned)) == facts(read(tmp_path, ALL_LAYERS))


def test_the_order_within_a_list_of_requests_is_their_rank(tmp_path):
    first, second = "2026-12-21", "2027-03-15 to 2027-03-28"
    turned = EVERYTHING.replace(f"[{first}, {second}]", f"[{second}, {first}]")
    assert read(tmp_path, turned).rules[-1] != read(tmp_path, EVERYTHING).rules[-1]
