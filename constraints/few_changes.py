"""As the earlier schedule, as far as possible."""

from dataclasses import dataclass, field

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Measure, Rule
from scheduler.domain.words import Selection


@dataclass(frozen=True, kw_only=True)
class FewChanges(Rule):
    """As few cells as possible differ from the earlier schedule.

    Parameters: earlier – the earlier schedule, as (fellow, slot, duties); weight – what a change in a slot costs, by
    slot (1 where nothing is said). A measure to make small: the weighted number of changed cells.
    Why: people have made plans.
    Example: rule: few changes; priority: stability
    """

    name = "few changes"
    measured = True
    earlier: tuple[tuple[str, int, tuple[str, ...]], ...] = field(default=(), repr=False)
    weight: tuple[tuple[int, int], ...] = ()

    def post(self, board):
        costs, cost = [], dict(self.weight)
        people = {p.id: p for p in board.people}
        for person_id, slot, duties in self.earlier:
            person = people.get(person_id)
            if person is not None and slot in board.layer.slots:
                kept = [board.on(person, slot, Selection.of(d)) if d in duties else
                        1 - board.on(person, slot, Selection.of(d)) for d in board.layer.duties]
                if not set(duties) <= set(board.layer.duties):
                    kept.append(Linear())
                if board.layer.exclusive and len(duties) == 1 and not board.layer.inside:
                    changed = 1 - kept[board.layer.duties.index(duties[0])] if len(kept) == len(board.layer.duties) \
                        else Linear(const=1)
                else:
                    changed = board.model.any_of([1 - k for k in kept])
                costs.append(changed * cost.get(slot, 1))
        yield Measure("changed cells", Linear.sum(costs))

    def measures(self, schedule):
        cost, people = dict(self.weight), {p.id: p for p in schedule.people}
        yield "changed cells", sum(
            cost.get(slot, 1) for person_id, slot, duties in self.earlier
            if person_id in people and slot in schedule.layer.slots
            and set(schedule.at(people[person_id], slot)) != set(duties))
