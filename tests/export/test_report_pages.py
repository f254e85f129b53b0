"""The report in Chromium: on a phone, on paper, by keyboard, and without asking anybody for anything."""

import re
import shutil
from datetime import date

import pytest
from playwright.sync_api import sync_playwright

from scheduler.export.report import report_html
from tests.export.day_shapes import day_result
from tests.export.shapes import busy_year, private, shape
from tests.sample import sample_result, with_cell

AS_OF = date(2026, 10, 5)
SHAPES = {"sample": sample_result, "broken": lambda: with_cell(sample_result(), "fellow-a", 3, "SIPS"),
          "months": lambda: shape("months"), "one busy fellow": busy_year, "sixty": lambda: shape(number=60),
          "private": private, "days": day_result}


@pytest.fixture(scope="module")
def browser():
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "these tests need Chromium; .ci/run installs it"
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=found, args=[
            "--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser, tmp_path):
    """``opened(result, width)`` → the page, which may neither fetch nor complain."""
    pages, wrong = [], []

    def show(result, width=1400, height=900):
        path = tmp_path / "report.html"
        path.write_text(report_html(result, AS_OF), encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": height})
        page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else wrong.append(r.url))
        page.on("console", lambda m: wrong.append(m.text))
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.goto(path.as_uri())
        pages.append(page)
        return page

    yield show
    for page in pages:
        page.close()
    assert wrong == []


def printed_pages(page, **options):
    """How many sheets of paper the page takes."""
    pdf = page.pdf(**({"prefer_css_page_size": True} | options))
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def only(page, selector):
    """Leave nothing on the page but the elements of this selector; returns how many there are."""
    return page.evaluate("""selector => { const kept = [...document.querySelectorAll(selector)];
        document.body.replaceChildren(...kept); return kept.length; }""", selector)


@pytest.mark.parametrize("name", SHAPES)
def test_a_phone_never_scrolls_sideways_but_the_grid_does_in_its_box(name, opened):
    page = opened(SHAPES[name](), width=390, height=844)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator("#year .scroll")
    assert box.evaluate("e => e.scrollWidth > e.clientWidth") or name == "days"      # a month fits
    box.evaluate("e => { e.scrollLeft = 300; }")
    name_cell = page.locator(".grid tbody th").first.bounding_box()
    assert name_cell["x"] >= 0                  # the names stay in sight
    assert name_cell["x"] < 40


@pytest.mark.parametrize("size", [{}, {"prefer_css_page_size": False, "format": "A4"}])
@pytest.mark.parametrize("name", SHAPES)
def test_one_sheet_a_fellow(name, size, opened):
    for selector in ("#fellows .page", "#letters .page"):
        page = opened(SHAPES[name]())
        many = only(page, selector)
        assert printed_pages(page, **size) == many == len(SHAPES[name]().program.people), selector


@pytest.mark.parametrize("name", ["sample", "months", "one busy fellow", "broken"])
def test_the_first_sheet_holds_the_heading_and_the_whole_grid(name, opened):
    page = opened(SHAPES[name]())
    only(page, ".front")
    assert printed_pages(page) == 1


def test_the_printed_rules_are_there_though_folded_on_screen(opened):
    page = opened(sample_result())
    assert not page.locator("#rules td").first.is_visible()
    only(page, "#rules")
    folded = printed_pages(page)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert folded == printed_pages(page)


def test_the_keyboard_reaches_every_part(opened):
    page = opened(sample_result())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the schedule"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.hash"))
    assert {"#year", "#letters", "Schedule by fellow and week", "Staffing of MIPS", "Priorities",
            "#year-fellow-a"} <= reached


def test_a_screen_reader_finds_one_main_part_and_named_regions(opened):
    page = opened(sample_result())
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("navigation", name="Parts of this report").count() == 1
    assert page.get_by_role("region", name="Schedule by fellow and week").count() == 1
    cell = page.locator(".grid tbody td").first
    assert re.fullmatch(r".+, the (week|\d+ weeks) (of|from) 1 July", cell.locator(".sr").inner_text())
    unnamed = page.evaluate("""[...document.querySelectorAll('th')].filter(t => !t.scope || !t.textContent.trim())
        .length""")
    assert unnamed == 0


@pytest.mark.parametrize("make", [lambda: with_cell(sample_result(), "fellow-a", 3, "SIPS"), day_result])
def test_words_can_be_read_against_their_background(make, opened):
    """Contrast of at least 4.5 for every text on the page, as the browser paints it."""
    page = opened(make())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    poor = page.evaluate("""() => {
        const parts = c => c.match(/[\\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v =>
            v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
        const behind = e => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor);
            if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
        const found = [];
        for (const e of document.querySelectorAll('body *')) {
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
            if (e.closest('.sr, style, title, .skip')) continue;
            const [high, low] = [light(parts(getComputedStyle(e).color)), light(behind(e))].sort((a, b) => b - a);
            if ((high + 0.05) / (low + 0.05) < 4.5) found.push(e.outerHTML.slice(0, 120));
        }
        return found; }""")
    assert poor == []
