"""Rules and requirements read rightly: each from its own example, lengths in every unit, what sections imply."""

import inspect
import json
import re

import pytest

from constraints import RULES
from constraints.requirement import Requirement
from constraints.staffing import Staffing
from constraints.who_may import WhoMay
from tests.io.small import EVERYTHING, MINIMAL, read, wrong

#: a program that has everything the examples name
WORLD = """\
program: World
year: {start: 2026-07-01, end: 2027-06-30, blocks: 4 weeks, holidays: US}
fellows:
  - {name: Fellow A, background: anesthesiology}
  - {name: Fellow B, background: neurology}
rotations:
  - {name: Clinic, base: true}
  - {name: MIPS, tags: [Inpatient]}
  - {name: SIPS, tags: [Inpatient]}
  - Nights
  - Skills
  - Procedures
  - Elective
  - Anatomy laboratory
  - Anesthesiology
  - Inpatient cancer pain
  - {name: Continuity clinic, by: half-day, site: Main Campus}
  - {name: Physiatry, by: day, site: West County}
leave:
  - {name: Vacation, weeks: 3}
call:
  - {name: Night call, kind: in-house}
  - {name: Backup call, kind: home, hours: 1}
conferences:
  - {name: Journal Club, every: first Friday 07:00-08:00, presenters: fellows}
priorities: [wishes, evenness, topics, comfort, convenience, stability]
"""


def example(rule):
    """The example of a rule's docstring, as lines of the file."""
    text = inspect.cleandoc(rule.__doc__)
    found = re.search(r"^Example: (.+(?:\n(?!\w+: ).+)*)", text, re.MULTILINE)
    return " ".join(found[1].split())


def as_line(text):
    """``rule: x; of: y`` as one YAML line: ``{rule: x, of: y}``."""
    return "{" + ", ".join(part.strip() for part in text.split(";")) + "}"


def series_line(text):
    """``conferences: name: x; topics: name: y; needed on: z``: a series, whose last key may be a topic."""
    line, _, topic = text.removeprefix("conferences:").strip().partition("topics: ")
    line = f"every: Tuesday 17:00-18:00; {line}" + (f"topics: {as_line(topic)}" if topic else "")
    return "{" + ", ".join(part.strip() for part in line.split("; ")) + "}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_example_of_every_rule_is_accepted(tmp_path, rule):
    said, world = example(rule), WORLD
    if said.startswith("requests:"):
        section, line = "requests", as_line(said.removeprefix("requests:").strip())
    elif said.startswith("conferences:"):
        section, world = "", world.replace("conferences:", f"conferences:\n  - {series_line(said)}")
        line = ""
    else:
        section, line = "rules" if said.startswith("rule:") else "requirements", as_line(said)
    if rule.name == "leave inside":
        world = world.replace("weeks: 3}", "weeks: 3, inside: [Clinic, Elective]}")
    if rule.name == "days of leave":
        world = world.replace("weeks: 3}", "days: 15}")
    if rule.name == "few changes" and "from:" not in line:
        line = line.replace("{", "{from: earlier/schedule.json, ", 1)
    if rule.name == "worst off":
        line = "\n  - ".join([*(f"{{rule: {other}, priority: comfort}}" for other in (
            "few gaps, of: MIPS", "few site changes")), line])
    (tmp_path / "earlier").mkdir()
    (tmp_path / "earlier" / "schedule.json").write_text(json.dumps({
        "format": 1, "program": {"digest": ""}, "version": 1, "made": "2026-01-01", "status": "optimal", "seconds": 1,
        "run": {}, "tiers": [], "periods": [{"start": "2026-07-06", "end": "2026-07-12"}],
        "fellows": [{"id": "fellow-a", "duties": [["MIPS"]]}]}))
    program = read(tmp_path, f"{world}{section}:\n  - {line}\n" if section else world)
    plain = read(tmp_path, world if section else WORLD)
    added = [r for r in program.rules if type(r) is rule]
    assert len(added) == 1 + len([r for r in plain.rules if type(r) is rule]), line
    assert added[-1].sentence and "{" not in added[-1].sentence


@pytest.mark.parametrize("year, said, amount, noun", [
    ("period: week", "weeks: 2", 2, "week"), ("period: week", "periods: 2", 2, "week"),
    ("period: 2 weeks", "weeks: 4", 2, "fortnight"), ("period: 2 weeks", "fortnights: 4", 4, "fortnight"),
    ("period: 4 weeks", "weeks: 8", 2, "block"), ("period: 4 weeks", "blocks: 8", 8, "block"),
    ("period: month", "months: 2", 2, "month"), ("period: month", "periods: 2", 2, "month")])
def test_lengths_in_every_unit(tmp_path, year, said, amount, noun):
    text = MINIMAL.replace("end: 2027-06-30", year) + f"rules:\n  - {{rule: max in a row, of: Ward, {said}}}\n"
    limit = read(tmp_path, text).rules[-1].limit
    assert (int(limit), limit.noun) == (amount, noun)


@pytest.mark.parametrize("year, said", [
    ("period: week", "months: 2"), ("period: week", "blocks: 2"), ("period: week", "fortnights: 2"),
    ("period: 4 weeks", "weeks: 2"), ("period: 4 weeks", "months: 2"), ("period: month", "weeks: 4"),
    ("period: month", "blocks: 1")])
