"""Requests, pins, approved leave and cohort weeks read rightly; wishes that cannot come true are refused."""

import pytest

from constraints.forbidden import Forbidden
from constraints.pinned import Pinned
from constraints.ranked_requests import RankedRequests
from constraints.together import Together
from scheduler.explain.decided import decided
from tests.io.small import EVERYTHING, MINIMAL, read, wrong

OWED = MINIMAL.replace("- Vacation", "- {name: Vacation, weeks: 3}")


def wishes(tmp_path, text):
    rule = next(r for r in read(tmp_path, text).rules if isinstance(r, RankedRequests))
    return {(w.person, w.kind, w.rank): w for w in rule.wishes_for}, rule


def test_kinds_ranks_and_modes(tmp_path):
    found, rule = wishes(tmp_path, EVERYTHING)
    assert set(found) == {("a", "Vacation", 1), ("a", "Vacation", 2), ("a", "Elective", 1), ("fellow-c", "Timing", 1),
                          ("fellow-c", "Timing", 2)}
    assert found["a", "Vacation", 1].slots == {25} and found["a", "Vacation", 2].slots == {37, 38}
    assert {w.mode for key, w in found.items() if key[1] == "Vacation"} == {"all"}
    assert found["a", "Elective", 1].what.duties == {"Procedures"} and found["a", "Elective", 1].mode == "any"
    assert [found["fellow-c", "Timing", n].mode for n in (1, 2)] == ["any", "none"]
    assert rule.priority == "wishes"
    assert rule.most == tuple((p, "Vacation", 3) for p in ("a", "fellow-b", "fellow-c"))


def test_timing_and_avoiding_share_one_purse(tmp_path):
    wish = "{{rotation: Ward, during: {}}}"
    months = ("July", "August", "September", "October", "November", "December")
    text = MINIMAL + "requests:\n" + "".join(
        f"  - {{fellow: Fellow A, {'timing' if n % 2 else 'avoid'}: [{wish.format(month)}]}}\n"
        for n, month in enumerate(months))
    assert wrong(tmp_path, text) == ["This is request number 6 of one kind."]
    found, _ = wishes(tmp_path, text[:text.rindex("  - {fellow")])
    assert sorted(rank for _, kind, rank in found) == [1, 2, 3, 4, 5]


def test_a_fellow_on_several_lines_has_one_list(tmp_path):
    found, _ = wishes(tmp_path, OWED + """requests:
  - {fellow: Fellow A, vacation: 2026-12-21}
  - {fellow: Fellow B, vacation: 2026-12-21}
  - {fellow: fellow-a, Vacation: 2026-07-06}
""")
    assert found["fellow-a", "Vacation", 2].slots == {1}
    assert found["fellow-b", "Vacation", 1].slots == {25}


def test_wishes_come_first_unless_the_file_says_otherwise(tmp_path):
    text = OWED + "requests: [{fellow: Fellow A, vacation: 2026-12-21}]\n"
    assert read(tmp_path, text).priorities == ("wishes",)
    assert read(tmp_path, text + "priorities: [fairness, wishes]\n").priorities == ("fairness", "wishes")


@pytest.mark.parametrize("lines, words", [
    ("cohort weeks: [{rotation: Ward, in: 2026-12-21}]", "Ward is fixed in the week of 21 December"),
    ("rules: [{rule: forbidden, of: Vacation, during: December}]", "ruled out for this fellow in the week of 21"),
    ("rules: [{rule: who may, of: Vacation, only: Fellow B}]", "ruled out for this fellow in the week of 21"),
    ("requirements: [{rotation: Vacation, weeks: 0, for: Fellow A}]", "only 0 weeks of Vacation are allowed")])
def test_wishes_that_cannot_come_true(tmp_path, lines, words):
    text = MINIMAL + "requests: [{fellow: Fellow A, vacation: 2026-12-21}]\n"
    assert wrong(tmp_path, text) == []
    (message,) = wrong(tmp_path, f"{text}{lines}\n")
    assert message.startswith("Fellow A asks for Vacation in the week of 21 December, which is impossible")
    assert words in message


@pytest.mark.parametrize("lines", [
    "pins: [{fellow: Fellow B, rotation: Ward, during: 2026-12-21}]",
    "pins: [{fellow: Fellow A, rotation: Ward, during: 2026-12-28}]",
    "pins: [{fellow: Fellow A, rotation: [Ward, Vacation], during: 2026-12-21}]",
    "rules: [{rule: forbidden, of: Vacation, during: December, priority: soft}]\npriorities: [wishes, soft]"])
def test_wishes_that_may_come_true_are_left(tmp_path, lines):
    assert wrong(tmp_path, f"{MINIMAL}requests: [{{fellow: Fellow A, vacation: 2026-12-21}}]\n{lines}\n") == []


WISH = "requests: [{fellow: Fellow A, vacation: 2026-12-21}]\n"
SICK = "leave: {kinds: [Vacation, Sick leave], approved: [{fellow: Fellow A, kind: Sick leave, from: 2026-12-21}]}\n"


def reason(tmp_path, text):
    """Why what was decided rules the first wish out."""
    program = read(tmp_path, text)
    rule = next(r for r in program.rules if isinstance(r, RankedRequests))
    return decided(program, program.layer(), rule.wishes_for[0])


