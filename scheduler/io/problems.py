"""What is wrong with a file: one clear message per problem, all at once, each with its place and a remedy."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

WIDTH = 110                             # of the offending line, as far as it is shown


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

    @property
    def short(self) -> str:
        """Without the column: ``program.yaml:12``. What rules and assumptions remember."""
        return f"{self.file}!{self.cell}" if self.cell else f"{self.file}:{self.line}" if self.line else self.file

    @property
    def shown(self) -> str:
        """The offending line, indentation removed; of a very long line the part around the column."""
        line, at = self.excerpt.rstrip().replace("\t", "→"), max(0, self.column - 1)
        gone = len(line) - len(line.lstrip())
        line, at = line.lstrip(), max(0, at - gone)
        if len(line) <= WIDTH:
            return line
        first = max(0, min(at - WIDTH // 3, len(line) - WIDTH))
        return ("…" if first else "") + line[first:first + WIDTH].strip() + ("…" if first + WIDTH < len(line) else "")


@dataclass(frozen=True)
class Problem:
    """One thing wrong, where, and what to do about it."""

    place: Place
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        lines = [f"{self.place}: {_brief(self.message)}"]
        if self.place.shown:
            lines.append(f"    {self.place.shown}")
        if self.remedy:
            lines.append(f"  → {_brief(self.remedy)}")
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """The same for other programs."""
        return {"file": self.place.file, "line": self.place.line, "column": self.place.column, "cell": self.place.cell,
                "message": _brief(self.message), "remedy": _brief(self.remedy)}


def _brief(words: str) -> str:
    """With what is quoted from the file cut to a readable length."""
    return re.sub(r"“([^”]{90})[^”]{3,}”", r"“\1…”", words)


class BadInput(Exception):
    """The input cannot be used; ``problems`` says everything that is wrong with it, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(
            dict.fromkeys(problems), key=lambda p: (p.place.file, p.place.line, p.place.column)))
        super().__init__("\n".join(str(p) for p in self.problems))


class Refused(Exception):
    """A value that cannot be read; caught where its place is known, unless it brings its own.

    ``others`` are more problems of the same value: a list may hold several mistakes.
    """

    def __init__(self, message: str, remedy: str = "", place: Place | None = None,
                 others: tuple[Refused, ...] = ()):
        super().__init__(message)
        self.message, self.remedy, self.place, self.others = message, remedy, place, others


class Unread(Refused):
    """A value that cannot be judged, because the section it refers to could not be read. Says nothing more."""

    def __init__(self) -> None:
        super().__init__("")


def close_to(word: str, known: Iterable[str]) -> list[str]:
    """The known names most like a word, equally good ones together; else those with a part that begins so."""
    folded = {name.casefold(): name for name in known}
    said = word.casefold()
    close = difflib.get_close_matches(said, folded, 3, 0.7)
    if close:
        best = difflib.SequenceMatcher(None, close[0], said).ratio()
        near = [c for c in close if difflib.SequenceMatcher(None, c, said).ratio() > best - 0.01]
        return [name for fold, name in folded.items() if fold in near]
    part = re.compile(rf"(?<!\w){re.escape(said)}")
    return [name for fold, name in folded.items() if len(said) > 2 and part.search(fold)][:3]


def did_you_mean(word: str, known: Iterable[str], most: int = 20) -> str:
    """``Did you mean “X”?`` when something known is close; otherwise the list of what is known, if it is short."""
    names = list(dict.fromkeys(known))
    if close := close_to(word, names):
        return f"Did you mean {' or '.join(f'“{name}”' for name in close)}?"
    if 0 < len(names) <= most:
        return "Known here: " + ", ".join(names) + "."
    return ""