def test_lengths_that_mean_nothing(tmp_path, year, said):
    for line in (f"rules:\n  - {{rule: max in a row, of: Ward, {said}}}\n",
                 f"requirements:\n  - {{rotation: Ward, {said}}}\n"):
        assert len(wrong(tmp_path, MINIMAL.replace("end: 2027-06-30", year) + line)) == 1


def test_a_stretch_is_counted_in_the_unit_of_its_line(tmp_path):
    for year, said in (("period: 4 weeks", "weeks: 8, in any: 24"), ("period: 4 weeks", "periods: 2, in any: 6"),
                       ("period: month", "months: 2, in any: 6")):
        text = MINIMAL.replace("end: 2027-06-30", year) + f"rules:\n  - {{rule: at most in any, of: Ward, {said}}}\n"
        rule = read(tmp_path, text).rules[-1]
        assert (int(rule.limit), int(rule.span)) == (2, 6)


@pytest.mark.parametrize("said, low, high", [
    ("weeks: 2", 2, 2), ("weeks: 1-2", 1, 2), ("weeks: 1 – 2", 1, 2), ("weeks: 1 to 2", 1, 2), ("weeks: up to 2", 0, 2),
    ("weeks: at most 2", 0, 2), ("weeks: at least 2", 2, None), ("weeks: 2.0", 2, 2),
    ("weeks: 2, elective: true", 2, 2), ("weeks: 1, elective: true", 0, 1), ("weeks: 0-2, elective: yes", 0, 2)])
def test_amounts(tmp_path, said, low, high):
    program = read(tmp_path, MINIMAL + f"requirements:\n  - {{rotation: Ward, {said}}}\n")
    found = next(r for r in program.rules if isinstance(r, Requirement))
    assert (found.at_least, found.at_most, found.unit) == (low, high, "weeks")


def test_amounts_of_blocks_and_months(tmp_path):
    def of(year, said, extra=""):
        text = MINIMAL.replace("end: 2027-06-30", year) + f"requirements:\n  - {{rotation: Ward, {said}}}\n"
        return next(r for r in read(tmp_path, text.replace("- Vacation", f"- {{name: Vacation{extra}}}")).rules
                    if isinstance(r, Requirement))

    assert (of("period: 4 weeks", "weeks: 8-12").at_least, of("period: 4 weeks", "weeks: 8").unit) == (8, "weeks")
    assert (of("period: 4 weeks", "blocks: 2").at_least, of("period: 4 weeks", "periods: 2").unit) == (2, "blocks")
    assert of("period: month", "months: 2").unit == "months"
    # around leave taken inside, three weeks of a block of four can be earned
    assert of("period: 4 weeks", "weeks: 3", ", inside: Ward").at_least == 3


def test_part_credit_windows_and_waivers(tmp_path):
    program = read(tmp_path, MINIMAL + """requirements:
  - {rotation: Ward, weeks: 4, credit: {Clinic: 50 %}, during: July to December, waived for: Fellow B,
     because: the board, priority: soft, points: 3}
priorities: soft
""")
    found = next(r for r in program.rules if isinstance(r, Requirement))
    assert found.part == (("Clinic", 50),)
    assert found.during.slots == frozenset(range(27))
    assert found.waived.ids == {"fellow-b"}
    assert (found.because, found.priority, found.points) == ("the board", "soft", 3)


def test_required_and_elective_lines_of_one_rotation_know_each_other(tmp_path):
    program = read(tmp_path, MINIMAL + """requirements:
  - {rotation: Ward, weeks: 4, for: Fellow A}
  - {rotation: Ward, weeks: 0-2, elective: true}
requests:
  - {fellow: Fellow A, electives: Ward}
""")
    required, elective = (r for r in program.rules if isinstance(r, Requirement))
    assert [most for _, most in required.also] == [2] and [most for _, most in elective.also] == [4]
    may = next(r for r in program.rules if isinstance(r, WhoMay))
    assert may.only.ids == {"fellow-a"}                                 # nobody else owes it or asked for it


def test_what_rotations_imply(tmp_path):
    program = read(tmp_path, EVERYTHING.replace("staffing: 0-2", "staffing: 1-2"))
    staffing = next(r for r in program.rules if isinstance(r, Staffing))
    assert (staffing.at_least, staffing.at_most, staffing.source) == (1, 2, "the curriculum page")
    assert staffing.waived_by.duties == {"Course"}                      # the cohort week waives it
    only, outside = (r for r in program.rules if isinstance(r, WhoMay) and str(r.what) == "Procedures" and (
        r.outside or r.only))
    assert only.only.ids == {"a", "fellow-c"}
    assert 0 not in outside.outside.slots and 20 in outside.outside.slots


def test_every_line_remembers_its_place(tmp_path):
    program = read(tmp_path, EVERYTHING)
    lines = EVERYTHING.splitlines()
    for rule in program.rules:
        if rule.place:
            line = lines[int(rule.place.removeprefix("program.yaml:")) - 1]
            assert line.startswith(("  - {", "    - {")), (rule.name, line)
    assert len([r for r in program.rules if r.place]) >= 14
