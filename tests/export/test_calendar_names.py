"""No two calendars share a file, and no two events a UID, whatever people call things."""

from collections import Counter
from dataclasses import replace

import icalendar
import pytest

from scheduler.domain.layer import Person
from scheduler.domain.program import Rotation
from scheduler.export.calendar_names import file_names, rotation_keys
from scheduler.export.calendars import write_calendars
from tests.export.shapes import judged, shape


def clashing():
    """Two rotations of one key, and a fellow called like a rotation's file."""
    people = (Person("rotation-clinic", "Fellow R"), Person("fellow-1", "Fellow 1"))
    rotations = (Rotation("Clinic"), Rotation("Pain!"), Rotation("Pain?"), Rotation("Other", id="pain"))
    program = replace(shape().program, people=people, rotations=rotations, leaves=(), rules=())
    walk = [r.name for r in rotations]
    return judged(program, {p.id: {s: (walk[(s + n) % 4],) for s in range(52)} for n, p in enumerate(people)})


def test_no_calendar_is_lost_and_no_event_stands_for_two(tmp_path):
    result = clashing()
    written = write_calendars(result, tmp_path)
    assert len(set(written)) == len(written) == 2 + 4
    names = {str(icalendar.Calendar.from_ical(p.read_bytes())["X-WR-CALNAME"]).split(" – ")[0] for p in written}
    assert names == {"Fellow R", "Fellow 1", "Clinic", "Pain!", "Pain?", "Other"}
    uids = Counter(str(e["UID"]) for p in written for e in icalendar.Calendar.from_ical(p.read_bytes()).walk("VEVENT"))
    assert set(uids.values()) == {1}


def test_names_do_not_depend_on_the_order_in_the_file(tmp_path):
    program = clashing().program
    turned = replace(program, rotations=program.rotations[::-1])
    assert rotation_keys(program) == rotation_keys(turned)
    assert file_names(["a", "b"], rotation_keys(program)) == file_names(["b", "a"], rotation_keys(turned))


def test_plain_names_stay_plain():
    assert file_names(["fellow-a"], {"MIPS": "mips"}) == {
        ("fellow", "fellow-a"): "fellow-a.ics", ("rotation", "MIPS"): "rotation-mips.ics"}


@pytest.mark.parametrize("id_", ["con", "AUX", "../../etc", "a/b", "", ".", "x.y"])
def test_no_name_leaves_the_folder_or_is_kept_by_windows(id_):
    name = file_names([id_], {})["fellow", id_]
    stem = name.removesuffix(".ics")
    assert stem
    assert not set("/\\.:") & set(stem)
    assert stem.casefold() not in ("con", "aux")


def test_letters_that_differ_only_in_size_are_two_files():
    names = file_names(["Fellow-A", "fellow-a"], {})
    assert len({n.casefold() for n in names.values()}) == 2
