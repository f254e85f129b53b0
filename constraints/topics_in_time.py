"""Topics taught before they are needed."""

from dataclasses import dataclass

from scheduler.domain.linear import Linear
from scheduler.domain.rule import Measure, Rule
from scheduler.domain.words import Selection


@dataclass(frozen=True, kw_only=True)
class TopicsInTime(Rule):
    """Each topic is taught before or during the rotation that needs it.

    Parameters: needed – the topics, each with the rotations that need it. Counts, for each topic, the fellows whose
    first period on one of these rotations comes before the period of the topic's first session.
    Why: a lecture on intrathecal pumps is worth more before the week in which they are refilled.
    Example: conferences: name: Lecture; topics: name: Pumps; needed on: Procedures
    """

    name = "topics in time"
    layers = ("topics",)
    measured = True
    layer_name: str = "topics"
    needed: tuple[tuple[str, Selection], ...] = ()

    def post(self, board):
        rotations, late = board.beside["rotations"], []
        for topic, hosts in self.needed:
            what = Selection.of(topic)
            for fellow in rotations.people:
                first = next((p for p in rotations.layer.present(fellow)
                              if any(rotations.is_certain(fellow, p, d) for d in hosts if d in rotations.layer.duties)),
                             None)
                if first is None:
                    continue
                early = [board.is_any(series, [s for s in board.layer.present(series)
                                               if board.layer.parent[s] <= first], what) for series in board.people]
                late.append(1 - board.model.any_of(early))
        yield Measure("fellows too early", Linear.sum(late))

    # -- for people: the topic's first session against each fellow's first week

    def measures(self, schedule):
        rotations, late = schedule.beside["rotations"], 0
        for topic, hosts in self.needed:
            taught = [schedule.layer.parent[s] for series in schedule.people
                      for s in schedule.slots_on(series, Selection.of(topic))]
            for fellow in rotations.people:
                weeks = rotations.slots_on(fellow, hosts)
                late += bool(weeks) and (not taught or min(taught) > weeks[0])
        yield "fellows too early", late
