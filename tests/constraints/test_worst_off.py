"""Worst off: a measure over other measures."""

from constraints.few_gaps import FewGaps
from constraints.few_site_changes import FewSiteChanges
from constraints.few_switches import FewSwitches
from constraints.one_duty import OneDuty
from constraints.rated_rotations import RatedRotations
from constraints.staffing import Staffing
from constraints.worst_off import WorstOff
from scheduler.check.judge import judge
from scheduler.domain.layer import Layer, Person
from scheduler.domain.schedule import Schedule
from scheduler.domain.shares import Shared
from scheduler.domain.words import Group, Selection
from scheduler.solve.driver import solve
from tests.agreement import DUTIES, agree, assert_agrees, picture, some_duties, some_people

RATED = RatedRotations(rated=(("A", "Ward", 3), ("B", "Ward", 2), ("B", "Clinic", 1)), priority="wishes")
GAPS = FewGaps(what=Selection.of("Ward", "Clinic"), who=Group("a", frozenset({"A"})), points=2, priority="wishes")
BOTH = WorstOff(parts=(RATED, GAPS), priority="wishes")
ROTATIONS = ("week", "block", "sparse")


def test_solver_and_checker_agree():
    def make(rng, layer):
        rated = RatedRotations(priority="wishes", points=rng.randint(1, 3), rated=tuple(
            (p.id, d, rng.randint(0, 5)) for p in layer.people for d in DUTIES if rng.random() < 0.5))
        gaps = FewGaps(what=some_duties(rng), points=rng.randint(1, 3), who=some_people(rng, layer), priority="wishes")
        moves = FewSiteChanges(site_of=(("Ward", "X"), ("Clinic", "Y"), ("Nights", "X")), who=some_people(rng, layer),
                               priority="wishes")
        parts = tuple(rng.sample([rated, gaps, moves], rng.randint(0, 3)))
        return WorstOff(parts=parts, who=some_people(rng, layer), priority="wishes")

    agree(make, seeds=90, shapes=ROTATIONS)


def worst(rule, drawn):
    """The measure's value, on which solver and checker agree."""
    assert_agrees(rule, drawn)
    (name, value), = rule.measures(drawn)
    assert name == "worst-off points"
    return value


def test_the_smallest_sum_counts_and_what_is_to_be_small_is_taken_off():
    drawn = picture("A: Ward - Ward\nB: Clinic Ward Ward\nC: Nights - -")
    assert BOTH.points_of(drawn) == {"A": 4, "B": 5}                         # nobody asked C
    assert worst(BOTH, drawn) == 4
    assert worst(WorstOff(parts=(RATED,), priority="wishes"), drawn) == 5
    assert worst(WorstOff(parts=(GAPS,), priority="wishes"), drawn) == -2
    assert worst(WorstOff(parts=(RATED, GAPS), who=Group("b", frozenset({"B", "C"})), priority="wishes"), drawn) == 5


def test_nobody_is_compared_where_nothing_is_counted():
    assert worst(WorstOff(priority="wishes"), picture("A: Ward -")) == 0
    assert worst(WorstOff(parts=(RATED,), who=Group("c", frozenset({"C"})), priority="wishes"),
                 picture("A: Ward -\nC: Ward -")) == 0


LAYER = Layer("rotations", (Person("A", "A"), Person("B", "B")), range(4), ("Ward", "Clinic", "Nights"))
ONE_WARD = (OneDuty(what=Selection.of(*LAYER.duties)), Staffing(what=Selection.of("Ward"), at_most=1))


def values(*rules):
    """Each tier's value, as solved and as checked."""
    outcome = solve([LAYER], (*ONE_WARD, *rules), ("fair", "wishes"))
    assert outcome.status == "optimal"
    checked = judge((*ONE_WARD, *rules), ("fair", "wishes"), Schedule(LAYER, outcome.cells["rotations"]))
    assert [t.value for t in checked.tiers] == [t.value for t in outcome.tiers]
    return [t.value for t in outcome.tiers]


def test_the_solver_lifts_the_worst_off():
    alone = WorstOff(parts=(RATED,), priority="fair")
    assert values(RATED) == [16]                                             # A has Ward throughout: 12 and 4
    assert values(alone, RATED) == [6, 12]                                   # two each: A 6, B 2·2 + 2·1
    assert values(WorstOff(parts=(RATED,), priority="wishes"), RATED) == [20]            # 12 + 4 and 4


def test_a_tier_exchanges_at_the_points_given():
    waiting = FewGaps(what=Selection.of("Ward"), points=3, priority="wishes")
    assert values(RATED, waiting) == [-16]                                   # mixed: to be made small
    parts = (RATED, waiting)
    assert values(*parts, WorstOff(parts=parts, priority="wishes")) == [-20]


def test_what_can_be_counted():
    assert isinstance(RATED, Shared) and isinstance(GAPS, Shared)
    assert not isinstance(FewSwitches(priority="comfort"), Shared)
    assert list(BOTH.check(picture("A: - Ward"))) == []
    assert BOTH.measured and BOTH.large


def test_sentence():
    assert BOTH.sentence == (
        "The fellow who comes off worst in rated rotations and few gaps comes off as well as possible.")
    said = WorstOff(counting=("few gaps",), parts=(GAPS,), priority="wishes")
    assert said.sentence == "The fellow who comes off worst in few gaps comes off as well as possible."
