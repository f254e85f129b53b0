"""As the earlier schedule, as far as possible."""

from dataclasses import dataclass, field

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Measure, Rule
from scheduler.domain.words import Selection


@dataclass(frozen=True, kw_only=True)
class FewChanges(Rule):
    """As few cells as possible differ from the earlier schedule.

    Parameters: from – the earlier schedule.json, beside the program; earlier – its cells; weight – what a change in a
    slot costs, by slot (1 where nothing is said). A measure to make small: the weighted number of changed cells. A cell
    counts once, whatever changed in it; fellows and slots that are no more are not counted, a duty that is no more is a
    change.
    Why: people have made plans.
    Example: rule: few changes; from: earlier/schedule.json; priority: stability
    """

    name = "few changes"
    measured = True
    earlier: tuple[tuple[str, int, tuple[str, ...]], ...] = field(default=(), repr=False)
    weight: tuple[tuple[int, int], ...] = ()

    def _changed(self, board, person, slot, duties):
        """A 0/1 sum: 1 when the cell differs."""
        layer = board.layer
        if not set(duties) <= set(layer.duties):
            return Linear(const=1)
        if layer.exclusive and not layer.inside and len(duties) == 1:       # nothing else fits into the cell
            return 1 - board.on(person, slot, Selection.of(*duties))
        cell = {d: board.on(person, slot, Selection.of(d)) for d in layer.duties}
        return board.model.any_of([1 - on if d in duties else on for d, on in cell.items()])

    def post(self, board):
        cost, people = dict(self.weight), {p.id: p for p in board.people}
        yield Measure("changed cells", Linear.sum(
            self._changed(board, people[person_id], slot, duties) * cost.get(slot, 1)
            for person_id, slot, duties in self.earlier if person_id in people and slot in board.layer.slots))

    def measures(self, schedule):
        cost, people, total = dict(self.weight), {p.id: p for p in schedule.people}, 0
        for person_id, slot, duties in self.earlier:
            if person_id in people and slot in schedule.layer.slots:
                now = schedule.at(people[person_id], slot)
                total += cost.get(slot, 1) if sorted(now) != sorted(duties) else 0
        yield "changed cells", total
