"""Our own workbook read back: the same cells in every layer, also after somebody has worked in it."""

import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from scheduler.check.differences import changes
from scheduler.domain.program import CallRole, Leave
from scheduler.domain.schedule import Schedule
from scheduler.export.workbook import write_workbook
from scheduler.io.any_schedule import read_any_schedule, read_anything
from scheduler.io.problems import BadInput
from tests.examples.solved import result
from tests.export import day_program
from tests.export.books import SHAPES
from tests.export.day_shapes import JURY, NIGHTS, A, day_result
from tests.export.day_shapes import day_program as day_program_
from tests.export.shapes import shape
from tests.export.test_conference_json import taught

READ = {name: make for name, make in SHAPES.items() if name not in ("private", "sixty fellows")}


def written(made, folder, *edits):
    """The workbook of a result, after edits of the opened book."""
    path = write_workbook(made, folder / "schedule.xlsx")
    if edits:
        book = openpyxl.load_workbook(path)
        for edit in edits:
            edit(book)
        book.save(path)
    return path


@pytest.mark.parametrize("name", READ)
def test_a_workbook_reads_back_as_it_was_written(name, tmp_path):
    made = READ[name]()
    got = read_anything(written(made, tmp_path), made.program)
    assert changes(made.schedule, got.schedule) == []
    assert (got.kind, got.absent) == ("workbook", ())
    assert got.written is not None


def test_an_example_reads_back_in_every_layer(tmp_path):
    made = result("tiny")
    got = read_any_schedule(written(made, tmp_path), made.program)
    assert changes(made.schedule, got) == []
    assert list(got.beside) == list(made.schedule.beside)


def test_the_small_program_with_days_reads_back(tmp_path):
    made = day_program.small()
    assert changes(made.schedule, read_any_schedule(written(made, tmp_path), made.program)) == []


def test_renamed_sheets_sorted_rows_and_a_lost_hidden_sheet(tmp_path):
    made = day_result()

    def edit(book):
        for sheet, name in (("Schedule", "Plan"), ("Days", "Tage"), ("Call", "Pager list")):
            book[sheet].title = name
        plan = book["Plan"]
        for merge in [m for m in plan.merged_cells.ranges if m.min_row in (7, 8, 9)]:
            plan.unmerge_cells(str(merge))
        rows = [[plan.cell(r, c).value for c in range(1, 7)] for r in (7, 8)]
        for r, values in zip((8, 7), rows, strict=True):
            for c, value in enumerate(values, start=1):
                plan.cell(r, c).value = value
        del book["_ids"]

    got = read_anything(written(made, tmp_path, edit), made.program)
    lost = {(c.person.id, c.layer) for c in changes(made.schedule, got.schedule)}
    assert lost <= {(A, "rotations")} or not lost           # unmerging empties all cells but the first
    assert got.kind == "table" and got.written is None


def test_a_fellow_renamed_in_the_program_is_known_by_the_hidden_ids(tmp_path):
    made = SHAPES["blocks"]()
    path = written(made, tmp_path)
    program = replace(made.program, people=tuple(replace(p, name=f"Dr. {p.name}") for p in made.program.people))
    assert changes(made.schedule, read_any_schedule(path, program)) == []


def test_the_workbook_of_another_year_or_format_is_refused(tmp_path):
    path = written(shape("blocks"), tmp_path)
    with pytest.raises(BadInput, match=r"other dates \(13 periods from 2026-07-01\) than the program \(12 from"):
        read_any_schedule(path, shape("months").program)
    with pytest.raises(BadInput, match="Take the workbook of this year and program"):
        read_any_schedule(path, shape("leap").program)
    newer = written(shape("blocks"), tmp_path, lambda book: book["_ids"].__setitem__("B1", 2))
    with pytest.raises(BadInput, match="has format 2; this program reads format 1"):
        read_any_schedule(newer, shape("blocks").program)


def test_edits_of_call_and_half_days_are_read(tmp_path):
    made = day_result()

    def edit(book):
        call = book["Call"]
        assert call["D6"].value == "Fellow A" and call["E6"].value == "Fellow B"
        call["D6"], call["E6"] = "fellow-b", "Fellow A, Fellow C"
        days = book["Days"]
        row = next(r for r in range(6, 40) if str(days.cell(r, 2).value).startswith("2026-07-07"))
        assert days.cell(row, 4).value in ("HC", "Heart clinic")
        days.cell(row, 4).value = None
        days.cell(row, 6).value = "heart clinic"

    got = changes(made.schedule, read_any_schedule(written(made, tmp_path, edit), made.program))
    assert {(c.layer, c.person.name, c.before, c.after) for c in got} >= {
        ("call", "Fellow A", ("Night",), ("Pager",)), ("call", "Fellow B", ("Pager",), ("Night",)),
        ("call", "Fellow C", (), ("Pager",)), ("half-days", "Fellow A", ("Heart clinic",), ())}
    assert ("Heart clinic",) in {c.after for c in got if c.person.name == "Fellow B"}
    assert {c.layer for c in got} == {"call", "half-days"}


