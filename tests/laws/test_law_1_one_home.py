"""Law 1: every rule file is in the list, has its own test file, and documents itself."""

from dataclasses import MISSING, fields
from pathlib import Path

import pytest

import constraints
from constraints import RULES
from scheduler.cli.rules import describe
from scheduler.domain.rule import Rule

FOLDER = Path(constraints.__file__).parent
TESTS = Path(__file__).parent.parent / "constraints"
SHARED = {f.name for f in fields(Rule)}
#: filled by the reader from words that are documented: ``weeks: 7-8`` fills three fields at once
BY_THE_READER = {("requirement", name) for name in ("at_least", "at_most", "unit", "also")}
BY_THE_READER |= {("travel", name) for name in ("sites", "sends")} | {("few site changes", "site_of")}


def test_every_rule_file_is_in_the_list_and_has_a_test_file():
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert {rule.__module__.removeprefix("constraints.") for rule in RULES} == files
    assert {path.stem.removeprefix("test_") for path in TESTS.glob("test_*.py")} == files
    assert isinstance(RULES, tuple)
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_the_docstring_says_what_why_and_shows_an_example(rule):
    told = describe(rule)
    assert all(told[part] for part in ("sentence", "parameters", "why", "example")), told
    assert len(told["sentence"]) < 110
    own = {f.name: f.metadata.get("key", f.name.replace("_", " ")) for f in fields(rule) if f.name not in SHARED}
    for name, word in own.items():
        shown = word.removesuffix(" min").removesuffix(" max")
        assert shown in told["parameters"] or (rule.name, name) in BY_THE_READER, f"“{shown}” is not documented"
    needed = {f.name for f in fields(rule) if f.default is MISSING and f.default_factory is MISSING}
    said = {name for name in own if "{" + name + "}" in told["sentence"]}
    assert said or not needed, "the sentence names none of its parameters"
