"""Call roles, what they imply, and the limits on hours of work."""

from datetime import date, time

import pytest

from constraints.by_the_week import ByTheWeek
from constraints.forbidden import Forbidden
from constraints.free_after_call import FreeAfterCall
from constraints.free_before_leave import FreeBeforeLeave
from constraints.requirement import Requirement
from constraints.staffing import Staffing
from constraints.taken_from import TakenFrom
from constraints.who_may import WhoMay
from scheduler.domain.days import CALL
from scheduler.domain.duty_hours import Limits
from scheduler.io.clock import clock
from tests.io.small import ALL_LAYERS, MINIMAL, read, wrong


def of(program, kind, what="Night call"):
    return [r for r in program.rules if type(r) is kind and r.layer_name == CALL and str(r.what) == what]


def with_call(line):
    return MINIMAL + f"call:\n  - {{name: Night call, {line}}}\n"


@pytest.mark.parametrize("said, expected", [
    ("17:00", time(17)), ("5 pm", time(17)), ("6:30", time(6, 30)), ("12 am", time(0)), ("12 p.m.", time(12)),
    ("7.15", time(7, 15))])
def test_times(said, expected):
    assert clock(said) == expected


def test_what_a_role_is(tmp_path):
    program = read(tmp_path, ALL_LAYERS)
    night, weekend = program.calls
    assert (night.kind, night.start, night.end, night.free_after) == ("in-house", time(17), time(7), 1)
    assert (weekend.kind, weekend.hours, weekend.by, weekend.free_after) == ("home", 4.0, "week", 0)
    assert read(tmp_path, with_call("kind: in-house")).calls[0].free_after == 2


def test_the_nights_of_a_role(tmp_path):
    program = read(tmp_path, ALL_LAYERS)
    (staffing,), (closed,) = of(program, Staffing), of(program, WhoMay)
    assert (staffing.at_least, staffing.at_most) == (0, 1)
    days = {program.nights.slots[s].day for s in staffing.during.slots}
    assert {d.weekday() for d in days} == set(range(5))
    assert date(2026, 12, 24) not in days and date(2026, 12, 23) in days
    assert closed.outside == staffing.during
    weekend = {program.nights.slots[s].day for s in of(program, Staffing, "Weekend call")[0].during.slots}
    assert date(2026, 12, 25) in weekend and date(2026, 12, 24) not in weekend       # a holiday on a Friday


def test_who_carries_it(tmp_path):
    program = read(tmp_path, ALL_LAYERS)
    assert of(program, TakenFrom)[0].hosts.duties == {"Ward"}
    assert of(program, TakenFrom, "Weekend call")[0].hosts.duties == {r.name for r in program.rotations}
    assert len(of(program, ByTheWeek, "Weekend call")) == 1 and not of(program, ByTheWeek)
    (after,) = of(program, FreeAfterCall)
    assert after.halves == 1 and after.then.duties == {r.name for r in program.short}
    (before,) = of(program, FreeBeforeLeave, "any call")
    assert before.leave.duties == {leave.name for leave in program.leaves}


def test_not_in_the_first_weeks_of_each_fellow(tmp_path):
    program = read(tmp_path, ALL_LAYERS)                                # Fellow C starts on 1 September
    first, later = (r for r in of(program, Forbidden) if r.during.text.startswith("the first"))
    def last(rule):
        return max(program.nights.slots[s].day for s in rule.during.slots)

    assert first.who.ids == {"a", "fellow-b"} and later.who.ids == {"fellow-c"}
    assert (last(first), last(later)) == (date(2026, 7, 28), date(2026, 9, 27))


def test_the_first_weeks_are_weeks_in_a_year_of_months(tmp_path):
    program = read(tmp_path, with_call("kind: in-house, after weeks: 2").replace("end: 2027-06-30", "period: month"))
    (rule,) = of(program, Forbidden)
    assert len(rule.during.slots) == 14


def test_nights_that_are_owed(tmp_path):
    (rule,) = of(read(tmp_path, ALL_LAYERS), Requirement)
    assert (rule.at_least, rule.at_most, rule.unit, rule.per) == (10, 60, "nights", 1)


def test_a_role_that_is_off_implies_nothing(tmp_path):
    program = read(tmp_path, with_call("kind: in-house, off: true"))
    assert not program.calls and not [r for r in program.rules if r.layer_name == CALL]
    assert wrong(tmp_path, with_call("kind: in-house, off: true, nights: Funday"))


def test_call_that_nobody_can_take(tmp_path):
    text = with_call("kind: in-house, only: psychiatry") + "backgrounds: psychiatry\n"
    assert wrong(tmp_path, text) == ["Nobody is “psychiatry”, so nobody can take Night call."]
    assert not wrong(tmp_path, text.replace("in-house,", "in-house, people: 0-1,"))


@pytest.mark.parametrize("said, limits", [
    ("ACGME", Limits()), ("{weekly hours: 72, rest between: off}", Limits(weekly_hours=72, rest_between=None)),
    ("{nights in a row: 6}", Limits(nights_in_a_row=6))])
def test_work_hours(tmp_path, said, limits):
    assert read(tmp_path, MINIMAL + f"work hours: {said}\n").limits == limits


def test_no_work_hours_unless_asked_for(tmp_path):
    assert read(tmp_path, MINIMAL).limits is None
