"""What a version holds and says; what is refused; what damage does, and what it does not."""

import json
import shutil
from dataclasses import replace

import pytest

from scheduler.export.ledger import Ledger
from scheduler.export.versions import read_shelf, words
from scheduler.io.problems import BadInput
from scheduler.io.program_file import read_program
from scheduler.io.program_files import program_files
from scheduler.io.schedule_json import read_result
from scheduler.publishing import BrokenRules, find, publish, restore
from scheduler.year import check_year
from tests.publish.killing import TINY, whole


def test_a_version_is_complete(case):
    [kept] = whole(case.start)
    names = {p.relative_to(kept.folder).as_posix() for p in kept.folder.rglob("*") if p.is_file()}
    assert {"schedule.json", "schedule.xlsx", "report.html", "program/program.yaml", "calendars/ada.ics",
            "calendars/ledger.json", "changes.txt", "version.json"} <= names
    assert kept.program.read_bytes() == case.program.read_bytes()
    assert kept.version.proven
    assert "Version 1, published by Ada" in (kept.folder / "changes.txt").read_text()


def test_the_tables_of_a_program_are_kept_where_it_finds_them(case, tmp_path):
    inside = tmp_path / "programs" / "summer"
    inside.mkdir(parents=True)
    text = TINY.read_text().split("fellows:")[0] + "fellows: ../people.csv\n\nrotations:" + \
        TINY.read_text().split("rotations:")[1]
    (inside / "summer.yaml").write_text(text)
    (tmp_path / "programs/people.csv").write_text(
        "name,background\nAda,anesthesiology\nBen,neurology\nCleo,anesthesiology\n")
    program = inside / "summer.yaml"
    assert list(program_files(program)) == ["summer/summer.yaml", "people.csv"]
    result = replace(case.first, program=read_program(program))
    kept = publish(tmp_path / "versions", program, result, who="Ada", why="tables")
    assert kept.version.program == "program/summer/summer.yaml"
    assert read_program(kept.program).digest == result.program.digest


def test_a_table_named_by_its_whole_path_is_refused(case, tmp_path):
    table = tmp_path / "people.csv"
    table.write_text("name,background\nAda,anesthesiology\nBen,neurology\nCleo,anesthesiology\n")
    program = tmp_path / "program.yaml"
    program.write_text(TINY.read_text().split("fellows:")[0] + f"fellows: {table}\n\nrotations:"
                       + TINY.read_text().split("rotations:")[1])
    with pytest.raises(BadInput, match="named by its whole path") as refused:
        publish(tmp_path / "versions", program, replace(case.first, program=read_program(program)), who="A", why="b")
    assert refused.value.problems[0].place.line == 5
    assert not (tmp_path / "versions").exists()


def test_the_earlier_schedule_of_a_rule_is_kept_too(case, tmp_path):
    shutil.copy(case.start / "0001/schedule.json", tmp_path / "earlier.json")
    program = tmp_path / "program.yaml"
    program.write_text(TINY.read_text().replace("rules:\n", "priorities: [wishes, stability]\nrules:\n"
                       "  - {rule: few changes, from: earlier.json, priority: stability}\n"))
    facts = read_program(program)
    result = read_result(case.start / "0001/schedule.json", facts)
    kept = publish(tmp_path / "versions", program, result, who="Ada", why="few changes")
    assert (kept.folder / "program/earlier.json").exists()
    assert read_program(kept.program).digest == facts.digest


def test_broken_rules_are_refused_or_recorded(case, tmp_path):
    program = case.first.program
    row = {**case.first.schedule.cells["ben"], 11: ("Clinic",)}
    schedule = replace(case.first.schedule, cells={**case.first.schedule.cells, "ben": row})
    broken = replace(case.first, schedule=schedule, report=check_year(program, schedule), status="feasible")
    folder = case.fresh(tmp_path / "versions")
    with pytest.raises(BrokenRules, match="0 weeks of Airway skills"):
        publish(folder, case.program, broken, who="Ben", why="by hand")
    assert len(whole(folder)) == 1
    kept = publish(folder, case.program, broken, who="Ben", why="by hand", even_if_broken=True)
    assert kept.version.broken == ("Ben has 0 weeks of Airway skills; 1 week required.",)
    assert kept.version.said == ("Ben: Clinic instead of Airway skills in the week of 21 September.",)
    assert "Published although rules are broken" in (kept.folder / "changes.txt").read_text()
    with pytest.raises(BrokenRules):
        restore(folder, 2, who="Ben", why="again")


