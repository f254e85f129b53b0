"""A year that cannot be filled below because of one fellow is asked about for that fellow alone."""

from dataclasses import replace

from scheduler.domain.schedule import Schedule
from scheduler.solve.alone import fails_alone
from scheduler.solve.layered import smallest
from scheduler.solve.settings import Settings
from tests.repair.test_below import read

FAST = Settings(seconds=10, confirm=False)


def years(program, **rows):
    """A rotation year, a letter a week: H is Hospital, C is Clinic."""
    word = {"H": ("Hospital",), "C": ("Clinic",)}
    return Schedule(program.layer(), {person: {n: word[c] for n, c in enumerate(row)} for person, row in rows.items()})


def test_the_fellow_at_fault_and_the_weeks(tmp_path):
    """Four half-days are owed, two a week at most: two weeks in the clinic are needed."""
    program = read(tmp_path)
    half_days = program.layers()[1]
    must = [r for r in program.rules if r.priority is None and r.layer_name == half_days.name]
    year = years(program, ada="CCHHCC", ben="HHHHHC", cleo="CCCCCC")
    person, fails = fails_alone(year, [half_days], must, FAST)
    assert person.name == "Ben"
    held = smallest([("ben", n) for n in range(6)], fails)
    assert fails(held)
    assert set(held) == {("ben", n) for n in range(5)}              # any week of these in the clinic would do
    assert fails_alone(years(program, ada="CCHHCC", ben="HHCHHC", cleo="CCCCCC"), [half_days], must, FAST) is None


def test_what_is_shared_is_nobodys_fault_alone(tmp_path):
    """One night call for everyone together fails for no fellow alone."""
    program = read(tmp_path)
    call = program.layers()[2]
    must = [r for r in program.rules if r.priority is None and r.layer_name == call.name]
    year = years(program, ada="CCHHCC", ben="HHCCHH", cleo="CCCCCC")
    assert fails_alone(year, [call], must, FAST) is None
    nobody = [replace(call, people=())]
    assert fails_alone(year, nobody, must, FAST) is None
