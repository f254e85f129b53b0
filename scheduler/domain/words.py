"""Sets with the words the coordinator used for them, so that a sentence never has to speak in indices."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    """Some duties (rotations or leave) and what the program file calls them: ``MIPS``, ``inpatient``, ``any leave``."""

    text: str
    duties: frozenset[str]

    def __str__(self) -> str:
        return self.text

    def __contains__(self, duty: object) -> bool:
        return duty in self.duties

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.duties))

    def without(self, duties: Container[str]) -> Selection:
        """The same words for fewer duties."""
        return self if not duties else Selection(self.text, frozenset(d for d in self.duties if d not in duties))

    def with_(self, other: Selection) -> Selection:
        """Both selections as one."""
        return Selection(f"{self.text} or {other.text}", self.duties | other.duties)

    @classmethod
    def of(cls, *duties: str) -> Selection:
        """A selection named after its own duties."""
        return cls(" or ".join(duties), frozenset(duties))


@dataclass(frozen=True)
class Group:
    """Some people by id, and what the program file calls them: ``not anesthesiology``, ``seniors``."""

    text: str
    ids: frozenset[str]

    def __str__(self) -> str:
        return self.text

    def __contains__(self, person: object) -> bool:
        return getattr(person, "id", person) in self.ids


@dataclass(frozen=True)
class Window:
    """Some slots of a layer, and what the program file calls them: ``1 July to 31 August``, ``holidays``."""

    text: str
    slots: frozenset[int]

    def __str__(self) -> str:
        return self.text

    def __contains__(self, slot: object) -> bool:
        return slot in self.slots


class Many(int):
    """A number of periods that knows its noun: ``str(Many(2, "week"))`` is ``2 weeks``."""

    noun: str

    def __new__(cls, value: int, noun: str = "week") -> Many:
        made = super().__new__(cls, value)
        made.noun = noun
        return made

    def __str__(self) -> str:
        return f"{int(self)} {self.noun}" + ("" if self == 1 else "s")

    def __format__(self, spec: str) -> str:
        return format(int(self), spec) if spec else str(self)

    def __reduce__(self) -> tuple[type[Many], tuple[int, str]]:
        return Many, (int(self), self.noun)


def listing(items: list[str] | tuple[str, ...], last: str = "and", most: int = 8) -> str:
    """``A``, ``A and B``, ``A, B and C``; a long list ends in ``and 5 more``."""
    words = [str(i) for i in items]
    if len(words) > most:
        words = [*words[:most - 1], f"{len(words) - most + 1} more"]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" {last} " + words[-1] if words else "nobody"


def slug(name: str) -> str:
    """A stable id or file name from a name, letters and digits of any language: ``Fellow A`` → ``fellow-a``."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-")