def test_restoring_goes_on_counting(case, tmp_path):
    folder = case.fresh(tmp_path / "versions")
    case.publish(folder)
    kept = restore(folder, 1, who="Cleo", why="the exchange was off")
    assert (kept.version.number, kept.version.restored, kept.version.since) == (3, 1, 2)
    first, second, third = (Ledger.read(k.folder / "calendars") for k in whole(folder))
    schedules = [read_result(k.schedule, read_program(k.program)).schedule.cells for k in whole(folder)]
    assert schedules[2] == schedules[0] != schedules[1]
    back = [uid for uid, e in first.entries.items() if second.entries[uid].gone]
    assert back
    assert all(third.entries[uid].sequence == 2 and not third.entries[uid].gone for uid in back)
    assert "Brings back version 1." in words(kept.version)


def test_damage_is_told_and_stays_where_it_is(case, tmp_path):
    folder = case.fresh(tmp_path / "versions")
    for number in range(2, 6):
        assert case.publish(folder).version.number == number
    (folder / "0002/schedule.json").write_text("{}")
    shutil.rmtree(folder / "0003")
    (folder / "0004/version.json").write_text("[]")
    (folder / "0005/report.html").write_text("edited")
    shelf = read_shelf(folder)
    assert [k.version.number for k in shelf.kept] == [1, 5]
    assert shelf.kept[1].touched == ("report.html",)
    assert dict(shelf.damaged) == {
        2: "schedule.json is missing or was changed after publishing", 3: "its folder is gone",
        4: "its version.json was changed after publishing"}
    with pytest.raises(BadInput, match=r"Version 2 cannot be used: schedule\.json is missing") as refused:
        find(folder, 2)
    assert refused.value.problems[0].remedy == "Versions that can be read: 1, 5."
    with pytest.raises(BadInput, match="There is no version 9"):
        restore(folder, 9, who="Ada", why="there is none")
    assert case.publish(folder).version.number == 6


def test_the_ledger_of_a_damaged_version_still_counts(case, tmp_path):
    folder = case.fresh(tmp_path / "versions")
    case.publish(folder)
    (folder / "0002/version.json").unlink()
    kept = publish(folder, case.program, case.first, who="Ada", why="back")
    assert (kept.version.number, kept.version.since) == (3, 1)
    known = Ledger.read(folder / "0002/calendars").entries
    now = Ledger.read(kept.folder / "calendars").entries
    assert any(entry.sequence == 2 for entry in now.values())
    assert all(now[uid].sequence >= entry.sequence for uid, entry in known.items())


def test_the_newest_version_deleted_by_hand_is_missed(case, tmp_path):
    """Its number is not given again, and its calendars, which may be in phones, are outnumbered."""
    folder = case.fresh(tmp_path / "versions")
    case.publish(folder)
    known = Ledger.read(folder / "0002/calendars").entries
    shutil.rmtree(folder / "0002")
    assert read_shelf(folder).damaged == ((2, "its folder is gone"),)
    kept = publish(folder, case.program, case.first, who="Ada", why="back")
    assert (kept.version.number, kept.version.since) == (3, 1)
    now = Ledger.read(kept.folder / "calendars").entries
    both = known.keys() & now.keys()
    assert both
    assert all(now[uid].sequence >= known[uid].sequence for uid in both)
    assert any(now[uid].sequence > 0 for uid in both)


