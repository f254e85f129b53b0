"""Repairs reach the layers below the rotations: past nights stay, and nights and half-days are counted."""

from datetime import date

from scheduler.explain.notice import Notice
from scheduler.io.added_lines import Added
from scheduler.io.program_file import read_program
from scheduler.repairing import repair_year
from scheduler.year import plan_year
from tests.examples.solved import written

PROGRAM = """\
program: Six weeks
year: {start: 2026-07-06, end: 2026-08-16, period: week}
fellows: [Ada, Ben, Cleo]
rotations:
  - {name: Clinic, base: true}
  - {name: Hospital, staffing: 1}
  - {name: Continuity, by: half-day, open: [Tuesday, Thursday], not during: [Hospital]}
leave:
  - {name: Sick leave, private: true}
requirements:
  - {rotation: Hospital, weeks: 1-3}
  - {rotation: Continuity, half-days: 4-8, per week: 2}
call:
  - {name: Night call, kind: home, nights: weekends, time: 17:00-07:00, hours: 2, people: 1}
"""


def read(folder, *words):
    """The program with these changes."""
    return read_program(written(folder, PROGRAM), Added(words))


def test_past_nights_stay_and_later_ones_are_counted(tmp_path):
    old = plan_year(read(tmp_path), reasons=0.0).schedule
    program = read(tmp_path, ("leave", "Ada", "Sick leave", "2026-08-03", "2026-08-16"))
    repair = repair_year(program, old, Notice(date(2026, 7, 20), 1), reasons=0.0)
    assert repair.result.status == "optimal"
    assert repair.result.report.ok
    for name, days in (("half-days", program.half_days), ("call", program.nights)):
        was, now = old.beside[name], repair.result.schedule.beside[name]
        kept = [s.index for s in days.slots if s.day < date(2026, 7, 27)]
        assert all(was.at(p, s) == now.at(p, s) for p in was.people for s in kept)
        assert any(was.at(p, s) for p in was.people for s in kept)
    away = repair.result.schedule.beside["half-days"]
    assert not [s for s, d in away.of(away.people[0]) if d and program.half_days.slots[s].day >= date(2026, 8, 3)]
    proven = sum(t.value for t in repair.result.tiers if t.name.startswith("fewest changes"))
    assert proven == repair.weight == sum(weight for _, weight in repair.chosen)
