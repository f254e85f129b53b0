"""Call that is held for a week at a time."""

import pytest

from constraints.by_the_week import ByTheWeek
from constraints.staffing import Staffing
from scheduler.domain.words import Group, Selection
from tests.agreement import agree, judged, named, picture, picture_below, some_duties, some_people
from tests.rooms import fits

BACKUP = ByTheWeek(what=Selection.of("Backup"))
NIGHTS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def test_solver_and_checker_agree():
    agree(lambda rng, layer: ByTheWeek(what=some_duties(rng), who=some_people(rng, layer)), seeds=80, shapes=("call",))


def held(nights, week=1, role="Backup"):
    return " ".join(f"{night}{week}={role}" for night in nights)


@pytest.mark.parametrize("a, b, short, expected", [
    (held(NIGHTS), held(NIGHTS, 2), 0, []),
    (held(NIGHTS[:5]), held(NIGHTS[:5], 2), 0, []),                          # nobody has it at the weekend
    (held(NIGHTS), held(NIGHTS), 0, []),                                     # two at a time
    (held(NIGHTS[:6]), held(NIGHTS[6:]), 7, [
        "A has Backup on the night of Monday 29 June, the night of Tuesday 30 June, the night of Wednesday 1 July, the "
        "night of Thursday 2 July, the night of Friday 3 July and the night of Saturday 4 July, but in the same week "
        "not on the night of Sunday 5 July.",
        "B has Backup on the night of Sunday 5 July, but in the same week not on the night of Monday 29 June, "
        "the night of Tuesday 30 June, the night of Wednesday 1 July, the night of Thursday 2 July, "
        "the night of Friday 3 July and the night of Saturday 4 July."]),
    (held(["Mon", "Wed"]), held(["Mon"]), 1, [
        "B has Backup on the night of Monday 29 June, but in the same week not on the night of Wednesday 1 July."]),
    (held(["Sun"]), held(["Mon"], 2), 0, []),
    (held(NIGHTS) + " " + held(["Mon"], 2), held(NIGHTS[1:], 2), 7, None),
])
def test_whoever_has_it_has_it_whenever_it_is_held(a, b, short, expected):
    found = judged(BACKUP, picture_below("call", "A: Ward Ward\nB: Ward Ward", f"A: {a}\nB: {b}"))
    assert found[0] == short
    assert expected is None or found[1] == expected


def test_each_role_by_itself():
    both = ByTheWeek(what=Selection.of("Backup", "First"))
    drawn = picture_below("call", "A: Ward\nB: Ward", f"A: {held(['Mon'])} {held(['Tue'], 1, 'First')}\nB:")
    assert judged(both, drawn) == (0, [])


def test_only_the_people_named_and_whom_it_names():
    seniors = ByTheWeek(what=Selection.of("Backup"), who=Group("seniors", frozenset({"B"})))
    drawn = picture_below("call", "A: Ward\nB: Ward", f"A: {held(['Mon', 'Tue'])}\nB: {held(['Wed'])}")
    assert judged(seniors, drawn)[0] == 2
    violations, conditions = named(seniors, drawn)
    assert violations == [("B", (0, 1))]
    assert sorted(conditions) == [("B", (0,)), ("B", (1,))]


def test_the_time_a_fellow_is_here():
    """The year ends on a Tuesday: a fellow who leaves before its last week is not missed there."""
    drawn = picture_below("call", "A: Ward -\nB: Ward Ward", f"A: {held(NIGHTS)}\nB: {held(NIGHTS, 2)}", spare=2,
                          here={"A": frozenset({0})})
    assert judged(BACKUP, drawn) == (0, [])
    drawn = picture_below("call", "A: Ward\nB: Ward", "A: Mon1=Backup\nB: Mon2=Backup Tue2=Backup", spare=2)
    assert judged(BACKUP, drawn) == (0, [])


def test_in_a_layer_of_periods_every_period_is_its_own():
    from dataclasses import replace
    rotations = replace(BACKUP, what=Selection.of("Ward"), layer_name="rotations")
    assert judged(rotations, picture("A: Ward Clinic\nB: Clinic Ward")) == (0, [])


def test_room():
    """A week's nights are one fellow's or another's, as many as are held at all."""
    drawn = picture_below("call", "A: Ward Ward\nB: Ward Ward", "A: Mon1=Backup")
    covered = Staffing(what=Selection.of("Backup"), at_least=1, at_most=1, layer_name="call")
    a, b = ("A", 0, "Backup"), ("B", 0, "Backup")
    assert fits(BACKUP, drawn, {a: 7, b: 0}, covered)
    assert not fits(BACKUP, drawn, {a: 4, b: 3}, covered)
    assert not fits(BACKUP, drawn, {a: 6, b: 0}, covered)
    assert fits(BACKUP, drawn, {a: 5, b: 0})                                 # nobody has it at the weekend
    assert fits(BACKUP, drawn, {a: 5, b: 5})
    assert not fits(BACKUP, drawn, {a: 5, b: 4})
    assert not fits(BACKUP, drawn, {("A", 1, "Backup"): 1, ("B", 1, "Backup"): 2})
    assert fits(BACKUP, drawn, {("A", 1, "Backup"): 0, ("B", 1, "Backup"): 2})
    seniors = ByTheWeek(what=BACKUP.what, who=Group("seniors", frozenset({"B"})))
    assert fits(seniors, drawn, {a: 1, b: 2})
    assert not fits(seniors, drawn, {a: 2, b: 1})


def test_room_of_a_period_of_several_weeks():
    drawn = picture_below("call", "A: Ward\nB: Ward", "A: Mon1=Backup", spare=2)
    assert fits(BACKUP, drawn, {("A", 0, "Backup"): 7, ("B", 0, "Backup"): 2})


def test_sentence():
    assert BACKUP.sentence == "Backup is held for whole weeks."
