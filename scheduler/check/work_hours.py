"""Work hours on one person's timeline: what the ACGME Common Program Requirements limit, found and said in words.

How things are counted:

* **Windows.** A run of a rotation shorter than four weeks is one window; a longer one is cut into four weeks at a time
  from its start, and what is left is a window of its own. Nothing rolls, and no rotation dilutes another. Days outside
  all rotations are not averaged.
* **Leave.** A day of leave counts on neither side: not its hours, free day or night, nor the day itself.
* **Hours.** Each part of a stretch belongs to the calendar day it falls on. Hours that overlap count once (where the
  stretches count at different rates, at the higher one). Hours assumed on home call belong to the day the call starts
  and come on top. A window shorter than a week is judged as a whole week: a day of 12 hours is no week of 84.
* **Day off.** A day is free when nothing begins on it – no work, conference, in-house call or home call – and 24 free
  hours begin on it by 8 in the morning, when what the night left over is done. Two days off share no hour. Every 7 days
  that count need one (27 days need 3).
* **Duty.** Work and in-house call that touch, overlap, or leave a pause of an hour or less are one duty; its length is
  from its start to its end. Home call is no part of it. Its limit is 24 hours and the 4 for handing over: a timeline
  cannot tell what those are used for.
* **Rest.** 14 hours after a duty of 24 or more; otherwise there should be 8 between duties. Pauses within a calendar
  day whose duties span at most 16 hours (24 - 8) are no rest between duties: to work through them would be no finding
  either. Home call does not interrupt rest, since nobody knows when the telephone rings.
* **Nights.** A night is named by the evening it begins on, and is spent on duty when duty covers 3 in the morning.
  28 days allow 28 // 3 = 9 nights of in-house call; one night alone is never too many.

Duty, rest and nights in a row are absolute: they cross from one rotation into the next, and leave changes nothing.
Not judged: who sees new patients, who stays of their own will (6.23), and that on night float one day in seven may not
be averaged (a comment of 2011).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from scheduler.domain.calendar import runs_of, say_date
from scheduler.domain.duty_hours import Average, Finding, Limits, Stretch, Window

WEEK = 7
EXACT = 1e-6                            # hours; sums of parts of hours may be off by less
LATEST_FREE = timedelta(hours=8)        # a day off begins by 8 in the morning
DEEP_NIGHT = time(3)
DAY = timedelta(1)


@dataclass(frozen=True)
class Duty:
    """Work and in-house call without a break."""

    start: datetime
    end: datetime
    parts: tuple[Stretch, ...]

    @property
    def length(self) -> float:
        """Hours from start to end."""
        return _hours(self.end - self.start)

    def __str__(self) -> str:
        return ", ".join(dict.fromkeys(part.what for part in self.parts))


def work_hour_findings(who: str, stretches: Sequence[Stretch], runs: Sequence[Window], leave: frozenset[date],
                       limits: Limits = Limits()) -> list[Finding]:
    """Every limit that ``who`` breaks, by date. ``runs`` are the rotations; neither sequence need be in order."""
    duties = duties_of(stretches, limits.pause)
    found = [*_too_long(who, duties, limits), *_rests(who, duties, limits),
             *_nights_in_a_row(who, stretches, limits)]
    for line in averages(stretches, windows_of(runs, limits.averaged_days), leave, limits):
        found += _averaged(who, line, limits)
    return sorted(found, key=lambda f: (f.first, f.last, f.rule, f.sentence))


# -- windows and what they hold

def windows_of(runs: Sequence[Window], averaged_days: int | None = 28) -> list[Window]:
    """What is averaged over: each run, cut into pieces of ``averaged_days`` from its start; the rest is a piece too.

    Runs of one rotation that touch or overlap are one run. None: no run is cut.
    """
    whole: dict[str, list[Window]] = defaultdict(list)
    for run in sorted(runs, key=lambda r: (r.first, r.last)):
        mine = whole[run.what]
        if mine and run.first <= mine[-1].last + DAY:
            mine[-1] = Window(run.what, mine[-1].first, max(mine[-1].last, run.last))
        else:
            mine.append(run)
    pieces = [Window(run.what, start, min(start + timedelta((averaged_days or run.length) - 1), run.last))
              for mine in whole.values() for run in mine for start in run.days[::averaged_days or run.length]]
    return sorted(pieces, key=lambda w: (w.first, w.last, w.what))


def averages(stretches: Sequence[Stretch], windows: Sequence[Window], leave: frozenset[date],
             limits: Limits = Limits()) -> list[Average]:
    """The sums of each window, in the order given: a table for the report, and what the averaged limits judge."""
    by_day, busy = hours_by_day(stretches), _merged(stretches, 0)
    nights = _nights(s for s in stretches if s.kind == "in-house")
    lines = []
    for window in windows:
        days = [day for day in window.days if day not in leave]
        hours = sum(by_day.get(day, 0.0) for day in days)
        weeks = len(days) / min(WEEK, window.length)
        lines.append(Average(
            window, hours, len(days), hours / weeks if days else 0.0, len(_free_days(busy, days)),
            len(days) // limits.free_days_in if limits.free_days_in else 0, len(nights.intersection(days)),
            max(1, len(days) // limits.in_house_every) if limits.in_house_every else None))
    return lines


def hours_by_day(stretches: Sequence[Stretch]) -> dict[date, float]:
    """Hours that count on each calendar day: overlaps once, home call on the day it starts."""
    total: dict[date, float] = defaultdict(float)
    for duty in duties_of(stretches, 0):
        cuts = {cut for part in duty.parts for cut in (part.start, part.end)}
        cuts |= {_midnight(duty.start.date() + timedelta(n)) for n in range(1, (duty.end - duty.start).days + 2)}
        for start, end in pairwise(sorted(cut for cut in cuts if cut <= duty.end)):
            rates = [part.counted / part.length for part in duty.parts if part.start <= start < part.end]
            total[start.date()] += max(rates, default=0.0) * _hours(end - start)
    for call in dict.fromkeys(s for s in stretches if s.kind == "home"):
        total[call.start.date()] += call.counted
    return dict(total)


def duties_of(stretches: Sequence[Stretch], pause: float = 1.0) -> list[Duty]:
    """Work and in-house call in order, joined where the pause is at most ``pause`` hours."""
    return _merged([s for s in stretches if s.kind != "home"], pause)


def _merged(stretches: Sequence[Stretch], pause: float) -> list[Duty]:
    merged: list[Duty] = []
    for part in sorted(stretches, key=lambda s: (s.start, s.end, s.what)):
        if merged and _hours(part.start - merged[-1].end) <= pause + EXACT:
            last = merged[-1]
            merged[-1] = Duty(last.start, max(last.end, part.end), (*last.parts, part))
        else:
            merged.append(Duty(part.start, part.end, (part,)))
    return merged


def _free_days(busy: Sequence[Duty], days: Iterable[date]) -> list[date]:
    """The days off among ``days``, as many as there can be: each takes the first 24 hours that are left.

    ``busy`` is in order and does not overlap, so that only the neighbours of a midnight matter.
    """
    free: list[date] = []
    taken = datetime.min
    for day in days:
        midnight = _midnight(day)
        after = bisect_left(busy, midnight, key=lambda duty: duty.start)
        start = max([midnight, taken, *(duty.end for duty in busy[max(0, after - 1):after])])
        begun = any(duty.start < start + DAY for duty in busy[after:after + 1])
        if start <= midnight + LATEST_FREE and not begun:
            free.append(day)
            taken = start + DAY
    return free


def _nights(stretches: Iterable[Stretch]) -> set[date]:
    """The evenings of the nights these stretches cover."""
    found = set()
    for s in stretches:
        for n in range(-1, (s.end - s.start).days + 1):
            evening = s.start.date() + timedelta(n)
            if s.start <= datetime.combine(evening + DAY, DEEP_NIGHT) < s.end:
                found.add(evening)
    return found


# -- the limits

def _averaged(who: str, line: Average, limits: Limits) -> Iterator[Finding]:
    window, when = line.window, _when(line)

    def finding(rule: str, sentence: str, amount: float) -> Finding:
        return Finding(rule, sentence, window.first, window.last, False, amount)

    if limits.weekly_hours is not None and line.average > limits.weekly_hours + EXACT:
        average, most = _say(line.average, limits.weekly_hours), _say(limits.weekly_hours)
        week = (f": {average} h a week on average; at most {most}." if window.length > WEEK or line.days < window.length
                else f"; at most {most} a week.")
        yield finding("weekly hours", f"{who} works {_say(line.hours)} h in {when}{week}",
                      line.average - limits.weekly_hours)
    if line.free < line.needed:
        yield finding("day off", f"{who} has {_many(line.free, 'free day')} in {when}; at least {line.needed} needed, "
                                 f"one day in {limits.free_days_in}.", line.needed - line.free)
    if line.most_nights is not None and line.nights > line.most_nights:
        yield finding("in-house nights", f"{who} has {_many(line.nights, 'night')} of in-house call in {when}; at most "
                                         f"{line.most_nights}, one night in {limits.in_house_every}.",
                      line.nights - line.most_nights)


def _too_long(who: str, duties: Sequence[Duty], limits: Limits) -> Iterator[Finding]:
    if limits.longest is None:
        return
    more = limits.transition or 0.0
    most = limits.longest + more
    limit = f"at most {_say(limits.longest)}" + (f", and {_say(more)} for handing over." if more else ".")
    for duty in duties:
        if duty.length > most + EXACT:
            yield Finding("longest duty", f"{who} is on duty for {_say(duty.length, most)} h without a break, from "
                                          f"{_clock(duty.start)} to {_clock(duty.end)} ({duty}); {limit}",
                          duty.start.date(), duty.end.date(), False, duty.length - most)


def _rests(who: str, duties: Sequence[Duty], limits: Limits) -> Iterator[Finding]:
    began = duties[0].start if duties else datetime.min         # when the working day began
    for before, after in pairwise(duties):
        rest, should = limits.rest_between, True
        if limits.rest_after_long is not None and before.length >= limits.long_duty - EXACT:
            rest, should = limits.rest_after_long, False
        free = _hours(after.start - before.end)
        if rest is None or free >= rest - EXACT:
            began = after.start
            continue
        if should and after.end <= _midnight(began.date()) + DAY and _hours(after.end - began) <= 24 - rest + EXACT:
            continue                                            # a pause in a working day
        began = after.start
        last = max(before.parts, key=lambda part: part.end)
        times = f"from {_clock(before.end)} ({last.what}) to {_clock(after.start)} ({after.parts[0].what})"
        yield Finding("rest between" if should else "rest after long duty",
                      f"{who} has {_say(free, rest)} h free {times}; "
                      + (f"it should be at least {_say(rest)}." if should else
                         f"at least {_say(rest)} after {_say(before.length)} h on duty."),
                      before.end.date(), after.start.date(), should, rest - free)


def _nights_in_a_row(who: str, stretches: Sequence[Stretch], limits: Limits) -> Iterator[Finding]:
    most = limits.nights_in_a_row
    if most is None:
        return
    nights = _nights(s for s in stretches if s.kind != "home")
    for run in runs_of(sorted(night.toordinal() for night in nights)):
        first, last = date.fromordinal(run[0]), date.fromordinal(run[-1])
        if len(run) > most:
            yield Finding("nights in a row", f"{who} is on duty {len(run)} nights in a row, from the night of "
                                             f"{say_date(first)} to the night of {say_date(last)}; at most {most}.",
                          first, last, False, len(run) - most)


# -- words

def _hours(span: timedelta) -> float:
    return span / timedelta(hours=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M} on {say_date(moment.date())}"


def _say(hours: float, limit: float | None = None) -> str:
    """``82.5``, ``330``; with more than two decimals only where two would read like the limit."""
    text = f"{hours:.2f}"
    if limit is not None and float(text) == round(limit, 2):
        text = f"{hours:.5f}"
    return text.rstrip("0").rstrip(".")


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _when(line: Average) -> str:
    """``the 4 weeks from 6 July (MIPS)``; with leave, ``21 days of the 4 weeks from 6 July (MIPS, without leave)``."""
    window, start = line.window, say_date(line.window.first)
    weeks, odd = divmod(window.length, WEEK)
    span = (f"the {window.length} days from {start}" if odd and window.length > 1 else f"the day of {start}" if odd
            else f"the week of {start}" if weeks == 1 else f"the {weeks} weeks from {start}")
    if line.days == window.length:
        return f"{span} ({window.what})"
    return f"{_many(line.days, 'day')} of {span} ({window.what}, without leave)"
