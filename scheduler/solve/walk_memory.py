"""Which traits the nodes of a person's graph remember, and which are left to the labels of a walk.

All of them where the graph stays small: then its shortest path is the best year. Otherwise first those that must arrive
somewhere or are marked, then those that no price can stand for, then the counters, those of many duties first, as many
as fit. A counter whose most no path can exceed is forgotten without loss.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.domain.walk import Walk
from scheduler.solve.walk_graph import Graph
from scheduler.solve.walk_labels import bits
from scheduler.solve.walk_steps import Steps

#: arcs of a graph that remembers everything
MOST_ARCS = 2_000_000
#: arcs of a graph that leaves something to the labels: it is walked through many times over
FEW_ARCS = 250_000
#: bits of a label's memory
BITS = 62


def remembering(walk: Walk, width: int) -> tuple[Graph, list[int]] | None:
    """A person's graph, and the traits that it does not remember though it should; ``width`` variables in the model.

    None where even what must be remembered is too much.
    """
    traits = walk.traits()
    steps = Steps(walk, traits, width)
    first = [n for n, trait in enumerate(traits) if trait.must_arrive or trait.marks is not None]
    rest = sorted(set(range(len(traits))) - set(first), key=lambda n: (bool(traits[n].amount), -len(traits[n].ways)))
    graph = Graph(steps, first, MOST_ARCS)
    if not graph.fits:
        return None
    if not graph.possible:
        return graph, []
    rest = [n for n in rest if not traits[n].amount or _longest(graph, n) > traits[n].most]
    whole = Graph(steps, [*first, *rest], MOST_ARCS, graph)
    if whole.fits:
        return whole, []
    graph, dropped = _as_many_as_fit(steps, graph, first, rest)
    return (graph, dropped) if sum(bits(traits[n]) for n in dropped) <= BITS else None


def _longest(graph: Graph, trait: int) -> int:
    """The most that any path counts."""
    amount = graph.steps.traits[trait].amount
    each = np.array([amount.get(step.duty, 0) for step in graph.steps.steps], np.int64)
    by_class, _ = graph.class_costs(np.where(graph.steps.open, -each[:, None], 0))
    left, _ = graph.to_the_end(by_class, np.zeros(len(graph.mark_sets), np.int64))
    return -int(left[0])


def _as_many_as_fit(steps: Steps, graph: Graph, first: Sequence[int], rest: Sequence[int]) -> tuple[Graph, list[int]]:
    """The longest beginning of ``rest`` that keeps the graph small, found by halving."""
    fits, over = 0, len(rest)
    while over - fits > 1:
        half = (fits + over) // 2
        tried = Graph(steps, [*first, *rest[:half]], FEW_ARCS, graph)
        fits, over, graph = (half, over, tried) if tried.fits else (fits, half, graph)
    return graph, list(rest[fits:])
