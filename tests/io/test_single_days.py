"""Leave in days: whole weeks and single days, approved, pinned and asked for."""

import pytest

from constraints.days_of_leave import DaysOfLeave
from constraints.forbidden import Forbidden
from constraints.pinned import Pinned
from constraints.ranked_requests import RankedRequests
from tests.io.small import read
from tests.io.test_below_the_week import CLINIC, dates, of


@pytest.mark.parametrize("said, weeks, days", [
    ("from: 2026-10-05, to: 2026-10-09", 1, []), ("from: 2026-10-03, to: 2026-10-11", 1, []),
    ("from: 2026-10-07", 0, ["2026-10-07"]), ("from: 2026-10-09, to: 2026-10-13", 0, ["2026-10-09", "2026-10-13"]),
    ("from: 2026-09-08, to: 2026-09-11", 1, []),                        # Monday is Labor Day
    ("from: 2026-10-05, to: 2026-10-13", 1, ["2026-10-13"])])
def test_approved_days_are_weeks_or_single_days(tmp_path, said, weeks, days):
    text = CLINIC.replace("leave:\n  - ", "leave:\n  kinds:\n  - ") + (
        f"  approved:\n  - {{fellow: Fellow A, kind: Vacation, {said}}}\n")
    program = read(tmp_path, text)
    assert sum(len(r.during.slots) for r in of(program, Pinned, "rotations")) == weeks
    single = [slot for r in of(program, Pinned) for slot in r.during.slots]
    assert [str(d) for d in dates(program, single)] == days             # 12 October is Columbus Day
    assert len(single) == 2 * len(days)
    assert not [a for a in program.assumptions if "takes the whole of" in a.text]


def test_pins_of_leave_by_the_day(tmp_path):
    program = read(tmp_path, CLINIC + """pins:
  - {fellow: Fellow A, rotation: Vacation, during: 2026-10-07 afternoon}
  - {fellow: Fellow B, not: Vacation, during: 2027-03-01 to 2027-03-02}
""")
    (pin,) = of(program, Pinned)
    assert len(pin.during.slots) == 1
    (week,), (days,) = of(program, Forbidden, "rotations"), of(program, Forbidden)
    assert len(week.during.slots) == 1 and len(days.during.slots) == 4  # neither these days nor the week they lie in


def test_days_of_leave_leave_the_holidays_out(tmp_path):
    program = read(tmp_path, CLINIC + """requests:
  - {fellow: Fellow A, vacation: [2026-09-07, 2026-09-14, 2026-09-21, 2026-09-28]}
""")
    (rule,) = of(program, DaysOfLeave)
    assert (rule.at_least, rule.at_most) == (15, 15)
    assert rule.off.slots == program.half_days.holidays
    (wishes,) = (r for r in program.rules if isinstance(r, RankedRequests))
    assert wishes.most == (("fellow-a", "Vacation", 3), ("fellow-b", "Vacation", 1))    # 4, 5 and 5 days of the 15
