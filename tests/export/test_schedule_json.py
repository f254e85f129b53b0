"""schedule.json goes round: write, read, write again; and the same result gives the same bytes."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.export.schedule_json import FORMAT, write_schedule
from scheduler.io.problems import BadInput
from scheduler.io.schedule_json import read_result, read_schedule
from tests.export.day_program import TEXT, changed, program_of, small
from tests.export.shapes import off_cycle, private, shape, with_inside
from tests.sample import sample_result, with_cell

SHAPES = {"sample": sample_result, "broken": lambda: with_cell(sample_result(), "fellow-a", 3, "SIPS"),
          "a hole": lambda: with_cell(sample_result(), "fellow-a", 3), "off cycle": off_cycle, "private": private,
          "leave inside": with_inside, "months": lambda: shape("months"), "leap": lambda: shape("leap"),
          "half-days and call": small,
          "two in a half-day": lambda: changed(small(), "half-days", "a", {9: ("Simulation", "Vacation")})}


@pytest.mark.parametrize("name", SHAPES)
def test_round_trip(name, tmp_path):
    result = SHAPES[name]()
    path = write_schedule(result, tmp_path / "schedule.json")
    back = read_result(path, result.program)
    for person in result.schedule.people:
        assert list(back.schedule.of(person)) == list(result.schedule.of(person))
    assert back.schedule.beside == result.schedule.beside
    assert back.report == result.report
    assert (back.status, back.made, back.version, back.run) == (result.status, result.made, result.version, result.run)
    assert back.tiers == tuple(replace(t, seconds=0.0) for t in result.tiers)
    assert write_schedule(back, tmp_path / "again.json").read_bytes() == path.read_bytes()


def test_reasons_for_a_no_survive(tmp_path):
    from constraints import RankedRequests
    from constraints.ranked_requests import WishFor
    from scheduler.domain.words import Selection
    wish = WishFor("fellow-0", "vacation", "Vacation at New Year", 1, Selection.of("Vacation"), frozenset({26}))
    result = shape(rules=(RankedRequests(wishes_for=(wish,), priority="comfort"),))
    assert not result.report.wishes[0].granted
    because = replace(result.report.wishes[0], reason="Fellow 2 asked first – “really”.")
    result = replace(result, report=replace(result.report, wishes=(because,)))
    back = read_result(write_schedule(result, tmp_path / "schedule.json"), result.program)
    assert back.report.wishes == (because,)


def test_canonical_bytes(tmp_path):
    result = sample_result()
    one = write_schedule(result, tmp_path / "1.json").read_bytes()
    assert write_schedule(result, tmp_path / "2.json").read_bytes() == one
    assert one.endswith(b"}\n")
    assert b"\r" not in one
    later = write_schedule(replace(result, made=result.made + timedelta(1)), tmp_path / "3.json").read_bytes()
    assert sum(a != b for a, b in zip(one.splitlines(), later.splitlines(), strict=True)) == 1


def test_version_program_and_dates_are_stated(tmp_path):
    data = json.loads(write_schedule(sample_result(), tmp_path / "schedule.json").read_text(encoding="utf-8"))
    assert data["format"] == FORMAT == 2
    assert data["program"]["digest"] == "sample"
    assert len(data["periods"]) == 52
    assert (data["periods"][0]["start"], data["periods"][-1]["end"]) == ("2026-07-01", "2027-06-30")
    assert [len(row["duties"]) for row in data["fellows"]] == [52] * 5


def test_another_format_is_refused(tmp_path):
    path = write_schedule(sample_result(), tmp_path / "schedule.json")
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 2', '"format": 99', 1), encoding="utf-8")
    with pytest.raises(BadInput, match="format 99"):
        read_result(path, sample_result().program)


# -- layers below the week

def written(tmp_path, change=lambda data: None):
    """The small year's file, with something changed by hand."""
    path = write_schedule(small(), tmp_path / "schedule.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_half_days_and_call_are_listed_by_fellow_and_date(tmp_path):
    data = json.loads(write_schedule(small(), tmp_path / "schedule.json").read_text(encoding="utf-8"))
    result = small()
    assert all(set(entry) == {"fellow", "date", "half", "duty"} for entry in data["half_days"])
    assert all(set(entry) == {"fellow", "date", "role"} for entry in data["call"])
    halves = ["morning", "afternoon"]
    order = [(e["fellow"], e["date"], halves.index(e["half"])) for e in data["half_days"]]
    assert order == sorted(order)
    assert [(e["fellow"], e["date"]) for e in data["call"]] == sorted((e["fellow"], e["date"]) for e in data["call"])
    for name, key in (("half-days", "half_days"), ("call", "call")):
        cells = result.schedule.beside[name].cells
        assert len(data[key]) == sum(len(duties) for mine in cells.values() for duties in mine.values())
    assert {t["layer"] for t in data["tiers"]} == {t.layer for t in result.tiers}
    assert "half_days" not in json.loads(write_schedule(sample_result(), tmp_path / "x.json").read_text("utf-8"))


def test_a_file_of_format_1_still_reads_and_is_short_of_what_it_lacks(tmp_path):
    def older(data):
        data["format"] = 1
        del data["half_days"], data["call"]
        for tier in data["tiers"]:
            del tier["layer"]

    back = read_result(written(tmp_path, older), small().program)
    assert back.schedule.cells == small().schedule.cells
    assert {name: not any(s.cells.values()) for name, s in back.schedule.beside.items()} == {
        "half-days": True, "call": True}
    short = {(o.what, o.verdict) for o in back.report.owed if o.layer == "half-days"}
    assert ("Continuity clinic", "short") in short
    assert not back.report.ok
    assert (back.status, back.tiers) == ("feasible", ())           # what was proven was proven of another year


def test_every_entry_that_does_not_fit_is_told_at_once(tmp_path):
    def spoil(data):
        data["half_days"] += [
            {"fellow": "z", "date": "2026-10-06", "half": "morning", "duty": "Continuity clinic"},
            {"fellow": "a", "date": "2026-10-06", "half": "morning", "duty": "Continuity clinik"},
            {"fellow": "a", "date": "2026-10-10", "half": "morning", "duty": "Simulation"},
            {"fellow": "a", "date": "2026-10-06", "half": "evening", "duty": "Simulation"},
            {"fellow": "b", "date": "2026-10-07", "half": "evening", "duty": "Simulation"},
            {"fellow": "a", "date": "6 October", "half": "morning", "duty": "Simulation"}]
        data["call"] += [{"fellow": "a", "date": "2027-10-06", "role": "Night call"},
                         {"fellow": "a", "date": "2026-10-06", "role": "Simulation"}]

    with pytest.raises(BadInput) as caught:
        read_schedule(written(tmp_path, spoil), small().program)
    assert [(p.message, p.remedy) for p in caught.value.problems] == [
        ("half_days: z is not in the program.", "Known here: a, b, c."),
        ("half_days: “Continuity clinik” is no clinic, short rotation or leave by the day of the program.",
         "Did you mean “Continuity clinic”?"),
        ("half_days: 10 October 2026 is no working day of the program.", "Choose another date."),
        ("half_days: “evening” is no half of a working day.", "Write morning or afternoon."),
        ("half_days: “6 October” is not a date.", "Write year-month-day: 2026-09-16."),
        ("call: “Simulation” is no call role of the program.", "Known here: Night call, Hospital call, Second call."),
        ("call: 6 October 2027 is outside the year (2026-10-05 to 2026-12-13).", "Check the year of the date.")]


def test_call_of_a_program_that_has_none_any_more_is_told(tmp_path):
    program = program_of(TEXT.partition("call:")[0])
    with pytest.raises(BadInput) as caught:
        read_schedule(written(tmp_path), program)
    assert [p.message for p in caught.value.problems] == [
        f"call: “{role}” is no call role of the program." for role in dict.fromkeys(
            e["role"] for e in json.loads((tmp_path / "schedule.json").read_text("utf-8"))["call"])]


@pytest.mark.parametrize(("key", "value"), [("half_days", {}), ("half_days", [{"fellow": "a"}]), ("call", [[]]),
                                            ("call", [{"fellow": "a", "date": 20261006, "role": "Night call"}])])
def test_damaged_lists_are_refused(tmp_path, key, value):
    with pytest.raises(BadInput, match="missing or damaged"):
        read_schedule(written(tmp_path, lambda data: data.update({key: value})), small().program)


def test_a_changed_program_is_checked_and_what_was_proven_forgotten(tmp_path):
    program = program_of(TEXT.replace("half-days: 8", "half-days: 9"))
    back = read_result(written(tmp_path), program)
    assert [o.by for o in back.report.owed if o.what == "Continuity clinic"] == [1, 1, 1]
    assert (back.status, back.tiers) == ("feasible", ())
