"""Calendars of a year with half-days and call: right times all year, nothing twice, and nobody in two places."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.export.calendar_names import call_keys, file_names, short_keys
from scheduler.export.calendars import write_calendars
from tests.examples.solved import result as example
from tests.export.day_program import AUTUMN, SPRING, TEXT, changed, person, program_of, small
from tests.export.ics import CHICAGO, PARSERS, by_icalendar, events, iso
from tests.sample import sample_result

PARTS = ("rotations", "half-days", "call")


@pytest.fixture(scope="module", params=[AUTUMN, SPRING], ids=["autumn", "spring"])
def season(request, tmp_path_factory):
    """The small year over one change of the clocks, with its calendars."""
    folder = tmp_path_factory.mktemp("calendars")
    write_calendars(small(request.param), folder)
    return small(request.param), folder


@pytest.fixture(scope="module")
def autumn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calendars")
    write_calendars(small(), folder)
    return folder


def utc(day, at):
    """A local time in the program's zone, as all parsers give it."""
    return iso(datetime.combine(day, at).replace(tzinfo=ZoneInfo(CHICAGO)))


# -- the right times

def test_three_parsers_read_the_same_times_on_both_sides_of_the_change_of_clocks(season):
    _, folder = season
    for path in sorted(folder.glob("*.ics")):
        first, second, third = (parse(path) for parse in PARSERS)
        assert first == second == third, path.name


def test_call_lasts_from_its_start_to_its_end_by_the_clock_on_the_wall(season):
    result, folder = season
    nights, schedule = result.program.nights.slots, result.schedule.beside["call"]
    times = {"Night call": (time(17), "Night call (home)"), "Hospital call": (time(7), "Hospital call (in-house)"),
             "Second call": (time(7), "Second call (backup, home)")}
    for fellow in result.program.people:
        wanted = set()
        for slot, roles in schedule.of(fellow):
            for start, title in (times[role] for role in roles):
                wanted.add((title, utc(nights[slot].day, start), utc(nights[slot].day + timedelta(1), time(7))))
        assert wanted
        for parse in PARSERS:
            assert set(parse(folder / f"{fellow.id}-call.ics").values()) == wanted, parse.__name__


def test_the_night_of_the_change_has_an_hour_more_or_less(season):
    result, folder = season
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    lengths = {}
    for title, start, end in by_icalendar(folder / "call-hospital-call.ics").values():
        assert "Hospital call (in-house)" in title
        hours = (datetime.fromisoformat(end) - datetime.fromisoformat(start)) / timedelta(hours=1)
        lengths.setdefault(hours, []).append(datetime.fromisoformat(start) - long_ago)
    odd = 25 if result.program.year.start == date(2026, 10, 5) else 23
    assert {hours: len(found) for hours, found in lengths.items()} == {24: 19, odd: 1}


def test_every_clinic_is_there_once_with_its_site(season):
    result, folder = season
    slots, schedule = result.program.half_days.slots, result.schedule.beside["half-days"]
    for fellow in result.program.people:
        hours = {day: [] for day in {s.day for s in slots}}
        for slot, duties in schedule.of(fellow):
            if "Continuity clinic" in duties:
                hours[slots[slot].day].append(slots[slot].half)
        wanted = {("Continuity clinic – West Campus", utc(day, halves[0].start), utc(day, halves[-1].end))
                  for day, halves in hours.items() if halves}
        read = {e for e in by_icalendar(folder / f"{fellow.id}-half-days.ics").values() if "Continuity" in e[0]}
        assert read == wanted
        shared = by_icalendar(folder / "rotation-continuity-clinic.ics").values()
        assert {(start, end) for title, start, end in shared if title == f"{fellow.name} – Continuity clinic"} == {
            (start, end) for _, start, end in wanted}


# -- nobody in two places

def overlapping(path):
    """Pairs of events that are at the same time, rotations (which leave the fellow free all day) left out."""
    spans = []
    for event in events(path):
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        if not isinstance(start, datetime):
            if event["TRANSP"] == "TRANSPARENT":
                continue
            start, end = (datetime.combine(day, time(), ZoneInfo(CHICAGO)) for day in (start, end))
        spans.append((start.astimezone(UTC), end.astimezone(UTC), str(event["SUMMARY"])))
    return [(one, two) for one, two in itertools.pairwise(sorted(spans)) if two[0] < one[1]]


