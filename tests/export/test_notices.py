"""Change notices: in step with the calendars' ledger, only for those concerned, in words that others may read."""

import random
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest

from scheduler.check.duty_times import judge_year
from scheduler.comparing import compare_schedules
from scheduler.domain.schedule import Schedule
from scheduler.export.calendars import write_calendars
from scheduler.export.changed import Changed
from scheduler.export.notices import event_changes, notices, text, write_notices
from scheduler.export.sheet_changes import write_changes
from tests.export.day_program import SECRET, changed, emptied, free_week, program_of, small
from tests.export.ics import events
from tests.export.shapes import SECRET as ONCOLOGY
from tests.export.shapes import judged, private, shape

MEETINGS = """\
program: Meetings
timezone: America/Chicago
year: {start: 2026-07-06, end: 2026-08-16}
fellows: [{name: Ada}, {name: Ben}]
faculty: [{name: Dr Moon}]
rotations: [{name: Clinic, base: true}, {name: Ward, staffing: 0-1}]
leave: [{name: Vacation}]
"""


def stamps(folder, name):
    """UID → SEQUENCE of one calendar file."""
    return {str(e["UID"]): int(e["SEQUENCE"]) for e in events(folder / name)}


def in_step(old, new, folder):
    """Export the calendars of one year over those of the other; the notices name exactly the events that move."""
    new = replace(new, made=old.made + timedelta(1), version=old.version + 1)
    write_calendars(old, folder)
    names = {p.id: f"{p.id}.ics" for p in old.program.people}
    before = {id_: stamps(folder, name) for id_, name in names.items()}
    write_calendars(new, folder)
    told = {notice.person.id: notice for notice in notices(Changed.of(old, new))}
    for id_, name in names.items():
        was, now = before[id_], stamps(folder, name)
        moved = {uid for uid in {**was, **now} if was.get(uid) != now.get(uid)}
        named = {change.uid for change in told[id_].events} if id_ in told else set()
        assert named == moved, (id_, told.get(id_))
        if id_ in told:
            assert told[id_].file == name
            assert moved or told[id_].lines
    return told


@pytest.mark.parametrize("kind", ["weeks", "blocks", "months"])
def test_the_notice_names_the_events_that_the_ledger_counts_up(kind, tmp_path):
    rng, result = random.Random(kind), shape(kind, 3)
    duties, concerned = [d.name for d in result.program.duties], set()
    for n in range(3):
        cells = {who: dict(mine) for who, mine in result.schedule.cells.items()}
        for who in rng.sample(sorted(cells), n):
            concerned.add(who)
            for slot in rng.sample(sorted(cells[who]), 2):
                cells[who][slot] = (rng.choice(duties),)
        later = judged(result.program, cells)
        told = in_step(result, later, tmp_path / str(n))
        assert len(told) <= n
    assert concerned


def test_below_the_week_too(tmp_path):
    rng, base = random.Random(2), small()
    for n in range(3):
        result = base
        for layer in ("half-days", "call"):
            schedule = result.schedule.beside[layer]
            who = rng.choice(result.program.people)
            slots = rng.sample(list(schedule.layer.present(who)), 5)
            duties = [d for d in schedule.layer.duties if d != SECRET]
            result = changed(result, layer, who.id, {s: (rng.choice(duties),) if rng.random() < 0.7 else ()
                                                     for s in slots})
        told = in_step(base, result, tmp_path / str(n))
        assert told


def test_a_night_that_changes_hands_is_told_to_both_alone():
    base = small()
    calls = base.schedule.beside["call"]
    who, slot = next((p, s) for p in base.program.people for s, roles in calls.of(p) if roles == ("Night call",))
    other = next(p for p in base.program.people if p != who and not calls.at(p, slot))
    given = changed(changed(base, "call", who.id, {slot: ()}), "call", other.id, {slot: ("Night call",)})
    told = {n.person.id: n for n in notices(Changed.of(base, given))}
    assert set(told) == {who.id, other.id}
    assert told[who.id].lines[0].startswith("The night of ")
    assert told[who.id].lines[0].endswith(": no longer Night call.")
    assert told[other.id].lines[0].endswith(": now Night call.")
    assert [change.words[:4] for change in told[other.id].events if "call" in change.words] == ["new:"]


def test_conferences_too(tmp_path):
    series = """conferences:
  - {name: Journal Club, every: "Friday 12:00-13:00", presenters: fellows}
"""
    program = program_of(MEETINGS.replace("faculty: [{name: Dr Moon}]\n", "") + series)
    top, club = program.layers()
    weeks = {p.id: dict.fromkeys(top.slots, ("Clinic",)) for p in program.people}
    role = club.duties[0]
    years = []
    for turn in (0, 1):
        cells = {p.id: {s: (role,) for s in club.slots if (s + turn) % 2 == n} for n, p in enumerate(program.people)}
        if turn:                                        # only the first session is another
            cells = {p.id: {**years[0].schedule.beside["conferences"].cells[p.id]} for p in program.people}
            cells["ada"].pop(0)
            cells["ben"][0] = (role,)
        schedule = Schedule.joined([(top, weeks), (club, cells)])
        base = years[0] if years else shape("blocks")
        years.append(replace(base, program=program, schedule=schedule, report=judge_year(program, schedule), tiers=()))
    told = in_step(*years, tmp_path)
    assert told["ada"].lines == ("Friday 10 July 2026: you no longer present Journal Club.",)
    assert told["ben"].lines == ("Friday 10 July 2026: you present Journal Club.",)
    assert told["ben"].events[0].words == ("changed: You present: Journal Club, Friday 10 July 2026, 12:00–13:00 "
                                           "(was Journal Club)")


