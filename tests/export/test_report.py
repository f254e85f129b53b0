"""What the report says, and that it says it for every shape of year."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from scheduler.domain.result import Tier
from scheduler.domain.verdict import Wish
from scheduler.export.palette import colours
from scheduler.export.report import report_html
from scheduler.export.report_grid import charts, grid
from scheduler.export.tier_words import meaning, points_words, proof
from scheduler.export.view import View
from tests.export.day_shapes import day_result
from tests.export.shapes import busy_year, off_cycle, private, renamed, shape, with_inside
from tests.sample import sample_result, with_cell

SHAPES = {"sample": sample_result, "broken": lambda: with_cell(sample_result(), "fellow-a", 3, "SIPS"),
          "a hole": lambda: with_cell(sample_result(), "fellow-a", 3), "off cycle": off_cycle,
          "leave inside": with_inside, "blocks": lambda: shape("blocks"), "months": lambda: shape("months"),
          "leap": lambda: shape("leap"),
          "fortnights": lambda: shape("fortnights"), "one fellow": busy_year, "sixty": lambda: shape(number=60),
          "private": private, "no leave": lambda: shape(leaves=()), "days": day_result}
AS_OF = date(2026, 10, 5)


def section(html, id_):
    return html[html.index(f'id="{id_}"'):].split("</section>")[0].split("</article>")[0]


def plain(html):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize("name", SHAPES)
def test_the_grid_holds_every_period_of_every_fellow(name):
    result = SHAPES[name]()
    view = View.of(result)
    secret = {x.name for x in result.program.leaves if x.private}
    for person, cells in grid(view):
        said = [word for c in cells for word in [c.full] * c.width]
        assert len(said) == len(result.program.year.periods)
        here = set(result.schedule.layer.present(person))
        for slot, word in enumerate(said):
            duties = ["Away" if d in secret else d for d in result.schedule.at(person, slot)]
            assert word == (" + ".join(duties) or ("nothing assigned" if slot in here else "not here"))


@pytest.mark.parametrize("name", SHAPES)
def test_every_part_is_there_and_every_link_leads_somewhere(name):
    result = SHAPES[name]()
    html = report_html(result, AS_OF)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) <= set(ids)
    for person in result.program.people:
        assert {f"year-{person.id}", f"h-letter-{person.id}"} <= set(ids)
    assert html.count("<td colspan") >= len(result.program.people)
    assert "http" not in html.replace("http-equiv", "")


def test_every_cell_carries_its_label_and_its_words():
    html = section(report_html(sample_result(), AS_OF), "year")
    palette = colours(sample_result().program)
    cell = r'background-color:(#\w+);[^>]*><span aria-hidden="true">([^<]*)</span><span class="sr">([^<]*)</span>'
    for fill, label, words in re.findall(cell, html):
        name = words.split(", the ")[0]
        assert palette[name] == fill
        assert label
    assert html.count('class="sr"') == html.count("<td")


def test_staffing_is_drawn_as_it_is():
    result = with_cell(sample_result(), "fellow-a", 3, "SIPS")
    chart = charts(View.of(result))[0]
    for slot, (_, _, _, height, kind, title) in enumerate(chart.bars):
        count = sum("MIPS" in result.schedule.at(p, slot) for p in result.schedule.people)
        assert height == max(2, 14 * count)
        assert title.split(": ")[1].split(",")[0] == str(count)
        assert (kind == "wrong") == (not 1 <= count <= 2)


def test_the_matrix_says_what_each_fellow_gets():
    result = with_cell(sample_result(), "fellow-a", 3, "SIPS")
    html = section(report_html(result, AS_OF), "requirements")
    row = plain(html[html.index(">MIPS<"):].split("</tr>")[0])
    for owed in result.report.owed:
        if owed.what == "MIPS":
            assert f"{owed.got} of 13 weeks" in row
    assert "“MIPS 13 weeks required”" in row
    assert "▼" in html and "▲" in html
    assert "Assumed: three weeks of vacation" in plain(html)


def test_large_cohorts_get_several_tables_of_requirements():
    html = section(report_html(shape(number=60), AS_OF), "requirements")
    assert html.count("<table") == 8
    assert all(f">Fellow {n}<" in html for n in range(60))


def test_a_no_comes_with_its_reason_and_the_points():
    result = sample_result()
    person = result.program.people[0]
    wishes = (Wish(person, "Vacation", "Vacation in the week of 21 December", 1, 8, False, (25,), "Vacation",
                   "Fellow B's first request & nobody else could cover MIPS."),
              Wish(person, "Vacation", "Vacation in the week of 15 March", 2, 5, True, (37,), "Vacation"))
    text = plain(section(report_html(replace(result, report=replace(result.report, wishes=wishes)), AS_OF), "requests"))
    assert "Fellow A : 5 of 13 points" in text
    assert "No Vacation in the week of 21 December" in text
    assert "Fellow B's first request & nobody else could cover MIPS." in text
    assert "8 points for a first request of a kind, 5 for a second" in text
    assert points_words(wishes) == "8 points for a first request of a kind, 5 for a second"


def test_priorities_say_what_their_number_means_and_what_is_proven():
    rules = sample_result().report.rules
    assert meaning(Tier("wishes: worst-off fellow", 8, 8), rules) == (
        "The fellow who gave up most is 8 points short of the best that fellow could have had alone.")
    assert meaning(Tier("wishes: points not granted", 1, 1), rules).startswith("All fellows together are 1 point short")
    assert meaning(Tier("comfort: max in a row", 2, 2), rules).startswith("Missed by 2 in all: No one is on")
    assert meaning(Tier("comfort: max in a row", 0, 0), rules).startswith("Nothing is given up here: ")
    assert proof(Tier("x", 8, 8), first=True) == "Proven: nothing smaller is possible."
    assert proof(Tier("x", 8, 8, large=True)) == "Proven: nothing larger is possible, given the priorities above."
    assert "between 8 and 5" in proof(Tier("x", 8, 5, given=True))
    html = report_html(sample_result(), AS_OF)
    assert "Nothing is given up here" in plain(section(html, "priorities")) or "Missed by" in html


@pytest.mark.parametrize(("result", "words"), [
    (sample_result, "no better year exists"), (shape, "breaks what must hold"),
    (lambda: replace(sample_result(), status="feasible"), "A better year may exist"),
    (lambda: replace(sample_result(), tiers=()), "states no preferences")])
def test_the_headline_claims_what_is_proven_and_no_more(result, words):
    assert words in report_html(result(), AS_OF).split('<ul class="facts">')[0]


def test_assumptions_come_with_their_source():
    text = plain(section(report_html(sample_result(), AS_OF), "assumptions"))
    assert "Five fellows." in text
    assert "The documents say: “the application page”." in text


def test_a_fellows_page_has_every_run_with_its_dates():
    result = off_cycle()
    page = section(report_html(result, AS_OF), "year-fellow-1")
    assert "1 July – 12 July" in page
    assert page.count("<li>") == sum(1 for run in View.of(result).runs(result.program.people[1]) if run.here)
    assert "Christmas Day" in section(report_html(result, AS_OF), "year-fellow-2")


def test_names_are_escaped_wherever_they_come_from():
    html = report_html(renamed(shape(), '<script>alert("x")</script>'), AS_OF)
    assert "<script" not in html
    assert "Clinic &lt;of&gt; Samples" in html
