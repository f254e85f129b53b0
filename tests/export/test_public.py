"""Reasons for leave are in no file that others get: every byte of every export but schedule.json is searched."""

import re
import zipfile
from dataclasses import replace

import pytest

from scheduler.domain.program import Leave
from scheduler.domain.verdict import Wish
from scheduler.export.calendars import write_calendars
from scheduler.export.public import UNTOLD, public
from scheduler.export.report import write_report
from scheduler.export.schedule_json import write_schedule
from scheduler.export.workbook import write_workbook
from tests.export.shapes import REASON, SECRET, judged, private, shape
from tests.sample import sample_result

UNSAYABLE = ("oncolog", "chemo", "tumor", "divorce", "sick")


def unfolded(data):
    return data.replace(b"\r\n ", b"").decode()


def texts(folder):
    """Path → text of everything in the folder, workbooks unpacked and folded lines joined; schedule.json left out."""
    found = {}
    for path in folder.rglob("*"):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                found |= {f"{path.name}/{name}": book.read(name).decode("utf-8", "replace") for name in book.namelist()}
        elif path.is_file() and path.name != "schedule.json":
            found[str(path.relative_to(folder))] = unfolded(path.read_bytes())
    return found


def wished(result):
    """With a refused wish for the private leave, whose reason names it again."""
    person = result.program.people[1]
    wish = Wish(person, SECRET, f"{SECRET} in the week of 7 September", 1, 8, False, (10,), SECRET,
                f"Fellow 2 is on {SECRET.lower()} then: {REASON}.")
    return replace(result, report=replace(result.report, wishes=(wish,)))


def exported(result, folder):
    write_workbook(result, folder / "schedule.xlsx")
    write_report(result, folder / "report.html")
    write_calendars(result, folder / "calendars")
    write_schedule(result, folder / "schedule.json")
    return texts(folder)


def test_no_byte_of_any_shared_file_tells(tmp_path):
    result = wished(private())
    assert any(v.violations for v in result.report.rules if SECRET in v.rule.sentence)      # there is much to tell
    for name, text in exported(result, tmp_path).items():
        assert not re.search(r"\bONC\b", text), name
        for word in UNSAYABLE:
            assert word not in text.casefold(), (name, word, text[max(0, text.casefold().find(word) - 90):][:200])
    assert SECRET in (tmp_path / "schedule.json").read_text()      # the program's own file holds it all


def test_private_leave_is_called_away_and_all_kinds_alike(tmp_path):
    texts_ = exported(private(), tmp_path)
    calendars = "".join(text for name, text in texts_.items() if name.endswith(".ics"))
    assert "SUMMARY:Away" in calendars
    assert "Away" in texts_["report.html"]
    seen = public(private())
    assert [leave.name for leave in seen.program.leaves] == ["Vacation", "Away"]
    assert "Away" in seen.schedule.layer.duties


def test_leave_made_private_later_is_forgotten_in_cancelled_events_too(tmp_path):
    open_ = shape(leaves=(Leave("Vacation"), Leave("Rehab")))
    write_calendars(open_, tmp_path)
    base = judged(open_.program, {p.id: dict.fromkeys(range(52), ("Clinic",)) for p in open_.program.people})
    program = replace(base.program, leaves=(Leave("Vacation"), Leave("Rehab", private=True)))
    write_calendars(replace(base, program=program), tmp_path)
    assert "Cancelled: Away" in texts(tmp_path)["changes/cancelled.ics"]
    assert not [name for name, text in texts(tmp_path).items() if "Rehab" in text]


def test_without_private_leave_nothing_is_changed():
    result = sample_result()
    assert public(result) == result


def test_twice_is_once():
    once = public(wished(private()))
    assert public(once) == once


def test_reasons_of_fixed_leave_are_dropped_and_other_reasons_kept():
    result = private()
    kept = replace(result.program.rules[0], because="that is how days work")
    program = replace(result.program, rules=(kept, *result.program.rules[1:]))
    rules = public(judged(program, dict(result.schedule.cells))).program.rules
    assert rules[0].because == "that is how days work"
    assert {rule.because for rule in rules if rule.name == "pinned"} == {""}
    assert {rule.source for rule in rules if rule.name == "pinned"} == {""}


def test_hidden_assumptions_are_counted_but_not_told():
    found = [a.text for a in public(private()).program.assumptions]
    assert found == [UNTOLD, "any leave: at most one away, Away included"]


@pytest.mark.parametrize(("leave", "text", "seen"), [
    ("Sick", "Sick Kids Clinic: Fellow 1 is sick.", "Sick Kids Clinic: Fellow 1 is Away."),
    ("Parental leave", "PARENTAL-LEAVE, parental leave", "Away, Away"),
    ("Sick", "homesickness and seasick", "homesickness and seasick"),
    ("Fellow", "Fellow 1 is on fellow leave", "Fellow 1 is on Away leave"),
])
def test_names_are_replaced_as_whole_words_and_other_names_stay(leave, text, seen):
    from scheduler.domain.program import Rotation
    from scheduler.export.public import Scrub
    program = shape(leaves=(Leave(leave, private=True),)).program
    program = replace(program, rotations=(*program.rotations, Rotation("Sick Kids Clinic")))
    assert Scrub.of(program)(text) == seen


def test_a_rotation_called_away_stays_apart():
    result = shape(leaves=(Leave("Away", "AW"), Leave("Sick", private=True)))
    assert [leave.name for leave in public(result).program.leaves] == ["Away", "Away from work"]
