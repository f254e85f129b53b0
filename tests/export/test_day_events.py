"""What events below the week say, one by one: clinics, split days, leave, call, and who comes as a guest."""

from datetime import datetime, time, timedelta

from scheduler.export.calendars import write_calendars
from scheduler.export.day_events import call_events, half_day_events
from scheduler.export.view import View
from tests.export.day_program import changed, emptied, free_week, person, small
from tests.export.ics import events, local_times


def test_a_clinic_says_where_whom_to_ask_and_keeps_the_fellow_busy():
    result = small()
    clinic = next(e for e in half_day_events(View.of(result).days, person(result)) if "Continuity" in e.summary)
    assert (clinic.summary, clinic.location) == ("Continuity clinic – West Campus", "West Campus")
    assert clinic.description == "own patients; bring the list, please\nContact: 555-0100"
    assert (clinic.busy, clinic.categories) == ("busy", ("Half-day", "Continuity clinic"))


def test_call_says_how_it_is_taken_and_a_backup_is_free():
    result = small()
    calls = [e for p in result.program.people for e in call_events(View.of(result).days, p)]
    found = {e.categories[1]: e for e in calls}
    assert {e.summary for e in calls} == {"Night call (home)", "Hospital call (in-house)", "Second call (backup, home)"}
    assert (found["Night call"].busy, found["Night call"].description) == ("busy", "Contact: pager 12")
    assert found["Hospital call"].location == "Hospital"
    assert found["Hospital call"].description == "all consults\nThe day after is free."
    assert found["Second call"].busy == "free"


def of_week(result, week, id_="a"):
    """(title, start, end, busy) of the fellow's half-days in this week."""
    slots = result.program.half_days.slots
    first, last = slots[week[0]].day, slots[week[-1]].day
    return [(e.summary, e.start, e.end, e.busy) for e in half_day_events(View.of(result).days, person(result, id_))
            if first.isoformat() <= e.start.isoformat() <= (last + timedelta(1)).isoformat()]


def test_both_halves_of_a_day_are_one_event_and_two_days_are_two():
    base = emptied(small())
    week = free_week(base)
    clinic = dict.fromkeys(week[1:5], ("Continuity clinic",))             # Monday afternoon to Wednesday morning
    monday = base.program.half_days.slots[week[0]].day

    def at(days, hour):
        return datetime.combine(monday + timedelta(days), time(hour))

    title = "Continuity clinic – West Campus"
    assert of_week(changed(base, "half-days", "a", clinic), week) == [
        (title, at(0, 13), at(0, 17), "busy"), (title, at(1, 8), at(1, 17), "busy"),
        (title, at(2, 8), at(2, 12), "busy")]
    mixed = {week[0]: ("Continuity clinic",), week[1]: ("Simulation",)}
    assert of_week(changed(base, "half-days", "a", mixed), week) == [
        (title, at(0, 8), at(0, 12), "busy"), ("Simulation – Skills Center", at(0, 13), at(0, 17), "busy")]


def test_days_of_leave_are_out_of_office_and_scholarly_days_are_free():
    base = emptied(small())
    week = free_week(base)
    monday = base.program.half_days.slots[week[0]].day
    cells = {**dict.fromkeys(week[:4], ("Vacation",)), **dict.fromkeys(week[4:6], ("Scholarly day",)),
             week[6]: ("Vacation",)}
    one, two, scholarly, half = of_week(changed(base, "half-days", "a", cells), week)
    assert one == ("Vacation", monday, monday + timedelta(1), "away")
    assert two == ("Vacation", monday + timedelta(1), monday + timedelta(2), "away")
    assert (scholarly[0], scholarly[3]) == ("Scholarly day", "free")
    assert half == ("Vacation", datetime.combine(monday + timedelta(3), time(8)),
                    datetime.combine(monday + timedelta(3), time(12)), "away")


def test_a_split_day_is_two_events_and_the_other_days_are_the_rotation():
    result = emptied(small())
    days, fellow = View.of(result).days, person(result)
    holidays = set(result.program.year.holidays)
    after_call = {d.slot.day for d in days.of(fellow) if d.kind == "post-call"}
    wanted = []
    for slot, duties in result.schedule.of(fellow):
        for half in (result.program.half_days.slots[s] for s in result.program.half_days.by_period[slot]):
            morning = half.half.name == "morning"
            if half.day in holidays | after_call:
                continue
            if duties == ("Ward",):
                wanted.append((half.start, "Outpatients – West Campus" if morning else "Ward – Hospital"))
            if duties == ("Lab",) and half.day.weekday() == 3:
                wanted.append((half.start, "Lab – Hospital" if morning else "Office – Main Building, North Building"))
    assert len(wanted) >= 3 * 5 * 2
    assert [(e.start, e.summary) for e in half_day_events(days, fellow)] == wanted
    assert {e.busy for e in half_day_events(days, fellow)} == {"busy"}


def test_who_comes_to_a_rotation_for_half_days_is_in_its_calendar(tmp_path):
    write_calendars(small(), tmp_path)
    guests = [(title, start) for title, start, _ in local_times(tmp_path / "rotation-office.ics")
              if isinstance(start, datetime)]
    assert guests
    assert all(start.weekday() == 3 and start.hour == 13 for _, start in guests)
    assert {title.split(" – ")[1] for title, _ in guests} == {"Office"}


def test_a_run_says_which_of_its_sites_is_when(tmp_path):
    write_calendars(small(), tmp_path)
    runs = [e for id_ in "abc" for e in events(tmp_path / f"{id_}-rotations.ics") if "Office" in str(e["SUMMARY"])]
    both = [str(e["DESCRIPTION"]) for e in runs if "North Building" in str(e["LOCATION"]) and "Main" in e["LOCATION"]]
    assert all("Sites in turn: " in text and text.count(" Building from ") >= 2 for text in both)
    single = [e for e in runs if "Sites in turn" not in str(e["DESCRIPTION"])]
    assert {str(e["LOCATION"]) for e in single} <= {"Main Building", "North Building"}
    assert both
