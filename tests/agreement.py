"""Law 2: what a rule posts and what it checks are the same rule, measured on random schedules in both directions.

For a finished schedule the solver, with every cell fixed, must find exactly the shortfall that the checker's violations
add up to (so: satisfiable exactly when there is no violation), and every measure exactly as the checker recomputes it.
"""

from __future__ import annotations

import random

from scheduler.domain.board import Board, Model
from scheduler.domain.layer import Inside, Layer, Person
from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Rule
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Group, Many, Selection, Window
from scheduler.solve.cpsat import CpSat
from scheduler.solve.posting import _shortfall
from scheduler.solve.settings import Settings

DUTIES = ("Ward", "Clinic", "Nights", "Elective", "Vacation", "Meeting")
FAST = Settings(linearization=0)


def random_layer(rng: random.Random, shape: str) -> Layer:
    """A small layer: ``week`` periods, ``block``s worth 4 with leave inside, or ``sparse`` like call or sessions."""
    people = tuple(Person(f"p{n}", f"Fellow {'ABCDE'[n]}", rng.choice(["anesthesiology", "neurology"]),
                          rng.choice(["senior", "junior"]), credit={"Ward": rng.randint(0, 2)},
                          tally={"burden": rng.randint(0, 3)}) for n in range(rng.randint(1, 4)))
    slots = range(rng.randint(3, 9))
    here = {p.id: frozenset(range(rng.randint(0, 1), len(slots) - rng.randint(0, 1))) for p in people
            if rng.random() < 0.3}
    inside = (Inside("Vacation", Selection.of("Clinic", "Elective"), 1, rng.random() < 0.5),)
    return Layer("rotations", people, slots, DUTIES, "week", tuple([4 if shape == "block" else 1] * len(slots)),
                 tuple(s // 3 for s in slots) if rng.random() < 0.7 else (), frozenset({"Vacation", "Meeting"}),
                 inside if shape == "block" else (), here, exclusive=shape != "sparse")


def random_schedule(rng: random.Random, layer: Layer, shape: str) -> Schedule:
    """Mostly long runs (rules about runs need them), sometimes holes, sometimes two duties at once."""
    cells = {}
    for person in layer.people:
        mine = cells.setdefault(person.id, {})
        duty = rng.choice(DUTIES)
        for slot in layer.present(person):
            if rng.random() < 0.5:
                duty = rng.choice(DUTIES)
            if shape == "sparse" and rng.random() < 0.4:
                continue
            mine[slot] = (duty,)
            if rng.random() < 0.2:
                if shape == "sparse":
                    mine[slot] = tuple(sorted(rng.sample(DUTIES, 2)))
                elif shape == "block" and duty in ("Clinic", "Elective"):
                    mine[slot] = (duty, "Vacation")
    return Schedule(layer, cells)


def _posted(rule: Rule, schedule: Schedule):
    """What the rule posts on a board with every cell fixed as in the schedule, and a solver for it."""
    model = Model()
    layers = {schedule.layer.name: schedule, **schedule.beside}
    boards: dict[str, Board] = {}
    for name, view in layers.items():
        boards[name] = Board(model, view.layer, boards).open()
    said = list(rule.post(boards[rule.layer_name]))
    short = Linear.sum(_shortfall(model, c) for c in said if isinstance(c, Condition))
    conditions = []
    for name, view in layers.items():
        for person in view.layer.people:
            for slot in view.layer.present(person):
                for duty in view.layer.duties:
                    var = boards[name].cell(person, slot, duty)
                    on = int(duty in view.at(person, slot))
                    conditions.append((Linear([var], [1]), on, on))

    def best(cost: Linear, large: bool) -> list[int]:
        answer = CpSat(model, conditions).solve(cost, large, FAST)
        assert answer.status == "optimal", f"definitions of {rule.name} cannot be satisfied"
        return answer.values

    return said, short, best


def posted_amounts(rule: Rule, schedule: Schedule) -> tuple[int, list[tuple[str, int]]]:
    """What the solver says of a finished schedule: the least total shortfall, and each measure at its best."""
    said, short, best = _posted(rule, schedule)
    measures = [m for m in said if not isinstance(m, Condition)]
    return short.value(best(short, False)), [(m.name, m.sum.value(best(m.sum, rule.large))) for m in measures]


def named(rule: Rule, schedule: Schedule) -> tuple[list, list]:
    """For pictures: (names, slots) of each violation, and of each posted condition that is broken."""
    said, short, best = _posted(rule, schedule)
    values = best(short, False)
    broken = [c for c in said if (c.at_most is not None and c.sum.value(values) > c.at_most)
              or (c.at_least is not None and c.sum.value(values) < c.at_least)]
    return tuple([(" ".join(p.name for p in x.who), x.when) for x in found]
                 for found in (list(rule.check(schedule)), broken))


def assert_agrees(rule: Rule, schedule: Schedule) -> int:
    """Posted and checked are equal on this schedule; returns the shortfall, so that tests can see both kinds occur."""
    checked = sum(v.amount for v in rule.check(schedule))
    posted, measures = posted_amounts(rule, schedule)
    grid = "\n".join(f"{p.name:10} " + " ".join("+".join(schedule.at(p, s)) or "-" for s in schedule.layer.slots)
                     for p in schedule.people)
    assert posted == checked, f"{rule.sentence}\nsolver: {posted}, checker: {checked}\n{grid}\n" + "\n".join(
        v.sentence for v in rule.check(schedule))
    assert measures == list(rule.measures(schedule)), f"{rule.sentence}\n{measures}\n{grid}"
    return checked


def agree(make, *, seeds: int = 60, shapes=("week", "block", "sparse")) -> None:
    """``make(rng, layer)`` builds a random rule; it must agree on every schedule, and be kept and broken somewhere."""
    found = []
    for seed in range(seeds):
        rng = random.Random(seed)
        shape = shapes[seed % len(shapes)]
        layer = random_layer(rng, shape)
        rule = make(rng, layer)
        found.append((assert_agrees(rule, random_schedule(rng, layer, shape)), rule.measured))
    if not any(measured for _, measured in found):
        assert any(short == 0 for short, _ in found), "never kept: the test proves nothing"
        assert any(short > 0 for short, _ in found), "never broken: the test proves nothing"


def some_duties(rng: random.Random, most: int = 3) -> Selection:
    """A random selection of one or more duties."""
    return Selection.of(*rng.sample(DUTIES, rng.randint(1, most)))


def some_people(rng: random.Random, layer: Layer) -> Group | None:
    """Everyone, or a random group."""
    if rng.random() < 0.4:
        return None
    return Group("seniors", frozenset(p.id for p in layer.people if rng.random() < 0.6))


def some_slots(rng: random.Random, layer: Layer) -> Window | None:
    """The whole year, or a random window."""
    if rng.random() < 0.5:
        return None
    return Window("the window", frozenset(s for s in layer.slots if rng.random() < 0.5))


def weeks(rng: random.Random, low: int, high: int) -> Many:
    """A random number of weeks."""
    return Many(rng.randint(low, high), "week")


def picture(text: str, people: dict[str, str] | None = None, **shape) -> Schedule:
    """A schedule drawn as text, one line a person: ``A: Ward Ward Clinic - Ward+Vacation``.

    Pictures with expected sentences are what catches a rule misread the same way twice. ``people`` gives levels by
    name; ``shape`` overrides fields of the layer.
    """
    rows = [line.split(":") for line in text.strip().splitlines()]
    cells = {name.strip(): {n: tuple(word.split("+")) for n, word in enumerate(row.split()) if word != "-"}
             for name, row in rows}
    length = max(len(row.split()) for _, row in rows)
    duties = tuple(dict.fromkeys([*DUTIES, *(d for mine in cells.values() for ds in mine.values() for d in ds)]))
    crowd = tuple(Person(name.strip(), name.strip(), level=(people or {}).get(name.strip(), "")) for name, _ in rows)
    fields = {"noun": "week", "leave": frozenset({"Vacation", "Meeting"}), **shape}
    return Schedule(Layer("rotations", crowd, range(length), duties, **fields), cells)


def sentences(rule: Rule, schedule: Schedule) -> list[str]:
    """What the checker says."""
    return [v.sentence for v in rule.check(schedule)]


def judged(rule: Rule, schedule: Schedule) -> tuple[int, list[str]]:
    """For pictures: the shortfall, on which solver and checker agree, and what the checker says."""
    return assert_agrees(rule, schedule), sentences(rule, schedule)
