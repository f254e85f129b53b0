"""Nobody presents who is not there."""

from dataclasses import dataclass

from scheduler.domain.rule import Condition, Rule, Violation, key
from scheduler.domain.words import Group, Selection


@dataclass(frozen=True, kw_only=True)
class FreeToPresent(Rule):
    """Nobody presents {what} while on {away}.

    Parameters: of – the series; away – rotations, short rotations and leave during which nobody can present; call – the
    call roles after whose nights nobody presents the next day; for – whom it binds (everyone). Presenters who are no
    fellows have no rotations and are always free.
    Why: presenters are otherwise found on vacation in the week itself.
    Example: rule: free to present; of: Journal Club; away: any leave
    """

    name = "free to present"
    layers = ("conferences",)
    across = ("away", "call")
    layer_name: str = "conferences"
    what: Selection = key("of")
    away: Selection
    call: Selection | None = None
    who: Group | None = key("for", default=None)

    @staticmethod
    def _by_day(layer):
        """Which slots of a layer lie on each date, as ordinal numbers."""
        found = {}
        for slot in layer.slots if layer is not None else ():
            found.setdefault(layer.spans["day"][slot], []).append(slot)
        return found

    def post(self, board):
        rotations, halves, nights = (board.beside.get(name) for name in ("rotations", "half-days", "call"))
        half_days, night_of = (self._by_day(b.layer if b else None) for b in (halves, nights))
        fellows = {p.id for p in rotations.people}
        for person in (p for p in self.bound(board.people) if p.id in fellows):
            for slot in board.layer.present(person):
                on = board.is_any(person, slot, self.what)
                if on.fixed and not on.const:
                    continue
                day = board.layer.spans["day"][slot]
                busy = [rotations.is_any(person, board.layer.parent[slot], self.away)]
                busy += [halves.is_any(person, half_days.get(day, []), self.away)] if halves else []
                if self.call is not None and nights:
                    busy.append(nights.is_any(person, night_of.get(day - 1, []), self.call))
                away = board.model.any_of(busy)
                if not away.fixed or away.const:
                    yield Condition(on + away, at_most=1, who=(person,), when=(slot,))

    # -- for people: what the presenter does that day

    def check(self, schedule):
        rotations = schedule.beside["rotations"]
        fellows = {p.id for p in rotations.people}
        for person in self.bound(schedule.people):
            if person.id not in fellows:
                continue
            for slot in schedule.slots_on(person, self.what):
                why = self._why(schedule, person, slot)
                if why:
                    yield Violation(f"{person} presents {self.what} {schedule.dated([slot])}, {why}.", (person,),
                                    (slot,))

    def _why(self, schedule, person, slot):
        day, rotations = schedule.layer.spans["day"][slot], schedule.beside["rotations"]
        for duty in rotations.at(person, schedule.layer.parent[slot]):
            if duty in self.away:
                return f"in a week on {duty}"
        halves, nights = schedule.beside.get("half-days"), schedule.beside.get("call")
        for other in halves.slots_on(person, self.away) if halves else ():
            if halves.layer.spans["day"][other] == day:
                return f"a day on {' and '.join(halves.at(person, other))}"
        for night in nights.slots_on(person, self.call) if nights and self.call is not None else ():
            if nights.layer.spans["day"][night] == day - 1:
                return "after a night on call"
        return ""

    @property
    def sentence(self):
        after = f", or the day after {self.call}" if self.call is not None else ""
        return f"Nobody presents {self.what} while on {self.away}{after}."
