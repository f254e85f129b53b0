"""What the words for people mean: a name, a background, a level, a tag, and what is said with ``not`` and ``and``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from scheduler.domain.layer import Person
from scheduler.domain.words import Group
from scheduler.io.nodes import Node
from scheduler.io.problems import Refused, Unread, did_you_mean
from scheduler.io.values import every, text

#: words with a meaning of their own, which nobody can be called
PEOPLE_WORDS = ("everyone", "all fellows")


@dataclass
class Groups:
    """The fellows of a program, by every word that stands for some of them. ``unread``: some could not be read."""

    people: tuple[Person, ...] = ()
    backgrounds: tuple[str, ...] = ()
    unread: bool = False
    _ids: dict[str, frozenset[str]] = field(default_factory=dict, init=False)
    _by_id: dict[str, Person] = field(default_factory=dict, init=False)
    _everyone: frozenset[str] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        groups: dict[str, set[str]] = {word: set() for word in (*PEOPLE_WORDS, *map(folded, self.backgrounds))}
        for p in self.people:
            for word in (*PEOPLE_WORDS, p.name, p.id, p.background, p.level, *p.tags):
                if word:
                    groups.setdefault(folded(word), set()).add(p.id)
        self._ids = {word: frozenset(ids) for word, ids in groups.items()}
        self._by_id = {p.id: p for p in self.people}
        self._everyone = frozenset(self._by_id)

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
        return self._by_id[min(group.ids)]

    def _all(self, words: str) -> frozenset[str]:
        """``A and not B``; a background may itself hold the word "and", so the longest known words count."""
        parts = [" ".join(p.split()) for p in re.split(r"\s+and\s+|\s*;\s*", words, flags=re.IGNORECASE)]
        found, first, wanted = self._everyone, 0, []
        while first < len(parts):
            for last in range(min(len(parts), first + 6), first, -1):       # no name holds "and" more often
                phrase = " and ".join(parts[first:last])
                word = re.sub(r"^not\s+", "", phrase, flags=re.IGNORECASE)
                if folded(word) in self._ids:
                    ids = self._ids[folded(word)]
                    found &= ids if word == phrase else self._everyone - ids
                    wanted += [word] if word == phrase and ids else []
                    first = last
                    break
            else:
                raise self._nobody(" and ".join(parts[first:]), parts[first])
        if not found and len(wanted) > 1:
            raise Refused(f"Nobody is all of “{words}”.", f"For anybody of these write a list: [{', '.join(wanted)}].")
        return found

    def _nobody(self, rest: str, word: str) -> Refused:
        if self.unread:
            return Unread()
        rest, word = (re.sub(r"^not\s+", "", w, flags=re.IGNORECASE) for w in (rest, word))
        remedy = a_list(rest, self._all) or did_you_mean(rest, self._words(), 0)
        if remedy:
            return Refused(f"There is no fellow, background, level or tag “{rest}”.", remedy)
        return Refused(f"There is no fellow, background, level or tag “{word}”.", did_you_mean(word, self._words()))

    def _words(self) -> list[str]:
        return [*(p.name for p in self.people), *dict.fromkeys(
            w for p in self.people for w in (p.background, p.level, *sorted(p.tags)) if w), *self.backgrounds]


def a_list(word: str, known: Callable[[str], object]) -> str:
    """A hint, when the word holds several known ones."""
    parts = [p.strip() for p in re.split(r",|;| or | and |/|\+", word) if p.strip()]
    try:
        return f"Write a list: [{', '.join(parts)}]." if len(parts) > 1 and all(
            known(p) is not None for p in parts) else ""
    except Refused:
        return ""


@lru_cache(1 << 16)
def folded(word: str) -> str:
    """Names are the same in any case and with any spaces."""
    return " ".join(word.casefold().split())
