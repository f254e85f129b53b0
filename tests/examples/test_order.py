"""Law 6: fellows, rotations, requirements and rules in another order change no verdict and no proven value."""

from __future__ import annotations

import random
from collections import Counter

import pytest
import yaml

from scheduler.check.sums import sums
from scheduler.domain.layer import LAYERS
from scheduler.io.program_file import read_program
from tests.examples.solved import EXAMPLES, program, result, solved, text, written

#: sections whose order says nothing; `priorities` and each fellow's own list of requests are ranked
SECTIONS = ("fellows", "backgrounds", "rotations", "leave", "requirements", "rules", "cohort weeks", "requests",
            "call", "assumptions")


def lines_of(lists):
    """The lists themselves; leave may hold two, its kinds and what is approved."""
    for one in lists:
        yield list(one.values()) if isinstance(one, dict) else [one]


def shuffled(text_, seed):
    """The same program with every section in another order, every scalar still the text it was."""
    facts = yaml.load(text_, Loader=yaml.BaseLoader)
    lists = [facts[section] for section in SECTIONS if section in facts]
    for lines in [each for one in lines_of(lists) for each in one]:
        before = list(lines)
        random.Random(seed).shuffle(lines)
        if lines == before:
            lines.reverse()
    return yaml.safe_dump(facts, sort_keys=False, allow_unicode=True, width=10**6)


@pytest.mark.parametrize("name", EXAMPLES)
def test_another_order_gives_the_same_values_and_verdicts(name, tmp_path):
    other = read_program(written(tmp_path, shuffled(text(name), 7)))
    assert [p.id for p in other.people] != [p.id for p in program(name).people]
    assert len(other.rotations) == 1 or [r.name for r in other.rotations] != [r.name for r in program(name).rotations]
    assert Counter(r.sentence for r in other.rules) == Counter(r.sentence for r in program(name).rules)
    one, two = result(name), solved(other)
    assert (two.status, two.report.ok) == (one.status, one.report.ok) == ("optimal", True)
    assert [(t.name, t.value, t.bound) for t in two.tiers if t.layer == LAYERS[0]] == [
        (t.name, t.value, t.bound) for t in one.tiers if t.layer == LAYERS[0]]
    # what is proven below is proven given the rotation year, and of years that are as good either may be chosen
    assert [t.name for t in two.tiers] == [t.name for t in one.tiers] and all(t.proven for t in two.tiers)


@pytest.mark.parametrize("name", EXAMPLES)
def test_another_order_gives_the_same_sums(name, tmp_path):
    other = read_program(written(tmp_path, shuffled(text(name), 8)))
    (one, people), (two, others) = (sums(p.layer(), p.rules) for p in (program(name), other))
    assert sorted(one, key=lambda s: s.what) == sorted(two, key=lambda s: s.what)
    assert {(p.person.id, p.here, p.owed) for p in people} == {(p.person.id, p.here, p.owed) for p in others}
