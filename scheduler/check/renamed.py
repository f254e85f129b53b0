"""How much two rotation years differ when it does not matter who is who."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.domain.schedule import Schedule


def least_renamed(one: Schedule, other: Schedule) -> int:
    """The fewest rotation cells that differ when each fellow of one year may be any fellow of the other.

    0: the two years only have names swapped.
    """
    return cheapest([[_apart(one, a.id, other, b.id) for b in other.people] for a in one.people])


def _apart(one: Schedule, first: str, other: Schedule, second: str) -> int:
    mine, yours = one.cells.get(first, {}), other.cells.get(second, {})
    return sum(sorted(mine.get(s, ())) != sorted(yours.get(s, ())) for s in {*mine, *yours})


def cheapest(costs: Sequence[Sequence[int]]) -> int:
    """The smallest sum of one cost from each row, each column used once (the assignment problem).

    Rows are added one by one, each by the cheapest chain of reassignments (Kuhn and Munkres, with potentials).
    """
    size = len(costs)
    rows, columns = [0] * (size + 1), [0] * (size + 1)          # potentials
    holder = [0] * (size + 1)                                   # column → its row; 0: free
    for row in range(1, size + 1):
        holder[0], at = row, 0
        least: list[float] = [float("inf")] * (size + 1)
        came, done = [0] * (size + 1), [False] * (size + 1)
        while holder[at]:
            done[at] = True
            mine = holder[at]
            for column in range(1, size + 1):
                if not done[column]:
                    cost = costs[mine - 1][column - 1] - rows[mine] - columns[column]
                    if cost < least[column]:
                        least[column], came[column] = cost, at
            following = min((c for c in range(1, size + 1) if not done[c]), key=least.__getitem__)
            step = int(least[following])
            for column in range(size + 1):
                if done[column]:
                    rows[holder[column]] += step
                    columns[column] -= step
                else:
                    least[column] -= step
            at = following
        while at:
            holder[at], at = holder[came[at]], came[at]
    return sum(costs[holder[column] - 1][column - 1] for column in range(1, size + 1))
