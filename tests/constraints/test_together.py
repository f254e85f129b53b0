"""The whole cohort at once."""

import pytest

from constraints.one_duty import OneDuty
from constraints.together import Together
from scheduler.domain.layer import Layer, Person
from scheduler.domain.words import Group, Selection, Window
from scheduler.solve.driver import solve
from tests.agreement import agree, judged, named, picture, picture_below, some_duties, some_people, some_slots
from tests.constraints.pruned import agree_pruned
from tests.rooms import fits

WARD = Together(what=Selection.of("Ward"))
SECOND = Together(what=Selection.of("Ward"), dates=Window("8 July", frozenset({1})))


def cohort(*ids):
    return Group("seniors", frozenset(ids))


def test_solver_and_checker_agree():
    agree(lambda rng, layer: Together(what=some_duties(rng), who=some_people(rng, layer), dates=some_slots(rng, layer)),
          seeds=120)


@pytest.mark.parametrize("rows, short, expected", [
    ("A: Ward Clinic\nB: Ward Nights\nC: Ward Clinic", 0, []),
    ("A: Clinic Clinic\nB: Nights Clinic\nC: Clinic Clinic", 0, []),        # it does not say that they must go at all
    ("A: Clinic Ward\nB: Clinic Ward\nC: Clinic Nights", 1,
     ["C is not on Ward in slot 2, while A and B are; the cohort goes together."]),
    ("A: Ward Clinic\nB: Clinic Clinic\nC: - Clinic", 2,
     ["B and C are not on Ward in slot 1, while A is; the cohort goes together."]),
    ("A: Ward Clinic\nB: Clinic Ward\nC: Ward Ward", 2,
     ["B is not on Ward in slot 1, while A and C are; the cohort goes together.",
      "A is not on Ward in slot 2, while B and C are; the cohort goes together."]),
])
def test_without_dates(rows, short, expected):
    assert judged(WARD, picture(rows)) == (short, expected)


@pytest.mark.parametrize("rows, short, expected", [
    ("A: Clinic Ward Clinic\nB: Nights Ward -", 0, []),
    ("A: Clinic Clinic Clinic\nB: Nights Ward Clinic", 1,
     ["A is not on Ward in slot 2, when the whole cohort must be."]),
    ("A: Clinic - Clinic\nB: Nights Clinic Clinic", 2,
     ["A and B are not on Ward in slot 2, when the whole cohort must be."]),
    ("A: Clinic Ward Ward\nB: Nights Ward Clinic", 1, ["A is on Ward in slot 3, which is not its date."]),
    ("A: Ward Ward Clinic\nB: Ward Ward Clinic", 2, ["A and B are on Ward in slot 1, which is not its date."]),
    ("A: Ward Clinic Clinic\nB: Clinic Ward Ward", 3,
     ["A is on Ward in slot 1, which is not its date.",
      "A is not on Ward in slot 2, when the whole cohort must be.",
      "B is on Ward in slot 3, which is not its date."]),
])
def test_on_its_dates_and_no_others(rows, short, expected):
    assert judged(SECOND, picture(rows)) == (short, expected)


def test_several_dates_bind_each():
    both = Together(what=Selection.of("Ward"), dates=Window("8 and 15 July", frozenset({1, 2})))
    assert judged(both, picture("A: Clinic Ward Ward\nB: Clinic Ward Ward")) == (0, [])
    assert judged(both, picture("A: Clinic Ward Clinic\nB: Clinic Ward Ward")) == (
        1, ["A is not on Ward in slot 3, when the whole cohort must be."])


def test_only_the_cohort_named():
    drawn = picture("A: Ward Clinic Clinic\nB: Clinic Ward Clinic\nC: Clinic Ward Clinic")
    loose = Together(what=Selection.of("Ward"), who=cohort("B", "C"))
    assert judged(loose, drawn) == (0, [])
    assert judged(WARD, drawn)[0] == 3
    dated = Together(what=Selection.of("Ward"), who=cohort("B", "C"), dates=SECOND.dates)
    assert judged(dated, drawn) == (0, [])                                  # A may go when A likes
    assert judged(SECOND, drawn)[0] == 2


def test_who_is_not_here_is_not_missed():
    drawn = "A: Clinic Ward Ward\nB: Clinic Ward Ward\nC: - - Clinic"
    late = {"C": frozenset({2})}
    assert judged(WARD, picture(drawn, here=late)) == (
        1, ["C is not on Ward in slot 3, while A and B are; the cohort goes together."])
    assert judged(WARD, picture(drawn))[0] == 2
    assert judged(SECOND, picture("A: Clinic Ward Clinic\nB: Clinic Ward Clinic\nC: - - Clinic", here=late)) == (0, [])
    assert judged(SECOND, picture("A: Clinic Ward Clinic\nB: Clinic Ward Clinic\nC: - - Ward", here=late)) == (
        1, ["C is on Ward in slot 3, which is not its date."])


