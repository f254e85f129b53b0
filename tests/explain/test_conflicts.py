"""Explanations: the sample of the corpus that runs with every test, and what the corpus cannot see."""

import random

import pytest

from scheduler.domain.rule import Condition
from scheduler.explain.conflicts import explain
from scheduler.explain.explanation import alike
from scheduler.explain.oracle import Oracle
from scheduler.explain.part import Part, base
from scheduler.io.program_file import read_program
from scheduler.solve.posting import post
from tests.corpus.explain import possible, program, run
from tests.corpus.impossible import FOLDER, cases, edited, lines, pins

#: of the full corpus (`make corpus`), the cases that take a second or two
SAMPLE = ("too few to staff a rotation", "too much owed for the places", "a set of rotations", "a window", "a class",
          "a sequence", "an alignment", "the presenter pool", "leave at once", "one fellow owes more than a year",
          "Mayo: two pinned vacations in one week", "Penn State: both vacations in one block",
          "tiny: five weeks of hospital", "tiny: Ada owes more")


@pytest.mark.parametrize("case", [c for c in cases() if c.name in SAMPLE], ids=lambda c: c.name)
def test_a_sample_of_the_corpus(case):
    told = run(case, 0)
    assert told.wrong == []


def test_the_corpus_is_as_large_as_promised():
    names = [case.name for case in cases()]
    assert len(names) == len(set(names)) >= 40
    assert set(SAMPLE) <= set(names)


def test_a_possible_program_is_said_to_be_possible():
    tiny = read_program(FOLDER / "tiny" / "program.yaml")
    found = explain(tiny.layers(), tiny.rules)
    assert (found.status, found.conflicts, found.counting) == ("possible", (), ())
    assert found.lines() == ["There is a schedule that keeps every rule."]


def test_without_time_nothing_is_claimed():
    tight = program(edited("penn-state", pins("{fellow: Fellow A, rotation: Vacation, during: block 5}",
                                              "{fellow: Fellow B, rotation: Vacation, during: block 5}")))
    found = explain(tight.layers(), tight.rules, seconds=0.0)
    assert found.status == "unknown" and not found.conflicts
    assert found.lines()[0].startswith("Not decided")


def test_sums_are_told_before_the_search():
    tight = program(edited("tiny", ("{rotation: Hospital, weeks: 4}", "{rotation: Hospital, weeks: 5}")))
    heard = []
    found = explain(tight.layers(), tight.rules, heard=heard.append)
    assert len(heard) == 2 and heard[0][0] == "By counting alone:" and heard[1][0].startswith("These 2 cannot")
    assert found.lines() == [*heard[0], *heard[1], *found.last()]


def test_independent_conflicts_are_each_told():
    vacation = "{fellow: Fellow %s, rotation: Vacation, during: block 5}"
    owed = "{rotation: Pain Medicine Center, blocks: 9"
    tight = program(edited("penn-state", pins(vacation % "A", vacation % "B"), (owed, owed.replace("9", "13"))))
    found = explain(tight.layers(), tight.rules)
    said = "\n".join(found.lines())
    assert len(found.conflicts) > 1 and "And, independent of that:" in said
    first, last = ({id(base(rule)) for rule in c.rules if rule.name != "one duty"}
                   for c in (found.conflicts[0], found.conflicts[-1]))
    assert first != last


@pytest.mark.parametrize("example", ["tiny", "iowa"])
def test_a_rule_is_its_part_and_the_rest(example):
    """Cut a rule anywhere: what is inside and what is outside are together all that it says, and none twice."""
    facts = read_program(FOLDER / example / "program.yaml")
    layers, rng = facts.layers(), random.Random(3)
    must = [rule for rule in facts.rules if rule.priority is None]
    people = frozenset(rng.sample([p.id for p in layers[0].people], len(layers[0].people) // 2))
    periods = frozenset(rng.sample(list(layers[0].slots), len(layers[0].slots) // 2))

    def count(rules):
        said = {}
        for rule, condition in post(layers, rules, (), prune=False).conditions:
            assert isinstance(condition, Condition)
            said[id(base(rule))] = said.get(id(base(rule)), 0) + 1
        return said

    for who, when in ((people, None), (people, periods)):
        inside = count([Part.of(rule, who, when) for rule in must])
        outside = count([Part.of(rule, who, when, outside=True) for rule in must])
        whole = count(must)
        assert {key: inside.get(key, 0) + outside.get(key, 0) for key in whole} == whole


@pytest.mark.parametrize("seed", range(6))
def test_layer_by_layer_and_as_one_agree(seed):
    """Of some of a program's rules, and of parts of them: the quick answer is never against the plain model's."""
    tight = program(edited("tiny", lines("requirements", "{rotation: Headache, weeks: 8, for: Ada}")))
    layers, rng = tight.layers(), random.Random(seed)
    must = [rule for rule in tight.rules if rule.priority is None]
    some = rng.sample(must, rng.randint(len(must) // 2, len(must)))
    if seed % 2:
        some = [Part.of(rule, frozenset(p.id for p in layers[0].people[:2]), None) for rule in some]
    word, plain = Oracle(layers, 60).verdict(some), possible(layers, some)
    assert plain is not None
    assert word in (("possible",) if plain else ("impossible", "unknown"))


def test_sentences_that_differ_by_name_are_told_once():
    assert list(alike(["Ann owes 2.", "Ben owes 2.", "Ward is full."], ("Ann", "Ben"))) == [
        "Ann owes 2. The same holds for Ben.", "Ward is full."]
