"""What the words of a program file mean: duties, people and dates, by name, tag, background, level or range."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scheduler.domain.calendar import Year
from scheduler.domain.layer import Person
from scheduler.domain.program import Leave, Rotation
from scheduler.domain.words import Group, Selection, Window
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused, Unread, did_you_mean
from scheduler.io.values import every, text
from scheduler.io.windows import check_dates, read_window

#: words with a meaning of their own, which nothing and nobody can be called
DUTY_WORDS = ("any duty", "everything", "any leave", "leave", "any rotation", "rotations")
PEOPLE_WORDS = ("everyone", "all fellows")


@dataclass
class Names:
    """Everything that has a name in this program, found without regard to case.

    ``unread`` holds the sections that could not be read: what refers to them is not judged. ``here`` holds the periods
    of those who are not here all year.
    """

    year: Year
    people: tuple[Person, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    leaves: tuple[Leave, ...] = ()
    off: frozenset[str] = frozenset()
    backgrounds: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()
    here: Mapping[str, frozenset[int]] = field(default_factory=dict)
    _groups: dict[str, frozenset[str]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        groups: dict[str, set[str]] = {word: set() for word in PEOPLE_WORDS}
        for word in self.backgrounds:
            groups.setdefault(_folded(word), set())
        for p in self.people:
            for word in (*PEOPLE_WORDS, p.name, p.id, p.background, p.level, *p.tags):
                if word:
                    groups.setdefault(_folded(word), set()).add(p.id)
        self._groups = {word: frozenset(ids) for word, ids in groups.items()}

    # -- duties

    def selection(self, node: Node) -> Selection:
        """Duties by rotation, leave or tag; a list takes all of them; ``not X`` takes every other rotation."""
        parts = every(node, lambda n: self.duties(text(n)))
        if not parts:
            raise Refused("A rotation is expected here.", "Write its name, or a list of names.", node.place)
        words = [" ".join(text(n).split()) for n in node.each()]
        return Selection(" or ".join(self._proper(w) for w in words), frozenset().union(*parts))

    def duties(self, word: str) -> frozenset[str]:
        """What one word stands for."""
        said = _folded(word)
        rotations = frozenset(r.name for r in self.rotations)
        leaves = frozenset(leave.name for leave in self.leaves)
        if said in ("any duty", "everything"):
            return rotations | leaves
        if said in ("any leave", "leave"):
            return leaves
        if said in ("any rotation", "rotations"):
            return rotations
        if said.startswith("not ") and not said.startswith("not not "):
            return rotations - self.duties(said[4:])
        named = {d.name for d in self._all_duties() if said in (_folded(d.name), _folded(d.short))}
        tagged = {d.name for d in self._all_duties() if said in {_folded(t) for t in d.tags}}
        if named or tagged:
            return frozenset(named or tagged)
        for name in self.off:
            if said == _folded(name):
                raise Refused(f"{name} is off.", "Delete the line `off: true` of the rotation to use it.")
        if self.unread & {"rotations", "leave"}:
            raise Unread
        raise Refused(f"There is no rotation, leave or tag “{word}”.",
                      self._a_list(word, self.duties) or did_you_mean(word, self._duty_words()))

    def one_duty(self, word: str) -> str:
        """The rotation or leave of this name; a rotation that is off counts too, for earlier years may have had it."""
        if off := next((name for name in self.off if _folded(name) == _folded(word)), None):
            return off
        found = self.duties(word)
        if len(found) != 1:
            raise Refused(f"“{word}” is not one rotation.", "Name one rotation: " + ", ".join(sorted(found)) + ".")
        return next(iter(found))

    def _all_duties(self) -> tuple[Rotation | Leave, ...]:
        return (*self.rotations, *self.leaves)

    def _duty_words(self) -> list[str]:
        return [*(d.name for d in self._all_duties()), *sorted({t for d in self._all_duties() for t in d.tags}),
                "any leave", "any rotation"]

    def _proper(self, word: str) -> str:
        for duty in self._all_duties():
            if _folded(word) in (_folded(duty.name), _folded(duty.short)):
                return duty.name
        return word

    # -- people

    def group(self, node: Node) -> Group:
        """People by name, background, level or tag; ``not X``, ``X and not Y``; a list takes anybody of any of them."""
        parts = every(node, lambda n: self._all(text(n)))
        if not parts:
            raise Refused("A group of fellows is expected here.", "Write names, backgrounds, levels or tags.",
                          node.place)
        return Group(" or ".join(" ".join(text(n).split()) for n in node.each()), frozenset().union(*parts))

    def fellow(self, node: Node) -> Person:
        """One fellow, by name or id."""
        group = self.group(node)
        if len(group.ids) != 1:
            raise Refused(f"“{group}” is not one fellow.", "Name one fellow a line.", node.place)
        return next(p for p in self.people if p.id in group)

    def _all(self, words: str) -> frozenset[str]:
        """``A and not B``; a background may itself hold the word "and", so the longest known words count."""
        parts = [" ".join(p.split()) for p in re.split(r"\s+and\s+|\s*;\s*", words, flags=re.IGNORECASE)]
        found, first, wanted = frozenset(p.id for p in self.people), 0, []
        while first < len(parts):
            for last in range(min(len(parts), first + 6), first, -1):       # no name holds "and" more often
                phrase = " and ".join(parts[first:last])
                word = re.sub(r"^not\s+", "", phrase, flags=re.IGNORECASE)
                if _folded(word) in self._groups:
                    ids = self._groups[_folded(word)]
                    found &= ids if word == phrase else frozenset(p.id for p in self.people) - ids
                    wanted += [word] if word == phrase and ids else []
                    first = last
                    break
            else:
                raise self._nobody(" and ".join(parts[first:]), parts[first])
        if not found and len(wanted) > 1:
            raise Refused(f"Nobody is all of “{words}”.", f"For anybody of these write a list: [{', '.join(wanted)}].")
        return found

    def _nobody(self, rest: str, word: str) -> Refused:
        if "fellows" in self.unread:
            return Unread()
        rest, word = (re.sub(r"^not\s+", "", w, flags=re.IGNORECASE) for w in (rest, word))
        remedy = self._a_list(rest, self._all) or did_you_mean(rest, self._people_words(), 0)
        if remedy:
            return Refused(f"There is no fellow, background, level or tag “{rest}”.", remedy)
        return Refused(f"There is no fellow, background, level or tag “{word}”.",
                       did_you_mean(word, self._people_words()))

    def _people_words(self) -> list[str]:
        return [*(p.name for p in self.people), *dict.fromkeys(
            w for p in self.people for w in (p.background, p.level, *sorted(p.tags)) if w), *self.backgrounds]

    def _a_list(self, word: str, known) -> str:
        """A hint, when the word holds several known ones."""
        parts = [p.strip() for p in re.split(r",|;| or | and |/|\+", word) if p.strip()]
        try:
            return f"Write a list: [{', '.join(parts)}]." if len(parts) > 1 and all(
                known(p) is not None for p in parts) else ""
        except Refused:
            return ""

    # -- dates

    def window(self, node: Node) -> Window:
        """Periods by date, range of dates, month, number, ``first 8 weeks``, ``holidays``; a list takes all of them."""
        if "year" in self.unread:
            check_dates(node)
            raise Unread
        return read_window(node, self.year)


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())


def ambiguous(words: Iterable[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Words that stand for two things: ``(word, the first, the second)``, from pairs of a word and what it names."""
    seen: dict[str, str] = {}
    found = []
    for word, what in words:
        if (said := _folded(word)) and seen.setdefault(said, what) != what:
            found.append((word, seen[said], what))
    return found
