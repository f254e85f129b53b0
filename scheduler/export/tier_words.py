"""What a priority's number means, in a sentence a director can repeat."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from scheduler.domain.layer import LAYERS
from scheduler.domain.result import ALREADY, CHANGES, LATER, Tier
from scheduler.domain.verdict import RuleVerdict, Wish
from scheduler.domain.words import listing
from scheduler.export.phrases import plural

#: what a measure's value says; measures that rules add later are shown by name until they get a sentence here
MEANINGS = {
    "worst-off fellow": "The fellow who gave up most is {points} short of the best that fellow could have had alone.",
    "points not granted": "All fellows together are {points} short of the best each of them could have had alone.",
    "difference": "Added up, those who carry most and those who carry least are {value} apart.",
    "changed cells": "The year differs from the earlier one in {places}.",
    "half-days of the week": "All fellows' clinics together lie on {value} different half-days of the week, counted by "
                             "fellow and clinic.",
    "runs": "The fellows' years are cut into {pieces}; fewer pieces are fewer handovers.",
}

#: a repair's own priorities: what they are called, what it means that nothing is missed, and that something is
REPAIRED = {
    ALREADY: ("broken before the repair", "What is over has broken no rule.",
              "What is over breaks rules by {value} in all, which nobody can mend; it is broken no further."),
    LATER: ("left for after the year", "All that is owed is done inside the year.",
            "{value} of what is owed (weeks, half-days, nights) cannot be done inside the year, and is left for after "
            "it."),
    CHANGES: ("changes to the earlier schedule", "Nothing of the earlier schedule changes beyond the change itself.",
              "Beyond the change itself, changes to the earlier schedule, each weighed by how little notice it gives, "
              "add up to {value}."),
}


def called(priority: str) -> str:
    """A priority by the name that people read."""
    return REPAIRED[priority][0] if priority in REPAIRED else priority


def title(tier: Tier) -> str:
    """The name of a priority as people read it: a repair's own ones have names of this software."""
    if not tier.repairs:
        return tier.name
    return called(tier.repairs) + (f" ({tier.layer})" if tier.layer != LAYERS[0] else "")


def meaning(tier: Tier, rules: Iterable[RuleVerdict]) -> str:
    """A sentence for the tier's value, or the rules it counts."""
    priority, _, measures = tier.name.removesuffix(f" ({tier.layer})").partition(": ")
    if tier.repairs:
        return REPAIRED[tier.repairs][1 if tier.value == 0 else 2].format(value=tier.value)
    said = {"value": tier.value, "points": plural(tier.value, "point"), "places": plural(tier.value, "place"),
            "pieces": plural(tier.value, "piece")}
    known = [MEANINGS[name].format(**said) for name in measures.split(", ") if name in MEANINGS]
    if known:
        return " ".join(known)
    counted = [v.rule.sentence for v in rules if v.rule.priority == priority and v.rule.layer_name == tier.layer]
    if tier.value == 0:
        return "Nothing is given up here: " + " ".join(counted)
    return f"Missed by {tier.value} in all: " + " ".join(counted)


def proof(tier: Tier, first: bool = False, below: Collection[str] = ()) -> str:
    """What was proven about the value; ``first``: no priority of its layer stands above it; ``below``: the layers that
    the year has below the rotations.
    """
    if tier.proven:
        said = f"Proven: nothing {'larger' if tier.large else 'smaller'} is possible"
        given = [] if first else ["the priorities above"]
        above = LAYERS[:LAYERS.index(tier.layer)]
        given += ["the rotation year"] if above else []
        given += ["call" if name == "call" else f"the {name}" for name in above[1:] if name in below]
        said += f", given {listing(given)}." if given else "."
    else:
        said = f"Not proven: the best possible lies between {tier.value} and {tier.bound}."
    return said + (" A priority above is not proven, and this is given its value." if tier.given else "")


def proofs(tiers: Sequence[Tier], below: Collection[str] = ()) -> list[str]:
    """The proof of each, in order: the first of the rotation year is given nothing, every other what is above it."""
    layers = [t.layer for t in tiers]
    return [proof(t, t.layer not in layers[:n], below) for n, t in enumerate(tiers)]


def points_words(wishes: Iterable[Wish]) -> str:
    """``8 points for a first request of a kind, 5 for a second …``, from the wishes themselves."""
    table = sorted({(w.rank, w.points) for w in wishes})
    ranks = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
    parts = [f"{plural(points, 'point') if n == 0 else points} for a {ranks.get(rank, f'number {rank}')}"
             + (" request of a kind" if n == 0 else "") for n, (rank, points) in enumerate(table)]
    return ", ".join(parts)
