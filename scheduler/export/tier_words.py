"""What a priority's number means, in a sentence a director can repeat."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from scheduler.domain.layer import LAYERS
from scheduler.domain.result import Tier
from scheduler.domain.verdict import RuleVerdict, Wish
from scheduler.domain.words import listing
from scheduler.export.phrases import plural

#: what a measure's value says; measures that rules add later are shown by name until they get a sentence here
MEANINGS = {
    "worst-off fellow": "The fellow who gave up most is {points} short of the best that fellow could have had alone.",
    "points not granted": "All fellows together are {points} short of the best each of them could have had alone.",
    "difference": "Added up, those who carry most and those who carry least are {value} apart.",
    "changed cells": "The year differs from the earlier one in {places}.",
    "changes weighed by notice": "Changes to what was published, each weighed by how little notice it gives, add up to "
                                 "{value}.",
    "half-days of the week": "All fellows' clinics together lie on {value} different half-days of the week, counted by "
                             "fellow and clinic.",
    "runs": "The fellows' years are cut into {pieces}; fewer pieces are fewer handovers.",
}

def meaning(tier: Tier, rules: Iterable[RuleVerdict]) -> str:
    """A sentence for the tier's value, or the rules it counts."""
    priority, _, measures = tier.name.removesuffix(f" ({tier.layer})").partition(": ")
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
