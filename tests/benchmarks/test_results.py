"""Results become tables and a page: nothing unproven looks proven, and ratios say “at least” where they must."""

import json
import re
from pathlib import Path

import pytest

import benchmarks
from benchmarks.corpus import CORPUS, EVERY
from benchmarks.found import Step, Watch, whole
from benchmarks.one import SOLVERS, settings_of
from benchmarks.page import DOCS, filled
from benchmarks.run import measured
from benchmarks.table import gap, history, ratio, ratios, table, tiers


def record(instance, solver, status="optimal", value=5, bound=5, took=2.0, **more):
    return {"instance": instance, "solver": solver, "status": status, "limit": 120.0, "peak_mb": 100.0,
            "seconds": took, "first": 0.1, "best": 1.0, "sizes": [10, 20],
            "steps": [{"name": "wishes", "value": value, "bound": bound, "seconds": took}], **more}


RESULTS = {"date": "2026-11-28", "settings": [], "limit": 120.0, "machine": {
    "cores": 2, "processor": "one", "memory_gb": 8, "system": "Linux", "python": "3", "ortools": "9",
    "load": [0, 0, 0]},
    "runs": [record("a", "ours"), record("a", "plain", "feasible", 6, 3, took=119.0),
             record("a", "highs", took=4.0), record("curve-people-4", "ours")]}


def test_ratios_say_at_least_where_the_other_did_not_finish():
    mine, plain, highs = RESULTS["runs"][:3]
    assert ratio(mine, plain) == "at least 60.0 ×"
    assert ratio(mine, highs) == "2.0 ×"
    assert ratio(plain, highs) == "ours unproven"
    assert ratio(plain, plain) == "neither"
    assert ratio(mine, None) == "–"


def test_a_gap_is_a_share_of_the_value():
    assert gap({"value": 6, "bound": 3}) == "50.0%"
    assert gap({"value": 5, "bound": 5}) == "proven"
    assert gap({"value": None, "bound": 5}) == "–"
    assert Step("", 0, 2, 1.0).gap == 2.0


def test_tables_leave_the_curves_out_and_doubt_what_the_checker_refused():
    assert "curve" not in table(RESULTS) + ratios(RESULTS)
    refused = {**RESULTS, "runs": [record("a", "ours", holds=False, agrees=True)]}
    assert "optimal (refused by the checker)" in table(refused)


def test_every_stage_has_its_own_line():
    two = record("t", "ours", "feasible")
    two["steps"] = [*two["steps"], {"name": "evenness", "value": 4, "bound": 3, "seconds": 1.0}]
    lines = tiers({**RESULTS, "runs": [two]}).splitlines()[2:]
    assert lines == ["| t | wishes | 5 | 5 | proven | 2.0 |", "| t | evenness | 4 | 3 | 25.0% | 1.0 |"]


def test_history_has_a_column_a_file():
    later = {**RESULTS, "runs": [record("a", "ours", took=0.5), record("b", "ours", "feasible", 4, 2)]}
    lines = history({"2026-11-28": RESULTS, "2026-12-01": later}).splitlines()
    assert lines[2:] == ["| a | 2.0 s | 0.50 s |", "| b | – | 50.0% |"]


def test_the_page_has_a_place_for_every_table():
    page = filled((DOCS / "speed.md").read_text(encoding="utf-8"), RESULTS, {"2026-11-28": RESULTS})
    assert "at least 60.0 ×" in page
    assert filled(page, RESULTS, {"2026-11-28": RESULTS}) == page
    with pytest.raises(ValueError, match="0 places"):
        filled("nothing", RESULTS, {})


def test_the_page_shows_the_newest_results_that_are_kept():
    files = sorted((Path(benchmarks.__file__).parent / "results").glob("*.json"))
    kept = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}
    page = (DOCS / "speed.md").read_text(encoding="utf-8")
    assert filled(page, kept[files[-1].stem], kept) == page, "run python -m benchmarks.page on the newest results"


def test_bounds_are_rounded_to_what_is_possible():
    assert (whole(4.2), whole(4.2, large=True), whole(5.0000000001), whole(-1e300)) == (5, 4, 5, None)


def test_a_watch_keeps_the_first_and_the_best():
    watch = Watch()
    watch.found(9)
    first = watch.first
    watch.found(9)
    assert watch.best == first
    watch.stage("wishes", 9, 8)
    assert watch.done("", (1, 1), {}).status == "feasible"
    assert watch.done("", (1, 1), {}, left=2).status == "feasible"


def test_settings_are_those_of_the_product():
    assert settings_of({"workers": "2"}).workers == 2
    with pytest.raises(TypeError, match="no setting speed"):
        settings_of({"speed": "9"})


@pytest.mark.parametrize("solver", SOLVERS)
def test_each_solver_runs_in_a_process_of_its_own(solver):
    found = measured("tiny", solver, 60.0, ())
    assert found["status"] == "optimal", found
    assert found["peak_mb"] > 10
    if solver != "year":
        assert found["holds"] and found["agrees"]


def test_a_process_that_fails_is_a_record_too():
    found = measured("tiny", "ours", 60.0, ["speed=9"])
    assert found["status"] == "failed"
    assert "no setting speed" in found["error"]


def test_names_are_unique_and_said_in_the_docs():
    assert len(EVERY) == len({id(i) for i in EVERY.values()})
    page = (DOCS / "speed.md").read_text(encoding="utf-8")
    for name in CORPUS:
        assert re.search(rf"`{re.sub(r'-.*', '', name)}", page), name
