"""Laws of differences, on random schedules of every layer's shape."""

import random

import pytest

from scheduler.check.differences import affected, amounts, applied, by_period, changes, in_words, stretches
from scheduler.check.renamed import cheapest, least_renamed
from scheduler.domain.schedule import Schedule
from tests.shapes import BELOW, SESSIONS, SHAPES, picture, picture_below, random_above, random_layer, random_schedule

SEEDS = range(30)


def two_years(seed, shape):
    """Two random schedules of one random year, with a layer below where the shape has one."""
    rng = random.Random(f"{shape}/{seed}")
    layer = random_layer(rng, shape)
    if layer.name == "rotations":
        return tuple(random_schedule(rng, layer, shape) for _ in "ab")
    above = random_above(rng, layer)
    years = []
    for _ in "ab":
        top = random_schedule(rng, above["rotations"].layer, "week") if rng.random() < 0.7 else above["rotations"]
        shapes = [(x.layer, x.cells) for name, x in above.items() if name != "rotations"]
        mine = random_schedule(rng, layer, shape, {"rotations": top})
        years.append(Schedule.joined([(top.layer, top.cells), *shapes, (layer, mine.cells)]))
    return tuple(years)


def tidy(year):
    """The cells that hold something, whatever the order of duties in them."""
    return {name: {(person, slot): sorted(duties) for person, mine in layer.cells.items()
                   for slot, duties in mine.items() if duties}
            for name, layer in {year.layer.name: year, **year.beside}.items()}


@pytest.mark.parametrize("shape", [*SHAPES, *SESSIONS])
def test_the_laws_of_differences(shape):
    found_some = 0
    for seed in SEEDS:
        old, new = two_years(seed, shape)
        forth, back = changes(old, new), changes(new, old)
        found_some += bool(forth)
        assert changes(old, old) == changes(new, new) == []
        assert [(c.layer, c.person, c.slot, c.before, c.after) for c in forth] == [
            (c.layer, c.person, c.slot, c.after, c.before) for c in back]
        assert tidy(applied(old, forth)) == tidy(new)
        assert tidy(applied(new, back)) == tidy(old)
        assert tidy(applied(old, forth[::2])) != tidy(old) or not forth
        assert len({(c.layer, c.person.id, c.slot) for c in forth}) == len(forth)
    assert found_some > 20


@pytest.mark.parametrize("shape", ["week", *BELOW, *SESSIONS])
def test_stretches_and_weeks_hold_every_change_once(shape):
    for seed in SEEDS:
        old, new = two_years(seed, shape)
        layers = {year.layer.name: year.layer for year in (new, *new.beside.values())}
        found = changes(old, new)
        cells = sorted((c.layer, c.person.id, c.slot) for c in found)
        assert sorted((s.layer, s.person.id, slot) for s in stretches(found) for slot in s.slots) == cells
        weeks = by_period(layers, found)
        assert sorted((c.layer, c.person.id, c.slot) for mine in weeks.values() for c in mine) == cells
        for period, mine in weeks.items():
            assert {layers[c.layer].parent[c.slot] if layers[c.layer].parent else c.slot for c in mine} <= {period}
        assert len(in_words(layers.values(), found)) == len(stretches(found))


def test_in_words():
    old = picture("A: Ward Ward Clinic Nights\nB: Clinic Clinic Ward -")
    new = picture("A: Clinic Clinic Clinic -\nB: Clinic Clinic Ward Nights")
    found = changes(old, new)
    assert in_words([new.layer], found) == [
        "A: Clinic instead of Ward in slot 1, 2.", "A: no longer Nights in slot 4.",
        "B: Nights (nothing before) in slot 4."]
    assert [p.name for p in affected(found)] == ["A", "B"]
    assert amounts([new.layer], found) == ["4 weeks"]
    assert amounts([new.layer], found[:1]) == ["1 week"]


def test_below_the_week_in_words():
    above = "A: Ward Clinic"
    old = picture_below("half-days", above, "A: Mon1=Clinic Tue1am=Elective")
    new = picture_below("half-days", above, "A: Mon1am=Clinic Tue1am=Elective Thu2=Elective")
    years = [Schedule.joined([(x.beside["rotations"].layer, x.beside["rotations"].cells), (x.layer, x.cells)])
             for x in (old, new)]
    found = changes(*years)
    assert in_words([years[1].layer, new.layer], found) == [
        "A: no longer Clinic on the afternoon of Monday 29 June.",
        "A: Elective (nothing before) on Thursday 9 July."]
    assert amounts([years[1].layer, new.layer], found) == ["3 half-days"]


def test_who_presents():
    rng = random.Random(1)
    layer = random_layer(rng, "conferences")
    person = layer.people[0]
    years = [Schedule(layer, {person.id: {0: before}}) for before in (("Ward",), ("Nights",), ())]
    when = layer.when([0])
    for one, two, said in ((0, 1, "presents Nights instead of Ward"), (0, 2, "no longer presents Ward"),
                           (2, 1, "presents Nights")):
        assert in_words([layer], changes(years[one], years[two])) == [f"{person}: {said} on {when}."]


def test_a_long_run_is_said_by_its_ends():
    below = picture_below("call", "A: Ward Clinic", "A: Mon1=Nights Tue1=Nights Wed1=Nights Fri1=Nights Sat1=Nights")
    top = below.beside["rotations"]
    whole = Schedule.joined([(top.layer, top.cells), (below.layer, below.cells)])
    assert in_words([top.layer, below.layer], changes(top, whole)) == [
        "A: Nights (nothing before) from the night of Monday 29 June to the night of Wednesday 1 July (3 nights).",
        "A: Nights (nothing before) on the night of Friday 3 July and the night of Saturday 4 July."]


def test_a_layer_that_one_of_them_lacks_is_empty_there():
    below = picture_below("call", "A: Ward Clinic", "A: Mon1=Nights")
    top = below.beside["rotations"]
    whole = Schedule.joined([(top.layer, top.cells), (below.layer, below.cells)])
    assert [(c.layer, c.before, c.after) for c in changes(top, whole)] == [("call", (), ("Nights",))]
    assert [(c.layer, c.before, c.after) for c in changes(whole, top)] == [("call", ("Nights",), ())]


def test_names_swapped():
    one = picture("A: Ward Clinic Ward\nB: Clinic Ward Nights\nC: Nights Nights Clinic")
    swapped = picture("A: Nights Nights Clinic\nB: Ward Clinic Ward\nC: Clinic Ward Nights")
    assert least_renamed(one, swapped) == 0
    assert len(changes(one, swapped)) == 9
    other = picture("A: Nights Nights Clinic\nB: Ward Clinic Nights\nC: Clinic Ward Nights")
    assert least_renamed(one, other) == 1


def test_the_cheapest_assignment_is_that_of_all_permutations():
    import itertools
    rng = random.Random(5)
    for size in (0, 1, 2, 3, 4, 5):
        for _ in range(20):
            costs = [[rng.randint(0, 9) for _ in range(size)] for _ in range(size)]
            best = min(sum(costs[n][c] for n, c in enumerate(p)) for p in itertools.permutations(range(size)))
            assert cheapest(costs) == best
