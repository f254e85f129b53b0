"""schedule.json goes round: write, read, write again; and the same result gives the same bytes."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.export.schedule_json import FORMAT, write_schedule
from scheduler.io.problems import BadInput
from scheduler.io.schedule_json import read_result
from tests.export.shapes import off_cycle, private, shape, with_inside
from tests.sample import sample_result, with_cell

SHAPES = {"sample": sample_result, "broken": lambda: with_cell(sample_result(), "fellow-a", 3, "SIPS"),
          "a hole": lambda: with_cell(sample_result(), "fellow-a", 3), "off cycle": off_cycle, "private": private,
          "leave inside": with_inside, "months": lambda: shape("months"), "leap": lambda: shape("leap")}


@pytest.mark.parametrize("name", SHAPES)
def test_round_trip(name, tmp_path):
    result = SHAPES[name]()
    path = write_schedule(result, tmp_path / "schedule.json")
    back = read_result(path, result.program)
    for person in result.schedule.people:
        assert list(back.schedule.of(person)) == list(result.schedule.of(person))
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
    assert data["format"] == FORMAT == 1
    assert data["program"]["digest"] == "sample"
    assert len(data["periods"]) == 52
    assert (data["periods"][0]["start"], data["periods"][-1]["end"]) == ("2026-07-01", "2027-06-30")
    assert [len(row["duties"]) for row in data["fellows"]] == [52] * 5


def test_another_format_is_refused(tmp_path):
    path = write_schedule(sample_result(), tmp_path / "schedule.json")
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 1', '"format": 99', 1), encoding="utf-8")
    with pytest.raises(BadInput, match="format 99"):
        read_result(path, sample_result().program)
