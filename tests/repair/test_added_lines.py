"""Changes given as options are read as if they stood in the file, wherever the file keeps its lists."""

from datetime import date

from scheduler.io.added_lines import Added
from scheduler.io.program_file import read_program
from tests.examples.solved import edited, written
from tests.repair.year import TINY

PEOPLE = """\
  - {name: Ada, background: anesthesiology}
  - {name: Ben, background: neurology}
  - {name: Cleo, background: anesthesiology}
"""


def test_people_in_a_table_beside_the_program(tmp_path):
    text = edited(TINY, (f"fellows:\n{PEOPLE}", "fellows: fellows.csv\n"))
    (tmp_path / "fellows.csv").write_text(
        "name,background\nAda,anesthesiology\nBen,neurology\nCleo,anesthesiology\n", encoding="utf-8")
    added = Added((("gone", "ben", "2026-09-20"), ("late", "Cleo", "2026-07-13")))
    program = read_program(written(tmp_path, text), added)
    assert program.here == {"ben": frozenset(range(11)), "cleo": frozenset(range(1, 12))}
    assert added.lines == ["fellows: on the line of Ben:  end: 2026-09-20",
                           "fellows: on the line of Cleo:  start: 2026-07-13"]


def test_a_rotation_that_closes_twice_and_one_taken_by_the_half_day(tmp_path):
    text = edited(TINY, ("  - {name: Headache, staffing: 0-1}", "  - {name: Headache, staffing: 0-1}\n"
                         "  - {name: Continuity, by: half-day, from: [Clinic]}"))
    words = (("closed", "Headache", "2026-07-13", "2026-07-19"), ("closed", "Headache", "2026-08-03", "2026-08-09"),
             ("closed", "Continuity", "2026-07-13", "2026-07-19"))
    added = Added(words)
    program = read_program(written(tmp_path, text), added)
    shut = next(r for r in program.rules if r.name == "who may" and "Headache" in r.what and r.during is not None)
    assert shut.during.slots == {1, 4}
    assert "closed: [2026-07-13 to 2026-07-19, 2026-08-03 to 2026-08-09]" in added.lines[1]
    ruled_out = next(r for r in program.rules if r.name == "forbidden" and "Continuity" in r.what)
    days = {program.half_days.slots[s].day for s in ruled_out.during.slots}
    assert (min(days), max(days)) == (date(2026, 7, 13), date(2026, 7, 17))


def test_what_has_a_comma_is_quoted(tmp_path):
    text = edited(TINY, ("name: Ada,", 'name: "Ada, MD",'), ("fellow: Ada,", 'fellow: "Ada, MD",'))
    added = Added((("pin", "Ada, MD", "Clinic", "2026-07-13", "2026-07-19"),))
    program = read_program(written(tmp_path, text), added)
    assert added.lines == ['pins:  - {fellow: "Ada, MD", rotation: Clinic, during: 2026-07-13 to 2026-07-19}']
    assert any(r.name == "pinned" and r.place == "--pin" for r in program.rules)


def test_without_changes_nothing_is_different(tmp_path):
    path = written(tmp_path, TINY)
    assert read_program(path).digest == read_program(path, Added()).digest