@pytest.mark.parametrize("lines, why", [
    ("pins: [{fellow: Fellow A, rotation: Ward, during: 2026-12-21}]", "Ward is fixed in the week of 21 December."),
    ("pins: [{fellow: Fellow A, not: Vacation, during: December}]",
     "Vacation is ruled out for Fellow A in the week of 21 December."),
    ("rules: [{rule: pinned, of: Clinic, for: Fellow A, during: December}]",
     "Clinic is fixed in the week of 21 December."),
    ("rules: [{rule: who may, of: Vacation, during: December}]", "Vacation is closed in the week of 21 December.")])
def test_what_is_decided_during_the_year_is_no_mistake_in_the_wish(tmp_path, lines, why):
    text = f"{MINIMAL}{WISH}{lines}\n"
    assert wrong(tmp_path, text) == []
    assert reason(tmp_path, text) == why
    assert reason(tmp_path, MINIMAL + WISH) == ""


def test_approved_leave_and_a_fellow_who_leaves_are_no_mistakes_in_the_wish(tmp_path):
    sick = MINIMAL.replace("leave:\n  - Vacation\n", SICK) + WISH
    assert wrong(tmp_path, sick) == []
    assert reason(tmp_path, sick) == "Sick leave is approved for the week of 21 December."
    gone = MINIMAL.replace("[Fellow A", "[{name: Fellow A, end: 2026-12-06}") + WISH
    assert wrong(tmp_path, gone) == []
    assert reason(tmp_path, gone) == "Fellow A is not here in the week of 21 December."


def test_leave_inside_a_pinned_host_is_possible(tmp_path):
    text = MINIMAL.replace("- Vacation", "- {name: Vacation, weeks: 3, inside: Ward}") + WISH + (
        "pins: [{fellow: Fellow A, rotation: HOST, during: December}]\n")
    assert reason(tmp_path, text.replace("HOST", "Ward")) == ""
    assert "Clinic is fixed" in reason(tmp_path, text.replace("HOST", "Clinic"))


def test_a_wish_for_timing_needs_one_possible_period(tmp_path):
    text = MINIMAL + ("requests: [{fellow: Fellow A, timing: [{rotation: Ward, during: 2026-12-21 to 2027-01-03}]}]\n"
                      "pins: [{fellow: Fellow A, rotation: Clinic, during: PIN}]\n")
    assert reason(tmp_path, text.replace("PIN", "2026-12-21")) == ""
    assert "Clinic is fixed in the 2 weeks" in reason(tmp_path, text.replace("PIN", "2026-12-21 to 2027-01-03"))
    cohort = text.replace("pins: [{fellow: Fellow A, rotation: Clinic, during: PIN}]",
                          "cohort weeks: [{rotation: Clinic, in: WEEKS}]")
    assert wrong(tmp_path, cohort.replace("WEEKS", "2026-12-21")) == []
    assert len(wrong(tmp_path, cohort.replace("WEEKS", "2026-12-21 to 2027-01-03"))) == 1


def test_pins_and_cohort_weeks(tmp_path):
    program = read(tmp_path, EVERYTHING)
    pinned, approved = (r for r in program.rules if isinstance(r, Pinned))
    assert (pinned.who.ids, pinned.what.duties, pinned.during.slots) == ({"a"}, {"Ward"}, {18})
    ruled_out = [r for r in program.rules if isinstance(r, Forbidden)][-1]
    assert ruled_out.during.slots == {21}
    course = next(r for r in program.rules if isinstance(r, Together))
    assert (course.dates.slots, course.waives.duties, course.who) == ({40}, {"Ward"}, None)
    assert (approved.who.ids, approved.what.duties, approved.during.slots) == ({"fellow-b"}, {"Sick leave"}, {14})


@pytest.mark.parametrize("dates, slots, noted", [
    ("from: 2026-10-05, to: 2026-10-09", {14}, 0), ("from: 2026-10-03, to: 2026-10-11", {14}, 0),
    ("from: 2026-10-07", {14}, 1), ("from: 2026-10-08, to: 2026-10-19", {14, 15, 16}, 1)])
def test_approved_leave_takes_the_periods_of_its_weekdays(tmp_path, dates, slots, noted):
    program = read(tmp_path, EVERYTHING.replace("from: 2026-10-05, to: 2026-10-11", dates))
    approved = [r for r in program.rules if isinstance(r, Pinned)][-1]
    assert approved.during.slots == slots
    assert len([a for a in program.assumptions if "takes the whole of" in a.text]) == noted


def test_what_can_be_granted_is_counted_for_each_fellow(tmp_path):
    """Two weeks for seniors, one for juniors."""
    text = MINIMAL.replace("fellows: [", "fellows: [{name: Old, level: senior}, ") + (
        "\nrequirements:\n  - {rotation: Vacation, weeks: 2, for: senior}\n"
        "  - {rotation: Vacation, weeks: 1, for: not senior}\nrequests:\n  - {fellow: Old, vacation: [2026-09-07]}\n")
    _, rule = wishes(tmp_path, text)
    assert {person: number for person, _, number in rule.most}["old"] == 2
    assert {number for person, _, number in rule.most if person != "old"} == {1}