def test_another_program_or_year_is_refused(case, tmp_path):
    folder = case.fresh(tmp_path / "versions")
    other = tmp_path / "program.yaml"
    other.write_text(TINY.read_text().replace("Summer Fellowship", "Winter Fellowship"))
    with pytest.raises(BadInput, match="another program") as refused:
        publish(folder, other, read_result(case.start / "0001/schedule.json", read_program(other)), who="A", why="b")
    assert "write id: summer-fellowship into the program" in refused.value.problems[0].remedy
    other.write_text(TINY.read_text().replace("program:", "id: summer-fellowship\nprogram:"))
    renamed = read_result(case.start / "0001/schedule.json", read_program(other))
    assert publish(folder, other, renamed, who="A", why="b").version.said == ("The program itself changed too.",)
    later = tmp_path / "later.yaml"
    later.write_text(TINY.read_text().replace("2026-", "2027-").replace("07-06", "07-05").replace("09-27", "09-26"))
    with pytest.raises(BadInput, match="another year"):
        publish(folder, later, replace(case.first, program=read_program(later)), who="A", why="b")


def test_a_program_that_changes_meanwhile_is_refused(case, tmp_path):
    program = tmp_path / "program.yaml"
    program.write_text(TINY.read_text() + "\n# one line more\n")
    with pytest.raises(BadInput, match="changed while it was being published"):
        publish(tmp_path / "versions", program, case.first, who="Ada", why="race")
    assert read_shelf(tmp_path / "versions").kept == ()


def test_private_leave_is_away_in_the_words(case, tmp_path):
    program = tmp_path / "program.yaml"
    program.write_text(TINY.read_text().replace("leave:\n", "leave:\n  - {name: Sick leave, private: true}\n"))
    facts = read_program(program)
    result = read_result(case.start / "0001/schedule.json", facts)
    publish(tmp_path / "versions", program, result, who="Ada", why="as solved")
    row = {**result.schedule.cells["ada"], 2: ("Sick leave",)}
    schedule = replace(result.schedule, cells={**result.schedule.cells, "ada": row})
    sick = replace(result, schedule=schedule, report=check_year(facts, schedule))
    kept = publish(tmp_path / "versions", program, sick, who="Ada", why="changed", even_if_broken=True)
    assert kept.version.said == ("Ada: Away instead of Clinic in the week of 20 July.",)
    told = (kept.folder / "version.json").read_text() + (kept.folder / "changes.txt").read_text()
    assert "Sick" not in told


def test_a_year_that_moved_is_compared_by_its_dates(case, tmp_path):
    """A first week more: nobody's weeks changed, though each has another number now."""
    program = tmp_path / "program.yaml"
    program.write_text(TINY.read_text().replace("start: 2026-07-06", "start: 2026-06-29"))
    facts = read_program(program)
    cells = {who: {0: ("Clinic",), **{slot + 1: duties for slot, duties in row.items()}}
             for who, row in case.first.schedule.cells.items()}
    schedule = replace(case.first.schedule, layer=facts.layer(), cells=cells)
    result = replace(case.first, program=facts, schedule=schedule, report=check_year(facts, schedule))
    folder = case.fresh(tmp_path / "versions")
    kept = publish(folder, program, result, who="Ada", why="a week earlier", even_if_broken=True)
    assert kept.version.cells == 3
    assert kept.version.said[0] == "Ada: Clinic (nothing before) in the week of 29 June."


def test_versions_are_json_that_says_it_all(case):
    data = json.loads((case.start / "0001/version.json").read_text())
    assert (data["number"], data["who"], data["why"], data["status"]) == (1, "Ada", "first", "optimal")
    assert "schedule.json" in data["files"]


def test_a_schedule_without_a_layer_of_the_program_is_refused(case, tmp_path):
    program = tmp_path / "program.yaml"
    program.write_text(TINY.read_text() + "\ncall:\n  - {name: Night call, kind: home, hours: 2, people: 0-1}\n")
    result = replace(case.first, program=read_program(program))
    with pytest.raises(BadInput, match="The schedule says nothing of call"):
        publish(tmp_path / "versions", program, result, who="Ada", why="a grid")


def test_a_folder_with_numbers_of_somebody_else_is_refused(case, tmp_path):
    (tmp_path / "2026").mkdir()
    with pytest.raises(BadInput, match="was not published"):
        case.publish(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["2026"]
    copied = shutil.copytree(case.start, tmp_path / "copied")
    (copied / ".lock").unlink()
    assert case.publish(copied).version.number == 2
