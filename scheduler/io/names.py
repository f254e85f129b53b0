"""What the words of a program file mean: duties and dates, and through ``groups`` people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from scheduler.domain.calendar import Year
from scheduler.domain.conference import Role
from scheduler.domain.days import CONFERENCES, Days, WorkingWeek, half_days, nights, session_days
from scheduler.domain.layer import LAYERS, Person
from scheduler.domain.program import CallRole, Leave, Rotation
from scheduler.domain.recurrence import Session
from scheduler.domain.words import Group, Selection, Window
from scheduler.io.day_windows import read_day_window
from scheduler.io.groups import Groups, a_list, folded
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused, Unread, did_you_mean
from scheduler.io.values import every, text
from scheduler.io.windows import check_dates, read_window

#: words with a meaning of their own, which nothing can be called
DUTY_WORDS = ("any duty", "everything", "any leave", "leave", "any rotation", "rotations", "any short rotation",
              "any call", "any conference")
#: how what belongs to each layer is taken
TAKEN = dict(zip(LAYERS, ("by the week", "by the day or half-day", "as call", "at conferences", "as topics"),
                 strict=True))


@dataclass
class Names:
    """Everything that has a name in this program, found without regard to case.

    ``unread`` holds the sections that could not be read: what refers to them is not judged. ``here`` holds the periods
    of those who are not here all year. ``short`` are the rotations taken by the day or half-day, ``calls`` the call
    roles; ``layer`` is the layer whose dates and lengths are being read.
    """

    year: Year
    people: tuple[Person, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    leaves: tuple[Leave, ...] = ()
    off: frozenset[str] = frozenset()
    backgrounds: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()
    here: Mapping[str, frozenset[int]] = field(default_factory=dict)
    short: tuple[Rotation, ...] = ()
    calls: tuple[CallRole, ...] = ()
    roles: tuple[Role, ...] = ()
    sessions: tuple[Session, ...] = ()
    everybody: tuple[Person, ...] = ()
    working_week: WorkingWeek = WorkingWeek()
    layer: str = LAYERS[0]
    #: the slots of the layers below, made when first asked for; shared by all copies, for the year stays the same
    made: dict[str, Days] = field(default_factory=dict, repr=False, compare=False)
    #: the people by every word for them, made when first asked for; shared by all copies that have the same people
    grouped: dict[tuple[int, bool], Groups] = field(default_factory=dict, repr=False, compare=False)

    # -- duties

    def selection(self, node: Node) -> Selection:
        """Duties by rotation, leave or tag; a list takes all of them; ``not X`` takes every other rotation."""
        parts = every(node, lambda n: self.duties(text(n)))
        if not parts:
            raise Refused("A rotation is expected here.", "Write its name, or a list of names.", node.place)
        words = [" ".join(text(n).split()) for n in node.each()]
        return Selection(" or ".join(self.proper(w) for w in words), frozenset().union(*parts))

    def duties(self, word: str) -> frozenset[str]:
        """What one word stands for."""
        said = folded(word)
        if said in DUTY_WORDS:
            return self._meant(said)
        if said.startswith("not ") and not said.startswith("not not "):
            return self._named(self.rotations) - self.duties(said[4:])
        named = {d.name for d in self._all_duties() if said in (folded(d.name), folded(d.short))}
        named |= {role.name for role in self.roles if said == folded(role.series)}
        tagged = {d.name for d in self._all_duties() if said in {folded(t) for t in d.tags}}
        if named or tagged:
            return frozenset(named or tagged)
        for name in self.off:
            if said == folded(name):
                raise Refused(f"{name} is off.", "Delete its line `off: true` to use it.")
        if self.unread & {"rotations", "leave", "call"}:
            raise Unread
        raise Refused(f"There is no rotation, leave or tag “{word}”.",
                      a_list(word, self.duties) or did_you_mean(word, self._duty_words()))

    def _meant(self, word: str) -> frozenset[str]:
        """The words that stand for all duties of a kind."""
        rotations, leaves = self._named(self.rotations), self._named(self.leaves)
        if word == "any conference":
            return self._named(self.roles)
        if word in ("any call", "any short rotation"):
            found = self._named(self.calls if word == "any call" else self.short)
            if not found and not self.unread & {"rotations", "call"}:
                raise Refused(f"There is no {word.removeprefix('any ')} in this program.",
                              "List the roles under call:." if word == "any call" else
                              "Add by: day or by: half-day to a line under rotations.")
            return found
        return {"leave": leaves, "any leave": leaves, "rotations": rotations, "any rotation": rotations}.get(
            word, rotations | leaves)

    def one_duty(self, word: str) -> str:
        """The rotation or leave of this name; a rotation that is off counts too, for earlier years may have had it."""
        if off := next((name for name in self.off if folded(name) == folded(word)), None):
            return off
        found = self.duties(word)
        if len(found) != 1:
            raise Refused(f"“{word}” is not one rotation.", "Name one rotation: " + ", ".join(sorted(found)) + "."
                          if found else "Name one rotation.")
        return next(iter(found))

    @staticmethod
    def _named(duties: Iterable[Rotation | Leave | CallRole | Role]) -> frozenset[str]:
        return frozenset(duty.name for duty in duties)

    def _all_duties(self) -> tuple[Rotation | Leave | CallRole | Role, ...]:
        return (*self.rotations, *self.leaves, *self.short, *self.calls, *self.roles)

    def _duty_words(self) -> list[str]:
        return [*(d.name for d in self._all_duties()), *sorted({t for d in self._all_duties() for t in d.tags}),
                "any leave", "any rotation"]

    def proper(self, word: str) -> str:
        """A duty's own name, for its name in any case or its abbreviation; other words as they are."""
        said = folded(word)
        return next((d.name for d in self._all_duties() if said in (folded(d.name), folded(d.short))), word)

    # -- layers

    def layer_duties(self, layer: str) -> frozenset[str]:
        """The duties of a layer, by name. Leave by the day belongs to the first two."""
        if layer == LAYERS[0]:
            return self._named(self.rotations) | self._named(self.leaves)
        if layer == LAYERS[1]:
            return self._named(self.short) | self._named(leave for leave in self.leaves if leave.by_day)
        return self._named(self.calls if layer == LAYERS[2] else self.roles if layer == CONFERENCES else ())

    def layer_of(self, what: Selection) -> str:
        """The layer that these duties are of; raises Refused where they are of several."""
        for layer in LAYERS:
            if what.duties <= self.layer_duties(layer):
                return layer
        said, left = [], what.duties
        for layer in LAYERS:
            if part := sorted(left & self.layer_duties(layer)):
                said.append(f"{', '.join(part)} ({TAKEN[layer]})")
            left -= self.layer_duties(layer)
        raise Refused(f"These are not taken alike: {'; '.join(said)}.", "Write one line for each.")

    def is_by_day(self, what: Selection) -> bool:
        """Whether these are kinds of leave that may also be taken by the day."""
        return bool(what.duties) and what.duties <= self._named(leave for leave in self.leaves if leave.by_day)

    def at(self, layer: str) -> Names:
        """The same names, with dates and lengths as this layer means them."""
        return replace(self, layer=layer)

    def of(self, node: Node | None) -> Names:
        """The same names, as the layer of the duties written here means them.

        Raises Refused where they are of several layers; mistakes in the names themselves are told when they are read.
        """
        if node is None:
            return self
        try:
            what = self.selection(node)
        except Refused:
            return self
        return self.at(self.layer_of(what)) if what.duties else self

    @property
    def days(self) -> Days:
        """The slots of the layer whose dates are being read, below the rotations."""
        if self.layer not in self.made:
            self.made[self.layer] = (half_days(self.year, self.working_week) if self.layer == LAYERS[1]
                                     else nights(self.year) if self.layer == LAYERS[2]
                                     else session_days(self.year, [(s.day, s.series) for s in self.sessions]))
        return self.made[self.layer]

    # -- people and dates

    def group(self, node: Node) -> Group:
        """People by name, background, level or tag; ``not X``, ``X and not Y``; a list takes anybody of any of them."""
        return self._groups.group(node)

    def fellow(self, node: Node) -> Person:
        """One fellow, by name or id."""
        return self._groups.fellow(node)

    @property
    def _groups(self) -> Groups:
        people = self.everybody if self.layer == CONFERENCES and self.everybody else self.people
        same = id(people), "fellows" in self.unread     # the groups keep their people, so the id stays theirs
        if same not in self.grouped:
            self.grouped[same] = Groups(people, self.backgrounds, same[1])
        return self.grouped[same]

    def window(self, node: Node) -> Window:
        """Dates as the layer means them: periods, half-days or nights; a list takes all of them."""
        if "year" in self.unread:
            check_dates(node)
            raise Unread
        return read_window(node, self.year) if self.layer == LAYERS[0] else read_day_window(node, self.days)


def ambiguous(words: Iterable[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Words that stand for two things: ``(word, the first, the second)``, from pairs of a word and what it names."""
    seen: dict[str, str] = {}
    found = []
    for word, what in words:
        if (said := folded(word)) and seen.setdefault(said, what) != what:
            found.append((word, seen[said], what))
    return found
