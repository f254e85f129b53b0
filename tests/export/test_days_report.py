"""The report below the week, credit by the day, and what stays private there, against a month filled in by hand."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from scheduler.domain.duty_hours import SOURCES, Limits
from scheduler.domain.result import Tier
from scheduler.export.credit import done_by
from scheduler.export.day_sums import DaySums
from scheduler.export.phrases import headline
from scheduler.export.public import public
from scheduler.export.report import report_html
from scheduler.export.report_call import call_table
from scheduler.export.report_days import by_month, own_days, sum_tables
from scheduler.export.report_where import months, weeks
from scheduler.export.tier_words import meaning, proof, proofs
from scheduler.export.view import View
from tests.export.day_shapes import JURY, A, day_program, day_result
from tests.export.test_public import exported
from tests.sample import sample_result

AS_OF = date(2026, 7, 8)


def section(html, id_):
    return html[html.index(f'id="{id_}"'):].split("</section>")[0]


def plain(html):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


@pytest.fixture(scope="module")
def html():
    return report_html(day_result(), AS_OF)


def test_reports_of_other_programs_say_nothing_of_days():
    other = report_html(sample_result(), AS_OF)
    assert not {"days", "where", "call", "hours"} & set(re.findall(r'id="([^"]+)"', other))
    assert "days and half-days one by one" not in other


def test_the_sums_stand_beside_the_calendar():
    [table] = sum_tables(View.of(day_result()))
    lines = {what: days for _, mine in table.groups for what, days in mine}
    assert [head for head, _ in table.groups] == ["Services", "Short rotations", "Non-clinical", "Leave", "Holidays",
                                                  "After call"]
    assert lines["Clinic"] == ("6.5", "10", "7.5")
    assert lines["Ward"] == ("2.5", "2.5", "2.5")               # mornings are credited to the clinic
    assert lines["After call"] == ("0.5", "", "")
    assert lines["Away"] == ("", "1", "")
    assert table.sums == table.calendar == ("20", "20", "10")
    assert dict(table.sites)["North"] == ("4", "", "")


def test_every_half_day_is_in_exactly_one_line():
    view = View.of(day_result())
    sums = DaySums(view, view.days)
    for person in view.people:
        assert sum(line.days.get(person.id, 0) for line in sums.lines) == sums.total(person) == sums.of_calendar(person)


def test_short_rotations_and_call_come_with_their_dates():
    first, second, third = own_days(View.of(day_result()))
    assert first["short"] == [
        {"what": "Heart clinic", "amount": "1 half-day", "dates": [("", "Tuesday 7 July, morning")]},
        {"what": "Course", "amount": "1 day", "dates": [("", "Thursday 16 July")]}]
    assert first["call"] == [{"what": "Night", "amount": "2 times", "dates": [("", "29 June · 3 July")]}]
    assert [line["what"] for line in second["short"]] == ["Heart clinic", "Away"]
    assert third["call"][0]["dates"] == [("", "19 July")]
    assert by_month([date(2026, 7, d) for d in (2, 3, 4, 9, 16, 17)]) == "2–4, 9, 16, 17 July"


def test_who_is_where_week_by_week():
    first = weeks(View.of(day_result()))[0]
    assert first.title == "Week of 29 June"
    assert first.dates[-1] == (date(2026, 7, 4), "")             # Saturday, for its call
    assert first.dates[4] == (date(2026, 7, 3), "Independence Day")
    rows = {site: [[(e.who, e.what, e.half) for e in cell] for cell in cells] for site, cells in first.rows}
    assert rows["Annex"][0] == [("Fellow A", "CL", "morning")]
    assert rows["Annex"][1] == []                               # free after the night
    assert rows["Hospital"][1] == [("Fellow A", "Ward", "afternoon")]
    assert rows["Main"][0] == [("Fellow B", "CL", "")]
    assert rows["Heart House"][2] == [("Fellow B", "HC", "afternoon")]
    assert rows["off"][1] == [("Fellow A", "after call", "morning")]
    assert rows["off"][4] == [("Fellow B", "holiday", "")]
    assert rows["on call"][0] == [("Fellow A", "Night", ""), ("Fellow B", "Pager", "")]
    assert rows["on call"][5] == [("Fellow B", "Night", "")]
    assert [(month, len(mine)) for month, mine in months(View.of(day_result()))] == [("June 2026", 1), ("July 2026", 3)]


def test_the_tally_of_call_has_its_spread_and_last_year():
    table = call_table(View.of(day_result()))
    assert table.heads == (("Night", "weekday"), ("Night", "weekend"), ("Night", "holiday"), ("Pager", "weekday"),
                           ("Pager", "weekend"), ("All call", ""), ("Night", "last year"), ("Night", "both years"))
    assert table.rows == (("Fellow A", (1, 0, 1, 0, 0, 2, 3, 5)), ("Fellow B", (0, 1, 0, 2, 0, 3, 1, 2)),
                          ("Fellow C", (0, 0, 0, 0, 1, 1, 0, 0)))
    assert table.spreads[-1] == "2 to 5"


def test_the_page_says_it_in_words(html):
    days, where, call = (plain(section(html, name)) for name in ("days", "where", "call"))
    assert "Sum 20 20 10 Working days of the calendar 20 20 10" in days
    assert "Heart clinic, 1 half-day Tuesday 7 July, morning" in days
    assert "Week of 29 June Independence Day" in where
    assert "Fellow A CL, morning" in where
    assert "Least to most" in call
    matrix = plain(section(html, "requirements"))
    assert "▼ short by 1 0 of 1–2 half-days" in matrix
    assert "1 of up to 1 days" in matrix
    year = plain(html[html.index('id="year-fellow-a"'):].split("</article>")[0])
    assert "By the day: HC Heart clinic, 1 half-day; CRS Course, 1 day" in year
    assert "Lab North, South · CRS 1 day" in year
    assert "given the rotation year and the half-days" in plain(section(html, "priorities"))


def test_work_hours_name_the_heaviest_weeks_and_what_home_call_was_taken_to_cost(html):
    text = plain(section(html, "hours"))
    assert "Call taken at home counts the hours assumed to be worked: 2 hours for Pager each time." in text
    # Ward's first week: 40 hours, less 4 after call, and the nights of 29 June and 3 July, 14 hours each
    assert "Fellow A 64 of 80 Ward, 29 June to 5 July" in text
    assert all(SOURCES[rule] in text for rule in ("weekly hours", "day off", "averaging", "home call"))
    program = replace(day_program(), limits=Limits(weekly_hours=35))
    result = day_result(program)
    text = plain(section(report_html(result, AS_OF), "hours"))
    assert "Not every required limit is kept" in text
    for mine in result.report.hours:
        assert all(f.sentence in text for f in mine.findings)
    assert headline(result)[0] == "bad"
    assert f"It breaks {len(result.report.too_long)} limits on work hours" in headline(result)[1]


def test_work_hours_without_days_have_their_place_too():
    base = sample_result()
    program = replace(base.program, limits=Limits())
    from scheduler.check.duty_times import judge_year
    result = replace(base, program=program, report=judge_year(program, base.schedule))
    page = report_html(result, AS_OF)
    assert "40 of 80" in plain(section(page, "hours"))
    assert 'id="days"' not in page


def test_credit_is_done_by_the_day():
    result = day_result()
    done = {(o.fellow.id, o.what): d for o, d in zip(result.report.owed, done_by(result, AS_OF), strict=True)}
    assert done[A, "Heart clinic"] == 1                         # 7 July is over
    assert done[A, "Course"] == 0
    before = dict(zip(((o.fellow.id, o.what) for o in result.report.owed), done_by(result, date(2026, 7, 7)),
                      strict=True))
    assert before[A, "Heart clinic"] == 0
    after = dict(zip(((o.fellow.id, o.what) for o in result.report.owed), done_by(result, date(2026, 7, 17)),
                     strict=True))
    assert (after[A, "Course"], after[A, "Lab"]) == (1, 0)       # the week of the course is not over


def test_private_days_tell_nothing(tmp_path):
    about = replace(day_program().short[0], about=f"closed to fellows on {JURY.lower()}")
    program = replace(day_program(), short=(about, *day_program().short[1:]))
    for name, text in exported(day_result(program), tmp_path).items():
        if not name.startswith("calendars"):
            assert not re.search(r"\bjur(y|or)?\b", text, re.IGNORECASE), name
            assert "the court says" not in text, name
    seen = public(day_result(program))
    assert public(seen) == seen
    assert "Away" in seen.schedule.beside["half-days"].layer.duties
    assert seen.program.layers()[1].duties == seen.schedule.beside["half-days"].layer.duties
    assert seen.program.short[0].about == "closed to fellows on Away"
    assert [role.start for role in seen.program.calls] == [role.start for role in program.calls]


def test_proofs_below_the_week_are_given_the_year():
    assert proof(Tier("x (call)", 1, 1, layer="call"), True) == (
        "Proven: nothing smaller is possible, given the rotation year.")
    assert proofs([Tier("a", 1, 1), Tier("b", 2, 1), Tier("c (call)", 2, 2, layer="call")], ("half-days", "call")) == [
        "Proven: nothing smaller is possible.", "Not proven: the best possible lies between 2 and 1.",
        "Proven: nothing smaller is possible, given the rotation year and the half-days."]
    rules = day_result().report.rules
    assert meaning(Tier("wishes: worst-off fellow (half-days)", 3, 3, layer="half-days"), rules) == (
        "The fellow who gave up most is 3 points short of the best that fellow could have had alone.")
    proven = replace(day_result(), status="optimal", report=replace(day_result().report, rules=()))
    assert headline(proven)[1].endswith("Half-days and call are proven best given the rotation year.")
