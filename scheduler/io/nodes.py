"""A file as a tree of nodes that remember their places. Every scalar is text until somebody asks for more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from scheduler.io.problems import Place


@dataclass(frozen=True)
class Node:
    """A value with its place: text, a list of nodes, or a table of keys. All three None: nothing was written.

    ``columns`` is set for the rows of a table file: the names of its columns, and where they stand.
    """

    place: Place
    text: str | None = None
    items: list[Node] | None = None
    table: dict[str, Entry] | None = None
    columns: tuple[tuple[str, ...], Place] | None = field(default=None, repr=False)

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return self.table is None and self.items is None and not self.text

    @property
    def kind(self) -> str:
        """In words, for messages."""
        if self.table is not None:
            return "a group of keys"
        return "a list" if self.items is not None else "text" if self.text else "nothing"

    def each(self) -> Iterator[Node]:
        """The items of a list; a single value counts as a list of one, nothing as an empty list."""
        if self.items is not None:
            yield from self.items
        elif self.table is not None or self.text is not None:
            yield self


def both(one: Node | None, other: Node | None) -> Node | None:
    """The items of two lists, either of which may be missing, as one list that stands where the last does."""
    if one is None or other is None:
        return one or other
    return Node(other.place, items=[*one.each(), *other.each()])


@dataclass(frozen=True)
class Entry:
    """A key as it was written, and its value."""

    written: str
    place: Place
    value: Node = field(repr=False)


def normal(key: str) -> str:
    """Keys are the same in any case, and with space, ``_`` or ``-``."""
    return " ".join(key.casefold().replace("_", " ").replace("-", " ").split())
