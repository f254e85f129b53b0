"""What would help: every fix is a year that keeps all but what it says, cheapest first."""

import pytest

from scheduler.explain.conflicts import explain
from scheduler.explain.fixes import fixes
from scheduler.explain.least_broken import least_broken
from scheduler.solve.settings import Settings
from tests.corpus.explain import confirm_fix, program
from tests.corpus.impossible import cases, edited, pins

CASES = {case.name: case for case in cases()}


def found(name, most=4):
    facts = program(CASES[name].text)
    told = explain(facts.layers(), facts.rules)
    blamed = [rule for conflict in told.conflicts for rule in conflict.rules]
    return facts, list(fixes(facts.layers(), facts.rules, facts.priorities, blamed, most=most, seconds=40))


@pytest.mark.parametrize("name, said", [
    ("too few to staff a rotation", "One fellow more"), ("too much owed for the places", "instead of 1 on Ward"),
    ("leave at once", "instead of 1 on Vacation at once"), ("tiny: five weeks of hospital", "Hospital")])
def test_fixes_are_confirmed_and_cheapest_first(name, said):
    facts, helps = found(name)
    assert helps and any(said in line for fix in helps for line in fix.lines())
    assert [fix.cost for fix in helps] == sorted(fix.cost for fix in helps)
    assert [line for fix in helps for line in confirm_fix(facts, fix)] == []
    assert len({fix.sentences for fix in helps}) == len(helps)


def test_the_fix_of_two_pins_is_one_of_them_or_two_at_once():
    facts = program(edited("penn-state", pins("{fellow: Fellow A, rotation: Vacation, during: block 5}",
                                              "{fellow: Fellow B, rotation: Vacation, during: block 5}")))
    told = explain(facts.layers(), facts.rules)
    blamed = [rule for conflict in told.conflicts for rule in conflict.rules]
    helps = list(fixes(facts.layers(), facts.rules, facts.priorities, blamed, most=3, seconds=60))
    said = "\n".join(line for fix in helps for line in fix.lines())
    assert "Do not fix Fellow A to Vacation in Block 5" in said or "Do not fix Fellow B to Vacation in Block 5" in said
    assert "Allow 2 instead of 1 on Vacation at once" in said
    assert "Everything else can hold" in said


def test_the_year_that_breaks_the_least_is_judged_by_the_programs_own_rules():
    facts = program(CASES["tiny: five weeks of hospital"].text)
    result = least_broken(facts, Settings(seconds=30))
    assert result is not None and result.report.broken
    assert sum(v.amount for _, v in result.report.broken) == 3              # 3 fellows × 5 owed, 12 weeks of one place