def test_mistakes_in_call_and_half_days_have_their_place(tmp_path):
    def edit(book):
        book["Call"]["D6"] = "Fellow A, Felow B"
        book["Call"]["A7"] = "2025-07-03"
        book["Days"]["F8"] = "Hart clinic"

    with pytest.raises(BadInput) as bad:
        read_any_schedule(written(day_result(), tmp_path, edit), day_result().program)
    said = str(bad.value)
    assert "Call!D6: “Felow B” is nobody in the program.\n  → Did you mean “Fellow" in said
    assert "Call!A7: 3 July 2025 is outside the year" in said
    assert "Days!F8: “Hart clinic” is no clinic, short rotation or leave by the day" in said
    assert "Did you mean “Heart clinic”?" in said


def test_a_changed_week_does_not_turn_old_half_days_into_leave(tmp_path):
    program = day_program.small().program
    made = day_program.small()
    week = next(s for p in made.schedule.people for s, d in made.schedule.of(p) if d == ("Office",))
    person = next(p for p in made.schedule.people if made.schedule.at(p, week) == ("Office",))

    def edit(book):
        sheet = book["Schedule"]
        row = next(r for r in range(7, 12) if sheet.cell(r, 1).value == person.name)
        for merge in [m for m in sheet.merged_cells.ranges if m.min_row == row]:
            text = sheet.cell(row, merge.min_col).value
            sheet.unmerge_cells(str(merge))
            for column in range(merge.min_col, merge.max_col + 1):
                sheet.cell(row, column).value = text
        sheet.cell(row, 3 + week).value = "Lab"

    got = changes(made.schedule, read_any_schedule(written(made, tmp_path, edit), program))
    assert [(c.layer, c.slot, c.after) for c in got] == [("rotations", week, ("Lab",))]


def test_private_leave_is_known_where_there_is_one_kind_or_a_pin_or_the_schedule_it_was_made_from(tmp_path):
    made = SHAPES["private"]()
    path = written(made, tmp_path)
    assert changes(made.schedule, read_anything(path, made.program, made.schedule).schedule) == []
    with pytest.raises(BadInput) as bad:
        read_any_schedule(path, made.program)
    assert str(bad.value).count("“Away” stands for") == 1 and "It stands in" in str(bad.value)
    day = day_result()
    assert JURY in {d for p in day.schedule.people for _, ds in day.schedule.beside["half-days"].of(p) for d in ds}
    assert changes(day.schedule, read_any_schedule(written(day, tmp_path), day.program)) == []


def test_a_grid_without_the_layers_below_says_so(tmp_path):
    made = day_result()

    def edit(book):
        for name in book.sheetnames:
            if name not in ("Schedule", "_ids"):
                del book[name]

    got = read_anything(written(made, tmp_path, edit), made.program)
    assert got.absent == ("half-days", "call") and got.schedule.beside == {}


def test_shared_abbreviations_do_not_mix_up_layers(tmp_path):
    program = replace(SHAPES["blocks"]().program, calls=(CallRole("Clinic call", short="CC"),))
    made = SHAPES["blocks"]()
    top, call = program.layers()
    schedule = Schedule.joined([(top, made.schedule.cells), (call, {"fellow-0": {3: ("Clinic call",)}})])
    made = replace(made, program=program, schedule=schedule)
    assert changes(schedule, read_any_schedule(written(made, tmp_path), program)) == []
    assert not any(isinstance(duty, Leave) for duty in program.calls)


def test_the_bytes_are_not_touched(tmp_path):
    path = written(shape("months"), tmp_path)
    before = path.read_bytes()
    read_any_schedule(path, shape("months").program)
    assert path.read_bytes() == before and io.BytesIO(before).read(2) == b"PK"


@pytest.mark.parametrize("name", [
    "Weekend call", "Weekday call", "Weekly backup", "Week", "Day call", "Day", "Date pager", "Kind", "Kindness line",
    "Holiday", "Holiday call", "On call", "Off", "Time", "Hospital"])
def test_call_roles_that_are_called_like_other_heads(name, tmp_path):
    called = [CallRole(name, kind="in-house", free_after=1), CallRole("Pager", hours=2)]
    nights = {who: {day: name if role == "Night" else role for day, role in mine.items()}
              for who, mine in NIGHTS.items()}
    for calls in (called, called[::-1]):
        made = day_result(replace(day_program_(), calls=tuple(calls), rules=()), nights)
        path = written(made, tmp_path)
        assert changes(made.schedule, read_any_schedule(path, made.program)) == []

        def edit(book):
            days = book["Days"]
            column = next(c for c in range(9, 14) if days.cell(4, c).value == name)
            assert days.cell(6, column).value == "Fellow A"
            days.cell(6, column).value = "Fellow C"

        got = changes(made.schedule, read_any_schedule(written(made, tmp_path, edit), made.program))
        assert {(c.person.name, c.before, c.after) for c in got} == {
            ("Fellow A", (name,), ()), ("Fellow C", (), (name,))}


