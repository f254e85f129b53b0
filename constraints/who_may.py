"""Who may be on a rotation, and when it is open."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection, Window


@dataclass(frozen=True, kw_only=True)
class WhoMay(Rule):
    """Only {only} may be on {what}.

    Parameters: of – the rotations; only – who may (nobody, when left out: the rotation is closed); during – only in
    these dates does the rule bind (the whole year); outside – it binds outside these dates instead.
    Why: eligibility by background or level; a site that closes; a service that opens late.
    Example: rule: who may; of: SIPS; only: not anesthesiology
    """

    name = "who may"
    what: Selection = key("of")
    only: Group | None = key("only", default=None)
    during: Window | None = key("during", default=None)
    outside: Window | None = key("outside", default=None)

    def _closed(self, slot):
        return (self.during is None or slot in self.during) and (self.outside is None or slot not in self.outside)

    def never(self, layer):
        duties = self.what.duties & set(layer.duties)
        for person in layer.people:
            if self.only is None or person not in self.only:
                for slot in filter(self._closed, layer.present(person)):
                    for duty in duties:
                        yield person.id, slot, duty

    def post(self, board):
        for person_id, slot, duty in self.never(board.layer):
            if board.is_possible(person_id, slot, duty):
                person = board.layer.person(person_id)
                yield Condition(board.on(person, slot, Selection.of(duty)), at_most=0, who=(person,), when=(slot,))

    def walk(self, walk):
        return True                                 # a cell that cannot be is not open

    def check(self, schedule):
        for person in schedule.people:
            if self.only is not None and person in self.only:
                continue
            spent = schedule.slots_on(person, self.what)
            here = set(schedule.layer.present(person)) if spent else ()
            for slot in spent:
                for duty in schedule.at(person, slot):
                    if duty in self.what and slot in here and self._closed(slot):
                        why = f"only {self.only} may" if self.only is not None else "it is closed then"
                        yield Violation(f"{person} is on {duty} {schedule.dated([slot])}; {why}.", (person,), (slot,))

    @property
    def sentence(self):
        when = f" during {self.during}" if self.during is not None else ""
        when += f" outside {self.outside}" if self.outside is not None else ""
        if self.only is None:
            return f"Nobody is on {self.what}{when}."
        return f"Only {self.only} may be on {self.what}{when}."
