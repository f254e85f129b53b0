"""Words for dates."""

import pytest

from scheduler.io.problems import Refused
from scheduler.io.windows import slots
from tests.io.small import MINIMAL, read

START = "year: {start: 2026-07-01, end: 2027-06-30}"
US = "year: {start: 2026-07-01, end: 2027-06-30, holidays: US}"


@pytest.fixture(scope="module")
def weeks(tmp_path_factory):
    return read(tmp_path_factory.mktemp("weeks"), MINIMAL.replace(START, US)).year


@pytest.fixture(scope="module")
def blocks(tmp_path_factory):
    return read(tmp_path_factory.mktemp("blocks"), MINIMAL.replace(
        START, "year: {start: 2026-07-01, period: 4 weeks}")).year


@pytest.mark.parametrize("word, first, number", [
    ("2026-07-01", 0, 1), ("2026-12-25", 25, 1), ("2026-07-06 to 2026-07-19", 1, 2),
    ("2026-07-06 until 2026-07-06", 1, 1), ("2026-06-01 to 2026-07-02", 0, 1), ("July", 0, 5), ("June", 48, 4),
    ("july to september", 0, 13), ("first 8 weeks", 0, 8), ("last 4 weeks", 48, 4), ("weeks 3-5", 2, 3),
    ("week 52", 51, 1), ("weeks 1 to 2", 0, 2), ("first 99 weeks", 0, 52), ("Thanksgiving Day", 21, 1),
    ("2026–07–06", 1, 1)])
def test_weeks(weeks, word, first, number):
    found = list(slots(word, weeks))
    assert (min(found), len(found)) == (first, number)
    assert found == list(range(first, first + number))


def test_over_the_new_year_and_holidays(weeks):
    assert len(list(slots("November to February", weeks))) == 17
    assert len(list(slots("July to June", weeks))) == 52
    assert set(slots("holidays", weeks)) == set(weeks.holiday_slots())


@pytest.mark.parametrize("word, found", [("first 8 weeks", [0, 1]), ("last 1 block", [12]), ("blocks 2-3", [1, 2]),
                                         ("periods 1-1", [0]), ("2026-07-29", [1])])
def test_blocks(blocks, word, found):
    assert list(slots(word, blocks)) == found


@pytest.mark.parametrize("word", [
    "first 6 weeks", "weeks 1-4", "first 2 months", "block 14", "block 0", "blocks 3-2", "holidays", "someday",
    "2026-02-30", "7/1/2026", "2027-01-03 to 2026-12-21", "2025-01-01", "first 0 weeks", "first 0 blocks", "Julember"])
def test_what_is_no_window_of_a_year_of_blocks(blocks, word):
    with pytest.raises(Refused) as refused:
        slots(word, blocks)
    assert refused.value.remedy


def test_sentences_speak_of_days_and_months(tmp_path):
    program = read(tmp_path, MINIMAL + """rules:
  - {rule: forbidden, of: Ward, during: 2026-12-21}
  - {rule: forbidden, of: Ward, during: [2026-12-21 to 2027-01-03, first 2 weeks]}
""")
    assert [r.during.text for r in program.rules if r.name == "forbidden" and "Ward" in r.what] == [
        "the week of 21 December", "21 December to 3 January and first 2 weeks"]
