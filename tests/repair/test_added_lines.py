"""Changes given as options are read as if they stood in the file, wherever the file keeps its lists."""

from datetime import date

import pytest

from scheduler.domain.fingerprint import same_program
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
    assert [told.where for told in added.lines] == [
        "In fellows.csv, in the row of Ben, 2026-09-20 under “end”.",
        "In fellows.csv, in the row of Cleo, 2026-07-13 under “start”."]


def test_a_rotation_that_closes_twice_and_one_taken_by_the_half_day(tmp_path):
    text = edited(TINY, ("  - {name: Headache, staffing: 0-1}", "  - {name: Headache, staffing: 0-1}\n"
                         "  - {name: Continuity, by: half-day, from: [Clinic]}"))
    words = (("closed", "Headache", "2026-07-13", "2026-07-19"), ("closed", "Headache", "2026-08-03", "2026-08-09"),
             ("closed", "Continuity", "2026-07-13", "2026-07-19"))
    added = Added(words)
    program = read_program(written(tmp_path, text), added)
    shut = next(r for r in program.rules if r.name == "who may" and "Headache" in r.what and r.during is not None)
    assert shut.during.slots == {1, 4}
    assert added.lines[0].lines == ["  - {name: Headache, staffing: 0-1, "
                                    "closed: [2026-07-13 to 2026-07-19, 2026-08-03 to 2026-08-09]}"]
    ruled_out = next(r for r in program.rules if r.name == "forbidden" and "Continuity" in r.what)
    days = {program.half_days.slots[s].day for s in ruled_out.during.slots}
    assert (min(days), max(days)) == (date(2026, 7, 13), date(2026, 7, 17))


def test_what_has_a_comma_is_quoted(tmp_path):
    text = edited(TINY, ("name: Ada,", 'name: "Ada, MD",'), ("fellow: Ada,", 'fellow: "Ada, MD",'))
    added = Added((("pin", "Ada, MD", "Clinic", "2026-07-13", "2026-07-19"),))
    program = read_program(written(tmp_path, text), added)
    assert added.lines[0].lines == [
        "pins:", '  - {fellow: "Ada, MD", rotation: Clinic, during: 2026-07-13 to 2026-07-19}']
    assert any(r.name == "pinned" and r.place == "--pin" for r in program.rules)


def test_without_changes_nothing_is_different(tmp_path):
    path = written(tmp_path, TINY)
    assert read_program(path).digest == read_program(path, Added()).digest


LEAVE = ("leave", "Ada", "Sick leave", "2026-08-31", "2026-09-06")
CHANGES = (LEAVE, ("leave", "Ben", "Vacation", "2026-08-03", "2026-08-09"),
           ("pin", "Cleo", "Hospital", "2026-07-13", "2026-07-19"),
           ("not", "Ben", "Hospital", "2026-07-06", "2026-07-12"),
           ("gone", "Cleo", "2026-09-13"), ("late", "Ben", "2026-07-13"),
           ("closed", "Procedures", "2026-08-17", "2026-08-23"), ("closed", "Headache", "2026-07-06", "2026-07-12"))
KINDS = """leave:
  - {name: Vacation, weeks: 1}
  - {name: Sick leave, private: true}
"""
WAYS = {
    "a plain list of leave": (),
    "a section that is there": (
        (KINDS, KINDS + "\napproved leave:\n- {fellow: Cleo, kind: Vacation, from: 2026-09-21}\n"),),
    "approved under leave": ((KINDS, """leave:
    kinds: [{name: Vacation, weeks: 1}, {name: Sick leave, private: true}]
    approved:
        - fellow: Cleo
          kind: Vacation
          from: 2026-09-21
"""),),
    "kinds alone": ((KINDS, "leave: {kinds: [{name: Vacation, weeks: 1}, {name: Sick leave, private: true}]}\n"),),
    "pins, and comments": (
        ("leave:\n", "pins:\n    # the wedding\n"
         "    - {fellow: Ada, rotation: Clinic, during: 2026-07-27}    # promised\n\nleave:\n"),),
    "line by line": (("  - {name: Procedures, staffing: 0-1}", "  - name: Procedures\n    staffing: 0-1   # one"),
                     ("  - {name: Ben, background: neurology}", "  -   background: neurology\n      name: Ben"),
                     ("  - {name: Cleo, background: anesthesiology}",
                      "  - name: Cleo\n    background: anesthesiology\n    end: 2026-09-20   # as planned")),
    "keys that are there": (
        ("  - {name: Cleo, background: anesthesiology}",
         "  - {name: Cleo, end: '2026-09-20', background: anesthesiology}   # {as planned}"),
        ("  - {name: Headache, staffing: 0-1}", "  - {name: Headache, closed: 2026-08-03, staffing: 0-1}")),
}


def put_in(text, told):
    """The file with the lines where they are told to be, the last first, so that the numbers stay right."""
    lines = text.splitlines()
    for one in sorted(told, key=lambda t: (t.kind != "end", -t.line)):
        assert one.file == "program.yaml"
        if one.kind == "end":
            lines += one.lines
        else:
            first, last = {"above": (one.line - 1, one.line - 1), "below": (one.line, one.line),
                           "instead": (one.line - 1, one.line)}[one.kind]
            lines[first:last] = one.lines
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("way", WAYS)
def test_the_lines_put_in_as_told_say_the_same(tmp_path, way):
    text = edited(TINY, *WAYS[way])
    added = Added(CHANGES)
    asked = read_program(written(tmp_path, text), added)
    again = read_program(written(tmp_path, put_in(text, added.lines)))
    assert same_program(again) == same_program(asked)
    assert same_program(again) != same_program(read_program(written(tmp_path, text)))


def test_what_cannot_be_shown_as_a_line_is_told_in_words(tmp_path):
    text = edited(TINY, (f"fellows:\n{PEOPLE}", "fellows: [Ada, Ben, Cleo]\n"), ("leave:\n", "pins: []\n\nleave:\n"),
                  ("weeks: 1, for: not anesthesiology", "weeks: 1"))
    added = Added((("gone", "Ben", "2026-09-20"), ("pin", "Ada", "Clinic", "2026-07-13", "2026-07-19")))
    read_program(written(tmp_path, text), added)
    assert [told.where for told in added.lines] == [
        "In program.yaml, “fellows”, with Ben (line 5): end: 2026-09-20.",
        "In program.yaml, line 14, first inside the brackets of “pins”, followed by a comma: {fellow: Ada, rotation: "
        "Clinic, during: 2026-07-13 to 2026-07-19}"]
