"""What a repair adds to a program's rules: the past and the near future stay, and changes are few."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from constraints.few_changes import FewChanges
from scheduler.domain.board import Board
from scheduler.domain.layer import Layer
from scheduler.domain.linear import Linear
from scheduler.domain.rule import Condition, Measure, Rule, Violation
from scheduler.domain.schedule import Schedule
from scheduler.domain.words import Selection

#: person id, slot, what is done then (nothing at all, too)
Cell = tuple[str, int, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Frozen(Rule):
    """{said}.

    ``cells`` stay exactly as they are; ``said`` is why, in words: ``The weeks before 4 January are past``.
    """

    name = "frozen"
    cells: tuple[Cell, ...] = field(repr=False)
    said: str

    def never(self, layer: Layer) -> Iterator[tuple[str, int, str]]:
        """Everything else in these cells."""
        here = {p.id: frozenset(layer.present(p)) for p in layer.people}
        for person, slot, duties in self.cells:
            if slot in here.get(person, ()):
                yield from ((person, slot, duty) for duty in layer.duties if duty not in duties)

    def post(self, board: Board) -> Iterator[Condition]:
        """Every cell holds what it holds, and nothing else."""
        people = {p.id: p for p in board.people}
        every = frozenset(board.layer.duties)
        for person_id, slot, duties in self.cells:
            if person_id not in people:
                continue
            person = people[person_id]
            if duties:
                kept = board.duties(person, slot, Selection("kept", frozenset(duties)))
                yield Condition(kept, at_least=len(duties), who=(person,), when=(slot,))
            others = board.duties(person, slot, Selection("others", every - set(duties)))
            if not others.fixed or others.const:
                yield Condition(others, at_most=0, who=(person,), when=(slot,))

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Compared cell by cell."""
        people = {p.id: p for p in schedule.people}
        for person_id, slot, duties in self.cells:
            person = people.get(person_id)
            found = schedule.at(person, slot) if person is not None else duties
            if person is not None and set(found) != set(duties):
                now, was = (" and ".join(d) or "nothing" for d in (found, duties))
                yield Violation(f"{person} has {now} instead of {was} {schedule.dated([slot])}, which stays as it was.",
                                (person,), (slot,), len(set(found) ^ set(duties)))


@dataclass(frozen=True, kw_only=True)
class NoWorse(Rule):
    """A rule that the past has broken is broken no further: by ``most`` in all, which is what the past alone costs."""

    name = "already so"
    rule: Rule
    most: int

    def post(self, board: Board) -> Iterator[Condition]:
        """All shortfalls of the rule together."""
        model, short = board.model, []
        for said in self.rule.post(board):
            if isinstance(said, Condition):
                if said.at_most is not None:
                    short.append(model.beyond(said.sum, said.at_most))
                if said.at_least is not None:
                    short.append(model.beyond(-said.sum, -said.at_least))
        yield Condition(Linear.sum(short), at_most=self.most)

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """The rule's own violations, added up."""
        found = list(self.rule.check(schedule))
        over = sum(v.amount for v in found) - self.most
        if over > 0:
            yield Violation(" ".join(v.sentence for v in found), tuple(p for v in found for p in v.who),
                            tuple(s for v in found for s in v.when), over)

    @property
    def sentence(self) -> str:
        """The rule's own, and what the past did to it."""
        return f"{self.rule.sentence.rstrip('.')} (the past has broken this by {self.most}; no further)."

    @property
    def title(self) -> str:
        """As the rule's."""
        return f"{self.name}: {self.rule.title}"


@dataclass(frozen=True, kw_only=True)
class ChangesByNotice(FewChanges):
    """The published schedule changes as little as possible; changes at short notice weigh most ({weights}).

    ``weights`` are the weights in words.
    """

    name = "changes by notice"
    weights: str = ""

    def post(self, board: Board) -> Iterator[Measure]:
        """As few changes, under a name of its own."""
        for measure in super().post(board):
            yield Measure("changes weighed by notice", measure.sum)

    def measures(self, schedule: Schedule) -> Iterator[tuple[str, int]]:
        """The same, counted."""
        for _, value in super().measures(schedule):
            yield "changes weighed by notice", value
