"""Work hours: a table worked by hand, the words, and random timelines against a second count on a half-hour grid.

Day 0 is Monday 6 July 2026; hours run past 24 into the next day, so ``duty(0, 20, 32)`` ends on Tuesday at 08:00.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from scheduler.check.work_hours import averages, duties_of, hours_by_day, windows_of, work_hour_findings
from scheduler.domain.duty_hours import SOURCES, Kind, Limits, Stretch, Window

MONDAY = date(2026, 7, 6)
WEEKDAYS = range(5)
NO_LIMITS = Limits(weekly_hours=None, free_days_in=None, longest=None, rest_after_long=None, rest_between=None,
                   in_house_every=None)


def at(day: float, hour: float = 0) -> datetime:
    return datetime(2026, 7, 6) + timedelta(days=day, hours=hour)


def day(number: int) -> date:
    return MONDAY + timedelta(number)


def duty(number: int, start: float, end: float, what: str = "MIPS", kind: Kind = "work",
         hours: float | None = None) -> Stretch:
    return Stretch(at(number, start), at(number, end), what, kind, hours)


def in_house(number: int, start: float = 17, end: float = 31) -> Stretch:
    return duty(number, start, end, "night call", "in-house")


def home(number: int, start: float = 17, end: float = 31, hours: float = 0.0) -> Stretch:
    return duty(number, start, end, "home call", "home", hours)


def each(weeks: Iterable[int], days: Iterable[int], start: float, end: float, what: str = "MIPS") -> list[Stretch]:
    """The same hours on these days of these weeks."""
    return [duty(7 * week + d, start, end, what) for week in weeks for d in days]


def run(first: int, days: int, what: str = "MIPS") -> Window:
    return Window(what, day(first), day(first + days - 1))


def heavy(weeks: Iterable[int]) -> list[Stretch]:
    """110 hours a week: six days 06:00 to 22:00 are 6 x 16 = 96, Sunday 06:00 to 20:00 is 14; 96 + 14 = 110."""
    weeks = list(weeks)
    return each(weeks, range(6), 6, 22) + each(weeks, [6], 6, 20)


def sixty(weeks: Iterable[int]) -> list[Stretch]:
    """60 hours a week: Monday to Friday 07:00 to 19:00 are 5 x 12 = 60; two free days."""
    return each(weeks, WEEKDAYS, 7, 19)


def eighty(weeks: Iterable[int]) -> list[Stretch]:
    """80 hours a week: Monday to Friday 06:00 to 22:00 are 5 x 16 = 80, with exactly 8 hours of rest between."""
    return each(weeks, WEEKDAYS, 6, 22)


@dataclass(frozen=True)
class Case:
    name: str
    stretches: list[Stretch]
    runs: list[Window]
    expected: list[tuple[str, float]]
    sentences: tuple[str, ...] = ()
    leave: frozenset[date] = frozenset()
    limits: Limits = Limits()


CALL = [duty(0, 7, 17), in_house(0)]            # Monday 07:00 to Tuesday 07:00: 10 + 14 = 24 hours

CASES = [
    # 4 x 80 = 320 h in 4 weeks; 320 / 4 = 80, not more than 80. Rest 22:00 to 06:00 = 8. Free: 8 days, 28 // 7 = 4.
    Case("exactly 80 passes", eighty(range(4)), [run(0, 28)], []),

    # The first Monday from 04:00: 2 h more. 322 / 4 = 80.5; 80.5 - 80 = 0.5.
    Case("80.5 fails", [duty(0, 4, 6), *eighty(range(4))], [run(0, 28)], [("weekly hours", 0.5)],
         ("Fellow A works 322 h in the 4 weeks from 6 July (MIPS): 80.5 h a week on average; at most 80.",)),

    # One Saturday 08:00 to 18:00: 320 + 10 = 330; 330 / 4 = 82.5. Seven free days are left of four needed.
    Case("a Saturday clinic on top", [*eighty(range(4)), duty(5, 8, 18)], [run(0, 28)], [("weekly hours", 2.5)],
         ("Fellow A works 330 h in the 4 weeks from 6 July (MIPS): 82.5 h a week on average; at most 80.",)),

    # One minute more: 320 h 1 min / 4 = 80.00417; the sentence must not read "80; at most 80".
    Case("a minute over is over", [duty(0, 5 + 59 / 60, 6), *eighty(range(4))], [run(0, 28)],
         [("weekly hours", 1 / 240)],
         ("Fellow A works 320.02 h in the 4 weeks from 6 July (MIPS): 80.00417 h a week on average; at most 80.",)),

    # A program with the 10 percent exception: 82.5 is below 88.
    Case("the exception of 88", [*eighty(range(4)), duty(5, 8, 18)], [run(0, 28)], [], limits=Limits(weekly_hours=88)),

    # Two weeks of MIPS: 2 x 80 + 2 = 162; 162 / 2 = 81. Two weeks of SIPS: 2 x 60. Together 282 / 4 = 70.5 would pass.
    Case("a heavy rotation is not diluted by the next", [duty(0, 4, 6), *eighty(range(2)), *sixty([2, 3])],
         [run(0, 14), run(14, 14, "SIPS")], [("weekly hours", 1)],
         ("Fellow A works 162 h in the 2 weeks from 6 July (MIPS): 81 h a week on average; at most 80.",)),

    # Six weeks are 28 + 14 days: 4 x 60 = 240, 240 / 4 = 60; then 2 x (6 days x 14) = 168, 168 / 2 = 84.
    # All six together would be 408 / 6 = 68. Free: Sundays, 14 // 7 = 2.
    Case("six weeks are four and two", sixty(range(4)) + each([4, 5], range(6), 7, 21), [run(0, 42)],
         [("weekly hours", 4)],
         ("Fellow A works 168 h in the 2 weeks from 3 August (MIPS): 84 h a week on average; at most 80.",)),

    # Heavy weeks 4 and 5 of 8 lie in two pieces: (3 x 60 + 110) / 4 = 72.5 in each. Weeks 3 to 6 would be
    # (60 + 110 + 110 + 60) / 4 = 85, but nothing rolls. Free: 3 x 2 = 6 of 4 in each piece.
    Case("a heavy fortnight across two pieces passes", sixty([0, 1, 2, 5, 6, 7]) + heavy([3, 4]), [run(0, 56)], []),

    # The same fortnight within one piece: (2 x 110 + 2 x 60) / 4 = 85. Free: 2 x 2 = 4.
    Case("a heavy fortnight within one piece fails", sixty([2, 3, 4, 5, 6, 7]) + heavy([0, 1]), [run(0, 56)],
         [("weekly hours", 5)]),

    # Week 2 is leave: 3 x (6 days x 14 = 84) = 252 h over 28 - 7 = 21 days = 3 weeks: 84. Over 4 weeks: 63.
    # Free: three Sundays, 21 // 7 = 3.
    Case("leave leaves the denominator", each([0, 2, 3], range(6), 7, 21), [run(0, 28)], [("weekly hours", 4)],
         ("Fellow A works 252 h in 21 days of the 4 weeks from 6 July (MIPS, without leave): "
          "84 h a week on average; at most 80.",), leave=frozenset(day(n) for n in range(7, 14))),

    # 3 x 80 = 240 h over 21 days: 80. The lecture on a day of leave does not count: 241 / 3 would be 80.33.
    Case("leave leaves the numerator", [*eighty([0, 2, 3]), duty(8, 17, 18, "lecture")], [run(0, 28)], [],
         leave=frozenset(day(n) for n in range(7, 14))),

    # Leave Monday to Friday of week 2, work of 8 h on every other day: 28 - 5 = 23 days, 23 // 7 = 3 free days needed.
    # None is free, and days of leave are none. Hours: 23 x 8 = 184; 184 / 23 x 7 = 56.
    Case("a day of leave is no day off", [duty(n, 8, 16) for n in range(28) if n not in range(7, 12)], [run(0, 28)],
         [("day off", 3)],
         ("Fellow A has 0 free days in 23 days of the 4 weeks from 6 July (MIPS, without leave); at least 3 needed, "
          "one day in 7.",), leave=frozenset(day(n) for n in range(7, 12))),

    # 24 h, then Tuesday 07:00 to 11:00 for handing over: 28 = 24 + 4.
    Case("24 and 4 exactly passes", [*CALL, duty(1, 7, 11)], [run(0, 28)], []),

    # Until 11:30: 28.5 - 28 = 0.5.
    Case("28.5 fails", [*CALL, duty(1, 7, 11.5)], [run(0, 28)], [("longest duty", 0.5)],
         ("Fellow A is on duty for 28.5 h without a break, from 07:00 on 6 July to 11:30 on 7 July (MIPS, night call); "
          "at most 24, and 4 for handing over.",)),

    # No transition: 28 - 24 = 4.
    Case("without the 4 hours", [*CALL, duty(1, 7, 11)], [run(0, 28)], [("longest duty", 4)],
         ("Fellow A is on duty for 28 h without a break, from 07:00 on 6 July to 11:00 on 7 July (MIPS, night call); "
          "at most 24.",), limits=Limits(transition=None)),

    # 07:00 to 12:00, lunch, 13:00 to Tuesday 11:30: an hour's pause does not end a duty. 28.5 - 28 = 0.5.
    Case("lunch does not end a duty", [duty(0, 7, 12), in_house(0, 13, 35.5)], [run(0, 28)], [("longest duty", 0.5)]),

    # 07:00 to 12:00, then 13:30 to Tuesday 11:30: 22 h, a duty of its own; 1.5 h are no rest, 8 - 1.5 = 6.5.
    Case("an hour and a half does", [duty(0, 7, 12), in_house(0, 13.5, 35.5)], [run(0, 28)], [("rest between", 6.5)]),

    # Tuesday 07:00 to 21:00 is 14 h.
    Case("14 h after 24 h exactly passes", [*CALL, duty(1, 21, 29)], [run(0, 28)], []),

    # Tuesday 07:00 to 20:30 is 13.5 h; 14 - 13.5 = 0.5.
    Case("13.5 h after 24 h fails", [*CALL, duty(1, 20.5, 29, "SIPS")], [run(0, 28)], [("rest after long duty", 0.5)],
         ("Fellow A has 13.5 h free from 07:00 on 7 July (night call) to 20:30 on 7 July (SIPS); "
          "at least 14 after 24 h on duty.",)),

    # 23.5 h from 07:30: no long duty, so 8 h are enough. 07:00 to 15:00 is 8 h.
    Case("after 23.5 h, 8 h are enough", [duty(0, 7.5, 17), in_house(0), duty(1, 15, 20)], [run(0, 28)], []),

    # A lecture is education: Tuesday 07:00 to 17:00 is 10 h, and 14 - 10 = 4.
    Case("a lecture ends the rest after call", [*CALL, duty(1, 17, 18, "lecture")], [run(0, 28)],
         [("rest after long duty", 4)]),

    # Home call from Tuesday 17:00 does not interrupt the rest: 07:00 to Wednesday 07:00 is 24 h.
    Case("home call does not end the rest after call", [*CALL, home(1), duty(2, 7, 17)], [run(0, 28)], []),

    # Sunday 07:00 to Monday 07:00 in house on MIPS, then SIPS until 12:00: 29 - 28 = 1, across both.
    Case("24 h across two rotations", [in_house(13, 7, 31), duty(14, 7, 12, "SIPS")],
         [run(0, 14), run(14, 14, "SIPS")], [("longest duty", 1)],
         ("Fellow A is on duty for 29 h without a break, from 07:00 on 19 July to 12:00 on 20 July (night call, SIPS); "
          "at most 24, and 4 for handing over.",)),

    # 5 x 10 = 50 h a week and home call every night: no limit on nights, but Saturday has only 07:00 to 17:00.
    # No free day of 28 // 7 = 4.
    Case("home call every night", each(range(4), WEEKDAYS, 7, 17) + [home(n) for n in range(28)], [run(0, 28)],
         [("day off", 4)],
         ("Fellow A has 0 free days in the 4 weeks from 6 July (MIPS); at least 4 needed, one day in 7.",)),

    # 60 h, and 5 nights with 5 h assumed: 60 + 25 = 85. Friday's call ends on Saturday at 07:00, and Saturday is free.
    Case("home call counts the hours assumed",
         sixty(range(4)) + [home(7 * w + d, 19, 31, 5.0) for w in range(4) for d in WEEKDAYS], [run(0, 28)],
         [("weekly hours", 5)],
         ("Fellow A works 340 h in the 4 weeks from 6 July (MIPS): 85 h a week on average; at most 80.",)),

    # Nights 0, 3 ... 24: 9 = 28 // 3. Each leaves two days off of three.
    Case("every third night, 9 of 28, passes", [in_house(n) for n in range(0, 27, 3)], [run(0, 28)], []),

    # Night 27 too: 10 - 9 = 1.
    Case("10 nights of 28 fail", [in_house(n) for n in range(0, 28, 3)], [run(0, 28)], [("in-house nights", 1)],
         ("Fellow A has 10 nights of in-house call in the 4 weeks from 6 July (MIPS); at most 9, one night in 3.",)),

    # Week 2 is leave: 21 // 3 = 7 nights. Nights 0, 3, 6, 14, 17, 20, 23, 26 are 8. 8 - 7 = 1.
    Case("leave leaves the nights", [in_house(n) for n in (0, 3, 6, 14, 17, 20, 23, 26)], [run(0, 28)],
         [("in-house nights", 1)], leave=frozenset(day(n) for n in range(7, 14))),

    # Two in-house calls of one evening are one night: 9 nights, the first in two parts.
    Case("two parts of a night are one night",
         [in_house(0, 17, 22), in_house(0, 22, 31)] + [in_house(n) for n in range(3, 27, 3)], [run(0, 28)], []),

    # Night float is work, not in-house call: 20:00 to 08:00, five nights a week, 60 h. Free: 4 Sundays.
    Case("night float is no in-house call", each(range(4), WEEKDAYS, 20, 32), [run(0, 28)], []),

    # A rotation of two days allows 2 // 3 = 0 nights, but one night alone is never too many; two are 1 too many.
    Case("one night on a short rotation", [in_house(0)], [run(0, 2)], []),
    Case("two nights on a short rotation", [in_house(0), in_house(1)], [run(0, 2)], [("in-house nights", 1)]),

    # Monday to Friday and Sunday, 10 h each: 60 h, Saturdays free: 4 of 4.
    Case("Saturdays free", each(range(4), [0, 1, 2, 3, 4, 6], 8, 18), [run(0, 28)], []),

    # The lab on the second Saturday takes one: 3 of 4.
    Case("a cadaver lab takes a day off",
         [*each(range(4), [0, 1, 2, 3, 4, 6], 8, 18), duty(12, 9, 12, "cadaver lab")], [run(0, 28)], [("day off", 1)],
         ("Fellow A has 3 free days in the 4 weeks from 6 July (MIPS); at least 4 needed, one day in 7.",)),

    # 22:30 to 06:00 is 7.5 h; 8 - 7.5 = 0.5, advised only.
    Case("7.5 h of rest", [duty(0, 8, 22.5), duty(1, 6, 14)], [run(0, 28)], [("rest between", 0.5)],
         ("Fellow A has 7.5 h free from 22:30 on 6 July (MIPS) to 06:00 on 7 July (MIPS); it should be at least 8.",)),

    # 21:00 to 06:00 is 9 h: enough today; 10 - 9 = 1 too short for the older rule.
    Case("9 h of rest", [duty(0, 8, 21), duty(1, 6, 14)], [run(0, 28)], []),
    Case("9 h of rest, older rule", [duty(0, 8, 21), duty(1, 6, 14)], [run(0, 28)], [("rest between", 1)],
         limits=Limits(rest_between=10)),

    # 15:00 to 17:00 on a day from 08:00 to 18:00: 10 h from start to end, a pause in a working day.
    Case("a lecture after the clinic", [duty(0, 8, 15), duty(0, 17, 18, "lecture")], [run(0, 28)], []),

    # 07:00 to 15:00 and 19:00 to 23:00: 16 h from start to end, like a day of 16 h without a pause.
    Case("a long day in two parts", [duty(0, 7, 15), duty(0, 19, 23), duty(1, 7, 15)], [run(0, 28)], []),

    # 08:00 to 15:00 and 20:00 to midnight: 16 h, and still one calendar day.
    Case("a long day until midnight", [duty(0, 8, 15), duty(0, 20, 24)], [run(0, 28)], []),

    # 07:00 to 15:00 and 19:00 to 24:00: 17 h, more than 24 - 8; the pause is 4 h, 8 - 4 = 4.
    Case("a longer day in two parts", [duty(0, 7, 15), duty(0, 19, 24)], [run(0, 28)], [("rest between", 4)]),

    # 16:00 to 23:30 and 07:00 to 08:00 are 16 h from start to end, but 7.5 h of a night between: 8 - 7.5 = 0.5.
    Case("a night is no pause", [duty(0, 16, 23.5), duty(1, 7, 8)], [run(0, 28)], [("rest between", 0.5)]),

    # Seven nights 20:00 to 08:00, 84 h of a run of two weeks: 42. Today no limit in a row; the older one: 7 - 6 = 1.
    Case("seven nights of float", each([0], range(7), 20, 32), [run(0, 14)], []),
    Case("seven nights of float, older rule", each([0], range(7), 20, 32), [run(0, 14)], [("nights in a row", 1)],
         ("Fellow A is on duty 7 nights in a row, from the night of 6 July to the night of 12 July; at most 6.",),
         limits=Limits(nights_in_a_row=6)),
    Case("six nights, older rule", each([0], range(6), 20, 32), [run(0, 14)], [], limits=Limits(nights_in_a_row=6)),
    # Nights cover 3 in the morning: from 03:00 they do, until 03:00 they do not. Ten nights each, 10 - 6 = 4.
    Case("nights from 03:00, older rule", [duty(n, 27, 35) for n in range(10)], [run(0, 14)], [("nights in a row", 4)],
         limits=Limits(nights_in_a_row=6, free_days_in=None)),
    Case("evenings until 03:00, older rule", [duty(n, 19, 27) for n in range(10)], [run(0, 14)], [],
         limits=Limits(nights_in_a_row=6, free_days_in=None)),
    # One duty of 52 h from 23:30 covers 03:00 three times: 3 - 2 = 1.
    Case("one long duty has several nights", [duty(0, 23.5, 75.5)], [run(0, 14)], [("nights in a row", 1)],
         limits=Limits(nights_in_a_row=2, longest=None)),
    Case("home call is no night on duty, older rule", [home(n) for n in range(7)], [run(0, 14)], [],
         limits=Limits(nights_in_a_row=6, free_days_in=None)),

    # Conferences during the 80 h, 07:00 to 08:00 and 21:00 to 22:00, count once: 80.
    Case("overlapping stretches count once",
         eighty(range(4)) + each(range(4), WEEKDAYS, 7, 8, "seminar") + each(range(4), WEEKDAYS, 21, 22, "lecture"),
         [run(0, 28)], []),

    # ... and 21:30 to 22:30 on the first Monday adds half an hour: 320.5 / 4 = 80.125. Rest 22:30 to 06:00 is 7.5.
    Case("the part that sticks out counts", [*eighty(range(4)), duty(0, 21.5, 22.5, "lecture")], [run(0, 28)],
         [("rest between", 0.5), ("weekly hours", 0.125)]),

    # 06:00 to 22:00 with an hour of lunch that does not count: 5 x 15 = 75, and 5 h on Saturday: 80.
    Case("hours that count",
         [duty(7 * w + d, 6, 22, hours=15.0) for w in range(4) for d in WEEKDAYS] + each(range(4), [5], 8, 13),
         [run(0, 28)], []),

    # One day of 12 h, counted as a week: 12, not 84. The rotation after it: 3 x 16 = 48 in three days.
    Case("a short rotation is no whole week", [duty(0, 7, 19, "toxicology"), *each([0], [1, 2, 3], 6, 22)],
         [run(0, 1, "toxicology"), run(1, 3)], []),

    # Six days of 14 h: 84 within a week; 84 - 80 = 4. 6 // 7 = 0 free days needed.
    Case("84 h in six days", each([0], range(6), 7, 21), [run(0, 6)], [("weekly hours", 4)],
         ("Fellow A works 84 h in the 6 days from 6 July (MIPS); at most 80 a week.",)),

    # One week of 6 x 14 = 84 h; Sunday is free, 7 // 7 = 1.
    Case("a week of 84 h", each([0], range(6), 7, 21), [run(0, 7)], [("weekly hours", 4)],
         ("Fellow A works 84 h in the week of 6 July (MIPS); at most 80 a week.",)),

    # 31 days are 28 + 3: the three days from 3 August, 3 x 14 = 42 h, count as a week.
    Case("a month of 31 days", eighty(range(4)) + each([4], range(3), 7, 21), [run(0, 31)], []),

    # A lower limit of 10 for one day of 12 h: 12 - 10 = 2.
    Case("a day over its limit", [duty(0, 7, 19)], [run(0, 1)], [("weekly hours", 2)],
         ("Fellow A works 12 h in the day of 6 July (MIPS); at most 10 a week.",), limits=Limits(weekly_hours=10)),

    # Two weeks of 4 h every day but one: 1 of 14 // 7 = 2.
    Case("one day off in two weeks", [duty(n, 8, 12) for n in range(13)], [run(0, 14)], [("day off", 1)],
         ("Fellow A has 1 free day in the 2 weeks from 6 July (MIPS); at least 2 needed, one day in 7.",)),

    # A week outside every rotation: 7 x 16 = 112 h are not averaged, but 22:00 to 05:30 is 7.5 h of rest.
    Case("days outside all rotations", [*each([0], range(7), 6, 22), duty(7, 5.5, 12)], [run(7, 28)],
         [("rest between", 0.5)]),

    # Everything wrong, and every limit off.
    Case("no limits", [duty(0, 0, 24 * 27.5), in_house(27, 17, 24)], [run(0, 28)], [], limits=NO_LIMITS),

    # Nothing at all.
    Case("an empty year", [], [], []),
    Case("a whole rotation on leave", [], [run(0, 7)], [], leave=frozenset(day(n) for n in range(7))),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_table_worked_by_hand(case):
    found = work_hour_findings("Fellow A", case.stretches, case.runs, case.leave, case.limits)
    assert [f.rule for f in found] == [rule for rule, _ in case.expected]
    assert [f.amount for f in found] == pytest.approx([amount for _, amount in case.expected])
    assert {f.rule for f in found if f.should} <= {"rest between"}
    assert all(f.should for f in found if f.rule == "rest between")
    if case.sentences:
        assert tuple(f.sentence for f in found) == case.sentences


def test_names_are_unique():
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_rule_has_its_source():
    assert {rule for case in CASES for rule, _ in case.expected} <= set(SOURCES)
    assert {rule for case in CASES for rule, _ in case.expected} == {
        "weekly hours", "day off", "longest duty", "rest after long duty", "rest between", "in-house nights",
        "nights in a row"}


def test_findings_come_by_date_with_their_days():
    """Rest on day 0 to 1, the month from day 0 to 27, a duty on days 20 to 21."""
    stretches = [duty(0, 8, 22.5), duty(1, 6, 14), in_house(20, 7, 36), *(home(n) for n in range(28))]
    found = work_hour_findings("Fellow A", stretches, [run(0, 28)], frozenset())
    assert [(f.rule, f.first, f.last) for f in found] == [
        ("rest between", day(0), day(1)), ("day off", day(0), day(27)), ("longest duty", day(20), day(21))]


# -- windows, hours by day, days off

def spans(windows):
    return [(w.what, (w.first - MONDAY).days, w.length) for w in windows]


def test_windows():
    assert spans(windows_of([run(0, 14)])) == [("MIPS", 0, 14)]
    assert spans(windows_of([run(0, 28)])) == [("MIPS", 0, 28)]
    assert spans(windows_of([run(0, 42)])) == [("MIPS", 0, 28), ("MIPS", 28, 14)]
    assert spans(windows_of([run(0, 57)])) == [("MIPS", 0, 28), ("MIPS", 28, 28), ("MIPS", 56, 1)]
    assert spans(windows_of([run(0, 14)], 7)) == [("MIPS", 0, 7), ("MIPS", 7, 7)]
    assert spans(windows_of([run(0, 57)], None)) == [("MIPS", 0, 57)]
    assert windows_of([]) == []


def test_weeks_of_one_rotation_that_touch_are_one_run():
    weeks = [run(7 * n, 7) for n in (1, 0, 2, 3, 4)]
    assert spans(windows_of(weeks)) == [("MIPS", 0, 28), ("MIPS", 28, 7)]
    apart = [run(0, 7), run(7, 7, "SIPS"), run(14, 7)]
    assert spans(windows_of(apart)) == [("MIPS", 0, 7), ("SIPS", 7, 7), ("MIPS", 14, 7)]
    assert spans(windows_of([run(0, 7), run(14, 7), run(21, 7)])) == [("MIPS", 0, 7), ("MIPS", 14, 14)]
    assert spans(windows_of([run(0, 14), run(3, 4), run(10, 7)])) == [("MIPS", 0, 17)]
    assert spans(windows_of([run(0, 7), run(8, 7)])) == [("MIPS", 0, 7), ("MIPS", 8, 7)]


def test_hours_are_split_at_midnight_and_home_call_is_not():
    """Sunday 20:00 to Monday 08:00 is 4 + 8 h; home call on Monday 17:00 to Tuesday 07:00 counts its 3 h on Monday."""
    hours = hours_by_day([duty(6, 20, 32), home(7, 17, 31, 3.0)])
    assert hours == {day(6): 4, day(7): 8 + 3}
    lines = averages([duty(6, 20, 32)], [run(0, 7), run(7, 7, "SIPS")], frozenset())
    assert [(line.hours, line.days, line.average) for line in lines] == [(4, 7, 4), (8, 7, 8)]


def test_counted_hours_are_spread_evenly_and_the_higher_rate_wins():
    """12 h that count 6 from Sunday 20:00: 2 + 4. With a lecture 21:00 to 22:00 that counts whole: 2.5 + 4."""
    night = duty(6, 20, 32, hours=6.0)
    assert hours_by_day([night]) == pytest.approx({day(6): 2, day(7): 4})
    assert hours_by_day([night, duty(6, 21, 22)]) == pytest.approx({day(6): 2.5, day(7): 4})


def test_home_call_of_unknown_hours_counts_whole_and_twice_the_same_counts_once():
    call = duty(0, 17, 31, "home call", "home")
    assert hours_by_day([call, call]) == {day(0): 14}


@pytest.mark.parametrize("stretches, free", [
    ([], 3),
    ([home(-1, 17, 32), duty(1, 8, 12)], 2),                # day 0 from 08:00 to 08:00, and day 2
    ([home(-1, 17, 32.5)], 2),                              # day 0 would begin too late
    ([home(-1, 17, 31), duty(2, 7, 17)], 2),                # 07:00 to 07:00 twice: 48 h are two days off
    ([home(-1, 17, 32), duty(2, 7, 17)], 1),                # 47 h are one
    ([home(-1, 17, 24), home(0, 0, 7), duty(2, 7, 17)], 2),     # the same call in two parts
    ([duty(0, 7, 8)], 2),                                   # a conference takes day 0, free as its rest is
    ([home(-1, 17, 30), duty(0, 6.5, 7.5)], 2),             # ... also after home call
    ([duty(0, 12, 13), home(1, 12, 13), in_house(2, 12, 13)], 0),
    ([duty(0, 23.5, 24.5), duty(2, 0, 1)], 0),              # 23.5 h are none
    ([duty(0, 23, 24), duty(2, 0, 1)], 1),                  # day 1 from midnight to midnight
])
def test_days_off(stretches, free):
    line, = averages(stretches, [run(0, 3)], frozenset())
    assert line.free == free


def test_a_line_of_the_table():
    """Two weeks of 60 h, in-house call from Sunday to Monday morning, and leave on that Monday.

    2 x 60 = 120 less 12 of the Monday is 108. The call adds 7 of its 14 h on Sunday; the others are on the leave day.
    115 h on 13 days: 115 / 13 x 7. Free: one Saturday, and the second week's two; 13 // 7 = 1. Nights: 13 // 3 = 4.
    """
    line, = averages([*sixty([0, 1]), in_house(6)], [run(0, 14)], frozenset([day(7)]))
    assert (line.hours, line.days, line.average) == (115, 13, pytest.approx(115 * 7 / 13))
    assert (line.free, line.needed, line.nights, line.most_nights) == (3, 1, 1, 4)
    off, = averages([], [run(0, 14)], frozenset(), NO_LIMITS)
    assert (off.needed, off.most_nights) == (0, None)


def test_duties():
    """One duty of 07:00 to 17:30 whatever order its parts come in; home call is no part of it."""
    parts = [duty(0, 13, 17), home(0), duty(0, 7, 12, "clinic"), duty(0, 16, 17.5, "lecture"), duty(0, 9, 10)]
    first, = duties_of(parts)
    assert (first.start, first.end, first.length, str(first)) == (at(0, 7), at(0, 17.5), 10.5, "clinic, MIPS, lecture")
    assert len(duties_of(parts, 0.5)) == 2


def test_the_last_to_end_and_the_first_to_start_are_named():
    stretches = [duty(0, 8, 23, "clinic"), duty(0, 9, 10, "lab"), duty(1, 7, 12, "SIPS"), duty(1, 6, 7)]
    found = work_hour_findings("Fellow A", stretches, [], frozenset())
    assert [f.sentence for f in found] == ["Fellow A has 7 h free from 23:00 on 6 July (clinic) to 06:00 on 7 July "
                                           "(MIPS); it should be at least 8."]


@pytest.mark.parametrize("start, end, hours", [(8, 8, None), (8, 7, None), (8, 10, 2.5), (8, 10, -1.0)])
def test_impossible_stretches(start, end, hours):
    with pytest.raises(ValueError, match="MIPS"):
        duty(0, start, end, hours=hours)


# -- random timelines

DAYS = 42


def random_timeline(rng: random.Random) -> list[Stretch]:
    """Six weeks of shifts, calls and conferences on half hours, some of them overlapping."""
    found = []
    for n in range(DAYS):
        if rng.random() < 0.65:
            start = rng.randrange(10, 20) / 2
            found.append(duty(n, start, start + rng.randrange(8, 30) / 2))
        if rng.random() < 0.3:
            start = rng.randrange(12, 42) / 2
            found.append(duty(n, start, start + rng.randrange(1, 5) / 2, "lecture"))
        if rng.random() < 0.3:
            found.append(in_house(n, 17, rng.randrange(50, 74) / 2))
        elif rng.random() < 0.2:
            found.append(home(n, 17, rng.randrange(58, 66) / 2, rng.randrange(0, 8) / 2))
    rng.shuffle(found)
    return found


def random_case(seed: int) -> tuple[list[Stretch], list[Window], frozenset[date]]:
    rng = random.Random(seed)
    cut = rng.randrange(1, DAYS)
    runs = [run(0, cut, "MIPS"), run(cut, DAYS - cut, "SIPS")]
    return random_timeline(rng), runs, frozenset(day(n) for n in rng.sample(range(DAYS), rng.choice([0, 3, 7])))


def judged(stretches, runs, leave, limits=Limits()):
    return work_hour_findings("Fellow A", stretches, runs, leave, limits)


def facts(found, *, by: int = 0):
    return [(f.rule, f.first + timedelta(by), f.last + timedelta(by), f.should, round(f.amount, 6)) for f in found]


def keyed(found, rule):
    return {(f.first, f.last): f.amount for f in found if f.rule == rule}


SEEDS = range(60)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_second_count_on_a_half_hour_grid(seed):
    stretches, runs, leave = random_case(seed)

    def grid(kinds, slots=48 * (DAYS + 3)):
        on = [False] * slots
        for s in stretches:
            if s.kind in kinds:
                first, last = ((t - at(0)) // timedelta(minutes=30) for t in (s.start, s.end))
                on[first:last] = [True] * (last - first)
        return on

    duties, nights, busy = grid({"work", "in-house"}), grid({"in-house"}), grid({"work", "in-house", "home"})

    def most_free(days):
        @cache
        def best(k, taken):
            if k == len(days):
                return 0
            today = 48 * days[k]
            begun = [s for s in range(today, today + 48) if busy[s] and not (s and busy[s - 1])]
            starts = [s for s in range(max(today, taken), today + 17) if not begun and not any(busy[s:s + 48])]
            return max([best(k + 1, taken), *(1 + best(k + 1, s + 48) for s in starts)])
        return best(0, 0)

    for line in averages(stretches, windows_of(runs), leave):
        days = [(d - MONDAY).days for d in line.window.days if d not in leave]
        hours = sum(sum(duties[48 * d:48 * d + 48]) / 2 for d in days)
        hours += sum(s.counted for s in stretches if s.kind == "home" and (s.start - at(0)).days in days)
        assert line.hours == pytest.approx(hours)
        assert line.nights == sum(nights[48 * (d + 1) + 6] for d in days)
        assert line.free == most_free(days)

    text = "".join("x" if on else "." for on in duties)
    for pause in ("x..x", "x.x"):                       # an hour or half of one
        while pause in text:
            text = text.replace(pause, "x" * len(pause))
    assert [d.length for d in duties_of(stretches)] == [len(part) / 2 for part in text.split(".") if part]
    assert sorted(f.amount for f in judged(stretches, runs, leave) if f.rule == "longest duty") == sorted(
        len(part) / 2 - 28 for part in text.split(".") if len(part) > 56)


@pytest.mark.parametrize("seed", SEEDS)
def test_moved_by_whole_weeks_nothing_changes(seed):
    stretches, runs, leave = random_case(seed)
    by = timedelta(7 * random.Random(-seed).randrange(-60, 60))
    moved = [replace(s, start=s.start + by, end=s.end + by) for s in stretches]
    later = [replace(w, first=w.first + by, last=w.last + by) for w in runs]
    limits = Limits(nights_in_a_row=2)
    assert facts(judged(moved, later, frozenset(d + by for d in leave), limits)) == facts(
        judged(stretches, runs, leave, limits), by=by.days)


@pytest.mark.parametrize("seed", SEEDS)
def test_order_repetition_and_cutting_change_nothing(seed):
    """A stretch of work cut in two at any minute is the same work."""
    stretches, runs, leave = random_case(seed)
    rng, parts = random.Random(seed), []
    for s in stretches:
        cut = s.start + timedelta(minutes=rng.randrange(1, int(s.length * 60)))
        parts += [s] if s.kind == "home" else [replace(s, end=cut), replace(s, start=cut)]
    limits = Limits(nights_in_a_row=2)
    before = facts(judged(stretches, runs, leave, limits))
    assert facts(judged([*reversed(stretches), *stretches], runs[::-1], leave, limits)) == before
    assert facts(judged(parts, runs, leave, limits)) == before


@pytest.mark.parametrize("seed", SEEDS)
def test_leave_on_a_day_without_hours_never_lowers_the_average(seed):
    """The day only leaves the denominator, so every finding of weekly hours stays and its average does not fall."""
    stretches, runs, leave = random_case(seed)
    hours, limits = hours_by_day(stretches), Limits(weekly_hours=60)
    idle = frozenset(d for w in runs for d in w.days if not hours.get(d))
    before = keyed(judged(stretches, runs, leave, limits), "weekly hours")
    after = keyed(judged(stretches, runs, leave | idle, limits), "weekly hours")
    assert all(after.get(window, -1.0) >= amount - 1e-6 for window, amount in before.items())


@pytest.mark.parametrize("seed", SEEDS)
def test_less_duty_breaks_no_averaged_limit_more(seed):
    stretches, runs, leave = random_case(seed)
    fewer = random.Random(seed).sample(stretches, len(stretches) * 2 // 3)
    before, after = judged(stretches, runs, leave), judged(fewer, runs, leave)
    for rule in ("weekly hours", "in-house nights"):
        more = keyed(before, rule)
        assert all(amount <= more.get(window, 0.0) + 1e-6 for window, amount in keyed(after, rule).items())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_lecture_at_noon_never_makes_a_day_off(seed):
    """It takes the day it is on, if that was free, and at most gives back the morning after."""
    stretches, runs, leave = random_case(seed)
    rng = random.Random(seed)
    more = [*stretches, *(duty(rng.randrange(DAYS), 12, 13, "lecture") for _ in range(3))]
    windows = windows_of(runs)
    assert all(after.free <= before.free and after.hours >= before.hours - 1e-6 for before, after in zip(
        averages(stretches, windows, leave), averages(more, windows, leave), strict=True))


@pytest.mark.parametrize("seed", SEEDS)
def test_each_limit_speaks_for_itself(seed):
    """Switching one limit off takes away its own findings and no others; rests are told once, by the stricter rule."""
    stretches, runs, leave = random_case(seed)
    own = {"weekly_hours": "weekly hours", "free_days_in": "day off", "longest": "longest duty",
           "in_house_every": "in-house nights", "nights_in_a_row": "nights in a row", "rest_between": "rest between"}
    assert set(own) <= {f.name for f in fields(Limits)}
    limits = Limits(nights_in_a_row=2)
    everything = judged(stretches, runs, leave, limits)
    for name, rule in own.items():
        some = judged(stretches, runs, leave, replace(limits, **{name: None}))  # type: ignore[arg-type]
        assert some == [f for f in everything if f.rule != rule]


def test_random_timelines_break_every_rule():
    found = {f.rule for seed in SEEDS for f in judged(*random_case(seed), Limits(nights_in_a_row=2))}
    assert found == {"weekly hours", "day off", "longest duty", "rest after long duty", "rest between",
                     "in-house nights", "nights in a row"}