def test_no_double_booking(season):
    result, folder = season
    for fellow in result.program.people:
        assert overlapping(folder / f"{fellow.id}.ics") == []


@pytest.mark.parametrize("name", ["mayo", "washu"])
def test_no_double_booking_in_the_examples(name, tmp_path):
    write_calendars(example(name), tmp_path)
    for fellow in example(name).program.people:
        assert overlapping(tmp_path / f"{fellow.id}.ics") == []
        assert len(events(tmp_path / f"{fellow.id}.ics")) > 20


def test_a_double_booking_would_be_seen(tmp_path):
    result = small()
    slot = next(s for s, d in result.schedule.beside["call"].of(person(result)) if d == ("Hospital call",))
    write_calendars(changed(result, "call", "a", {slot: ("Hospital call", "Second call")}), tmp_path)
    assert len(overlapping(tmp_path / "a.ics")) == 1


# -- files

def test_files_of_a_year_with_layers_below_the_week(autumn):
    assert {p.name for p in autumn.glob("*.ics")} == {
        "a.ics", "b.ics", "c.ics", *(f"{id_}-{part}.ics" for id_ in "abc" for part in PARTS),
        "rotation-office.ics", "rotation-ward.ics", "rotation-lab.ics", "rotation-continuity-clinic.ics",
        "rotation-simulation.ics", "rotation-scholarly-day.ics", "call-night-call.ics", "call-hospital-call.ics",
        "call-second.ics"}


def test_a_year_of_rotations_alone_has_no_other_files_than_before(tmp_path):
    result = sample_result()
    write_calendars(result, tmp_path)
    schedule, rotations = result.schedule, [r.name for r in result.program.rotations]
    staffed = {duty for person in schedule.people for slot in schedule.layer.slots
               for duty in schedule.at(person, slot)}.intersection(rotations)
    assert len(staffed) > 4 and {p.name for p in tmp_path.glob("*.ics")} == {
        *(f"fellow-{letter}.ics" for letter in "abcde"),
        *(f"rotation-{name.lower().replace(' ', '-')}.ics" for name in staffed)}


def test_the_parts_hold_the_very_events_of_the_whole(autumn):
    for id_ in "abc":
        parts = [by_icalendar(autumn / f"{id_}-{part}.ics") for part in PARTS]
        assert sum(map(len, parts)) == len({**parts[0], **parts[1], **parts[2]})
        assert by_icalendar(autumn / f"{id_}.ics") == {**parts[0], **parts[1], **parts[2]}
        assert all(parts)


def test_an_event_is_in_one_other_kind_of_file_at_most(autumn):
    shared = [path for path in autumn.glob("*.ics") if path.name.startswith(("rotation-", "call-"))]
    uids = [str(e["UID"]) for path in shared for e in events(path)]
    assert len(uids) == len(set(uids))
    own = {str(e["UID"]) for id_ in "abc" for e in events(autumn / f"{id_}.ics")}
    assert not own & set(uids)


def test_names_below_the_week_never_take_a_name_that_is_given():
    fellows = ["a", "a-call", "call-x", "b"]
    plain = file_names(fellows, {"Ward": "ward"})
    names = file_names(fellows, {"Ward": "ward"}, {"WARD": "ward"}, {"X": "x", "X!": "x!"}, PARTS)
    assert plain.items() <= names.items()
    assert len({n.casefold() for n in names.values()}) == len(names) == 5 + 1 + 2 + 4 * 3
    assert names["call", "b"] == "b-call.ics"
    assert names["call", "a"] != "a-call.ics" == names["fellow", "a-call"]


def test_keys_of_clinics_and_call_are_apart():
    program = program_of(TEXT.replace("name: Second call, kind", "name: Night-call, kind").replace(", id: second", ""))
    assert len(set(call_keys(program).values())) == 3
    assert short_keys(program)["Continuity clinic"] == "continuity-clinic"
