"""Credit done as of a date, counted again by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from constraints import Requirement
from scheduler.domain.words import Selection
from scheduler.export.credit import done_by
from tests.export.shapes import judged, off_cycle, shape, with_inside
from tests.sample import sample_result

DAYS = [date(2026, 7, 1), date(2026, 7, 6), date(2026, 10, 5), date(2027, 2, 28), date(2027, 7, 1)]


def split(result, as_of):
    """(fellow id, what, elective) → (done, planned)."""
    return {(o.fellow.id, o.what, o.elective): (done, o.got - done)
            for o, done in zip(result.report.owed, done_by(result, as_of), strict=True)}


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("make", [sample_result, off_cycle, lambda: shape("months")])
def test_a_period_is_done_once_its_last_day_is_over(make, as_of):
    result = make()
    periods = result.program.year.periods
    for owed, done in zip(result.report.owed, done_by(result, as_of), strict=True):
        by_hand = [s for s, duties in result.schedule.of(owed.fellow) if owed.what in duties]
        assert done == sum(periods[s].end < as_of for s in by_hand)
        assert owed.got == len(by_hand)


def test_the_last_day_itself_is_not_over():
    result = sample_result()
    end = result.program.year.periods[0].end
    assert sum(done_by(result, end)) == 0
    assert sum(done_by(result, end + timedelta(1))) == sum(
        o.what in result.schedule.at(o.fellow, 0) for o in result.report.owed)


def test_blocks_weigh_their_weeks_and_leave_inside_takes_its_own():
    result = with_inside()
    service = [s for s, duties in result.schedule.of(result.program.people[0]) if "Service A" in duties]
    first = result.program.year.periods[service[0]].end + timedelta(1)
    assert split(result, first)["fellow-0", "Service A", False] == (3, 3 * (len(service) - 1))
    assert split(result, first)["fellow-0", "Clinic", False][0] == 4 * sum(
        s < service[0] for s, d in result.schedule.of(result.program.people[0]) if d == ("Clinic",))


def test_earlier_credit_is_done_and_part_credit_counts_in_parts():
    rule = Requirement(what=Selection.of("Service A"), at_least=4, at_most=8, part=(("Service B", 50),), elective=True)
    result = shape(number=2, rules=(rule,))
    first, second = result.program.people
    program = replace(result.program, people=(replace(first, credit={"Service A": 3}), second),
                      rules=(rule,))
    cells = {first.id: {0: ("Service A",), 1: ("Service B",), 2: ("Service B",), 3: ("Service A",)}, second.id: {}}
    result = judged(program, cells)
    periods = program.year.periods
    assert [done_by(result, periods[n].start)[0] for n in range(5)] == [3, 4, 4.5, 5, 6]


def test_done_and_planned_are_in_the_letter():
    from scheduler.export.report import report_html
    html = report_html(sample_result(), date(2026, 10, 5))
    done, planned = split(sample_result(), date(2026, 10, 5))["fellow-a", "MIPS", False]
    assert done and planned
    letter = html[html.index('id="h-letter-fellow-a"'):]
    row = letter[letter.index(">MIPS"):letter.index("</tr>", letter.index(">MIPS"))]
    assert f'<td class="n">{done}</td><td class="n">{planned}</td>' in row
    assert "5 October 2026" in letter
