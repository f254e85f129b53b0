"""``rule: few changes``: the earlier schedule is read, as far as the program still has its fellows and periods."""

import json

import pytest

from constraints.few_changes import FewChanges
from scheduler.export.schedule_json import schedule_dict
from scheduler.io.problems import BadInput
from scheduler.io.schedule_json import load, read_result, read_schedule
from tests.io.small import MINIMAL, read, wrong
from tests.sample import sample_result

RULE = "rules:\n  - {rule: few changes, from: earlier/schedule.json, priority: stability}\npriorities: [stability]\n"


def earlier(tmp_path, change=lambda data: data):
    """The schedule of a small year in ``earlier/``."""
    periods = [{"start": p.start.isoformat(), "end": p.end.isoformat(), "label": p.label}
               for p in read(tmp_path, MINIMAL).year.periods]
    data = {"format": 1, "program": {"name": "Small", "digest": "x"}, "version": 1, "made": "2026-05-01T12:00:00+00:00",
            "status": "optimal", "seconds": 1.0, "run": {}, "tiers": [], "periods": periods,
            "fellows": [{"id": id_, "name": id_, "duties": [["Ward"] if n % 2 else ["Clinic"] for n in range(52)]}
                        for id_ in ("fellow-a", "fellow-b", "gone")]}
    (tmp_path / "earlier").mkdir(exist_ok=True)
    (tmp_path / "earlier" / "schedule.json").write_text(json.dumps(change(data)), encoding="utf-8")
    return data


def rule_of(program):
    return next(r for r in program.rules if isinstance(r, FewChanges))


def test_the_earlier_schedule_is_read(tmp_path):
    earlier(tmp_path)
    program = read(tmp_path, MINIMAL + RULE)
    found = rule_of(program).earlier
    assert len(found) == 2 * 52
    assert {p for p, _, _ in found} == {"fellow-a", "fellow-b"}                  # the fellow who is gone is not counted
    assert found[1] == ("fellow-a", 1, ("Ward",))
    again = read(tmp_path, MINIMAL + RULE)
    assert again.digest == program.digest
    earlier(tmp_path, lambda data: {**data, "version": 2})
    assert read(tmp_path, MINIMAL + RULE).digest != program.digest             # the program answers to that file too


def test_only_the_time_that_fellows_are_here_counts(tmp_path):
    earlier(tmp_path)
    text = MINIMAL.replace("[Fellow A, Fellow B]", "[{name: Fellow A, end: 2026-12-31}, Fellow B]")
    assert len(rule_of(read(tmp_path, text + RULE)).earlier) == 52 + 27


def test_periods_that_are_no_more_are_left_out(tmp_path):
    data = earlier(tmp_path)
    longer = read(tmp_path, MINIMAL.replace("end: 2027-06-30", "end: 2027-07-31") + RULE)
    kept = [(s, duties) for person, s, duties in rule_of(longer).earlier if person == "fellow-a"]
    was = {(p["start"], p["end"]): tuple(data["fellows"][0]["duties"][n]) for n, p in enumerate(data["periods"])}
    now = {s: (p.start.isoformat(), p.end.isoformat()) for s, p in enumerate(longer.year.periods)}
    assert 48 <= len(kept) < 52                                         # the first and the last have other days now
    assert all(was[now[s]] == duties for s, duties in kept)


def test_weights(tmp_path):
    earlier(tmp_path)
    text = MINIMAL + RULE.replace("stability}", "stability, weight: {first 2 weeks: 5, 2026-07-06: 9}}")
    assert rule_of(read(tmp_path, text)).weight == ((0, 5), (1, 9))


@pytest.mark.parametrize("change, words", [
    (lambda d: {**d, "periods": [{"start": "2025-07-01", "end": "2025-07-06"}]}, "has other dates"),
    (lambda d: {**d, "periods": []}, "has other dates"), (lambda d: [d], "not a schedule.json"),
    (lambda d: {**d, "format": 9}, "has format 9"), (lambda d: {**d, "fellows": {}}, "missing or damaged"),
    (lambda d: {**d, "fellows": [{"id": 3, "duties": []}]}, "missing or damaged"),
    (lambda d: {**d, "fellows": [{"id": "fellow-a", "duties": ["Ward"]}]}, "missing or damaged"),
    (lambda d: {k: v for k, v in d.items() if k != "periods"}, "missing or damaged")])
def test_what_cannot_be_an_earlier_schedule(tmp_path, change, words):
    earlier(tmp_path, change)
    (message,) = wrong(tmp_path, MINIMAL + RULE)
    assert words in message


def test_a_few_changes_rule_needs_its_schedule(tmp_path):
    assert wrong(tmp_path, MINIMAL + RULE) == ["There is no file “earlier/schedule.json” beside the program."]
    assert wrong(tmp_path, MINIMAL + RULE.replace("from: earlier/schedule.json, ", "")) == [
        "The rule “few changes” needs “from”."]
    (tmp_path / "earlier").mkdir()
    assert len(wrong(tmp_path, MINIMAL + RULE.replace("/schedule.json", ""))) == 1


# -- schedule.json read back

def test_a_schedule_reads_back_as_it_was(tmp_path):
    result = sample_result()
    path = tmp_path / "schedule.json"
    path.write_text(json.dumps(schedule_dict(result)), encoding="utf-8")
    again = read_result(path, result.program)
    for person in result.schedule.people:
        assert list(again.schedule.of(person)) == list(result.schedule.of(person))
    assert (again.status, again.version, again.made) == (result.status, result.version, result.made)
    assert [(t.name, t.value, t.bound) for t in again.tiers] == [(t.name, t.value, t.bound) for t in result.tiers]


@pytest.mark.parametrize("key, value", [
    ("program", {}), ("version", "1"), ("made", "yesterday"), ("tiers", [{}]), ("run", []), ("seconds", None),
    ("reasons", [{"fellow": 1}]), ("periods", [[]]), ("fellows", [{"id": "x"}]), ("fellows", None)])
def test_damaged_schedules_are_problems(tmp_path, key, value):
    data = {**schedule_dict(sample_result()), key: value}
    with pytest.raises(BadInput):
        load("schedule.json", json.dumps(data).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"null", b"[" * 100_000, b"{}", b'{"format": 1}'])
def test_what_is_no_schedule(data):
    with pytest.raises(BadInput):
        load("schedule.json", data)


def test_a_schedule_of_another_program_is_told_apart(tmp_path):
    data = schedule_dict(sample_result())
    data["fellows"][0]["id"], data["fellows"][1]["duties"] = "felow-a", [["Pain Clinc"]]
    path = tmp_path / "schedule.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_schedule(path, sample_result().program)
    said = str(caught.value)
    for words in ("Did you mean “fellow-a”?", "has 1 periods instead of 52", "Did you mean “Pain Clinic”?",
                  "Fellow A has no row"):
        assert words in said
