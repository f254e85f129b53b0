"""schedule.json goes round with conferences and topics, and says what in them does not fit the program."""

import json
from functools import cache

import pytest

from scheduler.export.schedule_json import write_schedule
from scheduler.io.problems import BadInput
from scheduler.io.schedule_json import read_result, read_schedule
from scheduler.year import plan_year
from tests.export.day_program import program_of

TEXT = """\
program: Small Fellowship
institution: Sample Clinic
timezone: America/Chicago
year: {start: 2026-10-05, end: 2026-11-15}
fellows:
  - {id: a, name: Fellow A}
  - {id: b, name: Fellow B}
rotations:
  - {name: Office, base: true}
conferences:
  - {name: Noon Lecture, id: noon, every: Tuesday 12:00-13:00, presenters: fellows,
     topics: [Anatomy, {name: Opioids, sessions: 2}]}
"""


@cache
def taught():
    """The program, solved and checked."""
    return plan_year(program_of(TEXT), reasons=0)


def test_conferences_and_topics_go_round(tmp_path):
    result = taught()
    path = write_schedule(result, tmp_path / "schedule.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    assert len(data["conferences"]) == 6
    assert sorted(e["topic"] for e in data["topics"]) == ["Anatomy", "Opioids", "Opioids"]
    assert {e["series"] for e in (*data["conferences"], *data["topics"])} == {"Noon Lecture"}
    back = read_result(path, result.program)
    for name, layer in result.schedule.beside.items():        # whoever has nothing has no entry, so no row either
        read = back.schedule.beside[name]
        assert [list(read.of(person)) for person in layer.people] == [list(layer.of(person)) for person in layer.people]
    assert back.report == result.report
    assert write_schedule(back, tmp_path / "again.json").read_bytes() == path.read_bytes()


def test_what_does_not_fit_is_told(tmp_path):
    path = write_schedule(taught(), tmp_path / "schedule.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    good = {"date": "2026-10-06", "series": "Noon Lecture", "role": "Noon Lecture", "presenter": "a"}
    data["conferences"] += [good | {"presenter": "z"}, good | {"role": "Noon"}, good | {"date": "2026-10-07"}]
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_schedule(path, taught().program)
    assert [p.message for p in caught.value.problems] == [
        "conferences: z is not in the program.",
        "conferences: “Noon” is no conference with presenters of the program.",
        "conferences: There is no session of Noon Lecture on 7 October 2026."]
