"""Law 2 for every rule there is and will be: random parameters by their types, random schedules of every shape.

Each rule's own tests do the same with parameters chosen for it; this one needs nothing from whoever adds a rule.
"""

import random
import types
from dataclasses import MISSING, fields
from typing import Literal, Union, get_args, get_origin, get_type_hints

import pytest

from constraints import RULES, FewGaps, RatedRotations
from constraints.ranked_requests import WishFor
from scheduler.domain.rule import Rule
from scheduler.domain.words import Group, Many, Selection, Window
from tests.agreement import (
    BELOW,
    SESSIONS,
    SHAPES,
    assert_agrees,
    random_layer,
    random_schedule,
    some_duties,
    some_people,
    some_slots,
    weeks,
)

#: rules that a conference series implies, though no file may state them of one
IMPLIED = ("most per", "one at a time", "taken from")
SHARED = {f.name for f in fields(Rule)}


def wishes(rng, layer):
    """Ranked requests of everyone, of every kind."""
    return tuple(WishFor(p.id, kind, "", rank, some_duties(rng), frozenset(rng.sample(list(layer.slots), 2)),
                         rng.choice(["any", "all", "none"]))
                 for p in layer.people for kind in ("Vacation", "Elective") for rank in (1, 2, 3) if rng.random() < 0.6)


def earlier(rng, layer):
    """An earlier schedule's cells."""
    before = random_schedule(rng, layer, "week")
    return tuple((person, slot, duties) for person, mine in before.cells.items() for slot, duties in mine.items())


SPECIAL = {
    "wishes_for": wishes, "earlier": earlier,
    "weight": lambda rng, layer: tuple((s, rng.randint(1, 3)) for s in layer.slots if rng.random() < 0.5),
    "most": lambda rng, layer: (("Vacation", rng.randint(0, 2)),), "also": lambda rng, layer: (),
    "table": lambda rng, layer: (5, 2),
    "unit": lambda rng, layer: "days" if layer.parent else rng.choice(["weeks", "periods"]),
    "sites": lambda rng, layer: tuple((d, tuple(rng.choices("XYZ", k=rng.randint(1, 2)))) for d in layer.duties
                                      if d not in layer.leave),
    "sends": lambda rng, layer: tuple(("Ward", n, rng.choice("XYZ")) for n in range(10) if rng.random() < 0.2),
    "one": lambda rng, layer: "X", "other": lambda rng, layer: "Y",
    "needed": lambda rng, layer: tuple((d, some_duties(rng)) for d in rng.sample(layer.duties, rng.randint(1, 2))),
    "series": lambda rng, layer: "Lecture",
    "sessions": lambda rng, layer: tuple((s, rng.randint(1, 3)) for s in layer.slots if rng.random() < 0.8),
    "rated": lambda rng, layer: tuple((p.id, d, rng.randint(0, 3)) for p in layer.people for d in layer.duties),
    "site_of": lambda rng, layer: tuple((d, rng.choice("XYZ")) for d in layer.duties if d not in layer.leave),
    "parts": lambda rng, layer: (FewGaps(what=some_duties(rng)), RatedRotations(
        rated=tuple((p.id, "Ward", 2) for p in layer.people))),
    "counting": lambda rng, layer: ("few gaps", "rated rotations"),
    "tally": lambda rng, layer: "burden", "part": lambda rng, layer: (("Elective", 50),)}


def random_value(name, hint, rng, layer):
    """A random value of a field's type; fails for a type nobody has taught it."""
    if name in SPECIAL and hint not in (int, Many):
        return SPECIAL[name](rng, layer)
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(a for a in get_args(hint) if a is not type(None))
    if get_origin(hint) is Literal:
        return rng.choice(get_args(hint))
    makers = {Selection: lambda: some_duties(rng, rng.choice([2, 3, 6])), Many: lambda: weeks(rng, 1, 4),
              bool: lambda: rng.random() < 0.5,
              Group: lambda: some_people(rng, layer) or Group("nobody in particular", frozenset({layer.people[0].id})),
              Window: lambda: some_slots(rng, layer) or Window("the start", frozenset({0, 1})),
              int: lambda: {"per": rng.randint(1, 2), "least": rng.choice([50, 80, 100])}.get(name, rng.randint(0, 3))}
    return makers[hint]()


def random_rule(rule, rng, layer):
    """The rule with random parameters; optional ones are left out half the time."""
    hints = get_type_hints(rule)
    values = {}
    for f in fields(rule):
        optional = f.default is not MISSING or f.default_factory is not MISSING
        if f.name not in SHARED and not (optional and rng.random() < 0.5):
            values[f.name] = random_value(f.name, hints[f.name], rng, layer)
    if {"at_least", "at_most"} <= set(values) and values["at_most"] is not None:
        values["at_most"] = max(values["at_least"], values["at_most"])
    return rule(**values, layer_name=layer.name)


def shapes_of(rule):
    """The shapes of the layers that the rule can speak of."""
    named = (*BELOW, *SESSIONS)
    layers = (*rule.layers, *(SESSIONS if rule.name in IMPLIED else ()))
    return [shape for shape in (*SHAPES, *SESSIONS) if (shape if shape in named else "rotations") in layers]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_posted_and_checked_agree(rule):
    told = set()
    shapes = shapes_of(rule)
    for seed in range(60):
        rng = random.Random(f"{rule.name} {seed}")
        shape = shapes[seed % len(shapes)]
        layer = random_layer(rng, shape)
        made = random_rule(rule, rng, layer)
        schedule = random_schedule(rng, layer, shape)
        told.add(bool(assert_agrees(made, schedule)) or any(value for _, value in made.measures(schedule)))
    assert told == {True, False}, "always kept or always broken: this proves nothing"
