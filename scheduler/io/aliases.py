"""Other names for everything that has a name: the same word always gets the same one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from string import ascii_uppercase

from scheduler.io.groups import folded
from scheduler.io.nodes import normal


def letters(number: int) -> str:
    """A, B … Z, AA, AB …: 0 is A."""
    more, last = divmod(number, 26)
    return (letters(more - 1) if more else "") + ascii_uppercase[last]


class Aliases:
    """Aliases by kind of name (people, duties, places …), found without regard to case, as the reader finds names.

    ``taken`` are all words of the program: no alias is one of them, so that nothing that is left can be mistaken for
    what was there.
    """

    def __init__(self, taken: Iterable[str]):
        self.taken = {folded(word) for word in taken}
        self._of: dict[tuple[str, str], str] = {}
        self._used: Counter[str] = Counter()

    def give(self, kind: str, word: str, stem: str) -> str:
        """The alias of a word; a new one, the stem and a letter, when it has none yet. Stems are capitalised words
        (``Fellow`` makes ``Fellow A``) or initials (``R-`` makes ``R-A``)."""
        key = kind, folded(word)
        if key not in self._of:
            alias = self._next(stem)
            while folded(alias) in self.taken:
                alias = self._next(stem)
            self._of[key] = alias
        return self._of[key]

    def same(self, kind: str, word: str, alias: str) -> None:
        """Let a word have this alias, unless it has one."""
        self._of.setdefault((kind, folded(word)), alias)

    def known(self, kind: str, word: str) -> str | None:
        """The alias of a word, if it has one."""
        return self._of.get((kind, folded(word)))

    def like(self, kind: str, word: str) -> str | None:
        """The same for keys, where space, ``_`` and ``-`` are one."""
        found = self.known(kind, word)
        return found or next((a for (k, w), a in self._of.items() if k == kind and normal(w) == normal(word)), None)

    def _next(self, stem: str) -> str:
        self._used[stem] += 1
        return f"{stem}{'' if stem.endswith('-') else ' '}{letters(self._used[stem] - 1)}"