def test_what_one_of_them_does_not_say_is_not_compared():
    base = small()
    top = Schedule(base.schedule.layer, base.schedule.cells)
    found = compare_schedules(base.program, top, base.schedule)
    assert (found.changes, found.left_out, found.notices) == ([], ("half-days", "call"), [])
    assert not found.verdicts.any
    assert {v.rule.layer_name for v in found.new.report.rules} == {"rotations"}


def test_words_of_a_notice():
    result = shape("weeks")
    mine = dict(result.schedule.cells["fellow-0"])
    assert mine[0] == mine[1] == ("Clinic",)
    changed_year = judged(result.program, {**result.schedule.cells, "fellow-0": {**mine, 0: ("Vacation",)}})
    (notice,) = notices(Changed.of(result, changed_year))
    later = judged(result.program, {**result.schedule.cells, "fellow-0": {**mine, 1: ("Vacation",)}})
    assert notices(Changed.of(result, later))[0].subject == "Your schedule changes from 6 July 2026"
    letter = text(notice, "Sample & Co")
    assert letter.startswith("Subject: Your schedule changes from 1 July 2026 (Sample & Co)\n\nDear Fellow 0,\n")
    assert "  - From 1 July 2026: Vacation instead of Clinic (1 week, to 5 July).\n" in letter
    assert "  - changed: Vacation, 1 to 5 July 2026 (was Clinic – Main Building, 1 to 12 July 2026)\n" in letter
    assert "  - new: Clinic – Main Building, 6 to 12 July 2026\n" in letter
    assert "import fellow-0.ics again.\n" in letter                       # nothing is gone


def test_private_leave_is_away_in_every_file(tmp_path):
    result = private()
    mine = dict(result.schedule.cells["fellow-1"])
    there = judged(result.program, {**result.schedule.cells, "fellow-1": {**mine, 20: (ONCOLOGY,), 21: (ONCOLOGY,)}})
    other = judged(result.program, {**result.schedule.cells, "fellow-1": {**mine, 20: ("Sick",), 21: ("Sick",)}})
    found = Changed.of(result, there)
    written = [*write_notices(found, notices(found), tmp_path), write_changes(found, tmp_path / "changes.xlsx")]
    for path in written[:-1]:
        assert "oncology" not in path.read_text(encoding="utf-8").casefold()
    book = openpyxl.load_workbook(written[-1])
    said = [str(cell.value) + (cell.comment.text if cell.comment else "") for sheet in book for row in sheet.rows
            for cell in row if cell.value is not None]
    assert not [words for words in said if "oncology" in words.casefold()]
    assert any("Away" in words for words in said)
    assert notices(Changed.of(there, other)) == []                      # one private reason for another tells nobody


def test_texts_of_an_earlier_comparison_are_taken_away(tmp_path):
    result = shape("weeks")
    cells = result.schedule.cells
    one = judged(result.program, {**cells, "fellow-0": {**cells["fellow-0"], 0: ("Vacation",)}})
    two = judged(result.program, {**cells, "fellow-1": {**cells["fellow-1"], 0: ("Vacation",)}})
    for later in (one, two):
        found = Changed.of(result, later)
        write_notices(found, notices(found), tmp_path)
    assert [p.name for p in (tmp_path / "notices").iterdir()] == ["fellow-1.txt"]
    page = (tmp_path / "notices.html").read_text(encoding="utf-8")
    assert "Fellow 1" in page
    assert "Fellow 0" not in page


def test_changed_cells_are_framed_and_say_what_was_there(tmp_path):
    base = emptied(small())
    slot = free_week(base)[0]
    later = changed(base, "half-days", "a", {slot: ("Continuity clinic",)})
    week = base.program.half_days.slots[slot].period
    cells = {who: dict(mine) for who, mine in later.schedule.cells.items()}
    free = next(s for s, duties in later.schedule.of(base.program.people[1]) if duties == ("Office",) and s != week)
    cells["b"][free] = ("Lab",)
    top, *below = base.program.layers()
    schedule = Schedule.joined([(top, cells), *((x, later.schedule.beside[x.name].cells) for x in below)])
    later = replace(later, schedule=schedule, report=judge_year(base.program, schedule))
    found = Changed.of(base, later)
    sheet = openpyxl.load_workbook(write_changes(found, tmp_path / "c.xlsx"))["Schedule"]
    framed = {cell.coordinate: (cell.border.left.style, cell.comment.text) for row in sheet.iter_rows(min_row=7)
              for cell in row if cell.comment and cell.border.left.style in ("thick", "mediumDashed")}
    assert sorted(style for style, _ in framed.values()) == ["mediumDashed", "thick"]
    said = dict(framed.values())
    assert said["thick"].startswith("was Office")
    assert said["mediumDashed"].startswith("Continuity clinic (nothing before) on the morning of ")


def test_every_event_of_a_calendar_can_be_named():
    """Against an empty year everything is new."""
    result = small()
    top, *below = result.program.layers()
    empty = Schedule.joined([(layer, {}) for layer in (top, *below)])
    nothing = replace(result, schedule=empty, report=judge_year(result.program, empty))
    found = Changed.of(nothing, result)
    for person in result.program.people:
        words = [c.words for c in event_changes(found.old, found.new, person)]
        assert words
        assert all(w.startswith(("new: ", "changed: ", "gone: ")) for w in words)