def test_one_of_several_rotations_is_enough():
    course = Together(what=Selection.of("Ward", "Nights"))
    assert judged(course, picture("A: Ward Clinic\nB: Nights Clinic")) == (0, [])
    assert judged(course, picture("A: Ward+Nights Clinic\nB: Nights Clinic", exclusive=False)) == (0, [])


def test_whom_and_when_it_names():
    drawn = picture("A: Clinic Ward\nB: Clinic Clinic\nC: Clinic Nights")
    assert named(WARD, drawn) == ([("B C", (1,))], [("B", (1,)), ("C", (1,))])
    dated = picture("A: Clinic Ward Ward\nB: Clinic Clinic Ward\nC: Clinic Ward -")
    assert named(SECOND, dated) == ([("B", (1,)), ("A B", (2,))], [("B", (1,)), ("A", (2,)), ("B", (2,))])


def test_cells_that_can_never_be():
    layer = picture("A: Ward Ward Ward\nB: - Ward Ward\nC: - - -", here={"B": frozenset({1, 2})}).layer
    rule = Together(what=Selection.of("Ward", "Elsewhere"), who=cohort("A", "B"), dates=SECOND.dates)
    assert set(rule.never(layer)) == {("A", 0, "Ward"), ("A", 2, "Ward"), ("B", 2, "Ward")}
    assert set(WARD.never(layer)) == set()


def test_solver_and_checker_agree_without_the_cells_that_can_never_be():
    agree_pruned(lambda rng, layer: Together(what=some_duties(rng), who=some_people(rng, layer), dates=Window(
        "the dates", frozenset(s for s in layer.slots if rng.random() < 0.5))))


def test_the_solver_sends_everyone_at_once():
    layer = Layer("rotations", tuple(Person(n.casefold(), n) for n in "ABC"), range(3), ("Ward", "Clinic"),
                  here={"c": frozenset({0, 1})})
    rules = (OneDuty(what=Selection.of("Ward", "Clinic")),
             Together(what=Selection.of("Ward"), dates=Window("the last", frozenset({2}))))
    outcome = solve([layer], rules, ())
    assert outcome.status == "optimal"
    cells = outcome.cells["rotations"]
    on = {p: [s for s, duties in mine.items() if "Ward" in duties] for p, mine in cells.items()}
    assert on == {"a": [2], "b": [2], "c": []}


def test_sentence():
    assert WARD.sentence == "The whole cohort is on Ward together."
    assert SECOND.sentence == "The whole cohort is on Ward together: 8 July."
    full = Together(what=Selection.of("Ward"), who=cohort("A"), dates=SECOND.dates, waives=Selection.of("Nights"))
    assert full.sentence == ("The whole cohort (seniors) is on Ward together: 8 July; the least staffing of Nights "
                             "does not bind then.")


def test_room():
    """A day that the whole cohort spends together lies in everyone's week."""
    drawn = picture_below("half-days", "A: Ward Ward\nB: Ward Ward\nC: - Ward", "A: Mon1=Course",
                          here={"C": frozenset({1})})
    course = Together(what=Selection.of("Course"), dates=Window("Friday and Monday", frozenset({8, 9, 10})),
                      layer_name="half-days")
    assert fits(course, drawn, {("A", 0, "Course"): 2, ("B", 0, "Course"): 2, ("C", 1, "Course"): 1})
    assert not fits(course, drawn, {("A", 0, "Course"): 1})
    assert not fits(course, drawn, {("A", 0, "Course"): 3})                 # closed on every other day
    assert not fits(course, drawn, {("C", 1, "Course"): 0})
    some = Together(what=Selection.of("Course"), dates=course.dates, who=Group("B", frozenset({"B"})),
                    layer_name="half-days")
    assert fits(some, drawn, {("A", 0, "Course"): 0, ("B", 0, "Course"): 2})
    assert not fits(some, drawn, {("B", 1, "Course"): 0})
    whenever = Together(what=Selection.of("Course"), layer_name="half-days")
    assert fits(whenever, drawn, {("A", 0, "Course"): 0, ("B", 0, "Course"): 1})


def test_below_the_week_it_is_said_with_the_day():
    rule = Together(what=Selection.of("Course"), layer_name="half-days")
    assert judged(rule, picture_below("half-days", "A: Ward\nB: Ward", "A: Mon1am=Course")) == (
        1, ["B is not on Course on the morning of Monday 29 June, while A is; the cohort goes together."])
