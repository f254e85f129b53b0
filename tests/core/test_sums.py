"""The page of sums: arithmetic that proves a program impossible before any solving."""

from dataclasses import replace

from constraints import OneDuty, Requirement, Staffing
from scheduler.check.sums import sums
from scheduler.domain.layer import Layer, Person
from scheduler.domain.words import Group, Selection
from scheduler.solve.driver import solve
from tests.sample import sample_program

one = Selection.of


def lines(program):
    return sums(program.layer(), program.rules)


def problems(program):
    return [p for table in lines(program) for line in table for p in line.problems]


def test_the_sample_fits_and_its_numbers_are_right():
    rotations, people = lines(sample_program())
    mips = next(line for line in rotations if line.what == "MIPS")
    assert (mips.owed_min, mips.owed_max, mips.needed, mips.room) == (65, 65, 52, 104)
    assert [p.owed for p in people] == [25, 25, 25, 27, 27]
    assert problems(sample_program()) == []


def test_three_fellows_cannot_staff_mips_and_the_sum_says_so():
    program = sample_program()
    three = replace(program, people=program.people[:3])
    assert problems(three) == ["MIPS must have one fellow in each of 52 weeks: 52. "
                               "3 fellows can give at most 13 each: 39. 52 is more than 39."]
    assert solve([three.layer()], three.rules, ()).status == "impossible"


def test_too_much_owed_for_the_room():
    program = sample_program()
    tight = replace(program, rules=(*program.rules, Staffing(what=one("Gonda 15 procedures"), at_most=1),
                                    Requirement(what=one("Gonda 15 procedures"), at_least=11, at_most=11)))
    assert any("Gonda 15 procedures has room for 52 fellow-weeks" in p and "55 is more than 52" in p
               for p in problems(tight))
    assert solve([tight.layer()], tight.rules, ()).status == "impossible"


def test_a_fellow_who_owes_more_than_the_year_has():
    program = sample_program()
    rules = (OneDuty(what=Selection("any duty", frozenset(program.layer().duties))),
             Requirement(what=one("MIPS"), at_least=40), Requirement(what=one("SIPS"), at_least=13))
    full = replace(program, rules=rules, people=program.people[:1])
    assert problems(full) == ["Fellow A is here for 52 weeks but owes 53: MIPS 40 + SIPS 13."]
    assert solve([full.layer()], full.rules, ()).status == "impossible"


def test_a_preference_is_no_problem():
    program = sample_program()
    wish = replace(program, rules=(*program.rules, Requirement(what=one("MIPS"), at_least=60, priority="comfort")))
    assert problems(wish) == []


def test_a_limit_for_one_class_is_no_limit_for_all():
    """At most one junior at a time, and seniors as they like: room for more than one is not ruled out."""
    people = (Person("a", "A"), Person("b", "B"))
    layer = Layer("rotations", people, range(3), ("Ward", "Clinic"))
    ward = Selection.of("Ward")
    rules = [OneDuty(what=Selection.of("Ward", "Clinic")), Requirement(what=ward, at_least=3, at_most=3),
             Staffing(what=ward, at_most=1, who=Group("juniors", frozenset({"a"})))]
    rotations, _ = sums(layer, rules)
    assert [line.problems for line in rotations if line.what == "Ward"] == [()]
    assert solve([layer], rules, ()).status == "optimal"
    both = [*rules[:2], Staffing(what=ward, at_most=1)]
    assert any("6 is more than 3" in p for line in sums(layer, both)[0] for p in line.problems)