@pytest.mark.parametrize("head", ["Day", "Night call", "NC", "Night call, 17:00–07:00"])
def test_a_list_of_call_of_anybodys(head, tmp_path):
    made = day_result(replace(day_program_(), calls=(CallRole("Night call", short="NC", also=("Day",)),), rules=()),
                      {who: {} for who in NIGHTS})

    def edit(book):
        del book["Days"]
        for row in book["Call"].iter_rows():
            for cell in row:
                cell.value = None
        for row, values in enumerate([["Date", head], ["2026-07-01", "Fellow A"], ["2026-07-02", "Fellow B"]], start=1):
            for column, value in enumerate(values, start=1):
                book["Call"].cell(row, column).value = value

    got = read_any_schedule(written(made, tmp_path, edit), made.program).beside["call"]
    assert {who: list(mine.values()) for who, mine in got.cells.items() if mine} == {
        "fellow-a": [("Night call",)], "fellow-b": [("Night call",)]}


def test_a_week_without_a_column_is_told_though_other_sheets_know_the_fellows(tmp_path):
    made = day_result()

    def edit(book):
        sheet = book["Schedule"]
        for merge in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merge))
        column = next(c for c in range(3, 7) if sheet.cell(5, c).value == datetime(2026, 7, 6))
        sheet.delete_cols(column)

    with pytest.raises(BadInput) as bad:
        read_any_schedule(written(made, tmp_path, edit), made.program)
    assert len(bad.value.problems) == 1
    said = str(bad.value)
    assert "schedule.xlsx!Schedule!D6: The week of 6 July has no column." in said
    assert "→ Insert it here again, with the date above; the cells may stay empty." in said


def test_the_same_of_many_cells_is_said_once(tmp_path):
    made = day_result()

    def edit(book):
        for row in range(6, 26):
            book["Days"].cell(row, 10).value = "Nobody"
        book["Call"]["D6"] = "Nobody"

    with pytest.raises(BadInput) as bad:
        read_any_schedule(written(made, tmp_path, edit), made.program)
    days, call = sorted(bad.value.problems, key=lambda p: -len(p.message))
    assert days.place.cell == "Days!J6" and call.place.cell == "Call!D6"
    assert days.message == ("“Nobody” is nobody in the program (J6, J7, J8, J9, J10, J11, J12, J13, J14, J15, J16 and "
                            "9 more).")
    assert call.message == "“Nobody” is nobody in the program."


@pytest.mark.parametrize(("sheet", "cell"), [("Call", "D6"), ("Days", "J6")])
def test_call_may_be_changed_on_either_of_its_sheets(sheet, cell, tmp_path):
    made = day_result()

    def edit(book):
        assert book[sheet][cell].value == "Fellow A"
        book[sheet][cell] = "Fellow C"

    got = changes(made.schedule, read_any_schedule(written(made, tmp_path, edit), made.program))
    assert {(c.person.name, c.before, c.after) for c in got} == {
        ("Fellow A", ("Night",), ()), ("Fellow C", (), ("Night",))}

    def both(book):
        book["Call"]["D6"], book["Days"]["J6"] = "Fellow C", "Fellow B"

    with pytest.raises(BadInput, match="Two sheets were changed and say different things about Night on 29 June"):
        read_any_schedule(written(made, tmp_path, both), made.program)


def test_conferences_and_topics_read_back_and_their_edits(tmp_path):
    made = taught()

    def edit(book):
        sheet = book["Didactics"]
        heads = {sheet.cell(4, c).value: c for c in range(1, 11)}
        sheet.cell(5, heads["Presenters"]).value = "fellow a and Fellow B"
        sheet.cell(6, heads["Topic"]).value = "anatomy"

    assert changes(made.schedule, read_any_schedule(written(made, tmp_path), made.program)) == []
    got = read_any_schedule(written(made, tmp_path, edit), made.program)
    assert all(got.beside["conferences"].at(p, 0) for p in made.program.people)
    assert got.beside["topics"].cells["noon"][1] == ("Anatomy",)

    def wrong(book):
        book["Didactics"]["F5"], book["Didactics"]["G6"] = "Anatomie", "Fellow X"
        book["Didactics"]["D7"] = "Morning Lecture"

    with pytest.raises(BadInput) as bad:
        read_any_schedule(written(made, tmp_path, wrong), made.program)
    for said in ("Didactics!F5: “Anatomie” is no topic of Noon Lecture", "Didactics!G6: “Fellow X” is nobody",
                 "There is no session of Morning Lecture on"):
        assert said in str(bad.value)
