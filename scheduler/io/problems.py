"""What is wrong with a file: one clear message per problem, all at once, each with its place and a remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where in which file: line and column of a text file, or sheet and cell of a workbook."""

    file: str
    line: int = 0
    column: int = 0
    excerpt: str = ""
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}!{self.cell}"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """One thing wrong, where, and what to do about it."""

    place: Place
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        lines = [f"{self.place}: {self.message}"]
        if self.place.excerpt.strip():
            lines.append(f"    {self.place.excerpt.strip()}")
        if self.remedy:
            lines.append(f"  → {self.remedy}")
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """The same for other programs."""
        return {"file": self.place.file, "line": self.place.line, "column": self.place.column, "cell": self.place.cell,
                "message": self.message, "remedy": self.remedy}


class BadInput(Exception):
    """The input cannot be used; ``problems`` says everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(
            dict.fromkeys(problems), key=lambda p: (p.place.file, p.place.line, p.place.column)))
        super().__init__("\n".join(str(p) for p in self.problems))


class Refused(Exception):
    """A value that cannot be read; caught where its place is known."""

    def __init__(self, message: str, remedy: str = ""):
        super().__init__(message)
        self.message, self.remedy = message, remedy


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``Did you mean “X”?`` when something known is close; otherwise the list of what is known, if it is short."""
    names = list(dict.fromkeys(known))
    folded = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(word.casefold(), folded, 1, 0.6)
    if close:
        return f"Did you mean “{folded[close[0]]}”?"
    if 0 < len(names) <= 20:
        return "Known here: " + ", ".join(names) + "."
    return ""
