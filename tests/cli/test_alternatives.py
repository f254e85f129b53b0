"""Alternatives: as good as the first, as different as can be, and all of them where there are few; by brute force."""

import itertools
import json
from dataclasses import replace

import pytest

from constraints import Staffing
from scheduler.alternatives import find_alternatives
from scheduler.check.differences import changes
from scheduler.check.duty_times import judge_year
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Selection, Window
from scheduler.export.alternatives_page import side_by_side
from scheduler.export.alternatives_said import said
from scheduler.solve.driver import solve
from scheduler.solve.others import Exactly
from scheduler.solve.settings import Settings
from tests.cli.test_commands import TINY, edited, run, told
from tests.export.day_program import program_of

SMALL = """\
program: Two fellows, four weeks
year: {start: 2026-07-06, end: 2026-08-02}
fellows: [{name: Ada}, {name: Ben}]
rotations: [{name: Clinic, base: true}, {name: Hospital, staffing: 0-1}]
requirements: [{rotation: Hospital, weeks: 1-2}]
rules:
  - {rule: max in a row, of: Hospital, weeks: 1, because: fatigue}
  - {rule: evenness, of: Hospital, over: fellows, priority: fair}
requests: [{fellow: Ada, electives: [Hospital]}]
priorities: [fair]
"""
NO_REQUESTS = SMALL.replace("requests: [{fellow: Ada, electives: [Hospital]}]\n", "")
BELOW = NO_REQUESTS.replace("priorities: [fair]\n", "") + """\
  - {rule: evenness, of: Night call, over: fellows, priority: fair}
call: [{name: Night call, kind: home, nights: Saturday, time: "17:00-07:00", hours: 1, from: Clinic}]
priorities: [fair]
"""


def all_years(program):
    """Every rotation year, and what the checker says of it."""
    layer = program.layer()
    cells = [(p.id, s) for p in layer.people for s in layer.slots]
    for choice in itertools.product(layer.duties, repeat=len(cells)):
        year = {p.id: {} for p in layer.people}
        for (person, slot), duty in zip(cells, choice, strict=True):
            year[person][slot] = (duty,)
        schedule = Schedule(layer, year)
        report = judge_year(program, schedule)
        if report.ok:
            yield schedule, report


def apart(one, two):
    return len(changes(one, two))


@pytest.mark.parametrize("loss", [0, 1])
def test_all_that_there_are_and_each_as_far_as_can_be(loss):
    program = program_of(NO_REQUESTS)
    years = list(all_years(program))
    best = min(report.tiers[0].value for _, report in years)
    good = [schedule for schedule, report in years if report.tiers[0].value <= best + loss]
    assert 3 < len(good) < 40
    found = find_alternatives(program, len(good) + 1, within={"fair": loss})
    assert found.ended == "no other"
    assert said(found)[-1] == "No other schedule is as good: this is proven."
    schedules = [result.schedule for result in found.found]
    assert len(schedules) == len(good)
    assert all(apart(one, two) for one, two in itertools.combinations(schedules, 2))
    assert all(min(apart(s, g) for g in good) == 0 for s in schedules)
    for n, (distance, proven) in enumerate(zip(found.distances, found.proven, strict=True), start=1):
        assert proven
        assert distance == min(apart(schedules[n], before) for before in schedules[:n])
        assert distance == max(min(apart(one, before) for before in schedules[:n]) for one in good)
    for result in found.found:
        tier = result.tiers[0]
        assert (tier.value, tier.bound) == (result.report.tiers[0].value, best)
        assert (result.status == "optimal") == (tier.value == best)
        assert judge_year(program, result.schedule).ok


def test_the_only_schedule_there_is():
    text = NO_REQUESTS.replace("weeks: 1-2", "weeks: 2").replace("0-1}", "1}")
    found = find_alternatives(program_of(f"{text}pins: [{{fellow: Ada, rotation: Hospital, during: 2026-07-06}}]\n"), 3)
    assert (len(found.found), found.ended, found.distances) == (1, "no other", ())


def test_the_same_seed_gives_the_same_schedules():
    program = program_of(NO_REQUESTS)
    one, two = (find_alternatives(program, 3) for _ in "ab")
    assert [r.schedule.cells for r in one.found] == [r.schedule.cells for r in two.found]


def test_years_that_only_have_names_swapped_are_said_to():
    text = NO_REQUESTS.replace("weeks: 1-2", "weeks: 2").replace("0-1}", "1}")
    found = find_alternatives(program_of(text), 3)
    assert len(found.found) == 2
    (pair,) = side_by_side(found.found).pairs
    assert (pair.cells, pair.renamed, pair.swapped) == ("8 weeks", 0, "only names are swapped")
    assert pair.most == "Ada and Ben (4 weeks each)"


def test_layers_below_are_filled_and_held_too():
    program = program_of(BELOW)
    found = find_alternatives(program, 3)
    assert len(found.found) == 3
    for result in found.found:
        assert set(result.schedule.beside) == {"call"}
        assert result.report.ok
        assert [t.value for t in result.report.tiers] == [t.value for t in found.found[0].report.tiers]
        assert sum(1 for mine in result.schedule.beside["call"].cells.values() for duties in mine.values() if duties)


def test_a_year_that_is_given_cannot_be_added_to():
    layer = program_of(NO_REQUESTS).layer()
    cells = {"ada": {0: ("Clinic",), 1: ("Hospital",)}, "ben": {0: ("Hospital",)}}
    given = Exactly.of(layer, cells)
    assert {p: mine for p, mine in solve([layer], (given,), ()).cells["rotations"].items() if mine} == cells
    more = Staffing(what=Selection.of("Hospital"), at_least=1, during=Window("week 3", frozenset({2})))
    assert solve([layer], (given, more), ()).status == "impossible"


def test_time_that_runs_out_keeps_what_there_is(monkeypatch):
    import scheduler.alternatives as story
    real = story.another

    def slow(*args, **options):
        if len(args[4]) == 1:                                               # the second is found, the third is not
            found = real(*args, **options)
            return replace(found, bound=found.bound + 1, status="feasible")
        return replace(real(*args, **options), status="unknown", cells=None)

    monkeypatch.setattr(story, "another", slow)
    found = find_alternatives(program_of(NO_REQUESTS), 4, Settings(seconds=60))
    assert (len(found.found), found.proven, found.ended) == (2, (False,), "time")
    assert "not proven the most" in said(found)[1]
    assert "Time ran out" in said(found)[-1]


def test_ctrl_c_keeps_what_there_is(monkeypatch):
    import scheduler.alternatives as story
    real = story.another

    def interrupted(*args, **options):
        if len(args[4]) > 1:
            raise KeyboardInterrupt
        return real(*args, **options)

    monkeypatch.setattr(story, "another", interrupted)
    found = find_alternatives(program_of(NO_REQUESTS), 4)
    assert (len(found.found), found.ended) == (2, "stopped")


def test_a_year_that_cannot_be_as_good_below_is_refused(monkeypatch):
    import scheduler.alternatives as story
    monkeypatch.setattr(story, "_worse", lambda tier, worst: True)
    found = find_alternatives(program_of(BELOW), 2)
    assert (len(found.found), found.ended) == (1, "below")
    assert "Allow a loss with --within" in said(found)[-1]


def test_the_command(tmp_path):
    output = run("alternatives", TINY, 3, "-o", tmp_path).output
    assert "3 schedules that are equal in every priority." in output
    assert "proven the most possible" in output
    assert "Requests granted to Ben" in output
    assert "2 and 3 differ in " in output
    names = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert names == {"alternatives.html", *(f"alternative-{n}/{name}" for n in (1, 2, 3) for name in (
        "schedule.json", "schedule.xlsx", "report.html"))}
    tiers = [[t["value"] for t in json.loads((tmp_path / f"alternative-{n}/schedule.json").read_text())["tiers"]]
             for n in (1, 2, 3)]
    assert tiers[0] == tiers[1] == tiers[2]
    assert told("check", TINY, tmp_path / "alternative-3/schedule.json")["violations"] == []
    assert told("diff", TINY, *(tmp_path / f"alternative-{n}/schedule.json" for n in (1, 2)))["cells"] > 20
    assert "already holds" in run("alternatives", TINY, 2, "-o", tmp_path, code=2).output
    answer = told("alternatives", TINY, 2, "-o", tmp_path, "--replace", "--within", "1")
    assert (answer["found"], answer["ended"]) == (2, "enough")
    assert answer["said"][0] == "2 schedules that are equal in every priority, except that “wishes” may be 1 worse."
    assert not (tmp_path / "alternative-3" / "schedule.json").exists()


def test_bad_losses_are_told_at_once(tmp_path):
    output = run("alternatives", TINY, 2, "-o", tmp_path, "--within", "whishes=2", "--within", "two", code=2).output
    assert "Did you mean “wishes”?" in output
    assert "“two” is not a loss" in output
    assert "2 problems" in output


def test_no_schedule_at_all(tmp_path):
    path = edited(tmp_path, ("rotation: Hospital, weeks: 4", "rotation: Hospital, weeks: 3"))
    assert "proven" in run("alternatives", path, 2, "-o", tmp_path / "out", code=3).output
    assert not (tmp_path / "out").exists()
